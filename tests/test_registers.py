"""Registers: each kind of row makes the claims that it promises."""

import datetime
import itertools
from pathlib import Path

import pytest

from graph.claims import Mention, Node, Tie, checked
from graph.errors import BadInput
from graph.schema import schema
from graph.settings import DEMO
from loaders.registers import REGISTERS, WEAK, read_register
from loaders.registers.kinds import kinds
from loaders.registers.partners import PARTNERS
from loaders.sources import read_manifest
from tests.registers import DOCUMENT, PADANG, PROVINCE, REGENCY, UNIT, mentions, one, read, table, ties


def test_a_province_is_a_place_with_its_code(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "provinces", table(PROVINCE))
    (province,) = mentions(claims, "Place")
    assert (province.node.id, province.name) == ("place:13", "Sumatera Barat")
    said = {"kind": "province", "code": "13", "iso": "ID-SB", "latitude": -0.77, "longitude": 100.86}
    assert dict(province.properties) == said


def test_a_regency_lies_in_its_province_which_it_names_only_by_code(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "regencies", table(REGENCY))
    regency, province = mentions(claims, "Place")
    assert (regency.name, regency.named, province.node.id, province.named) == ("Kota Padang", True, "place:13", False)
    assert ties(claims) == {("LOCATED_IN", "place:13.71", "place:13")}


def test_a_unit_has_its_facts_its_office_and_its_place(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "facilities", table(UNIT))
    said = [dict(claim.properties) for claim in mentions(claims, "Facility")]
    assert {"kind": "lapas", "purpose": "general", "class": "IIA"}.items() <= said[0].items()
    assert said[1] == {"capacity": 458, "occupants": 900, "counted_on": datetime.date(2024, 5, 1)}
    assert ties(claims) == {
        ("PART_OF", PADANG.id, "public-body:kanwil-ditjenpas-sumatera-barat"),
        ("LOCATED_IN", PADANG.id, "place:13.71"),
    }


def test_every_claim_names_file_line_and_what_the_row_says(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "facilities", table(UNIT | {"name": "Rutan Padang"}, UNIT))
    assert all(claim.evidence.where.startswith(("facilities.csv:2 · ", "facilities.csv:3 · ")) for claim in claims)
    where = next(claim.evidence.where for claim in claims if isinstance(claim, Mention) and claim.node == PADANG)
    assert where.startswith("facilities.csv:3 · ")
    assert "name: Lapas Kelas IIA Padang" in where


def test_a_unit_without_a_regency_lies_in_its_province(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "facilities", table(UNIT | {"regency_code": ""}))
    assert ("LOCATED_IN", PADANG.id, "place:13") in ties(claims)


@pytest.mark.parametrize(("mark", "confidence"), [("yes", WEAK), ("", 1.0)])
def test_a_weak_row_is_marked_and_its_place_is_less_sure(tmp_path: Path, mark: str, confidence: float) -> None:
    claims, _ = read(tmp_path, "facilities", table(UNIT | {"needs_review": mark}))
    placed = next(claim for claim in claims if isinstance(claim, Tie) and claim.type == "LOCATED_IN")
    assert placed.evidence.confidence == confidence
    assert dict(mentions(claims, "Facility")[0].properties).get("needs_review") == (True if mark else None)


def test_a_month_is_no_date_but_stands_in_the_evidence(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, "facilities", table(UNIT | {"counted_on": "2018-07"}))
    counted = mentions(claims, "Facility")[1]
    assert "counted_on" not in dict(counted.properties)
    assert "2018-07" in counted.evidence.where


def test_an_agreement_ties_its_parties_program_and_signer(tmp_path: Path) -> None:
    claims, reading = one(tmp_path, "agreements")
    (agreement,) = mentions(claims, "Agreement")
    assert dict(agreement.properties) == {
        "kind": "pks",
        "number": "W3.PAS-12/2020",
        "signed_on": datetime.date(2020, 3, 5),
        "ends_on": datetime.date(2025, 3, 4),
        "status": "in_force",
    }
    id_, program = "agreement:pks-w3-pas-12-2020", "program:budi-daya-lele@lapas-padang"
    assert ties(claims) == {
        ("PARTY_TO", PADANG.id, id_),
        ("PARTY_TO", "company:pt-maju-jaya", id_),
        ("COVERS", id_, program),
        ("RUNS", PADANG.id, program),
        ("PARTNERS_WITH", "company:pt-maju-jaya", PADANG.id),
        ("SIGNED", "official:budi-santoso@lapas-padang", id_),
    }
    (note,) = reading.notes
    assert str(note) == "Column Tgl. TTD: 1 dates read with the day first, e.g. 05/03/20 read as 5 March 2020."
    assert all("Status: Berlaku (perpanjangan)" in claim.evidence.where for claim in claims)


