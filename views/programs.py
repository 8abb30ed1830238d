"""Programs: how many there are by area, province and partner; which these are; who is connected to one of them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph.catalog import find_query
from graph.network import program_network
from graph.programs import QUERY, SIDES, Program, Side, chosen, going_on, programs
from graph.schema import schema
from graph.store import Row
from graph.words import number
from views.network_card import network_with_card
from views.page import (
    address,
    beginning,
    choice,
    footer,
    language,
    nothing_yet,
    one_of,
    remembered,
    shared,
    synthetic,
    text,
    to_address,
    word,
)
from views.programs_multiples import NOT_KNOWN, OVER, draw, names
from views.readings import the_ground
from views.search_component import known

WHO = "who-is-connected-to-program"
MOST_LISTED = 1000
reader = language()


def every_program() -> list[Program]:
    """Return all programs, read once for all readers."""
    ground = the_ground()
    return shared("programs", lambda store: programs(store, ground, synthetic=synthetic()), synthetic())


def filters(named: Mapping[Side, Mapping[str, str]]) -> dict[Side, str]:
    """Show a filter for each side and return those that were chosen."""
    asked: dict[Side, str] = {}
    for side, column in zip(SIDES, st.columns(3), strict=True):
        if term := choice(column, word(f"column.{side}"), named[side], side, hint=word("filter.all")):
            asked[side] = term
    return asked


def matching(every: list[Program], asked: Mapping[Side, str]) -> list[Program]:
    """Return the programs under all that was asked."""
    return chosen(every, {side: None if term == NOT_KNOWN else term for side, term in asked.items()})


def headline(every: list[Program]) -> None:
    """Say in a sentence how many programs there are, where, and with whom."""
    here = going_on(every)
    figures = {
        "count": len(here),
        "facilities": len({party.id for each in here for party in each.facilities}),
        "provinces": len({iso for each in here for iso in each.provinces if iso}),
        "supported": sum(None not in each.on("partner") for each in here),
        "partners": len({term for each in here for term in each.on("partner") if term}),
    }
    st.markdown(text(word("programs.says", **{key: number(figure, reader) for key, figure in figures.items()})))


def standing(every: list[Program]) -> list[Program]:
    """Return the programs that are counted and listed: those that have ended too, if the reader wants it so."""
    ended = {each.id for each in every} - {each.id for each in going_on(every)}
    if not ended:
        return every
    first = beginning("ended", lambda named: named == "true", st.query_params.get("program") in ended)
    shown: bool = st.toggle(word("programs.ended", count=number(len(ended), reader)), first, key="ended")
    if shown:
        to_address("ended")
        return every
    st.query_params.pop("ended", None)
    return going_on(every)


def overview(every: list[Program], named: Mapping[Side, Mapping[str, str]], asked: Mapping[Side, str]) -> None:
    """Show the small pictures, for one side or another; the page's address keeps which."""
    by: Side = st.segmented_control(
        word("programs.by"),
        SIDES,
        format_func=lambda side: word(f"programs.by.{side}"),
        default=beginning("by", one_of(SIDES), "area"),
        key="by",
        required=True,
    )
    to_address("by")
    # What the pictures show themselves is marked in them; only the third side narrows what they count.
    rest = {side: term for side, term in asked.items() if side not in (by, OVER[by])}
    draw(matching(every, rest), by, named, asked)


def listed(found: list[Program], named: Mapping[Side, Mapping[str, str]]) -> None:
    """Show the programs chosen, with who runs and who supports each, and the ways on to them."""
    st.subheader(word("programs.list" if asked else "programs.all", count=number(len(found), reader)), anchor="list")
    if not found:
        st.info(word("programs.none"))
        return
    if len(found) > MOST_LISTED:
        st.caption(word("programs.first", shown=number(MOST_LISTED, reader), all=number(len(found), reader)))
    rows = [_listed(each, named) for each in found[:MOST_LISTED]]
    links = {
        word(f"programs.{page}"): st.column_config.LinkColumn(
            word(f"programs.{page}"), display_text=word("gaps.open_text")
        )
        for page in ("who", "network")
    }
    st.dataframe(rows, hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 420), column_config=links)


def _listed(program: Program, named: Mapping[Side, Mapping[str, str]]) -> dict[str, Any]:
    partners = (party.name for party in program.partners if party.status != "ended")
    return {
        word("column.program"): program.name,
        word("column.area"): named["area"][program.area or NOT_KNOWN],
        word("column.facilities"): ", ".join(party.name for party in program.facilities) or "–",
        word("column.province"): ", ".join(sorted(named["province"].get(iso or "", "–") for iso in program.provinces)),
        word("column.partners"): ", ".join(partners) or "–",
        word("column.status"): schema().term("claim_status", program.status, reader) if program.status else "–",
        word("programs.who"): address("programs", program=program.id),
        word("programs.network"): address("network", node=program.id),
    }


def one(found: list[Program]) -> None:
    """Show who is connected to one of the programs, drawn and as a table."""
    options = {each.id: f"{each.name} · {_where(each)}" for each in found[:MOST_LISTED]}
    named = st.query_params.get("program", "")
    options |= {each.id: f"{each.name} · {_where(each)}" for each in found[MOST_LISTED:] if each.id == named}
    id_ = choice(st, word("programs.choose"), options, "program", hint=None)
    (program,) = (each for each in found if each.id == id_)
    shown = synthetic()
    who = remembered(WHO, lambda store: find_query(WHO).run(store, program=id_, synthetic=shown), id_, shown)
    st.subheader(text(program.name), anchor=False)
    if program.area:
        st.caption(text(schema().term("area", program.area, reader)))
    network = remembered("program_network", lambda store: program_network(store, who), id_, shown)
    network_with_card(network, f"program-picture-{id_}", program.id)
    st.subheader(word("programs.connected", count=len({row["party"].id for row in who})), anchor=False)
    narrow = {word(f"column.{key}"): st.column_config.TextColumn(width=190) for key in ("party", "to", "where")}
    st.dataframe(table(who), hide_index=True, width="stretch", column_config=narrow)


def _where(program: Program) -> str:
    return ", ".join(party.name for party in program.facilities) or "–"


def table(found: list[Row]) -> list[dict[str, object]]:
    """Return who is connected as rows for people: names instead of nodes, terms instead of codes."""
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


st.title(word("page.programs"), anchor=False)
if not known():
    nothing_yet()
every = every_program()
if not every:
    st.info(word("programs.none_yet"))
    st.stop()
named = names(every)
headline(every)
asked = filters(named)
every = standing(every)
found = matching(every, asked)
if asked:
    st.markdown(f"[{text(word('programs.to_list', count=number(len(found), reader)))}](#list)")
overview(every, named, asked)
listed(found, named)
if found:
    one(found)
footer(QUERY, WHO)
