"""The Programs page: its small pictures lead to the programs that they count, and its address restores the view."""

from typing import TYPE_CHECKING

import pytest

from tests.pages import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLANT = "program:pabrik-ikan-lele-asok@lapas-bukittinggi"


def test_a_figure_of_a_small_picture_leads_to_the_programs_it_counts(browser: "Browser", app: str) -> None:
    with opened(browser, app, "programs") as page:
        page.get_by_text("1 program berjalan atau direncanakan di 1 UPT pada 1 provinsi").wait_for()
        pictures = page.get_by_role("group", name="Banyaknya program, satu gambar untuk tiap bidang")
        pictures.get_by_role("link", name="Perikanan 1").wait_for()
        tile = pictures.get_by_role("link", name="Perikanan, Sumatera Barat: 1 program")
        assert tile.inner_text() == "1"
        tile.click()
        page.get_by_role("link", name="1 program cocok").wait_for()
        page.get_by_role("heading", name="Program yang dipilih (1)").wait_for()
        assert "area=fishery" in page.url
        assert "province=ID-SB" in page.url
        assert pictures.locator("[aria-current=true]").count() == 1
        pictures.get_by_role("link", name="Perikanan, Sumatera Barat: 1 program").click()
        page.get_by_role("heading", name="Semua program (1)").wait_for()
        assert "area=" not in page.url


def test_an_address_restores_side_and_filters(browser: "Browser", app: str) -> None:
    with opened(browser, app, f"programs?by=province&area=fishery&program={PLANT}", "en") as page:
        page.get_by_role("heading", name="Programs chosen (1)").wait_for()
        bar = page.get_by_role("link", name="Fishery 1", exact=True)
        bar.wait_for()
        assert bar.get_attribute("aria-current") == "true"
        page.get_by_role("heading", name="Sumatera Barat").wait_for()
        assert page.get_by_role("combobox", name="Area").input_value() == "Fishery"
        page.get_by_role("radio", name="partner").click()
        page.get_by_role("heading", name="PT. Al Ananda Labbaik Kakbah 1").wait_for()
        assert "by=partner" in page.url
