"""Cells: what a date, a number, a duration, a list or a term means, and what is refused rather than guessed."""

import csv
import datetime
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.schema import Name, schema
from graph.words import LANGUAGES
from loaders.registers.dates import Duration, is_partial, read_day, read_duration, read_period
from loaders.registers.formulas import neutral, plain
from loaders.registers.kinds import Column
from loaders.registers.mapping import header_key, headers_of
from loaders.registers.values import items, number, read, spelt, term, terms

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
RECENT = st.dates(datetime.date(2000, 1, 1), datetime.date(2068, 12, 31))
FIFTH = datetime.date(2020, 3, 5)


def meaning(cell: object) -> datetime.date | None:
    """The date that a cell means."""
    day = read_day(cell)
    return day.date if day else None


@pytest.mark.parametrize(
    "cell",
    [
        "5 Maret 2020",
        "05 MARET 2020",
        "5 Mar 2020",
        "5-Mar-20",
        "5-Mar-2020",
        "5Maret2020",
        "Kamis, 5 Maret 2020",
        "Kamis 05/03/2020",
        "tanggal 5 Maret 2020",
        "March 5, 2020",
        "5th March 2020",
        "05/03/20",
        "5-3-2020",
        "5.3.2020",
        "05 03 2020",
        "2020-03-05",
        "2020/03/05",
        "2020-03-05T00:00:00",
        "2020-03-05 14:30",
        "05/03/2020 14.30 WIB",
        "43895",
        43895,
        43895.75,
        FIFTH,
        datetime.datetime(2020, 3, 5, 14, 30),
    ],
)
def test_one_day_is_written_in_many_ways(cell: object) -> None:
    assert meaning(cell) == FIFTH


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x",
        "03/25/2020",
        "31/04/2020",
        "30 Februari 2020",
        "Rabu, 5 Maret 2020",
        "5 Mart 2020",
        "2020",
        "Maret 2020",
        "12345",
        "99999",
        5,
        -1,
        1e300,
        float("nan"),
        True,
        "5/3",
        "5/3/020",
        "0/0/0",
        "5/3-2020",
        "٥/٣/٢٠٢٠",
        None,
        datetime.date(1800, 1, 1),
        "5 Maret 1020",
        "=TODAY()",
        datetime.time(9),
        "5 Maret 2020 dan 6 Maret 2020",
    ],
)
def test_what_is_no_day_of_a_register_means_none(cell: object) -> None:
    assert meaning(cell) is None


