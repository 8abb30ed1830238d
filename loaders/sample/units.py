"""Invented units: name, place, programs and heads, all from the seed and the unit's number."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from loaders.sample.country import Spot
from loaders.sample.dice import Dice, words
from loaders.sample.people import TODAY, Post, heads, person

_ALONE = 0.3
_SECOND = 0.2
_JITTER = 0.02


@dataclass(frozen=True)
class Unit:
    """A unit of the service. `programs` gives the area of each; with one that is `alone` nobody works."""

    seed: int
    number: int
    name: str
    kind: str
    purpose: str
    klass: str
    spot: Spot
    latitude: float
    longitude: float
    capacity: int | None
    occupants: int | None
    counted_on: datetime.date | None
    programs: Mapping[str, str]
    alone: bool

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """Its heads, in order of time."""
        return heads(self.seed, self.number, words()["units"][self.kind]["head"])

    @cached_property
    def second(self) -> Post | None:
        """Who leads its programs, in some units."""
        dice = Dice(self.seed, "second", self.number)
        if not dice.chance(_SECOND):
            return None
        since = dice.day(datetime.date(2021, 1, 4), datetime.date(2026, 8, 31))
        name, degree = person(self.seed, "second person", self.number)
        return Post(name, degree, words()["second_post"], since, None, "aktif")

    @property
    def office(self) -> str:
        """The regional office above it."""
        return f"Kantor Wilayah Ditjenpas Contoh {self.spot.province}"

    def program(self, area: str, dice: Dice) -> str:
        """Return a program of this area that the unit runs, or a new one."""
        own = [name for name, each in self.programs.items() if each == area]
        return own[0] if own else dice.one(words()["areas"][area]["programs"])


def unit(seed: int, number: int, spot: Spot) -> Unit:
    """Return the unit of this number."""
    dice = Dice(seed, "unit", number)
    kinds = words()["units"]
    kind = dice.weighted({each: made["weight"] for each, made in kinds.items()})
    made = kinds[kind]
    purpose, klass = dice.weighted(made["purposes"]), dice.weighted(made["classes"])
    shown = [made["written"], words()["purposes"][purpose], "Kelas", klass, "Contoh", dice.one(words()["flowers"])]
    capacity, occupants, counted_on = _count(dice, made)
    return Unit(
        seed,
        number,
        " ".join(filter(None, [*shown, str(number + 1)])),
        kind,
        purpose,
        klass,
        spot,
        spot.latitude + (dice.throw() - 0.5) * _JITTER,
        spot.longitude + (dice.throw() - 0.5) * _JITTER,
        capacity,
        occupants,
        counted_on,
        _programs(dice),
        dice.chance(_ALONE),
    )


def _count(dice: Dice, made: Mapping[str, Any]) -> tuple[int | None, int | None, datetime.date | None]:
    if "capacity" not in made or dice.chance(0.2):
        return None, None, None
    capacity = dice.whole(*made["capacity"])
    return capacity, int(capacity * (0.7 + 1.4 * dice.throw())), dice.day(datetime.date(2026, 1, 5), TODAY)


def _programs(dice: Dice) -> dict[str, str]:
    areas = words()["areas"]
    weights = {area: made["weight"] for area, made in areas.items()}
    chosen = [dice.weighted(weights) for _ in range(dice.whole(1, 3))]
    return {dice.one(areas[area]["programs"]): area for area in chosen}
