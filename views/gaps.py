"""Gaps: facilities by state and by need, who could help those that are ticked, and the whole by area."""

from typing import Any

import altair as alt
import streamlit as st

from graph import coverage as cover
from graph.answer import Answer
from graph.coverage import Coverage
from graph.insight.need import Gap, gaps
from graph.words import number
from views.cards import day
from views.gaps_matrix import matrix
from views.gaps_ranking import ranking
from views.gaps_worklist import worklist
from views.page import (
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
from views.states import COLORS, UNKNOWN, key_html, state_name, terms

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
        column.metric(
            state_name(state), number(count, reader), border=True, height="stretch", help=word(f"gaps.says.{state}")
        )
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
    height = max(22 * len({each["province"] for each in data}), 50) + 60
    bars = (
        alt.Chart({"values": data})
        .mark_bar()
        .encode(
            y=alt.Y("province:N", sort="-x", title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            x=alt.X("count():Q", title=word("gaps.units"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(
                    domain=[state_name(state) for state in order],
                    range=[*(COLORS[state] for state in order[:-1]), UNKNOWN],
                ),
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


st.title(word("page.gaps"), anchor=False)
chosen = filters()
area, day_ = chosen["area"], chosen["as_of"]
every = the_ground()
if not every.units:
    nothing_yet()
wanted = every.of(province=chosen["province"], kind=chosen["kind"])
# A unit's need does not depend on the others, so the whole register serves every filter.
answer: Answer[Gap] = shared("gaps", lambda _: gaps(every, as_of=day_, area=area), day_, area, synthetic())
rows = cover.rows_of(wanted, area=area, as_of=day_)
st.caption(word("gaps.on", day=day(day_)))
figures(rows, len(every.units))
left, right = st.columns([3, 7], gap="medium")
with left:
    st.subheader(word("gaps.by_province"), anchor=False)
    chart(rows)
with right:
    st.subheader(word("gaps.by_need"), anchor=False)
    st.caption(f"{word('gaps.tick')} {word('gaps.tick_key')}")
    ticked = ranking(answer.rows, wanted)
    with st.expander(word("gaps.formula_title")):
        st.markdown(word("gaps.formula"))
st.subheader(word("gaps.worklist"), anchor=False)
worklist(ticked, area, day_)
st.subheader(word("gaps.matrix"), anchor=False)
matrix(wanted, day_)
footer(cover.QUERY, "who-serves-whom", "ties-on-day")
