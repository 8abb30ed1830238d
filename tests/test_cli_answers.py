"""The command line answers: gaps, queries, facts, status and export, in every form, for people and programs."""

import csv
import json
import re
from pathlib import Path

import pytest

from graph.schema import schema
from graph.settings import DEMO
from graph.status import data_version
from graph.store import Store, local
from graph.words import LANGUAGES
from tests.terminal import Capture, Patch, in_process, mitra


def test_gaps_gives_one_row_for_each_unit_of_the_register(demo_url: str) -> None:
    done = mitra("gaps", "--format", "json", store=demo_url)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert len(rows) == 612
    assert all(
        list(row) == ["facility_id", "name", "kind", "province", "state", "need", "months", "occupants", "capacity"]
        for row in rows
    )
    assert len({row["facility_id"] for row in rows}) == 612
    assert {row["state"] for row in rows} <= set(schema().vocabularies["coverage_state"])
    assert {row["kind"] for row in rows} <= set(schema().vocabularies["facility_kind"])
    assert all(re.fullmatch(r"ID-[A-Z]{2}", row["province"]) for row in rows)
    padang = next(row for row in rows if row["facility_id"] == "facility:lapas-padang")
    assert padang["province"] == "ID-SB"


@pytest.mark.parametrize("province", ["ID-SB", "Sumatera Barat", "sumatra barat"])
def test_gaps_of_a_province_are_part_of_the_whole(
    capsys: Capture, monkeypatch: Patch, demo_store: Store, province: str
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    code, out, _ = in_process(capsys, monkeypatch, "gaps", "--province", province, "--kind", "lapas", "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    assert code == 0
    assert {(row["province"], row["kind"]) for row in rows} == {("ID-SB", "lapas")}
    assert "facility:lapas-padang" in {row["facility_id"] for row in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_for_people_end_in_counts_that_add_up(
    capsys: Capture, monkeypatch: Patch, demo_store: Store, language: str
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    code, out, _ = in_process(capsys, monkeypatch, "--lang", language, "gaps")
    assert code == 0
    assert sum(map(int, re.findall(r"\d+", out.splitlines()[-2]))) == 612


def test_a_query_of_the_catalog_and_cypher_answer_in_every_form(
    capsys: Capture, monkeypatch: Patch, demo_store: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    named = ["query", "where-does-it-say-so", "-p", "node=facility:rutan-padang"]
    code, out, _ = in_process(capsys, monkeypatch, *named, "--format", "json")
    assert code == 0
    assert {"LOCATED_IN", "PART_OF", "MENTIONS"} <= {row["relation"] for row in json.loads(out)}
    code, out, _ = in_process(capsys, monkeypatch, *named)
    assert code == 0
    assert "facilities.csv:" in out
    cypher = "MATCH (f:Facility {id: $id}) RETURN f.id AS id, [f.kind]"
    code, out, _ = in_process(capsys, monkeypatch, "query", "--cypher", cypher, "-p", "id=facility:rutan-padang")
    assert code == 0
    assert "[f.kind]" in out
    assert "facility:rutan-padang" in out


def test_queries_lists_the_catalog_without_a_store(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_STORE", "bolt://127.0.0.1:1")
    code, out, _ = in_process(capsys, monkeypatch, "queries", "--format", "json")
    assert code == 0
    assert "facilities-without-partner" in {row["name"] for row in json.loads(out)}


def test_extract_prints_the_facts_of_an_article_without_a_store(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_STORE", "bolt://127.0.0.1:1")
    (article,) = (DEMO / "articles").glob("*.txt")
    code, out, _ = in_process(capsys, monkeypatch, "extract", str(article), "--published", "2021-03-23", "--json")
    assert code == 0
    facts = json.loads(out)
    assert facts["id"] == article.stem
    assert len(facts["officials"]) == 6
    code, out, _ = in_process(capsys, monkeypatch, "extract", str(article))
    assert code == 0
    assert "Padang" in out


def test_status_names_the_store_its_process_and_what_it_holds(
    capsys: Capture, monkeypatch: Patch, demo_store: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    server = local.find(Path(demo_store.url.removeprefix("local:")))
    assert server is not None
    code, out, _ = in_process(capsys, monkeypatch, "status", "--format", "json")
    assert code == 0
    shown = {row["name"]: row["value"] for row in json.loads(out)}
    assert shown["Store"] == demo_store.url
    assert str(server.pid) in shown["Process"]
    assert shown["Data version"] == data_version(demo_store)
    assert shown["Facility"] == 612


def test_export_writes_the_graph_and_writes_it_again(
    capsys: Capture, monkeypatch: Patch, demo_store: Store, tmp_path: Path
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    for _ in range(2):
        code, _, err = in_process(capsys, monkeypatch, "export", str(tmp_path / "graph"))
        assert (code, err) == (0, "")
    units = (tmp_path / "graph" / "nodes" / "Facility.csv").read_text("utf-8").splitlines()
    assert len(units) == 613


@pytest.mark.slow
def test_what_changed_since_an_export_is_what_was_loaded_after_it(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MITRA_STORE", f"local:{tmp_path / 'store'}")
    monkeypatch.setenv("MITRA_LANG", "en")
    facilities = tmp_path / "facilities.csv"
    facilities.write_text("name\nLapas Kelas IIA Padang\nRutan Kelas IIB Maninjau\n", "utf-8")
    checks = tmp_path / "checks.csv"
    checks.write_text("facility,on,found\nLapas Kelas IIA Padang,2026-01-05,none\n", "utf-8")
    try:
        assert in_process(capsys, monkeypatch, "load", "--kind", "facilities", str(facilities))[0] == 0
        assert in_process(capsys, monkeypatch, "export", str(tmp_path / "before"))[0] == 0
        assert in_process(capsys, monkeypatch, "load", "--kind", "checks", str(checks))[0] == 0
        code, out, _ = in_process(
            capsys, monkeypatch, "changes", "--against", str(tmp_path / "before"), "--format", "json"
        )
        assert code == 0
        rows = [(row["facility_id"], row["what"]) for row in json.loads(out) if row["area"] is None]
        assert ("facility:lapas-padang", "unknown → none") in rows
        assert {facility for facility, _ in rows} == {"facility:lapas-padang"}
    finally:
        local.stop(tmp_path / "store")
