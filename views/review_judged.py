"""What was judged of pairs of nodes, by people and by the rule, each with the button that takes it back."""

from collections.abc import Iterable

import streamlit as st

from graph.by_rule import take_back_all
from graph.errors import MitraError
from graph.merging import take_back
from graph.sameness import SAME, Sameness, are_one, called, sameness_of
from graph.schema import schema
from graph.text import shortened
from graph.words import number
from views.page import language, remembered, text, the_store, word

LATEST = 8
LONGEST = 120
state = st.session_state


def undo(pair: tuple[str, str], names: list[str]) -> None:
    """Take a judgement of a pair back, and say so by the names of the two."""
    try:
        take_back(the_store(), *pair)
        still = are_one(sameness_of(the_store()), *pair)
        state.review_said = word("identity.still_one" if still else "identity.taken_back", a=names[0], b=names[1])
    except MitraError as error:
        state.review_error = error


def undo_rule() -> None:
    """Take back all that the rule has merged."""
    try:
        state.review_said = word("identity.rule_undone", count=number(take_back_all(the_store()), language()))
    except MitraError as error:
        state.review_error = error


def judged(held: Iterable[Sameness]) -> None:
    """Show the latest judgements, each with what takes it back, and those of the rule together."""
    latest = sorted(held, key=lambda each: (each.at, each.pair), reverse=True)
    by_people = [each for each in latest if not each.by_rule][:LATEST]
    by_rule = [each for each in latest if each.by_rule]
    shown = [*by_people, *by_rule[:LATEST]]
    if not shown:
        return
    names = remembered("called", lambda store: called(store, shown), *shown)
    if by_people:
        st.subheader(word("review.latest"), anchor=False)
    for place, each in enumerate(by_people):
        judgement(each, names, "z" if place == 0 else None)
    if by_rule:
        one, two = st.columns([5, 1], vertical_alignment="bottom")
        one.subheader(word("review.by_rule", count=number(len(by_rule), language())), anchor=False)
        two.button(word("review.undo_all"), on_click=undo_rule)
        for each in by_rule[:LATEST]:
            judgement(each, names, None)


def judgement(held: Sameness, names: dict[str, str], shortcut: str | None) -> None:
    """Show a judgement of a pair: by whom, what, why, and the button that takes it back."""
    one, two = st.columns([5, 1], vertical_alignment="center")
    called_so = [shortened(names.get(id_, id_), LONGEST) for id_ in held.pair]
    by = word("review.the_rule") if held.by_rule else held.by
    verdict = schema().term("sameness", held.verdict, language())
    parts = [f"**{text(verdict)}**", (" = " if held.verdict == SAME else " · ").join(map(text, called_so)), text(by)]
    one.markdown(" · ".join([*parts, text(held.reason)] if held.reason else parts))
    key = f"undo-{'|'.join(held.pair)}"
    two.button(word("review.undo"), key=key, on_click=undo, args=(held.pair, called_so), shortcut=shortcut)
