"""Status: what a store holds, in numbers, and the version of its data."""

import hashlib
from dataclasses import dataclass

from graph.judgements import judgement_rows
from graph.sameness import sameness_rows
from graph.schema import schema
from graph.store import Row, Store

_DOCUMENTS = (
    "MATCH (d:Document) RETURN d.id AS id, d.name AS title, d.kind AS kind, d.published AS published, d.hash AS hash, "
    "d.complete AS complete, d.synthetic AS synthetic ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Status:
    """Nodes by label, relationships by type, the documents, and the data version."""

    nodes: dict[str, int]
    ties: dict[str, int]
    documents: list[Row]
    version: str

    @property
    def incomplete(self) -> list[str]:
        """The titles of the documents whose load has not finished."""
        return [row["title"] for row in self.documents if not row["complete"]]


def status(store: Store) -> Status:
    """Return what the store holds; labels and types of which there are none count 0."""
    nodes = {row["label"]: row["n"] for row in store.read("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n")}
    ties = {row["type"]: row["n"] for row in store.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n")}
    documents = store.read(_DOCUMENTS)
    return Status(
        {label: nodes.get(label, 0) for label in schema().labels},
        {type_: ties.get(type_, 0) for type_ in schema().relationships},
        documents,
        _version(documents, judgement_rows(store), sameness_rows(store)),
    )


def documents(store: Store) -> list[Row]:
    """Return every document: id, title, kind, day, claims, hash, when and by whom loaded, if whole, if invented."""
    rows = store.read(
        "MATCH (d:Document) OPTIONAL MATCH (d)-[m:MENTIONS]->() "
        "RETURN d.id AS document, d.name AS title, d.kind AS kind, d.published AS published, count(m) AS mentions, "
        "d.hash AS hash, d.loaded_at AS loaded_at, d.loaded_by AS loaded_by, d.complete AS complete, "
        "d.synthetic AS synthetic"
    )
    return sorted(rows, key=lambda row: str(row["document"]))


def writes(store: Store) -> int:
    """Return how many write transactions the store has seen: equal numbers mean that nothing has changed."""
    rows = store.read("MATCH (s:Store {id: 'mitra'}) RETURN s.writes AS writes")
    return int(rows[0]["writes"]) if rows else 0


def data_version(store: Store) -> str:
    """Return a hash (12 hex digits) of the documents and judgements: equal for stores that hold the same."""
    return _version(store.read(_DOCUMENTS), judgement_rows(store), sameness_rows(store))


def claims_version(store: Store) -> str:
    """Return a hash of the documents and the judgements of claims, whatever is held of pairs of nodes."""
    return _version(store.read(_DOCUMENTS), judgement_rows(store), [])


def _version(documents: list[Row], judgements: list[Row], sameness: list[Row]) -> str:
    said = sorted((row["id"], str(row["hash"]), bool(row["complete"])) for row in documents)
    told = (said, judgements, sameness) if judgements or sameness else said
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]
