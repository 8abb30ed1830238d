"""Merging: what reviewers hold of two nodes, shown in the graph at once, and taken back without a trace.

A claim is moved by taking it out and adding it again as publishing would, so a load after a judgement and a judgement
after a load give the same graph.
"""

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graph import audit
from graph import sameness as kept
from graph.claims import Claim
from graph.errors import BadInput
from graph.ledger import Stored
from graph.names import label_of
from graph.package import ENDS, claim_of, tie_columns
from graph.publish import BATCH_CLAIMS, Adding, document_of, remove_mentions, remove_ties
from graph.sameness import SAME, Sameness, groups, sameness, sameness_of, standing_for
from graph.settings import user
from graph.store import Row, Store, Transaction
from graph.turns import renew, turn


class Moved(NamedTuple):
    """A claim that belongs elsewhere: its document, id and content as said, the verdict it bears, where it is now."""

    source: str
    id: str
    claim: Claim
    reviewed: str | None
    there: Stored


def hold(
    store: Store, a: str, b: str, verdict: str, *, reason: str = "", by: str | None = None, at: str | None = None
) -> Sameness:
    """Record that two nodes (ids) are the same, different, or not to be told, and make the graph show it.

    An earlier judgement of the pair is replaced. Raises BadInput for nodes that are not there, that have two labels,
    or where what is held of others says the opposite.
    """
    moment = at or datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    new = sameness(a, b, verdict, by or user(), moment, reason)
    with turn(store):
        settle_all(store)
        held = {each.pair: each for each in sameness_of(store)}
        for id_ in new.pair:
            if not _is_known(store, id_, held):
                raise BadInput("review.no_node", node=id_)
        _agrees(new, [*(each for pair, each in held.items() if pair != new.pair), new])
        record(store, [new])
    return new


def take_back(store: Store, a: str, b: str) -> None:
    """Take the judgement of two nodes back: the graph is as if it had never been made."""
    pair = (min(a, b), max(a, b))
    with turn(store):
        settle_all(store)
        if pair not in {each.pair for each in sameness_of(store)}:
            raise BadInput("identity.not_held", a=a, b=b)
        unrecord(store, [pair])


def restore(store: Store, judgements: Iterable[Sameness]) -> int:
    """Take over judgements made elsewhere and return how many were new; of two of one pair the later one holds."""
    with turn(store):
        settle_all(store)
        held = {each.pair: each for each in sameness_of(store)}
        newer: dict[tuple[str, str], Sameness] = {}
        for each in judgements:
            known = newer.get(each.pair) or held.get(each.pair)
            if known is None or known.rank() < each.rank():
                newer[each.pair] = each
        if newer:
            record(store, list(newer.values()))
    return len(newer)


def _is_known(store: Store, id_: str, held: Mapping[tuple[str, str], Sameness]) -> bool:
    there = store.read(f"MATCH (n:{label_of(id_)} {{id: $id}}) RETURN n.id AS id", id=id_)
    return bool(there) or any(id_ in pair for pair in held)


def _agrees(new: Sameness, all_: list[Sameness]) -> None:
    """Raise BadInput if others make one of what the new judgement parts, or keep apart what it joins."""
    with_it = all_ if new.verdict == SAME else [each for each in all_ if each != new]
    are_one = any(new.a in group and new.b in group for group in groups(with_it))
    if (new.verdict == SAME and not are_one) or (new.verdict == kept.DIFFERENT and are_one):
        raise BadInput("identity.contradicts", a=new.a, b=new.b)


def record(store: Store, new: Sequence[Sameness]) -> None:
    """Write judgements down and make the graph show them; whoever calls has the turn, and has asked if they agree."""
    for start in range(0, len(new), BATCH_CLAIMS):
        batch = new[start : start + BATCH_CLAIMS]
        done = [_noted(each) for each in batch]
        store.write(lambda transaction, batch=batch, done=done: _keep(transaction, batch, done))  # type: ignore[misc]
    settle_all(store)


def unrecord(store: Store, pairs: Sequence[tuple[str, str]]) -> None:
    """Take the judgements of these pairs back; whoever calls has the turn."""
    for start in range(0, len(pairs), BATCH_CLAIMS):
        batch = pairs[start : start + BATCH_CLAIMS]
        done = [audit.noted("pair_undone", " = ".join(pair)) for pair in batch]
        store.write(lambda transaction, batch=batch, done=done: _unkeep(transaction, batch, done))  # type: ignore[misc]
    settle_all(store)


