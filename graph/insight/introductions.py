"""Introductions: the best paths from one node to another over ties that hold on a day, each hop with its sentence."""

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from graph.answer import Answer
from graph.errors import BadInput
from graph.insight.projection import QUERY, Projection, Said, project, resolve
from graph.names import is_national, label_of
from graph.schema import schema
from graph.status import data_version
from graph.store import NodeRecord, Row, Store

HUB = "hub"
AVOIDED = (HUB, "Place")
"""What no path runs through unless asked otherwise: hubs, and places, provinces among them.

A hub is a ministry or a directorate general: everybody is near it, and nobody is introduced by it. Its offices in the
regions are none: a regional office knows its facilities and their partners.
"""
_HUB_KINDS = ("ministry", "corrections")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, with the best claim for it and the number of documents that tie the two."""

    start: NodeRecord
    end: NodeRecord
    said: Said
    where: str
    source_title: str
    documents: int


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one node to another; `cost` is the sum over its hops of `projection.cost`."""

    cost: float
    hops: tuple[Hop, ...]


def introductions(
    store: Store,
    start: str,
    end: str,
    *,
    k: int = 3,
    avoid: Sequence[str] = AVOIDED,
    as_of: datetime.date | None = None,
    synthetic: bool = False,
) -> Answer[Path]:
    """Return the `k` cheapest paths without repeated nodes from `start` to `end`, each an id or a name, cheapest first.

    `avoid` names what no path may run through (its two ends excepted): `hub`, a label, a kind of public body or place,
    an id or a name; empty words name nothing. Raises BadInput for a name that fits no node or several, and for two
    ends that are one.
    """
    day = as_of or datetime.date.today()
    graph = project(store, day, synthetic=synthetic)
    return Answer(QUERY, day, data_version(store), introduced(store, graph, start, end, k=k, avoid=avoid))


def introduced(
    store: Store, graph: Projection, start: str, end: str, *, k: int = 3, avoid: Sequence[str] = AVOIDED
) -> list[Path]:
    """Return the same paths in a projection that was read before and stays as it is; raise the same errors."""
    nodes = [data["record"] for _, data in graph.nodes(data=True)]
    first, last = resolve(nodes, start), resolve(nodes, end)
    if first.id == last.id:
        raise BadInput("insight.same_node", node=first.name)
    open_ = nx.restricted_view(graph, avoided(nodes, avoid) - {first.id, last.id}, ())
    found = best_paths(open_, first.id, last.id, k)
    told = _told(store, graph, found)
    return [_path(graph, ids, told) for ids in found]


def avoided(nodes: list[NodeRecord], avoid: Sequence[str]) -> set[str]:
    """Return the ids of the nodes that the words of `avoid` name; raise BadInput for one that names nothing."""
    kinds = {"PublicBody": "public_body_kind", "Place": "place_kind"}
    known = {term for kind in kinds.values() for term in schema().vocabularies[kind]}
    found: set[str] = set()
    for word in avoid:
        if word == HUB:
            found.update(node.id for node in nodes if _is_hub(node))
        elif word in schema().labels:
            found.update(node.id for node in nodes if node.label == word)
        elif word in known:
            found.update(node.id for node in nodes if node.label in kinds and node.properties.get("kind") == word)
        elif word:
            found.add(resolve(nodes, word).id)
    return found


def _is_hub(node: NodeRecord) -> bool:
    return node.label == "PublicBody" and node.properties.get("kind") in _HUB_KINDS and is_national(node.name)


def best_paths(graph: Projection, start: str, end: str, k: int) -> list[list[str]]:
    """Return the `k` simple paths of least weight as lists of ids, least first; fewer if there are no more."""
    try:
        return list(itertools.islice(nx.shortest_simple_paths(graph, start, end, weight="weight"), k))
    except nx.NetworkXNoPath:
        return []


def _told(store: Store, graph: Projection, paths: list[list[str]]) -> dict[str, Row]:
    """Return sentence and title of the document by claim, for the best claim of each hop."""
    told: dict[str, Row] = {}
    for start, end in {(a, b) for path in paths for a, b in itertools.pairwise(path)}:
        best: Said = graph.edges[start, end]["said"][0]
        if best.claim not in told:
            label = label_of(best.start)
            rows = store.read(
                f"MATCH (:{label} {{id: $start}})-[tie:{best.relation} {{claim: $claim}}]->() "
                "OPTIONAL MATCH (d:Document {id: $source}) RETURN tie.where AS where, d.name AS title",
                start=best.start,
                claim=best.claim,
                source=best.source,
            )
            told[best.claim] = rows[0] if rows else {"where": "", "title": None}
    return told


def _path(graph: Projection, ids: list[str], told: dict[str, Row]) -> Path:
    hops, total = [], 0.0
    for start, end in itertools.pairwise(ids):
        edge = graph.edges[start, end]
        best: Said = edge["said"][0]
        records = graph.nodes[start]["record"], graph.nodes[end]["record"]
        documents = len({each.source for each in edge["said"]})
        row = told[best.claim]
        hops.append(Hop(*records, best, row["where"], row["title"] or best.source, documents))
        total += edge["cost"]
    return Path(total, tuple(hops))
