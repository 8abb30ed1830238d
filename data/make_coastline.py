"""Make `coastline.json`: the land around Indonesia, from Natural Earth's public-domain coordinates.

`npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz`, then
`python data/make_coastline.py package/land-10m.json` writes the file beside this script. Only coasts, no borders.
"""

import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[float, float]
WEST, SOUTH, EAST, NORTH = 92.0, -13.0, 144.0, 9.0
TOLERANCE = 0.02
"""Degrees by which a simplified coast may differ, about two kilometres."""
SMALLEST = 0.002
"""Square degrees; islands that are smaller are left out, some 25 square kilometres."""


def arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a quantised TopoJSON in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """Return every ring of the land, outer shores and inner ones (the Caspian is far away)."""
    known = arcs(topology)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
            for ring in polygon[:1]:
                points: list[Point] = []
                for each in ring:
                    points += (known[each] if each >= 0 else known[~each][::-1])[bool(points) :]
                found.append(points)
    return found


def clipped(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """Return the part of a ring on one side of a line (Sutherland and Hodgman, 1974)."""
    kept: list[Point] = []
    for before, here in zip([ring[-1:][0], *ring[:-1]] if ring else [], ring, strict=True):
        inside, was = sign * (here[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was:
            part = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + part * (here[0] - before[0]), before[1] + part * (here[1] - before[1])))
        if inside:
            kept.append(here)
    return kept


def simplified(line: list[Point]) -> list[Point]:
    """Return a line with the points left out that lie within the tolerance of it (Douglas and Peucker, 1973)."""
    keep, open_ = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        away, at = max(((_away(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if away > TOLERANCE:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def _away(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    part = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return float(((point[0] - start[0] - part * dx) ** 2 + (point[1] - start[1] - part * dy) ** 2) ** 0.5)


def size(ring: list[Point]) -> float:
    """Return the area that a ring encloses, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def main(source: Path) -> None:
    """Write the file."""
    land = []
    for ring in rings(json.loads(source.read_text("utf-8"))):
        for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
            ring = clipped(ring, axis, limit, sign)
        if len(ring) > 2 and size(ring) >= SMALLEST:
            half = len(ring) // 2
            closed = simplified(ring[: half + 1])[:-1] + simplified([*ring[half:], ring[0]])[:-1]
            land.append([[round(x, 2), round(y, 2)] for x, y in closed])
    land.sort(key=lambda ring: (-len(ring), ring))
    lines = ",\n".join(json.dumps(ring, separators=(",", ":")) for ring in land)
    said = json.dumps("Natural Earth 4.1.0, 1:10m land, public domain; through npm world-atlas 2.0.2 (ISC)")
    made = Path(__file__).with_name("coastline.json")
    made.write_text(f'{{"source": {said},\n"land": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
