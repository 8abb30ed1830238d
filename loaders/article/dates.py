"""Days in a text: how they are written, which day they mean, and whether anything happened on them."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from loaders.article.lexicon import words

EARLIEST = 2000
"""The first year that two digits or a bare weekday may mean."""


@dataclass(frozen=True, slots=True)
class Written:
    """A day as a text writes it: its offsets and the parts that are stated.

    `use` is `day`, or `bound` for the end of a time, `interview` for the day somebody spoke, `dateline` for the day the
    article was written.
    """

    begin: int
    end: int
    text: str
    weekday: int | None
    day: int
    month: int
    year: int | None
    use: str

    def at(self, year: int) -> datetime.date | None:
        """Return the day in this year, None if the calendar has no such day."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Day:
    """What a written day means: the date, None where open; `sure` is false if the weekday contradicts it."""

    written: Written
    date: datetime.date | None
    sure: bool = True


@cache
def _pattern() -> re.Pattern[str]:
    lists = words("dates")
    weekday = "|".join(sorted(lists["weekdays"], key=len, reverse=True))
    month = "|".join(sorted(lists["months"], key=len, reverse=True))
    numbers = r"(?P<d1>\d{1,2}) ?[/.\-] ?(?P<m1>\d{1,2})(?: ?[/.\-] ?(?P<y1>\d{4}|\d{2}))?"
    named = rf"(?P<d2>\d{{1,2}})(?: ?(?:-|–|s/d|dan) ?\d{{1,2}})? (?P<m2>{month})\b\.?(?:,? (?P<y2>(?:19|20)\d\d)\b)?"
    iso = r"(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    spoken = rf"(?:(?P<w>{weekday})(?: (?:pagi|siang|sore|malam|ini))?(?: ?,)? ?(?:tanggal )?)"
    return re.compile(
        rf"(?<![\w/.]){spoken}?\(?(?:{iso}|{named}|{numbers})\)?(?![\w/]|[.,]\d)",
        re.IGNORECASE,
    )


def written(text: str, begin: int = 0, end: int | None = None) -> list[Written]:
    """Return the days written in `text[begin:end]`: at least day and month, and a sign that it is a date at all."""
    found = []
    for match in _pattern().finditer(text, begin, len(text) if end is None else end):
        day = _read(text, match)
        if day:
            found.append(day)
    return found


def _read(text: str, match: re.Match[str]) -> Written | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value and name != "w"}
    weekday = match["w"]
    named_month = not parts["m"].isdigit()
    if not (weekday or named_month or match[0].startswith("(") or "y" in parts):
        return None
    month = words("dates")["months"][parts["m"].lower()] if named_month else int(parts["m"])
    year = int(parts["y"]) if "y" in parts else None
    if year is not None and year < 100:
        year += EARLIEST
    if not (1 <= month <= 12 and 1 <= int(parts["d"]) <= 31) or (year is not None and not 1900 <= year <= 2200):
        return None
    day = words("dates")["weekdays"][weekday.lower()] if weekday else None
    return Written(
        match.start(), match.end(), match[0].strip(), day, int(parts["d"]), month, year, _use(text, match.start())
    )


_DATELINE = re.compile(r"^[A-Z][\w .,/]{1,30},? \(?$")


def _use(text: str, begin: int) -> str:
    before = text[max(0, begin - 60) : begin]
    if _DATELINE.search(before.rsplit("\n", 1)[-1]) and re.match(r"[^.\n]{6,30}?\)? ?[–—-] ", text[begin : begin + 40]):
        return "dateline"
    if _before("bounds").search(before):
        return "bound"
    return "interview" if _before("interviews").search(before) else "day"


@cache
def _before(which: str) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words("dates")[which], key=len, reverse=True))
    if which == "bounds":
        return re.compile(rf"(?:^|[\s(,])(?:{listed})(?: pada)?(?: hari)?(?: tanggal)?,? ?\(?$", re.IGNORECASE)
    return re.compile(rf"(?:^|[”\"],? ?|, |dalam )(?:{listed})[^.”\"]{{0,45}},? ?\(?$", re.IGNORECASE)


def published_on(days: Iterable[Written], today: datetime.date) -> datetime.date | None:
    """Return the day of an article that states none: its first full date that nothing else explains.

    Without a year, weekday, day and month fix it: the latest year, not after `today`, in which they agree.
    """
    candidates = [day for day in days if day.use != "bound"]
    for day in candidates:
        found = day.at(day.year) if day.year else _latest(day, today)
        if found and found <= today:
            return found
    return None


def _latest(day: Written, today: datetime.date) -> datetime.date | None:
    if day.weekday is None:
        return None
    for year in range(today.year, EARLIEST - 1, -1):
        found = day.at(year)
        if found and found <= today and found.weekday() == day.weekday:
            return found
    return None


def resolve(day: Written, published: datetime.date | None) -> Day:
    """Return the day meant, seen from the article's day.

    A stated year holds; without one it is the year that brings the day next to the article's, a weekday deciding
    between neighbours. Without any year, and for days no calendar has, the date stays open.
    """
    if day.year:
        date = day.at(day.year)
        return Day(day, date, date is not None and day.weekday in (None, date.weekday()))
    if published is None:
        return Day(day, None)
    near = [found for year in (published.year - 1, published.year, published.year + 1) if (found := day.at(year))]
    near.sort(key=lambda found: abs((found - published).days))
    agreeing = [found for found in near if day.weekday in (None, found.weekday())]
    if agreeing and abs((agreeing[0] - published).days) < 300:
        return Day(day, agreeing[0])
    return Day(day, near[0] if near else None, sure=False)
