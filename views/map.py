"""Coverage map: the 38 provinces as tiles and the units as points, on any day, or later if nothing is renewed."""

import streamlit as st

from graph import atlas, settings, typeset
from graph import coverage as cover
from graph.brief import brief
from graph.errors import MitraError
from graph.geography import Ring, boundaries
from graph.insight.forecast import forecast
from graph.words import number
from views import map_province
from views.cards import day
from views.map_asked import Asked, controls, month_slider
from views.map_points import points
from views.map_tiles import headline, tile_grid
from views.page import (
    address,
    complain,
    footer,
    language,
    nothing_yet,
    remembered,
    shared,
    synthetic,
    text,
    the_store,
    word,
)
from views.readings import the_ground
from views.states import terms

reader = language()


def own_boundaries() -> dict[str, tuple[Ring, ...]]:
    """Return the boundaries of the file that the reader has named, which is read again when it has changed."""
    named = settings.boundaries()
    if named is None:
        return {}
    changed = named.stat().st_mtime if named.exists() else None
    return shared("boundaries", lambda store: boundaries(named, cover.provinces(store)), str(named), changed)


def brief_button(asked: Asked) -> None:
    """Offer the brief of the place and the day; it is made when it is asked for."""
    store, invented = the_store(), synthetic()

    def made() -> bytes:
        found = brief(store, language=reader, as_of=asked.as_of, province=asked.province, synthetic=invented)
        return typeset.pdf(found)

    name = f"mitra-{asked.province or 'ID'}-{asked.as_of}.pdf"
    st.download_button(word("brief.button"), made, name, "application/pdf", on_click="ignore")


def outlook(ground: cover.Ground, asked: Asked) -> None:
    """Show how many units are in each state now and later if nothing is renewed, and whose partnership ends."""
    (found,) = forecast(ground, as_of=asked.as_of, area=asked.area).rows
    st.subheader(word("map.outlook"), anchor=False)
    named = terms("coverage_state")
    st.table(
        [
            {word("map.ahead"): word("map.in_months", months=months) if months else word("map.that_day")}
            | {named[state]: number(count, reader) for state, count in counts.items()}
            for months, counts in found.counts.items()
        ]
    )
    if found.falling:
        st.dataframe(
            [
                {word("column.name"): row.unit.name, word("column.province"): row.unit.province_name}
                | {word("map.last_day"): row.until, word("map.card"): address("card", node=row.unit.id)}
                for row in found.falling
            ],
            hide_index=True,
            width="stretch",
            column_config={
                word("map.card"): st.column_config.LinkColumn(display_text=word("gaps.open_text")),
                word("map.last_day"): st.column_config.DateColumn(format="DD/MM/YYYY"),
            },
        )


def province(ground: cover.Ground, provinces: list[atlas.Province], rows: list[cover.Coverage], asked: Asked) -> None:
    """Show the province looked at, or all of them by area."""
    if asked.province is None:
        st.subheader(word("map.by_area"), anchor=False)
        map_province.by_area(provinces, ground, asked)
        return
    map_province.figures(rows)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(word("map.units", count=number(len(rows), reader)), anchor=False)
        map_province.units(rows)
        gaps = address("gaps", province=asked.province, area=asked.area, as_of=asked.as_of)
        st.markdown(f"[{text(word('map.to_gaps'))}]({gaps})")
    with right:
        st.subheader(word("map.by_area"), anchor=False)
        map_province.matrix(ground, asked)


st.title(word("page.map"), anchor=False)
asked = controls()
try:
    ground = the_ground()
    shapes = own_boundaries()
except MitraError as error:
    complain(error)
    st.stop()
if not ground.units:
    nothing_yet()
month_slider(ground, asked)
provinces = atlas.by_province(ground, as_of=asked.as_of, area=asked.area, months=asked.months).rows
headline(provinces, asked)
tile_grid(provinces, asked)
part = ground.of(province=asked.province)
rows = atlas.coverage_in(part, as_of=asked.as_of, area=asked.area, months=asked.months)
where = remembered("provinces", cover.provinces).get(asked.province or "", word("map.nation"))
st.header(text(f"{where} · {day(asked.on)}"), anchor=False)
brief_button(asked)
points(rows, provinces, shapes, asked)
province(part, provinces, rows, asked)
outlook(part, asked)
footer(f"{cover.QUERY}/map", f"{cover.QUERY}/forecast", cover.REGISTER)
