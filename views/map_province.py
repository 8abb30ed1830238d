"""The province looked at: its units by state, its matrix by area, and the way to their cards and gaps."""

import streamlit as st

from graph import atlas
from graph import coverage as cover
from graph.insight.matrix import areas
from graph.schema import schema
from graph.text import plain
from graph.words import number
from views.gaps_matrix import areas_table, share
from views.map_asked import Asked
from views.page import address, escaped, language, text, word
from views.states import terms


def figures(rows: list[cover.Coverage]) -> None:
    """Show how many units are in each state."""
    found = cover.counts(rows)
    for column, (state, count) in zip(st.columns(len(found)), found.items(), strict=True):
        column.metric(text(terms("coverage_state")[state]), number(count, language()), border=True, height="stretch")


def matrix(ground: cover.Ground, asked: Asked) -> None:
    """Show how many units of a province are in each state, by area."""
    found = atlas.states_in(ground, asked.as_of, asked.months)
    named = terms("coverage_state")
    rows = []
    for area, name in terms("area").items():
        counted = cover.tally(found.get((unit, area), "unknown") for unit in ground.units)
        rows.append({word("column.area"): name} | {named[state]: count for state, count in counted.items()})
    st.dataframe(rows, hide_index=True, width="stretch", height="content")


def units(rows: list[cover.Coverage]) -> None:
    """Show the units of a province with their state, the covered ones first, each with its card."""
    order = list(schema().vocabularies["coverage_state"])
    card, named = word("map.card"), terms("coverage_state")
    shown = [
        {
            word("column.name"): row.name,
            word("column.state"): named[row.state],
            card: address("card", node=row.facility_id),
        }
        for row in sorted(rows, key=lambda row: (order.index(row.state), row.name))
    ]
    link = st.column_config.LinkColumn(card, display_text=word("gaps.open_text"))
    st.dataframe(shown, hide_index=True, width="stretch", height=420, column_config={card: link})


def by_area(provinces: list[atlas.Province], ground: cover.Ground, asked: Asked) -> None:
    """Show every province with its units that have a partner, in any area and in each."""
    found = atlas.states_in(ground, asked.as_of, asked.months)
    active = {cell for cell, state in found.items() if state == "active"}
    st.caption(word("gaps.matrix_provinces_key"))
    rows = []
    for row in sorted(provinces, key=lambda each: each.name or ""):
        members = [unit.id for unit in ground.units.values() if unit.province == row.iso]
        counts = (sum((unit, area) in active for unit in members) for area in areas())
        cells = "".join(share(count, row.units) for count in counts)
        rows.append(f"<tr><th scope='row'>{_name(row, asked)}</th>{cells}</tr>")
    areas_table(word("column.province"), "".join(rows))


def _name(row: atlas.Province, asked: Asked) -> str:
    name = escaped(plain(row.name or word("gaps.no_province")))
    if not row.iso:
        return name
    link = escaped(address("map", province=row.iso, area=asked.area, as_of=asked.as_of))
    return f"<a href='{link}' target='_self'>{name}</a>"
