"""The three pages, walked in a real browser: what a planner sees, clicks and reads, and that nobody else is asked."""

from typing import TYPE_CHECKING

import pytest

from tests.pages import READY, drawn, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PARTNER = "company:pt-al-ananda-labbaik-kakbah"


def click_node(page: "Page", node: str) -> None:
    page.wait_for_timeout(500)  # the picture moves into view when it is first drawn
    at = drawn(
        page,
        'const p = net.canvasToDOM(net.getPosition(arg)), r = el.querySelector(".field").getBoundingClientRect();'
        "return [r.x + p.x, r.y + p.y];",
        node,
    )
    page.mouse.click(*at)


def test_a_planner_clicks_a_unit_sees_its_neighbours_and_reads_the_sentence_behind_a_tie(
    browser: "Browser", app: str
) -> None:
    with opened(browser, app, f"network?node={PARTNER}") as page:
        page.get_by_role("heading", name="PT. Al Ananda Labbaik Kakbah").wait_for()
        before = set(drawn(page, "return nodes.getIds();"))
        assert {"facility:lapas-padang", "facility:lapas-bukittinggi", "facility:rutan-maninjau"} <= before
        assert "official:era-wiharto@lapas-padang" not in before
        click_node(page, "facility:lapas-padang")
        page.get_by_role("heading", name="Lapas Kelas IIA Padang").wait_for(timeout=30_000)
        after = set(drawn(page, "return nodes.getIds();"))
        assert before < after
        assert "official:era-wiharto@lapas-padang" in after
        assert page.get_by_text("Era Wiharto, bertemu Direktur Utama").first.is_visible()
        page.get_by_role("button", name="Urungkan").click()
        page.get_by_role("heading", name="PT. Al Ananda Labbaik Kakbah").wait_for(timeout=30_000)
        assert set(drawn(page, "return nodes.getIds();")) == before


def test_a_click_on_a_line_shows_who_says_so(browser: "Browser", app: str) -> None:
    with opened(browser, app, f"network?node={PARTNER}", "en") as page:
        drawn(page, "return nodes.getIds();")
        page.wait_for_timeout(500)
        at = drawn(
            page,
            "const e = edges.get().find((e) => [e.from, e.to].includes('facility:rutan-maninjau')"
            f" && [e.from, e.to].includes('{PARTNER}'));"
            "const a = net.canvasToDOM(net.getPosition(e.from)), b = net.canvasToDOM(net.getPosition(e.to));"
            'const r = el.querySelector(".field").getBoundingClientRect();'
            "return [r.x + a.x * 0.6 + b.x * 0.4, r.y + a.y * 0.6 + b.y * 0.4];",
        )
        page.mouse.click(*at)
        page.get_by_role("heading", name="What the source says").wait_for(timeout=30_000)
        assert page.get_by_text("juga sudah bekerja sama dengan perusahaan tersebut").first.is_visible()
        assert page.get_by_text("23 March 2021").first.is_visible()


def test_the_programs_page_shows_who_is_connected_to_the_smoked_catfish_plant(browser: "Browser", app: str) -> None:
    with opened(browser, app, "programs") as page:
        page.get_by_role("heading", name="Siapa terhubung dengan program ini (5)").wait_for()
        shown = set(drawn(page, "return nodes.getIds();"))
        assert {PARTNER, "facility:lapas-bukittinggi", "official:marten@lapas-bukittinggi"} <= shown


def test_the_gaps_add_up_to_the_register_and_to_the_filtered_part_of_it(browser: "Browser", app: str) -> None:
    with opened(browser, app, "gaps") as page:
        page.get_by_text("4 + 0 + 0 + 0 + 608 = 612 UPT, dari 612 dalam daftar").wait_for()
    with opened(browser, app, "gaps?province=ID-SB&kind=rutan", "en") as page:
        page.get_by_text("1 + 0 + 0 + 0 + 7 = 8 facilities, of 612 in the register").wait_for()


@pytest.mark.parametrize("path", ["", "network", "programs", "gaps"])
def test_the_language_switch_turns_the_whole_page(browser: "Browser", app: str, path: str) -> None:
    titles = {
        "": ("Gambaran umum", "Overview"),
        "network": ("Jejaring", "Network"),
        "programs": ("Program", "Programs"),
        "gaps": ("Kesenjangan mitra", "Partner gaps"),
    }
    with opened(browser, app, path) as page:
        indonesian, english = titles[path]
        page.get_by_role("heading", name=indonesian, level=1).wait_for()
        page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
        page.get_by_role("heading", name=english, level=1).wait_for(timeout=30_000)
        page.get_by_text(READY["en"]).wait_for()
        assert "lang=en" in page.url
