"""A leader moves the day, reads the map, looks at a province and downloads the brief, in both languages."""

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from graph.settings import DEMO
from tests.pages import download, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAYS = {
    "id": {
        "before": "Pada 1 Maret 2021, 0 dari 612 UPT",
        "after": "Pada 1 April 2021, 4 dari 612 UPT",
        "button": "Unduh ringkasan (PDF)",
        "day": "1 April 2021",
        "covered": "4 Bermitra",
        "share": "4 dari 24 UPT bermitra",
        "ahead": "12 bulan lagi",
        "later": "Pada 1 April 2022, 4 dari 612 UPT",
        "agreements": "Tidak ada naskah tanpa penerus yang berakhir",
    },
    "en": {
        "before": "On 1 March 2021, 0 of 612 facilities",
        "after": "On 1 April 2021, 4 of 612 facilities",
        "button": "Download brief (PDF)",
        "day": "1 April 2021",
        "covered": "4 Active",
        "share": "4 of 24 facilities have a partner",
        "ahead": "In 12 months",
        "later": "On 1 April 2022, 4 of 612 facilities",
        "agreements": "No agreement without a successor ends",
    },
}
# The article of 23 March 2021 names four units of West Sumatra that work with the company; nothing else is said.
COVERED = {"ID-SB": 4}


def by_hand() -> dict[str, int]:
    """The units of each province, counted in the register's own files."""

    def read(name: str) -> list[dict[str, str]]:
        with (DEMO / "register" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    iso = {row["code"]: row["iso"] for row in read("provinces")}
    return dict(Counter(iso[row["province_code"]] for row in read("facilities")))


def tiles(page: "Page") -> dict[str, str]:
    """What each tile shows beside its name."""
    page.locator(".tiles a").first.wait_for(timeout=30_000)
    told = (
        "(all) => all.map((a) => [a.dataset.id, ['b', '.detail'].map((e) => a.querySelector(e).textContent).join(' ')])"
    )
    return dict(page.locator(".tiles a").evaluate_all(told))


def brief_of(page: "Page", name: str) -> str:
    pages = PdfReader(io.BytesIO(download(page, name).path().read_bytes())).pages
    assert len(pages) <= 2
    return " ".join(" ".join(each.extract_text() for each in pages).split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_leader_moves_the_day_reads_the_map_and_takes_the_brief_along(
    browser: "Browser", app: str, language: str
) -> None:
    from playwright.sync_api import expect

    says, units = SAYS[language], by_hand()
    with opened(browser, app, "map?as_of=2021-03-01", language) as page:
        page.get_by_text(says["before"]).wait_for()
        assert tiles(page) == {iso: f"? 0/{count}" for iso, count in units.items()}
        page.get_by_role("slider").last.press("ArrowRight")
        page.get_by_text(says["after"]).wait_for(timeout=30_000)
        page.wait_for_url(re.compile("as_of=2021-04-01"))
        expected = {iso: f"? 0/{count}" for iso, count in units.items()} | {"ID-SB": f"17% 4/{units['ID-SB']}"}
        assert round(100 * COVERED["ID-SB"] / units["ID-SB"]) == 17
        assert tiles(page) == expected
        assert page.locator("svg[role=group] a").count() == sum(units.values()) == 612
        assert page.locator("svg[role=group] a.state-active").count() == 4

        page.locator(".tiles a[data-id='ID-SB']").click()
        page.get_by_role("heading", name=re.compile(f"Sumatera Barat.*{says['day']}")).wait_for(timeout=30_000)
        page.wait_for_url(re.compile("province=ID-SB"))
        read = brief_of(page, says["button"])
        for told in (says["day"], says["covered"], says["share"], "17% 4/24", "coverage-facts/map"):
            assert told in read
        version = re.search(r"(?:versi data|data version) ([0-9a-f]{12})", page.inner_text("body"))
        assert version
        assert version[1] in read.replace(" ", "")

        page.get_by_role("radio", name=says["ahead"]).or_(page.get_by_role("button", name=says["ahead"])).first.click()
        page.get_by_text(says["later"]).wait_for(timeout=30_000)
    with opened(browser, app, "agreements?days=30&province=ID-SB", language) as page:
        page.get_by_text(says["agreements"]).wait_for()
        expect(page.get_by_test_id("stNumberInputField")).to_have_value("30")  # drawn first, filled a moment later
        assert "days=30" in page.url
