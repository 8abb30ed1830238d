"""Units in parts: kind, purpose, class and place, compared part by part and never as a whole string."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from graph.identity.places import known, lies_in, place_key, region_codes, register_units, spelled_place
from graph.identity.spelling import REMEMBERED, is_slip, lists, one_form
from graph.identity.verdict import Reason, because
from graph.names import UnitName, any_of, fold, parts
from graph.schema import schema

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_CLASS = re.compile(r"\b(?:kelas|klas|kls|class) (iii|ii|i|[123]) ?([abc])?\b|\b(iii|ii|i)([abc])\b")
_ROMAN = {"1": "I", "2": "II", "3": "III"}
_LONGEST_PLACE = 4
_REGION_WORDS = frozenset({"kabupaten", "kota", "provinsi", "kecamatan"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name in parts; `before` is what stands before its kind, so that a branch or a clinic is not the unit."""

    kind: str
    purposes: frozenset[str]
    klass: str
    place: tuple[str, ...]
    around: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    level: str = ""

    @property
    def key(self) -> str:
        """The key of its place."""
        return place_key(" ".join(self.place))

    @property
    def purpose(self) -> str:
        """What it is for, in the schema's words."""
        return "+".join(sorted(self.purposes)) or "general"

    @property
    def id(self) -> str:
        """The slug of this kind, purpose and place in names.py, without its class."""
        return UnitName(self.kind, self.purpose if "+" not in self.purpose else "general", "", self.key).slug


@cache
def _kinds() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {form: kind for kind, forms in parts()["facility_kind"].items() for form in forms}
    return any_of(table), table


