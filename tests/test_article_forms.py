"""One article in every form gives the same facts; a hostile file gives one sentence."""

import datetime
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph.claims import Mention
from graph.errors import BadInput
from graph.words import say
from loaders.article import extract, extract_all, read_article
from loaders.article.cleaning import clean
from loaders.forms import SUFFIXES, apart, contents
from loaders.forms.pdf import paragraphs as joined
from loaders.sources import Source, find_sources
from tests import article_files as files
from tests.articles.scoring import names, text

SAMPLE = names()[::4]
DAY = datetime.date(2024, 3, 6)


def as_file(folder: Path, form: str, said: str) -> Path:
    """An article as a file of this form."""
    path = folder / f"artikel.{form.partition('-')[0]}"
    if form == "docx":
        return files.docx(path, said)
    if form == "pdf":
        return files.pdf(path, said)
    if form == "pdf-tight":
        return files.pdf(path, said, gap=14)
    pages = {"html": files.news_page, "html-plain": files.plain_page}
    path.write_text(pages[form](said) if form in pages else said, "utf-8")
    return path


def facts(path: Path) -> dict[str, Any]:
    """What a file says, without its name."""
    (found,) = [each for _, each in extract_all(path, published=DAY)]
    assert not isinstance(found, BadInput)
    return found.as_json() | {"id": ""}


@pytest.mark.parametrize("name", SAMPLE)
def test_every_form_gives_the_same_facts(tmp_path: Path, name: str) -> None:
    expected = extract(text(name), published=DAY).as_json() | {"id": ""}
    for form in ("txt", "html", "html-plain", "pdf", "docx"):
        assert facts(as_file(tmp_path, form, text(name))) == expected, form


@pytest.mark.parametrize("name", SAMPLE)
@pytest.mark.parametrize("form", ["html", "html-plain", "pdf", "docx"])
def test_every_form_gives_the_same_paragraphs_and_no_furniture(tmp_path: Path, form: str, name: str) -> None:
    path = as_file(tmp_path, form, text(name))
    found = clean(contents(path).text)
    assert files.paragraphs(found) == files.paragraphs(clean(text(name)))
    assert not [word for word in files.FURNITURE if word in found]


def test_lines_without_gaps_between_paragraphs_are_whole_sentences(tmp_path: Path) -> None:
    for name in SAMPLE:
        found = contents(as_file(tmp_path, "pdf-tight", text(name))).text
        assert " ".join(found.split()) == " ".join(clean(text(name)).split())


def test_a_page_says_its_day_publisher_and_address_and_the_user_knows_better(tmp_path: Path) -> None:
    path = as_file(tmp_path, "html", text(SAMPLE[0]))
    document = read_article(path).document
    assert document.title == files.paragraphs(text(SAMPLE[0]))[0]
    assert (document.published, document.publisher) == (datetime.date(2024, 3, 5), "Kabar Contoh")
    assert document.url == "https://contoh.example/berita/1"
    told = read_article(path, published=DAY, publisher="Humas", url="https://x.example/2").document
    assert (told.published, told.publisher, told.url) == (DAY, "Humas", "https://x.example/2")


def test_a_page_without_tags_has_the_day_that_its_text_fixes(tmp_path: Path) -> None:
    said = "Lapas Kupang Rapat\n\nKUPANG – Kalapas Kupang, Adi Nara, membuka rapat di aula, Jumat (5/5/2023)."
    path = tmp_path / "a.html"
    path.write_text(files.plain_page(said), "utf-8")
    document = read_article(path).document
    assert (document.published, document.publisher, document.url) == (datetime.date(2023, 5, 5), None, None)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Rapat ber-", "langsung."], ["Rapat berlangsung."]),
        (["Rapat undang-", "undang itu."], ["Rapat undang-undang itu."]),
        (["Warga se-", "Indonesia."], ["Warga se-Indonesia."]),
        (["Peringatan ke-", "79 tahun."], ["Peringatan ke- 79 tahun."]),
        (["Rapat ber\u00ad", "langsung."], ["Rapat berlangsung."]),
        (["Rapat itu", "lama."], ["Rapat itu lama."]),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_whole(lines: list[str], said: list[str]) -> None:
    assert list(joined([[(line, False) for line in lines]])) == said


