"""Invented partners, whom they lead with, and which units they choose to work with."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from loaders.sample.country import Country, Spot
from loaders.sample.dice import Dice, words
from loaders.sample.papers import Paper, chain
from loaders.sample.people import TODAY, Post, terms
from loaders.sample.units import Unit

Places = Literal["distance", "random"]
REGISTERS = ("companies", "public_bodies", "organizations")
_TRIES = 25
_NEAR = 0.45
_OTHER_AREA = 0.1
_CLAIMED = 0.12
_IDLE = 0.12
_BONDS = {0: 6, 1: 40, 2: 24, 3: 14, 4: 8, 5: 4, 7: 2, 10: 2}


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner: its register, place (`home` is the regency's number in its country), area of work and who leads it.

    `idle` ones sign and then do nothing.
    """

    number: int
    register: str
    name: str
    code: str
    province: str
    home: int
    area: str
    idle: bool
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """A partner's work with a unit: the agreements, or none where it is only said that the two work together."""

    unit: Unit
    area: str
    program: str
    papers: tuple[Paper, ...]
    since: datetime.date
    until: datetime.date | None

    @property
    def status(self) -> str:
        """What a register says of it today."""
        if self.since > TODAY:
            return "direncanakan"
        return "berakhir" if self.until and self.until < TODAY else "aktif"


def national(seed: int) -> tuple[Partner, ...]:
    """Return the partners of the national umbrella agreements."""
    made = []
    for at, each in enumerate(words()["national"]):
        posts = terms(seed, -1 - at, words()["directors"][each["register"]])
        made.append(
            Partner(-1 - at, each["register"], each["name"], "31", "DKI Jakarta", 0, each["area"], False, posts)
        )
    return tuple(made)


def partner(seed: int, number: int, home: int, spot: Spot) -> Partner:
    """Return the partner of this number, at home in a regency of this number in its country."""
    dice = Dice(seed, "partner", number)
    areas = words()["areas"]
    area = dice.weighted({each: made["weight"] for each, made in areas.items()})
    register = dice.one([each for each in REGISTERS if each in areas[area]["partners"]])
    form = dice.one(areas[area]["partners"][register])
    name = form.format(flower=dice.one(words()["flowers"]), n=number + 1)
    posts = terms(seed, number, words()["directors"][register])
    return Partner(number, register, name, spot.code, spot.province, home, area, dice.chance(_IDLE), posts)


@dataclass(frozen=True, slots=True)
class Choice:
    """How partners choose units: by area and distance, or at random; `unit` gives the unit of a number."""

    seed: int
    units: int
    country: Country
    places: Places
    unit: Callable[[int], Unit]

    def bonds(self, partner: Partner) -> list[Bond]:
        """Return a partner's work with the units that it chooses, each once; a unit that is alone is never chosen."""
        dice = Dice(self.seed, "bonds", partner.number)
        chosen: dict[int, Unit] = {}
        for _ in range(dice.weighted(_BONDS)):
            unit = self._choose(dice, partner, chosen)
            if unit:
                chosen[unit.number] = unit
        return [_bond(dice, partner, unit) for unit in chosen.values()]

    def _choose(self, dice: Dice, partner: Partner, chosen: dict[int, Unit]) -> Unit | None:
        for _ in range(_TRIES):
            unit = self.unit(self._candidate(dice, partner.home))
            fits = self.places == "random" or partner.area in unit.programs.values() or dice.chance(_OTHER_AREA)
            if fits and not unit.alone and unit.number not in chosen:
                return unit
        return None

    def _candidate(self, dice: Dice, home: int) -> int:
        if self.places == "random":
            return dice.whole(0, self.units - 1)
        near = self.country.near[home]
        rank = 0
        while rank < len(near) - 1 and not dice.chance(_NEAR):
            rank += 1
        return dice.one(self.country.units_at(near[rank], self.units))


def _bond(dice: Dice, partner: Partner, unit: Unit) -> Bond:
    program = unit.program(partner.area, dice)
    if not partner.idle and dice.chance(_CLAIMED):
        since = dice.day(datetime.date(2019, 1, 2), TODAY)
        until = dice.day(since, TODAY) if dice.chance(0.3) else None
        return Bond(unit, partner.area, program, (), since, until)
    papers = chain(dice, f"{partner.number + 1}.{unit.number + 1}", program)
    return Bond(unit, partner.area, program, papers, papers[0].starts_on, papers[-1].ends_on)
