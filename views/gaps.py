"""Gaps: facilities by state of partnership, filtered by province and kind; the counts add up to the register."""

from typing import Any

import altair as alt
import streamlit as st

from graph import coverage as cover
from graph.coverage import Coverage
from graph.errors import MitraError
from graph.schema import schema
from graph.tables import Table, render
from graph.words import number
from views.cards import day
from views.page import (
    address,
    as_of,
    choice,
    complain,
    footer,
    language,
    nothing_yet,
    remembered,
    synthetic,
    text,
    word,
)

# Ordered from covered to unknown; told apart by lightness as well as by hue, so also by the colour-blind and in grey.
COLORS = {"active": "#1864ab", "lapsed": "#e8590c", "planned": "#74a9d8", "none": "#862e9c", "unknown": "#ced4da"}
reader = language()


def state_name(state: str) -> str:
    """Return a state as the reader's language names it."""
    return schema().term("coverage_state", state, reader)


def terms(vocabulary: str) -> dict[str, str]:
    """Return a vocabulary's names in the reader's language, by value."""
    return {value: name.in_(reader) for value, name in schema().vocabularies[vocabulary].items()}


def filters() -> dict[str, Any]:
    """Show the filters and return what was chosen."""
    known = remembered("provinces", cover.provinces)
    one, two, three, four = st.columns(4)
    province = choice(one, word("column.province"), known, "province", hint=word("filter.all"))
    kinds, areas = terms("facility_kind"), terms("area")
    kind = choice(two, word("column.kind"), kinds, "kind", hint=word("filter.all"))
    area = choice(three, word("column.area"), areas, "area", hint=word("filter.all"))
    return {"province": province, "kind": kind, "area": area, "as_of": as_of(four)}


def figures(rows: list[Coverage], register: int) -> None:
    """Show the count of each state and that together they are the register, or the filtered part of it."""
    found = cover.counts(rows)
    for column, (state, count) in zip(st.columns(len(found)), found.items(), strict=True):
        column.metric(state_name(state), number(count, reader), border=True, help=word(f"gaps.says.{state}"))
    total = " + ".join(number(count, reader) for count in found.values())
    st.caption(word("gaps.sum", parts=text(total), sum=number(len(rows), reader), register=number(register, reader)))


def chart(rows: list[Coverage]) -> None:
    """Show the facilities of each province as one bar, by state."""
    order = list(COLORS)
    data = [
        {
            "province": row.province_name or word("gaps.no_province"),
            "state": state_name(row.state),
            "order": order.index(row.state),
        }
        for row in rows
    ]
    height = 22 * len({each["province"] for each in data}) + 60
    bars = (
        alt.Chart({"values": data})
        .mark_bar()
        .encode(
            y=alt.Y("province:N", sort="-x", title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            x=alt.X("count():Q", title=word("gaps.units"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=[state_name(state) for state in order], range=list(COLORS.values())),
                legend=alt.Legend(title=None, orient="top", columns=2),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("province:N", title=word("column.province")),
                alt.Tooltip("state:N", title=word("column.state")),
                alt.Tooltip("count():Q", title=word("gaps.units")),
            ],
        )
        .properties(height=height)
    )
    st.altair_chart(bars, width="stretch")


def table(rows: list[Coverage]) -> None:
    """Show the facilities of the chosen states as a table that can be downloaded."""
    states = st.pills(
        word("gaps.show"),
        list(COLORS),
        selection_mode="multi",
        default=[state for state in COLORS if state != "active"],
        format_func=state_name,
        key="states",
        wrap=True,
    )
    wanted = [row for row in rows if row.state in states]
    shown = [
        {
            word("column.name"): row.name,
            word("column.state"): state_name(row.state),
            word("column.province"): row.province_name,
            word("gaps.open"): address("network", node=row.facility_id),
        }
        for row in wanted
    ]
    link = st.column_config.LinkColumn(word("gaps.open"), display_text=word("gaps.open_text"))
    st.dataframe(shown, hide_index=True, width="stretch", height=460, column_config={word("gaps.open"): link})
    columns = ["facility_id", "name", "kind", "province", "state"]
    listed = Table(columns, [{key: getattr(row, key) for key in columns} for row in wanted])
    st.download_button(word("gaps.download"), render(listed, "csv", reader), "mitra-gaps.csv", "text/csv")


st.title(word("page.gaps"), anchor=False)
chosen = filters()
try:
    every = remembered("ground", lambda store: cover.read_ground(store, synthetic=synthetic()), synthetic())
    wanted = every.of(province=chosen["province"], kind=chosen["kind"])
    rows = cover.rows_of(wanted, area=chosen["area"], as_of=chosen["as_of"])
except MitraError as error:
    complain(error)
    st.stop()
if not every.units:
    nothing_yet()
st.caption(word("gaps.on", day=day(chosen["as_of"])))
figures(rows, len(every.units))
left, right = st.columns(2, gap="large")
with left:
    chart(rows)
with right:
    table(rows)
footer(cover.QUERY)
