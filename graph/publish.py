"""Publishing: make the graph equal to what the documents say, one bounded transaction after another.

Every transaction leaves each node it touches exactly what its remaining mentions say, so a crash between two of them
loses no claim and leaves nothing behind that publishing the same document again does not mend. A document is marked
`complete` last.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version

from graph import audit
from graph.claims import Claim, Document, Mention, Node, Reading, Reject, best, checked, from_record, storable, trust
from graph.errors import BadInput
from graph.judgements import Judged, judgements_of, withdrawn
from graph.ledger import Ledger, Stored
from graph.sameness import sameness_of, standing_for
from graph.settings import user
from graph.store import Row, Store, Transaction
from graph.turns import renew, turn

BATCH_CLAIMS = 2_000
BATCH_BYTES = 4_000_000  # well under the 16 MiB that one Bolt message may have on the local store


@dataclass(slots=True)
class Outcome:
    """What publishing one document did: claims added, removed and kept, and what its loader did not understand."""

    reading: Reading
    added: int = 0
    removed: int = 0
    kept: int = 0
    skipped: bool = False
    rows: int = 0

    @property
    def rejects(self) -> Sequence[Reject]:
        """What the loader did not understand; complete when the document has been read to its end."""
        return self.reading.rejects

    @property
    def document(self) -> Document:
        """The document that was published."""
        return self.reading.document


Progress = Callable[[Reading, Outcome], None]


def publish(store: Store, reading: Reading, *, again: bool = False, progress: Progress | None = None) -> Outcome:
    """Make the graph say exactly what this document says now, and return what changed.

    A document that is completely loaded with the same hash by the same version is skipped, unless `again`. A load
    that breaks off leaves the document marked incomplete and goes on when it is run again. Who publishes to the same
    store meanwhile waits. `progress` is called after each transaction. Raises BadInput, with nothing of the offending
    batch written, if a claim breaks the schema.
    """
    document = reading.document
    outcome = Outcome(reading)
    with turn(store):
        if not again and is_current(store, document):
            outcome.skipped = True
        else:
            _publish(store, reading, outcome, progress)
    return outcome


def _publish(store: Store, reading: Reading, outcome: Outcome, progress: Progress | None) -> None:
    document = reading.document
    judged = Judged(document, judgements_of(store, document.id))
    marks, one = judged.marks(), standing_for(sameness_of(store))
    with closing(Ledger(stored_claims(store, document.id))) as ledger:
        before = len(ledger)
        begun = audit.noted("load_begun", document.id, hash=document.hash)
        store.write(lambda transaction: _begin(transaction, document, begun))
        claims = new_claims(reading, ledger, judged)
        for batch in batches(claims, BATCH_CLAIMS, BATCH_BYTES):
            store.write(Adding(document, batch, marks, one))
            outcome.added += len(batch)
            outcome.rows = max(reading.rows - 1, 0)  # the last row read may not be in yet
            if progress:
                progress(reading, outcome)
        outcome.removed = len(ledger)
        outcome.kept = before - outcome.removed
        _remove(store, document.id, ledger)
    outcome.rows = reading.rows
    effect = {key: getattr(outcome, key) for key in ("added", "removed", "kept", "rows")}
    done = audit.noted("load", document.id, hash=document.hash, rejects=len(outcome.rejects), **effect)
    store.write(lambda transaction: _finish(transaction, document, judged, done))


def withdraw(store: Store, document: str) -> int:
    """Remove the document of this id and exactly what only it said; return how many claims went.

    Raises BadInput if there is no such document.
    """
    if not store.read("MATCH (d:Document {id: $id}) RETURN d.id AS id", id=document):
        raise BadInput("document.unknown", document=document)
    with turn(store), closing(Ledger(stored_claims(store, document))) as ledger:
        store.write(lambda transaction: _mark_incomplete(transaction, document))
        removed = len(ledger)
        _remove(store, document, ledger)
        done = audit.noted("withdraw", document, removed=removed)
        store.write(lambda transaction: _forget(transaction, document, done))
    return removed


def _forget(transaction: Transaction, document: str, done: Row) -> None:
    renew(transaction)
    audit.write(transaction, [done])
    withdrawn(transaction, document)
    transaction.run("MATCH (d:Document {id: $id}) DETACH DELETE d", id=document)


def batches(claims: Iterable[tuple[str, Claim]], most: int, most_bytes: int) -> Iterator[list[tuple[str, Claim]]]:
    """Yield the claims in order in lists of at most `most` claims and about `most_bytes` bytes each."""
    batch: list[tuple[str, Claim]] = []
    size = 0
    for claim in claims:
        weight = _weight(claim[1])
        if batch and (len(batch) >= most or size + weight > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(claim)
        size += weight
    if batch:
        yield batch


def _weight(claim: Claim) -> int:
    said = sum(len(str(value)) for _, value in claim.properties)
    return 4 * (len(claim.evidence.where) + 2 * said + 300)  # a letter takes up to four bytes


def is_current(store: Store, document: Document) -> bool:
    """Return whether this document is completely loaded, with the same hash, by this version."""
    found = store.read(
        "MATCH (d:Document {id: $id}) RETURN d.hash AS hash, d.complete AS complete, d.loaded_with AS loaded_with",
        id=document.id,
    )
    wanted = {"hash": document.hash, "complete": True, "loaded_with": _loaded_with()}
    return document.hash is not None and found == [wanted]


def _loaded_with() -> str:
    return f"mitra {version('mitra')}"


def stored_claims(store: Store, document: str) -> Iterator[Stored]:
    """Yield every claim of a document that the graph holds.

    Ties of a document run between nodes that it mentions, so they are found from there, without an index.
    """
    columns = "type(r) AS type, labels(n)[0] AS label, n.id AS id"
    own = store.stream(
        f"MATCH (:Document {{id: $id}})-[r]->(n) RETURN {columns}, $id AS other, r.claim AS claim", id=document
    )
    ties = store.stream(
        "MATCH (:Document {id: $id})-[:MENTIONS]->(n) WITH DISTINCT n MATCH (n)-[r]->(m) WHERE r.source = $id "
        f"RETURN {columns}, m.id AS other, r.claim AS claim",
        id=document,
    )
    return (Stored(**row) for row in itertools.chain(own, ties))


def new_claims(reading: Reading, ledger: Ledger, judged: Judged) -> Iterator[tuple[str, Claim]]:
    """Yield each claim of a reading, as it is judged, that the ledger's store lacks, once.

    What the store holds is taken out of the ledger.
    """
    for id_, claim in judged.of(checked(reading.claims)):
        if ledger.is_new(id_):
            yield id_, claim


def document_of(store: Store, id_: str) -> Document | None:
    """Return the document of this id as far as its claims depend on it, None if it is not there."""
    rows = store.read("MATCH (d:Document {id: $id}) RETURN properties(d) AS own", id=id_)
    if not rows:
        return None
    own = rows[0]["own"]
    return Document(id_, own["name"], own["kind"], own.get("published"), synthetic=own.get("synthetic"))


def _begin(transaction: Transaction, document: Document, begun: Row) -> None:
    renew(transaction)
    audit.write(transaction, [begun])
    transaction.run(
        "MERGE (d:Document {id: $id}) SET d = $properties",
        id=document.id,
        properties={key: storable(value) for key, value in document.stored().items()} | {"complete": False},
    )


def _mark_incomplete(transaction: Transaction, document: str) -> None:
    renew(transaction)
    transaction.run("MATCH (d:Document {id: $id}) SET d.complete = false", id=document)


def _finish(transaction: Transaction, document: Document, judged: Judged, done: Row) -> None:
    renew(transaction)
    audit.write(transaction, [done])
    judged.finish(transaction)
    transaction.run(
        "MATCH (d:Document {id: $id}) SET d.complete = true, d.loaded_at = $now, d.loaded_with = $loaded_with, "
        "d.loaded_by = $loaded_by",
        id=document.id,
        now=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        loaded_with=_loaded_with(),
        loaded_by=user(),
    )


class Adding:
    """The work of adding a batch of claims, which knows whether it has been run before.

    A transaction that took effect runs again when its answer was lost: what it made must not be made twice. MERGE
    would see to that, but on the local store it walks all ties of a hub for every row.
    """

    def __init__(
        self, document: Document, batch: list[tuple[str, Claim]], marks: Mapping[str, str], one: Mapping[str, str]
    ) -> None:
        self.document = document
        self.runs = 0
        self.mentions: dict[str, list[Row]] = defaultdict(list)
        self.ties: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for id_, claim in batch:
            said = _said_ends(claim, one)
            row = {"claim": id_, "properties": _claim_properties(document, id_, claim) | _mark(marks.get(id_)) | said}
            if isinstance(claim, Mention):
                self.mentions[claim.node.label].append(row | {"id": one.get(claim.node.id, claim.node.id)})
            else:
                ends = {side: one.get(node.id, node.id) for side, node in _ends(claim).items()}
                self.ties[claim.type, claim.start.label, claim.end.label].append(row | ends)

    def __call__(self, transaction: Transaction) -> None:
        """Add what is not there yet."""
        renew(transaction)
        self.runs += 1
        for label, rows in sorted(self.mentions.items()):
            _add_mentions(transaction, self.document, label, rows)
        for (type_, start, end), rows in sorted(self.ties.items()):
            made = _made(transaction, type_, start, rows) if self.runs > 1 else set()
            _add_ties(transaction, type_, start, end, [row for row in rows if row["claim"] not in made])


def _ends(claim: Claim) -> dict[str, Node]:
    return {"end": claim.node} if isinstance(claim, Mention) else {"start": claim.start, "end": claim.end}


def _said_ends(claim: Claim, one: Mapping[str, str]) -> Row:
    return {f"{side}_said": node.id for side, node in _ends(claim).items() if node.id in one}


def _mark(verdict: str | None) -> Row:
    return {"reviewed": verdict} if verdict else {}


def _claim_properties(document: Document, id_: str, claim: Claim) -> Row:
    span = claim.evidence.span or (None, None)
    common = {
        "claim": id_,
        "source": document.id,
        "where": claim.evidence.where,
        "begins_at": span[0],
        "ends_at": span[1],
        "said_on": document.published,
        "confidence": float(claim.evidence.confidence),
        "synthetic": document.synthetic or None,
    }
    own: Row
    if isinstance(claim, Mention):
        own = {"as": claim.name, "record": claim.record(), "status": "active"}
    else:
        own = dict(claim.properties) | {"status": claim.status}
    return {key: storable(value) for key, value in (common | own).items() if value is not None}


_SAID = (
    "UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[m:MENTIONS]-(d:Document) "
    "RETURN id, m.record AS record, m.as AS called, m.confidence AS confidence, m.claim AS claim, "
    "d.kind AS kind, d.published AS published, d.id AS document, d.synthetic AS synthetic"
)


def _add_mentions(transaction: Transaction, document: Document, label: str, rows: list[Row]) -> None:
    ids = sorted({row["id"] for row in rows})
    there = transaction.run(_SAID.format(label=label), ids=ids)
    made = {row["claim"] for row in there}
    new = [row for row in rows if row["claim"] not in made]
    settled = _settled(label, ids, [*there, *(_as_said(document, row) for row in new)])
    transaction.run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row", rows=settled)
    transaction.run(
        f"MATCH (d:Document {{id: $document}}) UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) "
        "CREATE (d)-[m:MENTIONS]->(n) SET m = row.properties",
        document=document.id,
        rows=new,
    )


def _as_said(document: Document, row: Row) -> Row:
    """Return a mention that is about to be made as `_SAID` would find it."""
    own = row["properties"]
    known: Row = {"kind": document.kind, "published": document.published, "document": document.id}
    known["synthetic"] = document.synthetic
    told = {"record": own["record"], "called": own["as"], "confidence": own["confidence"], "claim": row["claim"]}
    return {"id": row["id"]} | told | known


def _made(transaction: Transaction, type_: str, start: str, rows: list[Row]) -> set[str]:
    found = transaction.run(
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}})-[r:{type_}]->() WHERE r.claim = row.claim "
        "RETURN r.claim AS claim",
        rows=[{"start": row["start"], "claim": row["claim"]} for row in rows],
    )
    return {row["claim"] for row in found}


def _add_ties(transaction: Transaction, type_: str, start: str, end: str, rows: list[Row]) -> None:
    found = transaction.run(
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties RETURN count(r) AS made",
        rows=rows,
    )
    if found[0]["made"] != len(rows):
        raise AssertionError(f"{len(rows) - found[0]['made']} {type_} ties whose ends were not mentioned before them")


def _settle(transaction: Transaction, label: str, ids: list[str]) -> None:
    """Give each of these nodes the best of what its mentions say; delete those that nobody mentions any more."""
    settled = _settled(label, ids, transaction.run(_SAID.format(label=label), ids=ids))
    transaction.run(f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n = row", rows=settled)
    orphans = sorted(set(ids) - {row["id"] for row in settled})
    if orphans:
        transaction.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids=orphans)


def _settled(label: str, ids: list[str], said: list[Row]) -> list[Row]:
    """Return the properties of each node of which anything is said."""
    by_id: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for row in said:
        by_id[row["id"]].append(row)
    return [_trusted(label, id_, rows) for id_, rows in by_id.items() if rows]


def _trusted(label: str, id_: str, rows: list[Row]) -> Row:
    trusted = sorted(rows, key=trust)
    invented = {"synthetic": True} if all(row["synthetic"] for row in rows) else {}
    said = best(from_record(label, row["record"]) for row in trusted)
    return {"id": id_, "name": trusted[0]["called"]} | said | invented


def _remove(store: Store, document: str, ledger: Ledger) -> None:
    """Delete what the ledger has left of a document: ties first, then mentions, settling the nodes that lose one."""
    for chunk in ledger.unsaid(mentions=False, most=BATCH_CLAIMS):
        store.write(lambda transaction, chunk=chunk: remove_ties(transaction, document, chunk))  # type: ignore[misc]
    for chunk in ledger.unsaid(mentions=True, most=BATCH_CLAIMS):
        store.write(lambda transaction, chunk=chunk: remove_mentions(transaction, chunk))  # type: ignore[misc]


def _by_label(claims: Iterable[Stored]) -> Iterator[tuple[tuple[str, str], list[Stored]]]:
    def key(each: Stored) -> tuple[str, str]:
        return each.type, each.label

    return ((kind, list(group)) for kind, group in itertools.groupby(sorted(claims, key=key), key))


def remove_ties(transaction: Transaction, document: str, claims: Iterable[Stored]) -> None:
    """Delete these ties of a document."""
    renew(transaction)
    for (type_, label), group in _by_label(claims):
        # A document's own ties (CHECKED) are stored by their end, all others by their start.
        pattern = f"(:Document {{id: $document}})-[r:{type_} {{claim: row.claim}}]->(n)"
        if type_ != "CHECKED":
            pattern = f"(n)-[r:{type_} {{claim: row.claim}}]->()"
        transaction.run(
            f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) MATCH {pattern} DELETE r",
            document=document,
            rows=[each._asdict() for each in group],
        )


def remove_mentions(transaction: Transaction, claims: Iterable[Stored]) -> None:
    """Delete these mentions, and settle the nodes that lose one."""
    renew(transaction)
    for (_, label), group in _by_label(claims):
        transaction.run(
            f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}})<-[m:MENTIONS {{claim: row.claim}}]-(:Document) "
            "DELETE m",
            rows=[each._asdict() for each in group],
        )
        _settle(transaction, label, sorted({each.id for each in group}))
