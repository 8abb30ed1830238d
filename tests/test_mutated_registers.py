"""Two thousand damaged registers: each loads and lists all its rows, or is refused in words; memory is bounded."""

import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.claims import Document, Mention, checked
from graph.errors import BadInput
from graph.words import LANGUAGES, Language, say
from loaders.registers import FORMS, REGISTERS, read_register, template, write_rejects
from tests.registers import OF_KIND

DOCUMENT = Document("document:m", "M", "register")
COUNT = 2_000
BATCHES = 20
LARGE = 10 << 20
BOUND = 160 << 20
CELLS: list[Any] = [
    *("", " ", "-", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=1", "'", '"', ";", "\t", "\r\n", "\0"),
    *("\x1b[31m", "\ud800", "\u202eabc", "نص", "🙂", "é" * 300, "x" * 40_000, "<b>", "${jndi:x}", "{0}", "%s"),
    *("1e999", "NaN", "#REF!", "31/31/31", "2020-13-45", "5 tahun", "ya", "nihil", "None", "true", "a;b;c\nd"),
    *("PT", "Lapas", "Padang", "13.7", "Kota Padang", None, 0, -1, 1e300, 43895, True, 10**400, 0.1),
]
Made = tuple[str, bytes]


def grid(chance: random.Random) -> list[list[Any]]:
    """A register of some kind as rows, some of its cells and headers damaged."""
    row = OF_KIND[chance.choice(sorted(REGISTERS))]
    rows: list[list[Any]] = [list(row), *(list(row.values()) for _ in range(chance.randint(1, 5)))]
    for _ in range(chance.randint(0, 5)):
        line = chance.choice(rows)
        match chance.randrange(6):
            case 0:
                line.insert(chance.randrange(len(line) + 1), chance.choice(CELLS))
            case 1 if line:
                del line[chance.randrange(len(line))]
            case 2:
                rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))
            case _ if line:
                line[chance.randrange(len(line))] = chance.choice(CELLS)
    return rows


def as_csv(chance: random.Random, rows: list[list[Any]]) -> Made:
    delimiter = chance.choice(",;\t|")
    quoted = chance.random() < 0.8
    lines = []
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        lines.append(delimiter.join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in cells))
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
    return ".csv", "\n".join(lines).encode(encoding, "replace")


def as_json(chance: random.Random, rows: list[list[Any]]) -> Made:
    keys = [str(key) for key in rows[0]]
    items: list[object] = [dict(zip(keys, row, strict=False)) for row in rows[1:]]
    if chance.random() < 0.2:
        items.insert(chance.randrange(len(items) + 1), chance.choice([1, None, [], "x", {}, {"a": {"b": [1]}}]))
    if chance.random() < 0.5:
        return ".jsonl", "\n".join(json.dumps(item) for item in items).encode()
    return ".json", json.dumps(items).encode()


def as_workbook(chance: random.Random, rows: list[list[Any]]) -> Made:
    book = Workbook()
    sheet = book.worksheets[0]
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and (len(cell) > 32_767 or not cell.isprintable()):
                continue
            if not isinstance(cell, int) or abs(cell) < 1 << 60:
                sheet.cell(at, column, cell)
    if chance.random() < 0.3:
        sheet.merge_cells(start_row=1, end_row=chance.randint(1, 3), start_column=1, end_column=chance.randint(1, 3))
    data = io.BytesIO()
    book.save(data)
    return ".xlsx", data.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with its parts changed."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return data.getvalue()


def damaged(chance: random.Random, made: Made) -> Made:
    """The file with bytes cut off, changed or put in; a workbook's parts likewise."""
    suffix, content = made

    def change(_: str, part: bytes) -> bytes:
        return cut(chance, part) if chance.random() < 0.2 else part

    if suffix == ".xlsx" and chance.random() < 0.7:
        return suffix, repacked(content, change)
    return suffix, cut(chance, content)


