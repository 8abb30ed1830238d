"""The departure test: what falls to zero if a partner leaves; the partners ranked by how much that is."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from graph.answer import Answer
from graph.coverage import Cell, Ground, says


@dataclass(frozen=True, slots=True)
class Departure:
    """A partner, the facilities it serves, those left without any partner, and the facilities' areas left without one.

    `partner` is an id; the lists hold facility ids and (facility, area) pairs, sorted.
    """

    partner: str
    serves: tuple[str, ...]
    lost: tuple[str, ...]
    lost_areas: tuple[tuple[str, str], ...]


def departures(ground: Ground, *, as_of: datetime.date) -> Answer[Departure]:
    """Return every partner with an active partnership on the day, the one whose leaving costs most first.

    More facilities left without any partner weigh first, then more facilities' areas, then more facilities served.
    """
    active: dict[Cell, set[str]] = defaultdict(set)
    for fact in ground.facts:
        if fact.partner is not None and says(fact, as_of) == "active":
            active[fact.facility, fact.area].add(fact.partner)
            active[fact.facility, None].add(fact.partner)
    serves, lost, areas = defaultdict(list), defaultdict(list), defaultdict(list)
    for (facility, area), partners in active.items():
        if area is None:
            for partner in partners:
                serves[partner].append(facility)
        if len(partners) == 1:
            (only,) = partners
            if area is None:
                lost[only].append(facility)
            else:
                areas[only].append((facility, area))
    rows = [
        Departure(each, tuple(sorted(serves[each])), tuple(sorted(lost[each])), tuple(sorted(areas[each])))
        for each in serves
    ]
    rows.sort(key=lambda row: (-len(row.lost), -len(row.lost_areas), -len(row.serves), row.partner))
    return ground.answer("departure", as_of, rows)
