"""An analyst's story, in both languages: a question of the catalog, its Cypher changed, the answer taken away."""

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from graph.settings import DEMO
from graph.store import local
from graph.words import LANGUAGES, Language, say
from tests.browser import streamlit_server
from tests.pages import download, drawn, opened, still, without_article
from tests.test_load_page import drop, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = 60_000
QUESTION = "query?name=who-is-connected-to-program&p.program=pabrik+ikan+lele+asok"
CHANGED = (
    "MATCH (c:Company)-[t:PARTNERS_WITH]->(f:Facility)\n"
    "RETURN c.name AS company, f AS facility, t.confidence AS confidence, t.said_on AS day ORDER BY f.name"
)
UNITS = ["lapas-bukittinggi", "lapas-padang", "lapas-lubukbasung", "rutan-maninjau"]


def write(page: "Page", cypher: str) -> None:
    """Write a statement in the place of what the editor holds, and run it."""
    still(page)
    field = page.get_by_test_id("mitra-cypher").locator("textarea")
    field.fill(cypher)
    field.press("Control+Enter")


def found(language: Language, rows: int) -> str:
    """How the page begins to tell of an answer of so many rows."""
    return say("query.found", language, count=str(rows), seconds="|").partition("|")[0].strip()


def taken(page: "Page", language: Language, form: str) -> bytes:
    given = download(page, say("query.download", language, form=form))
    assert given.suggested_filename.endswith(f".{form.lower()}")
    return Path(given.path()).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_analyst_asks_changes_the_question_and_takes_the_answer_away(
    browser: "Browser", app: str, language: Language
) -> None:
    with opened(browser, app, QUESTION, language) as page:
        editor = page.get_by_test_id("mitra-cypher")
        editor.locator(".parameter").first.wait_for(timeout=LONG)
        assert "$program" in editor.locator("textarea").input_value()
        assert "MATCH" in editor.locator(".keyword").all_inner_texts()
        assert editor.locator(".parameter").first.inner_text() == "$program"
        press(page, say("query.run", language))
        page.get_by_text(found(language, 5)).wait_for(timeout=LONG)

        write(page, "MATCH (n:Facility) SET n.name = 'x' RETURN n")
        page.get_by_text(say("query.writes", language)).wait_for(timeout=LONG)
        write(page, "MATCH (n:Facility) RETURN nowhere")
        page.get_by_text("nowhere' not defined").wait_for(timeout=LONG)

        write(page, CHANGED)
        page.get_by_text(found(language, 4)).wait_for(timeout=LONG)
        assert "cypher=MATCH" in page.url
        rows = list(csv.DictReader(io.StringIO(taken(page, language, "CSV").decode("utf-8-sig"))))
        assert sorted(row["facility"] for row in rows) == sorted(f"facility:{unit}" for unit in UNITS)
        sheet = load_workbook(io.BytesIO(taken(page, language, "XLSX"))).active
        assert sheet is not None
        head, *cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert len(head) == 4
        assert [row[1] for row in cells] == [row["facility"] for row in rows]
        told = json.loads(taken(page, language, "JSON"))
        assert [f"{row['confidence']}" for row in told] == [row["confidence"] for row in rows]
        assert {row["day"] for row in told} == {"2021-03-23"}

        page.get_by_text(say("query.network", language, count="4")).click()
        assert set(drawn(page, "return nodes.getIds();")) == {f"facility:{unit}" for unit in UNITS}
        page.get_by_text(say("query.map", language, count="4")).click()
        page.locator("svg[role=group] a.state-active").nth(3).wait_for(timeout=LONG)
        assert page.locator("svg[role=group] a").count() == len(UNITS)
        page.get_by_role("tab", name=say("query.history", language)).click()
        past = say("query.past", language, title="", count="5")
        page.get_by_role("button", name=past).click()
        page.get_by_text(found(language, 5)).wait_for(timeout=LONG)
        assert "cypher=" not in page.url


def test_the_article_dropped_on_the_load_page_is_seen_in_the_network_with_its_sentences(
    browser: "Browser", root: Path, demo_folder: Path, tmp_path: Path
) -> None:
    without_article(demo_folder, tmp_path)
    article = next((DEMO / "articles").glob("*.txt"))
    with streamlit_server(root / "app.py", root, MITRA_STORE=f"local:{tmp_path}", MITRA_LANG="id") as app:
        with opened(browser, app, "load") as page:
            drop(page, article.name, article.read_bytes())
            press(page, say("load.compare", "id"))
            page.get_by_text("bermitra dengan").first.wait_for(timeout=LONG)
            press(page, "Muat")
            page.get_by_text("klaim ditambah").wait_for(timeout=LONG)
        with opened(browser, app, "network?node=company:pt-al-ananda-labbaik-kakbah") as page:
            page.get_by_role("heading", name="PT. Al Ananda Labbaik Kakbah").wait_for(timeout=LONG)
            assert {f"facility:{unit}" for unit in UNITS} < set(drawn(page, "return nodes.getIds();"))
            said = page.get_by_text("juga sudah bekerja sama dengan perusahaan tersebut").first.text_content() or ""
            assert said in article.read_text("utf-8")
    local.stop(tmp_path)
