"""A card: all that the graph says of one node, each statement with the document that makes it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.claims import differ, from_record, trust
from graph.names import label_of
from graph.schema import schema
from graph.store import NodeRecord, Row, Store, TieRecord

_STANDING = ("LOCATED_IN", "PART_OF")  # where a thing is happens on no day
MOST = 25
"""How many ties of one kind a card names, the newest first; it counts them all."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one document says of a property; `where` is its sentence or row."""

    value: Any
    document: str
    title: str
    published: datetime.date | None
    where: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with all that is said of it, the most trusted first: its value is the one that the node has."""

    key: str
    sayings: tuple[Saying, ...]

    @property
    def conflicting(self) -> bool:
        """Whether two documents differ; names are written in many ways and do not count."""
        return self.key != "name" and differ((each.document, each.value) for each in self.sayings)


@dataclass(frozen=True, slots=True)
class Tied:
    """A claim that ties the node to another; `onward` if it starts at the node."""

    type: str
    onward: bool
    other: NodeRecord
    said: Mapping[str, Any]
    title: str

    @property
    def claim(self) -> str:
        """The claim's id."""
        return str(self.said["claim"])

    @property
    def own(self) -> dict[str, Any]:
        """The properties of this kind of tie, without those that every claim has."""
        return {key: value for key, value in self.said.items() if key not in schema().claim}


@dataclass(frozen=True, slots=True)
class Kind:
    """The ties of one type and direction: how many there are, and the newest of them."""

    type: str
    onward: bool
    count: int
    ties: tuple[Tied, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something of the node happened or held: from `begins`, up to `ends` if that is known.

    `exact` is False where only the day of the document is known.
    """

    begins: datetime.date
    ends: datetime.date | None
    exact: bool
    lasting: bool
    tied: Tied


@dataclass(frozen=True, slots=True)
class Card:
    """A node, its facts in the schema's order, its ties by kind."""

    node: NodeRecord
    facts: tuple[Fact, ...]
    kinds: tuple[Kind, ...]
    mentions: int = field(default=0)


def read_card(store: Store, id_: str, *, synthetic: bool = False, most: int = MOST) -> Card | None:
    """Return the card of the node of this id, None if there is none; without `synthetic`, nothing invented is said."""
    label = label_of(id_)
    found = store.read(f"MATCH (n:{label} {{id: $id}}) RETURN n", id=id_) if label else []
    if not found or label is None:
        return None
    said = store.read(_SAID.format(label=label), id=id_, synthetic=synthetic)
    kinds = [kind for onward in (True, False) for kind in _kinds(store, label, id_, onward, synthetic, most)]
    mentions = sum(row["times"] for row in said)
    return Card(found[0]["n"], tuple(_facts(label, said)), tuple(kinds), mentions)


_SAID = (
    "MATCH (d:Document)-[m:MENTIONS]->(n:{label} {{id: $id}}) WHERE $synthetic OR m.synthetic IS NULL "
    "RETURN m.record AS record, m.as AS called, d.id AS document, d.name AS title, d.kind AS kind, "
    "d.published AS published, max(m.confidence) AS confidence, min(m.claim) AS claim, min(m.where) AS where, "
    "count(*) AS times"
)


def _facts(label: str, said: list[Row]) -> Iterator[Fact]:
    """Yield the name, then each property of which something is said; what one document repeats stands once."""
    trusted = [(row, from_record(label, row["record"])) for row in sorted(said, key=trust)]
    for key in ("name", *schema().labels[label].properties):
        sayings: dict[tuple[str, str], Saying] = {}
        for row, record in trusted:
            value = record.get(key, row["called"] if key == "name" else None)
            if value is not None:
                told = Saying(value, row["document"], row["title"], row["published"], row["where"])
                sayings.setdefault((str(value), row["document"]), told)
        if sayings:
            yield Fact(key, tuple(sayings.values()))


def _kinds(store: Store, label: str, id_: str, onward: bool, synthetic: bool, most: int) -> Iterator[Kind]:
    node, arrow = f"(n:{label} {{id: $id}})", ("-[r", "]->(m)") if onward else ("<-[r", "]-(m)")
    where = "WHERE ($synthetic OR r.synthetic IS NULL) AND NOT type(r) = 'MENTIONS'"
    counted = store.read(
        f"MATCH {node}{''.join(arrow)} {where} RETURN type(r) AS type, count(r) AS count", id=id_, synthetic=synthetic
    )
    counts = {row["type"]: row["count"] for row in counted}
    for type_ in schema().relationships:
        if type_ in counts:
            rows = store.read(
                f"MATCH {node}{f':{type_}'.join(arrow)} {where} OPTIONAL MATCH (d:Document {{id: r.source}}) "
                "RETURN r, m, d.name AS title ORDER BY r.said_on IS NULL, r.said_on DESC, r.claim LIMIT $most",
                id=id_,
                synthetic=synthetic,
                most=most,
            )
            yield Kind(type_, onward, counts[type_], tuple(_tied(row, onward) for row in rows))


def _tied(row: Row, onward: bool) -> Tied:
    tie: TieRecord = row["r"]
    return Tied(tie.type, onward, row["m"], tie.properties, row["title"] or tie.properties["source"])


def moments(card: Card) -> list[Moment]:
    """Return when the node's ties began and ended, earliest first; those of which no day is known are left out.

    An event counts on its day, an agreement from its beginning (else its signing), a tie with days of its own on these,
    a check when it was made, any other tie on the day of the document that tells of it.
    """
    found = [moment for kind in card.kinds for tied in kind.ties if (moment := _moment(tied))]
    return sorted(_once(found), key=lambda each: (each.begins, each.tied.type, each.tied.other.id))


def _moment(tied: Tied) -> Moment | None:
    other, said = tied.other.properties, tied.said
    spans = {
        "Event": (other.get("date"), None),
        "Agreement": (other.get("starts_on") or other.get("signed_on"), other.get("ends_on")),
    }
    begins, ends = spans.get(tied.other.label, (said.get("since") or said.get("on"), said.get("until")))
    lasting = tied.other.label != "Event" and "on" not in said
    first = begins or ends
    if first is not None:
        return Moment(first, ends, True, lasting and begins is not None, tied)
    told = said.get("said_on") and tied.type not in _STANDING
    return Moment(said["said_on"], None, False, False, tied) if told else None


def _once(found: Iterable[Moment]) -> list[Moment]:
    """Return the moments, of those that several documents tell alike only the first."""
    kept: dict[tuple[Any, ...], Moment] = {}
    for each in found:
        kept.setdefault((each.begins, each.ends, each.tied.type, each.tied.onward, each.tied.other.id), each)
    return list(kept.values())
