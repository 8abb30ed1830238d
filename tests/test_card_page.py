"""The card page, walked: from a misspelled name to the facts, the sentence behind a tie, and on to a partner's card."""

from typing import TYPE_CHECKING

import pytest

from tests.pages import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_misspelled_name_opens_the_card_and_the_card_leads_on(browser: "Browser", app: str) -> None:
    with opened(browser, app, "card") as page:
        box = page.get_by_role("combobox", name="Cari UPT")
        box.press_sequentially("bukitingi")
        page.get_by_role("option", name="Lapas Kelas IIA Bukittinggi").wait_for(timeout=30_000)
        box.press("Enter")
        page.get_by_role("heading", name="Lapas Kelas IIA Bukittinggi", level=1).wait_for(timeout=30_000)
        assert "node=facility" in page.url
        row = page.get_by_role("row", name="Kapasitas")
        assert "240" in row.inner_text()
        assert "Daftar unit pelaksana teknis pemasyarakatan, 24 November 2026" in row.inner_text()
        strip = page.locator(".mitra-areas div", has_text="Perikanan")
        strip.wait_for()
        assert "Bermitra" in strip.inner_text()
        page.get_by_text("Ikut hadir tiga pimpinan unit lain").first.wait_for()
        page.locator(".mitra-kinds a", has_text="PT. Al Ananda Labbaik Kakbah").first.click()
        page.get_by_role("heading", name="PT. Al Ananda Labbaik Kakbah", level=1).wait_for(timeout=30_000)
        page.get_by_role("heading", name="Melayani 4 UPT pada").wait_for(timeout=30_000)
        page.get_by_text("4 UPT kehilangan satu-satunya mitra").wait_for(timeout=30_000)


def test_an_address_opens_a_persons_card_in_english(browser: "Browser", app: str) -> None:
    with opened(browser, app, "card?node=official:era-wiharto@lapas-padang", "en") as page:
        page.get_by_role("heading", name="Era Wiharto", level=1).wait_for()
        page.get_by_role("heading", name="holds a post at → (1)").wait_for()
        page.get_by_role("combobox", name="Find a facility").fill("")
        page.get_by_role("combobox", name="Find a facility").press_sequentially("qqqqqq")
        page.get_by_text("No name is like this").wait_for(timeout=30_000)


def test_a_documents_card_tells_what_it_said(browser: "Browser", app: str) -> None:
    with opened(browser, app, "") as start:
        with start.context.expect_page() as popup:
            start.get_by_role("link", name="Kalapas Padang Temui Direktur").click()
        page = popup.value
        page.get_by_role("heading", name="Kalapas Padang Temui Direktur", level=1).wait_for(timeout=30_000)
        page.get_by_text("23 Maret 2021").first.wait_for()
        page.get_by_text("ditjenpas.go.id").first.wait_for()
        page.locator(".mitra-counts a", has_text="menghadiri").click()
        page.get_by_role("heading", name="Yang dinyatakan dokumen ini").wait_for(timeout=30_000)
        assert "says=ATTENDED" in page.url
        page.locator(".mitra-said").get_by_text("Ikut hadir tiga pimpinan unit lain").first.wait_for(timeout=30_000)
        shown = page.locator(".mitra-said .mitra-claim").count()
        assert page.locator(".mitra-counts a", has_text="menghadiri").locator("b").inner_text() == str(shown)


@pytest.mark.parametrize("node", ["document:h", "program:p", "company:c0", "facility:f3"])
def test_hostile_names_stay_text_on_a_card(browser: "Browser", hostile_app: str, node: str) -> None:
    with opened(browser, hostile_app, f"card?node={node}") as page:
        page.wait_for_timeout(500)
        assert page.evaluate("window.pwned === undefined && window.__pwn === undefined")
        assert page.locator("img[src='x'], script:not([src]):has-text('pwn'), iframe").count() == 0
