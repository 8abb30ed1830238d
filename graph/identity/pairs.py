"""Pairs of names from a file, each answered or turned down with its line."""

import csv
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput
from graph.identity.comparison import compare
from graph.identity.named import KINDS, Named, Post, kind_of
from graph.identity.verdict import Verdict

_WANTED = ("kind", "a", "b")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names of a kind, and what comes of comparing them."""

    kind: str
    a: str
    b: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BadPair:
    """A row that holds no pair, its line, and why."""

    line: int
    reason: BadInput


def compare_names(a: str, b: str, kind: str = "") -> Compared:
    """Return what comes of comparing two names; without a kind each is taken for what it shows itself to be.

    Two that show nothing are taken for people, whose names bear no mark. Raises BadInput for an empty name and for a
    kind that is none.
    """
    if not a.strip() or not b.strip():
        raise BadInput("identity.name_missing")
    if kind and kind not in KINDS:
        raise BadInput("identity.kind", value=kind, known=", ".join(KINDS))
    kinds = [kind, kind] if kind else [kind_of(a), kind_of(b)]
    one, other = kinds[0] or kinds[1] or "official", kinds[1] or kinds[0] or "official"
    shown = one if one == other else f"{one}, {other}"
    return Compared(shown, a, b, compare(Named(one, a), Named(other, b)))


def compare_file(path: Path) -> Iterator[Compared | BadPair]:
    """Yield what comes of each row of a CSV with the columns kind, a and b, in order.

    Columns that say where a person holds a post are taken too: at_a, post_a, day_a, and the same of b. Raises BadInput
    for a file that cannot be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            missing = [column for column in _WANTED if column not in (reader.fieldnames or [])]
            if missing:
                raise BadInput("identity.columns", file=path, columns=", ".join(missing))
            for row in reader:
                yield _compared(row, reader.line_num)
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise BadInput("file.unreadable", file=path, reason=str(error)) from error


def _compared(row: Mapping[str | None, str | list[str] | None], line: int) -> Compared | BadPair:
    cells = {str(key): value.strip() for key, value in row.items() if isinstance(value, str)}
    kind, a, b = (cells.get(column, "") for column in _WANTED)
    try:
        plain = compare_names(a, b, kind)
        posts = [_posts(cells, side) for side in ("a", "b")]
    except BadInput as error:
        return BadPair(line, error)
    if not kind or not any(posts):
        return plain
    return Compared(kind, a, b, compare(Named(kind, a, posts=posts[0]), Named(kind, b, posts=posts[1])))


def _posts(cells: Mapping[str, str], side: str) -> tuple[Post, ...]:
    at, day = cells.get(f"at_{side}", ""), cells.get(f"day_{side}", "")
    try:
        said_on = datetime.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise BadInput("identity.day", value=day) from error
    return (Post("", at, cells.get(f"post_{side}", ""), said_on=said_on),) if at else ()
