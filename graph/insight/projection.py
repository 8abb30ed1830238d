"""The projection: who is tied to whom on a day, as one simple graph in memory that networkx can search."""

import datetime
import hashlib
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

from graph.catalog import find_query
from graph.errors import BadInput
from graph.names import fold, organisation_id
from graph.network import names
from graph.store import NodeRecord, Store

QUERY = "ties-on-day"
YEARS_TO_DOUBLE = 5.0
OLDEST_YEARS = 10.0
MOST_DOCUMENTS = 4
LEAST_CONFIDENCE = 0.05
_YEAR = 365.25
_ORGANISATIONS = ("Facility", "Company", "PublicBody", "Organization")
_MOST_CANDIDATES = 8
Projection: TypeAlias = "nx.Graph[str]"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that ties two nodes on the day, in the direction in which it was said."""

    start: str
    relation: str
    end: str
    claim: str
    source: str
    said_on: datetime.date | None
    confidence: float


def said_on_day(store: Store, as_of: datetime.date, *, synthetic: bool = False) -> list[Said]:
    """Return every claim of `ties-on-day`, sorted by id of the claim, so that both engines give the same list."""
    query = find_query(QUERY)
    rows = store.stream(query.cypher, **query.arguments({"as_of": as_of, "synthetic": synthetic}))
    return sorted((Said(**row) for row in rows), key=lambda each: each.claim)


def project(store: Store, as_of: datetime.date, *, synthetic: bool = False) -> Projection:
    """Return the graph of all nodes and of the pairs that are tied on the day.

    A node has `record`; an edge has `said` (its claims, the best first), `cost` (see `cost`) and `weight`, a whole
    number that orders paths as their cost does and tells paths of equal cost apart, in the same way everywhere.
    """
    graph: Projection = nx.Graph()
    for node in sorted(names(store), key=lambda node: node.id):
        if synthetic or not node.properties.get("synthetic"):
            graph.add_node(node.id, record=node)
    for (start, end), said in sorted(_pairs(said_on_day(store, as_of, synthetic=synthetic)).items()):
        if start in graph and end in graph:
            graph.add_edge(start, end, **_edge(said, as_of))
    return graph


def _pairs(said: list[Said]) -> dict[tuple[str, str], list[Said]]:
    pairs: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in said:
        if each.start != each.end:
            pairs[min(each.start, each.end), max(each.start, each.end)].append(each)
    return pairs


def _edge(said: list[Said], as_of: datetime.date) -> dict[str, Any]:
    best = sorted(said, key=lambda each: (_cost_of(each, as_of), each.claim))
    total = cost(said, as_of)
    digest = hashlib.blake2b(best[0].claim.encode(), digest_size=4).digest()
    return {"said": best, "cost": total, "weight": (round(total * 1e6) << 40) + int.from_bytes(digest)}


def cost(said: list[Said], as_of: datetime.date) -> float:
    """Return what a hop over these claims costs: recent, sure and often told is cheap.

    The least over its claims of (1 + years / 5) / confidence, divided by the root of the number of documents. Years
    count from the day of the document, at most 10, and 10 where it has none; documents at most 4, confidence at
    least 0.05. A hop told outright today by one register costs 1.
    """
    documents = min(MOST_DOCUMENTS, len({each.source for each in said}))
    return min(_cost_of(each, as_of) for each in said) / math.sqrt(documents)


def _cost_of(said: Said, as_of: datetime.date) -> float:
    years = OLDEST_YEARS
    if said.said_on is not None:  # an agreement may hold before a document tells of it
        years = min(OLDEST_YEARS, max(0, (as_of - said.said_on).days) / _YEAR)
    return (1 + years / YEARS_TO_DOUBLE) / max(LEAST_CONFIDENCE, said.confidence)


def resolve(nodes: list[NodeRecord], text: str) -> NodeRecord:
    """Return the node that a text names: by id, else by its name, else by a part of its name.

    Raises BadInput if there is none such, and one that lists the candidates if there are several.
    """
    wanted = fold(text)
    ids = {text, *(organisation_id(label, text) for label in _ORGANISATIONS if wanted)}
    found = [node for node in nodes if node.id == text]
    found = found or [node for node in nodes if node.id in ids or fold(node.name) == wanted]
    found = found or [node for node in nodes if wanted and wanted in fold(node.name)]
    if not found:
        raise BadInput("insight.no_node", text=text)
    if len(found) > 1:
        found.sort(key=lambda node: (len(node.name), node.id))  # the shorter a name, the more of it was typed
        listed = [f"{node.name} ({node.id})" for node in found[:_MOST_CANDIDATES]]
        raise BadInput("insight.ambiguous", text=text, count=len(found), candidates="; ".join(listed))
    return found[0]
