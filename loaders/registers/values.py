"""What a cell means, by the type of its column: text, numbers, terms, lists; days are in `dates`."""

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from graph.errors import BadInput
from graph.names import fold, unit_name
from graph.schema import Name, schema
from loaders.registers.dates import Day, is_partial, read_day, read_duration, read_period
from loaders.registers.kinds import Column, registers
from loaders.registers.places import place_code

Cell = str | int | float | bool | datetime.date | datetime.time
LONGEST = 32_767
"""The most characters of a cell: no spreadsheet holds more."""
LONGEST_VALUE = 500
"""The most characters of a cell that is more than text."""
_SHOWN = 60
_BLANK = frozenset(("-", "--", "–", "—", "n/a", "#n/a", "(blank)"))
_ERRORS = frozenset(("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"))
_YES = frozenset(["ya", "y", "yes", "true", "benar", "1", "x", "v", "ada", "sudah", "betul"]) | {"✓", "✔"}
_NO = frozenset(["tidak", "t", "no", "n", "false", "salah", "0", "belum", "bukan"])
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")
_BULLET = re.compile(r"^(?:\d{1,2}[.)]\s|[-•*·▪]\s+)")


class Note(NamedTuple):
    """How a value was read where it could be read otherwise: a key of the catalog and what it says."""

    key: str
    values: tuple[tuple[str, str], ...]


class Read(NamedTuple):
    """A cell's value, and the note that belongs to it."""

    value: Any
    note: Note | None = None


class Listed(NamedTuple):
    """A member of a list of people: the name, and the organisation in brackets behind it."""

    name: str
    organisation: str


def shown(cell: Cell) -> str:
    """Return a cell as text: a day in ISO form, a whole number without a fraction."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() if cell == int(cell) if math.isfinite(cell) else False:
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
    return str(cell)


def short(text: str) -> str:
    """Return a text of bounded length for a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def is_blank(cell: Cell | None) -> bool:
    """Whether a cell says nothing: it is empty, or holds one of the marks that stand for that."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.lower() in _BLANK))


def read(column: Column, header: str, cell: Cell) -> Read:
    """Return what a filled cell means in this column; raise BadInput that says what would be accepted."""
    text = shown(cell)
    if len(text) > LONGEST:
        raise BadInput("register.long_cell", column=header, length=len(text), most=LONGEST)
    if text in _ERRORS:
        raise BadInput("register.error_cell", column=header, value=text)
    if text.startswith("=") and column.type not in ("text", "people"):
        raise BadInput("register.formula", column=header, value=short(text))
    if len(text) > LONGEST_VALUE and column.type != "text" and not column.many:
        raise BadInput("register.long_cell", column=header, length=len(text), most=LONGEST_VALUE)
    if text.startswith("=") and column.type == "text":
        return Read(text, Note("register.note.formula", (("column", header), ("value", short(text)))))
    if column.many:
        return Read(tuple(_READERS[column.type](column, header, each).value for each in items(text, column.commas)))
    return _READERS[column.type](column, header, cell)


def items(text: str, commas: bool = False) -> list[str]:
    """Return the parts of a list in a cell, each once: between semicolons and line breaks, and commas if allowed."""
    pieces = re.split(r"[;\n\r]+|,(?=\s|$)|,(?=\D)" if commas else r"[;\n\r]+", text)
    parts = (_BULLET.sub("", piece.strip()).strip() for piece in pieces)
    return list(dict.fromkeys(part for part in parts if not is_blank(part)))


def _text(_: Column, __: str, cell: Cell) -> Read:
    return Read(shown(cell))


def _code(_: Column, header: str, cell: Cell) -> Read:
    """A spreadsheet makes 11.1 of 11.10, which is another place or none."""
    text = shown(cell)
    if not _CODE.fullmatch(text):
        raise BadInput("register.code", column=header, value=short(text))
    return Read(text)


def _place(_: Column, header: str, cell: Cell) -> Read:
    return Read(place_code(header, shown(cell)))


def _facility(_: Column, header: str, cell: Cell) -> Read:
    text = shown(cell)
    if len(text) > LONGEST_VALUE or not _names_unit(text):
        raise BadInput("register.facility", column=header, value=short(text))
    return Read(text)


@lru_cache(maxsize=20_000)
def _names_unit(text: str) -> bool:
    unit = unit_name(text)
    return unit is not None and unit.place != ""


def _people(_: Column, header: str, cell: Cell) -> Read:
    found = re.fullmatch(r"(.+?)\s*\(([^()]+(?:\([^()]*\)[^()]*)*)\)", shown(cell))
    if not found:
        raise BadInput("register.people", column=header, value=short(shown(cell)))
    return Read(Listed(found[1], found[2].strip()))


def _number(column: Column, header: str, cell: Cell) -> Read:
    value = number(cell)
    if value is None:
        raise BadInput("register.number", column=header, value=short(shown(cell)))
    return Read(_in_range(column, header, cell, value))


def _in_range(column: Column, header: str, cell: Cell, value: float) -> float:
    if not column.least <= value <= column.most:
        limits = {"least": f"{column.least:g}", "most": f"{column.most:g}"}
        raise BadInput("register.range", column=header, value=short(shown(cell)), **limits)
    return value


def _count(column: Column, header: str, cell: Cell) -> Read:
    value = number(cell, whole=True)
    if value is None or (value == value and abs(value) < 1e300 and value != int(value)):
        raise BadInput("register.number", column=header, value=short(shown(cell)))
    return Read(int(_in_range(column, header, cell, value)))


_GROUPS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}


def number(cell: Cell, whole: bool = False) -> float | None:
    """Return the number that a cell holds, None if it holds none.

    Of a dot and a comma the last is the decimal mark. One alone is it, too, unless a whole number is expected and it
    stands before three digits: 1.234 people are a thousand and more.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) and abs(cell) < 1e300 else None
    text = re.sub(r"(?<=\d)[  '](?=\d{3}\b)", "", cell.strip()) if isinstance(cell, str) else ""
    if not re.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*(?:[eE][+-]?\d{1,3})?", text, re.ASCII):
        return None
    decimal = ","
    if "." in text and (text.rfind(".") > text.rfind(",")):
        decimal = "."
    thousands = "." if decimal == "," else ","
    grouped = (whole or text.count(decimal) > 1) and thousands not in text and _GROUPS[decimal].fullmatch(text)
    if grouped:
        return float(text.replace(decimal, ""))
    before = text.partition(decimal)[0]
    if thousands in text and (decimal not in text and not _GROUPS[thousands].fullmatch(before)):
        return None
    if thousands in before and not _GROUPS[thousands].fullmatch(before):
        return None
    try:
        value = float(text.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _date(column: Column, header: str, cell: Cell) -> Read:
    day = read_day(cell)
    if day:
        return Read(day.date, _note(header, cell, day))
    if column.partial and isinstance(cell, str | int) and is_partial(shown(cell)):
        return Read(None, Note("register.note.partial", (("column", header), ("value", shown(cell)))))
    raise BadInput("register.date", column=header, value=short(shown(cell)))


_HOW = {"day_first": "register.note.day_first", "serial": "register.note.serial"}


def _note(header: str, cell: Cell, day: Day) -> Note | None:
    if not day.how:
        return None
    said = (("column", header), ("value", shown(cell)), ("date", _Spelt(day.date)))
    return Note(_HOW[day.how], said)  # type: ignore[arg-type]


class _Spelt(Name):
    """A date with its month in words, in both languages."""

    def __init__(self, date: datetime.date) -> None:
        super().__init__(**{language: spelt(date, language) for language in ("id", "en")})


_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}


