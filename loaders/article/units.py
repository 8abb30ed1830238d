"""Names of units of the service and of regional offices: kind, purpose, class and place, in any usual order."""

import re
from collections.abc import Sequence
from functools import cache

from loaders.article.lexicon import Phrases, listed, not_names, one_word_places, places, words
from loaders.article.mentions import Named
from loaders.article.tokens import Token

_ROMAN = {"1": "I", "2": "II", "3": "III", "i": "I", "ii": "II", "iii": "III"}
_LONGEST_PLACE = 3
_BARE = re.compile(r"(I{1,3})([ABC]?)")


@cache
def _heads() -> Phrases[str]:
    return Phrases((form, kind) for kind, forms in words("organisations")["units"].items() for form in forms)


@cache
def _purposes() -> Phrases[str]:
    return listed(words("organisations")["unit_purposes"])


@cache
def _offices() -> Phrases[str]:
    return listed(words("organisations")["regional_offices"])


@cache
def _authorities() -> Phrases[str]:
    return Phrases(words("organisations")["authorities"].items())


@cache
def regions() -> Phrases[str]:
    """Return the words that open a region: Kota, Kabupaten, …"""
    return listed(words("organisations")["regions"])


@cache
def openings() -> frozenset[str]:
    """Return the words that the name of a unit or regional office may begin with."""
    return _heads().firsts | _offices().firsts


