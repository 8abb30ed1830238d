"""Registers: a good row becomes claims, a bad one is refused with its line, a broken file says so before anything."""

import csv
import datetime
import io
import itertools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Claim, Document, Mention, Node, Reading, Tie, checked
from graph.errors import BadInput
from graph.schema import schema
from graph.settings import DEMO
from graph.words import LANGUAGES, say
from loaders.registers import REGISTERS, WEAK, read_register
from loaders.registers.kinds import kinds
from loaders.registers.mapping import header_key
from loaders.registers.partners import PARTNERS
from loaders.sources import read_manifest

DOCUMENT = Document("document:r", "R", "register", datetime.date(2026, 11, 24))
PROVINCE = {"code": "13", "name": "Sumatera Barat", "iso": "ID-SB", "latitude": "-0.77", "longitude": "100.86"}
REGENCY = {"code": "13.71", "name": "Kota Padang", "province_code": "13", "kind": "city", "capital": "Padang"}
UNIT = {
    "name": "Lapas Kelas IIA Padang",
    "kind": "lapas",
    "purpose": "general",
    "class": "IIA",
    "province_code": "13",
    "regency_code": "13.71",
    "regional_office": "Kantor Wilayah Ditjenpas Sumatera Barat",
    "latitude": "-0.9",
    "longitude": "100.4",
    "position": "regency",
    "capacity": "458",
    "occupants": "900",
    "counted_on": "2024-05-01",
}
AGREEMENT = {
    "Nomor PKS": "W3.PAS-12/2020",
    "Jenis naskah": "PKS",
    "UPT": "Lapas Kelas IIA Padang",
    "Nama mitra": "PT. Maju Jaya",
    "Tgl. TTD": "05/03/20",
    "Jangka waktu": "5 tahun",
    "Status": "Berlaku (perpanjangan)",
    "Bidang": "Perikanan",
    "Program": "Budi daya lele",
    "Penanda tangan UPT": "Budi Santoso, S.H.",
}
EVENT = {
    "Jenis kegiatan": "Rapat",
    "Tanggal": "Selasa, 23 Maret 2021",
    "Tempat": "Kanwil Ditjenpas Sumatera Barat",
    "UPT": "Lapas Padang",
    "Mitra": "PT Maju Jaya; Yayasan Harapan",
    "Hadir": "Budi Santoso (Lapas Padang); Siti Aminah (PT Maju Jaya)",
    "Direncanakan": "tidak",
    "Nomor PKS": "W3.PAS-12/2020",
}
PARTNER = {"Wilayah": "Kota Padang", "UPT": "Lapas Padang; Rutan Padang", "Bidang": "pangan", "Status": "aktif"}
OF_KIND = {
    "provinces": PROVINCE,
    "regencies": REGENCY,
    "facilities": UNIT,
    "officials": {
        "Nama": "Budi Santoso, S.H.",
        "Jabatan": "Kalapas",
        "Unit kerja": "Lapas Padang",
        "TMT": "5 Maret 2020",
    },
    "companies": {"Nama perusahaan": "PT Maju Jaya"} | PARTNER,
    "public_bodies": {"Nama instansi": "Dinas Kesehatan Kota Padang", "Induk": "Pemerintah Kota Padang"} | PARTNER,
    "organizations": {"Nama yayasan": "Yayasan Harapan"} | PARTNER,
    "partners": {"Nama mitra kerja": "Bank Nagari", "Jenis mitra": "perusahaan"} | PARTNER,
    "agreements": AGREEMENT,
    "programs": {
        "Program": "Budi daya lele",
        "UPT": "Lapas Padang; Rutan Padang",
        "Bidang": "Perikanan",
        "Mitra": "PT Maju Jaya",
    },
    "events": EVENT,
    "checks": {"UPT": "Lapas Padang", "Tanggal pemeriksaan": "2024-05-01", "Temuan": "nihil"},
}
PADANG = Node("Facility", "facility:lapas-padang")


