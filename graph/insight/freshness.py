"""Freshness: how old the newest fact of each facility and of each source is, and to whom nobody is tied."""

import datetime
from dataclasses import dataclass

from graph.answer import Answer
from graph.catalog import find_query
from graph.insight.projection import QUERY as TIES
from graph.insight.projection import project
from graph.status import data_version
from graph.store import NodeRecord, Store

FACILITIES = "freshness-of-facilities"
SOURCES = "freshness-of-sources"
_STRUCTURAL = frozenset({"LOCATED_IN", "PART_OF"})


@dataclass(frozen=True, slots=True)
class Freshness:
    """A facility or a document; `newest` is the day of its newest fact, `days` its age, both None if no day is known.

    `facts` counts its claims up to the day asked for, `undated` those of documents without a day.
    """

    id: str
    name: str
    newest: datetime.date | None
    days: int | None
    facts: int
    undated: int


def freshness(
    store: Store, *, as_of: datetime.date | None = None, sources: bool = False, synthetic: bool = False
) -> Answer[Freshness]:
    """Return the age of the newest fact of every facility, or of every source: no day first, then the oldest first."""
    day = as_of or datetime.date.today()
    query = SOURCES if sources else FACILITIES
    rows = [
        Freshness(
            row["id"],
            row["name"],
            row["newest"],
            None if row["newest"] is None else (day - row["newest"]).days,
            row["facts"],
            row["undated"],
        )
        for row in find_query(query).run(store, as_of=day, synthetic=synthetic)
    ]
    rows.sort(key=lambda row: (row.newest or datetime.date.min, row.id))
    return Answer(query, day, data_version(store), rows)


def untied(store: Store, *, as_of: datetime.date | None = None, synthetic: bool = False) -> Answer[NodeRecord]:
    """Return the nodes to which nobody is tied on the day, sorted by id.

    Where a node lies, the office above it, and its being mentioned or checked tie nobody to it. Places are left out.
    """
    day = as_of or datetime.date.today()
    graph = project(store, day, synthetic=synthetic)
    alone = [
        data["record"]
        for id_, data in graph.nodes(data=True)
        if data["record"].label != "Place"
        and all(each.relation in _STRUCTURAL for other in graph[id_] for each in graph.edges[id_, other]["said"])
    ]
    return Answer(TIES, day, data_version(store), alone)
