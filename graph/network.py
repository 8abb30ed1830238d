"""The network around nodes, as a networkx graph: what the pictures draw and the tables list."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import networkx as nx

from graph.names import fold, label_of
from graph.schema import schema
from graph.store import NodeRecord, PathRecord, Row, Store, TieRecord

Network: TypeAlias = "nx.MultiDiGraph[str]"
MOST_NEIGHBOURS = 60
_HIDDEN = ("Document", "Store")
_TIE_COLUMNS = "a, r, b, d.name AS source_title"


def empty() -> Network:
    """Return a network with nothing in it."""
    return nx.MultiDiGraph()


def neighbourhood(store: Store, ids: Sequence[str], most: int = MOST_NEIGHBOURS, *, synthetic: bool = True) -> Network:
    """Return these nodes, at most `most` neighbours of each, and every tie among all of them.

    Without `synthetic`, what only invented documents say is left out.

    Node key is the id, with `label`, `name`, `properties` and `degree` (ties in the whole store, documents left
    out); edge key is the claim, with the claim's properties and `source_title`. Ids that are not there are left out.
    """
    shown = set(ids)
    for id_ in ids:
        shown.update(_neighbours(store, id_, most, synthetic))
    return among(store, shown, synthetic=synthetic)


def among(store: Store, ids: Iterable[str], *, synthetic: bool = True) -> Network:
    """Return these nodes and every tie among them; without `synthetic`, no invented ties."""
    wanted = sorted(ids)
    network = empty()
    for label in schema().labels:
        rows = store.read(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n", ids=wanted)
        for row in rows:
            _put(network, row["n"])
    for row in _degrees(store, network):
        network.nodes[row["id"]]["degree"] = row["degree"]
    for row in _ties(store, network, wanted):
        if synthetic or not row["r"].properties.get("synthetic"):
            _tie(network, row)
    return network


def start(store: Store) -> str:
    """Return the id of the node that a first picture is best drawn around: the partner with the most ties.

    Where there is no partner it is the facility whose name comes first, and "" in an empty store.
    """
    rows = store.read(
        "MATCH (n)-[r]-() WHERE (n:Company OR n:Organization) AND n.synthetic IS NULL "
        "RETURN n.id AS id, count(r) AS ties ORDER BY ties DESC, id LIMIT 1"
    ) or store.read("MATCH (n:Facility) RETURN n.id AS id ORDER BY n.name LIMIT 1")
    return rows[0]["id"] if rows else ""


def program_network(store: Store, rows: Iterable[Row]) -> Network:
    """Return the network of what `who-is-connected-to-program` found: the program, the parties and their ties."""
    found: set[str] = set()
    for row in rows:
        found.update(node.id for node in (row["program"], row["party"], row["through"]) if node is not None)
    return among(store, found)


def ids_in(store: Store, rows: Iterable[Row]) -> list[str]:
    """Return the ids of the nodes that rows hold, alone, in lists or on paths, then the ends of the ties they hold."""
    ids: dict[str, None] = {}
    claims: dict[str, list[str]] = {}
    for value in (value for row in rows for value in row.values()):
        for each in _things(value):
            if isinstance(each, NodeRecord):
                ids.setdefault(each.id)
            else:
                claims.setdefault(each.type, []).append(each.properties.get("claim", ""))
    for type_ in sorted(set(claims) & set(schema().relationships)):
        found = store.read(
            f"MATCH (a)-[r:{type_}]->(b) WHERE r.claim IN $claims RETURN DISTINCT a.id AS start, b.id AS end "
            "ORDER BY start, end",
            claims=claims[type_],
        )
        ids.update(dict.fromkeys(id_ for row in found for id_ in (row["start"], row["end"])))
    return [id_ for id_ in ids if label_of(id_) is not None]


def _things(value: Any) -> Iterator[NodeRecord | TieRecord]:
    match value:
        case NodeRecord() | TieRecord():
            yield value
        case PathRecord():
            yield from value.nodes
        case list():
            for each in value:
                yield from _things(each)
        case dict():
            yield from _things(list(value.values()))


def names(store: Store) -> list[NodeRecord]:
    """Return every node but documents with label, id and name (kind, area, synthetic), sorted by name."""
    records = []
    for label in schema().labels:
        if label in _HIDDEN:
            continue
        rows = store.read(
            f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, n.kind AS kind, n.area AS area, "
            "n.synthetic AS synthetic"
        )
        records += [NodeRecord(label, row["id"], row["name"] or row["id"], row) for row in rows]
    return sorted(records, key=lambda node: (fold(node.name), node.id))


def _neighbours(store: Store, id_: str, most: int, synthetic: bool) -> list[str]:
    """Return the ids of at most `most` neighbours of a node, documents left out, in order of id."""
    label = label_of(id_)
    if label is None:
        return []
    rows = store.read(
        f"MATCH (n:{label} {{id: $id}})-[r]-(m) WHERE NOT m:Document AND ($synthetic OR r.synthetic IS NULL) "
        "RETURN DISTINCT m.id AS id ORDER BY id LIMIT $most",
        id=id_,
        most=most,
        synthetic=synthetic,
    )
    return [row["id"] for row in rows]


def _degrees(store: Store, network: Network) -> list[Row]:
    rows: list[Row] = []
    for label in {data["label"] for _, data in network.nodes(data=True)}:
        ids = [id_ for id_, data in network.nodes(data=True) if data["label"] == label]
        rows += store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) OPTIONAL MATCH (n)-[r]-(m) WHERE NOT m:Document "
            "RETURN id, count(r) AS degree",
            ids=ids,
        )
    return rows


def _ties(store: Store, network: Network, ids: list[str]) -> list[Row]:
    rows: list[Row] = []
    for label in sorted({data["label"] for _, data in network.nodes(data=True)}):
        rows += store.read(
            f"UNWIND $ids AS id MATCH (a:{label} {{id: id}})-[r]->(b) WHERE b.id IN $ids AND NOT type(r) = 'MENTIONS' "
            f"OPTIONAL MATCH (d:Document {{id: r.source}}) RETURN {_TIE_COLUMNS}",
            ids=ids,
        )
    return rows


def _put(network: Network, node: NodeRecord) -> None:
    own = {key: value for key, value in node.properties.items() if key not in ("id", "name")}
    network.add_node(node.id, label=node.label, name=node.name, properties=own, degree=0)


def _tie(network: Network, row: Row) -> None:
    tie: TieRecord = row["r"]
    claim = {key: tie.properties.get(key) for key in schema().claim if key != "claim"}
    own: dict[str, Any] = {key: value for key, value in tie.properties.items() if key not in schema().claim}
    network.add_edge(
        row["a"].id,
        row["b"].id,
        key=tie.properties["claim"],
        type=tie.type,
        properties=own,
        source_title=row["source_title"] or tie.properties["source"],
        **claim,
    )
