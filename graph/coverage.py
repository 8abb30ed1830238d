"""Coverage: which facility has a partner, in which area, on which day, by the one definition that stands here.

What counts as partnership stands in `queries/coverage-facts.cypher`, without a day; `says` and `states` say what those
facts come to on a day. Everything else about coverage asks them.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from graph.answer import Answer
from graph.catalog import find_query
from graph.errors import BadInput
from graph.names import fold, normal
from graph.schema import schema
from graph.status import data_version, writes
from graph.store import Store

QUERY = "coverage-facts"
REGISTER = "facility-register"
_STATES = ("active", "lapsed", "planned")
_TRIES = 3
_Row = TypeVar("_Row")
Cell = tuple[str, str | None]
"""A facility's id and an area; None stands for partnership in any area."""


class Unit(NamedTuple):
    """A facility as the register has it; `province` is an ISO 3166-2 code."""

    id: str
    name: str
    kind: str | None
    capacity: int | None
    occupants: int | None
    province: str | None
    province_name: str | None


class Fact(NamedTuple):
    """One thing that a document says about a facility's partnership, or a check; the query's header explains it."""

    facility: str
    area: str | None
    partner: str | None
    through: str | None
    known: datetime.date | None
    begins: datetime.date | None
    ends: datetime.date | None
    meanwhile: str
    source: str

    @property
    def is_check(self) -> bool:
        """Whether somebody looked, rather than that a partner is named."""
        return self.partner is None


@dataclass(frozen=True, slots=True)
class Ground:
    """What all answers about coverage rest on: the register, the facts, and the version of the data."""

    units: Mapping[str, Unit]
    facts: tuple[Fact, ...]
    version: str

    def answer(self, name: str, as_of: datetime.date, rows: list[_Row]) -> Answer[_Row]:
        """Return rows as an answer that was made from these facts by the insight of this name."""
        return Answer(f"{QUERY}/{name}", as_of, self.version, rows)

    def of(self, *, province: str | None = None, kind: str | None = None) -> "Ground":
        """Return the ground of the facilities of a province (by code) and a kind; None takes them all."""
        units = {
            unit.id: unit
            for unit in self.units.values()
            if province in (None, unit.province) and kind in (None, unit.kind)
        }
        return replace(self, units=units, facts=tuple(fact for fact in self.facts if fact.facility in units))

    def only(self, facility: str) -> "Ground":
        """Return the ground of one facility, by id; of none, if there is no such one."""
        units = {id_: self.units[id_] for id_ in (facility,) if id_ in self.units}
        return replace(self, units=units, facts=tuple(fact for fact in self.facts if fact.facility == facility))


@dataclass(frozen=True, slots=True)
class Coverage:
    """One facility's state on a day; `state` is a `coverage_state` of the schema, `province` an ISO 3166-2 code."""

    facility_id: str
    name: str
    kind: str | None
    province: str | None
    province_name: str | None
    state: str


def read_ground(store: Store, *, synthetic: bool = False) -> Ground:
    """Return the register and the facts as they stand in the store; `synthetic` takes invented ones too.

    If somebody writes meanwhile, it is read again, so that register, facts and version belong together.
    """
    for _ in range(_TRIES):
        before = writes(store)
        units = sorted(Unit(*row) for row in find_query(REGISTER).compact(store, synthetic=synthetic))
        known = {unit.id: unit for unit in units}
        rows = find_query(QUERY).compact(store, synthetic=synthetic)
        ground = Ground(known, tuple(_fact(row) for row in rows if row[0] in known), data_version(store))
        if writes(store) == before:
            break
    return ground


def _fact(row: tuple[Any, ...]) -> Fact:
    facility, area, partner, through, known, begins, ends, meanwhile, source = row
    return Fact(facility, area, partner, through, _day(known), _day(begins), _day(ends), meanwhile, source)


@lru_cache(maxsize=20_000)  # few days, many facts
def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def says(fact: Fact, day: datetime.date, known_by: datetime.date | None = None) -> str | None:
    """Return what a fact says on a day: active, lapsed, planned, unknown, none or some; None if it says nothing yet.

    `known_by` is the day up to which documents count, if another is meant: for a forecast, today.
    """
    if fact.known and fact.known > (known_by or day):
        return None
    if fact.begins and fact.begins > day:
        return "planned"
    if fact.ends and fact.ends < day:
        return "lapsed"
    return fact.meanwhile