@given(DAYS)
def test_every_day_is_read_back_however_it_is_written(day: datetime.date) -> None:
    written = [day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", day]
    written += [spelt(day, language) for language in LANGUAGES]
    assert [meaning(each) for each in written] == [day] * len(written)


@given(RECENT)
def test_two_digits_of_a_year_mean_2000_to_2068(day: datetime.date) -> None:
    assert meaning(f"{day:%d/%m/%y}") == day


@given(st.dates(datetime.date(1969, 1, 1), datetime.date(1999, 12, 31)))
def test_two_digits_from_69_on_mean_the_last_century(day: datetime.date) -> None:
    assert meaning(f"{day:%d/%m/%y}") == day


@given(DAYS)
def test_a_date_that_could_be_read_month_first_says_how_it_was_read(day: datetime.date) -> None:
    read_as = read_day(f"{day:%d/%m/%Y}")
    assert read_as is not None
    assert (read_as.how == "day_first") == (day.day <= 12 and day.day != day.month)
    value, note = read(DATE, "Tanggal", f"{day:%d/%m/%Y}")
    assert (value, note is not None) == (day, read_as.how is not None)
    if note:
        spoken: Any = dict(note.values)["date"]
        assert [spoken.in_(language) for language in LANGUAGES] == [spelt(day, language) for language in LANGUAGES]


@given(st.text(max_size=30) | st.integers() | st.floats() | st.booleans())
def test_any_cell_is_a_day_in_range_or_none(cell: object) -> None:
    found = meaning(cell)
    assert found is None or 1900 <= found.year <= 2100


@pytest.mark.parametrize("text", ["2020", "Maret 2020", "mar 2020", "2018-07", "07/2018", "tahun 2019"])
def test_a_month_or_a_year_is_partial(text: str) -> None:
    assert is_partial(text)


@pytest.mark.parametrize("text", ["", "x 2020", "13/2018", "2018-13", "kemarin", "5 Maret 2020", "20", "3020"])
def test_other_words_are_not_partial(text: str) -> None:
    assert not is_partial(text)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5 tahun", Duration(60)),
        ("5 (lima) tahun", Duration(60)),
        ("lima tahun", Duration(60)),
        ("18 bulan", Duration(18)),
        ("18bln", Duration(18)),
        ("1 tahun 6 bulan", Duration(18)),
        ("1 tahun dan 6 bulan", Duration(18)),
        ("2 Years", Duration(24)),
        ("90 hari", Duration(0, 90)),
        ("2 minggu", Duration(0, 14)),
        ("setahun", Duration(12)),
    ],
)
def test_a_duration_is_read_in_both_languages(text: str, duration: Duration) -> None:
    assert read_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", "5", "tahun", "lama", "5 abad", "0 tahun", "5 tahun atau lebih", "9999 tahun", "x" * 200]
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("first", "text", "last"),
    [
        ("2020-03-05", "5 tahun", "2025-03-04"),
        ("2020-01-01", "1 tahun", "2020-12-31"),
        ("2020-01-01", "18 bulan", "2021-06-30"),
        ("2020-01-01", "1 hari", "2020-01-01"),
        ("2020-01-31", "1 bulan", "2020-02-29"),
        ("2020-02-29", "1 tahun", "2021-02-28"),
    ],
)
def test_a_duration_counts_its_first_day(first: str, text: str, last: str) -> None:
    duration = read_duration(text)
    assert duration
    assert duration.last_day(datetime.date.fromisoformat(first)) == datetime.date.fromisoformat(last)


@given(RECENT, st.integers(1, 120), st.integers(0, 60))
def test_a_longer_duration_never_ends_earlier(first: datetime.date, months: int, days: int) -> None:
    last = Duration(months, days).last_day(first)
    longer = Duration(months + 1, days).last_day(first)
    assert last is None or last >= first + datetime.timedelta(days=27)
    assert last is None or longer is None or longer > last


@pytest.mark.parametrize(
    "text",
    [
        "1 Jan 2020 s.d. 31 Des 2024",
        "1 Januari 2020 s/d 31 Desember 2024",
        "01/01/2020 - 31/12/2024",
        "2020-01-01 sampai dengan 2024-12-31",
        "1 January 2020 to 31 December 2024",
        "1 Jan 2020 – 31 Des 2024",
    ],
)
def test_a_range_has_two_days(text: str) -> None:
    period = read_period(text)
    assert period
    assert (period.starts.date.isoformat(), period.ends.date.isoformat()) == ("2020-01-01", "2024-12-31")


@pytest.mark.parametrize("text", ["", "2020 - 2024", "31 Des 2024 s.d. 1 Jan 2020", "1 Jan 2020", "x s.d. y"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", 1.234),
        ("0,9", 0.9),
        ("-0.77", -0.77),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1e3", 1000),
        ("4.0", 4),
        (7, 7),
        (1.5, 1.5),
    ],
)
def test_a_number_has_dots_and_commas_of_either_language(text: str | float, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1.234", 1234), ("1,234", 1234), ("458", 458), ("458,0", 458), ("4.5", 4.5)]
)
def test_before_three_digits_a_mark_in_a_whole_number_groups(text: str, value: float) -> None:
    assert number(text, whole=True) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "1,2,3", "12.34.567", "1..2", "nan", "inf", "--1", "1 2", "０", "0x10", True]
)
def test_what_is_no_number_is_none(text: str | float) -> None:
    assert number(text) is None


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_is_read_back_in_either_grouping(value: int) -> None:
    english = f"{value:,}"
    assert number(english, whole=True) == number(english.replace(",", "."), whole=True) == number(value) == value


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_with_two_places_is_read_back_in_either_language(value: Any) -> None:
    english = f"{value:,}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    assert number(english) == number(indonesian) == float(value)


