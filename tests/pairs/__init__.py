"""The labelled pairs of names, and what the rules say of one."""

import csv
import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph.identity.comparison import compare
from graph.identity.named import Named, Post
from graph.identity.verdict import Verdict

HERE = Path(__file__).parent


class Pair(NamedTuple):
    """A row of the labelled pairs; empty where the row says nothing."""

    kind: str
    a: str
    b: str
    label: str
    split: str
    at_a: str
    post_a: str
    day_a: str
    at_b: str
    post_b: str
    day_b: str

    def named(self) -> tuple[Named, Named]:
        """The two things, with their posts."""
        return (
            Named(self.kind, self.a, posts=_posts(self.at_a, self.post_a, self.day_a)),
            Named(self.kind, self.b, posts=_posts(self.at_b, self.post_b, self.day_b)),
        )


def _posts(at: str, title: str, day: str) -> tuple[Post, ...]:
    return (Post("", at, title, said_on=datetime.date.fromisoformat(day) if day else None),) if at else ()


@cache
def labelled() -> tuple[Pair, ...]:
    """All labelled pairs, file by file."""
    found: list[Pair] = []
    for file in sorted(HERE.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += (Pair(**row) for row in csv.DictReader(lines))
    return tuple(found)


def verdict(pair: Pair) -> Verdict:
    """What the rules say of a pair."""
    return compare(*pair.named())


def outcome(pair: Pair) -> str:
    """What the rules come to on a pair."""
    return verdict(pair).outcome
