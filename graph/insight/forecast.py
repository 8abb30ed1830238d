"""The forecast: coverage in some months if nothing that ends is renewed and nobody says anything new."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.answer import Answer
from graph.coverage import Ground, Unit, states, tally
from graph.insight.need import add_months

HORIZONS = (6, 12, 24)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A facility that has a partner today and will have none; `states` by months from now, `until` the last day."""

    unit: Unit
    states: Mapping[int, str]
    until: datetime.date


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many facilities are in each state after so many months (0: today), and whose partnership ends meanwhile."""

    counts: Mapping[int, Mapping[str, int]]
    falling: Sequence[Outlook]


def forecast(
    ground: Ground, *, as_of: datetime.date, area: str | None = None, horizons: Sequence[int] = HORIZONS
) -> Answer[Forecast]:
    """Return one row: coverage in an area today and after so many months, as far as documents up to today say.

    An agreement that is signed already and begins meanwhile counts from its day; one only planned stays planned.
    """
    months = (0, *sorted(set(horizons) - {0}))
    days = {each: add_months(as_of, each) for each in months}
    found = {each: states(ground, day, known_by=as_of) for each, day in days.items()}
    at = {id_: {each: found[each].get((id_, area), "unknown") for each in months} for id_ in ground.units}
    counts = {each: tally(one[each] for one in at.values()) for each in months}
    falling = [
        Outlook(ground.units[id_], one, _last_day(ground, id_, area, as_of))
        for id_, one in at.items()
        if one[0] == "active" and any(state != "active" for state in one.values())
    ]
    falling.sort(key=lambda row: (row.until, row.unit.id))
    return ground.answer("forecast", as_of, [Forecast(counts, falling)])


def _last_day(ground: Ground, facility: str, area: str | None, as_of: datetime.date) -> datetime.date:
    """Return the last day from `as_of` on without a break on which the facility has an active partner."""
    own = Ground(
        {facility: ground.units[facility]}, tuple(fact for fact in ground.facts if fact.facility == facility), ""
    )
    for day in sorted({fact.ends for fact in own.facts if fact.ends and fact.ends >= as_of}):
        after = states(own, day + datetime.timedelta(1), known_by=as_of)
        if after.get((facility, area)) != "active":
            return day
    raise AssertionError(f"{facility} has a partner that never ends")
