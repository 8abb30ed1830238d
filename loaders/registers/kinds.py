"""The kinds of register as data: `kinds.yaml`, read and validated once."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph.schema import Name, schema

KINDS = Path(__file__).with_name("kinds.yaml")
Type = Literal[
    "text", "code", "place", "facility", "people", "number", "count", "date", "duration", "period", "flag", "term"
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Column(_Frozen):
    """A column: what its cells are, by which headers it is recognised, and what it means to who fills it in.

    `many` allows a list in a cell, separated by semicolons and line breaks, and by commas with `commas`. `remark`
    lets words follow a term. `partial` lets a month or a year stand for a date: then it stays in the evidence alone.
    """

    type: Type = "text"
    name: Name
    says: Name
    example: str | Name = ""
    headers: tuple[str, ...] = ()
    required: bool = False
    vocabulary: str | None = None
    many: bool = False
    commas: bool = False
    remark: bool = False
    partial: bool = False
    least: float = -1e9
    most: float = 1e9

    @model_validator(mode="after")
    def _vocabulary_is_known(self) -> Self:
        if (self.type == "term") != (self.vocabulary in schema().vocabularies):
            raise ValueError(f"a term, and nothing else, names a vocabulary of the schema, not {self.vocabulary}")
        return self

    def called(self, language: Literal["id", "en"]) -> str:
        """Return the column's example in a language."""
        return self.example if isinstance(self.example, str) else self.example.in_(language)


class Thing(_Frozen):
    """Something that a row is about: a node, or one for each name in a list.

    `is_` is its label; "Partner" is a company, public body or organization, as the column `sort` or its name says;
    "Venue" is a place, a unit or a partner. `named` are the columns of which the first filled one names it. An official
    and a program belong to the thing `at`; an event has a `day`, an agreement a `number` and `parties`.
    """

    is_: str = Field(alias="is")
    named: tuple[str, ...] = ()
    sort: str | None = None
    at: tuple[str, ...] = ()
    kind: str | None = None
    day: str | None = None
    number: str | None = None
    parties: tuple[str, ...] = ()


class Claiming(_Frozen):
    """A claim that a row makes: the mention of a thing, or a tie from one thing to another.

    It is made if all columns in `given` and one of `any_of` are filled, and those in `unless` hold other values.
    `with_` gives its properties: each a column, or "=value". `weak` is a column that, if yes, makes it less sure;
    `evidence` limits what the row is quoted with; `status` is the column that says whether a tie holds.
    """

    mention: str | None = None
    tie: str | None = None
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    with_: dict[str, str] = Field(default_factory=dict, alias="with")
    given: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    unless: dict[str, str] = Field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    weak: str | None = None
    status: str | None = None

    @cached_property
    def needs(self) -> frozenset[str]:
        """The things without which the claim is not made."""
        return frozenset(filter(None, (self.mention, self.start, self.end)))

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if bool(self.mention) == bool(self.tie) or bool(self.tie) != bool(self.start and self.end):
            raise ValueError("a claim is a mention of a thing or a tie from one thing to another")
        return self


class Kind(_Frozen):
    """A kind of register: its columns, the things its rows are about, and the claims they make.

    A file shows its kind by the required columns and one of `seen_by`. `derived` values are the first that there is of
    what they list: a column, "=value", "start of X" and "end of X" of a range, "A + X" (the last day of the duration X
    from A on), "kind of X" of a unit's name, "text of X" where X is no full date. `order` names pairs of days of which
    the second may not come before the first; of each of `one_of` a row must have one.
    """

    name: Name
    says: Name
    columns: dict[str, Column]
    seen_by: tuple[str, ...] = ()
    derived: dict[str, tuple[str, ...]] = {}
    order: tuple[tuple[str, str], ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    things: dict[str, Thing]
    claims: tuple[Claiming, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a file must have."""
        return tuple(name for name, column in self.columns.items() if column.required)

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        columns = {*self.columns, *self.derived}
        things = set(self.things)
        for claim in self.claims:
            _require(things, claim.mention, claim.start, claim.end)
            said = [value for value in claim.with_.values() if not value.startswith("=")]
            _require(columns, *said, *claim.given, *claim.any_of, *claim.unless, *claim.evidence)
            _require(columns, claim.weak, claim.status)
        for thing in self.things.values():
            _require(things, *thing.at, *thing.parties)
            _require(columns, *thing.named, thing.sort, thing.kind, thing.day, thing.number)
        for names in (*self.order, *self.one_of, self.seen_by):
            _require(columns, *names)
        return self


def _require(known: set[str], *names: str | None) -> None:
    unknown = [name for name in names if name is not None and name not in known]
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: there is no such column or thing")


class Registers(_Frozen):
    """The whole file: the kinds, and what else terms and headers are written as."""

    short_headers: dict[str, str]
    counters: tuple[str, ...]
    terms: dict[str, dict[str, tuple[str, ...]]]
    sorts: dict[str, tuple[str, ...]]
    claim_status: dict[str, str]
    kinds: dict[str, Kind]

    @model_validator(mode="after")
    def _terms_are_known(self) -> Self:
        for vocabulary, terms in self.terms.items():
            unknown = set(terms) - set(schema().vocabularies.get(vocabulary, {}))
            if unknown:
                raise ValueError(f"terms of {vocabulary} that the schema does not have: {', '.join(sorted(unknown))}")
        return self


@cache
def registers() -> Registers:
    """Return what `kinds.yaml` declares."""
    return Registers.model_validate(yaml.load(KINDS.read_text("utf-8"), Loader=yaml.CSafeLoader))


def kinds() -> Mapping[str, Kind]:
    """Return every kind of register by its name."""
    return registers().kinds
