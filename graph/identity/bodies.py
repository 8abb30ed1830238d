"""Firms, agencies and organizations in parts: legal form, words, a unit that they belong to, and territory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.identity.alignment import Alignment, align
from graph.identity.places import ending, place_key, region_codes, regions
from graph.identity.spelling import (
    EQUAL,
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
from graph.identity.units import Unit, compare_units, read_unit
from graph.identity.verdict import Reason, because, decide
from graph.names import fold, is_national
from graph.schema import schema

COMPANY, PUBLIC_BODY, ORGANIZATION = "company", "public-body", "organization"
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNIT = re.compile(r"\b(?:lapas|rutan|lpka|bapas|rupbasan)\b")
_CLASS = re.compile(r"\bkelas (?:i{1,3}|[123])(?: ?[abc])?\b")


@dataclass(frozen=True, slots=True)
class Territory:
    """A place that a name ends in, and its level (`local`: a city or a regency) if the name says one."""

    key: str
    level: str = ""
    shown: str = ""

    @property
    def levels(self) -> frozenset[str]:
        """The levels that it can be of: the one it says, else those of the regions of this name."""
        there = frozenset(region.level for region in regions().get(self.key, ()))
        if self.level == "local":
            return (there & {"city", "regency"}) or frozenset({"city", "regency"})
        return frozenset({self.level}) if self.level else there


@dataclass(frozen=True, slots=True)
class Body:
    """A firm's, agency's or organization's name in parts."""

    kind: str
    form: str
    words: tuple[Word, ...]
    territory: Territory | None = None
    unit: Unit | None = None
    initials: str = ""
    branch: str = ""
    national: bool = False


