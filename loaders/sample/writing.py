"""Writing the invented network into a folder, row by row: nothing but the regencies in use is held in memory."""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import BadInput
from graph.package import MANIFEST
from loaders.sample.country import country
from loaders.sample.dice import Dice, words
from loaders.sample.partners import Choice, Partner, Places, national, partner
from loaders.sample.people import TODAY
from loaders.sample.rows import COLUMNS, Row, of_bond, of_partner, of_umbrella, of_unit
from loaders.sample.units import Unit, unit

UMBRELLAS = 3
UMBRELLA_UNITS = 3
_UNITS_A_PARTNER = 2
_REMEMBERED = 2048
_SEARCHED = 40
_HEAD = "# Jaringan rekaan, untuk mencoba dan mengukur. / An invented network, for trying out and measuring.\n"


def write_sample(folder: Path, *, facilities: int, seed: int, places: Places = "distance") -> list[Path]:
    """Write an invented network as a register folder; return the files written, the manifest first.

    About ten rows a facility, nine registers, each marked synthetic; the same bytes for the same arguments. Units lie
    in real regencies, so load `data/demo` too for the names of places. Partners choose facilities by area and
    `places`: "distance" prefers near ones, "random" knows neither. The manifest is written first, so that a folder half
    written is marked as well. Raises ValueError for less than one facility, BadInput if the folder holds anything but
    an earlier sample or cannot be written to.
    """
    if facilities < 1 or places not in ("distance", "random"):
        raise ValueError(f"no sample has {facilities} facilities, or places them by {places}")
    expected = [folder / MANIFEST, *(folder / f"{register}.csv" for register in COLUMNS)]
    try:
        _require_own(folder, expected)
        folder.mkdir(parents=True, exist_ok=True)
        expected[0].write_text(_HEAD + _manifest(facilities, seed, places), "utf-8", newline="\n")
        _write(folder, _rows(facilities, seed, places))
    except OSError as error:
        raise BadInput("cli.export_unwritable", folder=folder, reason=error.strerror or str(error)) from error
    return expected


def _require_own(folder: Path, expected: list[Path]) -> None:
    """Raise BadInput if the folder holds a file that no sample has, or the manifest of something else."""
    there = list(folder.iterdir()) if folder.exists() else []
    manifest = folder / MANIFEST
    if any(path not in expected for path in there) or (
        there and not (manifest.is_file() and manifest.read_bytes().startswith(_HEAD.encode()))
    ):
        raise BadInput("cli.export_folder", folder=folder)


def _manifest(facilities: int, seed: int, places: Places) -> str:
    how = f"{facilities} UPT, benih {seed}" + ("" if places == "distance" else ", acak")
    documents = [
        {
            "file": f"{register}.csv",
            "kind": register,
            "title": f"{title} ({how})",
            "publisher": "Mitra, jaringan rekaan",
            "published": TODAY.isoformat(),
            "synthetic": True,
        }
        for register, title in words()["documents"].items()
    ]
    return yaml.safe_dump({"documents": documents}, allow_unicode=True, sort_keys=False, width=120)


def _write(folder: Path, rows: Iterator[Row]) -> None:
    with ExitStack() as files:
        writers: dict[str, tuple[list[str], Any]] = {}
        for register, columns in COLUMNS.items():
            lines = files.enter_context((folder / f"{register}.csv").open("w", encoding="utf-8", newline=""))
            writers[register] = columns.split(), csv.writer(lines, lineterminator="\n")
            writers[register][1].writerow(writers[register][0])
        for register, row in rows:
            names, writer = writers[register]
            writer.writerow([row.get(name) for name in names])


def _rows(facilities: int, seed: int, places: Places) -> Iterator[Row]:
    where = country(facilities, seed)

    @lru_cache(maxsize=_REMEMBERED)
    def unit_of(number: int) -> Unit:
        return unit(seed, number, where.spot(number))

    for number in range(facilities):
        yield from of_unit(seed, unit_of(number))
    choice = Choice(seed, facilities, where, places, unit_of)
    yield from _national(choice)
    partners = max(1, facilities // _UNITS_A_PARTNER)
    for number in range(partners):
        home = number * len(where.spots) // partners
        yield from _partner(choice, partner(seed, number, home, where.spots[home]))


def _national(choice: Choice) -> Iterator[Row]:
    partners = national(choice.seed)
    for each in partners:
        yield from of_partner(each)
    for number in range(UMBRELLAS):
        yield from of_umbrella(choice.seed, number, _named(choice, number), partners)


def _named(choice: Choice, number: int) -> list[Unit]:
    """Return the units that an umbrella agreement names: three in a row of those that are not alone, if there are."""
    first = Dice(choice.seed, "umbrella units", number).whole(0, choice.units - 1)
    following = [choice.unit((first + step) % choice.units) for step in range(min(choice.units, _SEARCHED))]
    return [unit for unit in following if not unit.alone][:UMBRELLA_UNITS] or following[:1]


def _partner(choice: Choice, partner: Partner) -> Iterator[Row]:
    yield from of_partner(partner)
    for bond in choice.bonds(partner):
        yield from of_bond(choice.seed, partner, bond)
