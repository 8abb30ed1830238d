"""A workbook as offices keep them: fifteen kinds of mess, and exactly the rejects that are listed beside it."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from graph.claims import Document, Mention, Tie, checked
from graph.words import LANGUAGES, say
from loaders.registers import RegisterReading, RowReject, read_register, write_rejects

DOCUMENT = Document("document:messy", "Daftar PKS", "register", datetime.date(2026, 11, 24))
PKS = "PKS 2020-2026"
TITLE = ["DAFTAR PERJANJIAN KERJA SAMA LAPAS DAN RUTAN"]  # 1 a title above the header
UPPER = ["No.", "Nama UPT", "Nama Mitra Kerja", "Nomor PKS", "Tgl. TTD", "Masa Berlaku", None, "Status", "Cuaca"]
LOWER = [None, None, None, None, None, "Mulai", "Berakhir", None, None]  # 2 a header on two rows, cells merged
NUMBERED = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"]  # 3 a row that numbers the columns
LOADED: list[list[Any]] = [
    [
        1,
        "Lapas Kelas IIA Padang",
        "PT. Maju Jaya",
        "W3-001",
        "05/03/20",
        43895,
        "31 Des 2024",
        "berlaku (perpanjangan)",
    ],
    [2, None, "PT Maju Jaya", "W3-002", "5 Maret 2020", None, datetime.datetime(2025, 3, 4), "BERAKHIR – tidak lanjut"],
    [3, None, "1. CV Subur\n2. Dinas Kesehatan Kota Padang", "W3-003", datetime.date(2021, 1, 2), "-", "n/a", None],
    [4, "Rutan Kls. IIB Solok", "Yayasan Harapan; Bank Nagari", "=A9", "Kamis, 5 Maret 2020", None, None, "aktif"],
]  # 4 two forms of date in a column, 5 serials, 6 "PT. X / PT X", 7 remarks, 8 vertical merges, 9 lists, 10 dashes
REJECTED: list[tuple[list[Any], str, str | None]] = [
    ([5, "Lapas Padang", "Entah Siapa", "W3-005", "5/3/2020"], "Nama Mitra Kerja", "Entah Siapa"),
    ([6, "Padang", "PT Satu", "W3-006", "5/3/2020"], "Nama UPT", "Padang"),
    ([7, "Lapas Padang", "PT Satu", "W3-007", "03/25/2020"], "Tgl. TTD", "03/25/2020"),
    ([8, "Lapas Padang", "PT Satu", "W3-008", "=TODAY()"], "Tgl. TTD", "=TODAY()"),
    (
        [9, "Lapas Padang", "PT Satu", "W3-009", "5/3/2020", "1/1/2021", "1/1/2020"],
        "Berakhir",
        "2020-01-01",
    ),
    ([10, "Lapas Padang", "PT Satu", "W3-010", "5/3/2020", None, None, "sedang ditinjau"], "Status", "sedang ditinjau"),
    ([11, "Lapas Padang", None, "W3-011", "5/3/2020"], "Nama Mitra Kerja", None),
    ([None, "JUMLAH", "11"], "Nama UPT", "JUMLAH"),
]  # 11 formulas, 12 a line of totals
NUMBERS_ONLY = [12]  # 13 rows that are numbered and blank
REPEATED = [*UPPER[:5], "Masa Berlaku Mulai", "Masa Berlaku Berakhir", "Status", "Cuaca"]  # 14 the header on a new page


def page(book: Workbook) -> None:
    """The sheet with the agreements."""
    sheet = book.worksheets[0]
    sheet.title = PKS
    rows: list[list[Any]] = [TITLE, [], UPPER, LOWER, NUMBERED, *LOADED, NUMBERS_ONLY, REPEATED]
    for row in [*rows, *(list(row) for row, _, _ in REJECTED)]:
        sheet.append(row)
    for merged in ("A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "B6:B8"):
        sheet.merge_cells(merged)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The messy workbook: beside the agreements (15) notes that are no register, a hidden and an empty sheet."""
    book = Workbook()
    page(book)
    book.create_sheet("Catatan").append(["Hubungi Bu Ani soal PKS nomor 5"])
    book.create_sheet("Lama").append(["Nama UPT", "Mitra", "Tgl. TTD"])
    book["Lama"].sheet_state = "hidden"
    book.create_sheet("Sheet3")
    path = tmp_path_factory.mktemp("messy") / "pks.xlsx"
    book.save(path)
    return path


def read(path: Path, **more: str) -> tuple[RegisterReading, list[Mention | Tie]]:
    """What the workbook says, its kind seen from its headers."""
    reading = read_register(path, None, DOCUMENT, **more)  # type: ignore[arg-type]
    return reading, list(checked(reading.claims))


