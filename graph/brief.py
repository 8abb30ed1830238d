"""The brief: the figures of a province or the nation on a day, for one or two printed pages.

Every section names the query that its figures come from. The page is set by `graph.typeset`, which only draws.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from graph import atlas
from graph import coverage as cover
from graph.insight import agreements, changes, matrix, need
from graph.insight.need import add_months
from graph.insight.suggestions import QUERY as MARKET
from graph.insight.suggestions import Market, Suggestion, read_market, reasons
from graph.names import label_of
from graph.schema import schema
from graph.store import NodeRecord, Store
from graph.text import plain, shortened
from graph.words import Language, number, say
from graph.words import day as day_in

CHANGED_MONTHS, WITHIN_DAYS = 12, 180
FAR_KM = 250.0
MOST_GAPS, MOST_CHANGES, MOST_ENDINGS, MOST_SERVED, MOST_NAMES = 5, 8, 8, 8, 3
LONGEST = 90
LONGEST_WORD = 28
"""Letters of a name, and of a word in it, that are printed; a page has only so much room."""


@dataclass(frozen=True, slots=True)
class Wording:
    """In which language, of which day, and with which names by id."""

    language: Language
    as_of: datetime.date
    names: dict[str, str]

    def say(self, key: str, **values: Any) -> str:
        """Return a sentence of the catalog."""
        return say(f"brief.{key}", self.language, **values)

    def day(self, day: datetime.date | None) -> str:
        """Return a date in words."""
        return day_in(day, self.language)

    def term(self, vocabulary: str, value: str) -> str:
        """Return a term of the schema."""
        return schema().term(vocabulary, value, self.language)

    def number(self, value: int) -> str:
        """Return a number."""
        return number(value, self.language)

    def name(self, id_: str) -> str:
        """Return a node's name as one line of printable letters, cut where it is too long for a page."""
        return short(self.names.get(id_, id_))


def short(text: str) -> str:
    """Return a text as one line of printable letters, cut where it, or a word of it, is too long for a page."""
    words = (word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD - 1]}…" for word in plain(text).split())
    return shortened(" ".join(words), LONGEST)


def brief(
    store: Store,
    *,
    language: Language,
    as_of: datetime.date | None = None,
    province: str | None = None,
    synthetic: bool = False,
) -> dict[str, Any]:
    """Return all that the page says, as plain values in the language: equal graphs, days and places give equal briefs.

    `province` is an ISO code or a name; None is the nation. Raises BadInput for a province that there is not.
    """
    code = cover.province_code(store, province) if province else None
    day = as_of or datetime.date.today()
    every = cover.read_ground(store, synthetic=synthetic)
    ground = every.of(province=code)
    market = read_market(store, day, synthetic=synthetic)
    told = Wording(language, day, {id_: node.name for id_, node in market.nodes.items()})
    place = cover.provinces(store)[code] if code else say("map.nation", language)
    sections = {
        "map": _map(every, told, code),
        "served": _served(ground, told),
        "matrix": _matrix(ground, told),
        "changes": _changes(ground, told),
        "gaps": _gaps(ground, market, told),
        "endings": _endings(store, ground, told, code, synthetic),
    }
    return {
        "language": language,
        "title": told.say("title"),
        "place": short(place),
        "day": told.day(day),
        "invented": told.say("invented") if synthetic else "",
        "states": _states(ground, told),
        "headline": _headline(ground, told),
        "sections": sections,
        "foot": told.say("foot", day=told.day(day), version=every.version),
        "page": told.say("page"),
    }


def _section(told: Wording, key: str, queries: str, **more: Any) -> dict[str, Any]:
    return {"title": told.say(key), "query": queries, **more}


def _states(ground: cover.Ground, told: Wording) -> list[dict[str, str]]:
    found = cover.counts(cover.rows_of(ground, as_of=told.as_of))
    return [
        {"state": state, "name": told.term("coverage_state", state), "count": told.number(n)}
        for state, n in found.items()
    ]


def _headline(ground: cover.Ground, told: Wording) -> str:
    part = atlas.nation(atlas.by_province(ground, as_of=told.as_of).rows)
    return told.say("headline", count=told.number(part.count), of=told.number(part.of), percent=part.percent)


def _map(every: cover.Ground, told: Wording, code: str | None) -> dict[str, Any]:
    answer = atlas.by_province(every, as_of=told.as_of)
    by_iso = {row.iso: row for row in answer.rows}
    drawn = []
    for tile in atlas.tiles():
        part = by_iso[tile.iso].measured("active") if tile.iso in by_iso else atlas.Part(0, 0)
        detail = f"{told.number(part.count)}/{told.number(part.of)}" if part.of else ""
        figures = {"name": tile.short, "figure": part.percent, "detail": detail, "level": part.level}
        drawn.append({"row": tile.row, "column": tile.column, "chosen": tile.iso == code, **figures})
    return _section(told, "map", answer.query, tiles=drawn, classes=atlas.classes(), how=told.say("map_how"))


