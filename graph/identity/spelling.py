"""Words of names: how they are spelled, and whether two of them are one word."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rapidfuzz.distance import OSA

from graph.names import any_of, normal

LISTS = Path(__file__).with_name("lists.yaml")
EQUAL, SPELLED, TOGETHER, INITIAL, SLIP = "equal", "spelled", "together", "initial", "slip"
REMEMBERED = 1 << 17
"""How many names are kept in parts: those of a large store, so that none is taken apart for each pair anew."""
_SHORTEST_SLIP = 5
_STOP = "ʔ"  # the stop that some write as an apostrophe and others as k; folding keeps it, as it does letters
_APOSTROPHE = re.compile(r"(?<=[aeiouAEIOU])['’‘`´ʼ](?![aeiouAEIOU])")
# Letters that one spelling has and another lacks. Order matters.
_MODERN = [(re.compile(old), new) for old, new in (
    ("oe", "u"), ("dj", "j"), ("(?<!di)tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ph", "f"), ("v", "f"), ("q", "k"),
    ("x", "ks"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("c(?=[tks])", "k"), (r"([a-z])\1", r"\1"),
    ("iy(?=[aeou])", "i"), ("(?<=[^aeiou])y(?=[aeou])", "i"), ("uw(?=[aeio])", "u"), ("y$", "i"))]  # fmt: skip
_DOUBLED = re.compile(r"([a-z])\1")
_OLD = re.compile(r"oe|dj|(?<!di)tj")
_OLD_J = re.compile(r"(?<![dtns])j")


@cache
def lists() -> Mapping[str, Any]:
    """Return the lists of `lists.yaml`."""
    found: dict[str, Any] = yaml.load(LISTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


class Word(NamedTuple):
    """A word as folded, its spelling by today's rules, and another reading of it (empty if there is none)."""

    text: str
    key: str
    other: str = ""


@cache
def _usual() -> Mapping[str, str]:
    return {form: usual for usual, *forms in lists()["spellings"] for form in forms}


@lru_cache(REMEMBERED)
def spelled(word: str) -> str:
    """Return the word by today's spelling, so that "Soeyanto" and "Suyanto" are equal."""
    usual = _usual().get(word, word)
    if not usual.isalpha():
        return usual
    for old, new in _MODERN:
        usual = old.sub(new, usual)
    return _usual().get(usual, usual)


@cache
def _forms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table: dict[str, str] = lists()["one_form"]
    return any_of(table), table


@lru_cache(REMEMBERED)
def one_form(text: str) -> str:
    """Return the folded text with the forms of names.yaml and of `one_form` in place of their variants."""
    pattern, table = _forms()
    return pattern.sub(lambda match: table[match[0]], normal(_APOSTROPHE.sub(_STOP, text)))


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a folded text; a stop may be heard as k or not at all."""
    old = bool(_OLD.search(text))
    return tuple(_word(each, old) for each in text.split())


@lru_cache(REMEMBERED)
def _word(text: str, old: bool) -> Word:
    if not text.strip(_STOP):
        return Word(text, text)  # nothing but stops, which unheard would leave no word at all
    if _STOP in text:
        silent, heard = text.replace(_STOP, ""), text.replace(_STOP, "k")
        return Word(silent, spelled(silent), spelled(heard))
    other = spelled(_OLD_J.sub("y", text)) if old and "j" in text else ""
    return Word(text, spelled(text), other)


def likeness(one: Word, other: Word) -> str | None:
    """Return how two words agree: equal, in spelling, but for one letter; None if they do not."""
    if one.text == other.text:
        return EQUAL
    if one.key == other.key or one.key == other.other or (one.other and one.other in (other.key, other.other)):
        return SPELLED
    return SLIP if is_slip(one.key, other.key) else None


def is_slip(one: str, other: str) -> bool:
    """Return whether two longer words differ by one letter, or by two neighbours that changed places."""
    if min(len(one), len(other)) < _SHORTEST_SLIP or not (one.isalpha() and other.isalpha()):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def squeezed(words: Iterable[Word]) -> str:
    """Return the words by today's spelling, without the blanks between them, doubled letters single."""
    return _DOUBLED.sub(r"\1", "".join(word.key for word in words))
