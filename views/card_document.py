"""A document's card: where it comes from, how complete it is, and what it says, kind by kind and page by page."""

import datetime
import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph.review import BELOW
from graph.schema import schema
from graph.text import plain
from graph.told import PAGE, Statement, Told, read_told, statements
from graph.words import number
from views.cards import STYLE, claim_html, clock, day, fact
from views.page import (
    address,
    beginning,
    choice,
    escaped,
    language,
    remembered,
    synthetic,
    text,
    waiting,
    whole,
    word,
)

_FACTS = ("kind", "publisher", "published", "url", "file", "model", "loaded_at", "loaded_by", "loaded_with", "hash")
_LONGEST = 50_000


def document_card(id_: str) -> None:
    """Show what a document is and what it says; say so where there is none, or where it is invented and hidden."""
    with waiting("card.counting", id_):
        told = remembered("told", lambda store: read_told(store, id_, below=BELOW), id_)
    if told is None:
        st.title(word("page.card"), anchor=False)
        st.info(word("card.no_document"))
    elif told.document.properties.get("synthetic") and not synthetic():
        st.title(text(told.document.name), anchor=False)
        st.info(word("card.document_hidden"))
    else:
        _shown(told)


def _shown(told: Told) -> None:
    known, reader = told.document.properties, language()
    st.title(text(told.document.name), anchor=False)
    invented = f" · {word('card.synthetic')}" if known.get("synthetic") else ""
    st.caption(text(schema().labels["Document"].name.in_(reader) + invented) + " · " + text(told.document.id))
    if not known.get("complete"):
        st.warning(word("card.document_broken"))
    one, two, three = st.columns(3)
    one.metric(word("card.claims"), number(told.claims, reader), border=True)
    two.metric(word("card.unsure"), number(told.unsure, reader), border=True, help=word("card.unsure_help"))
    three.metric(word("column.complete"), word("yes" if known.get("complete") else "no"), border=True)
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(word("card.source"), anchor=False)
        _facts(known)
    with right:
        st.subheader(word("card.by_kind"), anchor=False)
        _counts(told)
    st.subheader(word("card.says"), anchor=False)
    _claims(told)


def _facts(known: Mapping[str, Any]) -> None:
    properties, reader = schema().labels["Document"].properties, language()
    rows = "".join(
        f"<dt>{escaped(properties[key].name.in_(reader))}</dt><dd>{escaped(_fact(key, known[key]))}</dd>"
        for key in _FACTS
        if known.get(key) not in (None, "")
    )
    st.html(f"{STYLE}<dl class='mitra-fact'>{rows}</dl>")
    if whole_text := known.get("text"):
        with st.expander(word("card.text")):
            st.html(f"<div style='white-space:pre-wrap;overflow-wrap:anywhere'>{escaped(whole_text[:_LONGEST])}</div>")


def _fact(key: str, value: Any) -> str:
    if key == "loaded_at":
        loaded = datetime.datetime.fromisoformat(value).astimezone()
        return f"{day(loaded.date())}, {clock(loaded)}"
    return fact(schema().labels["Document"].properties[key], value, language())


def _counts(told: Told) -> None:
    reader = language()
    most = max(told.counts.values(), default=1)
    rows = "".join(
        f"<a href='{escaped(address('card', node=told.document.id, says=type_))}' target='_self'>"
        f"<span>{escaped(_kind(type_))}</span><i><u style='width:{100 * count / most:.1f}%'></u></i>"
        f"<b>{escaped(number(count, reader))}</b></a>"
        for type_, count in told.counts.items()
    )
    st.html(f"{_STYLE}<div class='mitra-counts'>{rows}</div>")


def _kind(type_: str) -> str:
    return schema().relationships[type_].name.in_(language())


def _claims(told: Told) -> None:
    """Show the claims of one kind, so many at a time; the page's address keeps which."""
    if not told.counts:
        st.caption(word("card.says_nothing"))
        return
    reader = language()
    one, two, _ = st.columns([3, 1, 2])
    kinds = {type_: f"{_kind(type_)} ({number(count, reader)})" for type_, count in told.counts.items()}
    type_ = choice(one, word("card.says_kind"), kinds, "says", hint=None) or next(iter(kinds))
    pages = math.ceil(told.counts[type_] / PAGE)
    nth = 1
    if pages > 1:
        key = f"nth-{type_}"
        first = beginning(key, lambda named: whole(named, pages) or None, 1, named_as="nth")
        nth = int(two.number_input(word("card.nth", pages=number(pages, reader)), 1, pages, first, key=key))
        st.query_params["nth"] = str(nth)
    id_, skip = told.document.id, PAGE * (nth - 1)
    found = remembered("statements", lambda store: statements(store, id_, type_, skip=skip), id_, type_, skip)
    st.html(f"{STYLE}{_STYLE}<div class='mitra-said'>{''.join(_claim(each) for each in found)}</div>")


def _claim(each: Statement) -> str:
    start, end = (
        escaped(word("card.this_document"))
        if node.label == "Document"
        else f"<a href='{escaped(address('card', node=node.id))}' target='_self'>{escaped(plain(node.name))}</a>"
        for node in (each.start, each.end)
    )
    label = schema().labels[each.end.label]
    record = " · ".join(
        f"{label.properties[key].name.in_(language())}: {fact(label.properties[key], value, language())}"
        for key, value in each.record.items()
        if key in label.properties
    )
    told_too = f"<div class='record'>{escaped(record)}</div>" if record else ""
    own = {key: value for key, value in each.own.items() if (key, value) != ("name", each.end.name)}
    return f"<div>{claim_html(each.type, start, end, own, each.said, '')}{told_too}</div>"


_STYLE = """<style>
.mitra-counts a{display:grid;grid-template-columns:minmax(7rem,38%) 1fr 3.5rem;gap:.7rem;align-items:center;
padding:.12rem 0;color:inherit;text-decoration:none}
.mitra-counts a:hover span{text-decoration:underline}
.mitra-counts span{overflow-wrap:anywhere}.mitra-counts b{text-align:right}
.mitra-counts i{display:block}
.mitra-counts u{display:block;height:.8rem;min-width:2px;border-radius:2px;background:#1c7ed6;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.mitra-said{columns:2 26rem;column-gap:2.5rem}.mitra-said>div{break-inside:avoid;margin:0 0 1rem}
.mitra-said .mitra-claim{margin:0}.mitra-said a{color:inherit}
.mitra-said .record{font-size:.8rem;opacity:.8;padding-left:1rem;overflow-wrap:anywhere}
</style>"""
