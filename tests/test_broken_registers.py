"""Registers with mistakes: each bad row and file is told by place and reason, and the good rows stay."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Mention
from graph.errors import BadInput
from graph.words import LANGUAGES, say
from loaders.registers import REGISTERS, read_register
from loaders.registers.kinds import kinds
from loaders.registers.mapping import header_key
from tests.registers import DOCUMENT, OF_KIND, PROVINCE, mentions, read, table

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


@pytest.mark.parametrize("kind", REGISTERS)
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
def test_blank_rows_blanks_and_a_byte_order_mark_mean_nothing(tmp_path: Path, kind: str, begin: bytes) -> None:
    padded = {key: f" {value} " for key, value in OF_KIND[kind].items()}
    padded = {f" {key} ": value for key, value in padded.items()}
    plain, _ = read(tmp_path, kind, table(OF_KIND[kind]))
    claims, reading = read(tmp_path, kind, begin + table(padded) + b"\n,,,\n   \n")
    assert claims == plain
    assert (reading.rows, list(reading.rejects)) == (1, [])


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
