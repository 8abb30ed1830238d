"""Cards: a node with what is known of it, a tie with the sentences that say it. Names and sentences stay text."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from graph.network import Network
from graph.schema import Property, schema
from graph.words import Language, number
from graph.words import day as day_in
from views.page import escaped, language, text, word

STYLE = """<style>
.mitra-claim{border-left:3px solid rgba(24,100,171,.7);padding:.1rem 0 .1rem .8rem;margin:0 0 1rem 0}
.mitra-claim .tie{font-size:.85rem;opacity:.85}
.mitra-claim blockquote{margin:.25rem 0;padding:0;border:0;font-size:1rem;line-height:1.45;overflow-wrap:anywhere}
.mitra-claim blockquote.row{font-size:.8rem;opacity:.85}
.mitra-claim .source{font-size:.8rem;opacity:.8;overflow-wrap:anywhere}
.mitra-steps{margin:0 0 1.2rem;padding-left:1.6rem}.mitra-steps a{color:inherit}
.mitra-fact{display:grid;grid-template-columns:minmax(6rem,35%) 1fr;gap:.15rem .8rem;font-size:.95rem;
margin:0 0 .6rem!important;padding:0!important}
.mitra-fact dt{opacity:.75}.mitra-fact dt,.mitra-fact dd{margin:0!important;padding:0!important;overflow-wrap:anywhere}
</style>"""


_ROW_OF_REGISTER = re.compile(r"[^\s·]+:\d+ · \w+: ")
"""How a place in a register begins: its file and row. It is for looking up, and stands back behind sentences."""


def day(value: datetime.date | None) -> str:
    """Return a date as the reader's language writes it, empty if there is none."""
    return day_in(value, language())


def clock(moment: datetime.datetime) -> str:
    """Return the time of day as the reader's language writes it."""
    return f"{moment:%H.%M}" if language() == "id" else f"{moment:%H:%M}"


def fact(property_: Property, value: Any, reader: Language) -> str:
    """Return a property's value as a reader reads it: terms by name, numbers and dates in the language's form."""
    if property_.vocabulary:
        return schema().term(property_.vocabulary, value, reader)
    if isinstance(value, bool):
        return word("yes" if value else "no")
    if isinstance(value, datetime.date):
        return day(value)
    if property_.type == "integer":
        return number(value, reader)
    if property_.type == "number":
        return str(value).replace(".", "," if reader == "id" else ".")
    return str(value)


def node_card(network: Network, id_: str) -> None:
    """Show a node: its name, its kind, what is known of it."""
    data = network.nodes[id_]
    label = schema().labels[data["label"]]
    reader = language()
    st.subheader(text(data["name"]), anchor=False)
    st.caption(text(label.name.in_(reader)))
    known = [
        (label.properties[key].name.in_(reader), fact(label.properties[key], value, reader))
        for key, value in data["properties"].items()
        if key in label.properties
    ]
    rows = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>" for name, value in known)
    if rows:
        st.html(f"{STYLE}<dl class='mitra-fact'>{rows}</dl>")


def claims_card(network: Network, claims: Iterable[str], height: int | None = None) -> None:
    """Show ties by their claims, each with its sentence, document and day; claims not in the network are left out.

    With a `height` in pixels what is longer scrolls, by the keyboard too.
    """
    wanted = set(claims)
    found = [(a, b, data) for a, b, key, data in network.edges(keys=True, data=True) if key in wanted]
    told = "".join(_claim(network, a, b, data) for a, b, data in found)
    if height:
        name = escaped(word("network.says_so"))
        told = f"<div style='max-height:{height}px;overflow-y:auto' tabindex='0' aria-label='{name}'>{told}</div>"
    st.html(STYLE + told)


def _claim(network: Network, start: str, end: str, data: Mapping[str, Any]) -> str:
    names = escaped(network.nodes[start]["name"]), escaped(network.nodes[end]["name"])
    return claim_html(data["type"], *names, data["properties"], data, data["source_title"])


def claim_html(
    type_: str, start: str, end: str, own: Mapping[str, Any], said: Mapping[str, Any], source_title: str
) -> str:
    """Return a tie with its sentence, document, day, status and confidence as HTML; both ends are HTML already."""
    reader = language()
    relation = schema().relationships[type_]
    known = [fact(relation.properties[key], value, reader) for key, value in sorted(own.items())]
    tie = f"{start} <b>{escaped(relation.name.in_(reader))}</b> {end}"
    if known:
        tie += f" ({escaped(', '.join(known))})"
    status = schema().term("claim_status", said["status"], reader)
    sure = word("card.confidence", percent=round(100 * said["confidence"]))
    source = " · ".join(filter(None, [str(source_title), day(said.get("said_on")), status, sure]))
    kind = " class='row'" if _ROW_OF_REGISTER.match(str(said["where"])) else ""
    return (
        f"<div class='mitra-claim'><div class='tie'>{tie}</div><blockquote{kind}>{escaped(said['where'])}</blockquote>"
        f"<div class='source'>{escaped(source)}</div></div>"
    )
