"""Network: search a node, see who is around it, click to go on; every tie shows the sentence that says it."""

import streamlit as st

from graph.network import Kept, Network, neighbourhood, start, without
from graph.picture import claims_of, layout, legend, picture
from views import network_state as steps
from views.network_beside import claims_beside, contradictions, node_beside
from views.network_component import network as draw
from views.network_filters import filters, narrowed
from views.network_table import files, table
from views.page import footer, language, nothing_yet, remembered, shared, word
from views.search_component import known, search_box

state = st.session_state
KEY = "network-picture"


def found(node: str) -> None:
    """Start from what the search has found, or put it into the picture beside what is there."""
    if node and steps.begun() and state.get("add"):
        steps.add(node)
    elif node:
        steps.begin([node])


def search() -> None:
    """Show the search box, empty again after each node that was found."""
    state.pop("picked-find", None)
    st.query_params.pop("find", None)
    box, beside = st.columns([5, 2], vertical_alignment="bottom")
    with box:
        search_box("find", word("network.search"), on_pick=found)
    beside.toggle(word("network.add"), key="add", help=word("network.add_help"))


def from_address() -> None:
    """Start with what the page's address names, or with what is best drawn first."""
    named = [each for part in st.query_params.get_all("node") for each in part.split(",") if each]
    gone = [each for each in st.query_params.get("without", "").split(",") if each]
    steps.begin(named or [remembered("start", start)], gone)


def to_address() -> None:
    """Keep the open nodes, and those taken out, in the page's address."""
    st.query_params["node"] = ",".join(steps.view().open)
    if steps.view().gone:
        st.query_params["without"] = ",".join(sorted(steps.view().gone))
    else:
        st.query_params.pop("without", None)


def read(kept: Kept) -> Network:
    """Return the network to be drawn: around the open nodes, without those taken out."""
    now = steps.view()
    found = shared(
        "neighbourhood",
        lambda store: neighbourhood(store, now.open, kept=kept, more=dict(now.more)),
        now.open,
        now.more,
        kept,
    )
    return without(found, nodes=now.gone)


def tools() -> None:
    """Show the buttons that take steps back and again."""
    one, two, three, _ = st.columns([2, 2, 2, 1])
    one.button(word("network.undo"), on_click=steps.undo, disabled=not steps.can_undo(), width="stretch")
    two.button(word("network.redo"), on_click=steps.redo, disabled=not steps.can_redo(), width="stretch")
    three.button(word("network.back"), on_click=steps.back, disabled=not steps.can_undo(), width="stretch")


@st.fragment
def drawing(kept: Kept) -> None:
    """Show picture and, beside it, the card of what was clicked; then the same as a table."""
    if narrowed():
        st.rerun()
    whole = read(kept)
    if not set(steps.view().open) & set(whole):
        steps.begin([remembered("start", start)])
        whole = read(kept)
    to_address()
    shown = without(whole, marks=steps.view().off)
    focus = state.chosen if state.chosen in shown else next(iter(n for n in steps.view().open if n in shown), None)
    # What was there stays where it was: new nodes find room around the one that was opened last.
    around = next((node for node in reversed(steps.view().open) if node in shown), None)
    state.places = layout(shown, state.places, around)
    drawn = picture(shown, language(), state.places, focus)
    drawn["legend"] = legend(language(), whole, steps.view().off)
    left, right = st.columns([7, 3], gap="medium")
    with left:
        draw(
            drawn,
            KEY,
            on_node_click=steps.expand,
            on_edge_click=lambda edge: steps.choose_claims(claims_of(drawn, edge)),
            on_node_open=steps.open_all,
            on_moved=steps.move,
            on_mark=steps.toggle,
        )
        tools()
    claims = [claim for claim in state.claims if any(claim == key for *_, key in shown.edges(keys=True))]
    with right:
        if claims:
            claims_beside(shown, claims)
        elif focus:
            node_beside(shown, focus, kept)
    contradictions(shown, claims)
    st.caption(word("network.how"))
    if focus:
        files(shown, focus)
    table(shown)


st.title(word("page.network"), anchor=False)
if not known():
    nothing_yet()
search()
if not steps.begun():
    from_address()
drawing(filters())
footer("neighbourhood")
