"""Structure: brokers, central partners, communities and shared affiliations in the network of a day."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from graph.answer import Answer
from graph.insight.introductions import AVOIDED, avoided
from graph.insight.projection import QUERY, Projection, project
from graph.insight.suggestions import QUERY as SERVES
from graph.insight.suggestions import served_on_day
from graph.names import fold
from graph.network import names
from graph.status import data_version
from graph.store import NodeRecord, Store

EXACT_NODES = 2_000
PIVOTS = 500
SEED = 1


@dataclass(frozen=True, slots=True)
class Ranked:
    """A node and its figure: betweenness from 0 to 1 for a broker, facilities served for a central partner."""

    node: NodeRecord
    figure: float


@dataclass(frozen=True, slots=True)
class Shared:
    """An official, or people of one name, and the organisations that they hold posts at.

    `certain` is False where only the name is the same: it may be two people.
    """

    name: str
    officials: tuple[NodeRecord, ...]
    organisations: tuple[NodeRecord, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Ties:
    """What the figures rest on: all that is tied on a day, read once, and the version of the data."""

    whole: Projection
    as_of: datetime.date
    version: str

    def network(self, avoid: Sequence[str] = AVOIDED) -> Projection:
        """Return the projection without what `avoid` names and without nodes that nobody is tied to."""
        graph = self.whole.copy()
        graph.remove_nodes_from(avoided([data["record"] for _, data in graph.nodes(data=True)], avoid))
        graph.remove_nodes_from(list(nx.isolates(graph)))
        return graph


def read_ties(store: Store, *, as_of: datetime.date | None = None, synthetic: bool = False) -> Ties:
    """Return what is tied on a day, today if none is given."""
    day = as_of or datetime.date.today()
    return Ties(project(store, day, synthetic=synthetic), day, data_version(store))


def brokers(ties: Ties, *, most: int = 10) -> Answer[Ranked]:
    """Return the nodes that most shortest paths between others run through, highest first.

    Betweenness (Brandes 2001), every tie one step; exact up to 2,000 nodes, above from 500 seeded pivots.
    """
    graph = ties.network()
    pivots = None if len(graph) <= EXACT_NODES else PIVOTS
    found = nx.betweenness_centrality(graph, k=pivots, seed=SEED)
    order = sorted((id_ for id_, figure in found.items() if figure), key=lambda id_: (-round(found[id_], 9), id_))
    rows = [Ranked(graph.nodes[id_]["record"], found[id_]) for id_ in order[:most]]
    return Answer(QUERY, ties.as_of, ties.version, rows)


def communities(ties: Ties, *, most: int | None = None) -> Answer[tuple[NodeRecord, ...]]:
    """Return the groups that are tied more within than without (Louvain, seeded), the largest first.

    The members of a group come in the order of how many of it they are tied to, so that the first may stand for it.
    """
    graph = ties.network()
    plain: Projection = nx.Graph()  # weights of paths say nothing of how close two are
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted(graph.edges()))
    groups = nx.community.louvain_communities(plain, seed=SEED) if plain else []
    found = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    rows = [tuple(graph.nodes[id_]["record"] for id_ in _by_ties(plain.subgraph(group))) for group in found[:most]]
    return Answer(QUERY, ties.as_of, ties.version, rows)


def _by_ties(group: Projection) -> list[str]:
    return sorted(group, key=lambda id_: (-group.degree[id_], id_))


def central_partners(
    store: Store, *, most: int = 10, as_of: datetime.date | None = None, synthetic: bool = False
) -> Answer[Ranked]:
    """Return the partners that serve the most facilities on the day, highest first."""
    day = as_of or datetime.date.today()
    by_partner: dict[str, set[str]] = defaultdict(set)
    for each in served_on_day(store, day, synthetic=synthetic):
        by_partner[each.partner].add(each.facility)
    records = {node.id: node for node in names(store)}
    order = sorted(by_partner, key=lambda id_: (-len(by_partner[id_]), id_))[:most]
    rows = [Ranked(records[id_], len(by_partner[id_])) for id_ in order]
    return Answer(SERVES, day, data_version(store), rows)


def shared_affiliations(ties: Ties) -> Answer[Shared]:
    """Return the officials, and people of one name, who hold posts at two organisations or more, sorted by name."""
    graph = ties.whole
    posts: dict[str, set[str]] = defaultdict(set)
    for start, end in graph.edges():
        for each in graph.edges[start, end]["said"]:
            if each.relation == "HOLDS":
                posts[each.start].add(start if each.start == end else end)
    by_name: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(posts):
        by_name[fold(graph.nodes[id_]["record"].name)].append(id_)
    rows = [row for _, ids in sorted(by_name.items()) for row in _shared(graph, ids, posts)]
    return Answer(QUERY, ties.as_of, ties.version, rows)


def _shared(graph: Projection, ids: list[str], posts: dict[str, set[str]]) -> list[Shared]:
    """Return who of one name holds several posts: the people taken together if they are several, else the one."""
    together = sorted(set().union(*(posts[id_] for id_ in ids)))
    if len(together) < 2:
        return []
    officials = tuple(graph.nodes[id_]["record"] for id_ in ids)
    organisations = tuple(graph.nodes[id_]["record"] for id_ in together)
    return [Shared(officials[0].name, officials, organisations, len(ids) == 1)]
