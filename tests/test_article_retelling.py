"""The demo's retelling of the first article says what the article says, each tie with its sentence."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.claims import Claim, Mention, Reading, Tie
from loaders.article import extract, read_article

RETELLING = Path(__file__).parents[1] / "data" / "demo" / "articles" / "kalapas-padang-temui-mitra-usaha.txt"
PADANG, BUKITTINGGI, LUBUK_BASUNG = "facility:lapas-padang", "facility:lapas-bukittinggi", "facility:lapas-lubukbasung"
MANINJAU, RUTAN_PADANG = "facility:rutan-maninjau", "facility:rutan-padang"
COMPANY, OFFICE = "company:pt-al-ananda-labbaik-kakbah", "public-body:kanwil-kemenkumham-sumatera-barat"
MEETING = "event:2021-03-23-meeting-kanwil-kemenkumham-sumatera-barat"
OFFICIALS = {
    "official:era-wiharto@lapas-padang": ("Kalapas", PADANG),
    "official:lena-muhammad-nasir@pt-al-ananda-labbaik-kakbah": ("Direktur Utama", COMPANY),
    "official:r-andika-dwi-prasetya@kanwil-kemenkumham-sumatera-barat": ("Kakanwil", OFFICE),
    "official:marten@lapas-bukittinggi": ("Kalapas", BUKITTINGGI),
    "official:suroto@lapas-lubukbasung": ("Kalapas", LUBUK_BASUNG),
    "official:desrianto@rutan-maninjau": ("Karutan", MANINJAU),
}


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_article(RETELLING, url="http://www.ditjenpas.go.id/lapas-padang-tingkatkan-kerja-sama")


@pytest.fixture(scope="module")
def ties(reading: Reading) -> list[Tie]:
    return [claim for claim in reading.claims if isinstance(claim, Tie)]


def of(ties: list[Tie], kind: str) -> list[Tie]:
    return [tie for tie in ties if tie.type == kind]


def test_six_officials_hold_their_posts(ties: list[Tie]) -> None:
    held = {tie.start.id: (dict(tie.properties)["title"], tie.end.id) for tie in of(ties, "HOLDS")}
    assert held == OFFICIALS
    assert {tie.status for tie in of(ties, "HOLDS")} == {"active"}


def test_all_six_attended_the_meeting_at_the_regional_office(reading: Reading, ties: list[Tie]) -> None:
    assert str(reading.document.published) == "2021-03-23"
    assert {tie.start.id for tie in of(ties, "ATTENDED") if tie.end.id == MEETING} == set(OFFICIALS)
    assert [tie.end.id for tie in of(ties, "HELD_AT") if tie.start.id == MEETING] == [OFFICE]


def test_four_units_work_with_the_company(ties: list[Tie]) -> None:
    partners = {(tie.start.id, tie.end.id, tie.status) for tie in of(ties, "PARTNERS_WITH")}
    assert partners == {(COMPANY, unit, "active") for unit in (PADANG, BUKITTINGGI, LUBUK_BASUNG, MANINJAU)}
    standing = {tie.start.id for tie in of(ties, "PARTY_TO") if tie.status == "active"}
    assert standing == {COMPANY, PADANG, BUKITTINGGI, LUBUK_BASUNG, MANINJAU}


def test_the_catfish_plant_is_a_program_that_the_company_is_tied_to(ties: list[Tie]) -> None:
    program = "program:pabrik-ikan-lele-asok@lapas-bukittinggi"
    assert [(tie.start.id, tie.end.id) for tie in of(ties, "RUNS")] == [(BUKITTINGGI, program)]
    assert [(tie.start.id, tie.end.id) for tie in of(ties, "SUPPORTS")] == [(COMPANY, program)]


def test_what_is_planned_is_marked_planned(reading: Reading, ties: list[Tie]) -> None:
    events = {claim.node.id: dict(claim.properties) for claim in reading.claims
              if isinstance(claim, Mention) and claim.node.label == "Event"}  # fmt: skip
    planned = {id_: said["kind"] for id_, said in events.items() if said["planned"]}
    assert sorted(planned.values()) == ["inauguration", "launch", "signing"]
    assert events.keys() - planned.keys() == {MEETING}
    assert {tie.status for tie in ties if tie.start.id in planned} == {"planned"}
    signing = next(id_ for id_, kind in planned.items() if kind == "signing")
    concerned = {tie.end.id for tie in of(ties, "CONCERNS") if tie.start.id == signing}
    assert {PADANG, BUKITTINGGI, RUTAN_PADANG} < concerned
    assert [(tie.start.id, tie.status) for tie in of(ties, "PARTY_TO") if tie.end.id in concerned] == [
        (OFFICE, "planned")
    ]


def test_unnamed_office_holders_are_nobody(reading: Reading) -> None:
    mentioned = {claim.node.id for claim in reading.claims if isinstance(claim, Mention)}
    assert {id_ for id_ in mentioned if id_.startswith("public-body:")} == {OFFICE}
    assert {id_ for id_ in mentioned if id_.startswith("official:")} == set(OFFICIALS)


def test_every_claim_stands_in_its_sentence(reading: Reading) -> None:
    for claim in reading.claims:
        claim.check()
        assert claim.evidence.span
        begin, end = claim.evidence.span
        assert str(reading.document.text)[begin:end] == claim.evidence.where
        assert 0 < claim.evidence.confidence <= 0.9


@pytest.mark.parametrize("opening", ["“Di luar itu, kami juga", "Salah satu pokok bahasan", "Pendapat serupa"])
def test_without_a_sentence_exactly_its_claims_are_gone(reading: Reading, tmp_path: Path, opening: str) -> None:
    sentence = next(claim.evidence.where for claim in reading.claims if claim.evidence.where.startswith(opening))
    path = tmp_path / RETELLING.name
    path.write_text(RETELLING.read_text("utf-8").replace(sentence, ""), "utf-8")
    left = read_article(path, url=reading.document.url).claims
    assert said(left) == said(claim for claim in reading.claims if claim.evidence.where != sentence)


def said(claims: Iterable[Claim]) -> set[tuple[Any, ...]]:
    """Return the claims without their offsets."""
    found: set[tuple[Any, ...]] = set()
    for claim in claims:
        if isinstance(claim, Mention):
            what: tuple[Any, ...] = ("MENTIONS", claim.node, claim.record())
        else:
            what = (claim.type, claim.start, claim.end, claim.status)
        found.add((*what, claim.properties, claim.evidence.where))
    return found


def test_the_facts_are_given_in_plain_form() -> None:
    facts = extract(RETELLING.read_text("utf-8")).as_json()
    assert [row["name"] for row in facts["officials"]] == [
        "Era Wiharto", "Lena Muhammad Nasir", "R. Andika Dwi Prasetya", "Marten", "Suroto", "Desrianto"]  # fmt: skip
    assert [(row["type"], row["date"], row["planned"]) for row in facts["events"]] == [
        ("meeting", "2021-03-23", False), ("inauguration", None, True), ("signing", None, True),
        ("launch", None, True)]  # fmt: skip
    assert facts["events"][0]["participants"] == [row["name"] for row in facts["officials"]]
    assert facts["organisations"] == []
