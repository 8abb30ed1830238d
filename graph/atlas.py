"""The atlas: coverage by province on a tile grid, on a day or some months later if nothing is renewed."""

import csv
import datetime
import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph import settings
from graph.answer import Answer
from graph.coverage import Coverage, Ground, Unit, rows_in, states, tally
from graph.geography import Point
from graph.insight.need import add_months
from graph.insight.suggestions import sites
from graph.schema import schema
from graph.store import Store

AREAS = "areas"
"""The measure that counts areas with a partner; the other measures are the states of coverage."""

BOUNDS = (0.0, 0.1, 0.25, 0.5, 0.75)
"""The lower bounds of the classes of colour: nothing at all, then more than each of these."""


def classes() -> list[str]:
    """Return the classes of colour in words, from none to the largest share."""
    bounds = [round(100 * each) for each in (*BOUNDS, 1.0)]
    return ["0%", f"≤{bounds[1]}%", *(f"{low}–{high}%" for low, high in itertools.pairwise(bounds[1:]))]


@dataclass(frozen=True, slots=True)
class Tile:
    """A province's place on the tile grid, counted from the north-west, and its short name."""

    iso: str
    short: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many, `known` unless nothing is known of any of them, and the class of colour of that share."""

    count: int
    of: int
    known: bool = True

    @property
    def level(self) -> int | None:
        """The class of colour: None of nothing or where nothing is known, 0 for none, up to 5."""
        if not self.of or not self.known:
            return None
        return 0 if not self.count else sum(self.count / self.of > bound for bound in BOUNDS)

    @property
    def percent(self) -> str:
        """The share in whole per cent; "–" of nothing, "?" where nothing is known.

        What is neither none nor all never reads as 0 or 100.
        """
        if not self.of or not self.known:
            return "?" if self.of else "–"
        rounded = round(100 * self.count / self.of)
        if self.count and not rounded:
            return "<1%"
        return ">99%" if self.count < self.of and rounded == 100 else f"{rounded}%"


@dataclass(frozen=True, slots=True)
class Province:
    """A province's units by state, and in how many areas at least one of them has a partner."""

    iso: str | None
    name: str | None
    units: int
    counts: Mapping[str, int]
    areas: int

    def measured(self, measure: str) -> Part:
        """Return how many of its units are in a state, or in how many of all areas it has a partner."""
        known = measure == "unknown" or self.counts["unknown"] < self.units
        if measure == AREAS:
            return Part(self.areas, len(schema().vocabularies["area"]), known)
        return Part(self.counts[measure], self.units, known)


@cache
def tiles() -> tuple[Tile, ...]:
    """Return the grid of the 38 provinces, drawn by hand: neighbours lie side by side where a grid allows."""
    with (settings.DATA / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(row["iso"], row["short"], int(row["row"]), int(row["column"])) for row in csv.DictReader(file)
        )


def states_in(ground: Ground, as_of: datetime.date, months: int = 0) -> dict[tuple[str, str | None], str]:
    """Return the states so many months after the day if nothing is renewed, as documents up to the day tell it."""
    return states(ground, add_months(as_of, months), known_by=as_of if months else None)


def by_province(ground: Ground, *, as_of: datetime.date, area: str | None = None, months: int = 0) -> Answer[Province]:
    """Return a row for each province that has units, in an area or in any; units of no known province under None."""
    found = states_in(ground, as_of, months)
    members: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in ground.units.values():
        members[unit.province].append(unit)
    rows = [
        Province(
            code,
            units[0].province_name,
            len(units),
            tally(found.get((unit.id, area), "unknown") for unit in units),
            sum(
                any(found.get((unit.id, each)) == "active" for unit in units) for each in schema().vocabularies["area"]
            ),
        )
        for code, units in members.items()
    ]
    return ground.answer("map", as_of, sorted(rows, key=lambda row: (row.iso is None, row.iso or "")))


def coverage_in(ground: Ground, *, as_of: datetime.date, area: str | None = None, months: int = 0) -> list[Coverage]:
    """Return the state of every unit so many months after the day if nothing is renewed, one row each, sorted by id."""
    return rows_in(ground, states_in(ground, as_of, months), area)


def nation(rows: list[Province]) -> Part:
    """Return how many of all units have a partner."""
    units = sum(row.units for row in rows)
    return Part(sum(row.counts["active"] for row in rows), units, sum(row.counts["unknown"] for row in rows) < units)


@dataclass(frozen=True, slots=True)
class Group:
    """So many units of one state at one place."""

    at: Point
    state: str
    count: int
    province: str | None


def grouped(rows: list[Coverage], known: Mapping[str, Point]) -> list[Group]:
    """Return the units whose place is known by place and state, the largest groups first; `count` adds up to them."""
    found: dict[tuple[Point, str], list[Coverage]] = defaultdict(list)
    for row in rows:
        if row.facility_id in known:
            found[known[row.facility_id], row.state].append(row)
    made = [Group(at, state, len(units), units[0].province) for (at, state), units in found.items()]
    return sorted(made, key=lambda group: (-group.count, group.at, group.state))


def positions(store: Store) -> dict[str, Point]:
    """Return where every facility lies whose place is known, longitude before latitude; often the regency's point."""
    return {
        id_: (site.longitude, site.latitude)
        for id_, site in sites(store).items()
        if site.longitude is not None and site.latitude is not None
    }
