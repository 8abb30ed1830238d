"""The answer to a question: as a table, as a network where it holds nodes or ties, as a map of its units, as a file."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graph.atlas import coverage_in
from graph.catalog import Query
from graph.names import label_of
from graph.network import Kept, among, ids_in
from graph.store import NodeRecord, PathRecord, Row, TieRecord
from graph.tables import SPREADSHEET, Table, cell, heading, render, workbook
from graph.words import number
from views.map_asked import Asked
from views.map_points import points
from views.network_card import network_with_card
from views.page import address, language, remembered, synthetic, word
from views.readings import the_ground

MOST_ROWS = 5_000
MOST_DRAWN = 300
"""More nodes than this cannot be read in one picture."""

MOST_OPENED = 20
"""So many nodes a link to the Network page carries."""

_PLAIN = (str, int, float, bool, datetime.date)


@dataclass(frozen=True)
class Result:
    """What came back: the columns with their rows, whether there are more, and the seconds that it took."""

    columns: list[str]
    rows: list[Row]
    more: bool
    seconds: float


def results(found: Result, query: Query | None, name: str, asked: tuple[Any, ...]) -> None:
    """Show the answer to what was `asked`; `name` is that of the files in which it can be taken away."""
    table = Table(found.columns, found.rows)
    count, seconds = number(len(found.rows), language()), number(float(found.seconds), language())
    st.caption(word("query.found", count=count, seconds=seconds))
    if found.more:
        st.warning(word("query.more", most=number(MOST_ROWS, language())))
    if not found.rows:
        st.info(word("query.nothing_found"))
        return
    ids = remembered("query-ids", lambda store: ids_in(store, found.rows), *asked) if _drawable(found) else []
    units = _units(found, ids)
    shown = _shown_as(len(ids), len(units))
    if shown == "network":
        _network(ids)
    elif shown == "map":
        _map(units)
    else:
        _table(table, query)
    _files(table, name)


def _shown_as(nodes: int, units: int) -> str:
    """Let the reader choose how the answer is shown, of what so many nodes and facilities allow; return the choice."""
    views = {"table": word("query.table")}
    if nodes:
        views["network"] = word("query.network", count=number(nodes, language()))
    if units:
        views["map"] = word("query.map", count=number(units, language()))
    if len(views) == 1:
        return "table"
    if st.session_state.get("query-view") not in views:
        st.session_state.pop("query-view", None)
    chosen: str | None = st.segmented_control(
        word("query.show_as"),
        list(views),
        format_func=lambda view: views[view],
        key="query-view",
        default="table",
        required=True,
    )
    return chosen or "table"


def _units(found: Result, ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of the facilities in the answer, as nodes or as text."""
    told = (value for row in found.rows for value in row.values() if isinstance(value, str))
    return frozenset(each for each in (*ids, *told) if ":" in each and label_of(each) == "Facility")


def _drawable(found: Result) -> bool:
    return any(
        isinstance(value, (NodeRecord, TieRecord, PathRecord, list)) for row in found.rows for value in row.values()
    )


def _table(table: Table, query: Query | None) -> None:
    says = {column.name: column.says.in_(language()) for column in query.columns} if query else {}
    shown = {name: _values([row.get(name) for row in table.rows]) for name in table.columns}
    config: dict[str, Any] = {}
    for name, values in shown.items():
        label = heading(name, language()) if name in says else name
        if any(isinstance(value, float) for value in values):
            config[name] = st.column_config.NumberColumn(label, help=says.get(name), format="localized")
        else:
            config[name] = st.column_config.Column(label, help=says.get(name))
    st.dataframe(shown, hide_index=True, width="stretch", column_config=config)


def _values(values: Sequence[Any]) -> list[Any]:
    """Return a column that sorts as what it is, where all of it is of one kind; else as text."""
    kinds = {type(value) for value in values if value is not None}
    return list(values) if len(kinds) == 1 and kinds <= set(_PLAIN) else [cell(value) for value in values]


def _network(ids: list[str]) -> None:
    drawn = ids[:MOST_DRAWN]
    if len(ids) > len(drawn):
        most, every = number(len(drawn), language()), number(len(ids), language())
        st.caption(word("query.drawn", shown=most, all=every))
    shown = remembered(
        "query-network", lambda store: among(store, drawn, Kept(synthetic=synthetic())), tuple(drawn), synthetic()
    )
    start = next((id_ for id_ in drawn if id_ in shown), None)
    if start is None:
        st.info(word("query.nothing_found"))
        return
    network_with_card(shown, "query-picture", start)
    st.markdown(f"[{word('query.open_network')}]({address('network', node=','.join(drawn[:MOST_OPENED]))})")


def _map(units: Collection[str]) -> None:
    st.caption(word("query.on_map"))
    today = datetime.date.today()
    rows = [row for row in coverage_in(the_ground(), as_of=today, area=None, months=0) if row.facility_id in units]
    points(rows, [], {}, Asked("active", None, today, 0, None))


def _files(table: Table, name: str) -> None:
    reader = language()
    columns = st.columns([1, 1, 1, 3])
    for column, form, kind, make in (
        (columns[0], "csv", "text/csv", lambda: "\ufeff" + render(table, "csv", reader)),
        (columns[1], "xlsx", SPREADSHEET, lambda: workbook(table, reader)),
        (columns[2], "json", "application/json", lambda: render(table, "json", reader)),
    ):
        column.download_button(
            word("query.download", form=form.upper()),
            make,
            f"mitra-{name}.{form}",
            kind,
            on_click="ignore",
            width="stretch",
            key=f"query-download-{form}",
        )
