"""What the graph says beside the names: who holds which post, where things are, and which neighbours they share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.identity.named import KINDS, Named, Post
from graph.identity.verdict import Reason, because
from graph.names import label_of
from graph.store import Store

_MOST_NEIGHBOURS = 500
_SHOWN = 3
_NOT_SHARED = ("MENTIONS", "LOCATED_IN", "PART_OF", "HOLDS", "CHECKED")
Neighbours = Mapping[str, tuple[str, frozenset[str]]]
"""Names and sources of a node's neighbours, by their ids."""


def label(kind: str) -> str:
    """Return the label of the nodes of a kind; raise KeyError if it is none."""
    found = label_of(f"{kind}:")
    if found is None or kind not in KINDS:
        raise KeyError(kind)
    return found


def read_things(store: Store, *, kind: str | None = None, synthetic: bool = False) -> list[Named]:
    """Return the named nodes of a store (of one kind) with their posts and places, sorted by id."""
    kinds = [kind] if kind else list(KINDS)
    posts = _posts(store) if "official" in kinds else {}
    found = []
    for each in kinds:
        places = _places(store, label(each)) if each != "official" else {}
        rows = store.stream(
            f"MATCH (n:{label(each)}) WHERE $synthetic OR n.synthetic IS NULL "
            "RETURN n.id AS id, n.name AS name, n.synthetic AS synthetic",
            synthetic=synthetic,
        )
        for row in rows:
            id_ = row["id"]
            held = tuple(sorted(posts.get(id_, ()), key=repr))
            where = frozenset(places.get(id_, ()))
            found.append(Named(each, str(row["name"]), id_, held, where, bool(row["synthetic"])))
    return sorted(found, key=lambda named: named.id)


def _posts(store: Store) -> Mapping[str, list[Post]]:
    found: dict[str, list[Post]] = defaultdict(list)
    rows = store.stream(
        "MATCH (o:Official)-[h:HOLDS]->(b) RETURN o.id AS id, b.id AS at, b.name AS name, h.title AS title, "
        "h.since AS since, h.until AS until, h.said_on AS said_on"
    )
    for row in rows:
        post = Post(row["at"], row["name"], row["title"] or "", row["since"], row["until"], row["said_on"])
        found[row["id"]].append(post)
    return found


def _places(store: Store, label_: str) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.stream(f"MATCH (n:{label_})-[:LOCATED_IN]->(p:Place) RETURN n.id AS id, p.id AS at"):
        found[row["id"]].add(row["at"])
    return found


def shared_neighbours(store: Store, twos: Sequence[tuple[Named, Named]]) -> list[tuple[Reason, ...]]:
    """Return for each pair what speaks for it because both are tied to the same things.

    A neighbour that only one document ties to both does not count: it names two, side by side.
    """
    around = _neighbours(store, {each.id for two in twos for each in two})
    return [tuple(_shared(around.get(one.id, {}), around.get(other.id, {}))) for one, other in twos]


def _shared(here: Neighbours, there: Neighbours) -> Iterator[Reason]:
    common = sorted(name for id_, (name, sources) in here.items() if id_ in there and len(sources | there[id_][1]) > 1)
    if common:
        shown = ", ".join(common[:_SHOWN]) + (" …" if len(common) > _SHOWN else "")
        yield because("identity.shared_one" if len(common) == 1 else "identity.shared", count=len(common), names=shown)


def _neighbours(store: Store, ids: set[str]) -> Mapping[str, Neighbours]:
    found: dict[str, dict[str, tuple[str, frozenset[str]]]] = defaultdict(dict)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        by_kind[id_.partition(":")[0]].append(id_)
    for kind, own in by_kind.items():
        rows = store.stream(
            f"UNWIND $ids AS id MATCH (n:{label(kind)} {{id: id}})-[r]-(m) WHERE NOT type(r) IN $left_out "
            "RETURN id, m.id AS other, m.name AS name, r.source AS source",
            ids=own,
            left_out=list(_NOT_SHARED),
        )
        for row in rows:
            mine = found[row["id"]]
            if row["other"] in mine or len(mine) < _MOST_NEIGHBOURS:
                sources = mine.get(row["other"], ("", frozenset()))[1]
                mine[row["other"]] = str(row["name"]), sources | {str(row["source"])}
    return found
