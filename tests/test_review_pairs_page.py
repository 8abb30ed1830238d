"""Possible duplicates and conflicts on the review page: judged by a key, merged by the rule, taken back exactly."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.claims import Claim, Node
from graph.publish import publish
from graph.sameness import RULE, sameness_of
from graph.store import Store, local, open_store
from tests.browser import streamlit_server, visit
from tests.conftest import snapshot
from tests.made import document, mention, reading, tie
from tests.pages import still
from tests.test_candidates import named

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = 60_000
UNIT = Node("Facility", "facility:lapas-padang")
ASKED = {"company:rimba-kakbah": "Rimba Kakbah", "company:pt-rimba-kakbah": "PT Rimba Kakbah"}
SURE = {
    "organization:yayasan-maju-rekaan": "Yayasan Maju Rekaan",
    "organization:yayasan-majurekaan": "Yayasan Majurekaan",
}
HEADS = {"official:marten-rekaan": "Marten Rekaan", "official:rina-rekaan": "Rina Rekaan"}


def partner(id_: str, name: str) -> list[Claim]:
    node = Node({"company": "Company", "organization": "Organization"}[id_.partition(":")[0]], id_)
    return [named(node, name), tie("PARTNERS_WITH", node, UNIT, said=f"{name} membantu Lapas Padang.")]


def head(id_: str, name: str) -> list[Claim]:
    node = Node("Official", id_)
    since = datetime.date(2020, 1, 1)
    post = tie("HOLDS", node, UNIT, said=f"Kalapas Padang {name}.", title="Kepala Lapas", since=since)
    return [named(node, name), post]


def filled(store: Store) -> None:
    """Two documents name a unit's class, head and partners, each in its own way."""
    for number, class_ in enumerate(("IIA", "IIB")):
        said: list[Claim] = [mention(UNIT, said=f"Lapas Kelas {class_} Padang.", **{"class": class_})]
        for known in (ASKED, SURE):
            said += partner(*list(known.items())[number])
        said += head(*list(HEADS.items())[number])
        publish(store, reading(document(f"berita-{number}"), said))


@pytest.fixture
def shown(browser: "Browser", tmp_path: Path, root: Path) -> Iterator[tuple[str, Store]]:
    """The app's address, and its store with one pair to ask, one that is surely the same, and two conflicts."""
    with open_store(f"local:{tmp_path}") as store:
        filled(store)
        own = {"MITRA_STORE": f"local:{tmp_path}", "MITRA_LANG": "id", "MITRA_USER": "rina"}
        with streamlit_server(root / "app.py", root, **own) as address:
            yield address, store
    local.stop(tmp_path)


@contextmanager
def opened(browser: "Browser", address: str, show: str, language: str) -> Iterator["Page"]:
    with visit(browser, f"{address}/review?show={show}&lang={language}") as seen:
        yield seen.page
        assert seen.hosts == {address.removeprefix("http://")}
        assert seen.errors == []


def headed(page: "Page", title: str) -> None:
    """Wait until the page has this heading and is at rest, so that a key is heard."""
    page.get_by_role("heading", name=title, exact=True).wait_for(timeout=LONG)
    still(page)


def held(store: Store) -> list[tuple[str, str, str]]:
    return [(each.verdict, each.by, each.reason) for each in sameness_of(store)]


def test_pairs_are_judged_by_keys_and_by_the_rule_and_taken_back(browser: "Browser", shown: tuple[str, Store]) -> None:
    address, store = shown
    before = snapshot(store)
    with opened(browser, address, "pairs", "id") as page:
        headed(page, "Kemungkinan ganda (1)")
        page.get_by_text("hanya satu yang menyebut bentuknya: PT").wait_for()
        for name in ASKED.values():
            assert page.get_by_role("link", name=name, exact=True).is_visible()
            assert page.get_by_text(f"{name} membantu Lapas Padang.", exact=True).is_visible()
        why = page.get_by_label("Alasan", exact=True)
        why.press_sequentially("sunyi")
        why.press("Tab")
        page.keyboard.press("Escape")
        headed(page, "Kemungkinan ganda (1)")
        assert held(store) == []  # what is typed is no key
        page.keyboard.press("n")
        headed(page, "Kemungkinan ganda (0)")
        assert held(store) == [("different", "rina", "sunyi")]
        page.get_by_text("Tidak ada pasangan yang perlu ditanyakan.").wait_for()
        page.keyboard.press("z")
        headed(page, "Kemungkinan ganda (1)")
        assert snapshot(store) == before
        page.keyboard.press("y")
        headed(page, "Kemungkinan ganda (0)")
        assert held(store) == [("same", "rina", "")]
        assert len(store.read("MATCH (c:Company) RETURN c.id AS id")) == 1

        page.get_by_role("heading", name="Pasti sama menurut aturan (1)").wait_for()
        page.get_by_role("button", name="Gabungkan 1 pasangan yang pasti sama").click()
        page.get_by_role("heading", name="Digabung menurut aturan (1)").wait_for(timeout=LONG)
        assert {by for _, by, _ in held(store)} == {"rina", RULE}
        assert page.get_by_role("heading", name="Pasti sama menurut aturan").count() == 0
        page.get_by_role("button", name="Tarik kembali semua").click()
        page.get_by_role("heading", name="Pasti sama menurut aturan (1)").wait_for(timeout=LONG)
        page.get_by_role("button", name="Tarik kembali", exact=False).first.click()
        headed(page, "Kemungkinan ganda (1)")
        assert snapshot(store) == before


def test_conflicts_stand_side_by_side_with_their_sentences(browser: "Browser", shown: tuple[str, Store]) -> None:
    address, _ = shown
    with opened(browser, address, "conflicts", "en") as page:
        headed(page, "Conflicts of documents (2)")
        for sentence in ("Lapas Kelas IIA Padang.", "Lapas Kelas IIB Padang."):
            assert page.locator("blockquote", has_text=sentence).is_visible()
        for name in HEADS.values():
            link = page.get_by_role("link", name=name)
            assert "card?node=official" in str(link.get_attribute("href"))
        page.get_by_text("Possible duplicates", exact=True).click()
        headed(page, "Possible duplicates (1)")
        assert "show=pairs" in page.url
        page.get_by_text("only one says its form: PT").wait_for()