def test_a_list_of_word_keeps_its_items(tmp_path: Path) -> None:
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    markup = "<w:p><w:r><w:t>Hadir:</w:t></w:r></w:p>" + item.format("PT Satu") + item.format("PT Dua")
    path = files.document(tmp_path / "a.docx", f'<w:document xmlns:w="x"><w:body>{markup}</w:body></w:document>')
    assert contents(path).text.split("\n\n") == ["Hadir:", "- PT Satu", "- PT Dua"]


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]><d>&j;</d>"  # fmt: skip
HOSTILE: dict[str, tuple[str, Any]] = {
    "empty.pdf": ("article.damaged", b""),
    "cut.pdf": ("article.damaged", b"%PDF-1.4\n1 0 obj\n<<"),
    "noise.pdf": ("article.damaged", b"%PDF-1.4\n" + bytes(range(256)) * 40),
    "word.docx": ("article.damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100),
    "cut.docx": ("article.damaged", b"PK\x03\x04"),
    "empty.html": ("article.no_article", b""),
    "bare.html": ("article.no_article", b"<html><body><script>var a = 'Lapas Padang'</script></body></html>"),
    "huge.html": ("article.swells", b"<p>Lapas Padang bertemu PT Maju.</p>" * 200_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_holds_no_article_says_so_in_one_line(tmp_path: Path, name: str) -> None:
    key, raw = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(raw)
    assert refused(path) == key


def refused(path: Path) -> str:
    """The key of why a file is refused; the sentence is one line with the file's name, in both languages."""
    with pytest.raises(BadInput) as error:
        read_article(path)
    for language in ("id", "en"):
        said = say(error.value.key, language, **error.value.values)
        assert path.name in said
        assert "\n" not in said
    return error.value.key


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    swollen = files.document(tmp_path / "a.docx", "<w:document>" + " " * (40 << 20) + "</w:document>")
    assert refused(swollen) == "article.swells"
    assert refused(files.document(tmp_path / "b.docx", ENTITIES)) == "article.damaged"
    with zipfile.ZipFile(tmp_path / "c.docx", "w") as archive:
        archive.writestr("word/other.xml", "<d/>")
    assert refused(tmp_path / "c.docx") == "article.damaged"


def test_a_locked_and_a_scanned_file_say_so(tmp_path: Path) -> None:
    locked = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>] "
    path = files.written(tmp_path / "a.pdf", [b"BT /F1 11 Tf (Lapas Padang) Tj ET"], locked % (b"41" * 32, b"42" * 32))
    assert refused(path) == "article.locked"
    assert refused(files.written(tmp_path / "b.pdf", [b"0 0 m 9 9 l S"])) == "article.pictures"


def test_a_page_that_nests_without_end_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 100_000 + "Lapas Padang", "utf-8")
    assert refused(path) == "article.no_article"


def test_what_takes_too_long_is_ended_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "a.pdf"
    os.mkfifo(tmp_path / "pipe.pdf")
    slow.symlink_to(tmp_path / "pipe.pdf")
    files.docx(tmp_path / "b.docx", text(SAMPLE[0]))
    keep = os.open(tmp_path / "pipe.pdf", os.O_RDWR)
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    try:
        assert refused(slow) == "article.too_slow"
    finally:
        os.close(keep)
    assert read_article(tmp_path / "b.docx").document.text == clean(text(SAMPLE[0]))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(apart.MOST_BYTES + 1)
    assert refused(tmp_path / "a.pdf") == "article.too_large"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_missing_files_say_so(tmp_path: Path, suffix: str) -> None:
    assert refused(tmp_path / f"tiada{suffix}") == "article.missing"


def test_a_folder_of_all_forms_is_loaded_and_a_manifest_knows_them(tmp_path: Path) -> None:
    for number, form in enumerate(("txt", "html", "pdf", "docx")):
        as_file(tmp_path, form, text(SAMPLE[number])).rename(tmp_path / f"{number}.{form}")
    (tmp_path / "box.jsonl").write_text(json.dumps({"text": text(SAMPLE[5])}), "utf-8")
    (tmp_path / "notes.odt").write_bytes(b"")
    found = [reading for source in find_sources(tmp_path) for reading in source.readings()]
    assert [reading.document.file for reading in found] == ["0.txt", "1.html", "2.pdf", "3.docx", "box.jsonl"]
    assert all(any(isinstance(claim, Mention) for claim in reading.claims) for reading in found)
    (tmp_path / "mitra.yaml").write_text("documents: [{file: 2.pdf, publisher: Humas}, {file: box.jsonl}]", "utf-8")
    named = [reading.document for source in find_sources(tmp_path) for reading in source.readings()]
    assert [(each.file, each.publisher) for each in named] == [("2.pdf", "Humas"), ("box.jsonl", None)]


def test_a_register_of_json_lines_stays_a_register(tmp_path: Path) -> None:
    path = tmp_path / "provinsi.jsonl"
    path.write_text('{"code": "13", "name": "Sumatera Barat", "iso": "ID-SB"}\n', "utf-8")
    (source,) = find_sources(path)
    assert isinstance(source, Source)
    assert [reading.document.kind for reading in source.readings()] == ["register"]
