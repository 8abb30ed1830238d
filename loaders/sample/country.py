"""Where the invented network lies: real regencies of the reference tables, some provinces for a small one."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graph.settings import DEMO
from loaders.sample.dice import Dice

_NEAR = 12
_UNITS_A_PROVINCE = 8


class Spot(NamedTuple):
    """A regency as a place for units: codes, the name of its province, a point in degrees."""

    code: str
    province_code: str
    province: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Country:
    """The regencies in use. Unit number i stands in regency i modulo their number, so that none has to be stored."""

    spots: tuple[Spot, ...]
    near: tuple[tuple[int, ...], ...]

    def spot(self, unit: int) -> Spot:
        """Return where a unit stands."""
        return self.spots[unit % len(self.spots)]

    def units_at(self, spot: int, units: int) -> range:
        """Return the numbers of the units that stand in a regency, of so many units in all."""
        return range(spot, units, len(self.spots))


def country(units: int, seed: int) -> Country:
    """Return the regencies for so many units: about one province for eight, and never more regencies than units."""
    every = _spots()
    codes = {spot.province_code for spot in every}
    provinces = sorted(codes, key=lambda code: Dice(seed, "province", code).throw())
    used = set(provinces[: max(1, -(-units // _UNITS_A_PROVINCE))])
    spots = [spot for spot in every if spot.province_code in used]
    spots.sort(key=lambda spot: Dice(seed, "regency", spot.code).throw())
    spots = spots[:units]
    return Country(tuple(spots), tuple(_nearest(spot, spots) for spot in spots))


def distance(one: Spot, other: Spot) -> float:
    """Return the distance in kilometres, on a map that is flat around the two."""
    east = (one.longitude - other.longitude) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 111.2 * math.hypot(one.latitude - other.latitude, east)


def _nearest(spot: Spot, spots: list[Spot]) -> tuple[int, ...]:
    away = [round(distance(spot, other), 3) for other in spots]
    return tuple(sorted(range(len(spots)), key=lambda at: (away[at], at))[:_NEAR])


@cache
def _spots() -> tuple[Spot, ...]:
    folder = DEMO / "register"
    with (folder / "provinces.csv").open(encoding="utf-8", newline="") as lines:
        provinces = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    with (folder / "regencies.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["latitude"]]
    return tuple(
        Spot(row["code"], code, provinces[code], float(row["latitude"]), float(row["longitude"]))
        for row in rows
        for code in [row["province_code"]]
    )
