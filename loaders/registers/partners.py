"""Which sort of thing a name in a register is: by what a column says of it, by its legal form or first words."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from graph.errors import BadInput
from graph.names import fold, normal, unit_name
from loaders.article.lexicon import words
from loaders.article.organisations import heads
from loaders.article.tokens import tokens
from loaders.registers.kinds import registers
from loaders.registers.places import is_place

PARTNERS = ("Company", "PublicBody", "Organization")


class Sort(NamedTuple):
    """A label, and for a public body its kind where the name shows it."""

    label: str
    kind: str | None = None


@lru_cache(maxsize=20_000)
def sort_of(name: str) -> Sort | None:
    """Return the sort of organisation that a name shows, None if it shows none."""
    if unit_name(name):
        return Sort("Facility")
    if normal(name).startswith("kanwil "):
        return Sort("PublicBody", "corrections" if _is_corrections(name) else "ministry")
    found = tokens(name[:200])
    head = heads().at(found, 0)
    if head:
        return Sort(head[1].label, head[1].kind)
    ends: Mapping[str, str] = words("organisations")["last_words"]
    last = found[-1].lower if found else ""
    if last in ("pt", "cv", "tbk", "persero", "ltd", "inc"):
        return Sort("Company")
    return Sort(ends[last]) if last in ends and len(found) > 1 else None


def _is_corrections(office: str) -> bool:
    rest = normal(office).removeprefix("kanwil ")
    authorities = [normal(each) for each in words("organisations")["corrections"]]
    stated = [normal(each) for each in words("organisations")["authorities"]]
    if any(rest.startswith(each) for each in authorities):
        return True
    return not any(rest.startswith(each) for each in stated)


@cache
def _sorts() -> Mapping[str, str]:
    return {fold(written): label for label, variants in registers().sorts.items() for written in variants}


def partner(column: str, name: str, sort: str | None, allowed: tuple[str, ...] = PARTNERS) -> Sort:
    """Return the sort of a partner; `sort` is what a column says of it, and prevails.

    Raises BadInput if neither shows it, or it is of a sort that is not `allowed`.
    """
    said = _sorts().get(fold(sort)) if sort else None
    if sort and said is None:
        raise BadInput("register.sort", column=column, value=sort[:60])
    seen = sort_of(name)
    found = seen if seen and (said is None or said == seen.label) else Sort(said) if said else None
    if found is None:
        raise BadInput("register.partner", column=column, value=name[:60])
    if found.label not in allowed:
        raise BadInput("register.partner_facility", column=column, value=name[:60])
    return found


def venue(name: str) -> str | None:
    """Return the label of what an event's venue is: a unit, a place or an organisation; None if it shows none."""
    seen = sort_of(name)
    if seen:
        return seen.label
    return "Place" if is_place(name) else None
