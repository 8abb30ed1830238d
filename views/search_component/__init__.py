"""The search box in the page: what is typed is found by `graph.search`, letter by letter, and one node is picked."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from graph.network import names, other_names
from graph.schema import schema
from graph.search import Entry, Index
from graph.text import plain
from views.page import language, seen_writes, shared, synthetic, waiting, word

__all__ = ["known", "search_box"]

_FRONTEND = Path(__file__).with_name("frontend")
_LONGEST = 200
_mount = st.components.v2.component(
    "mitra_search",
    html=(_FRONTEND / "search.html").read_text("utf-8"),
    css=(_FRONTEND / "search.css").read_text("utf-8"),
    js=(_FRONTEND / "search.js").read_text("utf-8"),
)


def known() -> Index:
    """Return the index of all nodes; it is made once for each version of the data, for all readers."""
    with waiting("search.preparing", seen_writes()):
        return shared("search", lambda store: Index(names(store), other_names(store)))


def search_box(
    key: str,
    label: str,
    *,
    labels: Collection[str] = (),
    hint: str | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> str | None:
    """Show a search box over all nodes (of these labels) and return the id of the one picked, None if there is none.

    The page's address keeps it under `key`, and the session remembers it for other pages with a box of this key.
    `on_pick` is called with the id, "" if the box was cleared, before the page is drawn anew.
    """
    kept = _kept(key)
    named = st.query_params.get(key)
    if named and named != st.session_state.get(kept) and known().get(named):
        st.session_state[kept] = named
    if known().get(st.session_state.get(kept) or "") is None:
        st.session_state[kept] = None
    _box(key, label, labels, hint or word("search.hint"), on_pick)
    id_: str | None = st.session_state[kept]
    if id_ is None:
        st.query_params.pop(key, None)
    elif named != id_:
        st.query_params[key] = id_
    return id_


@st.fragment
def _box(key: str, label: str, labels: Collection[str], hint: str, on_pick: Callable[[str], None] | None) -> None:
    kept, mounted = _kept(key), f"search-{key}"

    def pick() -> None:
        picked = _text((st.session_state.get(mounted) or {}).get("picked"))
        if picked == "" or known().get(picked or ""):
            st.session_state[kept] = picked or None
            if picked:
                st.query_params[key] = picked
            else:
                st.query_params.pop(key, None)
            st.session_state[f"{mounted}-picked"] = True
            if on_pick:
                on_pick(picked or "")

    typed = str((st.session_state.get(mounted) or {}).get("typed") or "")[:_LONGEST]
    found = known().find(typed, labels=labels, synthetic=synthetic()) if typed else []
    chosen = known().get(st.session_state.get(kept) or "")
    _mount(
        key=mounted,
        data={
            "label": label,
            "hint": hint,
            "clear": word("search.clear"),
            "nothing": word("search.nothing"),
            "chosen": _row(chosen) if chosen else None,
            "language": language(),
            "asked": typed,
            "options": [_row(node) for node in found],
        },
        on_typed_change=lambda: None,
        on_picked_change=pick,
    )
    if st.session_state.pop(f"{mounted}-picked", False):
        st.rerun()


def forget(key: str) -> None:
    """Let the search box of this key begin empty."""
    st.session_state.pop(_kept(key), None)


def _kept(key: str) -> str:
    """Return where the session keeps what was picked; it is no widget's key, so it outlives its page."""
    return f"picked-{key}"


def _text(value: object) -> str | None:
    """Return the id that the browser told, None if it told none."""
    id_ = value.get("id") if isinstance(value, Mapping) else None
    return id_ if isinstance(id_, str) else None


def _row(node: Entry) -> dict[str, Any]:
    """Return a node as the box shows it: its name, its kind and, where the id tells, to whom it belongs."""
    kind = schema().labels[node.label].name.in_(language())
    owner = node.id.partition("@")[2] if node.label in ("Official", "Program") else ""
    return {"id": node.id, "name": plain(node.name)[:_LONGEST], "kind": " · ".join(filter(None, [kind, owner]))}
