"""Which column of a register a file's header means: by name in either language, by variants, or by what a user says."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.errors import BadInput
from graph.names import fold
from graph.schema import Name
from loaders.registers.kinds import Kind, kinds, registers
from loaders.registers.rows import Table, TableRow
from loaders.registers.values import shown

REASON = Name(id="Mitra: alasan", en="Mitra: reason")
"""The header of the column that says why a row was rejected; it means nothing when the file is read."""
_REASONS = frozenset(("mitra alasan", "mitra reason"))
COUNTER, UNMAPPED, IGNORED = "#", "", "!"
_SEARCHED_ROWS = 25
_MOST_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out: its headers, the column each means, and the number of the last row above the data.

    A position means a column's name, or COUNTER, UNMAPPED or IGNORED.
    """

    headers: tuple[str, ...]
    means: tuple[str, ...]
    last_row: int

    @property
    def found(self) -> frozenset[str]:
        """The columns of the register that the table has."""
        return frozenset(self.means) - {COUNTER, UNMAPPED, IGNORED}

    @property
    def extra(self) -> list[str]:
        """The headers that mean no column of the register."""
        return [header for header, meant in zip(self.headers, self.means, strict=True) if meant == UNMAPPED and header]


@lru_cache(maxsize=10_000)
def header_key(text: str) -> str:
    """Return a header as it is compared: folded, without brackets, short words written out."""
    plain = fold(re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\*", " ", text[:200])) or text.strip()[:20]
    words = plain.split()
    short = registers().short_headers
    return plain if len(words) < 2 else " ".join(short.get(word, word) for word in words)


@cache
def headers_of(kind: str) -> Mapping[str, str]:
    """Return the columns of a kind of register by every header that means them."""
    known: dict[str, str] = {}
    columns = kinds()[kind].columns
    for name, column in columns.items():
        known |= {header_key(variant): name for variant in column.headers}
    for name, column in columns.items():
        known |= {header_key(written): name for written in (column.name.id, column.name.en)}
    return known | {header_key(name.replace("_", " ")): name for name in columns}


@cache
def all_headers() -> frozenset[str]:
    """Return every header that any kind of register knows."""
    return frozenset(key for kind in kinds() for key in headers_of(kind))


def find_layout(head: Sequence[TableRow], kind: str, given: Mapping[str, str | None]) -> Layout:
    """Return the layout in which most columns of this kind of register are found, all required ones first.

    `head` is the beginning of the table. The header may stand below a title, and on two rows of which the upper has
    merged cells.
    """
    choices = [_layout(kind, given, [row]) for row in head]
    choices += [_layout(kind, given, [upper, lower]) for upper, lower in itertools.pairwise(head)]
    required = set(kinds()[kind].required)
    blank = Layout((), (), 0)
    best = max(choices, key=lambda each: (required <= each.found, len(each.found), -each.last_row), default=blank)
    following = [row for row in head if row.number > best.last_row][:1]
    if following and _numbers_columns(following[0]):
        best = Layout(best.headers, best.means, following[0].number)
    return best


def head_of(table: Table) -> list[TableRow]:
    """Return the filled rows at the beginning of a table, where its header is."""
    head = []
    for row in table.rows():
        if any(cell is not None for cell in row.cells):
            head.append(TableRow(row.number, row.cells[:_MOST_COLUMNS]))
        if len(head) == _SEARCHED_ROWS:
            break
    return head


def _layout(kind: str, given: Mapping[str, str | None], rows: Sequence[TableRow]) -> Layout:
    width = min(max(len(row.cells) for row in rows), _MOST_COLUMNS)
    lines = [_texts(row, width) for row in rows]
    known = headers_of(kind)
    headers, means = [], []
    above = ""
    for index in range(width):
        above = lines[0][index] or above
        written = lines[0][index] if len(lines) == 1 else _joined(above, lines[0][index], lines[1][index], known)
        headers.append(written)
        means.append(_meaning(written, known, given))
    while headers and not headers[-1]:
        headers.pop()
        means.pop()
    return Layout(tuple(headers), tuple(means), rows[-1].number)


def _texts(row: TableRow, width: int) -> list[str]:
    texts = ["" if cell is None else " ".join(shown(cell)[:200].split()) for cell in row.cells[:width]]
    return texts + [""] * (width - len(texts))


def _joined(above: str, own: str, below: str, known: Mapping[str, str]) -> str:
    """Return the header of a column on two rows; `above` is the merged cell that it may belong to."""
    if not below or below == own:
        return own
    both = f"{above} {below}".strip()
    return both if header_key(both) in known or header_key(below) not in known else below


def _meaning(header: str, known: Mapping[str, str], given: Mapping[str, str | None]) -> str:
    key = header_key(header)
    if key in given:
        return given[key] or IGNORED
    if key in _REASONS:
        return IGNORED
    return known.get(key) or (COUNTER if key in registers().counters else UNMAPPED)


def _numbers_columns(row: TableRow) -> bool:
    """Whether a row only numbers the columns, as forms do below their header: (1) (2) (3)."""
    filled = [(place, shown(cell).strip("()")) for place, cell in enumerate(row.cells, 1) if cell is not None]
    return len(filled) > 2 and all(text == str(place) for place, text in filled)


@dataclass(frozen=True, slots=True)
class Seen:
    """A table before it is loaded: its sheet, the kind of register it is taken as, its layout, an example a column.

    `sure` says that the kind was given or shows in the headers; otherwise it is the nearest.
    """

    sheet: str
    kind: str
    sure: bool
    layout: Layout
    examples: tuple[str, ...]


def see(table: Table, kind: str | None, hints: Sequence[str] = ()) -> Seen:
    """Return how a table would be understood as this kind of register, None for the one that its headers show.

    Where no header is known, the row with most cells is taken for the header.
    """
    head = head_of(table)
    shown_kind = kind or kind_of(head, [table.sheet, *hints])
    name = shown_kind or max(kinds(), key=lambda each: _nearness(head, each))
    layout = find_layout(head, name, {})
    if head and not layout.found:
        layout = _layout(name, {}, [max(head, key=lambda row: sum(cell is not None for cell in row.cells))])
    examples = [_example(head, layout.last_row, at) for at in range(len(layout.headers))]
    return Seen(table.sheet, name, shown_kind is not None, layout, tuple(examples))


def _nearness(head: Sequence[TableRow], kind: str) -> tuple[int, int]:
    found = find_layout(head, kind, {}).found
    return len(found & set(kinds()[kind].required)), len(found)


def _example(head: Sequence[TableRow], below: int, at: int) -> str:
    cells = (row.cells[at] for row in head if row.number > below and at < len(row.cells))
    return next((shown(cell) for cell in cells if cell is not None), "")


def given_columns(kind: Kind, name: str, columns: Mapping[str, str | None], file: object) -> dict[str, str | None]:
    """Return what a user says of headers, by the form in which they are compared.

    Raises BadInput for a column that the kind of register does not have.
    """
    for column in columns.values():
        if column and column not in kind.columns:
            raise BadInput("register.no_column", file=file, column=column, kind=name, known=", ".join(kind.columns))
    return {header_key(header): column for header, column in columns.items()}


def require_columns(layout: Layout, kind: Kind, file: object) -> None:
    """Do nothing if the layout has all required columns, each once.

    Raises BadInput that says which are missing, which headers there are, and which of them are meant twice.
    """
    missing = sorted(set(kind.required) - layout.found)
    twice = {column for column in layout.found if layout.means.count(column) > 1}
    if missing:
        found = ", ".join(filter(None, layout.headers))[:500] or "–"
        raise BadInput("register.columns", file=file, missing=", ".join(missing), found=found)
    if twice:
        pairs = zip(layout.headers, layout.means, strict=True)
        headers = ", ".join(f"{header} → {column}" for header, column in pairs if column in twice)
        raise BadInput("register.ambiguous", file=file, headers=headers)


def kind_of(head: Sequence[TableRow], hints: Sequence[str]) -> str | None:
    """Return the kind of register that a table is by its headers, None if that cannot be seen.

    Where headers fit several kinds equally well, the name of the sheet or the file may decide.
    """
    fitting: dict[str, int] = {}
    for name, kind in kinds().items():
        found = find_layout(head, name, {}).found
        if set(kind.required) <= found and (not kind.seen_by or found & set(kind.seen_by)):
            fitting[name] = len(found)
    best = [name for name, count in fitting.items() if count == max(fitting.values())]
    if len(best) > 1:
        named = [name for name in best if any(_is_named(name, hint) for hint in hints)]
        best = named if len(named) == 1 else best
    return best[0] if len(best) == 1 else None


def _is_named(kind: str, hint: str) -> bool:
    names = kinds()[kind].name
    return any(f" {fold(each.replace('_', ' '))} " in f" {fold(hint)} " for each in (kind, names.id, names.en))
