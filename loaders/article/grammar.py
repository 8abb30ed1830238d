"""Patterns over shapes: macros for mentions, compiled once."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from loaders.article.lexicon import words
from loaders.article.shapes import Ref, Shape

_JOINED = r" ?[,;]? ?(?:dan|serta|maupun|hingga|bersama|&|juga)? ?"
_AMONG = r"(?:(?:relawan|tim|pihak|mahasiswa|para|perwakilan|dosen|petugas|juga|dari|oleh) ){0,2}"
_LIST = rf"(?>(?>{_JOINED}{_AMONG})§[{{letters}}]\d+)*+"
_CODE = re.compile(r"§[FCBOJD]\d+")


def _list_of(letters: str, name: str) -> str:
    further = _LIST.replace("{letters}", letters)
    return rf"(?:pihak )?(?P<{name}>§[{letters}]\d+{further})"


_MACROS = {"{P}": _list_of("CBO", "P"), "{F}": _list_of("F", "F"), "{J}": _list_of("J", "J")}


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for any of these, whole words, with {P}, {F}, {J} and {month} filled in."""
    joined = "|".join(_filled(pattern) for pattern in patterns)
    return re.compile(rf"(?<![\w§])(?:{joined})(?:nya|lah|pun)?(?!\w)")


def each(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns compiled one by one."""
    return tuple(compiled([pattern]) for pattern in patterns)


def _filled(pattern: str) -> str:
    for macro, meaning in _MACROS.items():
        pattern = pattern.replace(macro, meaning)
    for name, filling in words("partners")["fillings"].items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(filling)})")
    if "{A}" in pattern:
        pattern = pattern.replace("{A}", f"(?:{'|'.join(words('programs')['heads'])})")
    months = "|".join(month for month in words("dates")["months"] if len(month) > 3 or month == "mei")
    return pattern.replace("{month}", f"(?:{months})")


@cache
def pattern(file: str, key: str) -> re.Pattern[str]:
    """Return one pattern for any entry of a list in `words/<file>.yaml`."""
    return compiled(words(file)[key])


@cache
def patterns(file: str, key: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a list in `words/<file>.yaml`, one by one."""
    return each(words(file)[key])


@cache
def kinds(file: str, key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds of a mapping in `words/<file>.yaml`, each with one pattern, in their order."""
    return tuple((kind, compiled(entries)) for kind, entries in words(file)[key].items())


def refs_in(shape: Shape, begin: int, end: int) -> Iterator[tuple[int, Ref]]:
    """Yield the mentions whose codes stand in `shape.code[begin:end]`, each with its position there."""
    for match in _CODE.finditer(shape.code, begin, end):
        yield match.start(), shape.ref(match[0])


def clause(code: str, position: int) -> tuple[int, int]:
    """Return the part of a shape around a position that no strong mark or contrast divides."""
    begin, end = 0, len(code)
    for match in _BREAK.finditer(code):
        if match.end() <= position:
            begin = match.end()
        elif match.start() > position:
            return begin, match.start()
    return begin, end


_BREAK = re.compile(r"[;:]|, (?:sedangkan|namun|tetapi|sementara|adapun) | sedangkan | namun | tetapi ")
