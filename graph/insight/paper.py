"""Paper partners: they signed, and for months nothing shows that they are at work."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from graph.answer import Answer
from graph.catalog import find_query
from graph.insight.agreements import read_terms
from graph.insight.need import add_months, months_between
from graph.status import data_version
from graph.store import Store

QUERY = "signs-of-life"


@dataclass(frozen=True, slots=True)
class PaperPartner:
    """A partner, its agreements in force, the day of its latest signing or sign of life, and the months since.

    `sign` is the id of the latest event, program or document after the first signing; None if there never was one.
    """

    partner: str
    agreements: tuple[str, ...]
    silent_since: datetime.date
    months: int
    sign: str | None


def paper_partners(
    store: Store, *, as_of: datetime.date, months: int = 12, synthetic: bool = False
) -> Answer[PaperPartner]:
    """Return partners with an agreement signed and in force that were silent for so many months, the longest first.

    They are silent since the latest of their signings and of their signs of life up to the day; a sign on the day of a
    signing is the signing itself. `months` counts from that day: on the very day on which they are full, it is one.
    """
    version = data_version(store)
    signed: dict[str, list[tuple[datetime.date, str]]] = defaultdict(list)
    for terms in read_terms(store, synthetic=synthetic):
        day = terms.signed_on
        in_force = terms.status not in ("ended", "planned", "unknown") and not (terms.ends and terms.ends < as_of)
        if day and day <= as_of and in_force and not (terms.begins and terms.begins > as_of):
            for partner in terms.partners:
                signed[partner].append((day, terms.id))
    signs: dict[str, list[tuple[datetime.date, str]]] = defaultdict(list)
    for partner, _, text, what in find_query(QUERY).compact(store, synthetic=synthetic):
        if (day := datetime.date.fromisoformat(text)) <= as_of:
            signs[partner].append((day, what))
    rows = [_row(partner, found, signs[partner], as_of) for partner, found in signed.items()]
    silent = [row for row in rows if add_months(row.silent_since, months) <= as_of]
    return Answer(QUERY, as_of, version, sorted(silent, key=lambda row: (row.silent_since, row.partner)))


def _row(
    partner: str, signed: list[tuple[datetime.date, str]], signs: list[tuple[datetime.date, str]], as_of: datetime.date
) -> PaperPartner:
    latest, days = max(signed)[0], {day for day, _ in signed}
    after = [(day, what) for day, what in signs if day > min(days) and day not in days]
    newest = max(after, default=None)
    since = max(latest, newest[0]) if newest else latest
    agreements = tuple(sorted(id_ for _, id_ in signed))
    return PaperPartner(partner, agreements, since, months_between(since, as_of), newest[1] if newest else None)
