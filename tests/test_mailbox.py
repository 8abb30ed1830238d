"""A mailbox: many articles in one file, each a document; bad lines are named, good ones load."""

import datetime
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.loading import load_all
from graph.store import Store
from graph.words import say
from loaders.article import extract, mailbox, read_mailbox
from loaders.sources import find_sources
from tests.articles.scoring import names, text

GOOD = {"url": "https://contoh.example/1", "date": "2021-03-24T08:00:00+07:00", "text": text(names()[0])}


def box(path: Path, *lines: object) -> Path:
    """A mailbox of these lines; what is no text is written as JSON."""
    said = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_bytes("\n".join(said).encode("utf-8", "surrogateescape"))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a mailbox may lie."""
    return tmp_path / "kotak.jsonl"


def test_each_article_is_a_document_of_its_own(path: Path) -> None:
    lines = [{"url": f"https://contoh.example/{name}", "date": "2024-03-06", "text": text(name)} for name in names()]
    readings = list(read_mailbox(box(path, *lines), publisher="Humas"))
    assert [reading.document.url for reading in readings] == [line["url"] for line in lines]
    assert len({reading.document.id for reading in readings}) == len(lines)
    for name, reading in zip(names(), readings, strict=True):
        assert (reading.document.published, reading.document.publisher) == (datetime.date(2024, 3, 6), "Humas")
        facts = extract(text(name), published=datetime.date(2024, 3, 6))
        assert reading.rejects == []
        assert len(facts.posts) <= sum(claim.__class__.__name__ == "Tie" for claim in reading.claims)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("{", "mailbox.json"),
        ("[]", "mailbox.json"),
        ("[" * 100_000, "mailbox.json"),
        ("\udcff\udcfe", "mailbox.json"),
        ({"url": "x"}, "mailbox.empty"),
        ({"text": " 1 2 "}, "mailbox.empty"),
        ({"text": 7}, "mailbox.value"),
        ({"text": "Lapas", "title": ["x"]}, "mailbox.value"),
        ({"text": "Lapas", "date": "besok"}, "mailbox.date"),
        ({"text": "Lapas", "date": 20240101}, "mailbox.date"),
        (GOOD, "mailbox.twice"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_others_load(path: Path, line: object, key: str) -> None:
    other = GOOD | {"url": "https://contoh.example/2"}
    readings = list(read_mailbox(box(path, GOOD, "", line, other)))
    assert [reading.document.url for reading in readings] == [GOOD["url"], other["url"]]
    (reject,) = [reject for reading in readings for reject in reading.rejects]
    assert (reject.place, reject.reason.key) == ("kotak.jsonl:3", key)
    for language in ("id", "en"):
        assert "\n" not in say(key, language, **reject.reason.values)


def test_a_line_that_is_too_long_is_named_and_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "_LONGEST_LINE", 10_000)
    readings = list(read_mailbox(box(path, {"text": "x" * 50_000}, GOOD)))
    assert [(each.place, each.reason.key) for each in readings[0].rejects] == [("kotak.jsonl:1", "mailbox.long")]


@pytest.mark.parametrize(
    ("lines", "key"), [(["{"], "mailbox.none"), ([], "article.empty"), (["{"] * 1_500, "mailbox.none")]
)
def test_a_file_without_an_article_is_refused(path: Path, lines: list[str], key: str) -> None:
    with pytest.raises(BadInput) as error:
        list(read_mailbox(box(path, *lines)))
    assert error.value.key == key
    assert "kotak.jsonl" in str(error.value)


def test_a_title_goes_before_a_text_that_does_not_begin_with_it(path: Path) -> None:
    title, _, rest = text(names()[0]).partition("\n")
    one, two = read_mailbox(
        box(path, GOOD | {"title": title, "text": rest.strip()}, GOOD | {"url": "", "title": title})
    )
    assert one.document.text == two.document.text
    assert (one.document.title, two.document.title) == (title, title)


def test_an_article_is_read_when_it_is_asked_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    real = mailbox.articles

    def counting(path: Path) -> Iterator[tuple[int, Any]]:
        for number, held in real(path):
            read.append(number)
            yield number, held

    monkeypatch.setattr(mailbox, "articles", counting)
    box(path, *(GOOD | {"url": f"https://contoh.example/{number}"} for number in range(50)))
    assert len(list(islice(read_mailbox(path), 3))) == 3
    assert read == [1, 2, 3, 4]


@given(st.lists(st.binary(max_size=60) | st.just(json.dumps(GOOD).encode()), max_size=6))
def test_any_bytes_are_articles_rejects_or_one_refusal(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "kotak.jsonl"
    path.write_bytes(b"\n".join(lines))
    key = "article.empty"
    try:
        assert all(list(reading.claims) for reading in read_mailbox(path))
    except BadInput as error:
        key = error.key
    assert key in ("mailbox.none", "article.empty")


def test_loading_a_mailbox_again_changes_nothing_and_names_the_bad_line_again(store: Store, path: Path) -> None:
    box(path, GOOD, "{", GOOD | {"url": "https://contoh.example/2"})
    for skipped in (False, True):
        results = list(load_all(store, find_sources(path)))
        assert [getattr(result, "skipped", None) for result in results] == [skipped, skipped]
        assert [len(getattr(result, "rejects", ())) for result in results] == [1, 0]
