"""Rotation: when a head leaves, coverage stays as it is; the ties that the successor has to renew are listed."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.answer import Answer
from graph.catalog import find_query
from graph.coverage import Ground, says
from graph.store import Store

QUERY = "former-heads"
IN_POST = "who-knows-partners"
Known = Mapping[tuple[str, str], Collection[str]]
_HOW = ("SIGNED", "ATTENDED")


@dataclass(frozen=True, slots=True)
class Farewell:
    """A partner of a facility whom a former official knew: by agreements signed and events attended, ids sorted.

    `latest` is the newest day of these, None if none is known. `known_by` are the officials in post there on the day
    who know the partner in one of these ways, too: where there are none, the tie is known only through who has left.
    """

    facility: str
    former: str
    title: str | None
    until: datetime.date | None
    partner: str
    signed: tuple[str, ...]
    met: tuple[str, ...]
    latest: datetime.date | None
    known_by: tuple[str, ...] = ()


def to_renew(
    store: Store, ground: Ground, *, as_of: datetime.date, since: datetime.date | None = None, synthetic: bool = False
) -> Answer[Farewell]:
    """Return the ties of officials who left a post at a facility, with partners that are active there on the day.

    `since` takes only those whose last day in the post is no earlier; who left on a day that is not known is then left
    out. Sorted by facility, former official and partner.
    """
    active = {(fact.facility, fact.partner) for fact in ground.facts if fact.partner and says(fact, as_of) == "active"}
    ties: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for row in find_query(QUERY).run(store, synthetic=synthetic):
        until = row["until"]
        left = until is None or until < as_of
        if left and (since is None or (until and until >= since)) and (row["facility"], row["partner"]) in active:
            ties[row["facility"], row["former"], row["partner"]].append(row)
    known = _known(store, as_of, synthetic=synthetic)
    rows = [_farewell(key, found, as_of, known) for key, found in sorted(ties.items())]
    return Answer(QUERY, as_of, ground.version, [row for row in rows if row.signed or row.met])


def _known(store: Store, as_of: datetime.date, *, synthetic: bool) -> Known:
    """Return who is in post at a facility on the day and knows a partner, by facility and partner."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in find_query(IN_POST).run(store, synthetic=synthetic):
        in_post = (row["since"] or as_of) <= as_of <= (row["until"] or as_of)
        if in_post and (row["day"] or as_of) <= as_of:
            found[row["facility"], row["partner"]].add(row["official"])
    return found


def _farewell(key: tuple[str, str, str], rows: list[dict[str, object]], as_of: datetime.date, known: Known) -> Farewell:
    past = [row for row in rows if not isinstance(row["day"], datetime.date) or row["day"] <= as_of]
    what = {through: tuple(sorted({str(row["what"]) for row in past if row["through"] == through})) for through in _HOW}
    days = [row["day"] for row in past if isinstance(row["day"], datetime.date)]
    untils = [row["until"] for row in rows if isinstance(row["until"], datetime.date)]
    title = next((str(row["title"]) for row in rows if row["title"]), None)
    facility, former, partner = key
    told = title, max(untils, default=None), partner, what["SIGNED"], what["ATTENDED"], max(days, default=None)
    return Farewell(facility, former, *told, tuple(sorted(known.get((facility, partner), ()))))
