"""What the tests of pages share: the app on the demo and on a hostile network, a page that is ready, its drawing."""

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.claims import Document, Evidence, Mention, Node, Reading, Tie, properties
from graph.publish import publish, withdraw
from graph.store import local, open_store
from tests.browser import streamlit_server, visit
from tests.networks import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Page

DAY = datetime.date(2021, 3, 23)
READY = {"id": "versi data", "en": "data version"}


@pytest.fixture(scope="session")
def app(browser: "Browser", demo_url: str, root: Path) -> Iterator[str]:
    """The app's address; its local store holds the demo."""
    with streamlit_server(root / "app.py", root, MITRA_STORE=demo_url, MITRA_LANG="id") as address:
        yield address


def without_article(demo: Path, folder: Path) -> None:
    """Copy the demo's store into a folder and withdraw the article, as if it never was loaded."""
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    with open_store(f"local:{folder}") as store:
        for row in store.read("MATCH (d:Document {kind: 'article'}) RETURN d.id AS id"):
            withdraw(store, row["id"])


@contextmanager
def opened(browser: "Browser", app: str, path: str, language: str = "id") -> Iterator["Page"]:
    """A page that is ready; at its end, no host but the app's own was asked and no script broke."""
    joint = "&" if "?" in path else "?"
    with visit(browser, f"{app}/{path}{joint}lang={language}") as seen:
        seen.page.get_by_text(READY[language]).wait_for(timeout=120_000)
        yield seen.page
        assert seen.hosts == {app.removeprefix("http://")}
        assert seen.errors == []


def still(page: "Page") -> None:
    """Wait until the page is drawn to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)


def download(page: "Page", button: str) -> "Download":
    """Press a button of a page that is drawn to its end, and return the file that it gives.

    While a page is drawn anew its files are too, and an older button has none to give.
    """
    still(page)
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value


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
        publish(store, hostile_contradiction())
        with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{folder}", MITRA_LANG="id") as address:
            yield address
    local.stop(folder)


def hostile_reading() -> Reading:
    """A program with a partner, a unit, an official, an agreement, an event and a place for each hostile name.

    That name is every sentence, and every property that holds text; of the claims some are too unsure to stand without
    review.
    """
    program = Node("Program", "program:p")
    claims: list[Mention | Tie] = [Mention(program, HOSTILE[0], Evidence(HOSTILE[0]), properties(area="fishery"))]
    for number, name in enumerate(HOSTILE):
        claims += _hostile(number, name, program)
    told = HOSTILE[0]
    whole = Document("document:h", told, "article", DAY, told, told, told, text="\n".join(HOSTILE))
    return Reading(whole, claims)


def hostile_contradiction() -> Reading:
    """A second document with as hostile a title, which gives the units other classes and writes the partners anew.

    So there are values that differ, and names that may be of one thing.
    """
    claims: list[Mention | Tie] = []
    for number, name in enumerate(HOSTILE):
        said = Evidence(name)
        unit, partner = Node("Facility", f"facility:f{number}"), Node("Company", f"company:d{number}")
        claims += [
            Mention(unit, name, said, properties(kind="lapas", **{"class": HOSTILE[number - 1][:500]})),
            Mention(partner, name, said),
            Tie("PARTNERS_WITH", partner, unit, said, properties=properties(area="fishery")),
        ]
    return Reading(Document("document:i", HOSTILE[1], "article", DAY, HOSTILE[1], HOSTILE[1], HOSTILE[1]), claims)


def _hostile(number: int, name: str, program: Node) -> list[Mention | Tie]:
    said = Evidence(name, confidence=0.3 if number % 7 == 0 else 0.9)
    partner, unit = Node("Company", f"company:c{number}"), Node("Facility", f"facility:f{number}")
    official, agreement = Node("Official", f"official:o{number}"), Node("Agreement", f"agreement:a{number}")
    event, place = Node("Event", f"event:e{number}"), Node("Place", f"place:{number}")
    text = name[:500]
    ends = {"signed_on": DAY, "starts_on": DAY, "ends_on": datetime.date.today() + datetime.timedelta(number)}
    return [
        Mention(place, name, said, properties(kind="province", iso=f"ID-{number}", capital=text)),
        Mention(unit, name, said, properties(kind="lapas", **{"class": text})),
        Mention(partner, name, said),
        Mention(official, name, said),
        Mention(agreement, name, said, properties(kind="pks", status="signed", number=text, subject=text, **ends)),
        Mention(event, name, said, properties(kind="meeting", date=DAY, date_text=text)),
        Tie("LOCATED_IN", unit, place, said),
        Tie("SUPPORTS", partner, program, said),
        Tie("RUNS", unit, program, said),
        Tie("PARTNERS_WITH", partner, unit, said, properties=properties(area="fishery")),
        Tie("HOLDS", official, unit, said, properties=properties(title=text)),
        Tie("ATTENDED", official, event, said, properties=properties(role=text)),
        Tie("PARTY_TO", partner, agreement, said),
        Tie("PARTY_TO", unit, agreement, said),
        Tie("SIGNED", official, agreement, said),
    ]
