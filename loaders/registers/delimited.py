"""Delimited text as a table: comma, semicolon, tab or bar; UTF-8, UTF-16 with its mark, or Windows-1252."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from graph.errors import BadInput
from graph.schema import Name
from loaders.registers.mapping import header_key
from loaders.registers.rows import Table, TableRow, cell_of, file_name
from loaders.registers.values import Note

_DELIMITERS = ",;\t|"
_CHUNK = 1 << 20
_LONGEST_LINE = 12_000_000
_SAMPLE_LINES = 30
_SAMPLE_SIZE = 200_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TOO_LONG = Name(
    id="sel terlalu panjang, atau tanda kutip tidak ditutup", en="a cell is too long, or a quotation mark is not closed"
)
_REASONS = (
    ("unexpected end", Name(id="tanda kutip tidak ditutup", en="a quotation mark is not closed")),
    ("expected after", Name(id="teks mengikuti tanda kutip penutup", en="text follows a closing quotation mark")),
    ("field limit", _TOO_LONG),
    ("line limit", _TOO_LONG),
    ("NUL", Name(id="ada karakter NUL; berkas ini bukan teks", en="there is a NUL character; this is no text")),
)


def read_delimited(path: Path, knows: Iterable[str] = ()) -> Table:
    """Return the table of a delimited file; it has been read through once.

    `knows` are folded headers that tell the delimiter. Raises BadInput that names the file and,
    where it is known, the line.
    """
    encoding, note = _encoding(path)
    delimiter, skipped = _delimiter(path, encoding, frozenset(knows))

    def rows() -> Iterator[TableRow]:
        return _rows(path, encoding, delimiter, skipped)

    total = sum(1 for _ in rows())
    return Table("", rows, shifts=True, total=max(total - 1, 0), notes=[note] if note else [])


def _rows(path: Path, encoding: str, delimiter: str, skipped: int) -> Iterator[TableRow]:
    csv.field_size_limit(_LONGEST_LINE)
    reader = None
    try:
        with path.open(encoding=encoding, newline="") as lines:
            for _ in range(skipped):
                lines.readline(_SAMPLE_SIZE)
            reader = csv.reader(_checked(lines), delimiter=delimiter, strict=True)
            for cells in reader:
                if cells:
                    yield TableRow(reader.line_num + skipped, [cell_of(cell) for cell in cells])
    except UnicodeDecodeError as error:
        raise BadInput("file.encoding", file=path, byte=error.start) from error
    except csv.Error as error:
        line = (reader.line_num if reader else 0) + skipped
        raise BadInput("register.csv", file=path, line=line, reason=_reason(str(error))) from error


def _reason(text: str) -> Name:
    return next((words for part, words in _REASONS if part in text), Name(id=text, en=text))


def _checked(lines: TextIO) -> Iterator[str]:
    """Yield the lines; a NUL in one means that the file is no text, UTF-16 without a mark for instance."""
    while line := lines.readline(_LONGEST_LINE):
        if "\0" in line:
            raise csv.Error("NUL")
        if len(line) >= _LONGEST_LINE:
            raise csv.Error("line limit")
        yield line


def _encoding(path: Path) -> tuple[str, Note | None]:
    """Return the encoding of a file.

    Bytes that are no UTF-8 are Windows-1252, provided that none of the file is UTF-8 beyond ASCII: a damaged file is no
    Windows file.
    """
    with path.open("rb") as data:
        start = data.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding, None
    wrong = _first_wrong(path, "utf-8")
    if wrong is None:
        return "utf-8", None
    if _first_wrong(path, "cp1252") is not None or _has_utf8(path):
        raise BadInput("file.encoding", file=path, byte=wrong)
    return "cp1252", Note("register.note.encoding", (("file", file_name(path)),))


def _first_wrong(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with path.open("rb") as data:
        while True:
            chunk = data.read(_CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return read - pending + error.start
            if not chunk:
                return None
            read += len(chunk)


def _has_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as data:
        while chunk := data.read(_CHUNK):
            if re.search("[^\0-\x7f\ufffd]", decoder.decode(chunk)):
                return True
    return False


def _delimiter(path: Path, encoding: str, knows: frozenset[str]) -> tuple[str, int]:
    """Return the delimiter that gives the most known headers, then the most cells, and how many lines come before."""
    try:
        with path.open(encoding=encoding, newline="") as lines:
            sample = [lines.readline(_SAMPLE_SIZE) for _ in range(_SAMPLE_LINES)]
    except UnicodeDecodeError as error:
        raise BadInput("file.encoding", file=path, byte=error.start) from error
    named = re.fullmatch(r"\ufeff?sep=(.)\r?\n?", sample[0])
    if named and named[1] in _DELIMITERS:
        return named[1], 1

    def worth(delimiter: str) -> tuple[int, int]:
        rows = [line.strip("\r\n").split(delimiter) for line in sample]
        known = max(sum(header_key(cell.strip(' "')) in knows for cell in row[:300]) for row in rows)
        return known, max(map(len, rows[:1]))

    return max(_DELIMITERS, key=worth), 0
