"""A page of one network picture: a click on a node brings its neighbours, a click on an edge names its claims."""

import os
from collections.abc import Mapping

import networkx as nx
import streamlit as st

from graph.picture import claims_of, layout, picture
from graph.words import Language
from tests.networks import neighbourhood, sample
from views.network_component import network

LANGUAGE: Language = "en" if os.environ.get("MITRA_LANG") == "en" else "id"
whole = sample(int(os.environ.get("SAMPLE", "0")))
state = st.session_state
state.setdefault("open", ["event:pertemuan"])
state.setdefault("places", {})
state.setdefault("told", "-")


def expand(node: str) -> None:
    state.told = f"click {node}"
    state.clicks = state.get("clicks", 0) + 1
    if node not in state.open:
        state.open.append(node)


def move(places: Mapping[str, tuple[float, float]]) -> None:
    if not state.forget:
        state.places.update(places)
    state.told = f"moved {len(places)}"


st.set_page_config(layout="wide")
shown: "nx.MultiDiGraph[str]" = neighbourhood(whole, state.open)
for node in state.open:
    state.places = layout(neighbourhood(whole, state.open[: state.open.index(node) + 1]), state.places, node)
drawn = picture(shown, LANGUAGE, state.places, state.open[-1])
st.checkbox("forget moves", key="forget")
if not st.checkbox("without picture"):
    network(
        drawn,
        "kg",
        on_node_click=expand,
        on_edge_click=lambda edge: state.update(told=f"edge {len(claims_of(drawn, edge))}"),
        on_node_open=lambda node: state.update(opened=node),
        on_moved=move,
    )
st.text(
    f"drawn: {shown.number_of_nodes()} told: {state.told} opened: {state.get('opened')} clicks: {state.get('clicks')}"
)
st.button("again")
