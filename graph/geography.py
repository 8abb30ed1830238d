"""Geography: coasts, boundaries that a user names, and points that do not hide one another; all in degrees."""

import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graph import settings
from graph.errors import BadInput
from graph.names import fold, normal

Point = tuple[float, float]
"""Longitude and latitude."""
Ring = tuple[Point, ...]
COASTLINE = settings.DATA / "coastline.json"
_REACH = 40
_THIN = 0.01


class Box(NamedTuple):
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south

    def meets(self, ring: Ring) -> bool:
        """Whether a ring may reach into the box."""
        east_west, south_north = zip(*ring, strict=True)
        return bool(
            min(east_west) <= self.east
            and max(east_west) >= self.west
            and min(south_north) <= self.north
            and max(south_north) >= self.south
        )


INDONESIA = Box(94.6, -11.4, 141.6, 6.6)


def around(points: Iterable[Point], *, least: float = 1.6, aspect: float = 1.9) -> Box:
    """Return a box with a margin around points, at least so many degrees high, and so many times as wide as high."""
    east_west, south_north = zip(*points, strict=True)
    middle = (min(east_west) + max(east_west)) / 2, (min(south_north) + max(south_north)) / 2
    across, high = max(east_west) - min(east_west), max(south_north) - min(south_north)
    half = max(least, 1.3 * high, 1.3 * across / aspect) / 2
    return Box(middle[0] - half * aspect, middle[1] - half, middle[0] + half * aspect, middle[1] + half)


@cache
def coastline() -> tuple[Ring, ...]:
    """Return the shores around Indonesia as closed rings; `data/README.md` says where they come from."""
    said = json.loads(COASTLINE.read_text("utf-8"))
    return tuple(tuple((x, y) for x, y in ring) for ring in said["land"])


def path(rings: Iterable[Ring], box: Box, width: float) -> str:
    """Return those of the rings that reach into a box as the path of an SVG so many units wide, south at its foot."""
    scale = width / box.width
    drawn = []
    for ring in rings:
        if box.meets(ring):
            steps = " ".join(f"{(x - box.west) * scale:.1f},{(box.north - y) * scale:.1f}" for x, y in ring)
            drawn.append(f"M{steps}Z")
    return "".join(drawn)


def spread(places: Mapping[str, Point], pitch: float) -> dict[str, Point]:
    """Return every place moved so little that any two are at least `pitch` degrees apart.

    Each takes the free cell of a hexagonal grid that is nearest to it, those in the west and then those of lower id
    first: the same places are always moved the same way. At most some thousand places fit around one point.
    """
    taken: set[tuple[int, int]] = set()
    begun: dict[tuple[int, int], int] = {}
    moved = {}
    for id_, point in sorted(places.items(), key=lambda each: (*each[1], each[0])):
        home = _cell(point, pitch)
        for step in itertools.count(begun.get(home, 0)):
            q, r = (a + b for a, b in zip(home, _near(step), strict=True))
            if (q, r) not in taken:
                break
        begun[home] = step
        taken.add((q, r))
        moved[id_] = pitch * (q + r / 2), pitch * r * math.sqrt(3) / 2
    return moved


def _near(step: int) -> tuple[int, int]:
    offsets = _offsets()
    if step >= len(offsets):
        raise ValueError(f"more than {len(offsets)} places around one point")
    return offsets[step]


@cache
def _offsets() -> tuple[tuple[int, int], ...]:
    """Return the cells around one, the nearest first."""
    reach = range(-_REACH, _REACH + 1)
    cells = [(q, r) for q in reach for r in reach if abs(q + r) <= _REACH]
    return tuple(sorted(cells, key=lambda cell: (cell[0] ** 2 + cell[0] * cell[1] + cell[1] ** 2, cell)))


def _cell(point: Point, pitch: float) -> tuple[int, int]:
    """Return the hexagonal cell that a point lies in, by rounding its three axes and mending the worst."""
    r = point[1] / pitch * 2 / math.sqrt(3)
    q = point[0] / pitch - r / 2
    near = [round(q), round(r), round(-q - r)]
    off = [abs(near[0] - q), abs(near[1] - r), abs(near[2] + q + r)]
    worst = off.index(max(off))
    near[worst] -= sum(near)
    return near[0], near[1]


def boundaries(file: Path, provinces: Mapping[str, str]) -> dict[str, tuple[Ring, ...]]:
    """Return the boundaries that a GeoJSON file gives to provinces (name by ISO code), by that code.

    A feature belongs to a province if one of its properties is that province's ISO code or name. Raises BadInput for a
    file that cannot be read or is none such, and for one in which no province is found.
    """
    try:
        said = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise BadInput("map.boundaries_unread", file=file, reason=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("map.boundaries_form", file=file) from error
    found: dict[str, tuple[Ring, ...]] = {}
    try:
        for feature in said["features"]:
            code = _province(feature.get("properties") or {}, provinces)
            if code and feature["geometry"]:
                found[code] = (*found.get(code, ()), *_rings(feature["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("map.boundaries_form", file=file) from error
    if not found:
        raise BadInput("map.boundaries_none", file=file)
    return found


def _province(properties: Mapping[str, Any], provinces: Mapping[str, str]) -> str | None:
    values = [value for value in properties.values() if isinstance(value, str)]
    for code, name in provinces.items():
        if any(fold(value) == fold(code) or normal(value) == normal(name) for value in values):
            return code
    return None


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError("no polygon")
    for polygon in [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]:
        for ring in polygon:
            yield tuple(_thinned(ring))


def _thinned(ring: Iterable[Any]) -> Iterator[Point]:
    """Yield the points of a ring that are not all but the same as the one before."""
    before: Point | None = None
    for each in ring:
        x, y = float(each[0]), float(each[1])
        if not (abs(x) <= 180 and abs(y) <= 90):
            raise ValueError("no degrees of longitude and latitude")
        if before is None or abs(x - before[0]) + abs(y - before[1]) >= _THIN:
            before = x, y
            yield before
