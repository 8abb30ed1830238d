"""Candidates of a store and the terminal's commands: what the graph says counts, on both engines."""

import json
from pathlib import Path

import pytest

from graph.claims import Claim, Mention, Node
from graph.identity import ASK, SAME, candidates, read_things
from graph.merging import hold, take_back
from graph.publish import publish
from graph.store import Store
from tests.made import document, mention, reading, tie
from tests.terminal import Capture, Patch, in_process

PARTNER = Node("Company", "company:maju-rekaan")
LISTED = Node("Company", "company:pt-maju-rekaan")
LAPAS = Node("Facility", "facility:lapas-padang")
EVENT = Node("Event", "event:2021-03-23-meeting-lapas-padang")
PROGRAM = Node("Program", "program:lele@lapas-padang")
CSV = (
    "kind,a,b\nfacility,Lapas Padang,Rutan Padang\ncompany,PT Maju,P.T. Maju\nship,A,B\norganization,,Yayasan Rekaan\n"
)


def named(node: Node, name: str) -> Mention:
    made = mention(node)
    return Mention(made.node, name, made.evidence, made.properties)


def two_firms(store: Store, *, apart: bool) -> None:
    """One document knows "Maju Rekaan", the same or another "PT Maju Rekaan"; both support one program at one event."""
    told = {PARTNER: "Maju Rekaan", LISTED: "PT Maju Rekaan"}
    for number, nodes in enumerate([[PARTNER], [LISTED]] if apart else [[PARTNER, LISTED]]):
        said: list[Claim] = [named(node, told[node]) for node in nodes]
        said += [mention(LAPAS), mention(EVENT), mention(PROGRAM)]
        for node in nodes:
            said += [tie("SUPPORTS", node, PROGRAM), tie("TOOK_PART", node, EVENT)]
        publish(store, reading(document(f"nomor-{number}"), said))


def test_what_two_documents_tie_to_the_same_things_is_one_thing(store: Store) -> None:
    two_firms(store, apart=True)
    (found,) = candidates(store, kind="company").rows
    assert found.ids == {PARTNER.id, LISTED.id}
    assert found.verdict.outcome == SAME
    assert "share 2" in found.verdict.told("en")


def test_what_one_document_names_side_by_side_is_not_made_one_by_that(store: Store) -> None:
    two_firms(store, apart=False)
    (found,) = candidates(store, kind="company").rows
    assert found.verdict.outcome == ASK
    assert "share" not in found.verdict.told("en")


def test_judged_pairs_are_left_out_and_invented_things_too(store: Store) -> None:
    two_firms(store, apart=True)
    hold(store, PARTNER.id, LISTED.id, "different")
    assert candidates(store).rows == []
    take_back(store, PARTNER.id, LISTED.id)
    assert len(candidates(store, kind="company").rows) == 1
    hold(store, PARTNER.id, LISTED.id, "same")
    assert candidates(store, kind="company").rows == []
    take_back(store, PARTNER.id, LISTED.id)
    made = document("rekaan", synthetic=True)
    publish(store, reading(made, [named(Node("Company", "company:pt-maju-reka-an"), "PT Maju Reka An")]))
    assert {each.id for each in read_things(store)} == {PARTNER.id, LISTED.id, LAPAS.id}
    assert "company:pt-maju-reka-an" in {each.id for each in read_things(store, synthetic=True)}


def test_posts_come_with_the_people(store: Store) -> None:
    head = Node("Official", "official:marten-rekaan@lapas-padang")
    said: list[Claim] = [named(head, "Marten Rekaan"), mention(LAPAS), tie("HOLDS", head, LAPAS, title="Kalapas")]
    publish(store, reading(document("jabatan"), said))
    (person,) = read_things(store, kind="official")
    assert (person.posts[0].organisation, person.posts[0].title) == (LAPAS.id, "Kalapas")
    assert person.posts[0].said_on is not None


def test_the_demo_has_nothing_to_merge_of_itself(demo_store: Store) -> None:
    assert [each for each in candidates(demo_store).rows if each.verdict.outcome == SAME] == []


def test_same_answers_in_json_with_reasons(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    words = ("same", "Lapas Tangerang", "Lapas Perempuan Tangerang", "--kind", "facility", "--json")
    code, out, _ = in_process(capsys, monkeypatch, *words)
    found = json.loads(out)
    assert (code, found["outcome"], found["kind"]) == (0, "different", "facility")
    assert found["reasons"] == ["purpose General against Women"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_same_answers_in_the_readers_language(capsys: Capture, monkeypatch: Patch, language: str) -> None:
    monkeypatch.setenv("MITRA_LANG", language)
    _, out, _ = in_process(capsys, monkeypatch, "same", "PT Maju", "P.T. Maju")
    assert {"id": "bentuk sama: PT", "en": "PT both"}[language] in out


def test_pairs_of_a_file_are_answered_and_bad_rows_named(tmp_path: Path, capsys: Capture, monkeypatch: Patch) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(CSV, "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "same", "--pairs", str(file), "--format", "json")
    assert [row["outcome"] for row in json.loads(out)] == ["different", "same"]
    assert code == 2
    assert "pairs.csv:4" in err
    assert "pairs.csv:5" in err


@pytest.mark.parametrize("content", ["a,b\nx,y\n", 'kind,a,b\n"x', "\0", "kind,a,b\nfacility,\xff,\n"])
def test_a_file_of_no_pairs_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: Capture, monkeypatch: Patch, content: str
) -> None:
    file = tmp_path / "pairs.csv"
    file.write_bytes(content.encode("latin-1"))
    code, _, err = in_process(capsys, monkeypatch, "same", "--pairs", str(file))
    assert code == 2
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [(), ("A",), ("A", "B", "C"), ("A", "B", "--pairs", "x.csv"), ("A", " ")])
def test_same_wants_two_names_or_a_file(capsys: Capture, monkeypatch: Patch, words: tuple[str, ...]) -> None:
    code, out, err = in_process(capsys, monkeypatch, "same", *words)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_candidates_are_listed(capsys: Capture, monkeypatch: Patch, demo_url: str) -> None:
    code, out, _ = in_process(capsys, monkeypatch, "--store", demo_url, "candidates", "--format", "json")
    assert code == 0
    assert {row["outcome"] for row in json.loads(out)} <= {"ask"}
