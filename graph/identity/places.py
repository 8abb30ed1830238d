"""Places in names: those of the official list of regencies and of the register of units that ship with Mitra."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from graph.identity.spelling import lists, one_form, spelled
from graph.names import UnitName, fold, parts, unit_name
from graph.settings import DEMO

REGISTER = DEMO / "register"
_LONGEST = 4
_LEVELS = {"Kabupaten": "regency", "Kota": "city"}


class Region(NamedTuple):
    """A province, city or regency: its official code and its level."""

    code: str
    level: str


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """A unit of the register: what separates it from others, and the code of its regency (or province)."""

    name: UnitName
    region: str


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (REGISTER / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def spelled_place(words: str) -> str:
    """Return a folded place by today's spelling, without blanks: "Lhok Seumawe" and "Lhokseumawe" are equal."""
    return spelled(words.replace(" ", ""))


@lru_cache(1 << 14)
def place_key(words: str) -> str:
    """Return the key of a folded place, the same for every name that it goes by: "Lhoksemawe" and "Lhokseumawe"."""
    key = spelled_place(words)
    return _aliases().get(key, key)


@cache
def _aliases() -> Mapping[str, str]:
    return {spelled(form): spelled(usual) for usual, *forms in parts()["places"] for form in forms}


@cache
def regions() -> Mapping[str, tuple[Region, ...]]:
    """Return the regions of each name, by its key: "solok" is a city and a regency."""
    found: dict[str, list[Region]] = {}
    for row in _rows("provinces.csv"):
        for name in {fold(row["name"]), one_form(row["name"])}:
            found.setdefault(place_key(name), []).append(Region(row["code"], "province"))
    for row in _rows("regencies.csv"):
        level, _, name = row["name"].partition(" ")
        found.setdefault(place_key(fold(name.removeprefix("Administrasi "))), []).append(
            Region(row["code"], _LEVELS.get(level, "regency"))
        )
    return {key: tuple(each) for key, each in found.items()}


@cache
def capitals() -> Mapping[str, str]:
    """Return the code of the regency whose capital has this key."""
    return {place_key(fold(row["capital"])): row["code"] for row in _rows("regencies.csv") if row["capital"]}


@cache
def register_units() -> Mapping[str, tuple[RegisterUnit, ...]]:
    """Return the units of the register by the key of their place."""
    found: dict[str, list[RegisterUnit]] = {}
    for row in _rows("facilities.csv"):
        unit = unit_name(row["name"])
        if unit:
            named = UnitName(row["kind"], row["purpose"], row["class"], unit.place)
            place = unit.place.removeprefix("batu high risk narkotika ") if "high risk" in unit.place else unit.place
            key = place_key(place if place == unit.place else f"batu {place}")
            found.setdefault(key, []).append(RegisterUnit(named, row["regency_code"] or row["province_code"]))
    return {key: tuple(each) for key, each in found.items()}


@cache
def known() -> frozenset[str]:
    """Return the keys of all places that are known: regions, their capitals, and where units are."""
    return frozenset({*regions(), *capitals(), *register_units()})


def region_codes(key: str) -> frozenset[str]:
    """Return the codes of the regions that a place names, as region or as capital."""
    codes = {region.code for region in regions().get(key, ())}
    islands: Mapping[str, str] = lists()["islands"]
    return frozenset(codes | {code for code in (capitals().get(key), islands.get(key)) if code})


def lies_in(code: str, around: frozenset[str]) -> bool:
    """Return whether the region of this code is one of those, or lies in one of those."""
    return code in around or code.partition(".")[0] in around


def ending(words: Sequence[str]) -> int:
    """Return how many of the last words name a region, the longest name first; 0 if none do."""
    for number in range(min(_LONGEST, len(words)), 0, -1):
        if place_key(" ".join(words[-number:])) in regions():
            return number
    return 0
