"""The query catalog: a header that lies is refused with file and line; every shipped query runs on both engines."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalog import Parameter, Query, Text, catalog, find_query, parse_query
from graph.errors import BadInput
from graph.schema import TYPES, schema
from graph.settings import QUERIES
from graph.store import Store

SOUND = """\
// name: small
// title: A title | Sebuah judul
// tags: one, two
// params:
//   unit: string -- a unit | sebuah unit
//   as_of: date = today -- the day | harinya
// returns:
//   unit: node(Facility) -- the unit | unitnya
//   title: string? -- its title | judulnya
//
// What it is for.
//
// Untuk apa.
MATCH (u:Facility)
WHERE u.id = $unit AND u.since <= $as_of
RETURN u AS unit, u.title AS title
ORDER BY u.id
"""
SHIPPED = sorted(catalog())
# A value for each parameter without which a query does not run.
NEEDED = {"program": "program:x", "facility": "facility:x", "partner": "company:x", "event": "event:x", "node": "x:y"}


def test_a_sound_file_is_read_whole() -> None:
    query = parse_query(SOUND, "small.cypher")
    assert query.name == "small"
    assert query.title == Text("A title", "Sebuah judul")
    assert query.tags == ("one", "two")
    assert [(each.name, each.type, each.optional, each.default) for each in query.parameters] == [
        ("unit", "string", False, None),
        ("as_of", "date", False, "today"),
    ]
    assert [(each.name, each.type, each.optional) for each in query.columns] == [
        ("unit", "node(Facility)", False),
        ("title", "string", True),
    ]
    assert query.says == Text("What it is for.", "Untuk apa.")
    assert query.cypher.startswith("MATCH")
    assert "//" not in query.cypher


MISTAKES = [
    ("// name: small", "// name: large", 1, "name is 'large'"),
    ("// name: small\n", "", 1, "name"),
    ("// title: A title | Sebuah judul\n", "", 1, "title"),
    ("// title: A title | Sebuah judul", "// title: A title", 2, "English | Indonesian"),
    ("// title: A title | Sebuah judul", "// title: A title | ", 2, "English | Indonesian"),
    ("// tags: one, two\n", "", 1, "tags"),
    ("-- a unit | sebuah unit", "-- a unit", 5, "English | Indonesian"),
    ("unit: string -- a unit", "unit: text -- a unit", 5, "wants the form"),
    ("unit: string -- a unit | sebuah unit", "unit string", 5, "wants the form"),
    ("-- its title | judulnya", "-- its title", 9, "English | Indonesian"),
    ("title: string? -- its title | judulnya", "title -- its title | judulnya", 9, "wants the form"),
    ("AND u.since <= $as_of", "", 6, "parameter as_of is declared but not used"),
    ("AND u.since <= $as_of", "AND u.since <= $as_of AND u.x = $y", 15, "parameter y is used but not declared"),
    ("AND u.since <= $as_of", "AND u.since = '$as_of'", 6, "parameter as_of is declared but not used"),
    ("u AS unit, u.title AS title", "u AS unit", 7, "declared are unit, title; returned are unit"),
    ("u AS unit, u.title AS title", "u.title AS title, u AS unit", 7, "returned are title, unit"),
    ("u AS unit, u.title AS title", "u AS unit, u.title AS judul", 7, "returned are unit, judul"),
    ("RETURN u AS unit, u.title AS title\nORDER BY u.id\n", "", 7, "returns nothing"),
    ("//\n// Untuk apa.\n", "", 1, "one paragraph in English and one in Indonesian"),
    ("// What it is for.\n//\n// Untuk apa.\n", "", 1, "one paragraph in English and one in Indonesian"),
    ("MATCH (u:Facility)", "MERGE (u:Facility)", 14, "only reads"),
    ("ORDER BY u.id", "ORDER BY u.id SET u.x = 1", 17, "only reads"),
    ("MATCH (u:Facility)", "MATCH (u:Facility) detach delete u", 14, "only reads"),
    ("MATCH (u:Facility)", "LOAD CSV FROM 'x' AS row MATCH (u:Facility)", 14, "only reads"),
    ("ORDER BY u.id", "ORDER BY u.id; MATCH (n)", 17, "one statement"),
    ("ORDER BY u.id", "ORDER BY elementId(u)", 17, "not the same on both engines"),
    ("ORDER BY u.id", "ORDER BY apoc.text.clean(u.id)", 17, "not the same on both engines"),
    (
        "MATCH (u:Facility)",
        "MATCH p = shortestPath((u:Facility)-[*]-(v))\nWHERE all(n IN nodes(p) WHERE n.x)",
        14,
        "shortestPath",
    ),
]


@pytest.mark.parametrize(("written", "instead", "line", "reason"), MISTAKES)
def test_a_mistake_is_said_with_file_line_and_reason(written: str, instead: str, line: int, reason: str) -> None:
    assert SOUND.count(written) == 1
    with pytest.raises(BadInput) as caught:
        parse_query(SOUND.replace(written, instead), "small.cypher")
    assert str(caught.value).startswith(f"small.cypher:{line}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("ORDER BY u.id", "ORDER BY u.id SKIP 1 LIMIT 5"),
        ("ORDER BY u.id", "UNION\nMATCH (u) WHERE u.name = 'CREATE; $x' RETURN u AS unit, null AS title"),
        ("RETURN u AS unit", "RETURN DISTINCT u AS unit"),
        ("u.title AS title", "coalesce(u.title, [1, 2][0], {a: 1, b: 2}.a) AS title"),
        ("u.title AS title", "u.title as `title`"),
        ("ORDER BY u.id", "ORDER BY u.created, u.settled"),
    ],
)
def test_what_only_looks_like_a_mistake_is_accepted(written: str, instead: str) -> None:
    assert SOUND.count(written) == 1
    assert parse_query(SOUND.replace(written, instead), "small.cypher").name == "small"


@given(st.text(max_size=300) | st.integers(0, len(SOUND)).map(lambda place: SOUND[:place]))
def test_any_text_is_a_query_or_a_mistake_with_its_place(text: str) -> None:
    said = ""
    try:
        parse_query(text, "small.cypher")
    except BadInput as error:
        said = str(error)
    assert not said or re.match(r"small\.cypher:\d+: ", said)


def parameter(type_: str, optional: bool = False, default: str | None = None) -> Parameter:
    """A parameter called p."""
    return Parameter("p", type_, optional, default, Text("what it is", "apa itu"))


@pytest.mark.parametrize(
    ("type_", "given_", "value"),
    [
        ("string", "Lapas Padang", "Lapas Padang"),
        ("string", "1", "1"),
        ("integer", "42", 42),
        ("integer", "-1", -1),
        ("number", "0.5", 0.5),
        ("date", "2021-03-23", datetime.date(2021, 3, 23)),
        ("date", "today", datetime.date.today()),
        ("boolean", "ya", True),
        ("boolean", "Ya", True),
        ("boolean", "true", True),
        ("boolean", "yes", True),
        ("boolean", "1", True),
        ("boolean", "tidak", False),
        ("boolean", "false", False),
        ("boolean", "no", False),
        ("boolean", "0", False),
        ("boolean", True, True),
        ("date", datetime.date(2021, 3, 23), datetime.date(2021, 3, 23)),
    ],
)
def test_an_argument_is_read_as_its_type(type_: str, given_: Any, value: Any) -> None:
    assert parameter(type_).value(given_) == value


@pytest.mark.parametrize(
    ("type_", "given_"),
    [
        ("integer", "1.5"),
        ("integer", "satu"),
        ("integer", "9" * 30),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "0,5"),
        ("date", "23-03-2021"),
        ("date", "2021-02-30"),
        ("date", "kemarin"),
        ("boolean", "mungkin"),
    ],
)
def test_an_argument_of_another_type_is_refused_by_name(type_: str, given_: str) -> None:
    with pytest.raises(BadInput, match=f"parameter p is {re.escape(given_)}; wanted: {TYPES[type_].en}"):
        parameter(type_).value(given_)


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_argument_is_the_default_or_none_or_refused(nothing: str | None) -> None:
    assert parameter("date", default="2020-01-01").value(nothing) == datetime.date(2020, 1, 1)
    assert parameter("string", optional=True).value(nothing) is None
    with pytest.raises(BadInput, match="what it is"):
        parameter("string").value(nothing)


def test_an_argument_that_the_query_does_not_have_is_refused_with_those_it_has() -> None:
    query = parse_query(SOUND, "small.cypher")
    with pytest.raises(BadInput, match=r"no parameter units\. It has: as_of, unit"):
        query.arguments({"units": "x"})
    assert query.arguments({"unit": "x"}) == {"unit": "x", "as_of": datetime.date.today()}


def test_a_query_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="facilities-without-partner"):
        find_query("facilities")


def test_the_catalog_is_read_from_any_folder_and_fails_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "small.cypher").write_text(SOUND, "utf-8")
    assert list(catalog(tmp_path)) == ["small"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "large.cypher").write_text(SOUND, "utf-8")
    with pytest.raises(BadInput, match=r"large\.cypher:1"):
        catalog(other)


def test_the_questions_that_were_promised_are_there() -> None:
    assert {
        "who-is-connected-to-program",
        "facilities-without-partner",
        "partners-of-facility",
        "facilities-of-partner",
        "programs-by-area",
        "agreements-by-status",
        "people-at-event",
        "where-does-it-say-so",
    } <= set(SHIPPED)
    assert len(SHIPPED) == len(list(QUERIES.glob("*.cypher")))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_query_returns_only_labels_of_the_schema(name: str) -> None:
    labels = {label for column in catalog()[name].columns for label in re.findall(r"node\((\w+)\)", column.type)}
    assert labels <= set(schema().labels)
    written = re.findall(r"\(\w*:(\w+)", catalog()[name].cypher)
    assert set(written) <= set(schema().labels)


def arguments(query: Query) -> dict[str, str]:
    """The least that the query must be told."""
    asked = (each.name for each in query.parameters if not each.optional and each.default is None)
    return {name: NEEDED[name] for name in asked}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_query_runs_on_an_empty_store_and_finds_nothing(store: Store, name: str) -> None:
    query = find_query(name)
    assert query.run(store, **arguments(query)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_hostile_arguments_are_values_and_find_nothing(store: Store, name: str) -> None:
    query = find_query(name)
    hostile = "') MATCH (n) DETACH DELETE n //\" \\ \u202e💥"
    told = {each.name: hostile for each in query.parameters if each.type == "string"}
    assert query.run(store, **told) == []
