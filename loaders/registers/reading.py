"""Reading a register: which tables of a file, which columns, what each row claims, and which rows do not load."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.claims import Claim, Document, Mention, Reading, Reject
from graph.errors import BadInput
from loaders.registers.claiming import Claims
from loaders.registers.kinds import Kind, kinds
from loaders.registers.mapping import (
    COUNTER,
    IGNORED,
    Layout,
    find_layout,
    given_columns,
    head_of,
    header_key,
    headers_of,
    kind_of,
    require_columns,
)
from loaders.registers.row import filled, made
from loaders.registers.rows import OWN_SHEETS, Table, file_name
from loaders.registers.tables import read_tables, readable
from loaders.registers.values import Cell, Note

EXAMPLE = ("[contoh]", "[example]")
"""With one of these a template's example row begins."""
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class RowReject(Reject):
    """A row that was not loaded: beside place and reason its sheet, its number, the column and the value at fault."""

    sheet: str = ""
    row: int = 0
    column: str | None = None
    value: str | None = None


@dataclass(slots=True)
class RegisterReading(Reading):
    """What a register says. `notes` tell how cells were read that could be read otherwise, once a column.

    `rows` counts the filled rows below the headers; each is loaded or among `rejects`.
    """

    path: Path = Path()
    sheets: list["Sheet"] = field(default_factory=list)
    noted: dict[tuple[str, Any], BadInput] = field(default_factory=dict)

    def note(self, note: Note) -> None:
        """Count a note; the first of its kind in a column is kept as the example, its `count` grows."""
        values: dict[str, Any] = dict(note.values)
        where = note.key, values.get("column")
        if where not in self.noted:
            self.noted[where] = BadInput(note.key, **values, count=0)
            self.notes.append(self.noted[where])
        self.noted[where].values["count"] += 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be loaded: the kind of register it is, and how it is laid out."""

    table: Table
    name: str
    kind: Kind
    layout: Layout

    def filled_rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield number and filled cells of each row below the headers that says something.

        Headers repeated on a new page and the example row of a template say nothing.
        """
        for row in self.table.rows():
            if row.number <= self.layout.last_row:
                continue
            cells = filled(self.layout, row)
            if cells and not self._is_example(cells) and not self._is_header(cells):
                yield row.number, cells

    def _is_example(self, cells: Mapping[int, Cell]) -> bool:
        first = next(iter(cells.values()))
        return isinstance(first, str) and first.lower().startswith(EXAMPLE)

    def _is_header(self, cells: Mapping[int, Cell]) -> bool:
        """Whether the row names the columns again: at least two cells are headers, and every one of its own column."""
        known, means = headers_of(self.name), self.layout.means
        found = 0
        for at, cell in cells.items():
            meant = known.get(header_key(cell)) if isinstance(cell, str) and at < len(means) else None
            if meant is None and at < len(means) and means[at] and means[at] not in (COUNTER, IGNORED):
                return False
            found += meant is not None and meant == means[at]
        return found > 1


def read_register(
    path: Path,
    kind: str | None,
    document: Document,
    *,
    sheet: str | None = None,
    columns: Mapping[str, str | None] | None = None,
) -> RegisterReading:
    """Return what a register file of this kind (a key of `REGISTERS`, None to see it from the headers) says.

    `sheet` names the one sheet to read, `columns` says what headers mean: a column, or None for nothing. Each row is
    checked as a whole: a rejected row makes no claim. The file is read through once before the first claim, so that
    BadInput for a broken file is raised here, when nothing has been published yet.
    """
    reading = RegisterReading(document, (), path=path)
    with readable(path):
        reading.sheets = _sheets(reading, kind, sheet, columns or {})
        reading.total = sum(each.table.total for each in reading.sheets)
    reading.claims = _claims(reading)
    return reading


def _sheets(
    reading: RegisterReading, kind: str | None, sheet: str | None, columns: Mapping[str, str | None]
) -> list[Sheet]:
    path = reading.path
    tables = read_tables(path, sheet, tuple(columns))
    several = [each for each in tables if header_key(each.sheet) not in OWN_SHEETS] if len(tables) > 1 else tables
    found: list[Sheet] = []
    refusal = BadInput("file.unknown_kind", file=path, known=", ".join(kinds()))
    for table in several:
        if len(several) > 1 and next(table.rows(), None) is None:
            continue
        try:
            found.append(_sheet(path, table, kind, columns))
        except BadInput as error:
            refusal = error
            if len(several) > 1:
                reading.note(Note("register.note.sheet", (("sheet", table.sheet), ("column", table.sheet))))
    if not found:
        raise refusal
    for each in found:
        _note_table(reading, each)
    return found


def _sheet(path: Path, table: Table, kind: str | None, columns: Mapping[str, str | None]) -> Sheet:
    head = head_of(table)
    name = kind or kind_of(head, [table.sheet, path.stem])
    if name is None:
        raise BadInput("file.unknown_kind", file=path, known=", ".join(kinds()))
    register = kinds()[name]
    layout = find_layout(head, name, given_columns(register, name, columns, path))
    require_columns(layout, register, path)
    return Sheet(table, name, register, layout)


def _note_table(reading: RegisterReading, sheet: Sheet) -> None:
    for note in sheet.table.notes:
        reading.note(note)
    if sheet.layout.extra:
        headers = ", ".join(sheet.layout.extra)[:500]
        reading.note(Note("register.note.extra", (("headers", headers), ("column", sheet.table.sheet))))


def _claims(reading: RegisterReading) -> Iterator[Claim]:
    said: set[int] = set()
    for sheet in reading.sheets:
        makes = Claims(sheet.kind, reading.document)
        place = file_name(reading.path) + (f"[{sheet.table.sheet}]" if sheet.table.sheet else "")
        for number, cells in sheet.filled_rows():
            reading.rows += 1
            try:
                row = made(sheet.kind, sheet.layout, sheet.table, f"{place}:{number}", cells)
                claims = makes.of(row)
                for claim in claims:
                    claim.check()
            except BadInput as error:
                reading.rejects.append(_reject(sheet, f"{place}:{number}", number, error))
                continue
            for note in row.notes:
                reading.note(note)
            yield from _unsaid(claims, said)


def _reject(sheet: Sheet, place: str, number: int, error: BadInput) -> RowReject:
    column, value = error.values.get("column"), error.values.get("value")
    error.__traceback__ = None  # frames would keep the row in memory
    error.__context__ = error.__cause__ = None
    return RowReject(place, error, sheet.table.sheet, number, column, value)


def _unsaid(claims: list[Claim], said: set[int]) -> Iterator[Claim]:
    """Yield a row's claims without mentions that an earlier row made in the same words, of its province, say.

    The first claim is of what the row is about, and always stays. What was said long ago may be said again.
    """
    yield from claims[:1]
    for claim in claims[1:]:
        if isinstance(claim, Mention):
            told = hash((claim.node, claim.name, claim.named, claim.properties, claim.evidence.confidence))
            if told in said:
                continue
            if len(said) >= _REMEMBERED:
                said.clear()
            said.add(told)
        yield claim
