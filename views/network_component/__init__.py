"""The network picture in the page: drawn by vis-network, its clicks and moves told to Python."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component

from graph.picture import VIS_NETWORK, Picture

__all__ = ["Gesture", "network"]

_FRONTEND = Path(__file__).with_name("frontend")
_mount = st.components.v2.component(
    "mitra_network",
    html=(_FRONTEND / "network.html").read_text("utf-8"),
    css=(_FRONTEND / "network.css").read_text("utf-8"),
    js=(_FRONTEND / "network.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Gesture:
    """What the reader did: the node, edge or mark of the legend chosen in this run, and where nodes were moved to."""

    node_click: str | None = None
    edge_click: str | None = None
    node_open: str | None = None
    mark: str | None = None
    moved: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def network(
    picture: Picture,
    key: str,
    *,
    height: int = 640,
    turns: bool = False,
    on_node_click: Callable[[str], None] | None = None,
    on_edge_click: Callable[[str], None] | None = None,
    on_node_open: Callable[[str], None] | None = None,
    on_mark: Callable[[str], None] | None = None,
    on_moved: Callable[[Mapping[str, tuple[float, float]]], None] | None = None,
) -> Gesture:
    """Draw a picture and return what the reader did with it; `height` is the drawing's, in pixels.

    A picture that `turns` runs from left to right; on a field higher than wide it runs downwards.

    With `on_mark`, each mark of the legend is a button that calls it with the mark's name.

    A callback runs before the page is drawn anew and receives the id of a node or edge of this picture, or the places
    of the nodes moved so far. A double click is one `node_click` and one `node_open`. Between runs with the same `key`
    the view changes only what changed in the picture, so zoom, places and selection stay.
    """
    nodes = frozenset(row["id"] for row in picture["nodes"])
    edges = frozenset(row["id"] for row in picture["edges"])
    marks = frozenset(entry["label"] for entry in picture["legend"])

    def told() -> Gesture:
        return _read(st.session_state.get(key) or {}, nodes, edges, marks)

    def pass_on(event: str, callback: Callable[[Any], None] | None) -> Callable[[], None]:
        def run() -> None:
            value = getattr(told(), event)
            if callback is not None and value:
                callback(value)

        return run

    result = _mount(
        key=key,
        data={**picture, "height": height, "turns": turns, "library": _library_url(), "filters": on_mark is not None},
        on_node_click_change=pass_on("node_click", on_node_click),
        on_edge_click_change=pass_on("edge_click", on_edge_click),
        on_node_open_change=pass_on("node_open", on_node_open),
        on_mark_change=pass_on("mark", on_mark),
        on_moved_change=pass_on("moved", on_moved),
    )
    return _read(result, nodes, edges, marks)


def _library_url() -> str:
    """Return where this server gives out the drawing library: straight from the installed pyvis, no copy made."""
    served = declare_component("vis", path=VIS_NETWORK.parent)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/component/{served.name}/{VIS_NETWORK.name}"


def _read(state: Mapping[str, Any], nodes: frozenset[str], edges: frozenset[str], marks: frozenset[str]) -> Gesture:
    """Return what the browser said, without anything that is not in the picture."""
    moved = state.get("moved")
    return Gesture(
        node_click=_known(state.get("node_click"), nodes),
        edge_click=_known(state.get("edge_click"), edges),
        node_open=_known(state.get("node_open"), nodes),
        mark=_known(state.get("mark"), marks),
        moved={node: place for node, place in _places(moved if isinstance(moved, Mapping) else {}) if node in nodes},
    )


def _known(value: object, ids: frozenset[str]) -> str | None:
    return value if isinstance(value, str) and value in ids else None


def _places(moved: Mapping[Any, Any]) -> list[tuple[str, tuple[float, float]]]:
    places = []
    for node, place in moved.items():
        if isinstance(place, list | tuple) and len(place) == 2 and all(_is_number(part) for part in place):
            places.append((str(node), (float(place[0]), float(place[1]))))
    return places


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