def table(*rows: dict[str, str]) -> bytes:
    """Rows as a CSV file under the columns of all of them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(folder: Path, kind: str, content: bytes) -> tuple[list[Claim], Reading]:
    """What a register of this content says."""
    path = folder / f"{kind}.csv"
    path.write_bytes(content)
    reading = read_register(path, kind, DOCUMENT)
    return list(checked(reading.claims)), reading


def one(folder: Path, kind: str, **more: str) -> tuple[list[Claim], Reading]:
    """What the good row of a kind says, with these cells changed."""
    return read(folder, kind, table(OF_KIND[kind] | more))


def mentions(claims: list[Claim], label: str) -> list[Mention]:
    """The mentions of nodes of one label."""
    return [claim for claim in claims if isinstance(claim, Mention) and claim.node.label == label]


def ties(claims: list[Claim]) -> set[tuple[str, str, str]]:
    """The ties, as type and ends."""
    return {(claim.type, claim.start.id, claim.end.id) for claim in claims if isinstance(claim, Tie)}


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


BAD_ROWS = [
    ("facilities", {"name": ""}, "register.blank", "name"),
    ("facilities", {"name": "Padang", "kind": ""}, "register.blank", "kind"),
    ("facilities", {"kind": "penjara"}, "register.term", "penjara"),
    ("facilities", {"purpose": "siapa saja"}, "register.term", "siapa saja"),
    ("facilities", {"position": "here"}, "register.term", "here"),
    ("facilities", {"latitude": "1.0.9"}, "register.number", "1.0.9"),
    ("facilities", {"latitude": "nan"}, "register.number", "nan"),
    ("facilities", {"longitude": "inf"}, "register.number", "inf"),
    ("facilities", {"latitude": "100.4"}, "register.range", "100.4"),
    ("facilities", {"longitude": "-181"}, "register.range", "-181"),
    ("facilities", {"capacity": "nan"}, "register.number", "nan"),
    ("facilities", {"capacity": "-inf"}, "register.number", "-inf"),
    ("facilities", {"capacity": "-1"}, "register.range", "-1"),
    ("facilities", {"capacity": "1e300"}, "register.range", "1e300"),
    ("facilities", {"occupants": "4.5"}, "register.number", "4.5"),
    ("facilities", {"occupants": "banyak"}, "register.number", "banyak"),
    ("facilities", {"regency_code": "13.7"}, "register.place", "13.7"),
    ("facilities", {"regency_code": "Solok"}, "register.place_shared", "13.72"),
    ("facilities", {"province_code": "Atlantis"}, "register.place", "Atlantis"),
    ("facilities", {"needs_review": "entah"}, "register.flag", "entah"),
    ("facilities", {"counted_on": "kemarin"}, "register.date", "kemarin"),
    ("facilities", {"kind": "#REF!"}, "register.error_cell", "#REF!"),
    ("facilities", {"capacity": "=SUM(A1:A9)"}, "register.formula", "=SUM(A1:A9)"),
    ("facilities", {"class": "x" * 40_000}, "register.long_cell", "40000"),
    ("regencies", {"code": "1371"}, "register.code", "1371"),
    ("regencies", {"province_code": "x"}, "register.code", "x"),
    ("regencies", {"kind": "village"}, "register.term", "village"),
    ("regencies", {"name": ""}, "register.blank", "name"),
    ("provinces", {"iso": ""}, "register.blank", "iso"),
    ("provinces", {"code": "13; DROP"}, "register.code", "13; DROP"),
    ("officials", {"Unit kerja": "Entah Siapa"}, "register.partner", "Entah Siapa"),
    ("officials", {"TMT": "31/02/2020"}, "register.date", "31/02/2020"),
    ("partners", {"Jenis mitra": "teman"}, "register.sort", "teman"),
    (
        "partners",
        {"Nama mitra kerja": "Rutan Padang", "Jenis mitra": "UPT"},
        "register.partner_facility",
        "Rutan Padang",
    ),
    ("agreements", {"UPT": "Padang"}, "register.facility", "Padang"),
    ("agreements", {"Nama mitra": ""}, "register.blank", "Nama mitra"),
    ("agreements", {"Tgl. TTD": "03/25/20"}, "register.date", "03/25/20"),
    ("agreements", {"Tgl. TTD": "Rabu, 5 Maret 2020"}, "register.date", "Rabu"),
    ("agreements", {"Tgl. TTD": "2020"}, "register.date", "2020"),
    ("agreements", {"Jangka waktu": "selamanya"}, "register.period", "selamanya"),
    ("agreements", {"Jangka waktu": "1 Jan 2019 s.d. 31 Des 2019"}, "register.order", "2019-12-31"),
    ("agreements", {"Status": "ditinjau ulang"}, "register.term", "ditinjau ulang"),
    ("events", {"Hadir": "Budi Santoso"}, "register.people", "Budi Santoso"),
    ("checks", {"Temuan": "?"}, "register.term", "?"),
]


@pytest.mark.parametrize(("kind", "wrong", "key", "named"), BAD_ROWS)
def test_a_bad_row_is_refused_by_line_and_reason_and_the_good_ones_stay(
    tmp_path: Path, kind: str, wrong: dict[str, str], key: str, named: str
) -> None:
    good = OF_KIND[kind]
    claims, reading = read(tmp_path, kind, table(good, good | wrong, good))
    (reject,) = reading.rejects
    assert (reject.place, reject.reason.key, reading.rows) == (f"{kind}.csv:3", key, 3)
    for language in LANGUAGES:
        assert named in say(key, language, **reject.reason.values)
    assert {claim.evidence.where.partition(" ")[0] for claim in claims} == {f"{kind}.csv:2", f"{kind}.csv:4"}


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
    assert (reading.rejects, len(claims)) == ([], 2)
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


def test_no_header_means_two_columns_of_a_register() -> None:
    for kind in kinds().values():
        meant = Counter[str]()
        for name, column in kind.columns.items():
            written = (name.replace("_", " "), column.name.id, column.name.en, *column.headers)
            meant.update({header_key(each) for each in written})
        assert [header for header, count in meant.items() if count > 1] == []


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    """An unquoted comma would shift every cell after it."""
    content = b"code,name,iso\n13,Sumatera Barat,ID-SB\n14,Riau, daratan,ID-RI\n15,Jambi,ID-JA,,\n"
    claims, reading = read(tmp_path, "provinces", content)
    assert [(each.place, each.reason.key) for each in reading.rejects] == [("provinces.csv:3", "register.surplus")]
    assert [each.node.id for each in mentions(claims, "Place")] == ["place:13", "place:15"]


def test_line_numbers_count_the_lines_of_cells_that_hold_a_line_break(tmp_path: Path) -> None:
    content = table(PROVINCE | {"name": "Sumatera\nBarat"}, PROVINCE | {"code": "x"})
    _, reading = read(tmp_path, "provinces", content)
    assert [each.place for each in reading.rejects] == ["provinces.csv:4"]


def test_what_many_rows_name_is_mentioned_once(tmp_path: Path) -> None:
    rows = [REGENCY | {"code": f"13.0{n}", "name": f"Kabupaten {n}"} for n in range(1, 6)]
    claims, _ = read(tmp_path, "regencies", table(*rows))
    assert [each.node.id for each in mentions(claims, "Place")].count("place:13") == 1
    assert len(ties(claims)) == 5


@pytest.mark.parametrize("kind", REGISTERS)
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
def test_blank_rows_blanks_and_a_byte_order_mark_mean_nothing(tmp_path: Path, kind: str, begin: bytes) -> None:
    padded = {key: f" {value} " for key, value in OF_KIND[kind].items()}
    padded = {f" {key} ": value for key, value in padded.items()}
    plain, _ = read(tmp_path, kind, table(OF_KIND[kind]))
    claims, reading = read(tmp_path, kind, begin + table(padded) + b"\n,,,\n   \n")
    assert claims == plain
    assert (reading.rows, reading.rejects) == (1, [])


BROKEN = [
    (b"", "register.columns", "code, iso, name"),
    (b"\n\n", "register.columns", "code, iso, name"),
    (b"code,name\n13,Riau\n", "register.columns", "iso"),
    (b"code,name,iso,Kode ISO\n13,Riau,ID-RI,ID-RI\n", "register.ambiguous", "Kode ISO"),
    (b"code,name,iso\n13,Ria\x81,ID-RI\n", "file.encoding", "UTF-8"),
    ("code,name,iso\n13,Café,ID-RI\n14,Jamb".encode() + b"\xc3,ID-JA\n", "file.encoding", "UTF-8"),
    ("code,name,iso\n13,Riau,ID-RI\n".encode("utf-16")[:-1], "file.encoding", "provinces.csv"),
    ("code,name,iso\n13,Riau,ID-RI\n".encode("utf-16-le"), "register.csv", "provinces.csv:"),
    (b"code,name,iso\n13,Ri\x00au,ID-RI\n", "register.csv", "provinces.csv:"),
    (b'code,name,iso\n13,"Riau,ID-RI\n14,Jambi,ID-JA\n', "register.csv", "provinces.csv:3"),
    (b'code,name,iso\n13,"Riau"x,ID-RI\n', "register.csv", "provinces.csv:2"),
    (b"code,name,iso\n13," + b"x" * 13_000_000 + b",ID-RI\n", "register.csv", "provinces.csv:"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "register.old_excel", "provinces.csv"),
    (b"PK\x03\x04" + b"\0" * 600, "register.workbook", "provinces.csv"),
]


@pytest.mark.parametrize(("content", "key", "named"), BROKEN)
def test_a_broken_file_is_refused_before_its_first_claim(tmp_path: Path, content: bytes, key: str, named: str) -> None:
    path = tmp_path / "provinces.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_register(path, "provinces", DOCUMENT)
    assert caught.value.key == key
    assert named in str(caught.value)
    assert path.name in str(caught.value)


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_file_that_is_gone_or_is_a_folder_is_refused(tmp_path: Path, kind: str) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(BadInput, match=path.name):
            read_register(path, kind, DOCUMENT)


@given(st.sampled_from(sorted(REGISTERS)), st.data())
def test_any_bytes_give_claims_and_refused_rows_or_one_refusal(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    content = bytearray(table(*[OF_KIND[kind]] * 3))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(start + 20, len(content))))
        pieces = st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"nan", b"-", b"\xff", b"1e999", "é\u202e".encode()])
        content[start:end] = data.draw(pieces | st.binary(max_size=4))
    refusal = ""
    try:
        claims, reading = read(tmp_path, kind, bytes(content))
    except BadInput as error:
        refusal = str(error)
    if refusal:
        assert kind in refusal
        return
    told = {claim.evidence.where.partition(" ")[0] for claim in claims if isinstance(claim, Mention)}
    refused = {reject.place for reject in reading.rejects}
    assert not told & refused
    assert len(told) + len(refused) == reading.rows
    assert len(refused) == len(reading.rejects)


def test_the_registers_that_ship_are_read_without_a_refused_row() -> None:
    rows = {}
    for entry in read_manifest(DEMO / "mitra.yaml").documents:
        if entry.kind in REGISTERS:
            reading = read_register(DEMO / entry.file, entry.kind, DOCUMENT)
            assert len(list(checked(reading.claims))) > reading.rows - 1
            assert reading.rejects == []
            rows[entry.kind] = reading.rows
    assert rows == {"provinces": 38, "regencies": 514, "facilities": 612}
