"""Query: a question of the catalog as a form, its Cypher to be changed, what it finds as table, network and file."""

import time
from typing import Any

import streamlit as st

from graph.catalog import Query, catalog
from graph.errors import BadInput, MitraError
from graph.store import Store
from graph.words import number
from views.page import choice, footer, language, remembered, text, the_store, word
from views.query_component import editor
from views.query_form import address_key, ask_for, field_key, missing
from views.query_results import MOST_ROWS, Result, results
from views.query_schema import schema_beside

state = st.session_state
OWN = "MATCH (a)-[t:PARTNERS_WITH]->(b:Facility)\nRETURN a, t, b\nLIMIT 25"
MOST_REMEMBERED = 20
MOST_IN_ADDRESS = 1_500


def put(cypher: str) -> None:
    """Put a statement into the editor."""
    state.query_text, state.query_version = cypher, state.get("query_version", 0) + 1


def write(cypher: str) -> None:
    """Keep what the reader has written."""
    state.query_text = cypher


def ask_now(cypher: str | None = None) -> None:
    """Ask what is in the editor, after keeping what the reader has written; it is asked until there is an answer.

    A run of the page may be overtaken by the next: to click the button leaves the editor, which tells its text.
    """
    if cypher is not None:
        write(cypher)
    state.query_ask = True


def again(past: dict[str, Any]) -> None:
    """Put a question of the history back, with what was given to it."""
    state.name, state.query_chosen = past["name"], past["name"]
    put(past["cypher"])
    for parameter, value in past["given"].items():
        state[field_key(past["name"] or "", parameter)] = "" if value is None and not past["name"] else value
    state.query_ask = True


def question() -> Query | None:
    """Show the list of questions; return the one chosen, None for a statement of the reader's own."""
    titles = {name: query.title.in_(language()) for name, query in sorted(catalog().items())}
    name = choice(st, word("query.choose"), titles, "name", hint=word("query.own"))
    query = catalog()[name] if name else None
    if state.get("query_chosen", "") != name:
        first = "query_chosen" not in state
        state.query_chosen = name
        state.pop("query_asked", None)
        named = st.query_params.get("cypher") if first else None
        put(named or (query.cypher if query else OWN))
    if query:
        st.caption(text(query.says.in_(language())))
    return query


def keep_address(given: dict[str, Any], cypher: str, changed: bool) -> None:
    """Keep in the page's address what was given and, where it is changed, the statement."""
    for key in [key for key in st.query_params if key.startswith("p.")]:
        if key.removeprefix("p.") not in given:
            st.query_params.pop(key, None)
    for name, value in given.items():
        if value is None:
            st.query_params.pop(address_key(name), None)
        else:
            st.query_params[address_key(name)] = str(value)
    if changed and len(cypher) <= MOST_IN_ADDRESS:
        st.query_params["cypher"] = cypher
    else:
        st.query_params.pop("cypher", None)


def ask(query: Query | None, cypher: str, given: dict[str, Any]) -> None:
    """Ask the store, remember question and answer of this visit, or keep what went wrong to be shown."""
    name = query.name if query else None
    asked = {"name": name, "cypher": cypher, "given": given}
    try:
        if lacking := missing(query, given):
            raise BadInput("query.fill", names=", ".join(lacking))
        state.query_asked = {**asked, "result": answer(cypher, given, query)}
        state.query_error = None
    except MitraError as error:
        state.query_asked, state.query_error = None, error
        return
    past = [each for each in state.get("query_past", []) if (each["cypher"], each["given"]) != (cypher, given)]
    state.query_past = [asked | {"rows": len(state.query_asked["result"].rows)}, *past][:MOST_REMEMBERED]


def answer(cypher: str, given: dict[str, Any], query: Query | None) -> Result:
    """Return what the store answers, from memory as long as nothing was written to it."""

    def run(store: Store) -> Result:
        began = time.monotonic()
        rows, more = store.ask(cypher, MOST_ROWS, **given)
        columns = list(rows[0]) if rows else [column.name for column in query.columns] if query else []
        return Result(columns, rows, more, time.monotonic() - began)

    with st.spinner(word("query.running", seconds=the_store().longest)):
        return remembered("query", run, cypher, tuple(sorted(given.items())))


def history() -> None:
    """Show what was asked in this visit, the latest first."""
    for place, past in enumerate(state.get("query_past", [])):
        title = catalog()[past["name"]].title.in_(language()) if past["name"] else past["cypher"].splitlines()[0]
        label = word("query.past", title=title[:60], count=number(past["rows"], language()))
        st.button(text(label), key=f"query-past-{place}", on_click=again, args=(past,), width="stretch")
    if not state.get("query_past"):
        st.caption(word("query.no_past"))


def complain_of(error: MitraError) -> None:
    """Say what went wrong; of the engine's words the first line, which says what."""
    values = {key: str(value).splitlines()[0] if str(value) else "" for key, value in error.values.items()}
    st.error(text(word(error.key, **values)))


st.title(word("page.query"), anchor=False)
chosen = question()
cypher = str(state.query_text)
given = ask_for(chosen, cypher)
left, right = st.columns([7, 4], gap="medium")
with left:
    editor(cypher, state.query_version, "cypher", label=word("query.editor"), on_text=write, on_run=ask_now)
    changed = cypher != (chosen.cypher if chosen else OWN)
    one, two, _ = st.columns([2, 3, 3])
    one.button(word("query.run"), type="primary", on_click=ask_now, width="stretch")
    two.button(
        word("query.restore"),
        on_click=put,
        args=(chosen.cypher if chosen else OWN,),
        disabled=not changed,
        width="stretch",
    )
    limits = {"seconds": the_store().longest, "most": number(MOST_ROWS, language())}
    st.caption(word("query.limits", **limits))
with right:
    beside, past = st.tabs([word("query.schema"), word("query.history")])
    with beside, st.container(height=312, border=False):
        schema_beside()
    with past, st.container(height=330, border=False):
        pasts = st.empty()
keep_address(given, cypher, changed)
if state.get("query_ask"):
    try:
        ask(chosen, cypher, given)
    except Exception:  # an interruption by the next run is none: then it is asked again
        state.query_ask = False
        raise
    state.query_ask = False
with pasts.container():
    history()
if error := state.get("query_error"):
    complain_of(error)
if asked := state.get("query_asked"):
    unchanged = chosen is not None and asked["cypher"] == chosen.cypher
    key = (asked["cypher"], tuple(sorted(asked["given"].items())))
    results(asked["result"], chosen if unchanged else None, asked["name"] or "cypher", key)
footer(*([chosen.name] if chosen else ["cypher"]))
