"""The review page: a sentence in its place, judged by a key, corrected in a form, and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Tie
from graph.publish import publish
from graph.store import Store, local, open_store
from tests.browser import streamlit_server, visit
from tests.networks import HOSTILE
from tests.pages import still

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = "Padang. PT Satu mungkin membantu Lapas Padang. PT Dua mungkin membantu Lapas Metro. Selesai."
FIRM, OTHER = Node("Company", "company:pt-satu"), Node("Company", "company:pt-dua")
UNIT, SECOND = Node("Facility", "facility:lapas-padang"), Node("Facility", "facility:lapas-metro")
LONG = 60_000


def weak(sentence: str) -> Evidence:
    begins = TEXT.index(sentence)
    return Evidence(sentence, (begins, begins + len(sentence)), 0.5)


def said() -> Reading:
    one, two = weak("PT Satu mungkin membantu Lapas Padang."), weak("PT Dua mungkin membantu Lapas Metro.")
    claims: list[Claim] = [
        Mention(FIRM, "PT Satu", one),
        Mention(UNIT, "Lapas Padang", one),
        Tie("PARTNERS_WITH", FIRM, UNIT, one),
        Mention(OTHER, HOSTILE[0], two),
        Mention(SECOND, "Lapas Metro", two),
        Tie("PARTNERS_WITH", OTHER, SECOND, two),
    ]
    return Reading(Document("document:berita", "Berita Padang", "article", text=TEXT), claims)


@pytest.fixture
def shown(browser: "Browser", tmp_path: Path, root: Path) -> Iterator[tuple[str, Store]]:
    """The app's address, and its store with two weak claims of one article."""
    with open_store(f"local:{tmp_path}") as store:
        publish(store, said())
        with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{tmp_path}", MITRA_LANG="id") as address:
            yield address, store
    local.stop(tmp_path)


@contextmanager
def opened(browser: "Browser", address: str) -> Iterator["Page"]:
    with visit(browser, f"{address}/review?lang=id") as seen:
        waiting(seen.page, 2)
        yield seen.page
        assert seen.hosts == {address.removeprefix("http://")}
        assert seen.errors == []


def waiting(page: "Page", count: int) -> None:
    """Wait until the page says how many claims wait, and is at rest, so that a key is heard."""
    page.get_by_role("heading", name=f"Tinjau klaim ({count})").wait_for(timeout=LONG)
    still(page)


def partners(store: Store) -> list[tuple[str, str, str | None]]:
    rows = store.read(
        "MATCH (:Company)-[r:PARTNERS_WITH]->(f) RETURN f.id AS unit, r.status AS status, r.reviewed AS reviewed"
    )
    return sorted((row["unit"], row["status"], row["reviewed"]) for row in rows)


def test_a_reviewer_judges_by_keys_corrects_and_takes_back(browser: "Browser", shown: tuple[str, Store]) -> None:
    address, store = shown
    with opened(browser, address) as page:
        page.locator("mark", has_text="PT Satu mungkin membantu Lapas Padang.").wait_for()
        assert page.get_by_text("Padang. ", exact=False).first.is_visible()
        page.keyboard.press("y")
        waiting(page, 1)
        assert partners(store) == [(SECOND.id, "active", None), (UNIT.id, "active", "accepted")]
        assert page.evaluate("window.pwned === undefined && window.__pwn === undefined")

        page.get_by_text("Perbaiki", exact=True).click()
        status = page.get_by_role("combobox", name="Status")
        status.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)  # a list closes when the page moves under it
        status.fill("Direncanakan")
        page.get_by_role("option", name="Direncanakan").wait_for(timeout=LONG)
        status.press("Enter")
        page.get_by_role("button", name="Simpan perbaikan").click()
        waiting(page, 0)
        assert partners(store) == [(SECOND.id, "planned", "corrected"), (UNIT.id, "active", "accepted")]

        page.get_by_role("button", name="Tarik kembali").nth(1).click()
        waiting(page, 1)
        page.keyboard.press("n")
        waiting(page, 0)
        assert partners(store) == [(SECOND.id, "planned", "corrected")]
