"""Judgements: what a reviewer holds of one claim, kept apart from the claims and applied whenever they are published.

A judgement is of a claim's id, which follows from what the document says, so it outlives loading again and withdrawing.
The graph is a function of the documents and of these.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.claims import Claim, Document, Evidence, Mention, Tie, claim_id
from graph.errors import BadInput
from graph.names import label_of
from graph.package import ENDS, cell_of, claim_of, read_rows, tie_columns, unguarded, value_of, write_rows
from graph.schema import schema
from graph.store import Row, Store, Transaction

ACCEPTED, CORRECTED, REFUSED = VERDICTS = ("accepted", "corrected", "refused")
COLUMNS = ("claim", "document", "verdict", "by", "at", "reason", "said", "instead", "applies")
_OWN = ("claim", "source", "said_on", "synthetic", "reviewed")  # follows from document and judgement
Identified = tuple[str, Claim]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What `by` held of a claim at a time (ISO 8601, UTC).

    `said` is the claim as JSON: its type, and its properties as cells of a package; `instead` is what stands in its
    place where the verdict is corrected. `applies` tells whether the document says the claim (still).
    """

    claim: str
    document: str
    verdict: str
    by: str
    at: str
    said: str
    reason: str = ""
    instead: str = ""
    applies: bool = True

    def original(self) -> Tie:
        """Return the claim as its document says it."""
        return read_tie(self.said)

    def stands(self, document: Document) -> list[Identified]:
        """Return the claims that stand in the graph for the judged one, each with its id."""
        if self.verdict == REFUSED:
            return []
        if self.verdict == ACCEPTED:
            return [(self.claim, self.original())]
        tie = read_tie(self.instead)
        names: dict[str, str] = json.loads(self.instead)["names"]
        evidence = Evidence(tie.evidence.where, tie.evidence.span, tie.evidence.confidence)
        ends = [
            Mention(node, names[node.id], evidence, named=False) for node in (tie.start, tie.end) if node.id in names
        ]
        claims: list[Claim] = [*ends, tie]
        return [(self._put_in(claim_id(document, claim)), claim) for claim in claims]

    def _put_in(self, content: str) -> str:
        """Return an id for what is put in by this judgement alone: two may put in the same, or what is there anyway."""
        return hashlib.sha256(f"{self.claim} {content}".encode()).hexdigest()[:24]

    def rank(self) -> tuple[str, ...]:
        """Return what decides between two judgements of one claim: the later, then the greater in every field."""
        return self.at, self.verdict, self.by, self.reason, self.instead

    def row(self) -> Row:
        """Return the properties of its node."""
        return {column: getattr(self, column) for column in COLUMNS}


