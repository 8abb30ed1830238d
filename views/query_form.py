"""The parameters of a question as fields: each by its type, with its default, in the reader's words."""

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from graph.catalog import Parameter, Query, parameters_in
from graph.errors import BadInput
from graph.schema import TYPES
from views.page import EARLIEST, beginning, language, synthetic, text, word

state = st.session_state
_LATEST = datetime.date(2100, 12, 31)
_AT_ONCE = 3
"""How many fields stand side by side."""


def ask_for(query: Query | None, cypher: str) -> dict[str, Any]:
    """Show a field for every parameter that the statement uses and return what was given; None where nothing was.

    A parameter that the question does not declare is asked for as text.
    """
    declared = {parameter.name: parameter for parameter in query.parameters} if query else {}
    used = parameters_in(cypher)
    given: dict[str, Any] = {}
    for start in range(0, len(used), _AT_ONCE):
        for name, column in zip(used[start : start + _AT_ONCE], st.columns(_AT_ONCE), strict=False):
            key = field_key(query.name if query else "", name)
            given[name] = _field(column, declared[name], key) if name in declared else _free(column, name, key)
    return given


def field_key(question: str, parameter: str) -> str:
    """Return under which key the value of a field is kept."""
    return f"query.{question}.{parameter}"


def missing(query: Query | None, given: Mapping[str, Any]) -> Sequence[str]:
    """Return the names of the parameters that must be given and are not."""
    free = {parameter.name for parameter in query.parameters if parameter.optional} if query else set()
    return [name for name, value in given.items() if value in (None, "") and name not in free]


def _field(column: Any, parameter: Parameter, key: str) -> Any:
    label = text(parameter.says.in_(language()))
    hint = text(f"${parameter.name} · {TYPES[parameter.type].in_(language())}")
    default = parameter.value(None) if parameter.default is not None else None
    if parameter.name == "synthetic":
        default = synthetic()
    first = beginning(key, lambda named: _read(parameter, named), default, named_as=address_key(parameter.name))
    match parameter.type:
        case "date":
            return column.date_input(
                label, first, key=key, help=hint, min_value=EARLIEST, max_value=_LATEST, format="DD/MM/YYYY"
            )
        case "boolean":
            return column.toggle(label, bool(first), key=key, help=hint)
        case "integer" | "number":
            step = 1 if parameter.type == "integer" else None
            return column.number_input(label, value=first, key=key, help=hint, step=step)
        case _:
            return column.text_input(label, first or "", key=key, help=hint).strip() or None


def _free(column: Any, name: str, key: str) -> str | None:
    state.setdefault(key, "")
    given: str = column.text_input(text(f"${name}"), key=key, help=text(word("query.free")))
    return given.strip() or None


def _read(parameter: Parameter, named: str) -> Any:
    """Return the value that the page's address names, if it is one of the parameter's type."""
    with contextlib.suppress(BadInput):  # an address that was written by hand
        value = parameter.value(named)
        if not isinstance(value, datetime.date) or EARLIEST <= value <= _LATEST:
            return value
    return None


def address_key(parameter: str) -> str:
    """Return under which name a parameter stands in the page's address."""
    return f"p.{parameter}"
