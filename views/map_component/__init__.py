"""The maps in the page: tiles that can be clicked and read without hovering, and units as points over the coast."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_FRONTEND = Path(__file__).with_name("frontend")
_mount = st.components.v2.component(
    "mitra_map",
    html="<div class='mitra-map'></div>",
    css=(_FRONTEND / "map.css").read_text("utf-8"),
    js=(_FRONTEND / "map.js").read_text("utf-8"),
)


def tile_map(
    tiles: list[dict[str, Any]], legend: list[dict[str, Any]], label: str, *, key: str, on_choose: Callable[[str], None]
) -> None:
    """Draw tiles, each with `id`, `row`, `column`, `name`, `figure`, `detail`, `level`, `title`, `href` and `chosen`.

    `on_choose` runs before the page is drawn anew and receives the id of the tile clicked; `label` says what it shows.
    """
    known = {tile["id"] for tile in tiles}

    def chosen() -> None:
        value = (st.session_state.get(key) or {}).get("tile")
        if isinstance(value, str) and value in known:
            on_choose(value)

    _mount(key=key, data={"tiles": tiles, "legend": legend, "label": label}, on_tile_change=chosen)


def multiples(
    panels: list[dict[str, Any]],
    legend: list[dict[str, Any]],
    label: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
) -> None:
    """Draw a small picture for each panel: `id`, `name`, `figure`, `title`, `href`, `chosen`, `form`, `cells`, `note`.

    The `form` is `minis`, a tile grid whose cells have `row` and `column`, or `bars`, whose cells have a `share` of the
    longest bar. A cell has `name`, `figure`, `level`, `title`, and `id`, `href` and `chosen` if it can be clicked.
    `on_choose` runs before the page is drawn anew and receives the id of the panel or cell clicked.
    """
    known = {each["id"] for panel in panels for each in (panel, *panel["cells"]) if "id" in each}

    def chosen() -> None:
        value = (st.session_state.get(key) or {}).get("tile")
        if isinstance(value, str) and value in known:
            on_choose(value)

    _mount(key=key, data={"multiples": panels, "legend": legend, "label": label}, on_tile_change=chosen)


def point_map(
    points: list[dict[str, Any]],
    legend: list[dict[str, Any]],
    label: str,
    *,
    key: str,
    land: str,
    regions: list[dict[str, Any]],
    size: tuple[float, float],
    radius: float,
) -> None:
    """Draw points over land and regions, given as paths of SVG.

    A point has `x`, `y`, `state`, `title` and `href`, and may have a `size`, in times the radius.
    """
    drawn = {"points": points, "land": land, "regions": regions, "size": size, "radius": radius}
    _mount(key=key, data={**drawn, "legend": legend, "label": label}, on_tile_change=lambda: None)
