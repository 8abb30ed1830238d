"""The overview: what the last load changed is what its documents changed; the start page leads on."""

import datetime
from typing import TYPE_CHECKING

import pytest

from graph.claims import Claim
from graph.coverage import read_ground
from graph.insight.changes import last_load
from graph.publish import publish
from graph.status import documents
from graph.store import Store
from tests.made import COMPANIES, FACILITIES, document, hashed, mention, reading, tie
from tests.pages import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = datetime.date(2026, 11, 26)


def loaded(store: Store, name: str, unit: int, at: str) -> None:
    serves = tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[unit])
    claims: list[Claim] = [mention(FACILITIES[unit]), mention(COMPANIES[0]), serves]
    publish(store, reading(hashed(document(name), claims), claims))
    store.write(
        lambda transaction: transaction.run(
            "MATCH (d:Document {id: $id}) SET d.loaded_at = $at", id=f"document:{name}", at=at
        )
    )


def test_the_last_load_is_the_newest_document_and_those_shortly_before_it(store: Store) -> None:
    loaded(store, "lama", 0, "2026-11-25T08:00:00+00:00")
    loaded(store, "baru", 1, "2026-11-26T07:30:00+00:00")
    loaded(store, "terbaru", 2, "2026-11-26T08:15:00+00:00")
    (found,) = last_load(documents(store), read_ground(store), as_of=TODAY).rows
    assert set(found.documents) == {"document:baru", "document:terbaru"}
    changed = [(each.facility, each.before, each.after) for each in found.changes.states if each.area is None]
    assert changed == [(unit.id, "unknown", "active") for unit in (FACILITIES[1], FACILITIES[2])]
    assert {turn.what for turn in found.changes.facts} == {"came"}


def test_where_another_document_says_so_too_the_last_load_changes_no_state(store: Store) -> None:
    loaded(store, "lama", 0, "2026-11-25T08:00:00+00:00")
    loaded(store, "baru", 0, "2026-11-26T08:00:00+00:00")
    (found,) = last_load(documents(store), read_ground(store), as_of=TODAY).rows
    assert set(found.documents) == {"document:baru"}
    assert found.changes.states == []


def test_an_empty_store_has_no_last_load(store: Store) -> None:
    (found,) = last_load(documents(store), read_ground(store), as_of=TODAY).rows
    assert (found.documents, found.changes.states) == ({}, [])


@pytest.mark.slow
@pytest.mark.browser
def test_the_start_page_says_where_we_stand_and_its_search_opens_a_card(browser: "Browser", app: str) -> None:
    with opened(browser, app, "", "en") as page:
        page.get_by_role("heading", name="Partnership of 612 facilities on").wait_for()
        page.get_by_text("4 facilities: Unknown → Active").wait_for()
        page.get_by_text("No agreement without a successor ends within 90 days.").wait_for()
        page.get_by_text("All documents are completely loaded.").wait_for()
        assert "gaps" in str(page.get_by_role("link", name="See which facilities").get_attribute("href"))
        box = page.get_by_role("combobox", name="Find anything")
        box.press_sequentially("bukitingi")
        page.get_by_role("option", name="Lapas Kelas IIA Bukittinggi").click(timeout=30_000)
        page.get_by_role("heading", name="Lapas Kelas IIA Bukittinggi", level=1).wait_for(timeout=60_000)
        page.get_by_text("data version").wait_for(timeout=60_000)
        assert "card?" in page.url
        assert "lang=en" in page.url