MEMBERS = st.lists(st.text("abcXYZ éñ./&", min_size=1, max_size=8).map(str.strip).filter(bool), unique=True, max_size=6)


@given(MEMBERS, st.sampled_from([";", "; ", "\n", "\r\n", " ;\n"]))
def test_a_list_is_read_back_from_semicolons_and_line_breaks(members: list[str], between: str) -> None:
    assert items(between.join(members)) == members


@pytest.mark.parametrize(
    ("text", "commas", "members"),
    [
        ("PT A, B dan C; CV D", False, ["PT A, B dan C", "CV D"]),
        ("Lapas A, Rutan B", True, ["Lapas A", "Rutan B"]),
        ("1. PT A\n2. PT B", False, ["PT A", "PT B"]),
        ("- PT A\n• PT B\n-", False, ["PT A", "PT B"]),
        ("PT A; PT A", False, ["PT A"]),
        (" ; ;", False, []),
    ],
)
def test_a_list_has_commas_only_where_its_column_says_so(text: str, commas: bool, members: list[str]) -> None:
    assert items(text, commas) == members


BOTH = Name(id="x", en="x")
DATE = Column(type="date", name=BOTH, says=BOTH)
FLAG = Column(type="flag", name=BOTH, says=BOTH)
STATUS = Column(type="term", vocabulary="agreement_status", remark=True, name=BOTH, says=BOTH)


@pytest.mark.parametrize(
    ("text", "value"),
    [("ya", True), ("YES", True), ("1", True), ("✓", True), (True, True), ("tidak", False), ("No", False), (0, False)],
)
def test_yes_and_no_are_read_in_both_languages(text: Any, value: bool) -> None:
    assert read(FLAG, "x", text).value is value


@pytest.mark.parametrize("vocabulary", schema().vocabularies)
def test_every_term_is_read_by_its_code_and_its_names_in_both_languages(vocabulary: str) -> None:
    for code, name in schema().vocabularies[vocabulary].items():
        for written in (code, name.id, name.en, name.id.upper(), f" {name.en} "):
            assert term(vocabulary, written) == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("berlaku (perpanjangan)", "in_force"),
        ("Berlaku s.d. 2024", "in_force"),
        ("Tidak berlaku lagi", "ended"),
        ("BERAKHIR – tidak diperpanjang", "ended"),
        ("akan ditandatangani bulan depan", "planned"),
        ("expired", "ended"),
    ],
)
def test_a_remark_may_follow_a_status(text: str, value: str) -> None:
    assert read(STATUS, "Status", text).value == value


def test_a_status_that_begins_with_no_term_is_refused_with_what_is_accepted() -> None:
    with pytest.raises(BadInput) as caught:
        read(STATUS, "Status", "sedang ditinjau")
    accepted = caught.value.values["known"]
    assert "Berlaku" in accepted.in_("id")
    assert "In force" in accepted.in_("en")


def test_a_remark_is_allowed_only_where_its_column_says_so() -> None:
    assert all(
        term(vocabulary, f"{written} zzz") is None
        for vocabulary in ("area", "event_kind")
        for written in terms(vocabulary)
    )


@given(st.text(max_size=20) | st.text("'=+-@\t\r1a", max_size=6))
def test_text_that_a_spreadsheet_would_run_is_neutral_and_reads_back(text: str) -> None:
    safe = neutral(text)
    assert plain(safe) == (text if safe != text else plain(text))
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or safe.strip("+-0123456789.,") == ""
    cells = io.StringIO()
    csv.writer(cells).writerow([safe])
    assert safe == text or plain(safe) == text


@pytest.mark.parametrize(
    "header",
    [
        "Tgl. Mulai",
        "Tanggal mulai",
        "TANGGAL  MULAI*",
        "start date",
        "Starts on",
        "starts_on",
        "Tgl Mulai (dd/mm/yyyy)",
    ],
)
def test_a_header_is_recognised_in_both_languages_and_by_its_variants(header: str) -> None:
    assert headers_of("agreements")[header_key(header)] == "starts_on"
