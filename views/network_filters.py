"""The filters of the picture: kinds of node and tie, areas, provinces, a day, how sure, which of too many."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from graph.coverage import provinces
from graph.network import Kept
from graph.schema import schema
from graph.words import number
from views.page import EARLIEST, a_day, beginning, language, remembered, synthetic, to_address, whole, word

state = st.session_state
_NARROWED = "network-narrowed"
_KEYS = ("labels", "ties", "areas", "provinces", "on", "sure", "newest")


def filters() -> Kept:
    """Show the filters and return what is to be kept; the page's address keeps them."""
    reader = language()
    labels = {name: label.name.in_(reader) for name, label in schema().labels.items() if name != "Document"}
    types = {name: tie.name.in_(reader) for name, tie in schema().relationships.items() if name != "MENTIONS"}
    areas = {value: name.in_(reader) for value, name in schema().vocabularies["area"].items()}
    named = [key for key in _KEYS if state.get(key) or st.query_params.get(key)]
    title = word("network.filters_set", count=number(len(named), reader)) if named else word("network.filters")
    with st.expander(title):
        one, two, three, four = st.columns(4)
        kept = Kept(
            labels=_several(one, word("column.what"), labels, "labels"),
            types=_several(two, word("column.relation"), types, "ties"),
            areas=_several(three, word("column.area"), areas, "areas"),
            provinces=_several(four, word("column.province"), remembered("provinces", provinces), "provinces"),
            as_of=_day(one),
            confidence=_sure(two),
            newest=_newest(three),
            synthetic=synthetic(),
        )
        four.button(word("network.no_filters"), on_click=clear, disabled=not named, width="stretch")
    return kept


def clear() -> None:
    """Take all filters away."""
    state.update(labels=[], ties=[], areas=[], provinces=[], on=None, sure=0, newest=False)
    for key in _KEYS:
        st.query_params.pop(key, None)


def only(label: str, type_: str) -> None:
    """Keep of neighbours those of this kind that are tied in this way."""
    state.labels, state.ties, state[_NARROWED] = [label], [type_], True


def narrowed() -> bool:
    """Return, once, whether the filters were set from within the picture, so that they want drawing anew."""
    return bool(state.pop(_NARROWED, False))


def _several(column: Any, label: str, options: Mapping[str, str], key: str) -> tuple[str, ...]:
    none: list[str] = []
    chosen: Iterable[str] = column.multiselect(
        label,
        list(options),
        beginning(key, lambda named: [each for each in named.split(",") if each in options], none),
        format_func=lambda each: options[each],
        key=key,
        placeholder=word("filter.all"),
    )
    if chosen:
        st.query_params[key] = ",".join(chosen)
    else:
        st.query_params.pop(key, None)
    return tuple(chosen)


def _day(column: Any) -> datetime.date | None:
    day: datetime.date | None = column.date_input(
        word("network.on_day"),
        beginning("on", a_day, None),
        format="DD/MM/YYYY",
        key="on",
        min_value=EARLIEST,
        help=word("network.on_day_help"),
    )
    to_address("on")
    return day


def _sure(column: Any) -> float:
    first = beginning("sure", lambda named: whole(named, 100), 0) // 10 * 10
    percent: int = column.slider(word("network.sure"), 0, 100, first, step=10, key="sure", format="%d%%")
    if percent:
        to_address("sure")
    else:
        st.query_params.pop("sure", None)
    return percent / 100


def _newest(column: Any) -> bool:
    first = beginning("newest", lambda named: named == "true", False)
    newest: bool = column.toggle(word("network.newest"), first, key="newest", help=word("network.newest_help"))
    if newest:
        st.query_params["newest"] = "true"
    else:
        st.query_params.pop("newest", None)
    return newest