def bracket(tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """Return the index behind a short bracket at `index` and its words; `index` and nothing if there is none."""
    if index >= len(tokens) or tokens[index].text != "(":
        return index, ""
    close = next((end for end in range(index + 1, min(index + 7, len(tokens))) if tokens[end].text == ")"), 0)
    inside = tokens[index + 1 : close]
    if not inside or not inside[0].text[0].isalpha():
        return index, ""
    if any(not token.text.isalnum() and token.text not in "-.&/" and "-" not in token.text for token in inside):
        return index, ""
    return close + 1, " ".join(token.text for token in inside)


def place(tokens: Sequence[Token], index: int, guess: bool) -> tuple[int, str, bool]:
    """Return the index behind a place, the place as written, and whether it is only guessed from its capitals."""
    known = places().at(tokens, index)
    joined_ = _squeezed(tokens, index)
    if joined_ and (not known or known[0] < joined_):
        return joined_, _written(tokens[index:joined_]), False
    if known and _is_place(tokens[index : known[0]]):
        return known[0], _written(tokens[index : known[0]]), False
    end = index
    while guess and end < len(tokens) and end - index < _LONGEST_PLACE and name_like(tokens[end]):
        end += 1
    return end, _written(tokens[index:end]), end > index


def _squeezed(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind a place of one word that is written as two ("Palangka Raya"), 0 if none is."""
    pair = tokens[index : index + 2]
    if len(pair) < 2 or not (pair[0].capital and pair[1].capital):
        return 0
    return index + 2 if pair[0].lower + pair[1].lower in one_word_places() else 0


def _is_place(found: Sequence[Token]) -> bool:
    """Places in small letters count only where they are hardly anything else."""
    if found[0].capital:
        return True
    return len(found) > 1 or len(found[0].text) >= 7


def name_like(token: Token) -> bool:
    """Return whether a word may be part of a name: a capital, and none of the words that never are."""
    return token.capital and token.lower not in not_names() and token.text[0].isalpha()


def _written(found: Sequence[Token]) -> str:
    return " ".join(token.text if token.capital or not token.text.isalpha() else token.text.title() for token in found)


def unit(tokens: Sequence[Token], index: int) -> Named | None:
    """Return the unit named at `index`; its name is empty if only its kind stands there."""
    found = _heads().at(tokens, index)
    if not found:
        return None
    end, kind = found
    head = " ".join(token.lower for token in tokens[index:end])
    if head in words("organisations")["unit_weak_heads"] and tokens[index].text != tokens[index].text.upper():
        return None
    named = unit_tail(tokens, index, end, kind, words("organisations")["unit_purpose_heads"].get(head, ""))
    if head in words("organisations")["unit_weak_heads"] and not named.name:
        return None
    return named


def unit_tail(
    tokens: Sequence[Token], begin: int, index: int, kind: str, purpose: str = "", guess: bool = True
) -> Named:
    """Return the unit of a kind whose purpose, class and place are written from `index` on."""
    head_end, klass = index, ""
    while True:
        behind, _ = bracket(tokens, index)
        if behind > index:
            index = behind
            head_end = max(head_end, behind) if not (klass or purpose) else head_end
        elif not klass and (found := class_at(tokens, index) or _bare_class(tokens, index)):
            index, klass = found
        elif not purpose and (word := _purposes().at(tokens, index)) and kind != "lpka":
            index, purpose = word[0], word[1].title()
        else:
            break
    end, where, guessed = place(tokens, index, guess and bool(klass or purpose or tokens[begin].capital))
    if not where:
        bare_end = index if klass else head_end
        return Named("Facility", "", kind, tokens[begin].begin, tokens[bare_end - 1].end)
    second = _second_place(tokens, end)
    if second > end:
        where, end = f"{where} {_written(tokens[end:second])}", second
    if not klass and (found := class_at(tokens, end)):
        end, klass = found
    name = " ".join(filter(None, [_kind_written(kind), purpose, klass and f"Kelas {klass}", where]))
    return Named("Facility", name, kind, tokens[begin].begin, tokens[end - 1].end, region=where, guessed=guessed)


def _kind_written(kind: str) -> str:
    return str(words("organisations")["unit_written"][kind])


@cache
def _seconds() -> Phrases[str]:
    return listed(words("organisations")["second_places"])


def _second_place(tokens: Sequence[Token], index: int) -> int:
    found = _seconds().at(tokens, index)
    return found[0] if found else index


def class_at(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    """Return the index behind a class ("Kelas IIA", "Klas II b", "Kelas 1") and the class as the register writes it."""
    if index + 1 >= len(tokens) or tokens[index].lower not in ("kelas", "klas"):
        return None
    grade = tokens[index + 1].lower.replace("-", "")
    letter = grade[-1].upper() if grade[-1] in "abc" else ""
    roman = _ROMAN.get(grade[:-1] if letter else grade)
    if not roman:
        return None
    end = index + 2
    if not letter and end < len(tokens) and tokens[end].text in ("A", "B", "C"):
        letter, end = tokens[end].text, end + 1
    return end, roman + letter


def _bare_class(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    """Return the index behind a class that stands without its word ("Rutan IIB Bangil", "Bapas I Solo")."""
    found = _BARE.fullmatch(tokens[index].text) if index + 1 < len(tokens) else None
    if not found:
        return None
    end = index + 1
    if not found[2] and tokens[end].text in ("A", "B", "C"):
        return end + 1, found[1] + tokens[end].text
    return end, found[1] + found[2]


def regional_office(tokens: Sequence[Token], index: int) -> Named | None:
    """Return the regional office named at `index`; its name is empty if no province or no ministry is stated."""
    found = _offices().at(tokens, index)
    return office_tail(tokens, index, found[0]) if found else None


def office_tail(tokens: Sequence[Token], begin: int, index: int) -> Named:
    """Return the regional office whose ministry and province are written from `index` on."""
    index, _ = bracket(tokens, index)
    ministry = ""
    found = _authorities().at(tokens, index)
    if found:
        index, ministry = bracket(tokens, found[0])[0], found[1]
    if index < len(tokens) and tokens[index].text == "RI":
        index += 1
    opened = regions().at(tokens, index)
    end, where, guessed = place(tokens, opened[0] if opened else index, bool(ministry))
    if not where:
        return Named("PublicBody", "", "kanwil", tokens[begin].begin, tokens[index - 1].end)
    name = " ".join(filter(None, ["Kanwil", ministry, where]))
    kind = "corrections" if not ministry or ministry.lower() in words("organisations")["corrections"] else "ministry"
    return Named("PublicBody", name, "kanwil", tokens[begin].begin, tokens[end - 1].end, kind, where, guessed=guessed)
