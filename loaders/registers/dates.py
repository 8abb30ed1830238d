"""Days, durations and ranges as spreadsheets write them, in Indonesian and English.

Rules: between two numbers the day comes first, as Indonesia writes; two digits of a year mean 2000 to 2068, then 1969
to 1999; a number from 36526 to 73050 is a spreadsheet's count of days (1 January 2000 to 31 December 2099). A duration
counts its first day: five years from 5 March 2020 end on 4 March 2025.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from graph.names import fold

EARLIEST, LATEST = 1900, 2100
_LONGEST = 60
_SERIALS = range(36526, 73051)
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt agust aug ags",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday mon",
            "selasa tuesday tue",
            "rabu wednesday wed",
            "kamis thursday thu",
            "jumat friday fri",
            "sabtu saturday sat",
            "minggu ahad sunday sun",
        )
    )
    for name in names.split()
}
_NUMERIC = re.compile(r"(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_CLOCK = re.compile(
    r"[T ,]\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d|wib|wita|wit|am|pm)?$", re.IGNORECASE
)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4}|\d{2})", re.ASCII)
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})", re.ASCII)
_PARTIAL = re.compile(
    r"(?:(?P<word>[a-z]+) )?(?P<year>\d{4})|(?P<y>\d{4}) (?P<m>\d{1,2})|(?P<m2>\d{1,2}) (?P<y2>\d{4})",
    re.ASCII,
)
_UNITS = {"years": "tahun thn th year years yr yrs", "months": "bulan bln month months", "weeks": "minggu week weeks"}
_UNITS |= {"days": "hari day days"}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_COUNTS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "sepuluh": 10, "one": 1, "two": 2}
_COUNTS |= {"three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "setahun": 1, "sebulan": 1}
_UNTIL = re.compile(
    r"\s(?:s\s*[./]\s*d\.?|s\s*/\s*d|sd|sampai(?:\s+dengan)?|hingga|until|till|through|to|-|–|—)\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date, and how it was read where that is not the only way: `day_first` or `serial`."""

    date: datetime.date
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; a month is one on the calendar."""

    months: int = 0
    days: int = 0

    def last_day(self, first: datetime.date) -> datetime.date | None:
        """Return the last day of this duration from its first day on, None beyond the calendar of registers."""
        year, month = divmod(first.year * 12 + first.month - 1 + self.months, 12)
        if not EARLIEST <= year <= LATEST:
            return None
        longest = calendar.monthrange(year, month + 1)[1]
        moved = datetime.date(year, month + 1, min(first.day, longest))
        # 31 January and a month: the first day after it would be 31 February, so its last day is the 28th itself.
        back = 0 if first.day > longest else 1
        last = moved + datetime.timedelta(days=self.days - back)
        return last if last.year <= LATEST else None


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another."""

    starts: Day
    ends: Day


def read_day(cell: object) -> Day | None:
    """Return the day that a cell means, None if it means none."""
    if isinstance(cell, datetime.datetime):
        return _within(cell.date())
    if isinstance(cell, datetime.date):
        return _within(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    return _written(cell.strip()) if isinstance(cell, str) and len(cell) <= _LONGEST else None


def is_partial(text: str) -> bool:
    """Whether the text is a year, or a month of a year, and no day."""
    found = _PARTIAL.fullmatch(fold(text)) if len(text) <= 40 else None
    if not found or not EARLIEST <= int(found["year"] or found["y"] or found["y2"]) <= LATEST:
        return False
    month = found["m"] or found["m2"]
    return 1 <= int(month) <= 12 if month else found["word"] is None or found["word"] in (*_MONTHS, "tahun", "year")


def _serial(number: float) -> Day | None:
    if number == number and abs(number) < 1e6 and int(number) in _SERIALS:  # NaN equals nothing, not even itself
        return Day(_SERIAL_ZERO + datetime.timedelta(days=int(number)), "serial")
    return None


def _within(date: datetime.date) -> Day | None:
    return Day(date) if EARLIEST <= date.year <= LATEST else None


@lru_cache(maxsize=20_000)
def _written(text: str) -> Day | None:
    text = _CLOCK.sub("", text) or text
    if re.fullmatch(r"[1-9][0-9]{4}(?:\.0+)?", text):
        return _serial(float(text))
    if found := _ISO.fullmatch(text):
        return _day(int(found[4]), int(found[3]), found[1])
    rest, weekday = _without_weekday(text)
    day = _numeric(rest) or _in_words(fold(rest))
    return day if day and weekday in (None, day.date.weekday()) else None


def _without_weekday(text: str) -> tuple[str, int | None]:
    first, blank, rest = text.replace(",", " ").strip().partition(" ")
    weekday = _WEEKDAYS.get(fold(first)) if blank else None
    return (text, None) if weekday is None else (rest.strip(), weekday)


def _numeric(text: str) -> Day | None:
    found = _NUMERIC.fullmatch(text.strip("() "))
    if not found:
        return None
    day, month = int(found[1]), int(found[3])
    return _day(day, month, found[4], "day_first" if day <= 12 and day != month else None)


def _in_words(text: str) -> Day | None:
    text = text.removeprefix("tanggal ").removeprefix("tgl ")
    if found := _DAY_MONTH.fullmatch(re.sub(r"(?<=\d)(?=(?!st|nd|rd|th)[a-z])|(?<=[a-z]{3})(?=\d)", " ", text)):
        return _day(int(found[1]), _MONTHS.get(found[2], 0), found[3])
    if found := _MONTH_DAY.fullmatch(text):
        return _day(int(found[2]), _MONTHS.get(found[1], 0), found[3])
    return None


def _day(day: int, month: int, year: str, how: str | None = None) -> Day | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 68 else 1900)
    try:
        date = datetime.date(full, month, day)
    except ValueError:
        return None
    return Day(date, how) if _within(date) else None


@lru_cache(maxsize=20_000)
def read_duration(text: str) -> Duration | None:
    """Return the duration that a text states: "5 tahun", "18 bulan", "1 (satu) tahun 6 bulan", "two years"."""
    plain = re.sub(r"\([^()]*\)", " ", text) if len(text) <= 80 else ""
    words = (
        re.sub(r"(?<=\d)(?=[a-z])", " ", fold(plain)).replace("setahun", "satu tahun").replace("sebulan", "satu bulan")
    )
    months = days = end = 0
    for found in re.finditer(r"(?:^|(?<= ))(\w+) ([a-z]+)(?: dan| and)?(?: |$)", words):
        count, unit = _count(found[1]), _UNIT_OF.get(found[2])
        if count is None or unit is None or found.start() != end:
            return None
        end = found.end()
        months += count * {"years": 12, "months": 1}.get(unit, 0)
        days += count * {"weeks": 7, "days": 1}.get(unit, 0)
    complete = words and end == len(words) and 0 < months * 31 + days < 100 * 366
    return Duration(months, days) if complete else None


def _count(word: str) -> int | None:
    return int(word) if re.fullmatch(r"[0-9]{1,4}", word) else _COUNTS.get(word)


def read_period(text: str) -> Period | None:
    """Return the range that a text states: "1 Jan 2020 s.d. 31 Des 2024"; None unless it ends after it begins."""
    if len(text) > 120:
        return None
    for found in _UNTIL.finditer(f" {text} "):
        padded = f" {text} "
        starts, ends = read_day(padded[: found.start()]), read_day(padded[found.end() :])
        if starts and ends and starts.date <= ends.date:
            return Period(starts, ends)
    return None
