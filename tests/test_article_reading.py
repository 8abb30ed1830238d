"""From a file to a document and its claims: encodings, errors, the day of publishing, ids."""

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.claims import Mention
from graph.errors import BadInput
from graph.names import document_id
from graph.words import say
from loaders.article import extract, read_article

Writer = Callable[[bytes], Path]
ARTICLE = (
    "Lapas Padang Terima Mitra\n\nPADANG – Kalapas Kelas IIA Padang, Budi Karya, bertemu Direktur CV. Niaga Café Jaya, "
    "Sri Wahyuni, di aula Lapas Padang, Selasa (23/3)."
)


@pytest.fixture
def file(tmp_path: Path) -> Writer:
    def write(raw: bytes) -> Path:
        path = tmp_path / "artikel.txt"
        path.write_bytes(raw)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(file: Writer, encoding: str) -> None:
    facts = read_article(file(ARTICLE.encode(encoding)))
    assert "CV. Niaga Café Jaya" in {claim.name for claim in facts.claims if isinstance(claim, Mention)}


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "article.empty"),
        (b" \n\t\n 123 ", "article.empty"),
        (b"Lapas \x81\x8d Padang", "article.undecodable"),
        (b"Lapas \xff\x00\x01 Padang", "article.undecodable"),
        (b"\xff\xfeL\x00a", "article.undecodable"),
    ],
)
def test_what_cannot_be_read_says_so(file: Writer, raw: bytes, key: str) -> None:
    with pytest.raises(BadInput) as error:
        read_article(file(raw))
    assert error.value.key == key
    for language in ("id", "en"):
        assert "artikel.txt" in say(key, language, **error.value.values)


def test_missing_files_and_folders_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as missing:
        read_article(tmp_path / "tiada.txt")
    with pytest.raises(BadInput) as folder:
        read_article(tmp_path)
    assert (missing.value.key, folder.value.key) == ("article.missing", "article.unreadable")


def test_the_document_keeps_what_the_claims_count_on(file: Writer) -> None:
    path = file(ARTICLE.encode())
    reading = read_article(path, url="https://contoh.id/a", publisher="Humas", synthetic=True)
    document = reading.document
    assert (document.kind, document.file, document.publisher, document.synthetic) == (
        "article",
        "artikel.txt",
        "Humas",
        True,
    )
    assert (document.title, document.id) == ("Lapas Padang Terima Mitra", document_id("https://contoh.id/a"))
    assert len(str(document.hash)) == len(hashlib.sha256().hexdigest())
    for claim in reading.claims:
        claim.check()
        assert claim.evidence.span
        begin, end = claim.evidence.span
        assert str(document.text)[begin:end] == claim.evidence.where


def test_the_hash_follows_text_and_metadata(file: Writer) -> None:
    def digest(text: str, **metadata: Any) -> str | None:
        return read_article(file(text.encode()), **metadata).document.hash

    hashes = [
        digest(ARTICLE),
        digest(ARTICLE + " Ya."),
        digest(ARTICLE, published=datetime.date(2021, 3, 24)),
        digest(ARTICLE, title="Lain"),
    ]
    assert len(set(hashes)) == len(hashes)
    assert digest(ARTICLE) == hashes[0]


def test_a_weekday_without_a_year_fixes_the_latest_year_it_fits(file: Writer) -> None:
    assert read_article(file(ARTICLE.encode())).document.published == datetime.date(2021, 3, 23)


def test_a_full_date_in_the_text_is_the_day_of_publishing() -> None:
    assert extract(
        "Judul\n\nKUPANG – Kalapas Kupang, Adi Nara, membuka rapat, Jumat, 5 Mei 2023."
    ).published == datetime.date(2023, 5, 5)


def test_without_any_year_dates_stay_open() -> None:
    facts = extract("Judul\n\nLapas Kupang menggelar rapat, (18/9).")
    assert facts.published is None
    assert [event.date for event in facts.events] == [None]


def test_a_weekday_that_contradicts_its_date_lowers_confidence(file: Writer) -> None:
    right, wrong = (
        read_article(file(ARTICLE.replace("Selasa (23/3)", day).encode()))
        for day in ("Selasa (23/3/2021)", "Jumat (23/3/2021)")
    )
    confidence = [
        {
            claim.evidence.confidence
            for claim in reading.claims
            if isinstance(claim, Mention) and claim.node.label == "Event"
        }
        for reading in (right, wrong)
    ]
    assert max(confidence[1]) <= 0.5 < min(confidence[0])
