"""The network picture in the page: clicks reach Python, places stay, names stay text, nobody else is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import ROOT, Visit, streamlit_server, visit
from tests.networks import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPT = ROOT / "tests" / "apps" / "network_app.py"


@pytest.fixture(scope="module")
def url(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with streamlit_server(SCRIPT, tmp_path_factory.mktemp("empty")) as address:
        yield address


class Seen:
    """The drawn network in an open page."""

    def __init__(self, visited: Visit) -> None:
        self.visit = visited
        self.page = visited.page
        self.view: Locator = self.page.get_by_test_id("mitra-network")
        self.wait_for("drawn", 14)
        self.page.wait_for_timeout(400)

    def wait_for(self, what: str, value: object) -> None:
        from playwright.sync_api import expect

        expect(self.page.get_by_text(f"{what}: {value}")).to_be_visible(timeout=30_000)
        if what == "drawn":
            self.page.wait_for_function(DRAWN, arg=value)

    def js(self, body: str, argument: object = None) -> Any:
        return self.view.evaluate(f"(el, arg) => {{ const {{ net, nodes, edges }} = el.mitra; {body} }}", argument)

    def place(self, node: str) -> tuple[float, float]:
        at = self.js(
            'const p = net.canvasToDOM(net.getPosition(arg)), r = el.querySelector(".field").getBoundingClientRect();'
            "return [r.x + p.x, r.y + p.y];",
            node,
        )
        return at[0], at[1]

    def click(self, node: str) -> None:
        self.page.mouse.click(*self.place(node))

    def positions(self) -> dict[str, dict[str, float]]:
        places: dict[str, dict[str, float]] = self.js("return net.getPositions();")
        return places

    def view_of_it(self) -> tuple[float, dict[str, float]]:
        return self.js("return net.getScale();"), self.js("return net.getViewPosition();")

    def settle(self) -> None:
        self.page.wait_for_timeout(400)


DRAWN = """(count) => [...document.querySelectorAll("*")].some(
  (element) => element.shadowRoot?.querySelector(".mitra-network")?.dataset.drawn?.startsWith(`${count}/`),
)"""


@pytest.fixture
def seen(browser: "Browser", url: str) -> Iterator[Seen]:
    with visit(browser, url) as visited:
        yield Seen(visited)
        assert visited.hosts == {url.removeprefix("http://")}
        assert visited.errors == []
        assert [line for line in visited.console if line.startswith("error")] == []


def test_a_click_reaches_python_and_brings_neighbours_that_move_nothing(seen: Seen) -> None:
    before = seen.positions()
    seen.click("lapas-bukittinggi")
    seen.wait_for("drawn", 16)
    assert "told: click lapas-bukittinggi" in seen.page.get_by_text("drawn:").inner_text()
    after = seen.positions()
    assert {node: after[node] for node in before} == before
    assert set(after) - set(before) == {"program", "mou"}
    assert seen.js("return net.getSelectedNodes();") == ["lapas-bukittinggi"]


def test_zoom_and_view_survive_a_rerun(seen: Seen) -> None:
    seen.js("net.moveTo({ scale: 1.7, position: { x: 40, y: 30 } }); el.mark = 1;")
    before = seen.view_of_it()
    seen.page.get_by_role("button", name="again").click()
    seen.settle()
    assert seen.view_of_it() == before
    assert seen.js("return el.mark;") == 1


def test_new_nodes_are_brought_into_view(seen: Seen) -> None:
    seen.click("lapas-pariaman")
    seen.wait_for("drawn", 14 + len(HOSTILE))
    seen.page.wait_for_timeout(800)
    assert seen.js("return nodes.getIds().filter((id) => !el.mitra.inView(id)).length;") <= 3


@pytest.mark.parametrize("python_forgets", [False, True])
def test_a_dragged_node_stays_where_it_was_put(seen: Seen, python_forgets: bool) -> None:
    if python_forgets:
        seen.page.get_by_text("forget moves").click()
        seen.settle()
    x, y = seen.place("place")
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 60, y - 30, steps=4)
    seen.page.mouse.up()
    seen.wait_for("told", "moved 1")
    put = seen.positions()["place"]
    seen.click("place")
    seen.wait_for("told", "click place")
    seen.settle()
    assert seen.positions()["place"] == pytest.approx(put, abs=1)


def test_a_click_on_an_edge_names_all_its_claims(seen: Seen) -> None:
    middle = seen.js(
        'const p = net.getPosition("pt"), q = net.getPosition("lapas-padang");'
        "const m = net.canvasToDOM({ x: p.x + 0.7 * (q.x - p.x), y: p.y + 0.7 * (q.y - p.y) });"
        'const r = el.querySelector(".field").getBoundingClientRect(); return [r.x + m.x, r.y + m.y];'
    )
    seen.page.mouse.click(*middle)
    seen.wait_for("told", "edge 2")


def test_a_double_click_is_one_click_and_opens(seen: Seen) -> None:
    seen.page.mouse.dblclick(*seen.place("place"))
    seen.wait_for("opened", "place")
    seen.wait_for("clicks", 1)


def test_the_keyboard_reaches_every_node_and_leaves_again(seen: Seen) -> None:
    field = seen.view.locator(".field")
    field.focus()
    assert "14" in (field.get_attribute("aria-label") or "")
    seen.page.keyboard.press("Escape")
    met = []
    for _ in range(14):
        seen.page.keyboard.press("Tab")
        met += seen.js("return net.getSelectedNodes();")
    assert sorted(met) == sorted(seen.positions())
    seen.page.keyboard.press("Tab")
    assert not field.evaluate("element => element.matches(':focus')")


def test_arrows_enter_and_e_act_on_the_selected_node(seen: Seen) -> None:
    seen.view.locator(".field").focus()
    assert seen.js("return net.getSelectedNodes();") == ["event:pertemuan"]
    seen.page.keyboard.press("ArrowUp")
    assert seen.js("return net.getSelectedNodes();") == ["pb:kanwil"]
    assert "Kantor Wilayah" in seen.view.locator(".said").inner_text()
    seen.page.keyboard.press("e")
    assert "Kantor Wilayah" in seen.view.locator(".said").inner_text()
    assert len(seen.js("return net.getSelectedEdges();")) == 1
    seen.page.keyboard.press("Enter")
    seen.wait_for("told", "edge 1")


def test_hostile_names_are_text_and_run_nothing(seen: Seen) -> None:
    seen.click("lapas-pariaman")
    seen.wait_for("drawn", 14 + len(HOSTILE))
    seen.page.wait_for_timeout(800)
    seen.view.get_by_role("button", name="Tampilkan semua").click()
    seen.settle()
    field = seen.view.locator(".field").bounding_box()
    assert field is not None
    for node in seen.positions():
        x, y = seen.place(node)
        assert 0 < x - field["x"] < field["width"]
        assert 0 < y - field["y"] < field["height"]
    popup = seen.view.locator(".vis-tooltip")
    for number, name in enumerate(HOSTILE[:4]):
        seen.page.mouse.move(2, 2)
        seen.page.mouse.move(*seen.place(f"bad-{number}"))
        seen.page.wait_for_timeout(350)
        assert popup.inner_text().splitlines()[0] == name
        assert popup.locator("*:not(br)").count() == 0
    assert seen.page.evaluate("() => window.__pwn ?? null") is None


def test_the_picture_is_downloaded_as_png_with_its_legend(seen: Seen, tmp_path: Path) -> None:
    with seen.page.expect_download() as waiting:
        seen.view.get_by_role("button", name="Unduh gambar").click()
    file = tmp_path / "picture.png"
    waiting.value.save_as(file)
    data = file.read_bytes()
    assert waiting.value.suggested_filename == "jejaring-mitra.png"
    assert data.startswith(b"\x89PNG")
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    canvas = seen.js('const c = el.querySelector("canvas"); return [c.width, c.height];')
    assert (width, height > canvas[1]) == (canvas[0], True)


def test_the_view_is_destroyed_when_it_leaves_the_page(seen: Seen) -> None:
    seen.page.evaluate(KEEP)
    seen.page.get_by_text("without picture").click()
    seen.page.wait_for_function("() => window.kept.net === undefined && window.kept.closed")
    seen.page.get_by_text("without picture").click()
    seen.page.wait_for_function(DRAWN, arg=14)


KEEP = """() => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".mitra-network"));
  window.kept = root.shadowRoot.querySelector(".mitra-network").mitra;
}"""


def test_colours_follow_the_theme_and_nothing_moves(seen: Seen) -> None:
    light, before = seen.js("return el.mitra.theme;"), seen.positions()
    seen.page.emulate_media(color_scheme="dark")
    seen.page.wait_for_timeout(1000)
    dark = seen.js("return el.mitra.theme;")
    assert all(light[part] != dark[part] for part in ("ink", "paper", "line", "chosen"))
    border = seen.js('return nodes.get("place").color.highlight.border;')
    assert border == dark["ink"]
    assert seen.positions() == before


def test_the_library_is_loaded_once_and_a_rerun_sends_little(seen: Seen) -> None:
    before = seen.visit.received
    seen.click("lapas-bukittinggi")
    seen.wait_for("drawn", 16)
    seen.settle()
    assert 0 < seen.visit.received - before < 100_000
    assert sum(address.endswith("vis-network.min.js") for address in seen.visit.urls) == 1
