"""Names taken apart, so that one thing gets one id and two things never share one.

An id is `kind:slug`, made from what a document says alone, so it does not depend on what was loaded before. What
separates two things is in the slug (a unit's purpose, an official's organisation); what does not is left out (class,
honorifics, degrees, dots, case).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from slugify import slugify

PARTS = Path(__file__).with_name("names.yaml")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_CLASS = re.compile(r"\b(?:kelas|klas|kls) (iii|ii|i|[123]) ?([abc])?\b")
_ROMAN = {"1": "I", "2": "II", "3": "III"}
_LONGEST_SLUG = 80
_REMEMBERED = 1 << 13  # names: those of a document come again and again, and memory stays flat
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")  # a folded name is nearly its own slug
_NO_WORD = re.compile(r"[^\w]|_")
_BRACKETS = re.compile(r"\([^()]*\)")


@cache
def parts() -> Mapping[str, Any]:
    """Return the word lists of `names.yaml`."""
    lists: dict[str, Any] = yaml.load(PARTS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return lists


@lru_cache(_REMEMBERED)
def fold(text: str) -> str:
    """Return the text in lower case, without accents, apostrophes and punctuation, blanks single."""
    plain = text.translate(_APOSTROPHES)
    if plain.isascii():
        plain = plain.lower()
    else:
        plain = unicodedata.normalize("NFKD", plain).lower()
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NO_WORD.sub(" ", plain).split())


@cache
def _shortenings() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table: dict[str, str] = parts()["short_forms"]
    return any_of(table), table


def any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of these forms as whole words, of two that begin alike the longer."""
    return re.compile(rf"\b(?:{'|'.join(sorted(forms, key=len, reverse=True))})\b")


@lru_cache(_REMEMBERED)
def normal(text: str) -> str:
    """Return the folded text with every long form of `names.yaml` replaced by its short form."""
    pattern, table = _shortenings()
    before, after = "", fold(_BRACKETS.sub(" ", text)) or fold(text) or text
    while before != after:  # one replacement may make another possible: "ditjen pas" after "kementrian"
        before, after = after, pattern.sub(lambda match: table[match[0]], after)
    return after


@lru_cache(_REMEMBERED)
def slug(text: str) -> str:
    """Return the text as lower-case ASCII words joined by hyphens, of bounded length and never empty.

    Text that a slug cannot carry (too long, or with letters that have no ASCII form) ends in a hash of the whole.
    """
    if len(text) <= _LONGEST_SLUG and _PLAIN.fullmatch(text):
        return text.replace(" ", "-")
    short = slugify(text)
    if short and len(short) <= _LONGEST_SLUG and (text.isascii() or all(map(_has_ascii, text))):
        return str(short)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{short[: _LONGEST_SLUG - 13].strip('-')}-{digest}".strip("-")


def _has_ascii(letter: str) -> bool:
    return not letter.isalnum() or slugify(letter) != ""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A facility's name in parts: kind and purpose are schema values, class is like `IIA` or empty."""

    kind: str
    purpose: str
    klass: str
    place: str

    @property
    def slug(self) -> str:
        """Kind, purpose and place: what makes it this unit. A class changes over time and is left out.

        The exceptions are the twins of `names.yaml`, which differ by nothing but class.
        """
        purpose = "" if self.purpose == "general" or self.kind == "lpka" else _written(self.purpose)
        unit = slug(" ".join(filter(None, [self.kind, purpose, _usual_place(self.place.replace(" ", ""))])))
        return f"{unit}-{self.klass.lower()}" if self.klass in parts()["twins"].get(unit, ()) else unit


def _usual_place(place: str) -> str:
    """Return a place as the register of units writes it, where another way is known ("tobelo" for its "tobello")."""
    return _other_spellings().get(place, place)


@cache
def _other_spellings() -> Mapping[str, str]:
    return {form: usual for usual, *forms in parts()["places"] for form in forms}


def _written(purpose: str) -> str:
    return str(parts()["facility_purpose"][purpose][-1 if purpose == "narcotics" else 0])


@lru_cache(_REMEMBERED)
def unit_name(text: str) -> UnitName | None:
    """Return the parts of a facility's name, or None if the text does not begin as one.

    "Lembaga Pemasyarakatan (Lapas) Perempuan Kelas IIA Tangerang" gives lapas, women, IIA, tangerang.
    """
    rest = normal(text)
    kind = _take_first(rest, parts()["facility_kind"])
    if kind is None:
        return None
    rest = rest[len(kind[1]) :].strip()
    for opening in _openings("facility_kind")[kind[0]]:  # "Lembaga Pemasyarakatan Lapas …", where brackets were lost
        rest = opening.sub("", rest).strip()
    found = _CLASS.search(rest)
    klass = _ROMAN.get(found[1], found[1].upper()) + (found[2] or "").upper() if found else ""
    rest = " ".join(_CLASS.sub(" ", rest).split())
    purpose, rest = _take_purpose(rest)
    if kind[0] == "lpka":
        purpose = "children"
    elif purpose == "general":
        purpose = _purpose_in_brackets(text)
    return UnitName(kind[0], purpose, klass, rest)


