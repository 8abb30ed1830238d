"""How fast the pages are in a browser: a node expanded, and each page's first content.

    python -m bench.pages local:FOLDER

serves the app on the store (which is only read) and prints, for the best connected partner's network:

- the time from a click on a node to its neighbours painted, p50 and p95 of some 12 nodes, beside the time in which the
  page that pyvis writes of the same network is painted, in the same browser: pyvis has no other way to expand a node;
- for each page, from asking the browser for it to its heading, and to the foot of the page, the best of three warm
  visits; and from a click in the navigation to its heading, the way in which most pages are reached.

Browser, server and store share this machine. The click is told to the component at its event handler, without the
quarter of a second of a person's finger. `bench.readers` measures many readers at once.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from pyvis.network import Network as PyvisNetwork

from graph.network import Network, neighbourhood, start
from graph.store import Store, open_store
from tests.browser import FLAGS, ROOT, chromium, streamlit_server
from views.page import SECTIONS, START

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NODES = 12
LONG = 120_000
VIEW = """const root = [...document.querySelectorAll("*")].map((e) => e.shadowRoot?.querySelector(".mitra-network"))
  .find(Boolean); const view = root?.mitra;"""
# Tells the click and waits until the nodes drawn are others and the browser has painted them.
EXPAND = f"""(id) => new Promise((done) => {{ {VIEW}
  const before = root.dataset.drawn, began = performance.now();
  const look = () => root.dataset.drawn !== before
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)))
    : performance.now() - began > 60000 ? done(NaN) : setTimeout(look, 5);
  view.tell("node_click", id);
  look();
}})"""
# Clicks a page's link in the navigation and waits until another heading is painted.
GO = """(name) => new Promise((done) => {
  const heading = () => document.querySelector("h1")?.textContent;
  const before = heading(), began = performance.now();
  document.querySelector(`[data-testid=stSidebarNav] a[href$="/${name}"]`).click();
  const look = () => heading() && heading() !== before
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)))
    : performance.now() - began > 60000 ? done(NaN) : setTimeout(look, 5);
  look();
})"""
READY = f"() => {{ {VIEW} return Boolean(root?.dataset.drawn); }}"
IDS = f"() => {{ {VIEW} return view.nodes.getIds(); }}"
# Runs before pyvis' own script: notes when its network is painted for the first time.
WATCH = """const wait = setInterval(() => {
  if (typeof network === "undefined" || !network?.on) return;
  clearInterval(wait);
  network.once("afterDrawing", () => requestAnimationFrame(() => { window.painted = performance.now(); }));
}, 1);"""


def percentile(times: Sequence[float], part: int) -> float:
    """Return the value below which `part` of a hundred lie."""
    return sorted(times)[max(0, -(-len(times) * part // 100) - 1)]


def shown(name: str, times: Sequence[float]) -> str:
    return f"{name}: p50 {statistics.median(times):.0f} ms, p95 {percentile(times, 95):.0f} ms ({len(times)} times)"


def network_page(browser: "Browser", url: str, node: str) -> "Page":
    """Open the network page around a node and return it, drawn."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{url}/{'' if START == 'network' else 'network'}?node={node}&synthetic=true")
    page.wait_for_function(READY, timeout=LONG)
    settle(page)
    return page


def settle(page: "Page") -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=LONG)


def expansions(browser: "Browser", url: str, node: str, candidates: Sequence[str]) -> list[float]:
    """Return the milliseconds from click to paint for each node, all expanded in one page, one after another."""
    page = network_page(browser, url, node)
    taken = []
    for each in candidates[:NODES]:
        taken.append(page.evaluate(EXPAND, each))
        settle(page)
        page.wait_for_timeout(300)
    page.context.close()
    return [each for each in taken if each == each]  # without those that had nothing new


