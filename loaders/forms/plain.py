"""A file's text, whatever its encoding, or one clear error."""

from pathlib import Path

from graph.errors import BadInput

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def text_of(path: Path) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or Windows-1252 where that gives no control characters.

    Raises BadInput if the file is missing, cannot be read or is none of these.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BadInput("article.missing", file=path.name) from None
    except OSError as error:
        raise BadInput("article.unreadable", file=path.name, reason=error.strerror or str(error)) from None
    return _decoded(raw, path.name)


def _decoded(raw: bytes, file: str) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise BadInput("article.undecodable", file=file, position=error.start) from None
        position = error.start
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise BadInput("article.undecodable", file=file, position=position) from None
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise BadInput("article.undecodable", file=file, position=position)
    return text