@cache
def _forms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {form: kind for kind, forms in lists()["forms"].items() for form in forms}
    return re.compile(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b"), table


@lru_cache(REMEMBERED)
def read_body(kind: str, name: str) -> Body:
    """Return a name of a firm (`company`), an agency (`public-body`) or an `organization` in parts."""
    outside = one_form(_BRACKETS.sub(" ", name).replace("&", " dan "))
    inside = [one_form(each) for each in _BRACKETS.findall(name)]
    text, initials = _main(outside or one_form(name), [each for each in inside if each])
    text, branch = _take_branch(text) if kind == COMPANY else (text, "")
    text, unit = _take_unit(text)
    text = _CLASS.sub(" ", text) if kind == PUBLIC_BODY else text
    form, rest = _take_form(text) if kind != PUBLIC_BODY else ("", text.split())
    rest, territory = _take_territory(rest, kind)
    empty = set(lists()["empty"])
    kept = [word for word in rest if word not in empty] or rest
    words = words_of(" ".join(_numbered(kept)))
    national = kind == PUBLIC_BODY and territory is None and is_national(name)
    return Body(kind, form, words, territory, unit, initials, branch, national)


def _main(outside: str, inside: Sequence[str]) -> tuple[str, str]:
    """Return the full name and its initials: of "ALS (Agro Lestari Sembada)" and the other way round."""
    for each in inside:
        forms = set(_forms()[1])
        core = [word for word in outside.split() if word not in forms]
        if len(each.split()) == 1 and _are_initials(each, core):
            return outside, each
        if len(core) == 1 and _are_initials(core[0], each.split()):
            lead = " ".join(word for word in outside.split() if word in forms)
            return f"{lead} {each}".strip(), core[0]
    extra = [each for each in inside if not set(each.split()) <= set(outside.split())]
    return " ".join([outside, *extra]), ""


def _are_initials(short: str, words: Sequence[str]) -> bool:
    letters = "".join(word[0] for word in words)
    return len(letters) > 1 and short.endswith(letters) and len(short) <= len(letters) + 1


def _take_branch(text: str) -> tuple[str, str]:
    before, mark, branch = text.partition(" cabang ")
    return (before, branch.strip()) if mark else (text, "")


def _take_unit(text: str) -> tuple[str, Unit | None]:
    """Take the unit from "koperasi lapas padang", so that it is compared as a unit."""
    found = _UNIT.search(text)
    unit = read_unit(text[found.start() :]) if found and found.start() else None
    if unit is None or not unit.place or found is None:
        return text, None
    return text[: found.start()].strip(), unit


def _take_form(text: str) -> tuple[str, list[str]]:
    """Take the legal form from the beginning, else from the end."""
    pattern, table = _forms()
    found = pattern.match(text)
    if found:
        rest = text[found.end() :].split()
        again = pattern.match(" ".join(rest))
        form = table[found[0]]
        if again and table[again[0]] == form:
            rest = rest[len(again[0].split()) :]
        return form, rest or text.split()
    words = text.split()
    while len(words) > 1 and words[-1] in lists()["empty"]:
        words.pop()
    if len(words) > 1 and words[-1] in table:
        return table[words[-1]], words[:-1]
    return ("pt" if words and words[0] == "bank" else ""), words


def _take_territory(words: list[str], kind: str) -> tuple[list[str], Territory | None]:
    """Take the last words if they name a region: with its level, or alone."""
    levels = lists()["levels"]
    at = next((place for place, word in enumerate(words) if word in levels and 0 < place < len(words) - 1), 0)
    if at:
        tail = words[at + 1 :]
        return words[:at], Territory(place_key(" ".join(tail)), levels[words[at]], " ".join(tail).title())
    number = ending(words) if len(words) > 1 else 0
    if not number or number == len(words) or (kind == COMPANY and len(words) - number < 2):
        return words, None
    tail = words[-number:]
    return words[:-number], Territory(place_key(" ".join(tail)), "", " ".join(tail).title())


def _numbered(words: Sequence[str]) -> Iterator[str]:
    numbers: Mapping[str, str] = lists()["numbers"]
    for place, word in enumerate(words):
        yield "1" if word == "i" and place else numbers.get(word, word.lstrip("0") or "0" if word.isdigit() else word)


def compare_bodies(one: Body, other: Body) -> Iterator[Reason]:
    """Yield what speaks for and against two firms, agencies or organizations being one."""
    yield from _compare_forms(one, other)
    yield from _compare_words(one, other)
    yield from _compare_units(one, other)
    yield from _compare_territories(one, other)


def _compare_forms(one: Body, other: Body) -> Iterator[Reason]:
    if one.form and other.form:
        shown = {"one": one.form.upper(), "other": other.form.upper()}
        yield (
            because("identity.same_form", form=shown["one"])
            if one.form == other.form
            else because("identity.other_form", **shown)
        )
    elif one.form or other.form:
        yield because("identity.form_missing", form=(one.form or other.form).upper())
    if one.branch and other.branch and one.branch != other.branch:
        yield because("identity.other_branch", one=one.branch.title(), other=other.branch.title())
    elif one.branch != other.branch:
        yield because("identity.branch", branch=(one.branch or other.branch).title())


def _compare_words(one: Body, other: Body) -> Iterator[Reason]:
    if not (one.words or other.words):
        yield because("identity.no_words")
    elif [word.text for word in one.words] == [word.text for word in other.words]:
        yield because("identity.same_words", words=_shown(one.words))
    else:
        yield from _laid_side_by_side(one, other)


def _laid_side_by_side(one: Body, other: Body) -> Iterator[Reason]:
    found = align(one.words, other.words, _alike)
    if found.left and found.right:
        yield from _unmatched(one, other, found)
        return
    if found.pairs:
        equal = [pair[0] for pair in found.pairs if pair[2] != SLIP]
        if equal:
            yield because("identity.same_words", words=" ".join(equal).title())
    for mine, theirs, how in found.pairs:
        if how != EQUAL:
            key = {SPELLED: "identity.two_spellings", TOGETHER: "identity.written_together", SLIP: "identity.slip"}[how]
            yield because(key, one=mine.title(), other=theirs.title())
    yield from _additions(one, other, found)


def _unmatched(one: Body, other: Body, found: Alignment) -> Iterator[Reason]:
    keys = [sorted(word.key for word in each.words) for each in (one, other)]
    if keys[0] == keys[1]:
        yield because("identity.other_order")
    elif _short_form(one, other, found.left, found.right) or _short_form(other, one, found.right, found.left):
        yield because("identity.short_form", one=_shown(one.words), other=_shown(other.words))
    else:
        yield because("identity.other_words", one=_shown(found.left), other=_shown(found.right))


def _short_form(one: Body, other: Body, mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Return whether the one word that is left over of a name stands for those left over of the other."""
    if len(mine) != 1:
        return False
    long = [word.text for word in theirs]
    opened = [other.form, *long] if other.form and not one.form else long
    return mine[0].text == other.initials or any(_are_initials(mine[0].text, each) for each in (long, opened))


def _additions(one: Body, other: Body, found: Alignment) -> Iterator[Reason]:
    extra = found.left or found.right
    if not extra:
        return
    shown = _shown(extra)
    agency = one.words[:1] and one.words[0].text in lists()["agencies"] and one.territory == other.territory
    if all(word.text in lists()["additions"] for word in extra):
        yield because("identity.common_addition", words=shown)
    elif agency and len(found.pairs) > 1:
        yield because("identity.longer_task", words=shown)
    else:
        yield because("identity.addition", words=shown)


def _alike(one: Word, other: Word) -> str | None:
    how = likeness(one, other)
    if how == SLIP:
        words, openings = _words_that_are("firm_words"), _words_that_are("public_openings")
        if {one.text, other.text} <= words or {one.text, other.text} & openings:
            return None
    return how


@cache
def _words_that_are(key: str) -> frozenset[str]:
    return frozenset(lists()[key])


def _shown(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).title()


def _compare_units(one: Body, other: Body) -> Iterator[Reason]:
    if one.unit and other.unit:
        verdict = decide(compare_units(one.unit, other.unit))
        if verdict.outcome == "different":
            yield from verdict.reasons
        elif verdict.outcome == "ask":
            yield from (reason for reason in verdict.reasons if reason.weight < 0)
        else:
            yield because("identity.same_unit_named", unit=" ".join([one.unit.kind, *one.unit.place]).title())
    elif one.unit or other.unit:
        yield because("identity.other_unit_named")


def _compare_territories(one: Body, other: Body) -> Iterator[Reason]:
    here, there = one.territory, other.territory
    if here and there:
        yield _two_territories(here, there)
    elif here or there:
        whole = other if here else one
        shown = (here or there or Territory("")).shown
        if whole.national or one.kind == ORGANIZATION:
            yield because("identity.whole_and_office", place=shown)
        else:
            yield because("identity.territory_missing", place=shown)
    elif one.kind == PUBLIC_BODY and one.words[:1] and one.words[0].text in lists()["agencies"] and not one.unit:
        yield because("identity.territory_unsaid")


def _two_territories(here: Territory, there: Territory) -> Reason:
    if here.key != there.key:
        same = region_codes(here.key) & region_codes(there.key)
        if not here.level and not there.level and same:
            return because("identity.level_open", place=f"{here.shown} – {there.shown}")
        return because("identity.other_territory", one=here.shown, other=there.shown)
    if here.level == there.level:
        return because("identity.same_territory", place=here.shown)
    common = here.levels & there.levels
    if here.level and there.level and not common:
        return because("identity.other_level", one=_level(here.level), other=_level(there.level))
    if not common:
        return because("identity.other_territory", one=here.shown, other=there.shown)
    alone = len(here.levels | there.levels) == 1
    return because("identity.level_understood" if alone else "identity.level_open", place=here.shown)


def _level(level: str) -> object:
    return schema().vocabularies["place_kind"].get(level, level)


def has_form(name: str) -> str:
    """Return the legal form or kind of organization that a name states, empty if none."""
    return _take_form(one_form(_BRACKETS.sub(" ", name)) or fold(name))[0]