def spelt(date: datetime.date, language: str) -> str:
    """Return a date with its month in words, which cannot be read otherwise."""
    return f"{date.day} {_MONTHS[language].split()[date.month - 1]} {date.year}"


def _duration(_: Column, header: str, cell: Cell) -> Read:
    duration = read_duration(shown(cell))
    if duration is None:
        raise BadInput("register.duration", column=header, value=short(shown(cell)))
    return Read(duration)


def _period(_: Column, header: str, cell: Cell) -> Read:
    text = shown(cell)
    if duration := read_duration(text):
        return Read(duration)
    period = read_period(text)
    if period is None:
        raise BadInput("register.period", column=header, value=short(text))
    return Read(period, _note(header, text, period.starts) or _note(header, text, period.ends))


def _flag(_: Column, header: str, cell: Cell) -> Read:
    text = shown(cell).strip().lower()
    if text in _YES or text in _NO:
        return Read(text in _YES)
    raise BadInput("register.flag", column=header, value=short(shown(cell)))


def _term(column: Column, header: str, cell: Cell) -> Read:
    value = term(str(column.vocabulary), shown(cell), column.remark)
    if value is None:
        raise BadInput("register.term", column=header, value=short(shown(cell)), known=accepted(str(column.vocabulary)))
    return Read(value)


@lru_cache(maxsize=20_000)
def term(vocabulary: str, text: str, remark: bool = False) -> str | None:
    """Return the term that a text names, or with `remark` begins with; None if there is none."""
    known, text = terms(vocabulary), fold(text)
    value = known.get(text)
    if value is None and remark:
        value = next((known[start] for start in _beginnings(text) if start in known), None)
    return value


def _beginnings(text: str) -> Iterator[str]:
    """Yield the text without its last word, without its last two, and so on."""
    words = text.split()[:8]
    return (" ".join(words[:end]) for end in range(len(words), 0, -1))


@cache
def terms(vocabulary: str) -> Mapping[str, str]:
    """Return the terms of a vocabulary by every way in which they are written, folded."""
    known: dict[str, str] = {}
    for term, variants in registers().terms.get(vocabulary, {}).items():
        known |= {fold(variant): term for variant in variants}
    for term, name in schema().vocabularies[vocabulary].items():
        for written in (name.id, name.en, term):
            known[fold(re.sub(r"\([^()]*\)", "", written))] = term
            known[fold(written)] = term
    return known


@cache
def accepted(vocabulary: str) -> Name:
    """Return the terms of a vocabulary as a reader writes them, in both languages."""
    names = schema().vocabularies[vocabulary].values()
    return Name(id=", ".join(name.id for name in names), en=", ".join(name.en for name in names))


_READERS: Mapping[str, Callable[[Column, str, Cell], Read]] = {
    "text": _text,
    "code": _code,
    "place": _place,
    "facility": _facility,
    "people": _people,
    "number": _number,
    "count": _count,
    "date": _date,
    "duration": _duration,
    "period": _period,
    "flag": _flag,
    "term": _term,
}
