"""Programs: who runs and who supports each, and how many there are by area, province and partner."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from graph.catalog import find_query
from graph.coverage import Ground
from graph.schema import schema
from graph.store import Store

QUERY = "program-parties"
Side = Literal["area", "province", "partner"]
SIDES: tuple[Side, ...] = ("area", "province", "partner")
"""What programs can be told apart by."""


class Party(NamedTuple):
    """A facility or a partner by id and name, and the first of active, planned and ended that is said of its part."""

    id: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Program:
    """A program with who runs it, who supports it, and the provinces (ISO 3166-2 codes) in which it is run."""

    id: str
    name: str
    area: str | None
    facilities: tuple[Party, ...]
    partners: tuple[Party, ...]
    provinces: frozenset[str | None]

    @property
    def status(self) -> str | None:
        """The first of active, planned and ended that is said of running it, else of supporting it; None of neither."""
        said = {each.status for each in self.facilities or self.partners}
        return next((each for each in _statuses() if each in said), None)

    def on(self, side: Side) -> frozenset[str | None]:
        """Return the area, the provinces or the partners' ids that it counts under; None where none is known.

        A partner whose part has ended counts no more.
        """
        if side == "area":
            return frozenset({self.area})
        if side == "province":
            return self.provinces or frozenset({None})
        return frozenset(each.id for each in self.partners if each.status != "ended") or frozenset({None})


@dataclass(frozen=True, slots=True)
class Panel:
    """The programs of one area, province or partner: how many, and how many under each term of another side.

    A program of two provinces counts in both, so the parts may come to more than the whole.
    """

    of: str | None
    count: int
    parts: Mapping[str | None, int]


def programs(store: Store, ground: Ground, *, synthetic: bool = False) -> list[Program]:
    """Return every program, sorted by name and id; `ground` tells in which provinces its facilities lie."""
    own: dict[str, tuple[str, str | None]] = {}
    parties: dict[tuple[str, str], dict[str, Party]] = defaultdict(dict)
    for program, name, area, party, called, role, status in find_query(QUERY).compact(store, synthetic=synthetic):
        own[program] = (name or program, area)
        if party is not None:
            known = parties[program, role].get(party)
            here = Party(party, called or party, _first(status, known.status if known else None))
            parties[program, role][party] = here
    found = [
        _program(id_, *named, parties[id_, "runs"], parties[id_, "supports"], ground) for id_, named in own.items()
    ]
    return sorted(found, key=lambda each: (each.name, each.id))


def _program(
    id_: str, name: str, area: str | None, runs: Mapping[str, Party], supports: Mapping[str, Party], ground: Ground
) -> Program:
    homes = (ground.units[facility].province for facility in runs if facility in ground.units)
    return Program(id_, name, area, _sorted(runs.values()), _sorted(supports.values()), frozenset(homes))


def _sorted(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(sorted(parties, key=lambda each: (each.name, each.id)))


def _statuses() -> Sequence[str]:
    return tuple(schema().vocabularies["claim_status"])


def _first(one: str, other: str | None) -> str:
    return next(each for each in _statuses() if each in (one, other))


def going_on(found: Iterable[Program]) -> list[Program]:
    """Return the programs that have not ended: those that run, are planned, or of which nobody says how they stand."""
    return [each for each in found if each.status != "ended"]


def chosen(found: Iterable[Program], sides: Mapping[Side, Any]) -> list[Program]:
    """Return the programs under all the terms given, by side; None stands for those of which no term is known."""
    return [each for each in found if all(term in each.on(side) for side, term in sides.items())]


def panels(found: Iterable[Program], by: Side, over: Side) -> list[Panel]:
    """Return a panel for each term of one side, its parts by another; most programs first, the unknown last."""
    counts: dict[str | None, int] = defaultdict(int)
    parts: dict[str | None, dict[str | None, int]] = defaultdict(lambda: defaultdict(int))
    for each in found:
        for term in each.on(by):
            counts[term] += 1
            for part in each.on(over):
                parts[term][part] += 1
    made = [Panel(term, count, dict(parts[term])) for term, count in counts.items()]
    return sorted(made, key=lambda panel: (panel.of is None, -panel.count, panel.of or ""))
