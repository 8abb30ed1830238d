"""Cells that a spreadsheet program would run: text that begins like a formula, in and out unharmed.

What Mitra writes carries an apostrophe before such text, as OWASP advises; reading takes one away again, so that what
is written reads back exactly. Plain numbers begin with a sign, too, and need none.
"""

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")


def neutral(text: str) -> str:
    """Return the text as it is safe in a cell of a spreadsheet."""
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.fullmatch(text) else text


def plain(text: str) -> str:
    """Return the text that `neutral` made safe."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text
