"""The texts that the cells of a workbook share: few of them in memory, many in a temporary file."""

import array
import re
import tempfile
from typing import IO

from loaders.markup import local, parsed
from loaders.registers.values import LONGEST

_IN_MEMORY = 16 << 20
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return text with the characters that XML cannot hold, which workbooks write as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Gathered:
    """Text gathered from its pieces, at most one character longer than a cell may be."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, text: str) -> None:
        """Add a piece."""
        if self.length <= LONGEST:
            self.pieces.append(text[: LONGEST + 1 - self.length])
            self.length += len(self.pieces[-1])

    def take(self) -> str:
        """Return the text, and begin another."""
        text = unescaped("".join(self.pieces))
        self.pieces, self.length = [], 0
        return text


class Texts:
    """Shared texts by number."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.size = 0
        self.file: IO[bytes] | None = None
        self.ends = array.array("Q", [0])

    def read(self, data: IO[bytes]) -> None:
        """Read the texts from their part of a workbook."""
        gathered = Gathered()
        inside = {"t": 0, "rPh": 0}

        def start(tag: str, _: dict[str, str]) -> None:
            if (name := local(tag)) in inside:
                inside[name] += 1

        def end(tag: str) -> None:
            name = local(tag)
            if name in inside:
                inside[name] -= 1
            elif name == "si":
                self._add(gathered.take())

        def text(piece: str) -> None:
            if inside["t"] and not inside["rPh"]:
                gathered.add(piece)

        for _ in parsed(data, start, end, text):
            pass

    def _add(self, text: str) -> None:
        self.size += len(text)
        if self.file is None and self.size <= _IN_MEMORY:
            self.held.append(text)
            return
        if self.file is None:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as this object
        self.ends.append(self.ends[-1] + self.file.write(text.encode("utf-8", "surrogatepass")))

    def get(self, number: int) -> str | None:
        """Return the text of this number, None if there is none."""
        if 0 <= number < len(self.held):
            return self.held[number]
        place = number - len(self.held)
        if self.file is None or not 0 <= place < len(self.ends) - 1:
            return None
        self.file.seek(self.ends[place])
        return self.file.read(self.ends[place + 1] - self.ends[place]).decode("utf-8", "surrogatepass")
