"""The schema: what it refuses, and that all it promises a reader is there."""

import datetime
import re
from typing import Any

import pytest

from graph.errors import BadInput
from graph.schema import SCHEMA, Schema, parse_schema, schema
from graph.words import LANGUAGES

SMALL = """
labels:
  Unit:
    name: {id: Unit, en: Unit}
    says: {id: Sebuah unit., en: A unit.}
    shape: dot
    color: "#aabbcc"
    properties:
      kind: {type: string, vocabulary: kinds, name: {id: Jenis, en: Kind}}
      size: {type: integer, name: {id: Ukuran, en: Size}}
      share: {type: number, name: {id: Bagian, en: Share}}
      open: {type: boolean, name: {id: Terbuka, en: Open}}
      since: {type: date, name: {id: Sejak, en: Since}}
relationships:
  NEAR:
    name: {id: dekat, en: near}
    from: [Unit]
    to: [Unit]
    properties: {}
claim: {}
node: {}
vocabularies:
  kinds:
    lapas: {id: Lapas, en: Prison}
    rutan: {id: Rutan, en: Detention house}
"""


@pytest.fixture
def small() -> Schema:
    """A schema of one label and one relationship."""
    return parse_schema(SMALL)


@pytest.mark.parametrize(
    ("written", "instead", "place"),
    [
        ("to: [Unit]", "to: [Unti]", "relationship NEAR names the unknown label Unti"),
        ("from: [Unit]", "from: [Nowhere]", "relationship NEAR names the unknown label Nowhere"),
        ("from: [Unit]", "from: []", "relationships.NEAR.from"),
        ("vocabulary: kinds", "vocabulary: kids", "Unit.kind names the unknown vocabulary kids"),
        ("type: integer", "type: whole", "labels.Unit.properties.size.type"),
        ('"#aabbcc"', "blue", "labels.Unit.color"),
        ("shape: dot", "shap: dot", "labels.Unit.shap"),
        ("{id: dekat, en: near}", "{id: dekat}", "relationships.NEAR.name.en"),
        ("{id: Rutan, en: Detention house}", '{id: "", en: Detention house}', "vocabularies.kinds.rutan.id"),
        ("claim: {}", "", "claim"),
        ("    to: [Unit]", "  to: [Unit", "line"),
    ],
)
def test_a_mistake_in_the_schema_is_said_with_its_place(written: str, instead: str, place: str) -> None:
    assert SMALL.count(written) == 1
    with pytest.raises(BadInput) as caught:
        parse_schema(SMALL.replace(written, instead))
    assert caught.value.key == "schema.unreadable"
    assert place in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "labels", "\x00", "labels: {}"])
def test_what_is_no_schema_at_all_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="schema"):
        parse_schema(text)


DAY = datetime.date(2021, 3, 23)


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "lapas"), ("size", 3), ("share", 0.5), ("share", 2), ("open", True), ("open", False), ("since", DAY)],
)
def test_a_value_of_the_right_type_is_accepted(small: Schema, name: str, value: Any) -> None:
    small.check("Unit", {name: value})


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("size", "3", "schema.wrong_type"),
        ("size", 3.0, "schema.wrong_type"),
        ("size", True, "schema.wrong_type"),
        ("share", False, "schema.wrong_type"),
        ("share", "0.5", "schema.wrong_type"),
        ("open", 1, "schema.wrong_type"),
        ("open", "true", "schema.wrong_type"),
        ("since", "2021-03-23", "schema.wrong_type"),
        ("kind", 1, "schema.wrong_type"),
        ("kind", None, "schema.wrong_type"),
        ("kind", ["lapas"], "schema.wrong_type"),
        ("kind", "Lapas", "schema.not_in_vocabulary"),
        ("kind", "", "schema.not_in_vocabulary"),
        ("colour", "red", "schema.unknown_property"),
    ],
)
def test_a_wrong_value_is_refused_and_named(small: Schema, name: str, value: Any, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        small.check("Unit", {"kind": "lapas", name: value})
    assert caught.value.key == key
    assert name in str(caught.value)


def test_a_refusal_says_what_would_be_accepted(small: Schema) -> None:
    with pytest.raises(BadInput, match="lapas, rutan"):
        small.check("Unit", {"kind": "penjara"})
    with pytest.raises(BadInput, match="a whole number"):
        small.check("Unit", {"size": "besar"})
    with pytest.raises(BadInput, match="kind, size, share, open, since"):
        small.check("Unit", {"x": 1})


def test_a_refusal_of_a_long_value_stays_short(small: Schema) -> None:
    with pytest.raises(BadInput) as caught:
        small.check("Unit", {"kind": "x" * 10_000})
    assert len(str(caught.value)) < 200


def test_a_tie_runs_only_between_the_labels_of_its_type() -> None:
    schema().check_ends("HOLDS", "Official", "Facility")
    with pytest.raises(BadInput, match="HOLDS cannot run from Facility to Official"):
        schema().check_ends("HOLDS", "Facility", "Official")
    with pytest.raises(BadInput, match="LIKES"):
        schema().check_ends("LIKES", "Official", "Facility")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_reads_in_the_readers_language_and_an_unknown_one_as_itself(small: Schema, language: Any) -> None:
    assert small.term("kinds", "lapas", language) == {"id": "Lapas", "en": "Prison"}[language]
    assert small.term("kinds", "bapas", language) == "bapas"
    assert small.term("kinds", None, language) == ""


@pytest.mark.parametrize("label", schema().labels)
def test_a_label_can_be_drawn_told_apart_and_read(label: str) -> None:
    shown = schema().labels[label]
    assert re.fullmatch(r"#[0-9a-f]{6}", shown.color)
    assert shown.shape
    assert shown.name.id.strip()
    assert shown.name.en.strip()
    assert shown.says.id.endswith(".")
    assert shown.says.en.endswith(".")


def test_no_two_labels_share_a_name_a_colour_or_a_shape() -> None:
    labels = schema().labels.values()
    assert len({label.color for label in labels}) == len(labels)
    assert len({label.shape for label in labels}) == len(labels)
    assert len({label.name.id for label in labels}) == len(labels)
    assert len({label.name.en for label in labels}) == len(labels)


def test_no_relationship_is_called_like_a_label() -> None:
    """The local store keeps both in one list of types."""
    labels = {label.casefold() for label in schema().labels}
    assert not labels & {type_.casefold() for type_ in schema().relationships}


def test_no_own_property_hides_one_that_every_node_or_every_claim_carries() -> None:
    for label in schema().labels.values():
        assert not {"id", "name"} & set(label.properties)
    for tie in schema().relationships.values():
        assert not set(schema().claim) & set(tie.properties)


def test_every_vocabulary_is_used_by_a_property_by_coverage_or_by_what_stands_beside_the_graph() -> None:
    used = {each.vocabulary for _, each in schema()._properties() if each.vocabulary}
    assert set(schema().vocabularies) - used == {"coverage_state", "sameness", "audit_action"}


def test_no_key_stands_twice_in_the_schema_file() -> None:
    """YAML would silently keep the last."""
    seen: set[tuple[str, ...]] = set()
    path: list[str] = []
    for line in SCHEMA.read_text("utf-8").splitlines():
        found = re.match(r'( *)"?(\w+)"?:', line)
        if found:
            path[len(found[1]) // 2 :] = [found[2]]
            assert tuple(path) not in seen, ".".join(path)
            seen.add(tuple(path))
    assert ("labels", "Facility", "properties", "kind") in seen
