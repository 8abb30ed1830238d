"""Register files as rows: comma-separated text, read as a stream, each row with its line number."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput

_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a register: its file, its line, and its cells by column name, blank ones left out."""

    file: str
    line: int
    cells: dict[str, str]

    @property
    def place(self) -> str:
        """Where the row stands, as a reader would look it up."""
        return f"{self.file}:{self.line}"

    def where(self, *columns: str) -> str:
        """Return what the row says in these columns (all, if none is named), with its place: a claim's evidence."""
        said = [f"{key}: {value}" for key, value in self.cells.items() if not columns or key in columns]
        return f"{self.place} · {'; '.join(said)}"

    def text(self, column: str) -> str:
        """Return a cell that must not be blank; raise BadInput if it is."""
        if column not in self.cells:
            raise BadInput("register.blank", column=column)
        return self.cells[column]

    def number(self, column: str) -> float | None:
        """Return a cell as a number, None if blank; raise BadInput if it is none."""
        cell = self.cells.get(column)
        try:
            return None if cell is None else float(cell)
        except ValueError as error:
            raise BadInput("register.number", column=column, value=cell) from error

    def count(self, column: str) -> int | None:
        """Return a cell as a whole number of at least 0, None if blank; raise BadInput if it is none."""
        value = self.number(column)
        if value is None:
            return None
        if value < 0 or value != int(value):
            raise BadInput("register.number", column=column, value=self.cells[column])
        return int(value)


def read_table(path: Path, required: set[str]) -> Iterator[TableRow]:
    """Yield the rows of a CSV file in UTF-8.

    Raises BadInput that names the file, and the line where it is known, if it cannot be read or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            missing = sorted(required - set(header))
            if missing:
                raise BadInput("register.columns", file=path, missing=", ".join(missing))
            yield from _rows(path.name, header, reader)
    except UnicodeDecodeError as error:
        raise BadInput("file.encoding", file=path, byte=error.start) from error
    except csv.Error as error:
        raise BadInput("register.csv", file=path, line=reader.line_num, reason=str(error)) from error
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error


def _rows(file: str, header: list[str], reader: "csv._reader") -> Iterator[TableRow]:
    for cells in reader:
        named = zip(header, (cell.strip()[:_LONGEST_CELL] for cell in cells), strict=False)
        filled = {column: cell for column, cell in named if cell}
        if filled:
            yield TableRow(file, reader.line_num, filled)
