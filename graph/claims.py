"""Claims: what one document says. Loaders yield them, publishing puts them into the graph."""

import datetime
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph.errors import BadInput
from graph.schema import Value, schema
from graph.spool import Spool

Properties = tuple[tuple[str, Value], ...]


def properties(**values: Value | None) -> Properties:
    """Return properties in frozen form, sorted by name, without those that are None or empty text."""
    return tuple(sorted((key, value) for key, value in values.items() if value is not None and value != ""))


class Node(NamedTuple):
    """Which node: its label and its id."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source: an article, a register file, a survey. `kind` is a `document_kind` of the schema.

    `text` is kept for articles, so that a claim's passage can be shown in place. `model` is the language model that
    proposed what it says, if one did.
    """

    id: str
    title: str
    kind: str
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None
    file: str | None = None
    hash: str | None = None
    text: str | None = None
    synthetic: bool | None = None
    model: str | None = None

    def stored(self) -> dict[str, Value]:
        """Return the properties of the document's node, without those that are not known."""
        values = {"id": self.id, "name": self.title, "kind": self.kind, "published": self.published}
        values |= {
            key: getattr(self, key) for key in ("publisher", "url", "file", "hash", "text", "synthetic", "model")
        }
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says something, and how sure we are that it does.

    `where` is the sentence, or the row of a register; `span` its offsets in the document's text. `confidence` runs
    from 0 to 1: 1 is said outright by an authoritative register, 0.9 outright in an article, 0.7 by a rule that
    joins two sentences, 0.5 weak.
    """

    where: str
    span: tuple[int, int] | None = None
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"a confidence lies between 0 and 1, not at {self.confidence}")


@dataclass(frozen=True, slots=True)
class Mention:
    """Its document says that `node` exists, calls it `name`, and gives it these properties of its own.

    `named` is False where the document refers to it by a code, which is no name for a reader if there is another.
    """

    node: Node
    name: str
    evidence: Evidence
    properties: Properties = ()
    named: bool = True

    def check(self) -> None:
        """Raise BadInput if the schema has no such label or properties."""
        _check_label(self.node.label)
        schema().check(self.node.label, dict(self.properties))

    def record(self) -> str:
        """Return what is said of the node's own properties as JSON text, keys sorted."""
        said = {key: _plain(value) for key, value in self.properties}
        if self.named:
            said["name"] = self.name
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Tie:
    """Its document says that `start` is tied to `end` in this way; `status` is a `claim_status` of the schema."""

    type: str
    start: Node
    end: Node
    evidence: Evidence
    status: str = "active"
    properties: Properties = ()

    def check(self) -> None:
        """Raise BadInput if the schema has no such tie between these labels or no such properties."""
        schema().check_ends(self.type, self.start.label, self.end.label)
        schema().check(self.type, dict(self.properties))
        schema().check("claim", {"status": self.status})


Claim = Mention | Tie


@dataclass(frozen=True, slots=True)
class Reject:
    """A part of a source that was not loaded: where it stands, why, and what would be accepted."""

    place: str
    reason: BadInput


@dataclass(slots=True)
class Reading:
    """What a loader made of one source: the document, its claims in document order, and what was not understood.

    `claims` may be read once; `rejects`, `notes` (what was understood in a way worth telling) and `rows` are complete
    when it is exhausted. `total` is the number of rows, where it is known beforehand.
    """

    document: Document
    claims: Iterable[Claim]
    rejects: Spool[Reject] = field(default_factory=Spool)
    rows: int = 0
    total: int | None = None
    notes: list[BadInput] = field(default_factory=list)


def claim_id(document: Document, claim: Claim) -> str:
    """Return the id of a claim: equal for equal claims of one document, different otherwise (96 bits of SHA-256).

    The document's kind and day are part of it, because trust and coverage depend on them.
    """
    if isinstance(claim, Mention):
        said: list[Any] = ["MENTIONS", claim.node.id, claim.record()]
    else:
        kept = [[key, _plain(value)] for key, value in claim.properties]
        said = [claim.type, claim.start.id, claim.end.id, claim.status, kept]
    said += [
        document.id,
        document.kind,
        str(document.published),
        claim.evidence.where,
        claim.evidence.span,
        claim.evidence.confidence,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def storable(value: Value) -> Value:
    """Return a value that a store can hold: half characters, which UTF-8 does not have, become U+FFFD."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


def from_record(label: str, record: str) -> dict[str, Value]:
    """Return the properties that a record says of a node of this label, dates as dates, `name` among them."""
    known = schema().labels[label].properties
    said: dict[str, Any] = json.loads(record)
    return {key: _typed(value, known[key].type if key in known else "string") for key, value in said.items()}


def best(said: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    """Return for each property the first value that anybody gives; `said` comes in order of trust."""
    chosen: dict[str, Value] = {}
    for record in said:
        for key, value in record.items():
            chosen.setdefault(key, value)
    return chosen


def trust(said: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return by what mentions of a node are sorted, the most trusted first.

    Kind of document as the schema orders them, then the newer (`published`), then the surer, then by id.
    """
    kinds = list(schema().vocabularies["document_kind"])
    day = said["published"].toordinal() if said["published"] else 0
    return kinds.index(said["kind"]), -day, -said["confidence"], said["document"], said["claim"]


def differ(told: Iterable[tuple[str, Value]]) -> bool:
    """Return whether two documents do not agree, by the values that each gives (document, value).

    What one document alone says is no conflict, even if it gives two values; two agree if they share one.
    """
    by_source: dict[str, set[Value]] = {}
    for source, value in told:
        by_source.setdefault(source, set()).add(value)
    return any(not one & other for one, other in itertools.combinations(by_source.values(), 2))


def checked(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims, each checked against the schema."""
    for claim in claims:
        claim.check()
        yield claim


def _check_label(label: str) -> None:
    if label not in schema().labels:
        raise BadInput("schema.unknown_label", label=label, known=", ".join(schema().labels))


def _plain(value: Value) -> str | int | float | bool:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _typed(value: Any, type_: str) -> Value:
    if type_ == "date":
        return datetime.date.fromisoformat(value)
    result: Value = value
    return result
