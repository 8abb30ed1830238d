"""The small multiples of the Programs page: one small picture for each area, province or partner."""

import itertools
import json
import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph import coverage as cover
from graph.atlas import tiles
from graph.programs import Panel, Program, Side, panels
from graph.words import number
from views.map_component import multiples
from views.page import address, language, remembered, word
from views.states import terms

OVER: Mapping[Side, Side] = {"area": "province", "province": "area", "partner": "province"}
"""By what the programs of each small picture are told apart."""

NOT_KNOWN = "-"
"""How the address names programs of which the area, the province or a partner is not known."""

MOST_PANELS = 30
_LEVELS = 5
_NAMED = 3


def names(every: list[Program]) -> dict[Side, dict[str, str]]:
    """Return what programs can be told apart by, by side and as the address names it, in the reader's language."""
    partners = {party.id: party.name for each in every for party in each.partners}
    known: dict[Side, dict[str, str]] = {
        "area": terms("area"),
        "province": remembered("provinces", cover.provinces),
        "partner": dict(sorted(partners.items(), key=lambda pair: (pair[1], pair[0]))),
    }
    used = {side: {term for each in every for term in each.on(side)} for side in known}
    return {
        side: {term: name for term, name in named.items() if term in used[side]}
        | ({NOT_KNOWN: word(f"programs.no_{side}")} if None in used[side] else {})
        for side, named in known.items()
    }


def draw(found: list[Program], by: Side, named: Mapping[Side, Mapping[str, str]], asked: Mapping[Side, str]) -> None:
    """Draw a small picture for each term of a side; a click chooses its term, or that and the part clicked."""
    over = OVER[by]
    every = panels(found, by, over)
    shown = every[:MOST_PANELS]
    most = max((count for panel in shown for part, count in panel.parts.items() if part), default=1)
    picture = _Picture(by, over, named, asked, most)

    def choose(id_: str) -> None:
        of, part = (*json.loads(id_), None)[:2]
        if (asked.get(by), asked.get(over)) == (of, part):  # a second click lets go again
            of, part = None, None
        st.session_state[by], st.session_state[over] = of, part

    st.caption(word("programs.pictures_says"))
    made = [picture.panel(panel) for panel in shown]
    label = word("programs.pictures", by=word(f"programs.by.{by}"))
    multiples(made, [] if over == "area" else _legend(most), label, key=f"multiples-{by}", on_choose=choose)
    if len(every) > len(shown):
        reader = language()
        st.caption(word("programs.more_panels", shown=number(len(shown), reader), all=number(len(every), reader)))


class _Picture:
    """What the small pictures have in common: by what, over what, the names, what is chosen, the largest figure."""

    def __init__(
        self,
        by: Side,
        over: Side,
        named: Mapping[Side, Mapping[str, str]],
        asked: Mapping[Side, str],
        most: int,
    ) -> None:
        self.by, self.over, self.named, self.asked, self.most = by, over, named, asked, most

    def panel(self, panel: Panel) -> dict[str, Any]:
        """Return a panel as the component draws it."""
        of = panel.of or NOT_KNOWN
        name, count = self.named[self.by].get(of, of), number(panel.count, language())
        minis = self.over == "province"
        return {
            "id": json.dumps([of]),
            "name": name,
            "figure": count,
            "title": word("programs.panel", name=name, count=count),
            "href": address("programs", by=self.by, **{self.by: of}),
            "chosen": self.asked.get(self.by) == of and self.over not in self.asked,
            "form": "minis" if minis else "bars",
            "cells": self._minis(panel) if minis else self._bars(panel),
            "note": self._note(panel) if minis else "",
        }

    def _minis(self, panel: Panel) -> list[dict[str, Any]]:
        return [
            {"row": tile.row, "column": tile.column} | self._cell(panel, tile.iso, panel.parts.get(tile.iso, 0))
            for tile in tiles()
        ]

    def _bars(self, panel: Panel) -> list[dict[str, Any]]:
        found = sorted(panel.parts.items(), key=lambda pair: (-pair[1], self._named(pair[0])))
        return [{"share": count / self.most} | self._cell(panel, part, count) for part, count in found]

    def _cell(self, panel: Panel, part: str | None, count: int) -> dict[str, Any]:
        of, named, reader = panel.of or NOT_KNOWN, self._named(part), language()
        told = word("programs.cell", name=self.named[self.by].get(of, of), part=named, count=number(count, reader))
        cell = {"name": named, "title": told, "level": level(count, self.most), "figure": number(count, reader)}
        if not count:
            return cell
        chosen = {self.by: of, self.over: part or NOT_KNOWN}
        here = self.asked.get(self.over) == chosen[self.over] and self.asked.get(self.by, of) == of
        own = {"id": json.dumps([*chosen.values()]), "href": address("programs", by=self.by, **chosen), "chosen": here}
        return cell | own

    def _named(self, part: str | None) -> str:
        return self.named[self.over].get(part or NOT_KNOWN, part or word(f"programs.no_{self.over}"))

    def _note(self, panel: Panel) -> str:
        """Name the provinces with the most programs, and how many programs are on no tile."""
        on_tiles = {tile.iso: tile.short for tile in tiles()}
        first = sorted((iso for iso in panel.parts if iso in on_tiles), key=lambda iso: (-panel.parts[iso], iso or ""))
        told = [f"{on_tiles[iso or '']} {number(panel.parts[iso], language())}" for iso in first[:_NAMED]]
        off = sum(count for part, count in panel.parts.items() if part not in on_tiles)
        if len(first) > _NAMED:
            told.append(word("overview.more", count=len(first) - _NAMED))
        if off:
            told.append(f"{word('programs.no_province')} {number(off, language())}")
        return " · ".join(told)


def level(count: int, most: int) -> int:
    """Return the class of colour of a figure, from 0 for none to 5 for the largest."""
    return math.ceil(_LEVELS * count / most)


def _legend(most: int) -> list[dict[str, Any]]:
    """Return what the colours mean, for as many classes as there are."""
    figures = itertools.groupby(range(1, most + 1), key=lambda count: level(count, most))
    spans = [(class_, list(members)) for class_, members in figures]
    return [{"level": 0, "text": word("programs.class", span="0")}] + [
        {"level": class_, "text": word("programs.class", span=_span(members[0], members[-1]))}
        for class_, members in spans
    ]


def _span(first: int, last: int) -> str:
    reader = language()
    return number(first, reader) if first == last else f"{number(first, reader)}–{number(last, reader)}"
