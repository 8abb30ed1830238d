"""Tables for people and programs: the same rows as aligned text, JSON or CSV."""

import datetime
import io
import json
import math
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from graph.package import guarded, write_csv
from graph.store import NodeRecord, PathRecord, Row, TieRecord
from graph.text import for_xml
from graph.words import Language, catalog, say

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of an .xlsx file."""

_PLAIN_WIDTH = 160
_LONGEST_CELL = 32_767  # what a spreadsheet's cell holds


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; a row may lack a column."""

    columns: list[str]
    rows: list[Row]


def render(table: Table, form: str, language: Language) -> str:
    """Return the table as text: `table` for people (headings in their language), `json` or `csv` for programs."""
    if form == "json":
        rows = [{column: _jsonable(row.get(column)) for column in table.columns} for row in table.rows]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        return _csv(table)
    return _text(table, language)


def workbook(table: Table, language: Language) -> bytes:
    """Return the table as an .xlsx file with headings in the reader's language; no text in it is a formula."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Mitra")
    page.freeze_panes = "A2"
    page.append([_written(page, heading(column, language), bold=True) for column in table.columns])
    for row in table.rows:
        page.append([_written(page, _kept(row.get(column))) for column in table.columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _kept(value: Any) -> Any:
    """Return what a spreadsheet can hold as it is, all else as text; a node by its id, as in CSV."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or type(value) in (bool, int, float, datetime.date):
        return value
    return value.id if isinstance(value, NodeRecord) else cell(value)


def _written(page: Any, value: Any, *, bold: bool = False) -> Any:
    text = isinstance(value, str)
    written = WriteOnlyCell(page, for_xml(value)[:_LONGEST_CELL] if text else value)
    if text:
        written.data_type = "s"  # "=…" too
    if bold:
        written.font = Font(bold=True)
    return written


def cell(value: Any) -> str:
    """Return a value as a person reads it in a table: a node by its name, a list by its parts."""
    match value:
        case None:
            return ""
        case NodeRecord():
            return value.name
        case TieRecord():
            return value.type
        case PathRecord():
            return " – ".join(node.name for node in value.nodes)
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(map(cell, value))
        case dict():
            return json.dumps(_jsonable(value), ensure_ascii=False)
        case _:
            return str(value)


def heading(column: str, language: Language) -> str:
    """Return a column's heading in the reader's language; a column without one is headed by its name."""
    key = f"column.{column}"
    return say(key, language) if key in catalog() else column


def _jsonable(value: Any) -> Any:
    match value:
        case NodeRecord():
            return {"label": value.label} | _jsonable(dict(value.properties))
        case TieRecord():
            return {"type": value.type} | _jsonable(dict(value.properties))
        case PathRecord():
            return {"nodes": _jsonable(list(value.nodes)), "ties": _jsonable(list(value.ties))}
        case datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta():
            return str(value)
        case list():
            return [_jsonable(each) for each in value]
        case dict():
            return {str(key): _jsonable(each) for key, each in value.items()}
        case _:
            return value


def _csv(table: Table) -> str:
    lines = io.StringIO()
    write_csv(lines, table.columns, ([_identified(row.get(name)) for name in table.columns] for row in table.rows))
    return lines.getvalue()


def _identified(value: Any) -> str:
    text = value.id if isinstance(value, NodeRecord) else cell(value)
    return guarded(text) if isinstance(value, str) else text


def _text(table: Table, language: Language) -> str:
    if not table.rows:
        return say("cli.no_rows", language) + "\n"
    drawn = RichTable(box=None, pad_edge=False, header_style="bold")
    for column in table.columns:
        drawn.add_column(Text(printable(heading(column, language))), overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(printable(cell(row.get(column)))) for column in table.columns))
    console = Console(file=io.StringIO(), width=_width(), soft_wrap=False)
    console.print(drawn)
    written: io.StringIO = console.file  # type: ignore[assignment]
    text = "\n".join(line.rstrip() for line in written.getvalue().splitlines())
    return f"{text}\n{say('cli.rows', language, count=len(table.rows))}\n"


def _width() -> int:
    known = Console()
    return known.width if known.is_terminal else _PLAIN_WIDTH


def printable(text: str) -> str:
    """Return the text with a box for every control character: hostile text must not steer the terminal."""
    return "".join(letter if letter.isprintable() or letter == " " else "␣" for letter in text)
