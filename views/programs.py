"""Programs: who is connected to a chosen program, drawn and as a table."""

import streamlit as st

from graph.catalog import find_query
from graph.network import program_network
from graph.schema import schema
from graph.store import Row
from views.network_card import network_with_card
from views.page import choice, footer, language, nothing_yet, remembered, synthetic, text, word

LIST, WHO = "programs-by-area", "who-is-connected-to-program"


def choose() -> tuple[Row, list[Row]]:
    """Show the list of programs with a filter by area; return the chosen one and all."""
    every = remembered(LIST, lambda store: find_query(LIST).run(store, synthetic=synthetic()), synthetic())
    if not every:
        nothing_yet()
    reader = language()
    terms = {area: name.in_(reader) for area, name in schema().vocabularies["area"].items()}
    used = {area: name for area, name in terms.items() if any(row["area"] == area for row in every)}
    one, two = st.columns([1, 2])
    area = choice(one, word("column.area"), used, "area", hint=word("filter.all"))
    rows = {row["program"].id: row for row in every if area in (None, row["area"])}
    named = {id_: f"{row['program'].name} · {', '.join(row['facilities']) or '–'}" for id_, row in rows.items()}
    chosen = choice(two, word("programs.choose"), named, "program", hint=None) or next(iter(rows))
    return rows[chosen], list(rows.values())


def table(found: list[Row]) -> list[dict[str, object]]:
    """Return who is connected as rows for people: names instead of nodes, terms instead of codes."""
    reader = language()
    return [
        {
            word("column.party"): row["party"].name,
            word("column.what"): schema().labels[row["party"].label].name.in_(reader),
            word("column.relation"): schema().relationships[row["relation"]].name.in_(reader),
            word("column.to"): (row["through"] or row["program"]).name,
            word("column.status"): schema().term("claim_status", row["status"], reader),
            word("column.where"): row["where"],
        }
        for row in found
    ]


def drawing(chosen: Row, found: list[Row]) -> None:
    """Show the program's network and, beside it, what was clicked."""
    id_ = chosen["program"].id
    network = remembered("program_network", lambda store: program_network(store, found), id_)
    network_with_card(network, f"program-picture-{id_}", id_)


st.title(word("page.programs"), anchor=False)
chosen, shown = choose()
found = remembered(WHO, lambda store: find_query(WHO).run(store, program=chosen["program"].id), chosen["program"].id)
st.subheader(text(chosen["program"].name), anchor=False)
st.caption(text(schema().term("area", chosen["area"], language())))
drawing(chosen, found)
st.subheader(word("programs.connected", count=len({row["party"].id for row in found})), anchor=False)
st.dataframe(table(found), hide_index=True, width="stretch")
st.subheader(word("programs.all", count=len(shown)), anchor=False)
st.dataframe(
    [
        {
            word("column.area"): schema().term("area", row["area"], language()),
            word("column.program"): row["program"].name,
            word("column.facilities"): ", ".join(row["facilities"]),
            word("column.partners"): ", ".join(row["partners"]),
        }
        for row in shown
    ],
    hide_index=True,
    width="stretch",
)
footer(WHO)