def pyvis_page(browser: "Browser", drawn: Network) -> float:
    """Return the milliseconds in which the page that pyvis writes of a network is painted."""
    net = PyvisNetwork(directed=True, cdn_resources="in_line")
    for node, data in drawn.nodes(data=True):
        net.add_node(node, label=str(data["name"]), title=str(data["name"]))
    for a, b, data in drawn.edges(data=True):
        net.add_edge(a, b, title=str(data["where"]))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pyvis.html"
        began = time.perf_counter()
        file.write_text(net.generate_html(), "utf-8")
        written = 1000 * (time.perf_counter() - began)
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        page.route("http*://**", lambda route: route.abort())  # the CDN that it asks
        page.add_init_script(WATCH)
        page.goto(file.as_uri())
        page.wait_for_function("() => window.painted", timeout=LONG)
        painted: float = page.evaluate("() => window.painted")
        page.context.close()
    return written + painted


def first_content(browser: "Browser", url: str, page_name: str) -> tuple[float, float]:
    """Return the milliseconds until a page's heading, and its foot, are seen: the best of three after one to warm.

    The browser keeps Streamlit's own files meanwhile, as a reader's does.
    """
    heads, feet = [], []
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    for _ in range(4):
        page = context.new_page()
        began = time.perf_counter()
        page.goto(f"{url}/{'' if page_name == START else page_name}?lang=id", wait_until="commit")
        page.locator("h1").first.wait_for(timeout=LONG)
        heads.append(1000 * (time.perf_counter() - began))
        page.get_by_text("versi data").wait_for(timeout=LONG)
        feet.append(1000 * (time.perf_counter() - began))
        page.close()
    context.close()
    return min(heads[1:]), min(feet[1:])


def switched(browser: "Browser", url: str, names: Sequence[str]) -> dict[str, float]:
    """Return, by page, the milliseconds from a click in the navigation to its heading: the best of three rounds."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{url}/?lang=id")
    settle(page)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(4):
        for name in names:
            taken[name].append(page.evaluate(GO, "" if name == START else name))
            settle(page)
            page.wait_for_timeout(300)
    page.context.close()
    return {name: min(each[1:]) for name, each in taken.items()}


def expandable(store: Store) -> tuple[str, Network, list[str]]:
    """Return the best connected partner, the network around it, and those of its nodes that have more neighbours."""
    node = start(store)
    around = neighbourhood(store, [node])
    hubs = sorted((n for n in around if n != node), key=lambda n: (-around.nodes[n]["degree"], n))
    return node, around, [n for n in hubs if around.nodes[n]["degree"] > around.degree(n)]


def main(url: str) -> None:
    """Measure and print."""
    with open_store(url) as store:
        node, around, candidates = expandable(store)
        units = store.read("MATCH (f:Facility) RETURN count(f) AS n")[0]["n"]
        grown = neighbourhood(store, [node, candidates[0]])
    print(f"{units} facilities; {node}, {around.number_of_nodes()} nodes drawn, {len(candidates)} can be expanded")
    with (
        sync_playwright() as playwright,
        streamlit_server(ROOT / "app.py", ROOT, MITRA_STORE=url, MITRA_LANG="id") as app,
    ):
        browser: Any = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        expansions(browser, app, node, candidates[:2])  # warms server and store
        taken = expansions(browser, app, node, candidates)
        print(shown("expand to painted", taken))
        pyvis = [pyvis_page(browser, grown) for _ in range(3)]
        ratio = min(pyvis) / statistics.median(taken)
        print(f"pyvis as shipped, {grown.number_of_nodes()} nodes: {min(pyvis):.0f} ms, {ratio:.1f} × the median above")
        names = [page for pages in SECTIONS.values() for page in pages]
        clicked = switched(browser, app, [*names[1:], START])
        for name in names:
            head, foot = first_content(browser, app, name)
            print(f"{name}: heading {head:.0f} ms, foot {foot:.0f} ms; by a click {clicked[name]:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
