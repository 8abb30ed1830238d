"""The timeline of agreements: from their first day to their last, with the day asked about marked."""

import datetime
from typing import Any

import altair as alt
import streamlit as st

from graph.insight.agreements import Terms, phase
from graph.insight.need import add_months
from graph.text import plain
from graph.words import number
from views.cards import day
from views.page import language, word

COLORS = {"expiring": "#e8590c", "in_force": "#1864ab", "planned": "#74a9d8", "lapsed": "#adb5bd", "unknown": "#ced4da"}
MOST = 40


def timeline(every: list[Terms], as_of: datetime.date, within: int) -> None:
    """Show the agreements of which a day is known, those that end next first, as bars."""
    dated = [each for each in every if each.begins or each.ends]
    st.subheader(word("agreements.timeline"), anchor=False)
    if not dated:
        st.caption(word("agreements.undated"))
        return
    nearest = sorted(dated, key=lambda each: (_away(each, as_of), each.id))[:MOST]
    ends = [each.ends for each in nearest if each.ends]
    last = min(max([*ends, add_months(as_of, 12)]), add_months(as_of, 120))
    data = [_bar(each, as_of, within, last) | {"label": label} for each, label in _labelled(nearest)]
    st.altair_chart(_chart(data, as_of), width="stretch")
    if len(dated) > MOST:
        st.caption(word("agreements.some", shown=MOST, all=number(len(dated), language())))


def _labelled(every: list[Terms]) -> list[tuple[Terms, str]]:
    """Return agreements with labels of which no two are equal, so that each has a bar of its own."""
    found: dict[str, Terms] = {}
    for each in every:
        name, again = plain(each.name)[:80], 1
        while (label := name if again == 1 else f"{name} ({again})") in found:
            again += 1
        found[label] = each
    return [(each, label) for label, each in found.items()]


def _away(terms: Terms, as_of: datetime.date) -> int:
    """Return how far from the day an agreement ends; those that have ended come after those that will."""
    if terms.ends is None:
        return 100_000
    days = (terms.ends - as_of).days
    return days if days >= 0 else 200_000 - days


def _bar(terms: Terms, as_of: datetime.date, within: int, last: datetime.date) -> dict[str, Any]:
    state = phase(terms, as_of, within)
    begins, ends = terms.begins or add_months(terms.ends or last, -12), terms.ends or last
    return {
        "name": terms.name[:200],
        "begins": begins.isoformat(),
        "ends": min(ends, last).isoformat(),
        "state": word(f"agreements.phase.{state}"),
        "told": f"{day(terms.begins) or '?'} – {day(terms.ends) or '?'}",
    }


def _chart(data: list[dict[str, Any]], as_of: datetime.date) -> alt.LayerChart:
    """Return the bars, each under its name: beside them, names would leave a phone no room for the bars."""
    states = {word(f"agreements.phase.{state}"): color for state, color in COLORS.items()}
    base = alt.Chart({"values": data}).encode(
        y=alt.Y("label:N", sort=[each["label"] for each in data], axis=None),
        tooltip=[
            alt.Tooltip("name:N", title=word("agreements.name")),
            alt.Tooltip("told:N", title=word("agreements.term")),
            alt.Tooltip("state:N", title=word("column.state")),
        ],
    )
    bars = base.mark_bar(size=9, yOffset=8, cornerRadius=3).encode(
        x=alt.X(
            "begins:T",
            title=None,
            axis=alt.Axis(orient="top", grid=True, tickCount="year", format="%Y"),
        ),
        x2="ends:T",
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=list(states), range=list(states.values())),
            legend=alt.Legend(title=None, orient="top", columns=2),
        ),
    )
    names = base.mark_text(align="left", dy=-5, fontSize=11, limit=330)
    names = names.encode(x=alt.value(2), text="label:N")
    today = alt.Chart({"values": [{"day": as_of.isoformat(), "said": day(as_of)}]})
    rule = today.mark_rule(color="#c92a2a", strokeWidth=2, strokeDash=[4, 2]).encode(x="day:T", tooltip="said:N")
    both: alt.LayerChart = (bars + names + rule).properties(height=34 * len(data) + 80)
    return both
