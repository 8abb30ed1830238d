"""A row of a register as its kind sees it: values by column, and the words that prove what it claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.errors import BadInput
from graph.names import unit_name
from loaders.registers.dates import Duration, Period
from loaders.registers.kinds import Kind
from loaders.registers.mapping import COUNTER, IGNORED, Layout
from loaders.registers.rows import Table, TableRow
from loaders.registers.values import Cell, Note, is_blank, read, shown


@dataclass(slots=True)
class Row:
    """A filled row: where it stands, its cells by header as written, its values by column.

    `headers` are the headers by column, `texts` the cells by column as written.
    """

    place: str
    said: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    quoted: dict[tuple[str, ...], str] = field(default_factory=dict)

    def where(self, columns: tuple[str, ...] = ()) -> str:
        """Return what the row says in these columns (all, if none is named), with its place: a claim's evidence."""
        if columns not in self.quoted:
            wanted = {self.headers.get(column, column) for column in columns} or self.said.keys()
            said = "; ".join([f"{key}: {text}" for key, text in self.said.items() if key in wanted])
            self.quoted[columns] = f"{self.place} · {said}"
        return self.quoted[columns]


def filled(layout: Layout, row: TableRow) -> dict[int, Cell]:
    """Return the cells of a row that say something, by position; nothing but a running number is nothing."""
    cells = {place: cell for place, cell in enumerate(row.cells) if not is_blank(cell)}
    means = layout.means
    if all(place < len(means) and means[place] in (COUNTER, IGNORED) for place in cells):
        return {}
    return cells  # type: ignore[return-value]  # no blank cell is left


def made(kind: Kind, layout: Layout, table: Table, place: str, cells: Mapping[int, Cell]) -> Row:
    """Return the row that filled cells make; raise BadInput for a cell that cannot be read, or one that is missing."""
    beyond = [at for at in cells if at >= len(layout.headers)]
    if beyond and table.shifts:
        raise BadInput("register.surplus", count=len(beyond))
    headers = {meant: layout.headers[at] for at, meant in enumerate(layout.means)}
    row = Row(place, {}, headers=headers)
    for at, cell in cells.items():
        meant = layout.means[at] if at < len(layout.means) else ""
        if meant in (COUNTER, IGNORED):
            continue
        header = (layout.headers[at] if at < len(layout.headers) else "") or f"#{at + 1}"
        text = shown(cell)
        row.said[header] = text
        if meant:
            value, note = read(kind.columns[meant], header, cell)
            row.texts[meant] = text
            if note:
                row.notes.append(note)
            if value is not None and value != ():
                row.values[meant] = value
    _complete(kind, row)
    return row


def _complete(kind: Kind, row: Row) -> None:
    for column in kind.required:
        if column not in row.texts:
            raise BadInput("register.blank", column=row.headers.get(column, column))
    for name, sources in kind.derived.items():
        value = next((found for source in sources if (found := _derived(row, source)) is not None), None)
        if value is not None:
            row.values[name] = value
    for columns in kind.one_of:
        if not any(column in row.values for column in columns):
            raise BadInput("register.blank", column=row.headers.get(columns[0], columns[0]))
    for first, second in kind.order:
        begin, end = row.values.get(first), row.values.get(second)
        if begin and end and end < begin:
            raise BadInput(
                "register.order", column=row.headers.get(second, second), value=end.isoformat(), first=begin.isoformat()
            )


@cache
def _words(source: str) -> list[str]:
    return source.split()


def _derived(row: Row, source: str) -> Any:
    if source in row.values:
        return row.values[source]
    match _words(source):
        case ["start", "of", column]:
            period = row.values.get(column)
            return period.starts.date if isinstance(period, Period) else None
        case ["end", "of", column]:
            period = row.values.get(column)
            return period.ends.date if isinstance(period, Period) else None
        case ["kind", "of", column]:
            unit = unit_name(row.values.get(column, ""))
            return unit.kind if unit else None
        case ["text", "of", column]:
            return row.texts.get(column) if column not in row.values else None
        case [first, "+", column]:
            begin, length = row.values.get(first), row.values.get(column)
            return length.last_day(begin) if begin and isinstance(length, Duration) else None
    return source[1:] if source.startswith("=") else None
