"""The load page, walked in a real browser: a planner maps, compares, loads, mends, withdraws; nobody else is asked."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mappings import MOST, Mapped, recall, remember
from graph.settings import DEMO
from graph.status import documents
from graph.store import Store, local, open_store
from tests import article_files
from tests.browser import streamlit_server
from tests.pages import download, opened, still, without_article
from views.load_files import safe_name

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LONG = 60_000
UNIT = "Rutan Kelas IIB Painan"
HEADERS = ("Tempat kami", "Rekanan", "Nomor PKS", "Tanggal PKS", "Jangka waktu")
ROW = (UNIT, "PT Samudra Rekan", "W3.PAS.9-HH.05.05-77", "05/03/2026", "5 tahun")
BAD = ("Rutan Kelas IIB Padang Panjang", "PT Samudra Rekan", "W3.PAS.9-HH.05.05-78", "31 Februari 2026", "1 tahun")
HOSTILE = "<img src=x onerror=__pwn=1> *x* [y](javascript:z())"


def register(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    lines = io.StringIO()
    csv.writer(lines).writerows([headers, *rows])
    return lines.getvalue().encode()


@pytest.fixture(scope="module")
def folder(browser: "Browser", demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a local store that holds the register of facilities and places."""
    folder = tmp_path_factory.mktemp("load-store")
    without_article(demo_folder, folder)
    yield folder
    local.stop(folder)


@pytest.fixture(scope="module")
def app(folder: Path, root: Path) -> Iterator[str]:
    with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{folder}", MITRA_LANG="id") as address:
        yield address


def drop(page: "Page", name: str, content: bytes) -> None:
    kind = "text/plain" if name.endswith(".txt") else "text/csv"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def press(page: "Page", label: str) -> None:
    button = page.get_by_role("button", name=label, exact=True)
    button.wait_for(timeout=LONG)
    page.wait_for_function("button => !button.disabled", arg=button.element_handle(), timeout=LONG)
    button.click()


