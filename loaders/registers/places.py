"""Provinces and regencies by code or name, from the reference tables that ship with the project."""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from graph.errors import BadInput
from graph.names import fold
from graph.settings import DEMO

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")
_KIND = re.compile(r"^(?:kabupaten|kab|kota|provinsi|prov|propinsi|daerah istimewa|di) ")


@lru_cache(maxsize=20_000)
def place_code(column: str, text: str) -> str:
    """Return the official code of a place given by code, ISO code or name.

    Raises BadInput for a name that is none of a place, or that a regency and a city share.
    """
    if _CODE.fullmatch(text):
        return text
    name = fold(text)
    name = re.sub(r"^kab ", "kabupaten ", re.sub(r"^(?:prov|propinsi) ", "provinsi ", name))
    full, bare = _names()
    found = full.get(name) or full.get(name.removeprefix("provinsi ")) or bare.get(_KIND.sub("", name), ())
    if _KIND.match(name) and name not in full and not name.startswith(("provinsi ", "daerah ", "di ")):
        found = ()
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput("register.place_shared", column=column, value=text[:60], known=", ".join(found))
    raise BadInput("register.place", column=column, value=text[:60])


def is_place(text: str) -> bool:
    """Whether the text is the code or the name of one place."""
    try:
        return bool(place_code("", text))
    except BadInput:
        return False


@cache
def _names() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the codes by full name ("kota padang") and by name without its kind ("padang").

    A province is found before a regency of its name: "Bengkulu" is the province.
    """
    full: dict[str, tuple[str, ...]] = {}
    bare: dict[str, tuple[str, ...]] = {}
    for row in _rows("provinces"):
        full |= {fold(row["name"]): (row["code"],), fold(row["iso"]): (row["code"],)}
    for row in _rows("regencies"):
        full.setdefault(fold(row["name"]), (row["code"],))
        name = _KIND.sub("", fold(row["name"]))
        bare[name] = (*bare.get(name, ()), row["code"])
    return full, bare


def _rows(table: str) -> list[dict[str, str]]:
    with (DEMO / "register" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
