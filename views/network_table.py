"""The picture as a table, row by row a tie, and as files: the same content for the keyboard, and to take away."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow
import streamlit as st

from graph.network import Network, graphml
from graph.picture import standalone_html
from graph.schema import schema
from graph.store import Row
from graph.tables import Table, render
from graph.words import number
from views import network_state as steps
from views.page import language, word

_COLUMNS = ("from", "relation", "to", "status", "where", "source", "said_on")


def ties_of(shown: Network) -> tuple[list[str], list[Row]]:
    """Return the claims of a network and, for each, its row: who, how, whom, status, sentence, document, day."""
    reader = language()
    rows = [
        (
            (
                shown.nodes[start]["name"],
                schema().relationships[data["type"]].name.in_(reader),
                shown.nodes[end]["name"],
                schema().term("claim_status", data["status"], reader),
                data["where"],
                data["source_title"],
                data["said_on"],
            ),
            claim,
        )
        for start, end, claim, data in shown.edges(keys=True, data=True)
    ]
    rows.sort(key=lambda row: tuple(map(str, row[0])))
    return [claim for _, claim in rows], [dict(zip(_COLUMNS, cells, strict=True)) for cells, _ in rows]


def table(shown: Network) -> None:
    """Show the ties as a table that can be sorted; choosing a row shows what its sources say."""
    claims, rows = ties_of(shown)

    def picked() -> None:
        selected: Mapping[str, Any] = st.session_state["network-table"]
        places: Sequence[int] = selected["selection"]["rows"]
        if places and places[0] < len(claims):
            steps.choose_claims([claims[places[0]]])

    st.subheader(word("network.table", ties=number(len(rows), language())), anchor=False)
    st.caption(word("network.table_how"))
    st.dataframe(
        pyarrow.table({word(f"column.{key}"): [row[key] for row in rows] for key in _COLUMNS}),
        hide_index=True,
        width="stretch",
        column_config=_columns(),
        key="network-table",
        on_select=picked,
        selection_mode="single-row",
    )


def _columns() -> dict[str, Any]:
    """Return how wide the columns are: together no wider than a page, so that the day at the end is seen."""
    wide = {"from": 180, "relation": 110, "to": 180, "status": 90, "where": 170, "source": 130, "said_on": 90}
    as_day = st.column_config.DateColumn(format="DD/MM/YYYY", width=wide["said_on"])
    texts = {word(f"column.{key}"): st.column_config.TextColumn(width=wide[key]) for key in _COLUMNS[:-1]}
    return texts | {word("column.said_on"): as_day}


def files(shown: Network, focus: str) -> None:
    """Offer the picture as a page of its own, its ties as CSV, and the whole as GraphML."""
    reader, places = language(), dict(st.session_state.places)
    title = str(shown.nodes[focus]["name"])
    note = word("network.file_note")
    one, two, three = st.columns(3)
    one.download_button(
        word("network.download_html"),
        lambda: standalone_html(shown, reader, places, focus, title, note),
        "mitra.html",
        "text/html",
        on_click="ignore",
        width="stretch",
    )
    two.download_button(
        word("network.download_csv"),
        lambda: "\ufeff" + render(Table(list(_COLUMNS), ties_of(shown)[1]), "csv", reader),
        "mitra.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    three.download_button(
        word("network.download_graphml"),
        lambda: graphml(shown),
        "mitra.graphml",
        "application/xml",
        on_click="ignore",
        width="stretch",
    )
