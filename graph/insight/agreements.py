"""Agreements that end soon, that have lapsed with no successor, and the chains in which one renews another.

An agreement succeeds another if one facility and one partner are party to both, it begins later and ends later (or has
no end), and their areas meet: they cover one area in common, or one of the two covers none. An agreement without a
day of beginning, or of unknown status, succeeds nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.answer import Answer
from graph.catalog import find_query
from graph.status import data_version
from graph.store import Store

QUERY = "agreement-terms"
Pair = tuple[str, str]
"""A facility and a partner, by id."""


class Terms(NamedTuple):
    """An agreement, its days and who is party to it; ids sorted."""

    id: str
    name: str
    status: str | None
    signed_on: datetime.date | None
    begins: datetime.date | None
    ends: datetime.date | None
    facilities: tuple[str, ...]
    partners: tuple[str, ...]
    offices: tuple[str, ...]
    areas: frozenset[str]

    @property
    def pairs(self) -> list[Pair]:
        """Every facility with every partner."""
        return [(facility, partner) for facility in self.facilities for partner in self.partners]


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends within the days asked for (`expiring`) or has ended (`lapsed`).

    `left` are the facilities with partners for which nothing succeeds it, `renews` the earlier agreements of its chain,
    oldest first, `renewed_by` those that succeed it at once, by id.
    """

    terms: Terms
    state: str
    days: int | None
    renews: tuple[str, ...]
    renewed_by: tuple[str, ...]
    left: tuple[Pair, ...]


def read_terms(store: Store, *, synthetic: bool = False) -> list[Terms]:
    """Return every agreement, sorted by id."""
    return sorted(map(_terms, find_query(QUERY).compact(store, synthetic=synthetic)), key=lambda each: each.id)


def _terms(row: tuple[Any, ...]) -> Terms:
    id_, name, status, *days, facilities, partners, offices, areas = row
    signed, begins, ends = (None if day is None else datetime.date.fromisoformat(day) for day in days)
    named, with_, over = (tuple(sorted(each)) for each in (facilities, partners, offices))
    return Terms(id_, name, status, signed, begins, ends, named, with_, over, frozenset(areas))


def succeeds(later: Terms, earlier: Terms) -> bool:
    """Return whether one agreement succeeds another, parties aside, by the rule above."""
    if later.begins is None or later.status == "unknown" or earlier.ends is None:
        return False
    begins = earlier.begins is None or later.begins > earlier.begins
    ends = later.ends is None or later.ends > earlier.ends
    return begins and ends and (not later.areas or not earlier.areas or bool(later.areas & earlier.areas))


def endings(
    store: Store, *, as_of: datetime.date, within: int, renewed: bool = False, synthetic: bool = False
) -> Answer[Ending]:
    """Return what ends from the day on within so many days, both included, then what has lapsed; each by its last day.

    What is wholly succeeded is left out, unless `renewed`.
    """
    version = data_version(store)
    rows = [each for each in judged(read_terms(store, synthetic=synthetic), as_of, within) if renewed or each.left]
    return Answer(QUERY, as_of, version, rows)


def judged(every: Sequence[Terms], as_of: datetime.date, within: int) -> list[Ending]:
    """Return the endings among these agreements, succeeded or not."""
    by_pair: dict[Pair, list[Terms]] = defaultdict(list)
    for each in every:
        for pair in each.pairs:
            by_pair[pair].append(each)
    rows = [_ending(each, state, by_pair, as_of) for each in every if (state := _state(each, as_of, within))]
    return sorted(rows, key=lambda row: (row.state, str(row.terms.ends or ""), row.terms.id))


def phase(terms: Terms, as_of: datetime.date, within: int) -> str:
    """Return where an agreement stands on a day: planned, in_force, expiring (within the days), lapsed or unknown."""
    if terms.status == "planned" or (terms.begins and terms.begins > as_of):
        return "planned"
    if terms.status == "ended" or (terms.ends and terms.ends < as_of):
        return "lapsed"
    if terms.status == "unknown":
        return "unknown"
    return "expiring" if terms.ends and (terms.ends - as_of).days <= within else "in_force"


def _state(terms: Terms, as_of: datetime.date, within: int) -> str | None:
    if not terms.pairs or (terms.begins and terms.begins > as_of):
        return None
    if terms.status == "ended" or (terms.ends and terms.ends < as_of):
        return "lapsed"
    if terms.status in ("planned", "unknown") or terms.ends is None:
        return None
    return "expiring" if (terms.ends - as_of).days <= within else None


def _ending(terms: Terms, state: str, by_pair: dict[Pair, list[Terms]], as_of: datetime.date) -> Ending:
    after = {pair: [each for each in by_pair[pair] if succeeds(each, terms)] for pair in terms.pairs}
    left = tuple(pair for pair, found in after.items() if not found)
    following = sorted({each.id for found in after.values() for each in _first(found)})
    days = (terms.ends - as_of).days if terms.ends else None
    return Ending(terms, state, days, _chain(terms, by_pair), tuple(following), left)


def _first(found: Iterable[Terms]) -> list[Terms]:
    """Return the successor that begins first."""
    return sorted(found, key=lambda each: (each.begins or datetime.date.max, each.id))[:1]


def _chain(terms: Terms, by_pair: dict[Pair, list[Terms]]) -> tuple[str, ...]:
    """Return the agreements that this one renews, and those that they renew, oldest first."""
    seen: dict[str, Terms] = {}
    open_ = [terms]
    while open_:
        later = open_.pop()
        for pair in later.pairs:
            for each in by_pair[pair]:
                if each.id not in seen and succeeds(later, each):
                    seen[each.id] = each
                    open_.append(each)
    return tuple(sorted(seen, key=lambda id_: (str(seen[id_].begins or ""), id_)))