@cache
def _purposes(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    lists_ = parts()["facility_purpose"] if key == "own" else lists()["english_purposes"]
    return tuple((re.compile(rf"\b{form}\b"), value) for value, forms in lists_.items() for form in forms)


@lru_cache(REMEMBERED)
def read_unit(name: str) -> Unit | None:
    """Return the unit that a name is of, None if it names none."""
    inside = " ".join(_BRACKETS.findall(name))
    outside = one_form(_BRACKETS.sub(" ", name))
    said = one_form(inside) if inside.strip() else ""
    found = _kinds()[0].search(outside)
    if found is None:
        return _english(name)
    kind = _kinds()[1][found[0]]
    before = tuple(word for word in outside[: found.start()].split())
    rest = outside[found.end() :]
    klass, before_text = _take_class(" ".join(before))
    klass_behind, rest = _take_class(rest)
    rest = _kinds()[0].sub(lambda again: " " if _kinds()[1][again[0]] == kind else again[0], rest)
    purposes, rest = _take_purposes(rest, "own")
    in_brackets, said = _take_purposes(said, "own")
    klass_inside, said = _take_class(said)
    rest = rest or said
    openings = set(lists()["unit_openings"])
    return _unit(
        kind,
        purposes | in_brackets,
        klass or klass_behind or klass_inside,
        rest.split(),
        tuple(word for word in before_text.split() if word not in openings),
    )


def _english(name: str) -> Unit | None:
    text = fold(name)
    for kind, forms in lists()["english_units"].items():
        for form in sorted(forms, key=len, reverse=True):
            if re.search(rf"\b{form}\b", text):
                klass, rest = _take_class(re.sub(rf"\b{form}\b", " ", text))
                purposes, rest = _take_purposes(rest, "english")
                rest = " ".join(word for word in rest.split() if word not in ("lapas", "rutan", "lpka", "bapas"))
                return _unit(kind, purposes, klass, rest.split(), ())
    return None


def _unit(kind: str, purposes: frozenset[str], klass: str, rest: list[str], before: tuple[str, ...]) -> Unit | None:
    if kind == "lpka":
        purposes = frozenset({"children"})
    if "narcotics" in purposes:
        purposes -= {"special"}
    tails = set(lists()["unit_tails"])
    end = next((place for place, word in enumerate(rest) if word in tails), len(rest))
    rest = rest[:end]
    level = rest[0] if rest and rest[0] in ("kabupaten", "kota") and place_key(" ".join(rest)) not in known() else ""
    place = rest[1:] if level else rest
    split = next((at for at, word in enumerate(place) if at and word in _REGION_WORDS), len(place))
    place, around = place[:split], place[split + 1 :]
    return Unit(kind, purposes, klass, tuple(place), tuple(around), before, level)


def _take_class(text: str) -> tuple[str, str]:
    found = _CLASS.search(text)
    if not found:
        return "", text
    grade, letter = found[1] or found[3], found[2] or found[4] or ""
    return _ROMAN.get(grade, grade.upper()) + letter.upper(), " ".join(_CLASS.sub(" ", text).split())


def _take_purposes(text: str, language: str) -> tuple[frozenset[str], str]:
    kept = {phrase: phrase.replace(" ", "_") for phrase in lists()["not_purposes"]}
    for phrase, guarded in kept.items():
        text = text.replace(phrase, guarded)
    found = set()
    for pattern, value in _purposes(language):
        if pattern.search(text):
            found.add(value)
            text = pattern.sub(" ", text)
    return frozenset(found), " ".join(text.replace("_", " ").split())


def _term(vocabulary: str, value: str) -> object:
    terms = schema().vocabularies[vocabulary]
    return terms.get(value, value)


def compare_units(one: Unit, other: Unit) -> Iterator[Reason]:
    """Yield what speaks for and against two units being one."""
    if one.before != other.before:
        yield because("identity.part_of_unit", part=" ".join(one.before or other.before))
        return
    if one.kind != other.kind:
        if {(one.kind, one.purpose), (other.kind, other.purpose)} == {("lapas", "children"), ("lpka", "children")}:
            yield because("identity.successor_kind")
        else:
            kinds = (_term("facility_kind", each.kind) for each in (one, other))
            yield because("identity.other_unit_kind", **dict(zip(("one", "other"), kinds, strict=True)))
    else:
        yield because("identity.same_unit_kind", kind=_term("facility_kind", one.kind))
    if one.purposes ^ other.purposes == {"special"} and not (_general_there(one) or _general_there(other)):
        yield because("identity.special_open")
    elif one.purposes != other.purposes:
        purposes = (_term("facility_purpose", each.purpose) for each in (one, other))
        yield because("identity.other_purpose", **dict(zip(("one", "other"), purposes, strict=True)))
    yield from _classes(one, other)
    yield from _places(one, other)


def _general_there(unit: Unit) -> bool:
    """Return whether the register has a unit of this kind and no purpose at the place."""
    return bool(_of_kind(replace(unit, purposes=unit.purposes - {"special"}), seat(unit).key))


def _classes(one: Unit, other: Unit) -> Iterator[Reason]:
    twins = parts()["twins"].get(one.id, ()) if one.key == other.key else ()
    if twins and one.klass != other.klass:
        if not (one.klass and other.klass):
            yield because("identity.twins_open", klass=one.klass or other.klass)
        elif one.klass in twins or other.klass in twins:
            yield because("identity.twins_apart", one=one.klass, other=other.klass)
    elif one.klass and other.klass and one.klass != other.klass:
        yield because("identity.class_differs", one=one.klass, other=other.klass)


def _shown(unit: Unit) -> str:
    return " ".join(unit.place).title()


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a unit is: the key of its place, the code of its region, and what was needed to find it."""

    key: str
    region: str = ""
    found: str = ""
    left: str = ""


@lru_cache(REMEMBERED)
def seat(unit: Unit) -> Seat:
    """Return where the register has such a unit: by its place, or by its place within what else is named."""
    words = list(unit.place)
    here = _of_kind(unit, unit.key)
    if here and not _astray(here, unit.around):
        return Seat(unit.key, here, "identity.place_within" if unit.around else "")
    for cut in range(len(words) - 1, 0, -1):
        front, back = place_key(" ".join(words[:cut])), place_key(" ".join(words[cut:]))
        for key, around in ((front, back), (back, front)):
            region = _of_kind(unit, key)
            if region and lies_in(region, region_codes(around)):
                return Seat(key, region, "identity.place_within", around)
    for cut in range(1, len(words)):
        back = place_key(" ".join(words[cut:]))
        front = place_key(" ".join(words[:cut]))
        region = _of_kind(unit, back)
        if region and front not in known():
            return Seat(back, region, "identity.place_addition", " ".join(words[:cut]).title())
    return Seat(unit.key)


def _of_kind(unit: Unit, key: str) -> str:
    """Return the region of the register's unit of this kind and purpose at a place, empty if it has none."""
    purpose = unit.purpose
    fitting = (
        each.region
        for each in register_units().get(key, ())
        if (each.name.kind, each.name.purpose) == (unit.kind, purpose)
    )
    return next(fitting, "")


def _astray(region: str, around: tuple[str, ...]) -> bool:
    codes = region_codes(place_key(" ".join(around))) if around else frozenset()
    return bool(codes) and not lies_in(region, codes)


def _places(one: Unit, other: Unit) -> Iterator[Reason]:
    here, there = seat(one), seat(other)
    if not (here.key and there.key):
        yield because("identity.territory_missing", place=_shown(one) or _shown(other))
        return
    if one.level and other.level and one.level != other.level:
        yield because("identity.other_level", one=one.level, other=other.level)
        return
    if one.level != other.level:
        yield because("identity.level_open", place=_shown(one))
    for side in (here, there):
        if side.found and (here.found, here.left) != (there.found, there.left):
            yield because(side.found, place=side.left.title() or " ".join(one.around or other.around).title())
    if here.key == there.key:
        plain = spelled_place(" ".join(one.place)) == spelled_place(" ".join(other.place))
        yield because(
            "identity.same_place" if plain or here.found or there.found else "identity.place_spelling",
            place=min(_shown(one), _shown(other), key=len),
        )
    else:
        yield _two_places(one, other, here, there)


def _two_places(one: Unit, other: Unit, here: Seat, there: Seat) -> Reason:
    shown = {"one": _shown(one), "other": _shown(other)}
    if here.region and there.region:
        return because("identity.other_place", **shown)
    if (here.region or there.region) and _regional(here, there):
        return because("identity.region_for_place", **shown)
    if sorted(one.place) == sorted(other.place):
        return because("identity.other_order")
    places = known()
    if is_slip(here.key, there.key) and not (here.key in places and there.key in places):
        sure = min(len(here.key), len(there.key)) >= 7 and (here.key in places) != (there.key in places)
        unknown = here.key if there.key in places else there.key
        if sure and sum(is_slip(unknown, place) for place in places) == 1:
            return because("identity.place_slip", **shown)
        return because("identity.slip", **shown)
    return _longer_place(one, other, here, there, shown)


def _regional(here: Seat, there: Seat) -> bool:
    """Return whether one names the region of the place that the other names."""
    unit, broad = (here, there) if here.region else (there, here)
    return lies_in(unit.region, frozenset(region_codes(broad.key)) - {unit.region.partition(".")[0]})


def _longer_place(one: Unit, other: Unit, here: Seat, there: Seat, shown: dict[str, str]) -> Reason:
    """A name in more words may be of the same place, unless both are known as places."""
    short, long = sorted((one, other), key=lambda unit: len(unit.place))
    extra = set(long.place) - set(short.place)
    inside = short.place and set(short.place) < set(long.place)
    if inside and not (here.key in known() and there.key in known()):
        return because("identity.place_addition", place=" ".join(word for word in long.place if word in extra).title())
    return because("identity.other_place", **shown)
