"""Conflicts: where two documents do not agree on a node, or name two heads of one facility at one time. Both stay."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.answer import Answer
from graph.catalog import find_query
from graph.claims import differ, from_record
from graph.schema import Value
from graph.status import data_version
from graph.store import NodeRecord, Row, Store

SAID = "what-is-said-of-nodes"
HEADS = "heads-of-facilities"
HEAD = "head"
_DAY = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class ValueClaim:
    """A value that a document gives; `shown` if the node shows it, because its source is the most trusted.

    Where the value is an official's name, `official` is their id.
    """

    value: Value
    source: str
    said_on: datetime.date | None
    where: str
    shown: bool
    official: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A node, the property (or `head`) of which different values are told, and each of these with its document."""

    node: NodeRecord
    about: str
    told: tuple[ValueClaim, ...]


def conflicts(store: Store, *, synthetic: bool = False) -> Answer[Conflict]:
    """Return every property of a node that documents give different values, sorted by node and property.

    A name is written in many ways, which is no conflict.
    """
    found: dict[tuple[str, str], list[ValueClaim]] = defaultdict(list)
    nodes: dict[str, NodeRecord] = {}
    for row in find_query(SAID).run(store, synthetic=synthetic):
        node = nodes.setdefault(row["node"].id, row["node"])
        for key, value in from_record(node.label, row["record"]).items():
            if key != "name":
                shown = node.properties.get(key) == value
                found[node.id, key].append(ValueClaim(value, row["source"], row["said_on"], row["where"], shown))
    rows = [
        Conflict(nodes[id_], key, _sorted(told))
        for (id_, key), told in sorted(found.items())
        if differ((each.source, each.value) for each in told)
    ]
    return Answer(SAID, datetime.date.today(), data_version(store), rows)


def two_heads(store: Store, *, synthetic: bool = False) -> Answer[Conflict]:
    """Return the facilities of which two officials are head for more than the day of handing over.

    An official is head for certain from the first day in the post, else from the day that a document says so, to the
    last day, else to the day of the newest document that says so. A claim that somebody was head, without days, and one
    that somebody is to be, say nothing certain. Told is each official's name with the words that say so.
    """
    posts: dict[str, list[Row]] = defaultdict(list)
    for row in find_query(HEADS).run(store, synthetic=synthetic):
        posts[row["facility"].id].append(row)
    rows = [conflict for _, claims in sorted(posts.items()) for conflict in _of_facility(claims)]
    return Answer(HEADS, datetime.date.today(), data_version(store), rows)


def _of_facility(claims: list[Row]) -> Iterator[Conflict]:
    tenures = {
        official: (min(day for day, _ in spans), max(day for _, day in spans))
        for official, spans in _certain(claims).items()
    }
    together = {
        official
        for one, other in itertools.combinations(sorted(tenures), 2)
        if _overlap(tenures[one], tenures[other])
        for official in (one, other)
    }
    if together:
        told = [
            ValueClaim(row["official"].name, row["source"], row["said_on"], row["where"], False, row["official"].id)
            for row in claims
            if row["official"].id in together
        ]
        yield Conflict(claims[0]["facility"], HEAD, _sorted(told))


def _certain(claims: Iterable[Row]) -> dict[str, list[tuple[datetime.date, datetime.date]]]:
    spans = defaultdict(list)
    for row in claims:
        said_on = row["said_on"] if row["status"] == "active" else None
        first, last = row["since"] or said_on or row["until"], row["until"] or said_on or row["since"]
        if first and last and row["status"] != "planned" and first <= last:
            spans[row["official"].id].append((first, last))
    return spans


def _overlap(one: tuple[datetime.date, datetime.date], other: tuple[datetime.date, datetime.date]) -> bool:
    """Tell whether two spans share a day that is not the last of the one and the first of the other."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    handing_over = first == last and (one[1] == other[0] or other[1] == one[0]) and one != other
    return first <= last and not handing_over


def _sorted(told: Iterable[ValueClaim]) -> tuple[ValueClaim, ...]:
    return tuple(
        sorted(
            set(told), key=lambda each: (not each.shown, str(each.value), each.source, str(each.said_on), each.where)
        )
    )
