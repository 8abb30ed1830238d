"""What one document says: how many claims of each kind, and the claims themselves, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.claims import from_record
from graph.schema import schema
from graph.store import NodeRecord, Store

PAGE = 25
"""How many claims stand on one page."""

_OWN = ("MENTIONS", "CHECKED")
"""What starts at the document itself; other ties run between nodes that it mentions, and are found from there."""


@dataclass(frozen=True, slots=True)
class Told:
    """A document and how many claims it makes, by type of relationship in the schema's order, `MENTIONS` first.

    `unsure` counts those less sure than the confidence asked for.
    """

    document: NodeRecord
    counts: Mapping[str, int]
    unsure: int

    @property
    def claims(self) -> int:
        """How many claims it makes in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a document: a tie between two nodes, or its mention of a node."""

    type: str
    start: NodeRecord
    end: NodeRecord
    said: Mapping[str, Any]

    @property
    def own(self) -> dict[str, Any]:
        """The properties of this kind of tie, without those that every claim has and without the record."""
        return {key: value for key, value in self.said.items() if key not in schema().claim and key != "record"}

    @property
    def record(self) -> dict[str, Any]:
        """What a mention says of the node's own properties."""
        return from_record(self.end.label, self.said["record"]) if self.said.get("record") else {}


def read_told(store: Store, id_: str, *, below: float) -> Told | None:
    """Return what a document says, in numbers; None if there is no such document."""
    found = store.read("MATCH (d:Document {id: $id}) RETURN d", id=id_)
    if not found:
        return None
    rows = store.read(f"{_own()} {_COUNTED}", id=id_, below=below) + store.read(
        f"{_TIES} {_COUNTED}", id=id_, below=below
    )
    counts = {row["type"]: row["n"] for row in rows}
    order = ("MENTIONS", *schema().relationships)
    return Told(
        found[0]["d"], {type_: counts[type_] for type_ in order if type_ in counts}, sum(row["unsure"] for row in rows)
    )


_COUNTED = "RETURN type(r) AS type, count(r) AS n, sum(CASE WHEN r.confidence < $below THEN 1 ELSE 0 END) AS unsure"
_TIES = (
    "MATCH (:Document {id: $id})-[:MENTIONS]->(n) WITH DISTINCT n MATCH (n)-[r]->(m) "
    "WHERE r.source = $id AND NOT n:Document WITH n, r, m"
)


def _own(type_: str = "") -> str:
    return f"MATCH (n:Document {{id: $id}})-[r{type_}]->(m) WITH n, r, m"


def statements(store: Store, id_: str, type_: str, *, skip: int = 0, most: int = PAGE) -> list[Statement]:
    """Return claims of one type that a document makes, in the order of what they are about, so many after so many."""
    if type_ not in schema().relationships:
        return []
    matched = _own(f":{type_}") if type_ in _OWN else _TIES.replace("-[r]->", f"-[r:{type_}]->")
    order = "m.name, m.id" if type_ in _OWN else "n.name, n.id, m.id"
    rows = store.read(
        f"{matched} RETURN n, r, m ORDER BY {order}, r.claim SKIP $skip LIMIT $most", id=id_, skip=skip, most=most
    )
    return [Statement(type_, row["n"], row["m"], row["r"].properties) for row in rows]
