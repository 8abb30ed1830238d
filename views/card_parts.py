"""The parts of a card that every node has: its facts with their sources, its ties by kind, its timeline."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from graph.card import Card, Fact, Kind, Moment, Saying, Tied
from graph.schema import Property, schema
from graph.text import plain
from graph.words import number
from views.cards import STYLE, claim_html, day, fact
from views.page import address, escaped, language, word
from views.states import KEY_STYLE

MOST_MOMENTS = 40
_MOST_SOURCES = 2
_SHORT = 34
_NAME = Property(type="string", name=schema().node["name"].name)
_STYLE = (
    STYLE
    + """<style>
.mitra-facts{width:100%;border-collapse:collapse;font-size:.95rem}
.mitra-facts th,.mitra-facts td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;overflow-wrap:anywhere}
.mitra-facts tr{border-top:1px solid rgba(128,128,128,.25)}
.mitra-facts th{font-weight:400;opacity:.8;width:28%}
.mitra-facts .source{font-size:.8rem;opacity:.8;width:42%}
.mitra-facts .source a{color:inherit}
.mitra-facts summary{cursor:pointer}
@media print{.mitra-facts details::details-content{content-visibility:visible}}
.mitra-facts .differs{font-size:.8rem;font-weight:600}
@media (max-width:640px){.mitra-facts tr{display:block;padding:.3rem 0}.mitra-facts :is(th,td){display:inline-block;
padding:.1rem .6rem .1rem 0}.mitra-facts th{width:38%}.mitra-facts td{max-width:58%}
.mitra-facts .source{display:block;width:auto;max-width:none}}
.mitra-kinds{columns:2 26rem;column-gap:2.5rem}
.mitra-kinds h4{margin:.2rem 0 .5rem;padding:0;font-size:1rem;break-after:avoid}
.mitra-kinds .mitra-claim{break-inside:avoid}
.mitra-kinds a{color:inherit}
</style>"""
)


def facts_table(card: Card) -> None:
    """Show each property with each value that a document gives it and the document's name and day, side by side."""
    rows = "".join(_fact_rows(card, each) for each in card.facts)
    st.html(f"{_STYLE}<table class='mitra-facts'>{rows}</table>")


def _fact_rows(card: Card, known: Fact) -> str:
    property_ = schema().labels[card.node.label].properties.get(known.key, _NAME)
    by_value: dict[str, list[Saying]] = {}
    for each in known.sayings:
        by_value.setdefault(fact(property_, each.value, language()), []).append(each)
    name = escaped(property_.name.in_(language()))
    if known.conflicting:
        name += f"<br><span class='differs'>{escaped(word('card.differs'))}</span>"
    head = f"<th scope='row' rowspan='{len(by_value)}'>{name}</th>"
    rows = [f"<td>{escaped(value)}</td><td class='source'>{_sources(said)}</td>" for value, said in by_value.items()]
    return f"<tr>{head}{'</tr><tr>'.join(rows)}</tr>"


def _sources(sayings: Sequence[Saying]) -> str:
    """Return links to the documents as HTML; more than a few are folded up, or they would hide the facts."""
    links = [
        f"<a href='{escaped(address('card', node=each.document))}' target='_self'>"
        f"{escaped(', '.join(filter(None, [plain(each.title), day(each.published)])))}</a>"
        for each in {each.document: each for each in sayings}.values()
    ]
    listed = "<br>".join(links)
    if len(links) <= _MOST_SOURCES:
        return listed
    count = escaped(word("card.sources", count=number(len(links), language())))
    return f"<details><summary>{count}</summary>{listed}</details>"


def ties_by_kind(card: Card) -> None:
    """Show the ties by kind, each with its sentence, document and day; the other end leads to its own card."""
    if not card.kinds:
        st.caption(word("card.no_ties"))
    st.html(f"{_STYLE}<div class='mitra-kinds'>{''.join(_kind(card, each) for each in card.kinds)}</div>")


def _kind(card: Card, kind: Kind) -> str:
    name = schema().relationships[kind.type].name.in_(language())
    title = escaped(f"{name} →" if kind.onward else f"← {name}")
    count = escaped(number(kind.count, language()))
    if kind.count > len(kind.ties):
        count = escaped(word("card.newest", shown=len(kind.ties), all=number(kind.count, language())))
    return f"<h4>{title} ({count})</h4>" + "".join(_tied(card, each) for each in kind.ties)


def _tied(card: Card, tied: Tied) -> str:
    own, other = escaped(plain(card.node.name)), escaped(plain(tied.other.name))
    other = f"<a href='{escaped(address('card', node=tied.other.id))}' target='_self'>{other}</a>"
    ends = (own, other) if tied.onward else (other, own)
    return claim_html(tied.type, *ends, tied.own, tied.said, plain(tied.title))


def timeline(known: Sequence[Moment]) -> None:
    """Draw when the node's ties began, held and ended; what only a document's day is known of is hollow."""
    if not known:
        st.caption(word("card.no_moments"))
        return
    shown = known[-MOST_MOMENTS:]
    if len(shown) < len(known):
        st.caption(word("card.latest", shown=len(shown), all=len(known)))
    rows = [_row(each) for each in shown]
    named = sorted({str(row["relation"]) for row in rows})
    colors = {name: _COLORS[place % len(_COLORS)] for place, name in enumerate(named)}
    st.html(_legend(colors))
    base = alt.Chart({"values": rows}).encode(
        y=alt.Y("other:N", sort=None, title=None, axis=alt.Axis(labelLimit=230, labelOverlap=False)),
        x=alt.X("begins:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap=True)),
        color=alt.Color("relation:N", scale=alt.Scale(domain=list(colors), range=list(colors.values())), legend=None),
        tooltip=[alt.Tooltip(f"{key}:N", title=word(title)) for key, title in _TOLD.items()],
    )
    bars = base.transform_filter("datum.lasting").mark_bar(height=7, opacity=0.55).encode(x2="ends:T")
    days = base.transform_filter("datum.exact").mark_point(filled=True, size=60, opacity=1)
    said = base.transform_filter("!datum.exact").mark_point(filled=False, size=60, opacity=1)
    height = 24 * len({row["other"] for row in rows}) + 60
    st.altair_chart((bars + days + said).properties(height=height), width="stretch")
    st.caption(word("card.timeline_key"))


def _legend(colors: Mapping[str, str]) -> str:
    """Return what the colours mean as HTML, which wraps on a narrow page."""
    marks = "".join(
        f"<li><span style='background:{color}'>&nbsp;</span> {escaped(name)}</li>" for name, color in colors.items()
    )
    return f"{KEY_STYLE}<ul class='mitra-key'>{marks}</ul>"


_COLORS = ["#2f7fc9", "#e8590c", "#2f9e44", "#ae4ec4", "#e0457b", "#1098ad", "#b07a10", "#7b8794"]
_TOLD = {"other": "column.name", "relation": "column.relation", "told": "column.day"}


def _row(moment: Moment) -> dict[str, Any]:
    name = plain(moment.tied.other.name)
    ends = moment.ends or max(moment.begins, datetime.date.today())
    return {
        "other": name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…",
        "relation": schema().relationships[moment.tied.type].name.in_(language()),
        "begins": moment.begins.isoformat(),
        "ends": ends.isoformat(),
        "exact": moment.exact,
        "lasting": moment.lasting,
        "told": " – ".join(filter(None, [day(moment.begins), day(moment.ends)])),
    }
