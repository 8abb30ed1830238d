"""People's names in parts: given parts, initials, a father's name, and what honorifics say; degrees are dropped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.identity.alignment import Alignment, align
from graph.identity.spelling import (
    EQUAL,
    INITIAL,
    REMEMBERED,
    SLIP,
    SPELLED,
    TOGETHER,
    Word,
    likeness,
    lists,
    one_form,
    words_of,
)
from graph.identity.verdict import Reason, because
from graph.names import fold, parts

_BRACKETS = re.compile(r"[(\[\"“][^()\[\]\"“”]*[)\]\"”]")
_ALIAS = re.compile(r"\b(?:alias|alis|a\.k\.a\.?|als\.?)\b.*", re.IGNORECASE)
_FATHER = re.compile(r"\b(?:bin|binti|b(?=\.)|bt(?=\.))\b\.?", re.IGNORECASE)
_LONGEST_DEGREE = 5
_LONGEST_INITIALS = 3
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in parts; an initial is a part of one letter."""

    parts: tuple[Word, ...]
    father: tuple[Word, ...] = ()
    sex: str = ""
    calling: frozenset[str] = frozenset()
    title: str = ""

    @property
    def full(self) -> tuple[Word, ...]:
        """The parts that are written out."""
        return tuple(part for part in self.parts if len(part.text) > 1)


@cache
def _marks(key: str) -> frozenset[str]:
    return frozenset(lists()[key])


@cache
def _ranks() -> frozenset[str]:
    return frozenset(parts()["ranks"]) | frozenset(parts()["corps"])


@cache
def _honorifics() -> frozenset[str]:
    own = {word for each in parts()["honorifics"] for word in each.split()}
    return frozenset(own | _marks("honorifics") | _ranks() | _marks("women") | _marks("men")) - {
        "i",
        "ni",
        "cut",
    }


@lru_cache(REMEMBERED)
def read_person(name: str) -> Person:
    """Return a person's name in parts."""
    bare = _ALIAS.sub("", _BRACKETS.sub(" ", name)).split(",")[0] or name
    given, _, father = _split(bare)
    called, words = _take_honorifics(given.split())
    words = _drop_degrees(words)
    pieces = [piece for word in words for piece in _pieces(word, given)]
    title, pieces = _take_title(pieces)
    sex, pieces = _take_balinese(pieces)
    said = called | ({sex} if sex else set())
    short: dict[str, str] = lists()["person_short_forms"]
    text = " ".join(short.get(piece, piece) for piece in pieces) or fold(name) or name
    return Person(
        words_of(text)[:_LONGEST_NAME],
        words_of(one_form(father))[:_LONGEST_NAME],
        _sex(said),
        _called(said),
        title,
    )


def _called(said: set[str]) -> frozenset[str]:
    marks = {"muslim": _marks("muslim"), "christian": _marks("christian"), "ranks": _ranks()}
    return frozenset(mark for mark, words in marks.items() if said & words)


def _split(text: str) -> tuple[str, str, str]:
    found = _FATHER.search(text)
    if not found or not text[: found.start()].strip():
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _take_honorifics(words: list[str]) -> tuple[set[str], list[str]]:
    called: set[str] = set()
    kept = list(words)
    while len(kept) > 1 and set(fold(kept[0]).split()) <= _honorifics() and not _is_lone_initial(kept[0]):
        called |= set(fold(kept.pop(0)).split())
    return called, kept


def _is_lone_initial(word: str) -> bool:
    return len(fold(word)) == 1 and fold(word) != "h"


def _drop_degrees(words: list[str]) -> list[str]:
    """Drop degrees behind a name: those with dots, and those in other capitals than the name."""
    kept = list(words)
    shouted = all(word == word.upper() for word in words)
    while len(kept) > 1:
        last = fold(kept[-1]).replace(" ", "")
        if last not in parts()["degrees"] or (len(last) > _LONGEST_DEGREE and "." not in kept[-1]):
            return kept
        plain = kept[-1] == kept[-1].title() and last != "lc"
        if "." not in kept[-1] and (plain or (shouted and len(kept) < 3)):
            return kept
        kept.pop()
    return kept


def _pieces(word: str, name: str) -> Iterator[str]:
    """Yield the parts of a written word; letters in capitals beside other words are initials."""
    bare = word.strip(".")
    if 1 < len(bare) <= _LONGEST_INITIALS and bare.isalpha() and bare.isupper() and not name.isupper():
        yield from bare.lower()
    else:
        yield from one_form(word).split() if len(fold(word)) > _LONGEST_INITIALS else fold(word).split()


