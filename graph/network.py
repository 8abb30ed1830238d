"""The network around nodes, as a networkx graph: what the pictures draw and the tables list."""

import datetime
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import networkx as nx

from graph.names import fold, label_of
from graph.schema import schema
from graph.store import NodeRecord, PathRecord, Row, Store, TieRecord
from graph.text import for_xml

Network: TypeAlias = "nx.MultiDiGraph[str]"
MOST_NEIGHBOURS = 60
_HIDDEN = ("Document", "Store")


def empty() -> Network:
    """Return a network with nothing in it."""
    return nx.MultiDiGraph()


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a network is kept; what is left at its start keeps everything.

    `labels` and `types` are kinds of nodes and ties. A tie is of an area that it names itself, or that a program at
    one of its ends is in, or that an agreement at one of its ends covers. A node is of a province (ISO codes) that it
    lies in, or that a facility lies in to which it is tied. On a day `as_of`, ties hold as in the query `ties-on-day`.
    """

    labels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    confidence: float = 0.0
    synthetic: bool = True
    newest: bool = False
    """Of too many neighbours, those of which something was said last come first; else those whose ids come first."""


EVERYTHING = Kept()


def neighbourhood(
    store: Store,
    ids: Sequence[str],
    most: int = MOST_NEIGHBOURS,
    kept: Kept = EVERYTHING,
    more: Mapping[str, int] | None = None,
) -> Network:
    """Return these nodes, at most `most` neighbours of each (`more` for some), and every tie among all that is kept.

    Node key is the id, with `label`, `name`, `properties` and `degree` (ties in the whole store, documents left
    out); edge key is the claim, with the claim's properties and `source_title`. Ids that are not there are left out.
    """
    asked = {id_: (more or {}).get(id_, most) for id_ in ids}
    return among(store, {*ids, *_neighbours(store, asked, kept)}, kept)


def among(store: Store, ids: Iterable[str], kept: Kept = EVERYTHING) -> Network:
    """Return these nodes and every tie among them that is kept."""
    network = empty()
    for row in _of_each_label(
        store,
        ids,
        "MATCH (n:LABEL {id: one}) OPTIONAL MATCH (n)-[r]-(m) WHERE NOT m:Document RETURN n, count(r) AS degree",
    ):
        _put(network, row["n"], row["degree"])
    # Kinds, area and province choose among neighbours; of the nodes shown, all ties of the kinds kept are told.
    where, values = _conditions(replace(kept, labels=(), areas=(), provinces=()), "a", "b")
    ties = (
        "MATCH (a:LABEL {id: one})-[r]->(b) WHERE b.id IN $ids AND NOT type(r) = 'MENTIONS'"
        f"{where} OPTIONAL MATCH (d:Document {{id: r.source}}) "
        "RETURN a.id AS start, r, b.id AS end, d.name AS source_title"
    )
    for row in _of_each_label(store, network, ties, ids=sorted(network), **values):
        _tie(network, row)
    return network


def around(store: Store, id_: str, kept: Kept = EVERYTHING) -> list[Row]:
    """Return how many neighbours a node has by their `label` and the `type` of the tie, the most first.

    One that is tied in two ways counts in both. Documents are left out.
    """
    label = label_of(id_)
    if label is None:
        return []
    where, values = _conditions(kept, "n", "m")
    rows = store.read(
        f"MATCH (n:{label} {{id: $id}})-[r]-(m) WHERE NOT m:Document{where} "
        "RETURN labels(m)[0] AS label, type(r) AS type, count(DISTINCT m) AS count",
        id=id_,
        **values,
    )
    return sorted(rows, key=lambda row: (-row["count"], row["label"], row["type"]))


def neighbours(store: Store, id_: str, kept: Kept = EVERYTHING) -> int:
    """Return how many neighbours a node has, documents left out."""
    label = label_of(id_)
    if label is None:
        return 0
    where, values = _conditions(kept, "n", "m")
    rows = store.read(
        f"MATCH (n:{label} {{id: $id}})-[r]-(m) WHERE NOT m:Document{where} RETURN count(DISTINCT m) AS count",
        id=id_,
        **values,
    )
    return int(rows[0]["count"])


def without(network: Network, *, nodes: Iterable[str] = (), marks: Iterable[str] = ()) -> Network:
    """Return the network without these nodes, and without the labels of nodes and statuses of ties among `marks`.

    It is the network itself where nothing is to go; it is not to be changed then.
    """
    gone, off = set(nodes), set(marks)
    if not gone and not off:
        return network
    left = network.copy()
    left.remove_nodes_from([id_ for id_, data in network.nodes(data=True) if id_ in gone or data["label"] in off])
    ended = [(a, b, key) for a, b, key, data in left.edges(keys=True, data=True) if data["status"] in off]
    left.remove_edges_from(ended)
    return left


def rivals(network: Network, claims: Iterable[str]) -> list[list[str]]:
    """Return the claims that tell of the same tie as these, in groups that say the same; these come first.

    Several groups contradict each other: the same ends and type, but another status, day or area.
    """
    chosen = set(claims)
    ties = [(a, b, key, data) for a, b, key, data in network.edges(keys=True, data=True)]
    of = {(a, b, data["type"]) for a, b, key, data in ties if key in chosen}
    groups: dict[str, list[str]] = {}
    for a, b, key, data in ties:
        if (a, b, data["type"]) in of:
            groups.setdefault(repr((data["status"], sorted(data["properties"].items()))), []).append(key)
    return sorted((sorted(group) for group in groups.values()), key=lambda group: (not chosen & set(group), group))


def passages(
    store: Store, network: Network, claims: Iterable[str], letters: int = 300
) -> dict[str, tuple[str, str, str]]:
    """Return, by claim, the text before its sentence, the sentence, and the text after it, where the store has them."""
    wanted = {key: data for *_, key, data in network.edges(keys=True, data=True) if key in set(claims)}
    sources = sorted({data["source"] for data in wanted.values() if data["begins_at"] is not None})
    rows = store.read(
        "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.text IS NOT NULL RETURN id, d.text AS text", ids=sources
    )
    texts = {row["id"]: row["text"] for row in rows}
    return {
        key: passage(texts[data["source"]], data["begins_at"], data["ends_at"], letters)
        for key, data in wanted.items()
        if data["source"] in texts and data["begins_at"] is not None and data["ends_at"] is not None
    }


def graphml(network: Network) -> bytes:
    """Return the network as GraphML: nodes with label and name, ties with type, status and what says them.

    Characters that XML cannot hold are replaced; a value that GraphML has no type for is text.
    """
    plain: Network = nx.MultiDiGraph()
    for id_, data in network.nodes(data=True):
        plain.add_node(for_xml(id_), label=data["label"], name=for_xml(data["name"]), **_attributes(data["properties"]))
    for a, b, key, data in network.edges(keys=True, data=True):
        own: dict[str, Any] = {**data, **data["properties"]}
        own.pop("properties")
        plain.add_edge(for_xml(a), for_xml(b), key=for_xml(key), **_attributes(own))
    file = io.BytesIO()
    nx.write_graphml_xml(plain, file, named_key_ids=True)
    return file.getvalue()


def _attributes(own: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in own.items() if value is not None and name not in ("label", "name")}
    return {name: value if isinstance(value, (bool, int, float)) else for_xml(value) for name, value in kept.items()}


def passage(text: str, begins: int, ends: int, letters: int) -> tuple[str, str, str]:
    """Return what stands before a sentence of a text, the sentence, and what stands after it, so many letters each."""
    before, after = text[max(0, begins - letters) : begins], text[ends : ends + letters]
    return f"{'…' * (begins > letters)}{before}", text[begins:ends], f"{after}{'…' * (ends + letters < len(text))}"


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


def other_names(store: Store) -> Mapping[str, Sequence[str]]:
    """Return by id the names, beside its own, by which documents call a node; nodes of one name are left out."""
    also: dict[str, list[str]] = defaultdict(list)
    called = "MATCH (:Document)-[m:MENTIONS]->(n) WHERE m.as <> n.name RETURN DISTINCT n.id AS id, m.as AS name"
    for row in store.stream(called):
        also[row["id"]].append(row["name"])
    return also


def _conditions(kept: Kept, a: str, b: str) -> tuple[str, dict[str, Any]]:
    """Return what a tie `r` between `a` and its neighbour `b` must fulfil, beginning with AND, and its parameters."""
    asked: list[tuple[object, str, dict[str, Any]]] = [
        (not kept.synthetic, "r.synthetic IS NULL", {}),
        (kept.labels, "(" + " OR ".join(f"{b}:{label}" for label in kept.labels if label in schema().labels) + ")", {}),
        (kept.types, "type(r) IN $types", {"types": list(kept.types)}),
        (kept.confidence > 0, "r.confidence >= $confidence", {"confidence": kept.confidence}),
        (kept.areas, _IN_AREA.format(a=a, b=b), {"areas": list(kept.areas)}),
        (kept.provinces, _IN_PROVINCE.format(b=b), {"provinces": list(kept.provinces)}),
        (kept.as_of, _ON_DAY.format(a=a, b=b), {"as_of": kept.as_of}),
    ]
    where = "".join(f" AND {condition}" for wanted, condition, _ in asked if wanted)
    return where, {key: value for wanted, _, own in asked if wanted for key, value in own.items()}


_IN_AREA = (
    "(coalesce(r.area IN $areas, false) OR ({a}:Program AND {a}.area IN $areas) OR ({b}:Program AND {b}.area IN $areas)"
    " OR ({a}:Agreement AND EXISTS {{ ({a})-[:COVERS]->(p:Program) WHERE p.area IN $areas }})"
    " OR ({b}:Agreement AND EXISTS {{ ({b})-[:COVERS]->(p:Program) WHERE p.area IN $areas }}))"
)
_IN_PROVINCE = (
    "(EXISTS {{ ({b})-[:LOCATED_IN*0..2]->(p:Place) WHERE p.iso IN $provinces }}"
    " OR EXISTS {{ ({b})--(f:Facility)-[:LOCATED_IN*1..2]->(p:Place) WHERE p.iso IN $provinces }})"
)
_ON_DAY = (
    "r.status = 'active' AND coalesce(r.since <= $as_of, true) AND coalesce(r.until >= $as_of, true)"
    " AND coalesce(coalesce({a}.starts_on, {b}.starts_on, {a}.signed_on, {b}.signed_on, r.said_on) <= $as_of, true)"
    " AND coalesce(coalesce({a}.ends_on, {b}.ends_on) >= $as_of, true)"
    " AND NOT coalesce({a}.status, {b}.status, 'in_force') IN ['ended', 'planned', 'unknown']"
    " AND NOT coalesce({a}.planned, {b}.planned, false)"
    " AND coalesce(coalesce({a}.date, {b}.date) <= $as_of, true)"
)


def _neighbours(store: Store, asked: Mapping[str, int], kept: Kept) -> set[str]:
    """Return the ids of neighbours of these nodes, of each at most as many as is asked for, documents left out."""
    where, values = _conditions(kept, "n", "m")
    order = "newest IS NULL, newest DESC, id" if kept.newest else "id"
    rows = _of_each_label(
        store,
        asked,
        f"MATCH (n:LABEL {{id: one}})-[r]-(m) WHERE NOT m:Document{where} "
        f"WITH one, m.id AS id, max(r.said_on) AS newest ORDER BY {order} RETURN one, collect(id)[..$most] AS ids",
        most=max(asked.values(), default=0),
        **values,
    )
    return {id_ for row in rows for id_ in row["ids"][: asked[row["one"]]]}


def _of_each_label(store: Store, ids: Iterable[str], of_one: str, /, **values: Any) -> list[Row]:
    """Return what a statement gives for each `one` of these ids, of its LABEL, asked of the store at once."""
    of: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        if label := label_of(id_):
            of[label].append(id_)
    arms = [f"UNWIND ${label} AS one {of_one.replace(':LABEL', f':{label}')}" for label in of]
    return store.read(" UNION ALL ".join(arms), **of, **values) if arms else []


def _put(network: Network, node: NodeRecord, degree: int) -> None:
    own = {key: value for key, value in node.properties.items() if key not in ("id", "name")}
    network.add_node(node.id, label=node.label, name=node.name, properties=own, degree=degree)


def _tie(network: Network, row: Row) -> None:
    tie: TieRecord = row["r"]
    claim = {key: tie.properties.get(key) for key in schema().claim if key != "claim"}
    own: dict[str, Any] = {key: value for key, value in tie.properties.items() if key not in schema().claim}
    network.add_edge(
        row["start"],
        row["end"],
        key=tie.properties["claim"],
        type=tie.type,
        properties=own,
        source_title=row["source_title"] or tie.properties["source"],
        **claim,
    )
