"""The linguistic knowledge of `words/`, read once, in the forms the stages ask for."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from graph.names import fold
from loaders.article.tokens import Token

WORDS = Path(__file__).with_name("words")
Value = TypeVar("Value")


@cache
def words(file: str) -> Mapping[str, Any]:
    """Return the lists of `words/<file>.yaml`."""
    lists: dict[str, Any] = yaml.load((WORDS / f"{file}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return lists


class Phrases(Generic[Value]):
    """Phrases of one or more words, each with a value; found at a token, the longest first.

    Full stops between the words of a phrase are passed over: "Ka. LPKA" is "ka lpka".
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            first, *rest = phrase.split()
            self._by_first.setdefault(first, []).append((tuple(rest), value))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Sequence[Token], index: int) -> tuple[int, Value] | None:
        """Return the index behind the longest phrase that begins at `index`, and its value."""
        if index >= len(tokens) or not (known := self._by_first.get(tokens[index].lower)):
            return None
        for rest, value in known:
            end = _follow(tokens, index + 1, rest)
            if end:
                return end, value
        return None

    @property
    def firsts(self) -> frozenset[str]:
        """The first words of all phrases."""
        return frozenset(self._by_first)


def _follow(tokens: Sequence[Token], index: int, rest: tuple[str, ...]) -> int:
    for word in rest:
        if index < len(tokens) and tokens[index].text == "." and word != ".":
            index += 1
        if index >= len(tokens) or tokens[index].lower != word:
            return 0
        index += 1
    return index


def listed(phrases: Iterable[str]) -> Phrases[str]:
    """Return the phrases, each with itself as value."""
    return Phrases((phrase, phrase) for phrase in phrases)


@cache
def places() -> Phrases[str]:
    """Return the names of places."""
    lists = words("places")
    known = [place for part in ("units", "regencies", "provinces", "other_spellings") for place in lists[part]]
    return Phrases((_spoken(place), place) for place in known)


@cache
def one_word_places() -> frozenset[str]:
    """Return the places of a single word, which some write as two."""
    lists = words("places")
    return frozenset(fold(place) for part in ("units", "regencies") for place in lists[part] if " " not in place)


def _spoken(place: str) -> str:
    """Return a place in the form of tokens: hyphens stay inside a word, dots are passed over."""
    return " ".join(fold(word) if "-" not in word else word.lower() for word in place.split())


@cache
def not_names() -> frozenset[str]:
    """Return the words with a capital that are never part of a name."""
    return frozenset(words("posts")["not_names"])
