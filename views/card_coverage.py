"""The parts of a card that speak of coverage: a facility's areas, position and possible partners; a partner's reach."""

import datetime
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import streamlit as st

from graph.answer import Answer
from graph.coverage import Ground, says
from graph.insight.agreements import Terms
from graph.insight.departure import Departure, departures
from graph.insight.matrix import areas, by_facility
from graph.insight.suggestions import Site, Suggestion, reasons
from graph.store import NodeRecord
from graph.text import plain
from graph.words import number
from views.cards import day
from views.page import address, choice, escaped, language, remembered, synthetic, text, word
from views.readings import the_ground, the_market, the_terms
from views.states import SIGNS, area_name, paint, state_name, terms

MOST_SUGGESTED, ABREAST = 6, 3
_LONGEST = 220
_GRID = 20  # steps a degree: facilities closer than five kilometres are one point of the plot
_STYLE = """<style>
.mitra-areas{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.35rem;margin:.2rem 0 .6rem}
.mitra-areas div{padding:.35rem .6rem;border-radius:.3rem;font-size:.9rem;line-height:1.3;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.mitra-areas small{display:block;opacity:.95}
</style>"""


def coverage_of_facility(facility: str, as_of: datetime.date) -> None:
    """Show a facility's state in each area on the day."""
    st.subheader(word("card.coverage", day=day(as_of)), anchor=False)
    for row in by_facility(the_ground().only(facility), as_of=as_of).rows:
        fields = "".join(_field(area_name(area), row.states[area]) for area in areas())
        st.html(f"{_STYLE}<div class='mitra-areas'>{fields}</div>")


def position_of_facility(facility: str, as_of: datetime.date) -> None:
    """Show where a facility lies."""
    st.subheader(word("card.position"), anchor=False)
    position(the_market(as_of).sites, facility)


def partners_for_facility(facility: str, as_of: datetime.date) -> None:
    """Show who could help a facility, side by side where there is room."""
    st.subheader(word("card.suggestions"), anchor=False)
    one, *_ = st.columns(ABREAST)
    area = choice(one, word("column.area"), terms("area"), "area", hint=word("filter.all"))
    found = the_market(as_of).suggested(facility, area=area, k=MOST_SUGGESTED)
    if not found:
        st.caption(word("card.no_suggestions"))
    for first in range(0, len(found), ABREAST):  # row by row, so that on a telephone the best still come first
        for column, (partner, why) in zip(st.columns(ABREAST), found[first:], strict=False):
            with column:
                suggestion(facility, partner, why)


def _field(name: str, state: str) -> str:
    told = f"{SIGNS[state]} {state_name(state)}"
    return f"<div style='{paint(state)}'>{escaped(name)}<small>{escaped(told)}</small></div>"


def suggestion(facility: str, partner: NodeRecord, why: Suggestion, way: str = "") -> None:
    """Show a partner that could serve a facility, with the reasons, the sentence they rest on, and the way to it."""
    with st.container(border=True):
        st.markdown(f"**[{text(partner.name)}]({address('card', node=partner.id)})**")
        st.markdown("\n".join(f"- {text(reason)}" for reason in reasons(why, language())) or "–")
        st.caption(f"“{text(_short(why.facts[0].where))}” ({text(_short(why.source_title))})")
        if way:
            st.caption(text(_short(way)))
        st.markdown(f"[{word('card.introduce')}]({address('connections', **{'from': facility}, to=partner.id)})")


def _short(told: str) -> str:
    """Return a sentence, or the beginning of a long row of a register."""
    return textwrap.shorten(plain(told), _LONGEST, placeholder=" …")


def position(sites: Mapping[str, Site], id_: str) -> None:
    """Draw a facility as a point among all facilities, by degrees; no map is asked for."""
    points = {key: point for key, site in sites.items() if key.startswith("facility:") and (point := _point(site))}
    if id_ not in points:
        st.caption(word("card.no_position"))
        return
    east, north = points[id_]
    others = {(round(x * _GRID) / _GRID, round(y * _GRID) / _GRID) for x, y in points.values()}
    scale = alt.Scale(zero=False, nice=False, padding=12)
    x, y = alt.X("east:Q", title=None, scale=scale, axis=None), alt.Y("north:Q", title=None, scale=scale, axis=None)
    every = alt.Chart({"values": [{"east": each[0], "north": each[1]} for each in sorted(others)]}).encode(x=x, y=y)
    this = alt.Chart({"values": [{"east": east, "north": north}]}).encode(x=x, y=y)
    drawn = every.mark_circle(size=14, color="#868e96", opacity=0.6)
    drawn += this.mark_point(size=260, color="#e8590c", filled=False, strokeWidth=3, opacity=1)
    drawn += this.mark_circle(size=50, color="#e8590c", opacity=1)
    st.altair_chart(drawn.properties(height=230), width="stretch")
    side = word("card.south" if north < 0 else "card.north")
    told = {"north": number(abs(north), language()), "east": number(east, language())}
    st.caption(word("card.position_is", side=side, **told))


def _point(site: Site) -> tuple[float, float] | None:
    """Return a site's place in degrees east and north, None if it is not known."""
    return None if site.longitude is None or site.latitude is None else (site.longitude, site.latitude)


def reach_of_partner(id_: str, as_of: datetime.date) -> None:
    """Show whom a partner serves in which areas on the day, and its agreements."""
    ground = the_ground()
    active: dict[str, set[str]] = {}
    for each in ground.facts:
        if each.partner == id_ and says(each, as_of) == "active":
            active.setdefault(each.facility, set()).update(filter(None, [each.area]))
    own = [each for each in the_terms() if id_ in each.partners]
    if not active and not own:
        return
    st.subheader(word("card.serves", count=len(active), day=day(as_of)), anchor=False)
    rows = [_served(ground, facility, found) for facility, found in sorted(active.items())]
    link = st.column_config.LinkColumn(word("page.card"), display_text=word("gaps.open_text"))
    if rows:
        st.dataframe(rows, hide_index=True, width="stretch", column_config={word("page.card"): link})
    if own:
        st.subheader(word("card.agreements", count=len(own)), anchor=False)
        st.dataframe([_terms(each) for each in own], hide_index=True, width="stretch")


def _served(ground: Ground, facility: str, found: Iterable[str]) -> dict[str, Any]:
    unit = ground.units[facility]
    return {
        word("column.name"): unit.name,
        word("column.province"): unit.province_name,
        word("column.area"): ", ".join(area_name(area) for area in sorted(found)),
        word("page.card"): address("card", node=facility),
    }


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        word("column.name"): terms.name,
        word("card.begins"): day(terms.begins),
        word("card.ends"): day(terms.ends),
        word("column.facilities"): len(terms.facilities),
        word("column.area"): ", ".join(area_name(area) for area in sorted(terms.areas)),
    }


def departure(id_: str, as_of: datetime.date) -> None:
    """Show what falls to zero without a partner."""
    ground = the_ground()
    answer: Answer[Departure] = remembered(
        "departures", lambda _: departures(ground, as_of=as_of), as_of, synthetic(), ground.version
    )
    found = next((row for row in answer.rows if row.partner == id_), None)
    st.subheader(word("card.departure"), anchor=False)
    if found is None or not found.lost_areas:
        st.caption(word("card.departure_none"))
        return
    st.markdown(word("card.departure_is", lost=len(found.lost), areas=len(found.lost_areas)))
    lost = [f"- {text(ground.units[facility].name)}: {area_name(area)}" for facility, area in found.lost_areas]
    with st.container(height=min(320, 60 + 28 * len(lost)), border=False):
        st.markdown("\n".join(lost))
