"""Register files as rows: comma-separated text, read as a stream, each row with its line number."""

import csv
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import BadInput

if TYPE_CHECKING:
    from _csv import Reader

MOST = 1e9  # no number of a register is larger
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a register: its file, its line, and its cells by column name, blank ones left out.

    `surplus` counts filled cells beyond the last column: there a comma stands where none should.
    """

    file: str
    line: int
    cells: dict[str, str]
    surplus: int = 0

    @property
    def place(self) -> str:
        """Where the row stands, as a reader would look it up."""
        return f"{self.file}:{self.line}"

    def where(self, *columns: str) -> str:
        """Return what the row says in these columns (all, if none is named), with its place: a claim's evidence."""
        said = [f"{key}: {value}" for key, value in self.cells.items() if not columns or key in columns]
        return f"{self.place} · {'; '.join(said)}"

    def check_width(self) -> None:
        """Raise BadInput if the row has more cells than the file has columns: nobody knows which belongs where."""
        if self.surplus:
            raise BadInput("register.surplus", count=self.surplus)

    def text(self, column: str) -> str:
        """Return a cell that must not be blank; raise BadInput if it is."""
        if column not in self.cells:
            raise BadInput("register.blank", column=column)
        return self.cells[column]

    def number(self, column: str, least: float = -MOST, most: float = MOST) -> float | None:
        """Return a cell as a number, None if blank; raise BadInput if it is none, or not from `least` to `most`."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        try:
            value = float(cell)
        except ValueError as error:
            raise BadInput("register.number", column=column, value=cell) from error
        if not math.isfinite(value):
            raise BadInput("register.number", column=column, value=cell)
        if not least <= value <= most:
            raise BadInput("register.range", column=column, value=cell, least=f"{least:g}", most=f"{most:g}")
        return value

    def count(self, column: str) -> int | None:
        """Return a cell as a whole number of at least 0, None if blank; raise BadInput if it is none."""
        value = self.number(column, 0)
        if value is None:
            return None
        if value != int(value):
            raise BadInput("register.number", column=column, value=self.cells[column])
        return int(value)


def file_name(path: Path) -> str:
    """Return a file's name as text that can be stored; bytes that are no UTF-8 become a replacement character."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def read_table(path: Path, required: set[str]) -> Iterator[TableRow]:
    """Yield the rows of a CSV file in UTF-8.

    Raises BadInput that names the file, and the line where it is known, if it cannot be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(_without_nul(lines), strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            missing = sorted(required - set(header))
            if missing:
                raise BadInput("register.columns", file=path, missing=", ".join(missing))
            yield from _rows(file_name(path), header, reader)
    except UnicodeDecodeError as error:
        raise BadInput("file.encoding", file=path, byte=error.start) from error
    except csv.Error as error:
        raise BadInput("register.csv", file=path, line=reader.line_num, reason=str(error)) from error
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error


def _rows(file: str, header: list[str], reader: "Reader") -> Iterator[TableRow]:
    for cells in reader:
        named = zip(header, (cell.strip()[:_LONGEST_CELL] for cell in cells), strict=False)
        filled = {column: cell for column, cell in named if cell}
        if filled:
            surplus = sum(1 for cell in cells[len(header) :] if cell.strip())
            yield TableRow(file, reader.line_num, filled, surplus)


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines; a NUL in one means that the file is no text, UTF-16 without a mark for instance."""
    for line in lines:
        if "\0" in line:
            raise csv.Error("NUL")
        yield line
