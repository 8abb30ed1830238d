"""Sources: from a path to its documents, or one sentence that says what is wrong with it."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from graph import names
from graph.claims import Document, Reading
from graph.errors import BadInput
from graph.settings import DEMO
from loaders.sources import KINDS, Source, find_sources, read_manifest

PROVINCES = b"code,name,iso\n13,Sumatera Barat,ID-SB\n14,Riau,ID-RI\n"
ARTICLE = "PADANG – Kepala Lapas Padang, Budi Santoso, bertemu Direktur PT Maju Jaya, Selasa (23/3/2021).\n"
UNREADABLE = Path("/proc/self/mem")
MANIFEST = """
documents:
  - file: a.csv
    kind: provinces
    title: Provinsi
    published: 2026-11-24
  - file: sub/b.txt
    publisher: Mitra
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a manifest, a register and an article."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.csv").write_bytes(PROVINCES)
    (tmp_path / "sub" / "b.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "mitra.yaml").write_text(MANIFEST, "utf-8")
    return tmp_path


def documents(path: Path) -> list[Document]:
    """The documents at a path."""
    return [source.read().document for source in find_sources(path)]


def refused(path: Path, **known: str) -> BadInput:
    """Why what lies at this path is refused."""
    with pytest.raises(BadInput) as caught:
        _ = [source.read() for source in find_sources(path, **known)]
    return caught.value


def test_a_manifest_names_the_files_and_says_what_is_known_of_them(folder: Path) -> None:
    register, article = documents(folder)
    assert (register.title, register.kind, register.file) == ("Provinsi", "register", "a.csv")
    assert register.published == datetime.date(2026, 11, 24)
    assert (article.kind, article.publisher, article.file) == ("article", "Mitra", "b.txt")


def test_a_folder_without_a_manifest_gives_its_texts_and_tables_by_name(folder: Path) -> None:
    (folder / "mitra.yaml").unlink()
    (folder / "z.TXT").write_text(ARTICLE, "utf-8")
    (folder / "notes.PDF").write_bytes(b"%PDF")
    (folder / "notes.odt").write_bytes(b"")
    assert [source.path.name for source in find_sources(folder)] == ["a.csv", "notes.PDF", "z.TXT"]


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ("code,name,iso", "provinces"),
        ("name,iso,code,capital", "provinces"),
        ("code,name,province_code,kind", "regencies"),
        ("name,kind,regional_office,province_code", "facilities"),
        ('"name","kind","regional_office","province_code"', "facilities"),
        ("\ufeffcode , name , iso", "provinces"),
    ],
)
def test_a_registers_kind_is_seen_from_its_columns(tmp_path: Path, columns: str, kind: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{columns}\n", "utf-8")
    (source,) = find_sources(path)
    (same,) = find_sources(path, kind=kind)
    assert source.read().document == same.read().document


def test_what_the_caller_says_of_a_file_goes_into_its_document(folder: Path) -> None:
    (source,) = find_sources(folder / "a.csv", published=datetime.date(2020, 1, 2), url="https://example.org/x")
    document = source.read().document
    assert (document.published, document.url) == (datetime.date(2020, 1, 2), "https://example.org/x")
    assert document.id == names.document_id("https://example.org/x")


def test_a_file_alone_is_the_same_document_as_with_its_folder(folder: Path) -> None:
    (source,) = find_sources(folder / "a.csv")
    assert source.read().document == documents(folder)[0]
    (source,) = find_sources(folder / "a.csv", title="Another")
    assert source.read().document.title == "Another"
    (folder / "new.csv").write_bytes(PROVINCES)
    (source,) = find_sources(folder / "new.csv")
    assert source.read().document.title == "new"


def test_a_file_of_the_sample_alone_is_marked_as_invented() -> None:
    (source,) = find_sources(DEMO / "sample" / "checks.csv")
    assert source.read().document.synthetic


def test_a_document_is_known_by_its_address_or_title_and_its_hash_by_what_is_in_it(folder: Path) -> None:
    first = documents(folder)[0]
    (folder / "a.csv").rename(folder / "c.csv")
    (folder / "mitra.yaml").write_text(MANIFEST.replace("a.csv", "c.csv"), "utf-8")
    moved = documents(folder)[0]
    assert (moved.id, moved.hash) == (first.id, first.hash)
    (folder / "c.csv").write_bytes(PROVINCES + b"15,Jambi,ID-JA\n")
    changed = documents(folder)[0]
    assert changed.id == first.id
    assert changed.hash != first.hash
    (folder / "mitra.yaml").write_text(MANIFEST.replace("a.csv", "c.csv").replace("2026", "2025"), "utf-8")
    assert documents(folder)[0].hash != changed.hash


def test_a_file_read_twice_is_one_document(folder: Path) -> None:
    assert documents(folder / "a.csv") == documents(folder / "a.csv")


@pytest.mark.parametrize(
    ("manifest", "key", "named"),
    [
        (MANIFEST.replace("title:", "titel:"), "manifest.invalid", "documents.0.titel"),
        (MANIFEST.replace("2026-11-24", "soon"), "manifest.invalid", "documents.0.published"),
        (MANIFEST.replace("a.csv", '""'), "manifest.invalid", "documents.0.file"),
        ("documents: []", "manifest.invalid", "documents"),
        ("documents: a.csv", "manifest.invalid", "documents"),
        ("files: []", "manifest.invalid", "files"),
        ("", "manifest.invalid", "documents"),
        ("- a.csv", "manifest.invalid", "documents"),
        ("documents: [", "manifest.unreadable", "mitra.yaml"),
        ("documents: !!python/object/apply:os.system [true]", "manifest.unreadable", "mitra.yaml"),
        ("documents: &a [*a]", "manifest.invalid", "documents.0"),
        ("\x07", "manifest.unreadable", "mitra.yaml"),
        (MANIFEST.replace("a.csv", "../a.csv"), "manifest.outside", "../a.csv"),
        (MANIFEST.replace("a.csv", "/etc/hostname"), "manifest.outside", "/etc/hostname"),
        (MANIFEST.replace("a.csv", "sub/../../x"), "manifest.outside", "sub/../../x"),
        (MANIFEST.replace("a.csv", "none.csv"), "file.missing", "none.csv"),
        (MANIFEST.replace("a.csv", "sub"), "file.missing", "sub"),
        (MANIFEST.replace("kind: provinces", "kind: villages"), "file.kind", "villages"),
        (MANIFEST.replace("a.csv", '"a\\0.csv"'), "manifest.outside", "a"),
    ],
)
def test_a_mistake_in_a_manifest_is_named(folder: Path, manifest: str, key: str, named: str) -> None:
    (folder / "mitra.yaml").write_text(manifest, "utf-8")
    error = refused(folder)
    assert error.key == key
    assert named in str(error)
    assert "\n" not in str(error)


def test_a_manifest_maps_headers_and_names_a_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for name, unit in (("2024", "Lapas Padang"), ("2025", "Rutan Padang")):
        sheet = book.create_sheet(name)
        sheet.append(["Tempat tugas", "Kapan", "Temuan"])
        sheet.append([unit, "2024-05-01", "nihil"])
    book.save(tmp_path / "cek.xlsx")
    entry = "{file: cek.xlsx, kind: checks, sheet: '2025', columns: {Tempat tugas: facility, Kapan: 'on'}}"
    (tmp_path / "mitra.yaml").write_text(f"documents: [{entry}]", "utf-8")
    (source,) = find_sources(tmp_path)
    reading = source.read()
    assert {claim.evidence.where.partition(" ")[0] for claim in reading.claims} == {"cek.xlsx[2025]:2"}
    (tmp_path / "mitra.yaml").write_text(f"documents: [{entry.replace('2025', '2024')}]", "utf-8")
    (other,) = find_sources(tmp_path)
    assert other.read().document.hash != reading.document.hash


def test_a_link_that_leads_out_of_the_folder_is_outside(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.csv"
    elsewhere.write_bytes(PROVINCES)
    (folder / "a.csv").unlink()
    (folder / "a.csv").symlink_to(elsewhere)
    assert refused(folder).key == "manifest.outside"


def test_a_manifest_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "mitra.yaml").write_bytes(MANIFEST.replace("Provinsi", "Café").encode("latin-1"))
    assert refused(folder).key == "manifest.unreadable"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("x.csv", b"", "file.unknown_kind"),
        ("x.csv", b"a,b\n1,2\n", "file.unknown_kind"),
        ("x.csv", b'"code\n', "register.csv"),
        ("x.csv", b"\xff\xfe\x00", "file.encoding"),
        ("x.csv", b"code,kode,name,iso\n", "register.ambiguous"),
        ("x.xlsx", b"PK", "register.workbook"),
        ("x.json", b"[1]", "register.json"),
        ("x.json", b"{}", "register.json"),
        ("x.jsonl", b'{"a": 1}\n{', "register.json"),
        ("x.json", b"[" * 100_000, "register.json"),
        ("x.csv", b"x" * 1_000_000, "file.unknown_kind"),
        ("x.csv", b"code,name,iso\n13,\x81,ID-SB\n", "file.encoding"),
        ("x.pdf", b"%PDF", "article.damaged"),
        ("x.odt", b"PK", "file.unknown_kind"),
        ("x", b"text", "file.unknown_kind"),
        ("x.txt", b"", "article.empty"),
        ("x.txt", b" \n\t\n", "article.empty"),
        ("x.txt", b"\x81\x8d\xff", "article.undecodable"),
    ],
)
def test_a_file_that_says_nothing_usable_is_named(tmp_path: Path, name: str, content: bytes, key: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = refused(path)
    assert error.key == key
    assert name in str(error)


def test_an_unknown_kind_is_refused_with_those_there_are(folder: Path) -> None:
    error = refused(folder / "a.csv", kind="villages")
    assert "villages" in str(error)
    assert all(kind in str(error) for kind in KINDS)


@pytest.mark.parametrize("name", ["none", "none.csv", "a.csv/none", "n" * 5_000])
def test_a_path_that_is_not_there_is_named(folder: Path, name: str) -> None:
    error = refused(folder / name)
    assert error.key in ("file.missing", "file.unreadable")
    assert name in str(error)


def test_a_folder_with_nothing_to_load_says_so(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert (error.key, str(tmp_path) in str(error)) == ("folder.empty", True)


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has a file that not even root can read")
@pytest.mark.parametrize("name", ["x.csv", "x.txt", "m/mitra.yaml"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(UNREADABLE)
    error = refused(path.parent if path.name == "mitra.yaml" else path)
    assert "unreadable" in error.key
    assert path.name in str(error)


def test_links_in_a_circle_are_named(folder: Path) -> None:
    (folder / "a.csv").unlink()
    (folder / "a.csv").symlink_to(folder / "a.csv")
    assert "a.csv" in str(refused(folder))
    assert "a.csv" in str(refused(folder / "a.csv"))


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    (folder / "x.csv").mkdir()
    (folder / "mitra.yaml").unlink()
    assert refused(folder).key == "file.missing"
    (folder / "y").mkdir()
    (folder / "y" / "mitra.yaml").mkdir()
    assert refused(folder / "y").key == "file.unreadable"


def test_a_file_whose_name_is_no_text_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"prov\xff.csv")
    path.write_bytes(PROVINCES)
    (document,) = documents(path)
    assert document.title.encode()
    assert str(document.file).encode()


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_as_a_manifest_are_a_manifest_or_one_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mitra.yaml"
    path.write_bytes(content)
    key = "manifest."
    try:
        assert read_manifest(path).documents
    except BadInput as error:
        key = error.key
    assert key.startswith("manifest.")


def test_the_demo_holds_three_registers_and_an_article() -> None:
    sources = list(find_sources(DEMO))
    assert all(isinstance(source, Source) for source in sources)
    readings: list[Reading] = [source.read() for source in sources]
    assert [reading.document.kind for reading in readings] == ["register"] * 3 + ["article"]
    assert len({reading.document.id for reading in readings}) == 4