def _served(ground: cover.Ground, told: Wording) -> dict[str, Any]:
    """Return the units that have a partner on the day, by name, each with its partners."""
    partners: dict[str, set[str]] = defaultdict(set)
    for fact in ground.facts:
        if fact.partner and cover.says(fact, told.as_of) == "active":
            partners[fact.facility].add(told.name(fact.partner))
    found = sorted((short(ground.units[unit].name), sorted(names)) for unit, names in partners.items())
    rows = [[unit, _few(told, names)] for unit, names in found[:MOST_SERVED]]
    says = told.say("served_none") if not found else ""
    return _section(
        told, "served", f"{cover.QUERY}/served", rows=rows, says=says, more=_more(told, len(found), len(rows))
    )


def _matrix(ground: cover.Ground, told: Wording) -> dict[str, Any]:
    found = cover.states(ground, told.as_of)
    rows, silent = [], []
    for area in matrix.areas():
        counted = cover.tally(found.get((unit, area), "unknown") for unit in ground.units)
        name = told.term("area", area) if area else say("column.any", told.language)
        if area and counted["unknown"] == len(ground.units):
            silent.append(name)
            continue
        cells = [{"count": told.number(n), "none": not n} for n in counted.values()]
        rows.append({"name": name, "any": area is None, "cells": cells})
    heads = [told.term("coverage_state", state) for state in schema().vocabularies["coverage_state"]]
    head = [say("column.area", told.language), *heads]
    says = told.say("silent", areas=", ".join(silent)) if silent else ""
    return _section(told, "matrix", f"{cover.QUERY}/matrix", head=head, rows=rows, silent=says)


def _changes(ground: cover.Ground, told: Wording) -> dict[str, Any]:
    first = add_months(told.as_of, -CHANGED_MONTHS)
    answer = changes.between_days(ground, first=first, last=told.as_of)
    moved = [row for row in answer.rows[0].states if row.area is None]
    rows = [
        [
            told.name(row.facility),
            f"{told.term('coverage_state', row.before)} → {told.term('coverage_state', row.after)}",
        ]
        for row in moved[:MOST_CHANGES]
    ]
    says = told.say("changes_of", since=told.day(first), count=told.number(len(moved)))
    return _section(told, "changes", answer.query, rows=rows, says=says, more=_more(told, len(moved), len(rows)))


def _few(told: Wording, names: list[str]) -> str:
    few = names[:MOST_NAMES]
    return ", ".join([*few, _more(told, len(names), len(few))] if len(names) > len(few) else few)


def _more(told: Wording, all_: int, shown: int) -> str:
    return told.say("more", count=told.number(all_ - shown)) if all_ > shown else ""


def _gaps(ground: cover.Ground, market: Market, told: Wording) -> dict[str, Any]:
    answer = need.gaps(ground, as_of=told.as_of)
    open_ = [row for row in answer.rows if row.need is not None]
    rows = []
    for row in open_[:MOST_GAPS]:
        best = _nearby(market, row.unit.id)
        partner = short(best[0].name) if best else told.say("no_suggestion")
        why = "; ".join(reasons(best[1], told.language)) if best else ""
        state = told.term("coverage_state", row.state)
        need_ = number(float(row.need or 0), told.language)
        rows.append({"name": short(row.unit.name), "state": state, "need": need_, "partner": partner, "why": why})
    head = [told.say(each) for each in ("gap", "need", "suggestion")]
    return _section(
        told,
        "gaps",
        f"{answer.query}, {MARKET}",
        head=head,
        rows=rows,
        how=told.say("gaps_how"),
        none=told.say("gaps_none"),
    )


def _nearby(market: Market, facility: str) -> tuple[NodeRecord, Suggestion] | None:
    """Return the best suggestion for a facility, unless it lies so far away that nobody would act on it."""
    best = market.suggested(facility, k=1)
    near = [each for each in best if each[1].kilometres is not None and each[1].kilometres <= FAR_KM]
    return near[0] if near else None


def _endings(store: Store, ground: cover.Ground, told: Wording, code: str | None, synthetic: bool) -> dict[str, Any]:
    answer = agreements.endings(store, as_of=told.as_of, within=WITHIN_DAYS, synthetic=synthetic)
    soon = [row for row in answer.rows if row.state == "expiring" and (code is None or _is_here(row, ground))]
    rows = [
        [
            short(row.terms.name),
            ", ".join(
                dict.fromkeys(told.name(id_) for pair in row.left for id_ in pair if label_of(id_) != "Facility")
            ),
            told.day(row.terms.ends),
        ]
        for row in soon[:MOST_ENDINGS]
    ]
    head = [told.say(each) for each in ("agreement", "partner", "ends")]
    says = told.say("endings_of", days=WITHIN_DAYS, count=told.number(len(soon)))
    more = _more(told, len(soon), len(rows))
    return _section(told, "endings", answer.query, head=head, rows=rows, says=says, more=more)


def _is_here(row: agreements.Ending, ground: cover.Ground) -> bool:
    return any(facility in ground.units for facility, _ in row.left)
