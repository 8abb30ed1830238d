"""Agreements: what ends soon, what has lapsed with no successor, what renews what, and who has fallen silent."""

import datetime
from collections.abc import Callable
from typing import Any

import streamlit as st

from graph import coverage as cover
from graph.calendar import calendar
from graph.insight import agreements, paper
from graph.insight.agreements import Ending
from graph.words import number
from views.agreements_timeline import timeline
from views.cards import day
from views.page import (
    address,
    as_of,
    beginning,
    choice,
    footer,
    language,
    remembered,
    synthetic,
    text,
    to_address,
    whole,
    word,
)
from views.readings import the_ground, the_terms
from views.search_component import known as nodes

reader = language()
MOST_DAYS = 3650
WIDTH, SHORT = 1000, 135


def days_control(column: Any) -> int:
    """Show within how many days an agreement counts as ending soon, and return it; the page's address keeps it."""
    first = beginning("days", lambda named: whole(named, MOST_DAYS), 90)
    column.number_input(word("agreements.days"), 0, MOST_DAYS, value=first, step=30, key="days")
    to_address("days")
    return int(st.session_state.days)


def pairs(row: Ending) -> str:
    """Return the facilities with partners for which nothing succeeds an agreement."""
    return ", ".join(
        f"{known.get(facility, facility)} – {known.get(partner, partner)}" for facility, partner in row.left
    )


def listed(title: str, rows: list[dict[str, Any]], empty: str) -> None:
    """Show rows under a heading with their number, each with its card, or say that there are none."""
    st.subheader(text(word(title, count=number(len(rows), reader))), anchor=False)
    if not rows:
        st.caption(word(empty))
        return
    st.dataframe(rows, hide_index=True, width="stretch", column_config=columns(list(rows[0])))


def columns(names: list[str]) -> dict[str, Any]:
    """Return how wide the columns are: together no wider than a page, so that the link at the end is seen."""
    day, text_, short = st.column_config.DateColumn, st.column_config.TextColumn, st.column_config.NumberColumn
    kinds: dict[str, Any] = {
        word(key): day(format="DD/MM/YYYY", width=SHORT) for key in ("agreements.ends", "column.silent_since")
    }
    kinds |= {word(f"column.{key}"): short(width=SHORT) for key in ("days_left", "days_over", "silent_months")}
    kinds[word("map.card")] = st.column_config.LinkColumn(display_text=word("gaps.open_text"), width=75)
    long = [name for name in names if name not in kinds]
    room = (WIDTH - SHORT * (len(names) - len(long) - 1) - 75) // len(long)
    return kinds | {name: text_(width=room) for name in long}


def ending(row: Ending) -> dict[str, Any]:
    """Return an agreement that ends or has ended as a row of a table."""
    return {
        word("agreements.name"): row.terms.name,
        word("agreements.ends"): row.terms.ends,
        word("column.days_over" if row.state == "lapsed" else "column.days_left"): abs(row.days or 0),
        word("column.without_successor"): pairs(row),
        word("map.card"): address("card", node=row.terms.id),
    }


def renewed(row: Ending) -> dict[str, Any]:
    """Return an agreement of a chain as a row of a table: what it renews, and what renews it."""
    titles = {each.id: each.name for each in every}
    return {
        word("agreements.name"): row.terms.name,
        word("agreements.ends"): row.terms.ends,
        word("column.renews"): ", ".join(titles[each] for each in row.renews),
        word("column.renewed_by"): ", ".join(titles[each] for each in row.renewed_by),
        word("map.card"): address("card", node=row.terms.id),
    }


def silent(row: paper.PaperPartner) -> dict[str, Any]:
    """Return a partner that has fallen silent as a row of a table."""
    titles = {each.id: each.name for each in every}
    return {
        word("column.partner"): known.get(row.partner, row.partner),
        word("column.silent_since"): row.silent_since,
        word("column.silent_months"): row.months,
        word("column.agreements"): ", ".join(titles[each] for each in row.agreements),
        word("map.card"): address("card", node=row.partner),
    }


def asked(what: str, ask: Callable[..., Any], **more: Any) -> Any:
    """Return an answer about agreements on the day asked for."""
    key = (chosen, synthetic(), *more.values())
    return remembered(what, lambda store: ask(store, as_of=chosen, synthetic=synthetic(), **more).rows, *key)


st.title(word("page.agreements"), anchor=False)
one, two, three = st.columns([4, 3, 3])
province = choice(
    one, word("column.province"), remembered("provinces", cover.provinces), "province", hint=word("map.nation")
)
within = days_control(two)
chosen: datetime.date = as_of(three)
ground = the_ground()
here = set(ground.of(province=province).units)
every = the_terms()
every = [each for each in every if province is None or here & set(each.facilities)]
if not every:
    st.info(word("agreements.none"))
parties = {id_ for each in every for id_ in (*each.facilities, *each.partners, *each.offices)}
known = {id_: node.name for id_ in parties if (node := nodes().get(id_))}
shown = {each.id for each in every}
found = [row for row in asked("endings", agreements.endings, within=within, renewed=True) if row.terms.id in shown]
soon = [row for row in found if row.state == "expiring" and row.left]
lapsed = [row for row in found if row.state == "lapsed" and row.left]
chains = [row for row in found if row.renewed_by]
quiet = [row for row in asked("paper", paper.paper_partners) if shown & set(row.agreements)]
counted = {"soon": soon, "lapsed": lapsed, "renewed": chains, "paper": quiet}
for column, (key, rows) in zip(st.columns(len(counted)), counted.items(), strict=True):
    column.metric(text(word(f"agreements.count.{key}")), number(len(rows), reader), border=True, height="stretch")
st.caption(text(word("agreements.on", day=day(chosen), until=day(chosen + datetime.timedelta(within)))))
listed("agreements.soon", [ending(row) for row in soon], "agreements.soon_none")
file = calendar([row.terms for row in soon], known, chosen, reader)
st.download_button(
    word("agreements.calendar"), file, f"mitra-{chosen}.ics", "text/calendar", disabled=not soon, on_click="ignore"
)
timeline(every, chosen, within)
listed("agreements.lapsed", [ending(row) for row in lapsed], "agreements.lapsed_none")
listed("agreements.renewed", [renewed(row) for row in chains], "agreements.renewed_none")
listed("agreements.paper", [silent(row) for row in quiet], "agreements.paper_none")
footer(agreements.QUERY, paper.QUERY, cover.REGISTER)
