"""Tables: the same rows for people and for programs, and no text in them steers a terminal."""

import csv
import datetime
import io
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.package import unguarded
from graph.store import NodeRecord, PathRecord, TieRecord
from graph.tables import Table, cell, heading, render
from graph.words import LANGUAGES, Language

DAY = datetime.date(2021, 3, 23)
UNIT = NodeRecord("Facility", "facility:x", "Lapas Padang", {"id": "facility:x", "name": "Lapas Padang", "since": DAY})
BODY = NodeRecord("Company", "company:y", "PT Maju", {"id": "company:y", "name": "PT Maju"})
TIE = TieRecord("PARTNERS_WITH", {"since": DAY, "confidence": 0.9})
PATH = PathRecord((BODY, UNIT), (TIE,))

VALUES: list[tuple[Any, str, Any]] = [
    (None, "", None),
    ("Padang", "Padang", "Padang"),
    (0, "0", 0),
    (0.9, "0.9", 0.9),
    (True, "true", True),
    (False, "false", False),
    (DAY, "2021-03-23", "2021-03-23"),
    (UNIT, "Lapas Padang", {"label": "Facility", "id": "facility:x", "name": "Lapas Padang", "since": "2021-03-23"}),
    (TIE, "PARTNERS_WITH", {"type": "PARTNERS_WITH", "since": "2021-03-23", "confidence": 0.9}),
    ([], "", []),
    ([UNIT, None, DAY], "Lapas Padang, , 2021-03-23", None),
    ({"a": DAY, "b": [1]}, '{"a": "2021-03-23", "b": [1]}', {"a": "2021-03-23", "b": [1]}),
    (datetime.time(9, 30), "09:30:00", "09:30:00"),
    (datetime.timedelta(days=1), "1 day, 0:00:00", "1 day, 0:00:00"),
]


@pytest.mark.parametrize(("value", "text", "plain"), VALUES)
def test_a_value_is_shown_for_people_and_kept_for_programs(value: Any, text: str, plain: Any) -> None:
    assert cell(value) == text
    (row,) = json.loads(render(Table(["x"], [{"x": value}]), "json", "id"))
    if plain is not None or value is None:
        assert row == {"x": plain}


def test_a_path_reads_as_its_nodes_and_keeps_its_ties() -> None:
    assert cell(PATH) == "PT Maju – Lapas Padang"
    (row,) = json.loads(render(Table(["x"], [{"x": PATH}]), "json", "id"))
    assert [node["name"] for node in row["x"]["nodes"]] == ["PT Maju", "Lapas Padang"]
    assert [tie["type"] for tie in row["x"]["ties"]] == ["PARTNERS_WITH"]


def test_a_node_is_its_id_in_csv_and_its_name_in_a_table() -> None:
    table = Table(["facility", "state"], [{"facility": UNIT, "state": "unknown"}])
    assert render(table, "csv", "id") == "facility,state\nfacility:x,unknown\n"
    assert "Lapas Padang" in render(table, "table", "id")


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_columns_come_in_their_order_and_a_row_may_lack_one(form: str) -> None:
    text = render(Table(["b", "a"], [{"a": "first", "c": "hidden"}, {"b": "second"}]), form, "en")
    assert text.index("b") < text.index("a")
    assert "hidden" not in text
    assert text.endswith("\n")


@pytest.mark.parametrize(("language", "name", "rows"), [("id", "Provinsi", "1 baris"), ("en", "Province", "1 rows")])
def test_a_table_is_headed_in_the_readers_language_and_counted(language: Language, name: str, rows: str) -> None:
    lines = render(Table(["province", "x_y"], [{"province": "ID-SB"}]), "table", language).splitlines()
    assert lines[0].split() == [name, "x_y"]
    assert lines[-1] == rows
    assert heading("province", language) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rows_are_a_sentence_for_people_and_empty_for_programs(language: Language) -> None:
    table = Table(["a"], [])
    assert json.loads(render(table, "json", language)) == []
    assert render(table, "csv", language) == "a\n"
    assert render(table, "table", language).strip().endswith(".")


HOSTILE = [
    "\x1b[31mmerah\x1b[0m",
    "\x1b]0;judul\x07",
    "satu\r\ndua\x00\x08",
    "\x9b2J",
    "\u202egnadaP\u202c",
    "\u2028baris\u2029",
    "[bold]tebal[/bold]",
    "[/x]",
    "[link=https://example.org]x[/link]",
    ":smile:",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("where", ["cell", "heading", "node"])
def test_hostile_text_stays_text_in_a_table(text: str, where: str) -> None:
    tables = {
        "cell": Table(["a"], [{"a": text}]),
        "heading": Table([text], [{text: "x"}]),
        "node": Table(["a"], [{"a": [NodeRecord("Facility", "facility:x", text, {})]}]),
    }
    shown = render(tables[where], "table", "id")
    assert not {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")} - {"\n"}
    assert "".join(letter for letter in text if letter.isprintable()).replace(" ", "") in shown.replace("␣", "")


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.none() | st.text() | st.integers()}), max_size=4))
def test_what_programs_read_is_what_was_there(rows: list[dict[str, Any]]) -> None:
    table = Table(["a", "b"], rows)
    assert json.loads(render(table, "json", "id")) == rows
    read = list(csv.DictReader(io.StringIO(render(table, "csv", "id"), newline="")))
    assert [{key: unguarded(text) for key, text in row.items()} for row in read] == [
        {"a": row["a"], "b": cell(row["b"])} for row in rows
    ]
    assert not [text for row in read for text in row.values() if text[:1] in tuple("=+@\t\r")]


@given(st.lists(st.fixed_dictionaries({"a": st.text(min_size=1), "b": st.text()}), min_size=1, max_size=4))
def test_a_table_of_any_text_has_a_heading_its_rows_and_their_number(rows: list[dict[str, Any]]) -> None:
    lines = render(Table(["a", "b"], rows), "table", "id").splitlines()
    assert lines[0].split() == ["a", "b"]
    assert lines[-1] == f"{len(rows)} baris"
    assert len(lines) >= len(rows) + 2
