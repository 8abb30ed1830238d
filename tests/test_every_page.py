"""What is promised of every page there is: hostile text stays text, nobody else is asked, nobody is kept out."""

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.networks import HOSTILE
from tests.pages import opened, still
from views.page import SECTIONS, START

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = [page for pages in SECTIONS.values() for page in pages]
# What a page is asked for where its bare address shows little; a page that is not here is opened as it is.
ASKED = {
    "network": "node=program:p,facility:f1",
    "card": "node=facility:f1",
    "query": "name=where-does-it-say-so&p.node=program:p",
    "connections": "from=company:c0&to=facility:f1",
    "agreements": "days=3650",
}
MORE = ["review?show=pairs", "review?show=conflicts"]  # parts of a page that are as large as a page
PRESSED = {"query": "Jalankan"}
SERIOUS = {"serious", "critical"}
LOOKS = 10  # so often, a second apart, is looked again whether a barrier is still there


def address(page: str) -> str:
    if page in MORE:
        return page
    asked = ASKED.get(page, "")
    return ("" if page == START else page) + (f"?{asked}" if asked else "")


def ready(page: "Page", name: str) -> None:
    """Wait until all is drawn, what a button brings too."""
    still(page)
    if name in PRESSED:
        page.get_by_role("button", name=PRESSED[name], exact=True).click()
        page.wait_for_timeout(1000)
        still(page)
    page.wait_for_timeout(300)
    still(page)


def barriers(page: "Page") -> list[dict[str, Any]]:
    """What axe-core finds serious or critical, short enough to be read in a failure."""
    # Streamlit's own list of pages puts its sections between a list and its items, which no page of ours can mend.
    theirs = {"exclude": [["[data-testid=stSidebarNavItems]"]]}
    found = Axe().run(page, context=theirs, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        {"rule": each["id"], "help": each["help"], "where": [node["html"][:200] for node in each["nodes"][:3]]}
        for each in found
        if each["impact"] in SERIOUS
    ]


def lasting_barriers(page: "Page") -> list[dict[str, Any]]:
    """What keeps people out and stays: a page that is still being drawn has faded text and fields without a label."""
    for _ in range(LOOKS):
        found = barriers(page)
        if not found:
            return []
        page.wait_for_timeout(1000)
    return found


def test_there_are_sixty_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("name", PAGES + MORE)
def test_hostile_text_stays_text_and_nobody_is_kept_out(browser: "Browser", hostile_app: str, name: str) -> None:
    with opened(browser, hostile_app, address(name)) as page:  # asserts that no other host is asked
        ready(page, name)
        assert lasting_barriers(page) == []  # takes until all is drawn, so that what a text could run has run
        assert page.evaluate("window.pwned === undefined && window.__pwn === undefined")
        assert page.locator("[data-testid=stException], iframe, base, embed, object").count() == 0
        foreign = "a[href*='example.org'], a[href^='javascript:' i], [src*='example.org'], link[href*='example.org']"
        foreign += ", img[src*='evil'], script:not([src]):has-text('pwn')"
        assert page.locator(foreign).count() == 0