def _keep(transaction: Transaction, held: Sequence[Sameness], done: list[Row]) -> None:
    renew(transaction)
    audit.write(transaction, done)
    kept.keep(transaction, held)


def _unkeep(transaction: Transaction, pairs: Sequence[tuple[str, str]], done: list[Row]) -> None:
    renew(transaction)
    audit.write(transaction, done)
    kept.withdraw(transaction, pairs)


def _noted(held: Sameness) -> Row:
    return audit.noted("pair", " = ".join(held.pair), verdict=held.verdict, judged_by=held.by, reason=held.reason)


def settle_all(store: Store) -> None:
    """Move every claim that is not where the judgements want it; what a broken-off run has left is mended, too."""
    pairs = kept.unsettled(store)
    if not pairs:
        return
    held = sameness_of(store)
    wanted = standing_for(held)
    touched = {id_ for pair in pairs for id_ in pair}
    linked = groups([*held, *(Sameness(*pair, SAME, "", "") for pair in pairs)])
    touched |= {id_ for group in linked if group & touched for id_ in group}
    _move(store, wanted, touched)

    def work(transaction: Transaction) -> None:
        renew(transaction)
        kept.settled(transaction, pairs)

    store.write(work)


def _move(store: Store, wanted: Mapping[str, str], touched: Collection[str]) -> None:
    """Put the claims at these nodes where they belong: new mentions first, then ties, then old mentions away."""
    misplaced = sorted(_misplaced(store, wanted, touched), key=lambda each: (each.source, each.id))
    mentions = [each for each in misplaced if each.there.type == "MENTIONS"]
    ties = [each for each in misplaced if each.there.type != "MENTIONS"]
    for batch in _batches(mentions):
        _put(store, wanted, batch, ())
    for batch in _batches(ties):
        _put(store, wanted, batch, batch)
    for start in range(0, len(mentions), BATCH_CLAIMS):
        gone = [each.there for each in mentions[start : start + BATCH_CLAIMS]]
        store.write(lambda transaction, gone=gone: remove_mentions(transaction, gone))  # type: ignore[misc]


def _batches(moved: list[Moved]) -> Iterator[list[Moved]]:
    for _, group in itertools.groupby(moved, key=lambda each: each.source):
        of_document = list(group)
        for start in range(0, len(of_document), BATCH_CLAIMS):
            yield of_document[start : start + BATCH_CLAIMS]


def _put(store: Store, wanted: Mapping[str, str], moved: list[Moved], gone: Iterable[Moved]) -> None:
    document = document_of(store, moved[0].source)
    if document is None:
        raise AssertionError(f"claims of {moved[0].source}, which is not there")
    marks = {each.id: each.reviewed for each in moved if each.reviewed}
    adding = Adding(document, [(each.id, each.claim) for each in moved], marks, wanted)
    away = [each.there for each in gone]

    def work(transaction: Transaction) -> None:
        renew(transaction)
        remove_ties(transaction, document.id, away)
        adding(transaction)

    store.write(work)


_AROUND = (
    "MATCH (n:{label} {{id: $id}}) MATCH (n)-[r]-() WITH DISTINCT r "
    "RETURN type(r) AS type, properties(r) AS own, labels(startNode(r))[0] AS start_label, startNode(r).id AS start, "
    "labels(endNode(r))[0] AS end_label, endNode(r).id AS end"
)


def _misplaced(store: Store, wanted: Mapping[str, str], touched: Collection[str]) -> Iterator[Moved]:
    seen: set[tuple[str, str, str]] = set()
    for id_ in sorted(touched):
        for row in store.stream(_AROUND.format(label=label_of(id_)), id=id_):
            at = row["start"], row["own"]["claim"], row["end"]
            if at not in seen:
                seen.add(at)
                yield from _if_misplaced(row, wanted)


def _if_misplaced(row: Row, wanted: Mapping[str, str]) -> Iterator[Moved]:
    own = row["own"]
    said = {side: own.get(f"{side}_said") or row[side] for side in ("start", "end")}
    if all(wanted.get(said[side], said[side]) == row[side] for side in said):
        return
    cells = {key: own.get(key) for key in tie_columns(row["type"])} | {key: row[key] for key in ENDS} | said
    near, far = ("end", "start") if row["start_label"] == "Document" else ("start", "end")
    there = Stored(row["type"], row[f"{near}_label"], row[near], row[far], own["claim"])
    yield Moved(own["source"], own["claim"], claim_of(row["type"], cells), own.get("reviewed"), there)
