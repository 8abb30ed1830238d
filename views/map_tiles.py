"""The tile grid of the coverage map: every province with its figure, its colours explained."""

from typing import Any

import streamlit as st

from graph import coverage as cover
from graph.atlas import Part, Province, Tile, classes, nation, tiles
from graph.words import number
from views.cards import day
from views.map_asked import Asked, measures
from views.map_component import tile_map
from views.page import language, remembered, text, word


def choose(iso: str) -> None:
    """Look at a province, or at the nation again where it was looked at already."""
    st.session_state.province = None if st.session_state.get("province") == iso else iso


def headline(rows: list[Province], asked: Asked) -> None:
    """Say in a sentence what is known of the nation's coverage on the day shown."""
    reader = language()
    part = nation(rows)
    unknown = sum(row.counts["unknown"] for row in rows)
    figures = {"count": number(part.count, reader), "of": number(part.of, reader), "unknown": number(unknown, reader)}
    st.markdown(text(word("map.says", day=day(asked.on), percent=part.percent, **figures)))
    if asked.months:
        st.caption(text(word("map.if_nothing", day=day(asked.as_of))))


def tile_grid(rows: list[Province], asked: Asked) -> None:
    """Show every province of the grid with its figure, and say how many units are on no tile."""
    by_iso = {row.iso: row for row in rows}
    # Asked once, not for each tile: to remember is to ask the store whether it has changed.
    names = remembered("provinces", cover.provinces)
    drawn = [_tile(tile, names.get(tile.iso, tile.short), by_iso.get(tile.iso), asked) for tile in tiles()]
    tile_map(drawn, legend(drawn), measures()[asked.measure], key="tiles", on_choose=choose)
    off = sum(row.units for row in rows if row.iso not in {tile.iso for tile in tiles()})
    if off:
        st.caption(word("map.off_tiles", count=number(off, language())))


def _tile(tile: Tile, name: str, row: Province | None, asked: Asked) -> dict[str, Any]:
    reader = language()
    part = row.measured(asked.measure) if row else Part(0, 0)
    count, of = number(part.count, reader), number(part.of, reader)
    return {
        "id": tile.iso,
        "row": tile.row,
        "column": tile.column,
        "name": tile.short,
        "figure": part.percent,
        "detail": f"{count}/{of}" if part.of else "",
        "level": part.level if part.known else "unknown",
        "title": word("map.tile", name=name, what=measures()[asked.measure], count=count, of=of),
        "href": asked.link(tile.iso),
        "chosen": tile.iso == asked.province,
    }


def legend(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the colours mean, each with the number of provinces that have it."""
    levels = [each["level"] for each in drawn]
    found = [
        {"level": level, "text": word("map.class", span=span, count=levels.count(level))}
        for level, span in enumerate(classes())
    ]
    others = (("unknown", "map.class_unknown"), (None, "map.class_empty"))
    return found + [
        {"level": level, "text": word(key, count=levels.count(level))} for level, key in others if level in levels
    ]
