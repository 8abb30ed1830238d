"""A network with the card of what was clicked beside it: what pages draw that have no tools of their own around it."""

import streamlit as st

from graph.network import Network
from graph.picture import claims_of, layout, picture
from views.cards import claims_card, node_card
from views.network_component import network as draw
from views.page import language


def network_with_card(shown: Network, key: str, start: str, height: int = 520) -> None:
    """Show a network around `start` and, beside it, the card of the node or tie that was clicked, first of `start`."""
    state = st.session_state
    drawn = picture(shown, language(), layout(shown, {}, start), start)
    kind, id_ = state.get(f"{key}-picked", ("node", start))
    left, right = st.columns([7, 3], gap="medium")
    with left:
        draw(
            drawn,
            key,
            height=height,
            on_node_click=lambda node: state.update({f"{key}-picked": ("node", node)}),
            on_edge_click=lambda edge: state.update({f"{key}-picked": ("edge", edge)}),
        )
    with right:
        claims = claims_of(drawn, id_) if kind == "edge" else []
        if claims:
            claims_card(shown, claims)
            return
        node = id_ if id_ in shown else start
        node_card(shown, node)
        ties = [*shown.in_edges(node, keys=True), *shown.out_edges(node, keys=True)]
        claims_card(shown, [claim for *_, claim in ties], height=height - 160)