def as_said(type_: str, row: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """Return a stored tie (its ends and properties) as the JSON of a judgement; `names` are of ends put in by hand."""
    cells = {key: cell_of(row.get(key)) for key in tie_columns(type_) if key not in _OWN}
    told: dict[str, Any] = {"type": type_, "cells": {key: cell for key, cell in cells.items() if cell}}
    if names is not None:
        told["names"] = dict(names)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def read_tie(said: str) -> Tie:
    """Return the tie of a judgement's JSON; raise BadInput if it is none."""
    try:
        told = json.loads(said)
        columns = tie_columns(told["type"])
        row = {key: value_of(property_, told["cells"].get(key, "")) for key, property_ in columns.items()}
        claim = claim_of(told["type"], row)
        claim.check()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput("review.unreadable", said=said[:200]) from error
    if not isinstance(claim, Tie):
        raise BadInput("review.unreadable", said=said[:200])
    return claim


def read_judgement(row: Mapping[str, Any]) -> Judgement:
    """Return the judgement of a row with COLUMNS; raise BadInput for a verdict or a claim that is none."""
    texts = {column: row.get(column) or "" for column in COLUMNS[:-1]}
    judgement = Judgement(**texts, applies=bool(row.get("applies")))
    if judgement.verdict not in VERDICTS:
        raise BadInput("review.verdict", value=judgement.verdict, known=", ".join(VERDICTS))
    judgement.original()
    if judgement.verdict == CORRECTED:
        read_tie(judgement.instead)
    return judgement


class Judged:
    """The judgements of one document's claims, applied to the claims that a reading of it makes."""

    def __init__(self, document: Document, judgements: Iterable[Judgement]) -> None:
        self._document = document
        self._by_claim = {judgement.claim: judgement for judgement in judgements}
        self._said: set[str] = set()

    def of(self, claims: Iterable[Claim]) -> Iterator[Identified]:
        """Yield what stands of the claims, each with its id."""
        for claim in claims:
            id_ = claim_id(self._document, claim)
            judgement = self._by_claim.get(id_)
            if judgement is None:
                yield id_, claim
            else:
                self._said.add(id_)
                yield from judgement.stands(self._document)

    def marks(self) -> dict[str, str]:
        """Return the verdict that each reviewed claim in the graph bears, by its id."""
        found = {}
        for judgement in self._by_claim.values():
            for id_, claim in judgement.stands(self._document):
                if isinstance(claim, Tie):
                    found[id_] = judgement.verdict
        return found

    def finish(self, transaction: Transaction) -> None:
        """Note which of the judged claims the document says, now that it has been read to its end."""
        if self._by_claim:
            transaction.run(
                "MATCH (j:Judgement) WHERE j.document = $document SET j.applies = j.claim IN $said",
                document=self._document.id,
                said=sorted(self._said),
            )


def judgement_rows(store: Store, document: str | None = None) -> list[Row]:
    """Return what is kept of the judgements of a document's claims, or of all, sorted by document and claim."""
    rows = store.read(
        "MATCH (j:Judgement) WHERE $document IS NULL OR j.document = $document RETURN properties(j) AS own",
        document=document,
    )
    found = ({key: row["own"][key] for key in COLUMNS} for row in rows)
    return sorted(found, key=lambda row: (row["document"], row["claim"]))


def judgements_of(store: Store, document: str | None = None) -> list[Judgement]:
    """Return the judgements of a document's claims, or all, sorted by document and claim."""
    return [read_judgement(row) for row in judgement_rows(store, document)]


def withdrawn(transaction: Transaction, document: str) -> None:
    """Note that nobody says this document's claims any more; what was judged of them stays."""
    transaction.run("MATCH (j:Judgement) WHERE j.document = $document SET j.applies = false", document=document)


def corrected(tie_row: Mapping[str, Any], type_: str, changes: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the JSON of a stored tie with some of its cells changed; `names` is of each node that becomes an end.

    Raises BadInput that names a change that cannot be.
    """
    columns = tie_columns(type_)
    open_ = ["start", "end", "status", *schema().relationships[type_].properties]
    cells: dict[str, Any] = {key: tie_row.get(key) for key in columns}
    for key, text in changes.items():
        if key not in open_:
            raise BadInput("review.column", column=key, known=", ".join(open_))
        property_ = columns[key]
        try:
            cells[key] = value_of(property_, text)
        except ValueError as error:
            raise BadInput("review.value", column=key, value=text) from error
        if property_ and property_.vocabulary and text and text not in schema().vocabularies[property_.vocabulary]:
            raise BadInput("review.value", column=key, value=text)
        if key in ENDS:
            cells[f"{key}_label"] = label_of(text)
    said = as_said(type_, cells, names)
    read_tie(said)
    return said


def write_judgements(store: Store, path: Path) -> int:
    """Write all judgements as a file that a team can keep under version control, and return their number."""
    return write_rows(path, COLUMNS, judgement_rows(store))


def read_judgements(path: Path) -> list[Judgement]:
    """Return the judgements of a file that `write_judgements` wrote; raise BadInput with the line that is wrong."""
    return read_rows(path, _of_cells)


def _of_cells(row: Mapping[str, str | None]) -> Judgement:
    cells = {column: unguarded(row.get(column) or "") for column in COLUMNS}
    return read_judgement({**cells, "applies": cells["applies"] == "true"})
