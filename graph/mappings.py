"""Mappings: what a user has said that the headers of a register mean, kept for the next file with the same headers."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.names import fold
from graph.store import Store, Transaction

MOST = 200


@dataclass(frozen=True, slots=True)
class Mapped:
    """A kind of register and the column that each header means, None for one that is left out."""

    kind: str
    columns: Mapping[str, str | None]


def recall(store: Store, headers: Iterable[str]) -> Mapped | None:
    """Return what was last said of a file with the same headers, in whatever order and case; None if nothing was."""
    rows = store.read("MATCH (s:Store {id: 'mitra'}) RETURN s.mappings AS mappings")
    found = _kept(rows[0]["mappings"] if rows else None).get(_key(headers))
    return Mapped(found["kind"], found["columns"]) if found else None


def remember(store: Store, headers: Iterable[str], mapped: Mapped) -> None:
    """Keep what is said of these headers, in place of what was said before; of more than MOST the oldest goes."""
    key = _key(headers)

    def keep(transaction: Transaction) -> None:
        # Counting the write first makes writers queue, so that none reads what another is about to replace.
        statement = (
            "MERGE (s:Store {id: 'mitra'}) SET s.writes = coalesce(s.writes, 0) + 1 RETURN s.mappings AS mappings"
        )
        kept = _kept(transaction.run(statement)[0]["mappings"])
        kept.pop(key, None)
        kept[key] = {"kind": mapped.kind, "columns": dict(mapped.columns)}
        newest = json.dumps(dict(list(kept.items())[-MOST:]), ensure_ascii=True)
        transaction.run("MATCH (s:Store {id: 'mitra'}) SET s.mappings = $mappings", mappings=newest)

    store.write(keep)


def _kept(text: str | None) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = json.loads(text) if text else {}
    return kept


def _key(headers: Iterable[str]) -> str:
    folded = sorted({fold(header) or header for header in headers if header})
    return hashlib.sha256(json.dumps(folded).encode()).hexdigest()[:16]
