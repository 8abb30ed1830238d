"""Review: judging claims, which changes the graph at once, and taking a judgement back, which restores it."""

import datetime
from collections.abc import Iterable, Mapping

from graph import audit
from graph.answer import Answer
from graph.catalog import find_query
from graph.claims import Document
from graph.errors import BadInput
from graph.judgements import (
    CORRECTED,
    VERDICTS,
    Identified,
    Judged,
    Judgement,
    as_said,
    corrected,
    read_judgement,
)
from graph.ledger import stored_as
from graph.names import label_of
from graph.publish import Adding, document_of, remove_mentions, remove_ties
from graph.sameness import sameness_of, standing_for
from graph.settings import user
from graph.status import data_version
from graph.store import Row, Store, Transaction
from graph.turns import renew, turn

QUERY = "claims-to-review"
BELOW = 0.7
"""Claims less sure than this wait for review: on the scale of confidence, those that a rule or a source guessed."""


def queue(store: Store, *, below: float = BELOW, document: str | None = None, synthetic: bool = False) -> Answer[Row]:
    """Return the claims that wait for review, the least sure first; the columns are those of the query."""
    rows = find_query(QUERY).run(store, below=below, document=document, synthetic=synthetic)
    return Answer(QUERY, datetime.date.today(), data_version(store), rows)


def judge(
    store: Store,
    claim: str,
    verdict: str,
    *,
    changes: Mapping[str, str] | None = None,
    reason: str = "",
    by: str | None = None,
    at: str | None = None,
) -> Judgement:
    """Record what a reviewer holds of a claim and make the graph say so; an earlier judgement of it is replaced.

    `changes` (corrected only) gives columns of the tie new values: `start`, `end`, `status` or a property of its type.
    Raises BadInput for a claim that is not there, a verdict that is none, or a change that the schema refuses.
    """
    if verdict not in VERDICTS:
        raise BadInput("review.verdict", value=verdict, known=", ".join(VERDICTS))
    if (verdict == CORRECTED) != bool(changes):
        raise BadInput("review.changes")
    with turn(store):
        before = _one(store, claim)
        type_, row = _tie(store, claim, before)
        new = Judgement(
            claim=claim,
            document=str(row["source"]),
            verdict=verdict,
            by=by or user(),
            at=at or datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            said=before.said if before else as_said(type_, row),
            reason=reason,
            instead=corrected(row, type_, changes, _names(store, changes)) if changes else "",
            applies=before.applies if before else True,
        )
        _replace(store, claim, before, new)
    return new


def undo(store: Store, claim: str) -> None:
    """Take the judgement of a claim back: the graph is as if it had never been judged."""
    with turn(store):
        before = _one(store, claim)
        if before is None:
            raise BadInput("review.not_judged", claim=claim)
        _replace(store, claim, before, None)


def restore(store: Store, judgements: Iterable[Judgement]) -> int:
    """Take over judgements made elsewhere and return how many were new; of two of one claim the later one holds."""
    taken = 0
    with turn(store):
        for each in judgements:
            before = _one(store, each.claim)
            if before is None or before.rank() < each.rank():
                there = before.applies if before else bool(_stored(store, each.claim))
                new = Judgement(**{**each.row(), "applies": there})
                _replace(store, each.claim, before, new)
                taken += 1
    return taken


def _one(store: Store, claim: str) -> Judgement | None:
    rows = store.read("MATCH (j:Judgement {id: $claim}) RETURN properties(j) AS own", claim=claim)
    return read_judgement(rows[0]["own"]) if rows else None


_TIE = (
    "MATCH (a)-[r]->(b) WHERE r.claim = $claim AND type(r) <> 'MENTIONS' AND coalesce(r.reviewed, '') <> 'corrected' "
    "RETURN type(r) AS type, properties(r) AS own, labels(a)[0] AS start_label, coalesce(r.start_said, a.id) AS start, "
    "labels(b)[0] AS end_label, coalesce(r.end_said, b.id) AS end"
)


def _stored(store: Store, claim: str) -> list[Row]:
    return store.read(_TIE, claim=claim)


def _tie(store: Store, claim: str, before: Judgement | None) -> tuple[str, Row]:
    """Return type and cells of a claim as its document says it, wherever it is kept now."""
    if before:
        tie = before.original()
        span = tie.evidence.span or (None, None)
        own: Row = {"where": tie.evidence.where, "begins_at": span[0], "ends_at": span[1]}
        own |= {"confidence": tie.evidence.confidence, "status": tie.status, "source": before.document}
        ends = {"start_label": tie.start.label, "start": tie.start.id, "end_label": tie.end.label, "end": tie.end.id}
        return tie.type, ends | own | dict(tie.properties)
    rows = _stored(store, claim)
    if not rows:
        raise BadInput("review.no_claim", claim=claim)
    row = rows[0]
    return row["type"], {key: row[key] for key in ("start_label", "start", "end_label", "end")} | row["own"]


def _names(store: Store, changes: Mapping[str, str] | None) -> dict[str, str]:
    """Return the names of the nodes that a change puts at an end; raise BadInput for one that is not there."""
    found = {}
    for id_ in (changes or {}).get("start"), (changes or {}).get("end"):
        if id_ is None:
            continue
        label = label_of(id_)
        rows = store.read(f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS name", id=id_) if label else []
        if not rows:
            raise BadInput("review.no_node", node=id_)
        found[id_] = str(rows[0]["name"])
    return found


def _replace(store: Store, claim: str, before: Judgement | None, after: Judgement | None) -> None:
    """Put one judgement of a claim in the place of another, None for none, and the graph with it."""
    known = after or before
    if known is None:
        raise AssertionError("nothing to replace")
    document = document_of(store, known.document)
    judged = Judged(document, [after]) if document and after else None
    there = _stands(known, before, document) if document else []
    wanted = _stands(known, after, document) if document else []
    one = standing_for(sameness_of(store))
    done = _noted(claim, before, after)

    def work(transaction: Transaction) -> None:
        renew(transaction)
        audit.write(transaction, [done])
        _keep(transaction, claim, after)
        if document and known.applies:
            gone = [stored_as(document.id, *each, one) for each in (*there, *wanted)]
            remove_ties(transaction, document.id, [each for each in gone if each.type != "MENTIONS"])
            Adding(document, wanted, judged.marks() if judged else {}, one)(transaction)
            kept = {id_ for id_, _ in wanted}
            remove_mentions(transaction, [each for each in gone if each.type == "MENTIONS" and each.claim not in kept])

    store.write(work)


def _noted(claim: str, before: Judgement | None, after: Judgement | None) -> Row:
    was = before.verdict if before else None
    if after is None:
        return audit.noted("judge_undone", claim, before=was)
    told = {"document": after.document, "judged_by": after.by, "reason": after.reason, "said": after.said}
    return audit.noted("judge", claim, before=was, verdict=after.verdict, instead=after.instead, **told)


def _keep(transaction: Transaction, claim: str, judgement: Judgement | None) -> None:
    if judgement is None:
        transaction.run("MATCH (j:Judgement {id: $claim}) DELETE j", claim=claim)
    else:
        own = judgement.row() | {"id": claim}
        transaction.run("MERGE (j:Judgement {id: $claim}) SET j = $own", claim=claim, own=own)


def _stands(known: Judgement, judgement: Judgement | None, document: Document) -> list[Identified]:
    return judgement.stands(document) if judgement else [(known.claim, known.original())]