def test_an_official_belongs_to_the_organisation_of_the_row(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "officials")
    held = next(claim for claim in claims if isinstance(claim, Tie))
    assert (held.type, held.start.id, held.end) == ("HOLDS", "official:budi-santoso@lapas-padang", PADANG)
    assert dict(held.properties) == {"title": "Kalapas", "since": datetime.date(2020, 3, 5)}


def test_a_unit_runs_its_own_program_and_not_its_neighbours(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "programs")
    runs = {(start, end) for type_, start, end in ties(claims) if type_ == "RUNS"}
    assert runs == {(f"facility:{unit}", f"program:budi-daya-lele@{unit}") for unit in ("lapas-padang", "rutan-padang")}
    assert {end for type_, _, end in ties(claims) if type_ == "SUPPORTS"} == {program for _, program in runs}


def test_an_event_has_its_day_place_guests_and_subject(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "events")
    id_ = "event:2021-03-23-meeting-kanwil-ditjenpas-sumatera-barat"
    assert ties(claims) == {
        ("HELD_AT", id_, "public-body:kanwil-ditjenpas-sumatera-barat"),
        ("TOOK_PART", PADANG.id, id_),
        ("TOOK_PART", "company:pt-maju-jaya", id_),
        ("TOOK_PART", "organization:yayasan-harapan", id_),
        ("ATTENDED", "official:budi-santoso@lapas-padang", id_),
        ("ATTENDED", "official:siti-aminah@pt-maju-jaya", id_),
        ("CONCERNS", id_, "agreement:other-w3-pas-12-2020"),
    }


def test_an_event_of_a_month_keeps_it_as_written_and_planned_ones_are_planned(tmp_path: Path) -> None:
    claims, reading = one(tmp_path, "events", Tanggal="Juni 2027", Direncanakan="ya")
    (event,) = mentions(claims, "Event")
    assert dict(event.properties) == {"kind": "meeting", "planned": True, "date_text": "Juni 2027"}
    assert {claim.status for claim in claims if isinstance(claim, Tie)} == {"planned"}
    assert [note.key for note in reading.notes] == ["register.note.partial"]


def test_a_check_is_the_documents_own_claim(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "checks")
    check = next(claim for claim in claims if isinstance(claim, Tie))
    assert (check.type, check.start, check.end) == ("CHECKED", Node("Document", DOCUMENT.id), PADANG)
    assert dict(check.properties) == {"on": datetime.date(2024, 5, 1), "found": "none"}


@pytest.mark.parametrize(
    ("kind", "partner"),
    [
        ("companies", "company:pt-maju-jaya"),
        ("public_bodies", "public-body:dinas-kesehatan-kota-padang"),
        ("organizations", "organization:yayasan-harapan"),
        ("partners", "company:bank-nagari"),
    ],
)
def test_a_partner_lies_in_its_place_and_works_with_its_units(tmp_path: Path, kind: str, partner: str) -> None:
    claims, _ = one(tmp_path, kind)
    assert {tie for tie in ties(claims) if tie[1] == partner} - {("PART_OF", partner, "public-body:pemkot-padang")} == {
        ("LOCATED_IN", partner, "place:13.71"),
        ("PARTNERS_WITH", partner, PADANG.id),
        ("PARTNERS_WITH", partner, "facility:rutan-padang"),
    }


@pytest.mark.parametrize(
    ("name", "partner"),
    [
        ("PT. Maju Jaya", "company:pt-maju-jaya"),
        ("PT.Maju Jaya", "company:pt-maju-jaya"),
        ("UD Subur", "company:ud-subur"),
        ("Koperasi Sejahtera", "company:koperasi-sejahtera"),
        ("BNN Kota Payakumbuh", "public-body:bnn-kota-payakumbuh"),
        ("Dinas Pertanian Kab. Agam", "public-body:dinas-pertanian-kabupaten-agam"),
        ("Kanwil Ditjenpas Riau", "public-body:kanwil-ditjenpas-riau"),
        ("Universitas Andalas", "organization:universitas-andalas"),
        ("Yayasan Harapan", "organization:yayasan-harapan"),
    ],
)
def test_a_partners_sort_is_seen_from_its_name(tmp_path: Path, name: str, partner: str) -> None:
    claims, _ = one(tmp_path, "agreements", **{"Nama mitra": name})
    assert ("PARTY_TO", partner, "agreement:pks-w3-pas-12-2020") in ties(claims)


