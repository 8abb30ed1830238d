"""What a file of an article holds, whatever its form."""

import datetime
from dataclasses import dataclass

MOST_CHARACTERS = 200_000
"""So many characters of a file are read; what stands behind them is not."""


@dataclass(frozen=True, slots=True)
class Contents:
    """An article's text, its title first, and what its file says of it as a document."""

    text: str
    title: str | None = None
    published: datetime.date | None = None
    publisher: str | None = None
    url: str | None = None


class Unreadable(Exception):
    """Why a file holds no article: `key` names the sentence in the catalog of words."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
