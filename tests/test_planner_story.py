"""A planner's story, walked in both languages: who lacks a health partner, whom to win, who introduces us, the list."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from graph.claims import Claim, Document, Evidence, Mention, Node, Tie, properties
from graph.publish import publish
from graph.schema import Value
from graph.store import local, open_store
from graph.words import Language, say
from tests.browser import streamlit_server
from tests.made import hashed, reading
from tests.pages import download, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OFFICE = Node("PublicBody", "public-body:kanwil-contoh")
CLINIC = Node("PublicBody", "public-body:puskesmas-contoh")
COMPANY = Node("Company", "company:pt-contoh")
CROWDED = Node("Facility", "facility:lapas-contoh-melati")
SERVED = Node("Facility", "facility:lapas-contoh-anggrek")
SMALL = Node("Facility", "facility:rutan-contoh-dahlia")
NAMES = {
    OFFICE: "Kantor Wilayah Contoh",
    CLINIC: "Puskesmas Contoh Sehat",
    COMPANY: "PT Contoh Roti",
    CROWDED: "Lapas Kelas IIA Contoh Melati",
    SERVED: "Lapas Kelas IIB Contoh Anggrek",
    SMALL: "Rutan Kelas IIB Contoh Dahlia",
}
SERVES = "Puskesmas Contoh Sehat memeriksa kesehatan warga binaan Lapas Contoh Anggrek setiap bulan."


def said(node: Node, **own: Value) -> Mention:
    return Mention(node, NAMES[node], Evidence(f"baris {NAMES[node]}"), properties(**own))


def told() -> list[Claim]:
    """Three units of one office; a clinic serves one of them, the most crowded one has a partner only for bread."""
    near = {"latitude": -0.9, "longitude": 100.4}
    units = [
        said(CROWDED, kind="lapas", capacity=300, occupants=900, **near),
        said(SERVED, kind="lapas", capacity=200, occupants=150, **near),
        said(SMALL, kind="rutan", capacity=100, occupants=50, latitude=-1.5, longitude=101.0),
    ]
    bodies = [said(OFFICE, kind="corrections"), said(CLINIC, kind="health"), said(COMPANY)]
    offices = [
        Tie("PART_OF", unit, OFFICE, Evidence("daftar unit kantor wilayah")) for unit in (CROWDED, SERVED, SMALL)
    ]
    serves = Tie("PARTNERS_WITH", CLINIC, SERVED, Evidence(SERVES), properties=properties(area="health"))
    bakes = Tie("PARTNERS_WITH", COMPANY, CROWDED, Evidence("memasok roti"), properties=properties(area="food"))
    return [*units, *bodies, *offices, serves, bakes]


@pytest.fixture(scope="module")
def story(browser: "Browser", tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    """The app's address; its store holds the story's network."""
    folder = tmp_path_factory.mktemp("story-store")
    document = hashed(Document("document:contoh", "Daftar contoh", "register"), told())
    with open_store(f"local:{folder}") as store:
        publish(store, reading(document, told()))
        with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{folder}", MITRA_LANG="id") as address:
            yield address
    local.stop(folder)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_planner_finds_a_gap_a_partner_a_way_and_takes_the_list_along(
    browser: "Browser", story: str, language: Language
) -> None:
    def words(key: str, **values: object) -> str:
        return say(key, language, **values)

    with opened(browser, story, "gaps?area=health", language) as page:
        page.get_by_text("1 + 0 + 0 + 0 + 2 = 3").wait_for()
        page.get_by_text(words("gaps.none_ticked")).wait_for()
        tick_first(page)
        page.get_by_role("link", name=NAMES[CLINIC]).wait_for(timeout=60_000)
        page.get_by_text({"id": "bidang yang sama: Kesehatan", "en": "same area: Health"}[language]).wait_for()
        page.get_by_text(words("insight.reason.kind")).wait_for()
        page.get_by_text(SERVES).wait_for()
        introduced(page, words)
        check_rows(page, words, language)
        page.get_by_role("button", name=words("gaps.matrix_facilities")).or_(
            page.get_by_role("radio", name=words("gaps.matrix_facilities"))
        ).first.click()
        row = page.locator(".mitra-matrix tr", has_text=NAMES[SERVED])
        row.wait_for(timeout=30_000)
        assert row.locator("td").all_inner_texts().count("●") == 2  # in any area, and in health


def tick_first(page: "Page") -> None:
    """Tick the first row of the ranking, which a canvas draws: the unit that needs a partner most."""
    grid = page.locator(".dvn-scroller").first
    grid.wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    grid.click(position={"x": 18, "y": 54})


def introduced(page: "Page", words: Callable[..., str]) -> None:
    """Follow the link from the suggestion to the way that leads to the partner."""
    with page.context.expect_page() as popup:
        page.get_by_role("link", name=words("card.introduce")).first.click()
    way = popup.value
    names = [NAMES[each] for each in (CROWDED, OFFICE, SERVED, CLINIC)]
    way.get_by_text(" → ".join(names)).wait_for(timeout=60_000)
    way.get_by_text(SERVES).first.wait_for()
    way.get_by_text("Daftar contoh").first.wait_for()
    view = way.get_by_test_id("mitra-network")
    view.locator("canvas").wait_for(timeout=30_000)
    drawn = view.evaluate("(el) => el.mitra.nodes.getIds()")
    assert set(drawn) == {each.id for each in (CROWDED, OFFICE, SERVED, CLINIC)}
    way.close()


def check_rows(page: "Page", words: Callable[..., str], language: Language) -> None:
    """Download the list in both forms and check the row of the unit."""
    way = " → ".join(NAMES[each] for each in (CROWDED, OFFICE, SERVED, CLINIC))
    state = {"id": "Belum diketahui", "en": "Unknown"}[language]
    text = content(page, words("gaps.worklist_csv")).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["facility_id"] == CROWDED.id
    assert (row["name"], row["state"], row["partner"]) == (NAMES[CROWDED], state, NAMES[CLINIC])
    assert row["area"] == {"id": "Kesehatan", "en": "Health"}[language]
    assert (row["ask"], row["introduction"]) == (NAMES[OFFICE], way)
    assert words("insight.reason.kind") in row["reasons"]
    sheet = load_workbook(io.BytesIO(content(page, words("gaps.worklist_xlsx")))).worksheets[0]
    headings, cells = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert dict(zip(headings, cells, strict=True))[words("column.introduction")] == way


def content(page: "Page", button: str) -> bytes:
    """Press a download button and return the file's bytes."""
    return Path(download(page, button).path()).read_bytes()
