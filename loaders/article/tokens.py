"""Words and marks of a text, with their offsets."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`´ʼ\-‐‑][^\W_]+)*|[^\w\s]|_|\n")


class Token(NamedTuple):
    """A word or a mark: as written, in small letters, and where it stands in the text."""

    text: str
    lower: str
    begin: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=64)  # several stages ask for the same sentence
def tokens(text: str, begin: int = 0, end: int | None = None) -> Sequence[Token]:
    """Return the words and marks of `text[begin:end]`; offsets count from the beginning of `text`."""
    found = _TOKEN.finditer(text, begin, len(text) if end is None else end)
    return tuple([_NEW(Token, (said := match[0], said.lower(), *match.span())) for match in found])


_NEW = tuple.__new__  # a named tuple's own constructor takes three times as long, and this is called for every word
