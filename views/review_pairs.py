"""Possible duplicates: two nodes side by side with what speaks for and against, to be judged by a key."""

import time
from typing import Any

import streamlit as st

from graph.card import Card, read_card
from graph.errors import MitraError
from graph.identity import SAME, Candidate, bar
from graph.merging import hold
from graph.names import label_of
from graph.sameness import DIFFERENT, UNSURE, sameness_of
from graph.schema import schema
from graph.text import shortened
from graph.words import number
from views.card_parts import facts_table, ties_by_kind
from views.page import (
    address,
    choice,
    complain,
    escaped,
    footer,
    language,
    remembered,
    synthetic,
    text,
    the_store,
    word,
)
from views.review_claims import say_what_happened
from views.review_finding import Search, forget, search
from views.review_judged import judged
from views.review_sure import surely

MOST_TIES = 5  # of one kind on a card here
LONGEST = 120
state = st.session_state
STYLE = """<style>
.mitra-why{list-style:none;margin:.2rem 0 .8rem;padding:0;line-height:1.5}
.mitra-why li{overflow-wrap:anywhere;padding-left:1.5rem;text-indent:-1.5rem}
.mitra-why b{display:inline-block;width:1.5rem;text-indent:0}
.mitra-two{font-size:1.35rem;line-height:1.4;margin:.2rem 0 .2rem;overflow-wrap:anywhere}
.mitra-two span{opacity:.6}
</style>"""


def pairs() -> None:
    """Show the pair to be looked at, what judges it, the pairs that are surely one thing, and what was judged."""
    found = search()
    held = remembered("sameness", sameness_of)
    asked = found.asked(held)
    st.title(title(found, len(asked)), anchor=False)
    st.caption(word("review.pairs_says"))
    say_what_happened()
    if found.running:
        comparing(found)
    elif found.error:
        broke_off(found.error)
    else:
        queue(asked)
        surely([each for each in found.open(held) if each.verdict.outcome == SAME])
    judged(held)
    footer("candidates")


def title(found: Search, count: int) -> str:
    """Return the heading, with the number of pairs as soon as it is known."""
    if found.running:
        return word("review.show_pairs")
    return word("review.pairs_title", count=number(count, language()))


@st.fragment(run_every=1.0)
def comparing(found: Search) -> None:
    """Say what is waited for, until it is there; then the whole page is drawn again."""
    if not found.running:
        st.rerun()
    st.info(word("review.comparing", seconds=round(time.monotonic() - found.began)))


def broke_off(error: Exception) -> None:
    """Say why there is nothing to show, and offer to try again."""
    if not isinstance(error, MitraError):
        raise error
    complain(error)
    st.button(word("review.compare_again"), on_click=forget)


def queue(asked: list[Candidate]) -> None:
    """Show the first pair that was not skipped, of the kind that the reader has chosen."""
    labels = {each.one.kind: schema().labels[str(label_of(each.one.id))].name.in_(language()) for each in asked}
    kind = choice(st, word("review.pairs_kind"), labels, "kind", hint=word("filter.all")) if len(labels) > 1 else None
    mine = [each for each in asked if kind in (None, each.one.kind)]
    skipped = state.get("pairs_skipped", [])
    pair = next((each for each in mine if each.ids not in skipped), mine[0] if mine else None)
    if pair is None:
        st.info(word("review.pairs_nothing"))
        return
    cards = [card_of(each.id) for each in (pair.one, pair.other)]
    names = [card.node.name if card else each.name for card, each in zip(cards, (pair.one, pair.other), strict=True)]
    shown = "<span> = </span>".join(escaped(shortened(name, LONGEST)) for name in names)
    st.html(f"{STYLE}<div class='mitra-two'>{shown}<span> ?</span></div>{reasons(pair)}")
    buttons(pair)
    for column, card in zip(st.columns(2, border=True), cards, strict=True):
        with column:
            side(card)


def card_of(id_: str) -> Card | None:
    """Return the card of a node, with the newest of its ties."""
    shown = synthetic()
    return remembered("pair-card", lambda store: read_card(store, id_, synthetic=shown, most=MOST_TIES), id_, shown)


def reasons(pair: Candidate) -> str:
    """Return what speaks for and against as HTML, and what that comes to."""
    signs = sorted(((each.in_(language()), each.weight < 0) for each in pair.verdict.reasons), key=lambda sign: sign[1])
    rows = "".join(f"<li><b>{'−' if against else '+'}</b>{escaped(told)}</li>" for told, against in signs)
    percents = {outcome: round(100 * least) for outcome, least in bar().items()}
    score = word("review.pairs_score", percent=round(100 * pair.verdict.score), **percents)
    return f"<div class='mitra-claim'><div class='source'>{escaped(score)}</div></div><ul class='mitra-why'>{rows}</ul>"


def side(card: Card | None) -> None:
    """Show a node: what it is called and is, its facts with their sources, its ties."""
    if card is None:
        st.info(word("card.none"))
        return
    label = schema().labels[card.node.label].name.in_(language())
    name = text(shortened(card.node.name, LONGEST))
    st.markdown(f"#### [{name}]({address('card', node=card.node.id)})")
    mentions = word("review.mentions", count=number(card.mentions, language()))
    st.caption(" · ".join(text(part) for part in (label, card.node.id, mentions)))
    facts_table(card)
    ties_by_kind(card)


def buttons(pair: Candidate) -> None:
    """Show what judges a pair, each with its key, and where to say why."""
    columns = st.columns([1.3, 1.3, 1.3, 1.3, 2.4], vertical_alignment="bottom")
    shown: tuple[tuple[str, str, str, Any], ...] = (
        ("review.same", "y", SAME, act),
        ("review.not_same", "n", DIFFERENT, act),
        ("review.unsure", "u", UNSURE, act),
        ("review.skip", "s", "", skip),
    )
    for column, (key, shortcut, verdict, work) in zip(columns, shown, strict=False):
        given = {"type": "primary" if verdict == SAME else "secondary", "on_click": work, "args": (pair, verdict)}
        column.button(word(key), shortcut=shortcut, width="stretch", **given)
    columns[-1].text_input(word("review.why"), key="pairs_why")


def act(pair: Candidate, verdict: str) -> None:
    """Judge a pair; what cannot be is kept to be shown."""
    try:
        hold(the_store(), pair.one.id, pair.other.id, verdict, reason=state.get("pairs_why", "").strip())
        state.review_said = told(verdict, pair.one.name, pair.other.name)
        state.pairs_why = ""
    except MitraError as error:
        state.review_error = error


def skip(pair: Candidate, _: str) -> None:
    """Leave a pair for later."""
    state.setdefault("pairs_skipped", []).append(pair.ids)


def told(verdict: str, one: str, other: str) -> str:
    """Return what is held of a pair as a sentence."""
    held = schema().term("sameness", verdict, language())
    return word("identity.held", a=shortened(one, LONGEST), b=shortened(other, LONGEST), verdict=held)
