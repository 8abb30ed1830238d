"""What changed between two days, or between two loads: states that are others, and facts that came, began or ended."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from graph.answer import Answer
from graph.coverage import Fact, Ground, states
from graph.store import Row

PAUSE = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A facility's state in an area (None: in any) that is another than before."""

    facility: str
    area: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened to a fact: `came` (known from that day, or in the later load), `began`, `ended` or `went`."""

    what: str
    day: datetime.date | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Changes:
    """The states that changed, sorted by facility and area, and the facts that made them, sorted by day."""

    states: list[Change]
    facts: list[Turn]


def between_days(
    ground: Ground, *, first: datetime.date, last: datetime.date, partner: str | None = None
) -> Answer[Changes]:
    """Return one row: what changed after the first day up to the last, as the documents of today tell it.

    `partner` (an id) limits it to facts of this partner and facilities that they are about. A fact that is known from
    the day of its document came on that day; one with a day of beginning began on it; one ended the day after its last.
    """
    told = [turn for fact in _of(ground, partner) for turn in _turns(fact, first, last)]
    changed = _changed(ground, first, ground, last, _served(ground, partner))
    return ground.answer("changes", last, [Changes(changed, sorted(told, key=_order))])


@dataclass(frozen=True, slots=True)
class LastLoad:
    """The documents that were loaded last, by id with their titles, and what changed by them."""

    documents: Mapping[str, str]
    changes: Changes


def last_load(documents: Iterable[Row], ground: Ground, *, as_of: datetime.date) -> Answer[LastLoad]:
    """Return one row: what the last load brought, compared on a day with the store as it is but without its documents.

    To the last load belong the newest document and those loaded before it with pauses of less than an hour in between.
    What an earlier version of such a document said, what was withdrawn and what was judged meanwhile is not known.
    `documents` are rows of `graph.status.documents`.
    """
    times = [(datetime.datetime.fromisoformat(row["loaded_at"]), row) for row in documents if row["loaded_at"]]
    times.sort(key=lambda each: each[0], reverse=True)
    newest: dict[str, str] = {}
    for at, (time, row) in enumerate(times):
        if at and times[at - 1][0] - time >= PAUSE:
            break
        newest[row["document"]] = row["title"]
    before = replace(ground, facts=tuple(fact for fact in ground.facts if fact.source not in newest))
    (changes,) = between_loads(before, ground, as_of=as_of).rows
    return ground.answer("last-load", as_of, [LastLoad(newest, changes)])


def between_loads(
    before: Ground, after: Ground, *, as_of: datetime.date, partner: str | None = None
) -> Answer[Changes]:
    """Return one row: what changed on one day between two stores, such as a copy kept before a load and the store now.

    Facts are compared as what they say and in which document; loading the same file again changes none.
    """
    old, new = Counter(_of(before, partner)), Counter(_of(after, partner))
    told = [Turn("went", None, fact) for fact in (old - new).elements()]
    told += [Turn("came", None, fact) for fact in (new - old).elements()]
    served = None if partner is None else {*(_served(before, partner) or ()), *(_served(after, partner) or ())}
    changed = _changed(before, as_of, after, as_of, served)
    return after.answer("changes", as_of, [Changes(changed, sorted(told, key=_order))])


def _of(ground: Ground, partner: str | None) -> list[Fact]:
    return [fact for fact in ground.facts if partner in (None, fact.partner)]


def _served(ground: Ground, partner: str | None) -> set[str] | None:
    return None if partner is None else {fact.facility for fact in _of(ground, partner)}


def _turns(fact: Fact, first: datetime.date, last: datetime.date) -> list[Turn]:
    ended = fact.ends + datetime.timedelta(1) if fact.ends and fact.ends < datetime.date.max else None
    days = {"came": fact.known, "began": fact.begins, "ended": ended}
    return [Turn(what, day, fact) for what, day in days.items() if day and first < day <= last]


def _changed(
    before: Ground, first: datetime.date, after: Ground, last: datetime.date, facilities: Collection[str] | None
) -> list[Change]:
    old, new = states(before, first), states(after, last)
    rows = [
        Change(*cell, old.get(cell, "unknown"), new.get(cell, "unknown"))
        for cell in {*old, *new}
        if old.get(cell, "unknown") != new.get(cell, "unknown") and (facilities is None or cell[0] in facilities)
    ]
    return sorted(rows, key=lambda row: (row.facility, row.area or ""))


def _order(turn: Turn) -> tuple[str, ...]:
    return (str(turn.day or ""), turn.what, *(str(each or "") for each in turn.fact))
