"""Files as tables, whatever their form: delimited text, workbooks, JSON."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from graph.errors import BadInput
from loaders.registers.delimited import read_delimited
from loaders.registers.json_rows import read_json
from loaders.registers.mapping import all_headers, header_key
from loaders.registers.rows import Table
from loaders.registers.workbook import read_workbook

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_tables(path: Path, sheet: str | None = None, columns: Iterator[str] | tuple[str, ...] = ()) -> list[Table]:
    """Return the tables of a file: one, or one a sheet of a workbook; the form is told by the first bytes.

    `columns` are further headers that are known. Raises BadInput for a file that cannot be read through, or has no
    sheet of this name.
    """
    with readable(path):
        with path.open("rb") as data:
            start = data.read(4)
        if start == _OLD_EXCEL:
            raise BadInput("register.old_excel", file=path)
        if start == _ZIP or path.suffix.lower() in (".xlsx", ".xlsm"):
            return read_workbook(path, sheet)
        if path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
            return [read_json(path)]
        return [read_delimited(path, all_headers() | {header_key(column) for column in columns})]


@contextlib.contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a path into BadInput."""
    try:
        yield
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error
