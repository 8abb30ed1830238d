"""PDF: lines of pages joined to paragraphs, without page numbers and what is printed on every page."""

import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

from loaders.forms.contents import MOST_CHARACTERS, Contents, Unreadable

_MOST_PAGES = 100
_EDGE = 3
_PRINTED = re.compile(
    r"(?:hal(?:aman)?\.?|page)? ?\d{1,4}(?: ?(?:/|dari|of) ?\d{1,4})?"
    r"|(?:https?://|www\.|file://)\S+(?: \d+/\d+)?"
    r"|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}[.:]\d\d.*",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z .,]{2,30} ?[-–—] ?[A-Z][a-z]")
_ENDED = re.compile(r"[.!?:…][”\"’')\]]*$")
_ABBREVIATED = re.compile(r"(?:^|[ .])[A-Z]\w{0,3}\.$")
_DIGITS = re.compile(r"\d+")
_FULL = 0.8


def read_pdf(path: Path) -> Contents:
    """Return the text of a PDF, a line a paragraph; words that are parted at the end of a line are whole again.

    Raises Unreadable for a file that needs a password.
    """
    logging.disable(logging.CRITICAL)
    reader = PdfReader(path)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("article.locked")
        pages = list(_pages(reader))
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise Unreadable("article.locked") from None
    return Contents("\n\n".join(paragraphs(_without_furniture(pages))))


def _pages(reader: PdfReader) -> Iterator[list[tuple[str, bool]]]:
    """Yield the lines of each page, each with whether a gap follows it."""
    characters = 0
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or characters > MOST_CHARACTERS:
            return
        lines = [" ".join(line.split()) for line in page.extract_text().splitlines()]
        lines = [line for line in lines if line]
        characters += sum(map(len, lines))
        gaps = _gaps(page)
        yield [(line, _squeezed(line) in gaps) for line in lines]


def _gaps(page: PageObject) -> frozenset[str]:
    """Return the lines behind which the page leaves more room than between lines, without their blanks."""
    lines = [_squeezed(line) for line in page.extract_text(extraction_mode="layout").splitlines()]
    return frozenset(line for line, below in itertools.pairwise(lines) if line and not below)


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _without_furniture(pages: Sequence[list[tuple[str, bool]]]) -> list[list[tuple[str, bool]]]:
    """Return the pages without their numbers and addresses, and without what stands at the edge of most of them."""
    edges = Counter(mask for page in pages for mask in {_masked(line) for line, _ in [*page[:_EDGE], *page[-_EDGE:]]})
    often = {mask for mask, number in edges.items() if number > max(1, len(pages) // 2)}
    kept = []
    for page in pages:
        last = len(page) - _EDGE
        kept.append([
            (line, gap)
            for place, (line, gap) in enumerate(page)
            if not ((place < _EDGE or place >= last) and (_masked(line) in often or _PRINTED.fullmatch(line)))
        ])  # fmt: skip
    return kept


def _masked(line: str) -> str:
    return _DIGITS.sub("#", line)


def paragraphs(pages: Sequence[Sequence[tuple[str, bool]]]) -> Iterator[str]:
    """Yield the paragraphs of pages of lines, each line with whether a gap follows it.

    Where a page has no gaps, a short line that ends a sentence ends a paragraph. A sentence goes on over a page's end.
    """
    said = ""
    for page in pages:
        spaced = any(gap for _, gap in page[:-1])
        width = sorted(len(line) for line, _ in page)[len(page) * 9 // 10] if page else 0
        for place, (line, gap) in enumerate(page):
            if said and _DATELINE.match(line) and not spaced:
                yield said
                said = ""
            said = _joined(said, line)
            is_last = place == len(page) - 1
            ended = bool(_ENDED.search(line)) and not _ABBREVIATED.search(line)
            if (ended if is_last else gap) if spaced else ended and (is_last or len(line) < _FULL * width):
                yield said
                said = ""
    if said:
        yield said


def _joined(said: str, line: str) -> str:
    """Return the text with the next line, a word that is parted at its end made whole."""
    if said.endswith("\u00ad"):
        return said[:-1] + line
    if said.endswith("-") and said[-2:-1].isalpha() and line[:1].isalpha():
        word = re.split(r"[^\w]", said[:-1])[-1]
        doubled = word.lower() == re.split(r"\W", line)[0].lower()[: len(word)] and len(word) > 2
        return said + line if doubled or line[:1].isupper() else said[:-1] + line
    return f"{said} {line}" if said else line
