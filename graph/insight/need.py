"""Gaps by need: every facility's state, those without an active partner ranked by how much they need one.

Need runs from 0 to 100: the mean of three parts between 0 and 1, times 100.

- crowding: people held over places, 2 (twice as many people as places) or more counting as 1;
- size: places (people held where places are not known), 1,000 or more counting as 1;
- waiting: whole months without a partner, 24 or more counting as 1.

A part that is not known counts as one half, so that silence moves a facility neither up nor down. Equal needs are
sorted by id. A facility with an active partner has no need and stands last.
"""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.answer import Answer
from graph.coverage import Fact, Ground, Unit, says, states

CROWDED, LARGE, LONG = 2.0, 1000, 24
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Gap:
    """One facility's state in an area; `months` without partner and `need` are None where not known or not there."""

    unit: Unit
    state: str
    since: datetime.date | None
    months: int | None
    need: float | None


def gaps(ground: Ground, *, as_of: datetime.date, area: str | None = None) -> Answer[Gap]:
    """Return every facility once: those without an active partner in the area by need, then the others by id."""
    found = states(ground, as_of)
    facts = _by_facility(ground.facts, area)
    rows = [_gap(unit, found.get((unit.id, area), "unknown"), facts[unit.id], as_of) for unit in ground.units.values()]
    return ground.answer("gaps", as_of, sorted(rows, key=lambda row: (row.need is None, -(row.need or 0), row.unit.id)))


def _by_facility(facts: Iterable[Fact], area: str | None) -> dict[str, list[Fact]]:
    kept: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        # A check of one area says nothing of the whole; a tie of one area does.
        if fact.area in (None, area) if fact.is_check else area in (None, fact.area):
            kept[fact.facility].append(fact)
    return kept


def _gap(unit: Unit, state: str, facts: list[Fact], as_of: datetime.date) -> Gap:
    if state == "active":
        return Gap(unit, state, None, None, None)
    since = without_partner_since(facts, as_of)
    months = None if since is None else months_between(since, as_of)
    return Gap(unit, state, since, months, need(unit, months))


def without_partner_since(facts: Iterable[Fact], as_of: datetime.date) -> datetime.date | None:
    """Return the day since which these facts, of one facility without an active partner, say that it has none.

    The day after the last partnership ended (the day of the document, where it says that it has ended but not when).
    If there was none: the first of the checks that found none without one finding some since. None if neither is known.
    """
    known = [fact for fact in facts if says(fact, as_of) is not None]
    ended = [day for fact in known if says(fact, as_of) == "lapsed" and (day := _last_day(fact, as_of))]
    if ended:
        return max(ended) + datetime.timedelta(1)
    checks = [fact for fact in known if fact.is_check]
    days = {
        found: [fact.known for fact in checks if fact.known and fact.meanwhile == found] for found in ("none", "some")
    }
    some = max(days["some"], default=datetime.date.min)
    return min((day for day in days["none"] if day > some), default=None)


def _last_day(fact: Fact, as_of: datetime.date) -> datetime.date | None:
    return fact.ends if fact.ends and fact.ends < as_of else fact.known


def need(unit: Unit, months: int | None) -> float:
    """Return a facility's need from 0 to 100, to one decimal, by the formula above."""
    crowding = size = waiting = _HALF
    places = unit.capacity if unit.capacity is not None else unit.occupants
    if unit.capacity and unit.occupants is not None:
        crowding = min(unit.occupants / unit.capacity, CROWDED) / CROWDED
    if places is not None:
        size = min(places, LARGE) / LARGE
    if months is not None:
        waiting = min(months, LONG) / LONG
    return round(100 * (crowding + size + waiting) / 3, 1)


def months_between(first: datetime.date, last: datetime.date) -> int:
    """Return how many whole months lie between two days; 0 if the second is no later."""
    months = 12 * (last.year - first.year) + last.month - first.month
    while months > 0 and add_months(first, months) > last:
        months -= 1
    return max(months, 0)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later (earlier if negative), the month's last day where there is none such."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
