"""XLSX workbooks as tables, read as a stream: no sheet and no long list of texts is ever whole in memory.

Formulas are text and never computed. Merged cells below each other repeat what the first of them says.
"""

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from graph.errors import BadInput
from graph.names import fold
from graph.schema import Name
from loaders.markup import local, parsed
from loaders.registers.rows import OWN_SHEETS, Table, TableRow
from loaders.registers.sheets import Book, SheetReader
from loaders.registers.texts import Texts
from loaders.registers.values import Note

_MOST_PARTS = 5_000
_MOST_BYTES = 8 << 30
_SMALL_PART = 32 << 20
_MOST_RATIO = 250
_TRUNCATED = Name(id="berkas rusak atau terpotong", en="it is damaged or cut short")
_BOMB = Name(id="isinya membengkak tak wajar saat dibuka", en="it swells beyond all measure when unpacked")
_NO_SHEETS = Name(id="tidak ada lembar di dalamnya", en="there are no sheets in it")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    expat.ExpatError,
    ValueError,
    KeyError,
    RuntimeError,
    OverflowError,
)


def read_workbook(path: Path, sheet: str | None) -> list[Table]:
    """Return a table for each visible sheet, or the one of this name; all have been read through once.

    Raises BadInput in words for a file that is cut short, swells when unpacked, or is no workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
            book, parts = _book(archive)
            names = [name for name, _, _ in parts]
            if not parts:
                raise BadInput("register.workbook", file=path, reason=_NO_SHEETS)
            if sheet is not None and sheet not in names:
                raise BadInput("register.no_sheet", file=path, sheet=sheet, known=", ".join(names))
            wanted = [part for part in parts if part[0] == sheet or (sheet is None and part[2])]
            hidden = [
                name for name, _, visible in parts if not visible and sheet is None and fold(name) not in OWN_SHEETS
            ]
            tables = [_table(path, archive, book, name, part) for name, part, _ in wanted or parts]
    except _BROKEN as error:
        raise BadInput("register.workbook", file=path, reason=_TRUNCATED) from error
    if len(tables) == 1 and sheet is None and not hidden:
        tables[0].sheet = ""
    tables[0].notes += [Note("register.note.hidden", (("sheet", name), ("column", name))) for name in hidden]
    return tables


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    swollen = any(
        part.file_size > _SMALL_PART and part.file_size > _MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if swollen or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise BadInput("register.workbook", file=path, reason=_BOMB)


def _book(archive: zipfile.ZipFile) -> tuple[Book, list[tuple[str, str, bool]]]:
    """Return what all sheets share, and each sheet's name, part, and whether it is visible."""
    main = next((target for _, kind, target in _links(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    targets = {id_: (kind, target) for id_, kind, target in _links(archive, main)}
    sheets: list[tuple[str, str, bool]] = []
    book = Book(Texts(), frozenset(), CALENDAR_WINDOWS_1900)
    for tag, attributes in _elements(archive, main):
        if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            book.epoch = CALENDAR_MAC_1904
        if tag == "sheet":
            id_ = next((value for key, value in attributes.items() if local(key) == "id"), "")
            kind, target = targets.get(id_, ("", ""))
            if kind == "worksheet":
                sheets.append((attributes.get("name", ""), target, attributes.get("state", "visible") == "visible"))
    for kind, target in targets.values():
        if kind == "styles":
            book.dated = _dated_styles(archive, target)
        if kind == "sharedStrings":
            book.texts = _texts(archive, target)
    return book, sheets


def _links(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, kind and part of what a part refers to."""
    at = PurePosixPath(part)
    for tag, attributes in _elements(archive, str(at.parent / "_rels" / f"{at.name}.rels")):
        if tag == "Relationship":
            target = attributes.get("Target", "")
            whole = PurePosixPath(target.lstrip("/")) if target.startswith("/") else at.parent / target
            yield attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], str(whole)


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name and attributes of each element of a part; none for a part that is not there."""
    if part not in archive.NameToInfo:
        return
    if archive.NameToInfo[part].file_size > _SMALL_PART:
        raise ValueError(part)
    found: list[tuple[str, dict[str, str]]] = []
    with archive.open(part) as data:
        for _ in parsed(data, start=lambda tag, attributes: found.append((local(tag), attributes))):
            yield from found
            found.clear()


def _dated_styles(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a day."""
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    dated: set[int] = set()
    inside, number = False, 0
    for tag, attributes in _elements(archive, part):
        if tag == "numFmt":
            formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag in ("cellStyles", "dxfs"):
            inside = False
        elif tag == "xf" and inside:
            if is_date_format(formats.get(int(attributes.get("numFmtId", "0")), "General")):
                dated.add(number)
            number += 1
    return frozenset(dated)


def _texts(archive: zipfile.ZipFile, part: str) -> Texts:
    texts = Texts()
    if part in archive.NameToInfo:
        with archive.open(part) as data:
            texts.read(data)
    return texts


def _table(path: Path, archive: zipfile.ZipFile, book: Book, name: str, part: str) -> Table:
    merged: list[str] = []
    total = 0

    def seen(tag: str, attributes: dict[str, str]) -> None:
        nonlocal total
        if tag.endswith("row"):
            total += 1
        elif tag.endswith("mergeCell"):
            merged.append(attributes.get("ref", ""))

    with archive.open(part) as data:
        for _ in parsed(data, start=seen):
            pass
    reader = SheetReader(book, merged[:100_000])
    return Table(name, partial(_rows, path, part, reader), total=max(total - 1, 0))


def _rows(path: Path, part: str, reader: SheetReader) -> Iterator[TableRow]:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as data:
            yield from reader.rows(data)
    except _BROKEN as error:
        raise BadInput("register.workbook", file=path, reason=_TRUNCATED) from error
