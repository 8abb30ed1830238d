"""XML read as a stream, with no document type and so no entities: what would swell or fetch is refused."""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 16


def local(tag: str) -> str:
    """Return a tag without its namespace's prefix."""
    return tag.rpartition(":")[2]


def parsed(
    data: IO[bytes],
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Call the handlers for what is in an XML stream, and yield after each part of it.

    Raises ExpatError for text that is no XML, ValueError for a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    while chunk := data.read(_CHUNK):
        parser.Parse(chunk, False)
        yield
    parser.Parse(b"", True)
    yield


def _refuse(name: str, *_: object) -> None:
    raise ValueError(f"document type {name}")
