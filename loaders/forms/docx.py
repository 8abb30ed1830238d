"""DOCX: the paragraphs of the document itself, without headers, notes, comments and struck-out text."""

import re
import zipfile
from pathlib import Path

from loaders.forms.contents import MOST_CHARACTERS, Contents, Unreadable
from loaders.markup import local, parsed

_MOST_MARKUP = 32 << 20
_MAIN = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText"})
_LISTED = re.compile(r"list(?:bullet|number)", re.IGNORECASE)


def read_docx(path: Path) -> Contents:
    """Return the text of a DOCX, a line a paragraph; an item of a list begins with a dash.

    Raises Unreadable for a file that is none, is locked, or whose text swells beyond 32 MB of markup.
    """
    if not zipfile.is_zipfile(path):
        raise Unreadable("article.damaged")
    with zipfile.ZipFile(path) as archive:
        main = next((part for part in archive.infolist() if _MAIN.fullmatch(part.filename)), None)
        if main is None:
            raise Unreadable("article.damaged")
        if main.file_size > _MOST_MARKUP:
            raise Unreadable("article.swells")
        if main.flag_bits & 1:
            raise Unreadable("article.locked")
        found = _Paragraphs()
        with archive.open(main) as data:
            for _ in parsed(data, found.start, found.end, found.text):
                if found.characters > MOST_CHARACTERS:
                    break
    return Contents("\n\n".join(found.done))


class _Paragraphs:
    """Paragraphs as their markup is read; one may stand inside another, in a text box."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.characters = 0
        self._open: list[list[str]] = []
        self._unseen = 0
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        name = local(tag)
        if name in _UNSEEN:
            self._unseen += 1
        elif name == "p":
            self._open.append([])
        elif self._unseen or not self._open:
            return
        elif name == "t":
            self._in_text = True
        elif name in ("tab", "br", "cr"):
            self._open[-1].append(" " if name == "tab" else "\n")
        elif name == "numPr" or (name == "pStyle" and _LISTED.match(_value(attributes))):
            self._open[-1][:0] = [] if self._open[-1][:1] == ["- "] else ["- "]

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""
        name = local(tag)
        if name in _UNSEEN:
            self._unseen -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p" and self._open:
            said = "".join(self._open.pop()).strip()
            if said not in ("", "-"):
                self.done.append(said)

    def text(self, said: str) -> None:
        """Take the characters of a run."""
        if self._in_text and not self._unseen and self._open:
            self._open[-1].append(said)
            self.characters += len(said)


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if local(key) == "val"), "")
