"""The work list: for units without a partner, whom to win, why, and who could introduce them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from graph.insight.introductions import Path
from graph.insight.need import Gap
from graph.insight.suggestions import Market, Suggestion, reasons
from graph.schema import schema
from graph.store import NodeRecord, Row
from graph.tables import Table
from graph.words import Language, say

SUGGESTED = 3
COLUMNS = ["facility_id", "name", "province", "state", "need", "area"]
COLUMNS += ["partner", "partner_id", "reasons", "ask", "introduction"]
Introduce = Callable[[str, str], Path | None]
"""The best way from one node to another, by id; None if there is none."""


@dataclass(frozen=True, slots=True)
class Task:
    """A unit and a partner that could be won for it, with the best way to be introduced; or the unit alone."""

    gap: Gap
    area: str | None
    partner: NodeRecord | None = None
    why: Suggestion | None = None
    path: Path | None = None


def work_list(
    gaps: Iterable[Gap], market: Market, introduce: Introduce, *, area: str | None = None, k: int = SUGGESTED
) -> list[Task]:
    """Return for each unit, in the order given, its `k` best suggestions in the area, best first."""
    return [task for gap in gaps for task in _tasks(gap, market, introduce, area, k)]


def _tasks(gap: Gap, market: Market, introduce: Introduce, area: str | None, k: int) -> Iterator[Task]:
    found = market.suggested(gap.unit.id, area=area, k=k)
    for partner, why in found:
        yield Task(gap, area, partner, why, introduce(gap.unit.id, partner.id))
    if not found:
        yield Task(gap, area)


def table(tasks: Iterable[Task], language: Language) -> Table:
    """Return the work list as a table in the reader's language, one row a unit and partner."""
    return Table(COLUMNS, [_row(task, language) for task in tasks])


def _row(task: Task, language: Language) -> Row:
    unit = task.gap.unit
    row: Row = {"facility_id": unit.id, "name": unit.name, "province": unit.province_name, "need": task.gap.need}
    row["state"] = schema().term("coverage_state", task.gap.state, language)
    areas = (task.area,) if task.area else task.why.areas if task.why else ()
    row["area"] = ", ".join(schema().term("area", area, language) for area in areas)
    if task.partner and task.why:
        row |= {"partner": task.partner.name, "partner_id": task.partner.id}
        row["reasons"] = "; ".join(reasons(task.why, language))
        row |= {"ask": asked(task.path, language), "introduction": chain(task.path)}
    return row


def asked(path: Path | None, language: Language) -> str:
    """Return whom to ask first: who stands between the two, or the partner itself where nobody does."""
    if path is None:
        return say("worklist.nobody", language)
    first = path.hops[0]
    return first.end.name if len(path.hops) > 1 else say("worklist.direct", language, name=first.end.name)


def chain(path: Path | None) -> str:
    """Return a path as the names along it."""
    return "" if path is None else " → ".join([path.hops[0].start.name, *(hop.end.name for hop in path.hops)])
