"""What the forms of table share: a row of cells, a table that can be read again, what is wrong with a file."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from loaders.registers.formulas import plain
from loaders.registers.values import Cell, Note

OWN_SHEETS = frozenset(("petunjuk", "notes", "pilihan", "choices"))
"""Sheets of a template that hold no rows, by folded name."""


class TableRow(NamedTuple):
    """A row: its number as the file counts (line, row of the sheet, item) and its cells, None where blank."""

    number: int
    cells: list[Cell | None]


@dataclass(slots=True)
class Table:
    """One table of a file; `rows` reads it from the beginning, each time it is called.

    `sheet` is empty where a file has only one; `total` is about how many rows there are; `shifts` says that a mark
    left out or put in moves all later cells.
    """

    sheet: str
    rows: Callable[[], Iterator[TableRow]]
    shifts: bool = False
    total: int = 0
    notes: list[Note] = field(default_factory=list)


def file_name(path: Path) -> str:
    """Return a file's name as text that can be stored; bytes that are no UTF-8 become a replacement character."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def cell_of(text: str) -> str | None:
    """Return the text of a cell without blanks around it and without what made it safe; None if it is blank."""
    return plain(text).strip() or None
