"""Audit: what was done to the graph, when, by whom and with what effect; entries are only ever added.

Each entry carries a hash of itself and of the one before, so one that is changed or taken out by other means shows.
"""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.settings import user
from graph.store import Row, Store, Transaction

_HASHED = ("number", "at", "by", "action", "subject", "effect")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done: an `audit_action` of the schema, on a document, a claim or a pair of nodes (`subject`, an id).

    `effect` is what came of it, as JSON. `number` counts from 1; `at` is ISO 8601 in UTC.
    """

    number: int
    at: str
    by: str
    action: str
    subject: str
    effect: str
    hash: str


def noted(action: str, subject: str, **effect: Any) -> Row:
    """Return what is to be written of something that is about to be done, the same however often it is tried."""
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    told = json.dumps(effect, ensure_ascii=False, sort_keys=True)
    return {"id": uuid.uuid4().hex, "at": at, "by": user(), "action": action, "subject": subject, "effect": told}


def write(transaction: Transaction, rows: Iterable[Row]) -> None:
    """Add entries in the transaction that does what they tell; those that are there already stay as they are.

    The transaction must have counted itself on the Store node (`graph.turns.renew`), so that writers come in turn.
    """
    new = list(rows)
    there = transaction.run("UNWIND $ids AS id MATCH (e:AuditEntry {id: id}) RETURN id", ids=[row["id"] for row in new])
    known = {row["id"] for row in there}
    (last,) = transaction.run("MATCH (s:Store {id: 'mitra'}) RETURN s.entries AS number, s.last_entry AS hash")
    number, before, made = last["number"] or 0, last["hash"] or "", []
    for row in new:
        if row["id"] not in known:
            number += 1
            numbered = {**row, "number": number}
            before = _hash(before, numbered)
            made.append({**numbered, "hash": before})
    transaction.run("UNWIND $rows AS row CREATE (e:AuditEntry) SET e = row", rows=made)
    transaction.run(
        "MATCH (s:Store {id: 'mitra'}) SET s.entries = $number, s.last_entry = $hash", number=number, hash=before
    )


def _hash(before: str, row: Mapping[str, Any]) -> str:
    told = json.dumps([before, *(row[key] for key in _HASHED)], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def entries(store: Store, *, since: datetime.date | None = None) -> list[Entry]:
    """Return what was done, on this day (UTC) or later, in order."""
    rows = store.read(
        "MATCH (e:AuditEntry) WHERE $since IS NULL OR e.at >= $since RETURN properties(e) AS own",
        since=since.isoformat() if since else None,
    )
    found = ({key: row["own"][key] for key in (*_HASHED, "hash")} for row in rows)
    return sorted((Entry(**row) for row in found), key=lambda entry: entry.number)


def first_broken(store: Store) -> int | None:
    """Return the number of the first entry that was changed, or from which on some are missing; None if all is well."""
    before, expected = "", 1
    for entry in entries(store):
        before = _hash(before, {key: getattr(entry, key) for key in _HASHED})
        if entry.number != expected or entry.hash != before:
            return expected
        expected += 1
    rows = store.read("MATCH (s:Store {id: 'mitra'}) RETURN s.last_entry AS hash")
    return None if not rows or (rows[0]["hash"] or "") == before else expected