@cache
def _openings(key: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Return for each value of a list the patterns of its forms at the beginning of a text."""
    return {value: tuple(re.compile(rf"^{form}\b") for form in written) for value, written in parts()[key].items()}


def _take_first(text: str, forms: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    for value, written in forms.items():
        for form in written:
            if text == form or text.startswith(form + " "):
                return value, form
    return None


def _take_purpose(rest: str) -> tuple[str, str]:
    for value, openings in _openings("facility_purpose").items():
        for opening in openings:
            if found := opening.match(rest):
                return value, rest[found.end() :].strip()
    return "general", rest


def _purpose_in_brackets(text: str) -> str:
    """Return the purpose that a bracket holds and nothing else ("Lapas Tangerang (Perempuan)"), or general."""
    for inside in _BRACKETS.findall(text):
        said = normal(inside[1:-1])
        kind = _take_first(said, parts()["facility_kind"])
        purpose, rest = _take_purpose(said.removeprefix(kind[1]).strip() if kind else said)
        if not rest:
            return purpose
    return "general"


def person_name(text: str) -> str:
    """Return a person's name as written, without honorifics before it and degrees after it.

    "Hj. Lena Muhammad Nasir, S.H., M.Si." gives "Lena Muhammad Nasir"; "R. Andika Dwi Prasetya" stays.
    """
    words = text.split(",")[0].split()
    before, ranked = set(parts()["honorifics"]) | set(parts()["ranks"]), False
    while len(words) > 1 and (fold(words[0]) in before or (ranked and fold(words[0]) in parts()["corps"])):
        ranked |= fold(words.pop(0)) in parts()["ranks"]
    while len(words) > 1 and _is_degree(words[-1]):
        words.pop()
    return " ".join(words)


def _is_degree(word: str) -> bool:
    return "." in word and fold(word).replace(" ", "") in parts()["degrees"]


def facility_id(name: str) -> str:
    """Return the id of the facility of this name; any text gives one."""
    unit = unit_name(name)
    return f"facility:{unit.slug if unit else slug(normal(name))}"


def company_id(name: str) -> str:
    """Return the id of the company of this name; legal forms with and without dots are the same."""
    words = normal(name).split()
    while len(words) > 1 and words[-1] in parts()["company_suffixes"]:
        words.pop()
    return f"company:{slug(' '.join(words))}"


def public_body_id(name: str) -> str:
    """Return the id of the public body of this name; long and short forms are the same."""
    return f"public-body:{slug(normal(name).removesuffix(' ri'))}"


def is_national(name: str) -> bool:
    """Return whether a ministry's or service's name is that of the whole, not of an office of it in a region."""
    words, known = normal(name).split(), parts()["national"]
    if any(word in known["offices"] for word in words):
        return False
    opens = any(f"{normal(name)} ".startswith(f"{opening} ") for opening in known["openings"])
    bare = all(word.startswith(tuple(known["short_names"])) or word in known["beside"] for word in words)
    return opens or bare or len(words) == 1


def organization_id(name: str) -> str:
    """Return the id of the organization of this name."""
    return f"organization:{slug(normal(name))}"


_ORGANISATIONS = {
    "Facility": facility_id,
    "Company": company_id,
    "PublicBody": public_body_id,
    "Organization": organization_id,
}


def organisation_id(label: str, name: str) -> str:
    """Return the id of an organisation of the given label (Facility, Company, PublicBody or Organization)."""
    return _ORGANISATIONS[label](name)


def _local(id_: str) -> str:
    return id_.split(":", 1)[1]


def official_id(name: str, organisation: str) -> str:
    """Return the id of the official of this name at the organisation of this id.

    Two people of one name at two organisations are two: whether they are one is a reviewer's judgement.
    """
    return f"official:{slug(fold(person_name(name)) or name)}@{_local(organisation)}"


def program_id(name: str, facility: str) -> str:
    """Return the id of the program of this name at the facility (or organisation) of this id."""
    return f"program:{slug(fold(name) or name)}@{_local(facility)}"


def event_id(kind: str, date: str | None, place: str | None, document: str) -> str:
    """Return the id of an event: its day, kind and the id of its place, so that two documents meet on it.

    Without a full date or a place it belongs to the document of the given id alone.
    """
    where = _local(place) if place else ""
    if date and where:
        return f"event:{date}-{kind}-{where}"
    tail = slug(" ".join(filter(None, [date, kind, where])))
    return f"event:{tail}@{_local(document)}"


def agreement_id(kind: str, date: str | None, parties: Iterable[str], document: str, number: str = "") -> str:
    """Return the id of an agreement: its number, else kind, day of signing and the ids of its parties.

    Without a number or a day it belongs to the document of the given id alone.
    """
    if number:
        return f"agreement:{kind}-{slug(number)}"
    named = slug(" ".join(sorted(_local(party) for party in parties)))
    return f"agreement:{kind}-{date}-{named}" if date else f"agreement:{kind}-{named}@{_local(document)}"


_LABELS = {
    "official": "Official",
    "facility": "Facility",
    "company": "Company",
    "public-body": "PublicBody",
    "organization": "Organization",
    "program": "Program",
    "event": "Event",
    "agreement": "Agreement",
    "place": "Place",
    "document": "Document",
}


def label_of(id_: str) -> str | None:
    """Return the label of the node that an id belongs to, None if it is no id."""
    return _LABELS.get(id_.partition(":")[0])


def place_id(code: str) -> str:
    """Return the id of the province or regency of this official code."""
    return f"place:{code}"


def document_id(name: str) -> str:
    """Return the id of the document of this title, address or file name."""
    return f"document:{slug(re.sub(r'^https?://(www[.])?', '', name))}"