def choose(page: "Page", label: str, option: str) -> None:
    still(page)
    box = page.get_by_role("combobox", name=label)
    box.evaluate("box => box.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(300)  # a list closes when the page scrolls under it
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def active_units(browser: "Browser", app: str) -> str:
    """What the Gaps page says of Rutans in West Sumatra."""
    with opened(browser, app, "gaps?province=ID-SB&kind=rutan", "en") as page:
        text = page.get_by_text("facilities, of 612 in the register").text_content()
    assert text is not None
    return text


@pytest.mark.browser
@pytest.mark.slow
def test_a_planner_maps_a_foreign_header_sees_the_difference_and_loads_it(browser: "Browser", app: str) -> None:
    before = active_units(browser, app)
    assert before.startswith("0 +")
    with opened(browser, app, "load") as page:
        drop(page, "kerja-sama.csv", register(ROW, BAD))
        page.get_by_text("Kolom wajib belum ada: UPT, Mitra").wait_for(timeout=LONG)
        compare = page.get_by_role("button", name="Tampilkan yang akan berubah")
        assert compare.is_disabled()
        choose(page, "Tempat kami", "UPT *")
        choose(page, "Rekanan", "Mitra *")
        press(page, "Tampilkan yang akan berubah")
        page.get_by_text("2 baris dibaca: 1 dapat dimuat, 1 ditolak.").wait_for(timeout=LONG)
        page.get_by_text("05/03/2026 sebagai").wait_for(timeout=LONG)
        page.get_by_role("cell", name="31 Februari 2026", exact=True).wait_for(timeout=LONG)
        page.get_by_role("cell", name="kerja-sama.csv:3").wait_for(timeout=LONG)
        press(page, "Muat")
        page.get_by_text("kerja-sama dimuat").wait_for(timeout=LONG)
        rejects = download(page, "Unduh baris yang ditolak")
        assert rejects.suggested_filename == "ditolak-kerja-sama.csv"
        rows = list(csv.reader(Path(rejects.path()).read_text("utf-8-sig").splitlines()))
        assert len(rows) == 2
        assert rows[1][1:] == list(BAD)
    assert active_units(browser, app).startswith("1 +")


@pytest.mark.browser
@pytest.mark.slow
def test_a_second_file_with_the_same_headers_needs_no_mapping(browser: "Browser", app: str, folder: Path) -> None:
    with open_store(f"local:{folder}") as store:
        remember(store, HEADERS, Mapped("agreements", {"Tempat kami": "facility", "Rekanan": "partner"}))
    with opened(browser, app, "load", "en") as page:
        drop(page, "more.csv", register(ROW))
        page.get_by_text("The column mapping of an earlier load is used again").wait_for(timeout=LONG)
        page.get_by_role("combobox", name="Rekanan").wait_for(timeout=LONG)
        press(page, "Show what would change")
        page.get_by_text("1 rows read: 1 load, 0 rejected.").wait_for(timeout=LONG)
    with open_store(f"local:{folder}") as store:
        assert "document:more" not in {row["document"] for row in documents(store)}


@pytest.mark.browser
@pytest.mark.slow
def test_articles_of_every_form_and_a_mailbox_are_known(browser: "Browser", app: str, tmp_path: Path) -> None:
    said = next((DEMO / "articles").glob("*.txt")).read_text("utf-8")
    forms = {
        "a.pdf": article_files.pdf(tmp_path / "a.pdf", said).read_bytes(),
        "a.docx": article_files.docx(tmp_path / "a.docx", said).read_bytes(),
        "a.html": article_files.news_page(said).encode(),
        "kotak.jsonl": json.dumps({"url": "https://contoh.example/1", "text": said}).encode(),
    }
    for name, content in forms.items():
        with opened(browser, app, "load") as page:
            drop(page, name, content)
            kind = "satu artikel per baris" if name == "kotak.jsonl" else "Jenis: Artikel"
            page.get_by_text(kind).wait_for(timeout=LONG)
            press(page, "Tampilkan yang akan berubah")
            page.get_by_text("bermitra dengan").first.wait_for(timeout=LONG)


@pytest.mark.browser
@pytest.mark.slow
def test_an_article_is_loaded_listed_and_withdrawn(browser: "Browser", app: str, folder: Path) -> None:
    article = next((DEMO / "articles").glob("*.txt"))
    with open_store(f"local:{folder}") as store:
        before = {row["document"] for row in documents(store)}
        with opened(browser, app, "load") as page:
            drop(page, article.name, article.read_bytes())
            page.get_by_text("Jenis: Artikel").wait_for(timeout=LONG)
            press(page, "Tampilkan yang akan berubah")
            page.get_by_text("bermitra dengan").first.wait_for(timeout=LONG)
            press(page, "Muat")
            page.get_by_text("klaim ditambah").wait_for(timeout=LONG)
            [new] = [row for row in documents(store) if row["document"] not in before]
            assert new["complete"]
            page.get_by_role("cell", name=new["title"], exact=True).wait_for(timeout=LONG)
            choose(page, "Cabut dokumen", new["title"])
            press(page, "Cabut…")
            page.get_by_text("Semuanya dihapus dari graf").wait_for(timeout=LONG)
            press(page, "Batal")
            assert {row["document"] for row in documents(store)} == before | {new["document"]}
            press(page, "Cabut…")
            press(page, "Ya, cabut")
            page.get_by_text("klaim dihapus").wait_for(timeout=LONG)
        assert {row["document"] for row in documents(store)} == before


@pytest.mark.browser
@pytest.mark.slow
def test_hostile_names_headers_and_cells_stay_text_and_mistakes_are_told_in_words(
    browser: "Browser", app: str, folder: Path
) -> None:
    content = register(
        (HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE), headers=("UPT", "Mitra", "Nomor PKS", HOSTILE, "x")
    )
    with opened(browser, app, "load") as page:
        drop(page, f"{HOSTILE.replace('/', '')}.csv", content)
        press(page, "Tampilkan yang akan berubah")
        page.get_by_text("1 baris dibaca: 0 dapat dimuat, 1 ditolak.").wait_for(timeout=LONG)
        page.get_by_role("cell", name=HOSTILE, exact=True).first.wait_for(timeout=LONG)
        drop(page, "old.xls", b"\xd0\xcf\x11\xe0")
        page.get_by_text("Berkas ini tidak dapat dimuat").wait_for(timeout=LONG)
        drop(page, "broken.xlsx", b"PK\x03\x04nothing")
        page.get_by_text("bukan buku kerja .xlsx yang utuh").wait_for(timeout=LONG)
        assert page.evaluate("window.__pwn === undefined")
        assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
        assert "/tmp/" not in page.locator("body").inner_text()


def test_a_mapping_is_recalled_for_the_same_headers_in_any_order_and_case_and_for_no_others(store: Store) -> None:
    assert recall(store, HEADERS) is None
    remember(store, HEADERS, Mapped("agreements", {"Rekanan": "partner", "Catatan": None}))
    remember(store, (*HEADERS, "x"), Mapped("programs", {}))
    assert recall(store, [header.upper() for header in reversed(HEADERS)]) == Mapped(
        "agreements", {"Rekanan": "partner", "Catatan": None}
    )
    assert recall(store, HEADERS[:-1]) is None
    remember(store, HEADERS, Mapped("events", {}))
    assert recall(store, HEADERS) == Mapped("events", {})


def test_the_oldest_mapping_goes_when_there_are_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.mappings.MOST", 2)
    assert MOST > 2
    for name in ("a", "b", "c"):
        remember(store, [name], Mapped("events", {}))
    assert [recall(store, [name]) is None for name in ("a", "b", "c")] == [True, False, False]


@given(st.text(max_size=300))
def test_a_safe_name_is_one_short_visible_part_of_a_path(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert safe not in (".", "..")
    assert len(safe) <= 100
    assert not any(mark in safe for mark in '/\\:*?"<>|\0\n\u202e')
    assert Path(safe).name == safe


def test_a_safe_name_keeps_an_honest_one() -> None:
    assert safe_name("Daftar PKS 2026 (akhir).xlsx") == "Daftar PKS 2026 (akhir).xlsx"
    assert safe_name("..\\..\\etc/passwd.csv") == "passwd.csv"
