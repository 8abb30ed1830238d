"""The Gaps page: a tick stays while filters come and go, and the work list holds all that is ticked."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.pages import opened
from tests.test_planner_story import tick_first

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_ticks_outlive_the_filters(browser: "Browser", app: str) -> None:
    with opened(browser, app, "gaps") as page:
        province = page.get_by_role("combobox", name="Provinsi")
        tick_first(page)
        page.get_by_text("1 UPT dicentang.").wait_for(timeout=30_000)
        province.fill("Papua Selatan")
        province.press("Enter")
        page.get_by_text("1 UPT dicentang; 1 di antaranya tidak tampak dengan saringan ini.").wait_for(timeout=30_000)
        tick_first(page)
        page.get_by_text("2 UPT dicentang; 1 di antaranya tidak tampak").wait_for(timeout=30_000)
        page.get_by_text(re.compile(r"2 UPT dicentang, \d+ usulan")).wait_for(timeout=30_000)
        province.fill("Gorontalo")
        province.press("Enter")
        page.get_by_text("2 UPT dicentang; 2 di antaranya tidak tampak").wait_for(timeout=30_000)
        page.get_by_role("button", name="Lepas semua centang").click()
        page.get_by_text("Belum ada UPT yang dicentang").wait_for(timeout=30_000)
