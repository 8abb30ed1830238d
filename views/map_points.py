"""Units as points over the coast: none hides another, whether they lie in one regency or in neighbouring ones."""

import math
from typing import Any

import streamlit as st

from graph import coverage as cover
from graph.atlas import Province, grouped, positions
from graph.geography import INDONESIA, Box, Point, Ring, around, coastline, path, spread
from graph.words import number
from views.map_asked import Asked, measures
from views.map_component import point_map
from views.page import address, language, remembered, word
from views.states import terms

WIDTH = 1000.0
MOST_POINTS = 2_500
"""As many as can be told apart in a picture as wide as a page; where there are more, those of one place are one."""

_SMALLEST, _LARGEST = 0.4, 2.4  # times the radius of a unit alone


def points(
    rows: list[cover.Coverage], provinces: list[Province], shapes: dict[str, tuple[Ring, ...]], asked: Asked
) -> None:
    """Show the units of the nation, or of the province looked at, where they lie."""
    reader = language()
    known = remembered("positions", positions)
    placed = {row.facility_id: known[row.facility_id] for row in rows if row.facility_id in known}
    if not placed:
        st.info(word("map.no_points"))
        return
    box = around(placed.values()) if asked.province else INDONESIA
    radius = WIDTH / 210 if asked.province is None else WIDTH / 110
    point_map(
        _one_by_one(rows, placed, box, radius) if len(placed) <= MOST_POINTS else _together(rows, placed, box, asked),
        _legend(rows),
        word("map.points", count=number(len(placed), reader)),
        key=f"points-{asked.province}",
        land=path(coastline(), box, WIDTH),
        regions=_regions(provinces, shapes, box, asked),
        size=(WIDTH, round(WIDTH * box.height / box.width, 1)),
        radius=radius,
    )
    if len(placed) > MOST_POINTS:
        st.caption(word("map.together", count=number(len(placed), reader), most=number(MOST_POINTS, reader)))
    unplaced = len(rows) - len(placed)
    st.caption(word("map.placed", unplaced=number(unplaced, reader)))


def _one_by_one(rows: list[cover.Coverage], placed: dict[str, Point], box: Box, radius: float) -> list[dict[str, Any]]:
    moved = spread(placed, 2.1 * radius * box.width / WIDTH)
    named = terms("coverage_state")
    return [_point(row, named[row.state], moved[row.facility_id], box) for row in rows if row.facility_id in moved]


def _together(rows: list[cover.Coverage], placed: dict[str, Point], box: Box, asked: Asked) -> list[dict[str, Any]]:
    """Return a point for each place and state, as large as it has many units.

    What is drawn first lies below: the unknown, then the largest.
    """
    scale, named, reader = WIDTH / box.width, terms("coverage_state"), language()
    groups = grouped(rows, placed)
    most = groups[0].count
    return [
        {
            "x": round((group.at[0] - box.west) * scale, 1),
            "y": round((box.north - group.at[1]) * scale, 1),
            "size": round(_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(group.count / most), 2),
            "state": group.state,
            "title": word("map.group", count=number(group.count, reader), state=named[group.state]),
            "href": address("gaps", province=group.province, as_of=asked.as_of, area=asked.area),
        }
        for group in sorted(groups, key=lambda each: each.state != "unknown")
    ]


def _point(row: cover.Coverage, state: str, at: Point, box: Box) -> dict[str, Any]:
    scale = WIDTH / box.width
    return {
        "x": round((at[0] - box.west) * scale, 1),
        "y": round((box.north - at[1]) * scale, 1),
        "state": row.state,
        "title": f"{row.name}: {state}",
        "href": address("card", node=row.facility_id),
    }


def _legend(rows: list[cover.Coverage]) -> list[dict[str, Any]]:
    counted = cover.counts(rows)
    named = terms("coverage_state")
    return [{"state": state, "text": f"{named[state]}: {number(n, language())}"} for state, n in counted.items()]


def _regions(
    provinces: list[Province], shapes: dict[str, tuple[Ring, ...]], box: Box, asked: Asked
) -> list[dict[str, Any]]:
    by_iso = {row.iso: row for row in provinces}
    return [
        {
            "path": path(rings, box, WIDTH),
            "level": by_iso[iso].measured(asked.measure).level if iso in by_iso else None,
            "title": f"{by_iso[iso].name if iso in by_iso else iso}: {measures()[asked.measure]}",
        }
        for iso, rings in shapes.items()
    ]
