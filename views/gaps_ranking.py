"""The ranking of the Gaps page: units by need, to be ticked; a tick stays while filters come and go."""

import hashlib
from collections.abc import Sequence
from typing import Any

import streamlit as st

from graph.coverage import Ground
from graph.insight.need import Gap
from graph.tables import Table, render
from graph.words import number
from views.page import address, language, word
from views.states import COLORS, state_name

MOST_LISTED = 1000
_TICKED, _CLEARED = "gaps-ticked", "gaps-cleared"
_TOLD = ["facility_id", "name", "kind", "province", "state", "need", "months"]
state = st.session_state


def ranking(every: Sequence[Gap], wanted: Ground) -> list[Gap]:
    """Show the units wanted in the chosen states, by need, and return all that are ticked, shown or not."""
    states = st.pills(
        word("gaps.show"),
        list(COLORS),
        selection_mode="multi",
        default=[each for each in COLORS if each != "active"],
        format_func=state_name,
        key="states",
        wrap=True,
    )
    rows = [row for row in every if row.state in states and row.unit.id in wanted.units]
    reader = language()
    if len(rows) > MOST_LISTED:
        st.caption(word("gaps.first", shown=number(MOST_LISTED, reader), all=number(len(rows), reader)))
    listed = rows[:MOST_LISTED]
    there = {row.unit.id for row in every}
    ticked = _table(listed, [id_ for id_ in state.get(_TICKED, ()) if id_ in there])
    state[_TICKED] = ticked
    _elsewhere(ticked, {row.unit.id for row in listed})
    st.download_button(
        word("gaps.download"),
        lambda: render(Table(_TOLD, [_told(row) for row in rows]), "csv", reader),
        "mitra-gaps.csv",
        "text/csv",
    )
    return [row for row in every if row.unit.id in ticked]


def _table(listed: list[Gap], before: list[str]) -> list[str]:
    """Show the table with what was ticked before, and return the units ticked now, in it or hidden by the filters."""
    here = [row.unit.id for row in listed]
    # What is ticked is kept by its place in the list, so another list is another widget.
    key = "ranking-" + hashlib.sha256(repr((here, state.get(_CLEARED, 0))).encode()).hexdigest()[:16]
    if key not in state:
        kept = set(before)
        state[key] = {"selection": {"rows": [place for place, id_ in enumerate(here) if id_ in kept]}}
    shown = st.dataframe(
        [_ranked(row) for row in listed],
        hide_index=True,
        width="stretch",
        height=460,
        placeholder="–",
        column_config=_columns(),
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
    )
    ticked = [here[place] for place in shown.selection.rows if place < len(here)]
    return [id_ for id_ in before if id_ not in here] + ticked


def _columns() -> dict[str, Any]:
    """Return how the columns are shown: the need without its decimal, which two languages write in two ways."""
    card, network = word("page.card"), word("page.network")
    open_text = word("gaps.open_text")
    return {
        word("column.name"): st.column_config.TextColumn(width=158),
        word("column.state"): st.column_config.TextColumn(width=112),
        word("column.need"): st.column_config.NumberColumn(format="%.0f", width=82),
        word("column.months"): st.column_config.NumberColumn(word("gaps.months"), help=word("column.months"), width=62),
        word("column.province"): st.column_config.TextColumn(width=104),
        card: st.column_config.LinkColumn(card, display_text=open_text, width=52),
        network: st.column_config.LinkColumn(network, display_text=open_text, width=66),
    }


def _elsewhere(ticked: Sequence[str], here: set[str]) -> None:
    """Say how many of the ticked units the filters hide, and let all ticks be taken away."""
    if not ticked:
        return
    hidden = sum(id_ not in here for id_ in ticked)
    one, two = st.columns([3, 1], vertical_alignment="center")
    reader = language()
    count, of = number(len(ticked), reader), number(hidden, reader)
    one.caption(word("gaps.ticked_hidden", count=count, hidden=of) if hidden else word("gaps.ticked_here", count=count))
    two.button(word("gaps.untick"), on_click=_untick, width="stretch")


def _untick() -> None:
    state[_TICKED] = []
    state[_CLEARED] = state.get(_CLEARED, 0) + 1


def _ranked(row: Gap) -> dict[str, Any]:
    return {
        word("column.name"): row.unit.name,
        word("column.state"): state_name(row.state),
        word("column.need"): row.need,
        word("column.months"): row.months,
        word("column.province"): row.unit.province_name,
        word("page.card"): address("card", node=row.unit.id),
        word("page.network"): address("network", node=row.unit.id),
    }


def _told(row: Gap) -> dict[str, Any]:
    own = {"facility_id": row.unit.id, "state": row.state, "need": row.need, "months": row.months}
    return own | {key: getattr(row.unit, key) for key in ("name", "kind", "province")}
