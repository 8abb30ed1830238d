"""What a store holds of one document, and what a reading of it has said so far: on disk, so of any size."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graph.claims import Claim, Mention


class Stored(NamedTuple):
    """A claim that the graph holds: its type, the node it is found from, its other end, and its id."""

    type: str
    label: str
    id: str
    other: str
    claim: str


def stored_as(document: str, id_: str, claim: Claim, one: Mapping[str, str]) -> Stored:
    """Return how a claim of a document is stored: what is the document's own from its end, others from their start.

    `one` tells which node stands for another that is held to be the same.
    """
    if isinstance(claim, Mention):
        return Stored("MENTIONS", claim.node.label, one.get(claim.node.id, claim.node.id), document, id_)
    near, far = (claim.end, claim.start) if claim.start.label == "Document" else (claim.start, claim.end)
    return Stored(claim.type, near.label, one.get(near.id, near.id), one.get(far.id, far.id), id_)


class Change(NamedTuple):
    """How many claims of one type and ends a reading says anew, and how many it no longer says."""

    type: str
    id: str
    other: str
    noted: int
    unsaid: int


class Ledger:
    """The stored claims of a document, of which a reading takes those that it says again.

    Kept in a temporary database that takes bounded memory and goes with the object; one thread uses it.
    """

    def __init__(self, stored: Iterable[Stored]) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)  # "" is a file of its own, deleted when closed
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute("CREATE TABLE stored (type, label, id, other, claim PRIMARY KEY) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE said (claim PRIMARY KEY) WITHOUT ROWID")
        self._rows.execute("CREATE TABLE fresh (type, id, other)")
        self._rows.execute("BEGIN")
        self._rows.executemany("INSERT OR IGNORE INTO stored VALUES (?, ?, ?, ?, ?)", stored)

    def close(self) -> None:
        """Delete the ledger."""
        self._rows.close()

    def is_new(self, claim: str) -> bool:
        """Note that the reading says this claim; return whether the store lacks it, at its first saying."""
        if not self._rows.execute("INSERT OR IGNORE INTO said VALUES (?)", (claim,)).rowcount:
            return False
        return not self._rows.execute("DELETE FROM stored WHERE claim = ?", (claim,)).rowcount

    def __len__(self) -> int:
        """The number of stored claims that the reading has not said (yet)."""
        count: int = self._rows.execute("SELECT count(*) FROM stored").fetchone()[0]
        return count

    def unsaid(self, *, mentions: bool, most: int) -> Iterator[list[Stored]]:
        """Yield the stored claims that the reading did not say, mentions or ties, in lists of at most `most`."""
        condition = "type = 'MENTIONS'" if mentions else "type <> 'MENTIONS'"
        found = self._rows.execute(f"SELECT * FROM stored WHERE {condition} ORDER BY type, label, id, claim")  # noqa: S608
        while rows := found.fetchmany(most):
            yield [Stored(*row) for row in rows]

    def note(self, new: Stored) -> None:
        """Note the type and ends of a claim that the store lacks, for `changes`."""
        self._rows.execute("INSERT INTO fresh VALUES (?, ?, ?)", (new.type, new.id, new.other))

    def changes(self) -> Iterator[Change]:
        """Yield how many claims were noted and how many left unsaid for each type and ends, sorted by them."""
        found = self._rows.execute(
            "SELECT type, id, other, sum(noted), sum(unsaid) FROM ("
            "SELECT type, id, other, 1 AS noted, 0 AS unsaid FROM fresh "
            "UNION ALL SELECT type, id, other, 0, 1 FROM stored) GROUP BY type, id, other ORDER BY type, id, other"
        )
        return (Change(*row) for row in found)
