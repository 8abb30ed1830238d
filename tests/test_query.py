"""A reader's own statement: it reads and nothing else, says what is wrong with it, and its answer can be taken away."""

import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from graph.catalog import parameters_in
from graph.errors import BadInput
from graph.network import ids_in
from graph.publish import publish
from graph.store import NodeRecord, Store, local, open_store
from graph.tables import Table, workbook
from tests.made import COMPANIES, FACILITIES, document, mention, reading, tie
from tests.networks import HOSTILE


@pytest.fixture
def small(store: Store) -> Store:
    claims = [mention(node) for node in (*FACILITIES, *COMPANIES)]
    claims += [tie("PARTNERS_WITH", COMPANIES[0], each) for each in FACILITIES]  # type: ignore[misc]
    publish(store, reading(document("satu"), claims))
    return store


def test_as_many_rows_come_as_are_wanted_and_whether_there_are_more_is_told(small: Store) -> None:
    asked = "MATCH (f:Facility) RETURN f.id AS id ORDER BY id"
    rows, more = small.ask(asked, 2)
    assert ([row["id"] for row in rows], more) == (sorted(node.id for node in FACILITIES)[:2], True)
    assert small.ask(asked, 3)[1] is False
    assert small.ask("MATCH (f:Facility) WHERE f.id = $id RETURN f", 9, id="facility:none") == ([], False)
    assert len(small.ask("UNWIND range(1, 20000) AS n RETURN n", 5)[0]) == 5


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Facility {id: 'facility:x'}) RETURN n",
        "MATCH (n:Facility) SET n.name = 'x' RETURN n",
        "MATCH (n:Facility) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "load  csv from 'http://127.0.0.1:1/x.csv' as line return line",
    ],
)
def test_what_does_more_than_read_is_refused_and_changes_nothing(small: Store, statement: str) -> None:
    before = small.read("MATCH (n:Facility) RETURN n.id AS id, n.name AS name ORDER BY id")
    with pytest.raises(BadInput) as caught:
        small.ask(statement, 5)
    assert caught.value.key == "query.writes"
    assert small.read("MATCH (n:Facility) RETURN n.id AS id, n.name AS name ORDER BY id") == before


def test_the_reason_why_a_statement_is_refused_names_what_is_wrong_in_it(small: Store) -> None:
    for statement, wrong in (
        ("MATCH (n) RETURN mm", "mm"),
        ("MATCH (n RETURN n", "RETURN"),
        ("RETURN fooo(1)", "fooo"),
    ):
        with pytest.raises(BadInput) as caught:
            small.ask(statement, 5)
        assert caught.value.key == "query.refused"
        assert wrong in str(caught.value)


@pytest.mark.slow
def test_a_statement_that_takes_too_long_on_the_local_store_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITRA_LOCAL_SECONDS", "2")
    with open_store(f"local:{tmp_path}") as store:
        with pytest.raises(BadInput) as caught:
            store.ask(
                "UNWIND range(1, 3000000) AS a UNWIND range(1, 3000000) AS b WITH a, b WHERE a + b = -1 RETURN a", 5
            )
        assert caught.value.key == "query.too_long"
        assert store.ask("RETURN 1 AS one", 5) == ([{"one": 1}], False)
    local.stop(tmp_path)


def test_the_nodes_of_an_answer_are_found_alone_in_lists_on_paths_and_at_the_ends_of_ties(small: Store) -> None:
    units, company = sorted(node.id for node in FACILITIES), COMPANIES[0].id
    for returned, wanted in (
        ("f AS f", units),
        ("collect(f) AS f", units),
        ("{who: c, count: 1} AS f", [company]),
        ("t AS t", [company, *units]),
    ):
        rows = small.read(f"MATCH (c:Company)-[t:PARTNERS_WITH]->(f:Facility) RETURN {returned}")
        assert sorted(ids_in(small, rows)) == sorted(wanted), returned
    rows = small.read("MATCH p = (c:Company)-[:PARTNERS_WITH]->(f:Facility) RETURN p")
    assert sorted(ids_in(small, rows)) == sorted([company, *units])
    assert ids_in(small, [{"n": 1, "t": "facility:lapas-padang"}]) == []


def test_parameters_are_those_of_the_statement_not_of_its_texts_and_comments() -> None:
    assert parameters_in("MATCH (n) WHERE n.id = $id AND n.x = '$no' // $not\nRETURN $b, $id /* $nor */") == ["id", "b"]


def cells(table: Table) -> list[tuple[object, ...]]:
    page = load_workbook(io.BytesIO(workbook(table, "id"))).active
    assert page is not None
    return [tuple(cell.value for cell in row) for row in page.iter_rows()]


def test_a_workbook_has_headings_values_as_what_they_are_and_nodes_by_their_ids() -> None:
    node = NodeRecord("Facility", "facility:a", "Lapas A", {})
    day = datetime.date(2026, 3, 5)
    row = {"facility": node, "area": None, "from": 12, "to": 0.5, "day": day, "own": [1, 2], "yes": True}
    head, told = cells(Table(list(row), [row]))
    assert head[1:3] == ("Bidang", "Dari")
    assert told == ("facility:a", None, 12, 0.5, datetime.datetime(2026, 3, 5), "1, 2", True)


@settings(max_examples=40)
@given(st.sampled_from(HOSTILE) | st.text(max_size=40) | st.sampled_from(["=1+1", "+x", "@a", "-1", "=HYPERLINK(1)"]))
def test_no_text_breaks_a_workbook_or_becomes_a_formula_in_it(text: str) -> None:
    book = load_workbook(io.BytesIO(workbook(Table([text], [{text: text}]), "en")))
    page = book.active
    assert page is not None
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type in {"s", "inlineStr", "n"}  # "n" is an empty cell, "f" were a formula
