"""How long another network component for Streamlit takes to expand the same nodes of the same store.

    uv run --with st-link-analysis python -m bench.components local:FOLDER

serves a page that holds nothing but st-link-analysis (cytoscape) and what `graph.network` finds around the open nodes,
without cards, table or cache, and prints the time from a double click on a node to its neighbours painted, p50 and p95
of the nodes that `bench.pages` expands; run that beside it. The component waits a moment to see whether more clicks
come, and moves the nodes for half a second after; the first is in the figure, the second is not.
"""

import sys
from pathlib import Path
from typing import Any

from bench.pages import NODES, expandable, shown
from graph.network import Network, neighbourhood
from graph.settings import default_store
from graph.store import open_store
from tests.browser import FLAGS, ROOT, chromium, streamlit_server

LONG = 60_000
FIND = """const cy = document.getElementById("cy")?._cyreg?.cy;"""
READY = f"() => {{ {FIND} return Boolean(cy?.nodes().length); }}"
# The component expands what was selected last; when it is told of a selection it shows the node's properties.
SELECT = f"(id) => {{ {FIND} cy.getElementById(id).select(); }}"
EXPAND = f"""(id) => new Promise((done) => {{ {FIND}
  const before = cy.elements().length, began = performance.now();
  const look = () => cy.elements().length !== before
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)))
    : performance.now() - began > 30000 ? done(NaN) : setTimeout(look, 5);
  cy.getElementById(id).emit("dblclick");
  look();
}})"""


def elements(network: Network) -> dict[str, list[dict[str, Any]]]:
    """Return a network as the component wants it."""
    return {
        "nodes": [
            {"data": {"id": id_, "label": own["label"], "name": own["name"]}} for id_, own in network.nodes.items()
        ],
        "edges": [
            {"data": {"id": claim, "label": data["type"], "source": start, "target": end, "where": data["where"]}}
            for start, end, claim, data in network.edges(keys=True, data=True)
        ],
    }


def page() -> None:
    """Show the component around the nodes that are open: the address names the first, a double click the others."""
    import streamlit as st
    from st_link_analysis import NodeStyle, st_link_analysis

    store = st.cache_resource(open_store)(default_store())
    opened = st.session_state.setdefault("opened", [st.query_params["node"]])
    told = st.session_state.get("picture") or {}
    if told.get("action") == "expand":
        opened.extend(each for each in told["data"]["node_ids"] if each not in opened)
    network = neighbourhood(store, opened)
    styles = [NodeStyle(label, caption="name") for label in sorted({own["label"] for own in network.nodes.values()})]
    st_link_analysis(elements(network), node_styles=styles, node_actions=["expand"], key="picture")


def expansion(browser: Any, app: str, node: str, target: str) -> float:
    """Return the milliseconds from the double click to the neighbours painted, on a fresh page."""
    tab = browser.new_page()
    tab.goto(f"{app}/?node={node}")
    frame = tab.wait_for_selector("iframe", timeout=LONG).content_frame()
    frame.wait_for_function(READY, timeout=LONG)
    tab.wait_for_timeout(1500)
    frame.evaluate(SELECT, target)
    tab.wait_for_timeout(700)
    taken = frame.evaluate(EXPAND, target)
    tab.close()
    return float(taken)


def main(url: str) -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    with open_store(url) as store:
        node, _, every = expandable(store)
    with sync_playwright() as playwright, streamlit_server(Path(__file__), ROOT, MITRA_STORE=url) as app:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        expansion(browser, app, node, every[0])
        taken = [expansion(browser, app, node, each) for each in every[:NODES]]
        print(shown("st-link-analysis, expand to painted", taken))
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        page()
