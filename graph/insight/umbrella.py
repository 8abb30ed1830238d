"""Umbrella agreements: what they name is covered; what they merely imply is shown apart and counts as nothing."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.answer import Answer
from graph.catalog import find_query
from graph.coverage import Ground
from graph.insight.agreements import QUERY, Terms, read_terms
from graph.store import Store

_REGIONAL = "public-body:kanwil"


@dataclass(frozen=True, slots=True)
class Umbrella:
    """An agreement of an office, or for several facilities at once: the facilities it names, and those it implies."""

    terms: Terms
    state: str
    named: tuple[str, ...]
    implied: tuple[str, ...]


def umbrellas(store: Store, ground: Ground, *, as_of: datetime.date, synthetic: bool = False) -> Answer[Umbrella]:
    """Return every agreement with partners that an office of the service is party to, or more than one facility.

    It implies the facilities under its offices that it does not name: those that the graph says are part of them; all,
    where the office is no regional one and the graph knows no facility under it, as with the directorate general.
    """
    under: dict[str, set[str]] = defaultdict(set)
    for row in find_query("units-under-offices").run(store, as_of=as_of):
        under[row["office"]].add(row["facility"])
    rows = [
        Umbrella(terms, _state(terms, as_of), terms.facilities, _implied(terms, under, ground))
        for terms in read_terms(store, synthetic=synthetic)
        if terms.partners and (terms.offices or len(terms.facilities) > 1)
    ]
    return Answer(QUERY, as_of, ground.version, rows)


def _implied(terms: Terms, under: Mapping[str, set[str]], ground: Ground) -> tuple[str, ...]:
    implied: set[str] = set()
    for office in terms.offices:
        known = under.get(office, set())
        implied |= set(ground.units) if not known and not office.startswith(_REGIONAL) else known
    return tuple(sorted((implied & set(ground.units)) - set(terms.facilities)))


def _state(terms: Terms, as_of: datetime.date) -> str:
    if terms.begins and terms.begins > as_of:
        return "planned"
    if terms.status == "ended" or (terms.ends and terms.ends < as_of):
        return "lapsed"
    return terms.status if terms.status in ("planned", "unknown") else "active"
