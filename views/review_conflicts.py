"""Conflicts: where documents do not agree on a node, each value with its sentence and source, side by side."""

from collections import Counter
from itertools import groupby
from typing import Any

import streamlit as st

from graph.insight.conflicts import HEAD, Conflict, ValueClaim, conflicts, two_heads
from graph.schema import schema
from graph.status import status
from graph.store import Store
from graph.text import plain, shortened
from graph.words import number
from views.cards import day, fact
from views.page import address, choice, escaped, footer, language, remembered, synthetic, text, word

AT_ONCE = 15
LONGEST = 120
STYLE = """<style>
.mitra-told{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));gap:.8rem}
.mitra-told{margin:.2rem 0 .6rem}
.mitra-told>div{border:1px solid rgba(128,128,128,.35);border-radius:.4rem;padding:.6rem .8rem;overflow-wrap:anywhere}
.mitra-told .value{font-size:1.1rem;font-weight:600}.mitra-told .value a{color:inherit}
.mitra-told blockquote{margin:.4rem 0;padding:0;border:0;line-height:1.45}
.mitra-told .source{font-size:.8rem;opacity:.85;margin-top:.2rem}
.mitra-told .shown{border-left:4px solid rgba(24,100,171,.8)}
</style>"""


def conflicting() -> None:
    """Show the conflicts, of the kind that the reader has chosen, some at a time."""
    invented = synthetic()
    every = remembered("conflicts", lambda store: found(store, invented=invented), invented)
    st.title(word("review.conflicts_title", count=number(len(every), language())), anchor=False)
    st.caption(word("review.conflicts_says"))
    counts = Counter((each.node.label, each.about) for each in every)
    kinds = {f"{label}.{about}": f"{kind_of(label, about)} ({count})" for (label, about), count in counts.most_common()}
    chosen = choice(st, word("column.about"), kinds, "about", hint=word("filter.all")) if len(kinds) > 1 else None
    rows = [each for each in every if chosen in (None, f"{each.node.label}.{each.about}")]
    if not rows:
        st.info(word("review.conflicts_nothing"))
    most = st.session_state.get("conflicts_most", AT_ONCE)
    titles = {row["id"]: row["title"] for row in remembered("status", status).documents}
    for each in rows[:most]:
        conflict(each, titles)
    if len(rows) > most:
        label = word("review.conflicts_more", shown=most, all=number(len(rows), language()))
        st.button(label, on_click=lambda: st.session_state.update(conflicts_most=most + AT_ONCE))
    footer("what-is-said-of-nodes", "heads-of-facilities")


def found(store: Store, *, invented: bool) -> list[Conflict]:
    """Return the heads that overlap, then the values that differ."""
    return [*two_heads(store, synthetic=invented).rows, *conflicts(store, synthetic=invented).rows]


def kind_of(label: str, about: str) -> str:
    """Return what a conflict is about, with the kind of node."""
    return f"{schema().labels[label].name.in_(language())}: {name_of(label, about)}"


def name_of(label: str, about: str) -> str:
    """Return what a conflict is about."""
    return word("conflicts.head") if about == HEAD else schema().labels[label].properties[about].name.in_(language())


def conflict(each: Conflict, titles: dict[str, Any]) -> None:
    """Show a conflict: the node, what it is about, and each value with all that say it."""
    name = text(shortened(each.node.name, LONGEST))
    st.markdown(f"#### [{name}]({address('card', node=each.node.id)})")
    st.caption(text(kind_of(each.node.label, each.about)))
    told = sorted((value(each, one), not one.shown, place) for place, one in enumerate(each.told))
    by_value = {shown: [each.told[place] for _, _, place in rows] for shown, rows in groupby(told, lambda row: row[0])}
    sides = (side(shown, said, titles) for shown, said in sorted(by_value.items(), key=lambda one: not one[1][0].shown))
    st.html(f"{STYLE}<div class='mitra-told'>{''.join(sides)}</div>")


def value(each: Conflict, told: ValueClaim) -> str:
    """Return what is told, as HTML; an official's name leads to their card."""
    if each.about != HEAD:
        return escaped(plain(fact(schema().labels[each.node.label].properties[each.about], told.value, language())))
    link = escaped(address("card", node=told.official))
    return f"<a href='{link}' target='_self'>{escaped(shortened(told.value, LONGEST))}</a>"


def side(shown: str, told: list[ValueClaim], titles: dict[str, Any]) -> str:
    """Return one value with the sentences and documents that say so, as HTML."""
    trusted = any(each.shown for each in told)
    mark = f"<div class='source'>{escaped(word('review.conflicts_shown'))}</div>" if trusted else ""
    said = "".join(
        f"<blockquote>{escaped(plain(each.where))}</blockquote><div class='source'>"
        f"{escaped(' · '.join(filter(None, [plain(titles.get(each.source, each.source)), day(each.said_on)])))}</div>"
        for each in told
    )
    return f"<div{' class=shown' if trusted else ''}><div class='value'>{shown}</div>{mark}{said}</div>"
