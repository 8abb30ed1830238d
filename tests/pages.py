"""What the tests of pages share: the app on the demo and on a hostile network, a page that is ready, its drawing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.claims import Document, Evidence, Mention, Node, Reading, Tie
from graph.publish import publish
from graph.settings import DEMO
from graph.store import local, open_store
from loaders.sources import find_sources
from tests.browser import streamlit_server, visit
from tests.networks import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READY = {"id": "versi data", "en": "data version"}


@pytest.fixture(scope="session")
def app(browser: "Browser", tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """The app's address; its local store holds the demo."""
    folder = tmp_path_factory.mktemp("app-store")
    with open_store(f"local:{folder}") as store:
        for source in find_sources(DEMO):
            publish(store, source.read())
        with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{folder}", MITRA_LANG="id") as address:
            yield address
    local.stop(folder)


@contextmanager
def opened(browser: "Browser", app: str, path: str, language: str = "id") -> Iterator["Page"]:
    """A page that is ready; at its end, no host but the app's own was asked and no script broke."""
    joint = "&" if "?" in path else "?"
    with visit(browser, f"{app}/{path}{joint}lang={language}") as seen:
        seen.page.get_by_text(READY[language]).wait_for(timeout=60_000)
        yield seen.page
        assert seen.hosts == {app.removeprefix("http://")}
        assert seen.errors == []


def drawn(page: "Page", body: str, argument: object = None) -> Any:
    """Run JavaScript on the drawn network."""
    view = page.get_by_test_id("mitra-network")
    view.locator("canvas").wait_for(timeout=30_000)
    return view.evaluate(f"(el, arg) => {{ const {{ net, nodes, edges }} = el.mitra; {body} }}", argument)


@pytest.fixture(scope="session")
def hostile_app(browser: "Browser", tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """The app on a store in which every name and sentence is an attack."""
    folder = tmp_path_factory.mktemp("hostile-store")
    with open_store(f"local:{folder}") as store:
        publish(store, hostile_reading())
        with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{folder}", MITRA_LANG="id") as address:
            yield address
    local.stop(folder)


def hostile_reading() -> Reading:
    """A program with a partner and a unit for each hostile name, and that name as every sentence."""
    program = Node("Program", "program:p")
    claims: list[Mention | Tie] = [Mention(program, HOSTILE[0], Evidence(HOSTILE[0]))]
    for number, name in enumerate(HOSTILE):
        partner, unit = Node("Company", f"company:c{number}"), Node("Facility", f"facility:f{number}")
        claims += [Mention(partner, name, Evidence(name)), Mention(unit, name, Evidence(name))]
        claims += [Tie("SUPPORTS", partner, program, Evidence(name)), Tie("RUNS", unit, program, Evidence(name))]
    return Reading(Document("document:h", HOSTILE[0], "article"), claims)
