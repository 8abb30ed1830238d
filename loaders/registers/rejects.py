"""The rejected rows of a register as a file of their own, which loads when they have been mended."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from graph.errors import BadInput
from graph.words import Language, say
from loaders.registers.formulas import neutral
from loaders.registers.mapping import COUNTER, IGNORED, REASON, header_key, headers_of
from loaders.registers.reading import RegisterReading, RowReject, Sheet
from loaders.registers.values import LONGEST, Cell, shown


def write_rejects(reading: RegisterReading, path: Path, language: Language = "id") -> list[Path]:
    """Write the rows that a reading rejected, each after why, and return the files: none if all rows loaded.

    The form is that of the path's suffix, .xlsx or else CSV, of which there is one for each sheet. The rows are read
    again from their file, so all claims must have been read and the file must still be there.
    """
    wanted = [sheet for sheet in reading.sheets if any(_of(sheet, each) for each in reading.rejects)]
    try:
        if path.suffix.lower() == ".xlsx":
            return [_workbook(reading, wanted, path, language)] if wanted else []
        paths = [path] if len(wanted) == 1 else [path.with_stem(f"{path.stem}-{n}") for n in range(1, len(wanted) + 1)]
        for sheet, each in zip(wanted, paths, strict=True):
            _csv(reading, sheet, each, language)
    except OSError as error:
        raise BadInput("register.unwritable", file=path, reason=error.strerror or str(error)) from error
    return paths


def _of(sheet: Sheet, reject: object) -> bool:
    return isinstance(reject, RowReject) and reject.sheet == sheet.table.sheet


def _csv(reading: RegisterReading, sheet: Sheet, path: Path, language: Language) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        for row in _rows(reading, sheet, language):
            writer.writerow([neutral(shown(cell)) for cell in row])


def _workbook(reading: RegisterReading, sheets: list[Sheet], path: Path, language: Language) -> Path:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.table.sheet[:31] or "Mitra")
        for row in _rows(reading, sheet, language):
            page.append([_written(cell) for cell in row])
    book.save(path)
    return path


def _written(cell: Cell) -> Cell:
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if not isinstance(cell, str):
        return cell
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", neutral(cell))[:LONGEST]


def _rows(reading: RegisterReading, sheet: Sheet, language: Language) -> Iterator[list[Cell]]:
    """Yield the header, then each rejected row, both with the reason first."""
    yield [REASON.in_(language), *_headers(sheet, language)]
    rejects = (each for each in reading.rejects if isinstance(each, RowReject) and _of(sheet, each))  # in order of rows
    reject = next(rejects, None)
    width = len(sheet.layout.headers)
    for number, cells in sheet.filled_rows():
        if reject and reject.row == number:
            why = say(reject.reason.key, language, **reject.reason.values)
            own = [cells.get(at, "") for at in range(max(width, *cells) + 1 if max(cells) >= width else width)]
            yield [f"{reject.place}: {why}", *own]
            reject = next(rejects, None)


def _headers(sheet: Sheet, language: Language) -> list[Cell]:
    """Return the headers as written, but the column's name for one that only the user's own mapping explains."""
    known = headers_of(sheet.name)
    headers: list[Cell] = []
    for at, (header, meant) in enumerate(zip(sheet.layout.headers, sheet.layout.means, strict=True), 1):
        explained = not meant or meant in (COUNTER, IGNORED) or known.get(header_key(header)) == meant
        headers.append((header or f"#{at}") if explained else sheet.kind.columns[meant].name.in_(language))
    return headers