def _take_title(pieces: list[str]) -> tuple[str, list[str]]:
    if len(pieces) > 1 and pieces[0] in _marks("birth_titles"):
        return pieces[0], pieces[1:]
    return "", pieces


def _take_balinese(pieces: list[str]) -> tuple[str, list[str]]:
    """Take the I or Ni before a Balinese name, which says whether it is a man's or a woman's."""
    if len(pieces) > 2 and pieces[0] in ("i", "ni") and (pieces[1] in _marks("balinese") or pieces[1] in ("md", "g")):
        return pieces[0], pieces[1:]
    return "", pieces


def _sex(said: set[str]) -> str:
    woman, man = bool(said & _marks("women")), bool(said & _marks("men"))
    return "" if woman == man else "woman" if woman else "man"


def compare_people(one: Person, other: Person) -> Iterator[Reason]:
    """Yield what the names alone say for and against two people being one."""
    if one.sex and other.sex and one.sex != other.sex:
        yield because("identity.other_sex")
    if {"christian"} & (one.calling ^ other.calling) and one.calling and other.calling:
        yield because("identity.other_calling")
    yield from _fathers(one, other)
    if one.title != other.title:
        yield because("identity.title_missing", title=(one.title or other.title).title())
    found = align(one.parts, other.parts, _alike)
    if found.left and found.right:
        yield from _unmatched(one, other, found)
        return
    yield from _agreeing(found)
    for extra in found.left or found.right:
        yield because("identity.part_missing", part=extra.text.title())


def _alike(one: Word, other: Word) -> str | None:
    if len(one.text) == 1 or len(other.text) == 1:
        if one.text == other.text:
            return EQUAL
        starts = one.text[0] in (other.text[0], other.key[0]) or other.text[0] in (one.text[0], one.key[0])
        return INITIAL if starts and len(one.text) != len(other.text) else None
    how = likeness(one, other)
    return None if how == SLIP and _differ_at_the_end(one.key, other.key) else how


def _differ_at_the_end(one: str, other: str) -> bool:
    """Return whether only the endings differ, as those of a man's and a woman's name do: Hidayat, Hidayati."""
    short, long = sorted((one, other), key=len)
    return long[: len(long) - 1] in (short, short[:-1])


def _agreeing(found: Alignment) -> Iterator[Reason]:
    full = [mine for mine, theirs, how in found.pairs if how != INITIAL and min(len(mine), len(theirs)) > 1]
    if full:
        yield because("identity.same_parts", parts=" ".join(full).title())
    for mine, theirs, how in found.pairs:
        if how in (SPELLED, TOGETHER, SLIP):
            key = {
                SPELLED: "identity.two_spellings",
                TOGETHER: "identity.written_together",
                SLIP: "identity.slip_in_name",
            }[how]
            yield because(key, one=mine.title(), other=theirs.title())
        elif how == INITIAL:
            short, long = sorted((mine, theirs), key=len)
            yield because("identity.initial", initial=short.upper(), part=long.title())
    counted = sum(len(part.split()) for part in full)
    if counted == 1 and len(found.pairs) == 1:
        yield because("identity.lone_name")
    elif counted < 2:
        yield because("identity.few_full_parts")
    elif counted == 2 and len(found.pairs) == 2 and are_frequent(full):
        yield because("identity.frequent_name")


def are_frequent(names: Sequence[str]) -> bool:
    """Return whether each of these parts of a name is one that very many people bear."""
    known = frequent()
    return all(likeness_key(part) in known for name in names for part in name.split())


@cache
def frequent() -> frozenset[str]:
    """Return the parts of names that very many people bear, by today's spelling."""
    return frozenset(likeness_key(each) for each in lists()["frequent"])


def likeness_key(part: str) -> str:
    """Return the part of a name by today's spelling."""
    return words_of(part)[0].key


def _fathers(one: Person, other: Person) -> Iterator[Reason]:
    if one.father and other.father:
        found = align(one.father, other.father, _alike)
        if found.left and found.right:
            yield because("identity.other_father")
        else:
            yield because("identity.same_father")
    elif one.father or other.father:
        yield because("identity.father_missing")


def _unmatched(one: Person, other: Person, found: Alignment) -> Iterator[Reason]:
    if len(one.parts) == len(other.parts) and sorted(w.key for w in one.parts) == sorted(w.key for w in other.parts):
        yield because("identity.other_order")
    else:
        shown = (" ".join(word.text for word in each).title() for each in (found.left, found.right))
        yield because("identity.other_parts", **dict(zip(("one", "other"), shown, strict=True)))
