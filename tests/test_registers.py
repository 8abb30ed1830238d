"""Registers: a good row becomes claims, a bad one is refused with its line, a broken file says so before anything."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Claim, Document, Mention, Node, Reading, Tie, checked
from graph.errors import BadInput
from graph.settings import DEMO
from graph.words import LANGUAGES, say
from loaders.registers import REGISTERS, WEAK, read_register
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
OF_KIND = {"provinces": PROVINCE, "regencies": REGENCY, "facilities": UNIT}
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
    ("facilities", {"kind": ""}, "register.blank", "kind"),
    ("facilities", {"regional_office": " "}, "register.blank", "regional_office"),
    ("facilities", {"province_code": "", "regency_code": ""}, "register.blank", "province_code"),
    ("facilities", {"kind": "penjara"}, "schema.not_in_vocabulary", "penjara"),
    ("facilities", {"purpose": "umum"}, "schema.not_in_vocabulary", "umum"),
    ("facilities", {"position": "here"}, "schema.not_in_vocabulary", "here"),
    ("facilities", {"latitude": "0,9"}, "register.number", "0,9"),
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
    ("facilities", {"regency_code": "13.7"}, "register.code", "13.7"),
    ("facilities", {"province_code": "ID-SB", "regency_code": ""}, "register.code", "ID-SB"),
    ("regencies", {"code": "1371"}, "register.code", "1371"),
    ("regencies", {"province_code": "x"}, "register.code", "x"),
    ("regencies", {"kind": "village"}, "schema.not_in_vocabulary", "village"),
    ("regencies", {"name": ""}, "register.blank", "name"),
    ("provinces", {"iso": ""}, "register.blank", "iso"),
    ("provinces", {"code": "13; DROP"}, "register.code", "13; DROP"),
]


@pytest.mark.parametrize(("kind", "wrong", "key", "named"), BAD_ROWS)
def test_a_bad_row_is_refused_by_line_and_reason_and_the_good_ones_stay(
    tmp_path: Path, kind: str, wrong: dict[str, str], key: str, named: str
) -> None:
    good = OF_KIND[kind]
    claims, reading = read(tmp_path, kind, table(good, good | wrong, good | {"name": "Rutan Lain"}))
    (reject,) = reading.rejects
    assert (reject.place, reject.reason.key, reading.rows) == (f"{kind}.csv:3", key, 3)
    for language in LANGUAGES:
        assert named in say(key, language, **reject.reason.values)
    assert {claim.evidence.where.partition(" ")[0] for claim in claims} == {f"{kind}.csv:2", f"{kind}.csv:4"}


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
    (b"code;name;iso\n13;Riau;ID-RI\n", "register.columns", "code, iso, name"),
    (b"code,name,iso\n13,Ria\xff,ID-RI\n", "file.encoding", "UTF-8"),
    ("code,name,iso\n13,Riau,ID-RI\n".encode("utf-16"), "file.encoding", "UTF-8"),
    ("code,name,iso\n13,Riau,ID-RI\n".encode("utf-16-le"), "register.csv", "provinces.csv:"),
    (b"code,name,iso\n13,Ri\x00au,ID-RI\n", "register.csv", "provinces.csv:"),
    (b'code,name,iso\n13,"Riau,ID-RI\n14,Jambi,ID-JA\n', "register.csv", "provinces.csv:3"),
    (b'code,name,iso\n13,"Riau"x,ID-RI\n', "register.csv", "provinces.csv:2"),
    (b"code,name,iso\n13," + b"x" * 200_000 + b",ID-RI\n", "register.csv", "provinces.csv:2"),
    (b"code,name,iso\n" + b"13,Riau,ID-RI\n" * 20_000 + b"14,Jamb\xc3,ID-JA\n", "file.encoding", "UTF-8"),
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