def states(
    ground: Ground,
    day: datetime.date,
    *,
    known_by: datetime.date | None = None,
) -> dict[Cell, str]:
    """Return the state of every facility and area, and of every facility in any area, where it is not unknown.

    What is left out is unknown.
    """
    ranks: dict[Cell, int] = {}
    checks: dict[Cell, tuple[datetime.date, bool]] = {}
    for fact in ground.facts:
        said = says(fact, day, known_by)
        if fact.is_check:
            _look(checks, fact, said)
        elif said in _STATES:
            rank = _STATES.index(said)
            for cell in {(fact.facility, fact.area), (fact.facility, None)}:
                ranks[cell] = min(rank, ranks.get(cell, rank))
    found = dict.fromkeys(_searched_in_vain(checks), "none")
    found.update((cell, _STATES[rank]) for cell, rank in ranks.items())
    return found


def _look(checks: dict[Cell, tuple[datetime.date, bool]], check: Fact, said: str | None) -> None:
    """Keep the latest check of each kind; on one day, a check that found something outweighs one that did not."""
    if said is None or check.known is None:
        return
    cell, seen = (check.facility, check.area), (check.known, said == "some")
    if checks.get(cell, seen) <= seen:
        checks[cell] = seen


def _searched_in_vain(checks: Mapping[Cell, tuple[datetime.date, bool]]) -> Iterator[Cell]:
    """Yield the cells of which the latest check found none; a check without an area holds for all of the facility's."""
    areas = tuple(schema().vocabularies["area"])
    for (facility, area), seen in checks.items():
        if seen[1]:
            continue
        if area is None:
            yield facility, None
            yield from ((facility, each) for each in areas if checks.get((facility, each), seen) <= seen)
        elif checks.get((facility, None), seen) <= seen:
            yield facility, area


def coverage(
    store: Store,
    *,
    province: str | None = None,
    kind: str | None = None,
    area: str | None = None,
    as_of: datetime.date | None = None,
    synthetic: bool = False,
) -> list[Coverage]:
    """Return the state of every facility (of a province, of a kind), one row each, sorted by id.

    `province` is an ISO code or a name, `area` limits what counts as partnership, `as_of` defaults to today,
    `synthetic` counts invented facilities and ties too. Raises BadInput for a province, kind or area that there is not.
    """
    ground = narrowed(store, province=province, kind=kind, area=area, synthetic=synthetic)
    return rows_of(ground, area=area, as_of=as_of or datetime.date.today())


def rows_of(ground: Ground, *, as_of: datetime.date, area: str | None = None) -> list[Coverage]:
    """Return the state of every facility of a ground that was read before, one row each, sorted by id."""
    return rows_in(ground, states(ground, as_of), area)


def rows_in(ground: Ground, found: Mapping[Cell, str], area: str | None) -> list[Coverage]:
    """Return the state of every facility of a ground where the states were found before, one row each, sorted by id."""
    return [
        Coverage(
            unit.id, unit.name, unit.kind, unit.province, unit.province_name, found.get((unit.id, area), "unknown")
        )
        for unit in ground.units.values()
    ]


def narrowed(
    store: Store,
    *,
    province: str | None = None,
    kind: str | None = None,
    area: str | None = None,
    synthetic: bool = False,
) -> Ground:
    """Return the ground of a province (code or name) and kind; raise BadInput for a province, kind or area unknown."""
    code = province_code(store, province) if province else None
    for vocabulary, value in (("facility_kind", kind), ("area", area)):
        if value and value not in schema().vocabularies[vocabulary]:
            raise BadInput("coverage.not_a_term", value=value, known=", ".join(schema().vocabularies[vocabulary]))
    return read_ground(store, synthetic=synthetic).of(province=code, kind=kind)


def tally(found: Iterable[str]) -> dict[str, int]:
    """Return how many there are of each state, every state named, in the order in which they are tried."""
    counted = Counter(found)
    return {state: counted[state] for state in schema().vocabularies["coverage_state"]}


def counts(rows: Iterable[Coverage]) -> dict[str, int]:
    """Return how many facilities are in each state, every state named, in the order in which they are tried."""
    return tally(row.state for row in rows)


def provinces(store: Store) -> dict[str, str]:
    """Return the provinces in the graph, name by ISO code, sorted by name."""
    rows = store.read("MATCH (p:Place {kind: 'province'}) RETURN p.iso AS iso, p.name AS name")
    return {row["iso"]: row["name"] for row in sorted(rows, key=lambda row: str(row["name"])) if row["iso"]}


def province_code(store: Store, province: str) -> str:
    """Return the ISO code of a province given by code or name; raise BadInput if there is none such."""
    for code, name in provinces(store).items():
        if fold(province) in (fold(code), fold(name)) or normal(province) == normal(name):
            return code
    raise BadInput("coverage.no_place", province=province)