def cut(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    match chance.randrange(3):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + chance.randbytes(chance.randint(1, 8)) + content[start + 4 :]
    return content[:start] + chance.choice([b"\0", b'"', b"\n", b"<", b"&", b"9" * 30, b"\xff\xfe"]) + content[start:]


def mutated(seed: int) -> Made:
    chance = random.Random(seed)
    made = chance.choice([as_csv, as_csv, as_json, as_workbook])(chance, grid(chance))
    return damaged(chance, made) if chance.random() < 0.5 else made


def accounted(path: Path, kind: str | None = None) -> bool:
    """Whether the file loads; if it does, every row is either in the claims or among the rejects, and said in words."""
    try:
        reading = read_register(path, kind, DOCUMENT)
    except BadInput as error:
        return path.name not in str(error)
    mentions = [claim for claim in checked(reading.claims) if isinstance(claim, Mention)]
    loaded = {claim.evidence.where.partition(" · ")[0] for claim in mentions}
    refused = {each.place for each in reading.rejects}
    assert not loaded & refused
    assert len(loaded) + len(refused) == reading.rows
    assert len(refused) == len(reading.rejects)
    for problem in [*(each.reason for each in reading.rejects), *reading.notes]:
        for language in LANGUAGES:
            assert len(say(problem.key, language, **problem.values)) < 2_000
    written = write_rejects(reading, path.with_name(f"rejects{random.Random(path.name).choice(['.csv', '.xlsx'])}"))
    assert len(written) == (1 if refused else 0)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_register_loads_and_lists_its_rows_or_is_refused(tmp_path: Path, batch: int) -> None:
    loaded = 0
    for seed in range(batch, COUNT, BATCHES):
        suffix, content = mutated(seed)
        path = tmp_path / f"m{seed}{suffix}"
        path.write_bytes(content)
        loaded += accounted(path)
    assert loaded > 10


def in_sheet(old: bytes, new: bytes) -> bytes:
    """A small workbook of which the sheet is changed."""
    rows = [list(OF_KIND["checks"]), list(OF_KIND["checks"].values())]
    small = as_workbook(random.Random(1), rows)[1]
    return repacked(small, lambda name, part: part.replace(old, new, 1) if "sheet1" in name else part)


TEXT = b"x" * LARGE
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 100 + b'"><!ENTITY b "' + b"&a;" * 100 + b'">]><worksheet'
HUGE: dict[str, Callable[[], bytes]] = {
    "cell.csv": lambda: b"code,name,iso\n13," + TEXT + b",ID-SB\n14,Riau,ID-RI\n",
    "columns.csv": lambda: b"code,name,iso\n13,Riau,ID-RI" + b"," * 1_000_000 + b"\n",
    "cell.json": lambda: (
        b'[{"code": "13", "iso": "y", "name": "' + TEXT + b'"}, {"code": "14", "name": "R", "iso": "y"}]'
    ),
    "cell.xlsx": lambda: in_sheet(b"</row>", b'<c r="D1" t="inlineStr"><is><t>' + TEXT + b"</t></is></c></row>"),
    "rows.xlsx": lambda: in_sheet(
        b"</sheetData>", b'<row r="99999999999999999999"><c r="ZZZZZZZ1"><v>1</v></c></row></sheetData>'
    ),
    "quote.csv": lambda: b'code,name,iso\n13,"' + b"x,y\n" * (LARGE // 2),
    "depth.json": lambda: b'[{"code": ' + b"[" * 1_000_000,
    "bomb.xlsx": lambda: in_sheet(b"<row", b"<row>" + b" " * (64 << 20) + b"</row><row"),
    "entities.xlsx": lambda: in_sheet(b"<worksheet", ENTITIES),
}
LOAD = {"cell.csv", "columns.csv", "cell.json", "cell.xlsx", "rows.xlsx"}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_far_too_large_is_refused_in_words_and_memory_stays_bounded(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HUGE[name]())
    tracemalloc.start()
    try:
        assert accounted(path) is (name in LOAD)
        assert tracemalloc.get_traced_memory()[1] < BOUND
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REGISTERS)
def test_a_template_is_recognised_and_says_nothing(tmp_path: Path, kind: str, language: Language, form: str) -> None:
    path = tmp_path / f"template.{form}"
    path.write_bytes(template(kind, language, form))
    reading = read_register(path, None, DOCUMENT)
    assert [sheet.name for sheet in reading.sheets] == [kind]
    assert set(reading.sheets[0].layout.means) == set(REGISTERS[kind].columns)
    assert (list(reading.claims), reading.rows, reading.notes) == ([], 0, [])
