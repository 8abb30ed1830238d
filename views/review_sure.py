"""Pairs of nodes that the rule holds to be one thing, and the button that merges them."""

from dataclasses import replace

import streamlit as st

from graph.by_rule import merge_sure
from graph.errors import MitraError
from graph.identity import Candidate, candidates
from graph.text import shortened
from graph.words import number
from views.load_report import table
from views.page import language, synthetic, the_store, word

MOST_ROWS = 50
LONGEST = 120
state = st.session_state


def surely(sure: list[Candidate]) -> None:
    """Show the pairs that the rule holds to be one thing, and the button that merges them."""
    if not sure:
        return
    st.subheader(word("review.sure_title", count=number(len(sure), language())), anchor=False)
    st.caption(word("review.sure_says"))
    head = [word("review.one"), word("review.other"), word("column.reasons")]
    shown = sure[:MOST_ROWS]
    table(head, [[*named(each), each.verdict.told(language())] for each in shown])
    if len(shown) < len(sure):
        st.caption(word("review.sure_more", shown=len(shown), all=number(len(sure), language())))
    if st.button(word("review.sure_merge", count=number(len(sure), language())), key="merge-sure"):
        merge(frozenset(each.ids for each in sure))


def named(pair: Candidate) -> list[str]:
    """Return the two names, shortened."""
    return [shortened(each.name, LONGEST) for each in (pair.one, pair.other)]


def merge(seen: frozenset[frozenset[str]]) -> None:
    """Merge the pairs that the reader has seen, as far as they still are surely one thing."""
    store = the_store()
    try:
        with st.spinner(word("review.merging")):
            found = candidates(store, synthetic=synthetic())
            made = merge_sure(store, replace(found, rows=[each for each in found.rows if each.ids in seen]), language())
        state.review_said = word("review.sure_done", count=number(len(made), language()))
    except MitraError as error:
        state.review_error = error
    st.rerun()
