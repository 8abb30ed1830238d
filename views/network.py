"""Network: search a node, see who is around it, click to go on; every tie shows the sentence that says it."""

from collections.abc import Mapping

import streamlit as st

from graph.network import MOST_NEIGHBOURS, Network, names, neighbourhood, start
from graph.picture import claims_of, layout, picture
from graph.schema import schema
from graph.store import NodeRecord
from views.cards import claims_card, node_card, tie_rows
from views.network_component import network as draw
from views.page import (
    footer,
    from_address,
    language,
    nothing_yet,
    remembered,
    synthetic,
    the_store,
    to_address,
    word,
)

state = st.session_state
KEY = "network-picture"


def expand(node: str) -> None:
    """Show a node's card and its neighbours."""
    state.chosen, state.edge = node, None
    if node not in state.expanded:
        state.expanded = [*state.expanded, node]


def choose_edge(edge: str) -> None:
    """Show the claims of a tie."""
    state.edge = edge


def move(places: Mapping[str, tuple[float, float]]) -> None:
    """Keep nodes where the reader has put them."""
    state.places = {**state.places, **places}


def begin(node: str) -> None:
    """Start a new picture around one node."""
    state.expanded, state.places, state.chosen, state.edge = [node], {}, node, None


def searched() -> None:
    """Start from what the search has found."""
    if state.get("node"):
        begin(state.node)


def back() -> None:
    """Go back to the node at which the picture started."""
    begin(state.expanded[0])


def undo() -> None:
    """Take back the last expansion."""
    state.expanded = state.expanded[:-1]
    state.chosen, state.edge = state.expanded[-1], None


def search(known: list[NodeRecord]) -> None:
    """Show the search box over all nodes."""
    named = {node.id: node for node in known}
    reader = language()

    def shown(id_: str) -> str:
        return f"{named[id_].name} · {schema().labels[named[id_].label].name.in_(reader)}"

    from_address("node", named)
    st.selectbox(
        word("network.search"),
        list(named),
        index=None,
        format_func=shown,
        key="node",
        placeholder=word("network.search_hint"),
        on_change=searched,
    )
    to_address("node")
    if state.get("node") and "expanded" not in state:
        begin(state.node)


def drawing(shown: Network) -> None:
    """Show the picture and, beside it, the card of what was clicked."""
    # Every step of the way is laid out in turn, so that what was there stays where it was.
    state.places = layout(shown, state.places, state.expanded[-1])
    drawn = picture(shown, language(), state.places, state.chosen)
    left, right = st.columns([7, 3], gap="medium")
    with left:
        draw(drawn, KEY, on_node_click=expand, on_edge_click=choose_edge, on_moved=move)
        one, two, _ = st.columns([2, 2, 4])
        one.button(word("network.undo"), on_click=undo, disabled=len(state.expanded) < 2, width="stretch")
        two.button(word("network.back"), on_click=back, disabled=len(state.expanded) < 2, width="stretch")
    with right:
        claims = claims_of(drawn, state.edge) if state.edge else []
        if claims:
            st.subheader(word("network.says_so"), anchor=False)
            claims_card(shown, claims)
        else:
            beside(shown, state.chosen)


def beside(shown: Network, node: str) -> None:
    """Show the card of a node: what is known of it, how much of it is drawn, and each of its ties with its sentence."""
    node_card(shown, node)
    around = [key for _, _, key in [*shown.in_edges(node, keys=True), *shown.out_edges(node, keys=True)]]
    hidden = shown.nodes[node]["degree"] - len(around)
    if hidden > 0:
        st.caption(word("network.not_all", shown=len(around), all=shown.nodes[node]["degree"], most=MOST_NEIGHBOURS))
    with st.container(height=430, border=False):
        claims_card(shown, around)


st.title(word("page.network"), anchor=False)
everything = [node for node in remembered("names", names) if synthetic() or not node.properties["synthetic"]]
if not everything:
    nothing_yet()
search(everything)
if "expanded" not in state or not any(node.id == state.expanded[0] for node in everything):
    begin(remembered("start", start))
around = remembered(
    "neighbourhood",
    lambda store: neighbourhood(store, state.expanded, synthetic=synthetic()),
    tuple(state.expanded),
    synthetic(),
)
if state.chosen not in around:
    begin(remembered("start", start))
    around = neighbourhood(the_store(), state.expanded)
drawing(around)
st.caption(word("network.how"))
st.subheader(word("network.table", ties=around.number_of_edges()), anchor=False)
st.dataframe(tie_rows(around), hide_index=True, width="stretch")
footer("neighbourhood")
