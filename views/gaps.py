"""Gaps: facilities by state and by need, who could help those that are ticked, and the whole by area."""

import hashlib
from typing import Any

import altair as alt
import streamlit as st

from graph import coverage as cover
from graph.answer import Answer
from graph.coverage import Coverage
from graph.insight.need import Gap, gaps
from graph.tables import Table, render
from graph.words import number
from views.cards import day
from views.gaps_matrix import matrix
from views.gaps_worklist import worklist
from views.page import (
    address,
    as_of,
    choice,
    footer,
    language,
    nothing_yet,
    remembered,
    shared,
    synthetic,
    text,
    word,
)
from views.readings import the_ground
from views.states import COLORS, key_html, state_name, terms

MOST_LISTED = 1000
reader = language()


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
                legend=None,
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
    st.html(key_html())
    st.altair_chart(bars, width="stretch")


def ranking(answer: Answer[Gap]) -> list[Gap]:
    """Show the facilities of the chosen states, by need, and return those that are ticked."""
    states = st.pills(
        word("gaps.show"),
        list(COLORS),
        selection_mode="multi",
        default=[state for state in COLORS if state != "active"],
        format_func=state_name,
        key="states",
        wrap=True,
    )
    wanted = [row for row in answer.rows if row.state in states]
    if len(wanted) > MOST_LISTED:
        st.caption(word("gaps.first", shown=number(MOST_LISTED, reader), all=number(len(wanted), reader)))
    listed = wanted[:MOST_LISTED]
    # What is ticked is kept by its place in the list, so another list is another widget.
    key = "ranking-" + hashlib.sha256(repr([row.unit.id for row in listed]).encode()).hexdigest()[:16]
    links = {
        word(f"page.{page}"): st.column_config.LinkColumn(word(f"page.{page}"), display_text=word("gaps.open_text"))
        for page in ("card", "network")
    }
    ticked = st.dataframe(
        [_ranked(row) for row in listed],
        hide_index=True,
        width="stretch",
        height=460,
        column_config=links,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
    )
    columns = ["facility_id", "name", "kind", "province", "state", "need", "months"]
    st.download_button(
        word("gaps.download"),
        lambda: render(Table(columns, [_told(row) for row in wanted]), "csv", reader),
        "mitra-gaps.csv",
        "text/csv",
    )
    return [listed[place] for place in ticked.selection.rows if place < len(listed)]


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


st.title(word("page.gaps"), anchor=False)
chosen = filters()
area, day_ = chosen["area"], chosen["as_of"]
every = the_ground()
if not every.units:
    nothing_yet()
wanted = every.of(province=chosen["province"], kind=chosen["kind"])
answer: Answer[Gap] = shared("gaps", lambda _: gaps(wanted, as_of=day_, area=area), *chosen.values(), synthetic())
rows = cover.rows_of(wanted, area=area, as_of=day_)
st.caption(word("gaps.on", day=day(day_)))
figures(rows, len(every.units))
left, right = st.columns([2, 3], gap="large")
with left:
    st.subheader(word("gaps.by_province"), anchor=False)
    chart(rows)
with right:
    st.subheader(word("gaps.by_need"), anchor=False)
    st.caption(word("gaps.tick"))
    ticked = ranking(answer)
    with st.expander(word("gaps.formula_title")):
        st.markdown(word("gaps.formula"))
st.subheader(word("gaps.worklist"), anchor=False)
worklist(ticked, area, day_)
st.subheader(word("gaps.matrix"), anchor=False)
matrix(wanted, day_)
footer(cover.QUERY, "who-serves-whom", "ties-on-day")
