"""Sameness: what reviewers hold of two nodes, that they are one thing or two, kept apart from the claims.

The graph shows nodes that are the same as one, under the least of their ids. What a document said of another id stays
on the claim (`start_said`, `end_said`), so a judgement taken back leaves no trace.
"""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from itertools import product
from pathlib import Path

from graph.errors import BadInput
from graph.names import label_of
from graph.package import read_rows, unguarded, write_rows
from graph.store import Row, Store, Transaction

SAME, DIFFERENT, UNSURE = VERDICTS = ("same", "different", "unsure")
WITHDRAWN = "withdrawn"
RULE = "rule:identity"
"""Who has judged where nobody did: the rule whose reasons came above the bar (`graph.by_rule`)."""


@dataclass(frozen=True, slots=True)
class Sameness:
    """What `by` held of two nodes of one label at a time (ISO 8601, UTC); `a` is the lesser id."""

    a: str
    b: str
    verdict: str
    by: str
    at: str
    reason: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two nodes."""
        return self.a, self.b

    @property
    def by_rule(self) -> bool:
        """Whether the rule judged, and no person."""
        return self.by == RULE

    def rank(self) -> tuple[bool, str, str, str, str]:
        """Return what decides between two judgements of one pair: a person's before the rule's, then the later."""
        return not self.by_rule, self.at, self.verdict, self.by, self.reason


COLUMNS = tuple(field.name for field in fields(Sameness))


def sameness(a: str, b: str, verdict: str, by: str, at: str, reason: str = "") -> Sameness:
    """Return the judgement of two nodes, given in any order; raise BadInput if it cannot be one."""
    if verdict not in VERDICTS:
        raise BadInput("review.verdict", value=verdict, known=", ".join(VERDICTS))
    label = label_of(a)
    if label is None or label == "Document" or label != label_of(b) or a == b:
        raise BadInput("identity.pair", a=a, b=b)
    return Sameness(min(a, b), max(a, b), verdict, by, at, reason)


def groups(held: Iterable[Sameness]) -> list[set[str]]:
    """Return the groups of ids that are one thing, by what is held: sameness is passed on from pair to pair.

    Judgements may contradict each other when they come from several places. Then a person's holds before the rule's and
    the earlier one of sameness before the later: one that would make one thing of two that are held different is left
    out, whatever order they are given in.
    """
    rows = list(held)
    same = sorted((row for row in rows if row.verdict == SAME), key=lambda row: (row.by_rule, row.rank(), row.pair))
    return joined((row.pair for row in same), {row.pair for row in rows if row.verdict == DIFFERENT})


def joined(pairs: Iterable[tuple[str, str]], apart: Collection[tuple[str, str]] = ()) -> list[set[str]]:
    """Return the groups that pairs make of what they join, one pair after another, sorted by their least members.

    A pair that would put two that are `apart` (lesser first) into one group is left out.
    """
    group_of: dict[str, set[str]] = {}
    for a, b in pairs:
        one, other = group_of.get(a, {a}), group_of.get(b, {b})
        if one is other or (apart and any((min(pair), max(pair)) in apart for pair in product(one, other))):
            continue
        both = one | other
        group_of |= dict.fromkeys(both, both)
    return sorted({id(group): group for group in group_of.values()}.values(), key=min)


def standing_for(held: Iterable[Sameness]) -> dict[str, str]:
    """Return for each id that another stands for the id of that one: the least of its group."""
    return {id_: min(group) for group in groups(held) for id_ in group if id_ != min(group)}


def are_one(held: Iterable[Sameness], a: str, b: str) -> bool:
    """Return whether two ids are one thing by what is held, be it through others."""
    one = standing_for(held)
    return one.get(a, a) == one.get(b, b)


def sameness_rows(store: Store) -> list[Row]:
    """Return what is held of pairs of nodes, sorted by pair."""
    rows = store.read("MATCH (s:Sameness) WHERE s.verdict <> $gone RETURN properties(s) AS own", gone=WITHDRAWN)
    found = ({key: row["own"].get(key) or "" for key in COLUMNS} for row in rows)
    return sorted(found, key=lambda row: (row["a"], row["b"]))


def sameness_of(store: Store) -> list[Sameness]:
    """Return what is held of pairs of nodes, sorted by pair."""
    return [sameness(**row) for row in sameness_rows(store)]


def called(store: Store, held: Iterable[Sameness]) -> dict[str, str]:
    """Return what the nodes of these pairs are called, each by the name that is most often written of its own id.

    So a node for which another stands has a name, too. One that is no longer mentioned has none.
    """
    rows = list(held)
    one = standing_for(sameness_of(store))
    found: dict[str, str] = {}
    for label in sorted({str(label_of(row.a)) for row in rows}):
        ids = sorted({id_ for row in rows for id_ in row.pair if label_of(id_) == label})
        for row in store.read(_CALLED.format(label=label), rows=[{"id": id_, "at": one.get(id_, id_)} for id_ in ids]):
            found.setdefault(row["id"], row["name"])
    return found


_CALLED = (
    "UNWIND $rows AS row MATCH (n:{label} {{id: row.at}})<-[m:MENTIONS]-() WHERE coalesce(m.end_said, n.id) = row.id "
    "RETURN row.id AS id, m.as AS name, count(*) AS times ORDER BY times DESC, name"
)


def keep(transaction: Transaction, held: Iterable[Sameness]) -> None:
    """Write judgements down, not yet settled: `graph.merging` has still to make the graph show them."""
    rows = [dict(zip(COLUMNS, astuple(each), strict=True)) | {"id": _key(each.pair), "settled": False} for each in held]
    transaction.run("UNWIND $rows AS row MERGE (s:Sameness {id: row.id}) SET s = row", rows=rows)


def _key(pair: tuple[str, str]) -> str:
    return "|".join(pair)


def withdraw(transaction: Transaction, pairs: Iterable[tuple[str, str]]) -> None:
    """Mark the judgements of pairs as taken back, to be deleted when that is settled."""
    transaction.run(
        "UNWIND $ids AS id MATCH (s:Sameness {id: id}) SET s.verdict = $withdrawn, s.settled = false",
        ids=[_key(pair) for pair in pairs],
        withdrawn=WITHDRAWN,
    )


def unsettled(store: Store) -> list[tuple[str, str]]:
    """Return the pairs whose judgement, or its taking back, the graph may not show yet."""
    rows = store.read("MATCH (s:Sameness {settled: false}) RETURN s.a AS a, s.b AS b")
    return sorted((row["a"], row["b"]) for row in rows)


def settled(transaction: Transaction, pairs: Iterable[tuple[str, str]]) -> None:
    """Note that the graph shows what is held of these pairs."""
    ids = [_key(pair) for pair in pairs]
    transaction.run("UNWIND $ids AS id MATCH (s:Sameness {id: id}) SET s.settled = true", ids=ids)
    transaction.run(
        "UNWIND $ids AS id MATCH (s:Sameness {id: id}) WHERE s.verdict = $withdrawn DELETE s",
        ids=ids,
        withdrawn=WITHDRAWN,
    )


def write_sameness(store: Store, path: Path) -> int:
    """Write what is held of pairs as a file that a team can keep under version control; return their number."""
    return write_rows(path, COLUMNS, sameness_rows(store))


def read_sameness(path: Path) -> list[Sameness]:
    """Return the judgements of a file that `write_sameness` wrote; raise BadInput with the line that is wrong."""
    return read_rows(path, lambda row: sameness(**{column: unguarded(row.get(column) or "") for column in COLUMNS}))
