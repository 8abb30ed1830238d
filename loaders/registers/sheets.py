"""The rows of one sheet of a workbook, from its XML."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from openpyxl.utils.datetime import from_excel

from loaders.markup import local, parsed
from loaders.registers.rows import TableRow, cell_of
from loaders.registers.texts import Gathered, Texts
from loaders.registers.values import Cell

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Book:
    """What the sheets of a workbook share: texts, the styles that make a number a day, the first day."""

    texts: Texts
    dated: frozenset[int]
    epoch: datetime.datetime


class SheetReader:
    """Reads the rows of one sheet; `merged` are its ranges of merged cells."""

    def __init__(self, book: Book, merged: list[str]) -> None:
        self.book = book
        self.merged: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for found in filter(None, map(_RANGE.fullmatch, merged)):
            if int(found[4]) > int(found[2]):
                self.merged[int(found[2])].append((column(found[1]) - 1, int(found[4])))

    def rows(self, data: IO[bytes]) -> Iterator[TableRow]:
        """Yield the rows that have cells, in their order; those of a number that cannot be are numbered on."""
        sheet = _Sheet(self.book)
        lasting: dict[int, tuple[int, Cell | None]] = {}
        for _ in parsed(data, sheet.start, sheet.end, sheet.text):
            for row in sheet.rows:
                self._repeat(row, lasting)
                yield row
            sheet.rows.clear()

    def _repeat(self, row: TableRow, lasting: dict[int, tuple[int, Cell | None]]) -> None:
        """Fill the cells that are merged with one above, in a row that has others."""
        number, cells = row
        if lasting and any(cell is not None for cell in cells):
            for at, (last, value) in list(lasting.items()):
                if number > last:
                    del lasting[at]
                elif value is not None:
                    cells.extend([None] * (at + 1 - len(cells)))
                    cells[at] = value if cells[at] is None else cells[at]
        for at, last in self.merged.get(number, ()):
            lasting[at] = last, cells[at] if at < len(cells) else None


class _Sheet:
    """Gathers the rows of a sheet from its XML."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.rows: list[TableRow] = []
        self.cells: list[Cell | None] = []
        self.number = self.at = self.phonetic = 0
        self.kind = self.into = ""
        self.style = -1
        self.parts: dict[str, Gathered] = {"v": Gathered(), "t": Gathered(), "f": Gathered()}
        self.has_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._begin_cell(attributes)
        elif name in self.parts:
            self.into = "" if self.phonetic else name
            self.has_formula |= name == "f"
        elif name == "row":
            given = attributes.get("r", "")
            number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0
            self.number = number if self.number < number <= MOST_ROWS else self.number + 1
            self.cells = []
            self.at = 0
        elif name == "rPh":
            self.phonetic += 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        given = column(attributes.get("r", "").rstrip("0123456789"))
        self.at = given if given else self.at + 1
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "")
        self.style = int(style) if style.isascii() and style.isdigit() and len(style) < 8 else -1
        self.has_formula = False

    def text(self, piece: str) -> None:
        if self.into:
            self.parts[self.into].add(piece)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in self.parts:
            self.into = ""
        elif name == "c":
            value = self._value()
            if value is not None and self.at <= MOST_COLUMNS:
                self.cells.extend([None] * (self.at - len(self.cells)))
                self.cells[self.at - 1] = value
        elif name == "row":
            if self.cells:
                self.rows.append(TableRow(self.number, self.cells))
        elif name == "rPh":
            self.phonetic -= 1

    def _value(self) -> Cell | None:
        value, inline, formula = (self.parts[part].take() for part in ("v", "t", "f"))
        if self.has_formula:
            return f"={formula.removeprefix('=')}" if formula else "=…"
        match self.kind:
            case "s":
                found = self.book.texts.get(int(value)) if value.isascii() and value.isdigit() else None
                return "#REF!" if found is None else cell_of(found)
            case "inlineStr":
                return cell_of(inline)
            case "b":
                return value == "1"
            case "n":
                return self._number(value)
        return cell_of(value)

    def _number(self, text: str) -> Cell | None:
        try:
            number = float(text)
            whole = int(text) if text.lstrip("-").isdigit() and len(text) < 16 else number
            if self.style not in self.book.dated:
                return whole
            day = from_excel(number, self.book.epoch)
        except (ValueError, OverflowError, TypeError):
            return cell_of(text)
        return day if isinstance(day, datetime.datetime | datetime.time) else whole


@lru_cache(maxsize=20_000)
def column(letters: str) -> int:
    """Return the number of a column, from 1; 0 for letters that name none."""
    number = 0
    for letter in letters if len(letters) <= 3 else "":
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number if number <= MOST_COLUMNS else 0
