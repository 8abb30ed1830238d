"""What is promised on a narrow and on a usual screen: nothing that a page is for lies outside of it."""

from typing import TYPE_CHECKING

import pytest

from tests.pages import READY, drawn, opened, still

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNIT, PARTNER = "facility:rutan-padang", "company:pt-al-ananda-labbaik-kakbah"
OUTSIDE = """
    const field = el.querySelector('.field');
    return nodes.getIds().filter((id) => {
        const { x, y } = net.canvasToDOM(net.getPosition(id));
        return x < 0 || y < 0 || x > field.clientWidth || y > field.clientHeight;
    });
"""
CUT_COLUMNS = """() => [...document.querySelectorAll('[data-testid=stDataFrame] .dvn-scroller')]
    .map((each) => each.scrollWidth - each.clientWidth)"""


def on_screen(page: "Page", width: int, height: int) -> None:
    """Open the page anew on a screen of this size."""
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    page.get_by_text(READY["id"]).wait_for(timeout=60_000)
    still(page)
    page.wait_for_timeout(1500)


@pytest.mark.parametrize("path", [f"connections?from={UNIT}&to={PARTNER}", f"network?node={PARTNER}", "programs"])
def test_on_a_telephone_the_whole_picture_is_seen_at_first(browser: "Browser", app: str, path: str) -> None:
    with opened(browser, app, path) as page:
        on_screen(page, 360, 800)
        assert drawn(page, "return nodes.length;") >= 5
        assert drawn(page, OUTSIDE) == []


def test_paths_run_downwards_on_a_telephone_and_to_the_right_on_a_wide_screen(browser: "Browser", app: str) -> None:
    ends = f"const a = net.getPosition('{UNIT}'), b = net.getPosition('{PARTNER}'); return [b.x - a.x, b.y - a.y];"
    with opened(browser, app, f"connections?from={UNIT}&to={PARTNER}") as page:
        right, down = drawn(page, ends)
        assert right > abs(down)
        on_screen(page, 360, 800)
        right, down = drawn(page, ends)
        assert down > abs(right)


@pytest.mark.parametrize("path", ["gaps", f"network?node={PARTNER}"])
def test_at_1400_pixels_a_table_shows_all_its_columns(browser: "Browser", app: str, path: str) -> None:
    with opened(browser, app, path) as page:
        on_screen(page, 1400, 1000)
        page.locator("[data-testid=stDataFrame] .dvn-scroller").wait_for(timeout=30_000)
        page.wait_for_timeout(500)
        cut = page.evaluate(CUT_COLUMNS)
        assert cut
        assert max(cut) <= 0
