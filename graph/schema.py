"""The schema as an object: which labels, relationships, properties and values the graph may hold."""

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import BadInput
from graph.words import Language

SCHEMA = Path(__file__).with_name("schema.yaml")
Value = str | int | float | bool | datetime.date
_PYTHON: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "date": datetime.date,
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(_Frozen):
    """What a reader sees, in both languages."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: Language) -> str:
        """Return the name in one language."""
        return self.id if language == "id" else self.en


# How a reader calls the types of values.
TYPES: Mapping[str, Name] = {
    "string": Name(id="teks", en="text"),
    "integer": Name(id="bilangan bulat", en="a whole number"),
    "number": Name(id="angka", en="a number"),
    "boolean": Name(id="ya atau tidak", en="yes or no"),
    "date": Name(id="tanggal seperti 2021-03-23", en="a date like 2021-03-23"),
}


class Property(_Frozen):
    """A property's type, its name, and the vocabulary that limits its values, if any."""

    type: Literal["string", "integer", "number", "boolean", "date"]
    name: Name
    vocabulary: str | None = None


class SameAs(_Frozen):
    """The nearest term in FollowTheMoney, Popolo and OCDS, where there is one."""

    ftm: str | None = None
    popolo: str | None = None
    ocds: str | None = None


class Label(_Frozen):
    """A kind of node: how it is called, drawn, and which properties it has beside `id` and `name`."""

    name: Name
    says: Name
    same_as: SameAs = SameAs()
    shape: str
    color: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    properties: dict[str, Property]


class Relationship(_Frozen):
    """A kind of tie: its ends and its own properties beside those that every claim carries."""

    name: Name
    same_as: SameAs = SameAs()
    from_: list[str] = Field(alias="from", min_length=1)
    to: list[str] = Field(min_length=1)
    properties: dict[str, Property]


class Schema(_Frozen):
    """The whole schema; construction fails if a name in it points to nothing."""

    labels: dict[str, Label]
    relationships: dict[str, Relationship]
    claim: dict[str, Property]
    node: dict[str, Property]
    vocabularies: dict[str, dict[str, Name]]

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        for type_, tie in self.relationships.items():
            for label in (*tie.from_, *tie.to):
                if label not in self.labels:
                    raise ValueError(f"relationship {type_} names the unknown label {label}")
        for owner, property_ in self._properties():
            if property_.vocabulary and property_.vocabulary not in self.vocabularies:
                raise ValueError(f"{owner} names the unknown vocabulary {property_.vocabulary}")
        return self

    def _properties(self) -> list[tuple[str, Property]]:
        owners: dict[str, Mapping[str, Property]] = {
            **{name: label.properties for name, label in self.labels.items()},
            **{name: tie.properties for name, tie in self.relationships.items()},
            "claim": self.claim,
            "node": self.node,
        }
        return [(f"{owner}.{key}", value) for owner, group in owners.items() for key, value in group.items()]

    def check(self, owner: str, properties: Mapping[str, Any]) -> None:
        """Do nothing if a node (label) or tie (type) named `owner`, or any `claim`, may have these properties.

        Raises BadInput that names the property, the value and what would be accepted.
        """
        if owner == "claim":
            known = self.claim
        else:
            known = self.labels[owner].properties if owner in self.labels else self.relationships[owner].properties
        for key, value in properties.items():
            if key not in known:
                raise BadInput("schema.unknown_property", owner=owner, name=key, known=", ".join(known) or "-")
            self._check_value(f"{owner}.{key}", known[key], value)

    def _check_value(self, place: str, property_: Property, value: Any) -> None:
        right = isinstance(value, _PYTHON[property_.type])
        if isinstance(value, bool) and property_.type != "boolean":
            right = False
        if not right:
            raise BadInput("schema.wrong_type", place=place, value=_short(value), wanted=TYPES[property_.type])
        if property_.vocabulary and value not in self.vocabularies[property_.vocabulary]:
            known = ", ".join(self.vocabularies[property_.vocabulary])
            raise BadInput("schema.not_in_vocabulary", place=place, value=_short(value), known=known)

    def check_ends(self, type_: str, start: str, end: str) -> None:
        """Do nothing if a tie of this type may run between these labels; raise BadInput otherwise."""
        if type_ not in self.relationships:
            known = ", ".join(self.relationships)
            raise BadInput("schema.unknown_type", type=type_, known=known)
        tie = self.relationships[type_]
        if start not in tie.from_ or end not in tie.to:
            raise BadInput(
                "schema.wrong_ends",
                type=type_,
                start=start,
                end=end,
                starts=", ".join(tie.from_),
                ends=", ".join(tie.to),
            )

    def term(self, vocabulary: str, value: str | None, language: Language) -> str:
        """Return the name of a vocabulary's value for a reader; an unknown value stands for itself."""
        if value is None:
            return ""
        name = self.vocabularies[vocabulary].get(value)
        return name.in_(language) if name else value


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def parse_schema(text: str) -> Schema:
    """Return the schema that a YAML text describes; raise BadInput with the place of each mistake."""
    try:
        return Schema.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except (ValidationError, yaml.YAMLError) as error:
        raise BadInput("schema.unreadable", reason=str(error)) from error


@cache
def schema() -> Schema:
    """Return the project's schema, read and validated once."""
    return parse_schema(SCHEMA.read_text("utf-8"))
