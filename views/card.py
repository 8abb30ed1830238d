"""Card: one node with all that is said of it, by whom and when; a facility's coverage, a partner's reach."""

import datetime

import streamlit as st

from graph.card import Card, moments, read_card
from graph.schema import schema
from views.card_coverage import (
    coverage_of_facility,
    departure,
    partners_for_facility,
    position_of_facility,
    reach_of_partner,
)
from views.card_document import document_card
from views.card_parts import facts_table, ties_by_kind, timeline
from views.page import address, as_of, footer, language, nothing_yet, remembered, synthetic, text, the_store, word
from views.search_component import forget, known, search_box

PARTNERS = ("Company", "PublicBody", "Organization")


def head(card: Card) -> None:
    """Show what the node is called and what it is, and the ways on from here."""
    label = schema().labels[card.node.label]
    st.title(text(card.node.name), anchor=False)
    invented = f" · {word('card.synthetic')}" if card.node.properties.get("synthetic") else ""
    st.caption(text(label.name.in_(language()) + invented) + " · " + text(card.node.id))
    links = {"network": address("network", node=card.node.id), "connections": address("connections", to=card.node.id)}
    st.markdown(" · ".join(f"[{word(f'card.to_{page}')}]({link})" for page, link in links.items()))


def body(card: Card, day: datetime.date | None) -> None:
    """Show what is known of the node; beside its facts what follows from them on the day."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(word("card.facts"), anchor=False)
        facts_table(card)
    with right:
        if day and card.node.label == "Facility":
            position_of_facility(card.node.id, day)
        elif day:
            departure(card.node.id, day)
    if day and card.node.label == "Facility":
        partners_for_facility(card.node.id, day)
    st.subheader(word("card.timeline"), anchor=False)
    timeline(moments(card))
    st.subheader(word("card.ties"), anchor=False)
    ties_by_kind(card)


the_store()
if not known():
    st.title(word("page.card"), anchor=False)
    nothing_yet()
one, two = st.columns([3, 1])
with one:
    asked = st.query_params.get("node", "")
    of_document = asked.startswith("document:")
    if of_document:
        forget("node")
    node = search_box("node", word("card.search"))
if of_document:
    st.query_params["node"] = asked  # the search knows no documents
    document_card(asked)
    footer("where-does-it-say-so")
    st.stop()
card = remembered("card", lambda store: read_card(store, node or "", synthetic=synthetic()), node, synthetic())
if card is None:
    st.title(word("page.card"), anchor=False)
    st.info(word("card.none"))
else:
    head(card)
    covered = card.node.label in ("Facility", *PARTNERS)
    day = as_of(two) if covered else None
    if day and card.node.label == "Facility":
        coverage_of_facility(card.node.id, day)
    elif day:
        reach_of_partner(card.node.id, day)
    body(card, day)
footer("where-does-it-say-so", "coverage-facts", "who-serves-whom")