def agreements(claims: list[Mention | Tie]) -> list[dict[str, object]]:
    """What is said of the agreements themselves."""
    return [dict(each.properties) for each in claims if isinstance(each, Mention) and each.node.label == "Agreement"]


def test_the_messy_workbook_loads_with_exactly_the_rejects_listed(workbook: Path) -> None:
    reading, claims = read(workbook)
    found = [(each.sheet, each.row, each.column, each.value) for each in reading.rejects if isinstance(each, RowReject)]
    assert found == [(PKS, 12 + n, column, value) for n, (_, column, value) in enumerate(REJECTED)]
    assert reading.rows == len(LOADED) + len(REJECTED)
    numbers = [
        dict(each.properties)["number"]
        for each in claims
        if isinstance(each, Mention) and each.node.label == "Agreement"
    ]
    assert numbers == ["W3-001", "W3-002", "W3-003", "=A9"]


def test_every_reject_says_where_and_what_would_be_accepted(workbook: Path) -> None:
    reading, _ = read(workbook)
    for each in reading.rejects:
        assert each.place.startswith(f"pks.xlsx[{PKS}]:")
        for language in LANGUAGES:
            assert each.reason.values["column"] in say(each.reason.key, language, **each.reason.values)


def test_both_dates_the_serial_and_the_merged_unit_are_understood(workbook: Path) -> None:
    _, claims = read(workbook)
    agreements = [
        dict(each.properties) for each in claims if isinstance(each, Mention) and each.node.label == "Agreement"
    ]
    assert [each["signed_on"] for each in agreements[:2]] == [datetime.date(2020, 3, 5)] * 2
    assert agreements[0]["starts_on"] == datetime.date(2020, 3, 5)
    assert [each.get("ends_on") for each in agreements[:3]] == [
        datetime.date(2024, 12, 31),
        datetime.date(2025, 3, 4),
        None,
    ]
    parties = {(each.start.id, each.end.id) for each in claims if isinstance(each, Tie) and each.type == "PARTY_TO"}
    assert {end for start, end in parties if start == "facility:lapas-padang"} == {
        f"agreement:other-w3-00{n}" for n in (1, 2, 3)
    }
    assert {start for start, _ in parties} == {
        *("facility:lapas-padang", "facility:rutan-solok", "company:pt-maju-jaya", "company:cv-subur"),
        *("public-body:dinas-kesehatan-kota-padang", "organization:yayasan-harapan", "company:bank-nagari"),
    }


def test_what_was_read_in_one_of_several_ways_is_told_once_a_column(workbook: Path) -> None:
    reading, _ = read(workbook)
    assert [str(note) for note in reading.notes] == [
        "The sheet Catatan is not loaded: its headers are not recognised.",
        "The sheet Lama is hidden and not loaded.",
        "Columns that are not known, kept as evidence only: Cuaca.",
        "Column Tgl. TTD: 1 dates read with the day first, e.g. 05/03/20 read as 5 March 2020.",
        "Column Mulai: 1 numbers read as a spreadsheet's dates, e.g. 43895 read as 5 March 2020.",
        "Column Nomor PKS: 1 formulas read as text and not computed, e.g. =A9.",
    ]


@pytest.mark.parametrize("name", ["rejects.csv", "rejects.xlsx"])
def test_the_rejected_rows_load_when_they_are_mended(workbook: Path, tmp_path: Path, name: str) -> None:
    reading, _ = read(workbook)
    (path,) = write_rejects(reading, tmp_path / name, "id")
    again, claims = read(path)
    assert (again.rows, len(again.rejects), claims) == (len(REJECTED), len(REJECTED), [])
    assert [each.reason.values for each in again.rejects] == [each.reason.values for each in reading.rejects]
    mend(path)
    mended, _ = read(path)
    assert len(mended.rejects) == len(REJECTED) - 2


def mend(path: Path) -> None:
    """Name the partner that was missing, and write a date with the day first."""
    if path.suffix == ".csv":
        text = path.read_text("utf-8-sig")
        path.write_text(
            text.replace("Entah Siapa,W3", "PT Entah,W3").replace(",03/25/2020,", ",25/03/2020,"), "utf-8-sig"
        )
        return
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.value = {"Entah Siapa": "PT Entah", "03/25/2020": "25/03/2020"}.get(str(cell.value), cell.value)
    book.save(path)


def test_one_sheet_may_be_named(workbook: Path) -> None:
    reading, _ = read(workbook, sheet=PKS)
    assert reading.rows == len(LOADED) + len(REJECTED)
    with pytest.raises(Exception, match="Catatan"):
        read(workbook, sheet="Lembar 9")
