"""Connections: who could introduce one to another, as a picture and step by step with the sentences behind it."""

import datetime
from collections.abc import Sequence

import streamlit as st

from graph.errors import MitraError
from graph.insight.introductions import AVOIDED, HUB, Hop, Path, introduced
from graph.insight.projection import QUERY
from graph.layout import along
from graph.network import Kept, Network, among
from graph.picture import claims_of, picture
from graph.schema import schema
from graph.store import NodeRecord
from graph.text import plain
from graph.words import number
from views.cards import STYLE, claim_html, claims_card, day
from views.network_component import network as draw
from views.page import (
    address,
    as_of,
    beginning,
    complain,
    escaped,
    footer,
    language,
    nothing_yet,
    remembered,
    synthetic,
    text,
    to_address,
    whole,
    word,
)
from views.readings import the_projection
from views.search_component import known, search_box

MOST_PATHS = 6
AVOIDABLE = (HUB, "Place", "PublicBody", "Official", "Event", "Agreement", "Program", "Company", "Organization")
state = st.session_state


def ends() -> tuple[str | None, str | None]:
    """Show the two search boxes and return what was chosen."""
    one, two = st.columns(2)
    with one:
        start = search_box("from", word("connections.from"))
    with two:
        end = search_box("to", word("connections.to"))
    return start, end


def limits() -> tuple[tuple[str, ...], int, datetime.date]:
    """Show what to avoid, how many paths, and the day; return them. The page's address keeps them."""
    one, two, three = st.columns([4, 1, 2])
    first = beginning("avoid", lambda named: [each for each in named.split(",") if each in AVOIDABLE], list(AVOIDED))
    chosen = one.multiselect(word("connections.avoid"), AVOIDABLE, first, format_func=avoidable, key="avoid")
    st.query_params["avoid"] = ",".join(chosen)
    paths = beginning("paths", lambda named: whole(named, MOST_PATHS) or None, 3)
    many = two.number_input(word("connections.paths"), 1, MOST_PATHS, value=paths, key="paths")
    to_address("paths")
    return tuple(chosen), int(many), as_of(three)


def avoidable(what: str) -> str:
    """Return what is to be avoided as the reader's language names it."""
    return word("connections.hub") if what == HUB else schema().labels[what].name.in_(language())


def pictured(paths: Sequence[Path]) -> None:
    """Draw the paths from left to right; a click on a line shows the claims behind it, one on a node its card."""
    chains = [[path.hops[0].start.id, *(hop.end.id for hop in path.hops)] for path in paths]
    ids = sorted({id_ for chain in chains for id_ in chain})
    claims = {hop.said.claim for path in paths for hop in path.hops}
    network = remembered(
        "paths",
        lambda store: _only(among(store, ids, Kept(synthetic=synthetic())), claims),
        tuple(sorted(claims)),
        synthetic(),
    )
    drawn = picture(network, language(), along(chains), chains[0][0])
    name = "paths-" + "-".join(sorted(claims))[:60]
    left, right = st.columns([7, 3], gap="medium")
    with left:
        told = draw(drawn, name, height=420, turns=True)
    with right:
        if told.edge_click:
            st.subheader(word("network.says_so"), anchor=False)
            claims_card(network, claims_of(drawn, told.edge_click))
        elif told.node_click:
            st.markdown(f"[{text(network.nodes[told.node_click]['name'])}]({address('card', node=told.node_click)})")
        else:
            st.caption(word("connections.how"))


def _only(network: Network, claims: set[str]) -> Network:
    """Return the network with these claims alone."""
    network.remove_edges_from([(a, b, key) for a, b, key in network.edges(keys=True) if key not in claims])
    return network


def steps(at: int, path: Path) -> None:
    """Show one path as a list of steps, each with its sentence, document and day."""
    names = " → ".join(plain(each.name) for each in (path.hops[0].start, *(hop.end for hop in path.hops)))
    st.markdown(f"**{at}. {text(names)}**")
    st.caption(word("connections.cost", hops=len(path.hops), cost=number(float(path.cost), language())))
    st.html(f"{STYLE}<ol class='mitra-steps'>{''.join(f'<li>{_step(hop)}</li>' for hop in path.hops)}</ol>")


def _step(hop: Hop) -> str:
    ends_ = {each.id: _link(each) for each in (hop.start, hop.end)}
    said = {"status": "active", "confidence": hop.said.confidence, "said_on": hop.said.said_on, "where": hop.where}
    html = claim_html(hop.said.relation, ends_[hop.said.start], ends_[hop.said.end], {}, said, hop.source_title)
    more = word("connections.documents", count=hop.documents) if hop.documents > 1 else ""
    return html + (f"<small>{escaped(more)}</small>" if more else "")


def _link(node: NodeRecord) -> str:
    return f"<a href='{escaped(address('card', node=node.id))}' target='_self'>{escaped(plain(node.name))}</a>"


st.title(word("page.connections"), anchor=False)
st.caption(word("connections.says"))
if not known():
    nothing_yet()
start, end = ends()
avoid, many, on = limits()
if start is None or end is None:
    st.info(word("connections.choose"))
else:
    first, last = start, end
    try:
        with st.spinner(word("connections.searching")):
            graph = the_projection(on)
            found = remembered(
                "introduced",
                lambda store: introduced(store, graph, first, last, k=many, avoid=avoid),
                *(start, end, many, avoid, on, synthetic()),
            )
    except MitraError as error:
        complain(error)
    else:
        if found:
            st.subheader(word("connections.found", count=len(found), day=day(on)), anchor=False)
            pictured(found)
            for place, path in enumerate(found, 1):
                steps(place, path)
        else:
            st.warning(word("connections.none", day=day(on)))
footer(QUERY)
