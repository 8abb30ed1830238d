"""The matrix: every facility, or every province, by area."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.answer import Answer
from graph.coverage import Ground, Unit, states, tally
from graph.schema import schema


def areas() -> tuple[str | None, ...]:
    """Return the columns of a matrix: None for partnership in any area, then the areas of the schema."""
    return (None, *schema().vocabularies["area"])


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """One facility's state in each area."""

    unit: Unit
    states: Mapping[str | None, str]


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """How many facilities of a province are in each state, by area; every count adds up to `facilities`."""

    province: str | None
    name: str | None
    facilities: int
    counts: Mapping[str | None, Mapping[str, int]]


def by_facility(ground: Ground, *, as_of: datetime.date) -> Answer[FacilityRow]:
    """Return every facility with its state in every area, sorted by id."""
    found = states(ground, as_of)
    rows = [
        FacilityRow(unit, {area: found.get((unit.id, area), "unknown") for area in areas()})
        for unit in ground.units.values()
    ]
    return ground.answer("matrix-facilities", as_of, rows)


def by_province(ground: Ground, *, as_of: datetime.date) -> Answer[ProvinceRow]:
    """Return every province that has facilities, with the counts of states in every area, sorted by name.

    Facilities of which no province is known come last, under None.
    """
    found = states(ground, as_of)
    members: dict[tuple[str | None, str | None], list[Unit]] = defaultdict(list)
    for unit in ground.units.values():
        members[unit.province, unit.province_name].append(unit)
    rows = [
        ProvinceRow(code, name, len(units), {area: _count(found, units, area) for area in areas()})
        for (code, name), units in members.items()
    ]
    return ground.answer("matrix-provinces", as_of, sorted(rows, key=lambda row: (row.name is None, row.name or "")))


def _count(found: Mapping[tuple[str, str | None], str], units: list[Unit], area: str | None) -> dict[str, int]:
    return tally(found.get((unit.id, area), "unknown") for unit in units)
