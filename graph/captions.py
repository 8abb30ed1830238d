"""Which ties of a picture carry their name: a name that would lie over another name, or over a node, is left out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

INSIDE = frozenset({"box", "ellipse", "database"})
"""The shapes that hold their label inside; all others stand above it."""

EDGE_FONT = 13
_WIDE, _HIGH = 0.5, 1.2
"""How wide a letter and how high a line is on average, as a share of the size of the font."""

_Box = tuple[float, float, float, float]


def leave_room(
    nodes: Sequence[Mapping[str, Any]], edges: Iterable[dict[str, Any]], focus: str | None
) -> list[dict[str, Any]]:
    """Return the edges, those without their label whose label has no room of its own; the focus' ties come first.

    Nodes and edges are rows as vis-network takes them. A tie of a node with itself keeps its label.
    """
    rows = [dict(edge) for edge in edges]
    places = {str(node["id"]): (float(node["x"]), float(node["y"])) for node in nodes}
    taken = [box for node in nodes for box in _boxes(node)]
    for row in sorted(rows, key=lambda row: focus not in (row["from"], row["to"])):
        if not row["label"] or row["from"] == row["to"]:
            continue
        middle = _middle(places[row["from"]], places[row["to"]], row.get("smooth") or {})
        box = _around(*middle, row["label"], EDGE_FONT, margin=2)
        if any(_overlap(box, other) for other in taken):
            row["label"] = ""
        else:
            taken.append(box)
    return rows


def _boxes(node: Mapping[str, Any]) -> list[_Box]:
    """Return what a node covers: its shape and its label."""
    x, y, size, font = float(node["x"]), float(node["y"]), float(node["size"]), float(node["font"]["size"])
    lines = node["label"].splitlines() or [""]
    if node["shape"] in INSIDE:
        return [_around(x, y, node["label"], font, margin=8)]
    below = y + size + _HIGH * font * len(lines) / 2
    return [(x - size, y - size, x + size, y + size), _around(x, below, node["label"], font)]


def _around(x: float, y: float, label: str, font: float, margin: float = 0) -> _Box:
    lines = label.splitlines() or [""]
    wide = _WIDE * font * max(map(len, lines)) / 2 + margin
    high = _HIGH * font * len(lines) / 2 + margin
    return x - wide, y - high, x + wide, y + high


def _middle(start: tuple[float, float], end: tuple[float, float], smooth: Mapping[str, Any]) -> tuple[float, float]:
    """Return where vis-network writes an edge's label: halfway on the line, or on the curve that it draws.

    The curve is a quadratic Bézier; its control point is that of vis-network 9.1.2 for `curvedCW` and `curvedCCW`.
    """
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if not smooth.get("enabled"):
        return x, y
    roundness = float(smooth["roundness"])
    turn = roundness if smooth["type"] == "curvedCW" else -roundness
    angle = math.atan2(start[1] - end[1], end[0] - start[0]) + (turn + 1) * math.pi / 2
    reach = (roundness + 1) / 2 * math.dist(start, end)
    via = start[0] + reach * math.sin(angle), start[1] + reach * math.cos(angle)
    return (x + via[0]) / 2, (y + via[1]) / 2


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