def test_a_column_may_say_the_sort_that_a_name_does_not_show(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "agreements", **{"Nama mitra": "Al Ananda", "Jenis mitra": "Swasta"})
    assert ("PARTY_TO", "company:al-ananda", "agreement:pks-w3-pas-12-2020") in ties(claims)


def test_a_short_number_names_no_agreement_beyond_its_document(tmp_path: Path) -> None:
    claims, _ = one(tmp_path, "agreements", **{"Nomor PKS": "12"})
    (agreement,) = mentions(claims, "Agreement")
    assert agreement.node.id == "agreement:pks-2020-03-05-lapas-padang-pt-maju-jaya"
    assert dict(agreement.properties)["number"] == "12"


@pytest.mark.parametrize("status", ["unknown", "Tidak diketahui"])
def test_an_agreement_of_unknown_status_claims_no_cooperation(tmp_path: Path, status: str) -> None:
    claims, _ = one(tmp_path, "agreements", Status=status)
    assert not any(type_ == "PARTNERS_WITH" for type_, _, _ in ties(claims))


def test_columns_that_are_not_known_stay_in_the_evidence_and_are_told(tmp_path: Path) -> None:
    claims, reading = one(tmp_path, "checks", Cuaca="cerah")
    assert all("Cuaca: cerah" in claim.evidence.where for claim in claims)
    assert ["Cuaca" in str(note) for note in reading.notes] == [True]


def test_a_user_says_what_a_header_means(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(table({"Tempat tugas saya": "Lapas Padang", "Kapan": "2024-05-01", "Temuan": "ada", "Hasil": "?"}))
    columns = {"tempat TUGAS saya": "facility", "Kapan": "on", "Hasil": None}
    reading = read_register(path, "checks", DOCUMENT, columns=columns)
    claims = list(reading.claims)
    assert (list(reading.rejects), len(claims)) == ([], 2)
    assert "Hasil" not in claims[0].evidence.where
    with pytest.raises(BadInput, match="lembar"):
        read_register(path, "checks", DOCUMENT, columns={"Kapan": "lembar"})


def test_every_kind_claims_only_what_the_schema_has() -> None:
    """Every declared tie is tried between all labels that its ends can have, with the declared properties."""
    labels = {"Partner": PARTNERS, "Holder": ("Facility", *PARTNERS), "Venue": ("Facility", "Place", *PARTNERS)}
    tried = 0
    for kind in kinds().values():
        for rule in kind.claims:
            starts, ends = (
                labels.get(kind.things[name].is_, (kind.things[name].is_,)) if name else ()
                for name in (rule.mention or rule.start, rule.end)
            )
            known = (
                schema().labels[starts[0]].properties
                if rule.mention
                else schema().relationships[str(rule.tie)].properties
            )
            assert set(rule.with_) - {"name"} <= set(known)
            for start, end in itertools.product(starts, ends):
                schema().check_ends(str(rule.tie), start, end)
                tried += 1
    assert tried > 40


def test_what_many_rows_name_is_mentioned_once(tmp_path: Path) -> None:
    rows = [REGENCY | {"code": f"13.0{n}", "name": f"Kabupaten {n}"} for n in range(1, 6)]
    claims, _ = read(tmp_path, "regencies", table(*rows))
    assert [each.node.id for each in mentions(claims, "Place")].count("place:13") == 1
    assert len(ties(claims)) == 5


def test_the_registers_that_ship_are_read_without_a_refused_row() -> None:
    rows = {}
    for entry in read_manifest(DEMO / "mitra.yaml").documents:
        if entry.kind in REGISTERS:
            reading = read_register(DEMO / entry.file, entry.kind, DOCUMENT)
            assert len(list(checked(reading.claims))) > reading.rows - 1
            assert reading.rejects == []
            rows[entry.kind] = reading.rows
    assert rows == {"provinces": 38, "regencies": 514, "facilities": 612}
