"""JSON as a table: a list of objects, or an object a line; the headers are the keys of all of them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from graph.claims import storable
from graph.errors import BadInput
from graph.schema import Name
from loaders.registers.rows import Table, TableRow, cell_of
from loaders.registers.values import LONGEST, Cell

_CHUNK = 1 << 16
_LONGEST_OBJECT = 12_000_000
_MOST_KEYS = 300
_LARGEST = 1 << 53
_NOT_JSON = Name(id="bukan JSON yang benar", en="it is not valid JSON")
_NO_LIST = Name(id="isinya bukan daftar objek", en="it is no list of objects")
_TOO_LONG = Name(id="satu objek terlalu panjang", en="an object is too long")
_MANY_KEYS = Name(id=f"ada lebih dari {_MOST_KEYS} kunci", en=f"there are more than {_MOST_KEYS} keys")


def read_json(path: Path) -> Table:
    """Return the table of a JSON or JSONL file; it has been read through once.

    Raises BadInput that names the file and the item if it is no list of objects. Rows are numbered by item, from 1.
    """
    keys: dict[str, int] = {}
    number = 0
    for number, item in enumerate(_items(path), 1):
        for key in item:
            keys.setdefault(key, len(keys))
        if len(keys) > _MOST_KEYS:
            raise BadInput("register.json", file=path, item=number, reason=_MANY_KEYS)

    def rows() -> Iterator[TableRow]:
        header: list[Cell | None] = [_cell(key) for key in keys]
        yield TableRow(0, header)
        for number, item in enumerate(_items(path), 1):
            cells: list[Cell | None] = [None] * len(keys)
            for key, value in item.items():
                cells[keys[key]] = _cell(value)
            yield TableRow(number, cells)

    return Table("", rows, total=number)


def _cell(value: Any) -> Cell | None:
    match value:
        case None:
            return None
        case str():
            return cell_of(str(storable(value)).replace("\0", "\ufffd"))
        case bool():
            return value
        case int() | float():
            return value if abs(value) < _LARGEST else str(value)
        case list() if all(isinstance(each, str | int | float) for each in value):
            return cell_of(str(storable("; ".join(map(str, value)))))
    return json.dumps(value)[: LONGEST + 1]


def _items(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as text:
            found = _listed(text) if path.suffix.lower() == ".json" else _lines(text)
            for item in found:
                number += 1
                if not isinstance(item, dict):
                    raise BadInput("register.json", file=path, item=number, reason=_NO_LIST)
                yield item
    except UnicodeDecodeError as error:
        raise BadInput("file.encoding", file=path, byte=error.start) from error
    except (ValueError, RecursionError) as error:
        reason = error.args[0] if error.args and isinstance(error.args[0], Name) else _NOT_JSON
        raise BadInput("register.json", file=path, item=number + 1, reason=reason) from error


def _lines(text: TextIO) -> Iterator[Any]:
    while line := text.readline(_LONGEST_OBJECT):
        if len(line) >= _LONGEST_OBJECT:
            raise ValueError(_TOO_LONG)
        if line.strip():
            yield json.loads(line)


def _listed(text: TextIO) -> Iterator[Any]:
    """Yield the members of a JSON list, a bounded part of the text in memory."""
    decoder = json.JSONDecoder()
    buffer = _Buffer(text)
    if buffer.take() != "[":
        raise ValueError(_NO_LIST)
    mark = buffer.peek()
    while mark != "]":
        yield buffer.decode(decoder)
        mark = buffer.peek()
        if mark == ",":
            buffer.take()
            if buffer.peek() == "]":
                raise ValueError(_NOT_JSON)
        elif mark != "]":
            raise ValueError(_NOT_JSON)
    buffer.take()
    if buffer.peek():
        raise ValueError(_NOT_JSON)


class _Buffer:
    """A text of which only the part being read is in memory."""

    def __init__(self, text: TextIO) -> None:
        self.text = text
        self.held = ""
        self.at = 0

    def peek(self) -> str:
        """Return the next mark that is no blank, empty at the end."""
        while True:
            found = re.compile(r"[^ \t\r\n]").search(self.held, self.at)
            if found:
                self.at = found.start()
                return found[0]
            if not self._more():
                return ""

    def take(self) -> str:
        """Return the next mark that is no blank, and pass it."""
        mark = self.peek()
        self.at += 1
        return mark

    def decode(self, decoder: json.JSONDecoder) -> Any:
        """Return the next value; raise ValueError if there is none."""
        self.peek()
        while True:
            try:
                value, end = decoder.raw_decode(self.held, self.at)
            except ValueError:
                if len(self.held) - self.at > _LONGEST_OBJECT:
                    raise ValueError(_TOO_LONG) from None
                if not self._more():
                    raise
                continue
            if end < len(self.held) or not self._more():
                self.at = end
                return value

    def _more(self) -> bool:
        """Read on, as much again as is held; return False at the end of the text."""
        self.held = self.held[self.at :]
        self.at = 0
        more = self.text.read(max(_CHUNK, len(self.held)))
        self.held += more
        return more != ""
