"""The network page, walked in a real browser: steps and their way back, legend, filters, table, files, addresses."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from tests.pages import download, drawn, opened
from tests.test_app import click_node

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PARTNER = "company:pt-al-ananda-labbaik-kakbah"
KANWIL = "public-body:kanwil-ditjenpas-sumatera-barat"
UNITS = {f"facility:{name}" for name in ("lapas-padang", "lapas-bukittinggi", "rutan-maninjau", "lapas-lubukbasung")}


def nodes(page: "Page") -> set[str]:
    return set(drawn(page, "return nodes.getIds();"))


def until(page: "Page", wanted: str) -> None:
    """Wait for what is drawn to be so, a condition on the array `ids`."""
    page.get_by_test_id("mitra-network").locator("canvas").wait_for(timeout=30_000)
    page.wait_for_function(
        f"""() => {{
          const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".mitra-network"));
          const ids = root?.shadowRoot.querySelector(".mitra-network").mitra?.nodes?.getIds() ?? [];
          return {wanted};
        }}""",
        timeout=30_000,
    )


def test_steps_are_taken_back_and_again_and_the_address_restores_them(browser: "Browser", app: str) -> None:
    with opened(browser, app, f"network?node={PARTNER}") as page:
        first = nodes(page)
        assert first > UNITS
        click_node(page, "facility:lapas-padang")
        page.get_by_role("heading", name="Lapas Kelas IIA Padang").wait_for(timeout=30_000)
        second = nodes(page)
        assert first < second
        page.get_by_role("button", name="Keluarkan dari gambar").click()
        until(page, "!ids.includes('facility:lapas-padang')")
        page.get_by_role("button", name="Urungkan").click()
        until(page, "ids.includes('facility:lapas-padang')")
        assert nodes(page) == second
        page.get_by_role("button", name="Ulangi").click()
        until(page, "!ids.includes('facility:lapas-padang')")
        third = nodes(page)
        address = page.url
        page.get_by_role("button", name="Kembali ke awal").click()
        until(page, "ids.includes('facility:lapas-padang')")
        assert nodes(page) == first
    assert "without=facility" in address
    with opened(browser, app, address.removeprefix(f"{app}/").replace("lang=id", "")) as page:
        assert nodes(page) == third


def test_several_nodes_stand_side_by_side_and_the_legend_hides_a_kind(browser: "Browser", app: str) -> None:
    both = "facility:lapas-padang,facility:rutan-maninjau"
    with opened(browser, app, f"network?node={both}", "en") as page:
        whole = nodes(page)
        assert {*both.split(","), PARTNER} <= whole
        mark = page.get_by_test_id("mitra-network").get_by_role("button", name="Official")
        assert mark.get_attribute("aria-pressed") == "true"
        mark.click()
        until(page, "!ids.some((id) => id.startsWith('official:'))")
        assert nodes(page) == {node for node in whole if not node.startswith("official:")}
        page.get_by_test_id("mitra-network").get_by_role("button", name="Official", pressed=False).click()
        until(page, f"ids.length === {len(whole)}")


def test_filters_keep_neighbours_and_stand_in_the_address(browser: "Browser", app: str) -> None:
    with opened(browser, app, f"network?node={PARTNER}&labels=Facility", "en") as page:
        assert nodes(page) == {PARTNER, *UNITS}
        page.get_by_text("Filter neighbours (1 filters set)").click()
        page.get_by_role("button", name="Clear filters").click()
        until(page, f"ids.length > {len(UNITS) + 1}")
        assert "labels" not in page.url


def test_a_kind_chosen_beside_the_picture_is_a_filter_like_any_other(browser: "Browser", hostile_app: str) -> None:
    with opened(browser, hostile_app, "network?node=program:p", "en") as page:
        nodes(page)
        page.get_by_role("combobox", name="Show one kind alone").click()
        page.get_by_role("option", name="Facility").click()
        until(page, "ids.length > 5 && ids.every((id) => id === 'program:p' || id.startsWith('facility:'))")
        page.get_by_text("Filter neighbours (2 filters set)").wait_for(timeout=30_000)
        assert "labels=Facility" in page.url


def test_the_picture_is_taken_away_as_page_table_and_graphml(browser: "Browser", app: str, tmp_path: Path) -> None:
    with opened(browser, app, f"network?node={PARTNER}", "en") as page:
        shown = nodes(page)
        files = {}
        for label in ("Download as an HTML page", "Download ties (CSV)", "Download GraphML"):
            files[label] = Path(download(page, label).path()).read_bytes()
    assert b"Content-Security-Policy" in files["Download as an HTML page"]
    assert "juga sudah bekerja sama" in files["Download ties (CSV)"].decode("utf-8-sig")
    assert set(nx.read_graphml(io.BytesIO(files["Download GraphML"]))) == shown


def test_a_misspelled_name_starts_the_picture_anew_or_comes_into_it(browser: "Browser", app: str) -> None:
    with opened(browser, app, f"network?node={PARTNER}") as page:
        nodes(page)
        find(page, "ditjenpas sumatera barat", "Kantor Wilayah Ditjenpas Sumatera Barat")
        until(page, f"ids.includes({KANWIL!r}) && !ids.includes({PARTNER!r})")
        page.get_by_text("Tambahkan ke gambar").click()
        find(page, "bukitingi", "Lapas Kelas IIA Bukittinggi")
        until(
            page, f"ids.includes({KANWIL!r}) && ids.includes('facility:lapas-bukittinggi') && ids.includes({PARTNER!r})"
        )


def find(page: "Page", typed: str, name: str) -> None:
    """Type into the search box, and take the first that is offered, of this name."""
    box = page.get_by_role("combobox", name="Cari")
    box.fill("")
    box.press_sequentially(typed)
    page.get_by_role("option", name=name).first.wait_for(timeout=30_000)
    box.press("Enter")
