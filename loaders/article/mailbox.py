"""A mailbox: JSONL with an article a line, read as a stream, each article a document of its own."""

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from graph.claims import Reading, Reject
from graph.errors import BadInput
from graph.spool import Spool
from loaders.article.documents import reading_of
from loaders.forms import Contents
from loaders.registers.dates import read_day

SUFFIXES = (".jsonl", ".ndjson")
_LONGEST_LINE = 16 << 20
_MOST_REJECTS = 1_000
_TEXTS = ("text", "title", "url", "publisher")


def is_mailbox(path: Path) -> bool:
    """Return whether a file is a mailbox of articles: JSONL in which the first filled line has a "text"."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        return next(("text" in _object(line) for _, line in _lines(path)), False)
    except BadInput:
        return False


def read_mailbox(path: Path, *, published: datetime.date | None = None, **known: Any) -> Iterator[Reading]:
    """Yield the document and claims of each article, in order; lines that hold none are rejects of the one before.

    A line is an object with `text` and, where they are known, `url`, `date`, `title` and `publisher`. `published` is
    the day of those that have none, `known` (publisher, synthetic, model) what holds for all. Raises BadInput if the
    file is missing or cannot be read, if it holds no article, at the thousandth line in a row that holds none, or if
    the model cannot be asked.
    """
    rejects: Spool[Reject] = Spool()
    waiting: Reading | None = None
    seen: dict[int, int] = {}
    for number, held in articles(path):
        try:
            reading: Reading | BadInput = held if isinstance(held, BadInput) else _read(held, path, published, known)
        except BadInput:  # the model cannot be asked: what was read before still counts
            if waiting:
                yield waiting
            raise
        if isinstance(reading, Reading):
            first = seen.setdefault(hash(reading.document.id), number)
            reading = reading if first == number else BadInput("mailbox.twice", first=first)
        if isinstance(reading, BadInput):
            rejects.append(Reject(f"{path.name}:{number}", reading))
            if len(rejects) == _MOST_REJECTS:
                break
            continue
        if waiting:
            waiting.rejects, rejects = rejects, Spool()
            yield waiting
        waiting = reading
    if waiting:
        waiting.rejects = rejects
        yield waiting
    if not waiting or len(rejects) == _MOST_REJECTS:
        raise _refused(path, rejects)


def _read(held: Contents, path: Path, published: datetime.date | None, known: dict[str, Any]) -> Reading:
    return reading_of(held, path.name, published=held.published or published, **known)


def articles(path: Path) -> Iterator[tuple[int, Contents | BadInput]]:
    """Yield the number of each filled line, and the article it holds or why it holds none."""
    for number, line in _lines(path):
        try:
            yield number, _contents(line)
        except BadInput as error:
            yield number, error


def _refused(path: Path, rejects: Sequence[Reject]) -> BadInput:
    if not rejects:
        return BadInput("article.empty", file=path.name)
    return BadInput("mailbox.none", file=path.name, count=len(rejects), place=rejects[0].place)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the filled lines of a file with their numbers; of a line longer than 16 MB only its beginning."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE + 1):
                number += 1
                if line.strip():
                    yield number, line
                while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
                    line = file.readline(_LONGEST_LINE + 1)
    except FileNotFoundError:
        raise BadInput("article.missing", file=path.name) from None
    except OSError as error:
        raise BadInput("article.unreadable", file=path.name, reason=error.strerror or str(error)) from None


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise BadInput("mailbox.long", most=_LONGEST_LINE >> 20)
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput("mailbox.json") from None
    if not isinstance(found, dict):
        raise BadInput("mailbox.json")
    return found


def _contents(line: bytes) -> Contents:
    """Return what a line holds, the title before the text where the text does not begin with it."""
    said = _object(line)
    wrong = next((key for key in _TEXTS if not isinstance(said.get(key), str | None)), None)
    if wrong:
        raise BadInput("mailbox.value", name=wrong)
    text, title, url, publisher = (" ".join((said.get(key) or "").split()) if key != "text" else said.get(key) or ""
                                   for key in _TEXTS)  # fmt: skip
    if not any(letter.isalpha() for letter in text):
        raise BadInput("mailbox.empty")
    day = read_day(said["date"]) if isinstance(said.get("date"), str) else None
    if said.get("date") and not day:
        raise BadInput("mailbox.date", value=str(said["date"])[:40])
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Contents(text, title or None, day.date if day else None, publisher or None, url or None)
