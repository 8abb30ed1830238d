"""Overview: where we stand today, what the last load changed, what ends soon, what is new; a search over everything."""

import datetime
from collections import Counter

import streamlit as st

from graph.answer import Answer
from graph.coverage import rows_of, tally
from graph.insight.agreements import Ending, endings
from graph.insight.changes import LastLoad, last_load
from graph.schema import schema
from graph.status import documents
from graph.text import plain
from graph.words import number
from views.cards import day
from views.page import (
    address,
    footer,
    language,
    nothing_yet,
    remembered,
    synthetic,
    text,
    word,
)
from views.readings import the_ground
from views.search_component import known, search_box
from views.states import state_name

SOON = 90
_SHOWN = 6
today = datetime.date.today()


def link(label: str, page: str, **chosen: object) -> None:
    """Show a link to another page."""
    st.markdown(f"[{word(label)}]({address(page, **chosen)})")


def named(name: str, node: str) -> str:
    """Return a node's name as a link to its card, in Markdown."""
    return f"[{text(plain(name))}]({address('card', node=node)})"


def standing() -> None:
    """Show how many facilities of the whole register are in each state today."""
    ground = the_ground()
    found = remembered("today", lambda _: tally(row.state for row in rows_of(ground, as_of=today)), today, synthetic())
    reader = language()
    st.subheader(word("overview.today", units=number(len(ground.units), reader), day=day(today)), anchor=False)
    for column, (state, count) in zip(st.columns(len(found)), found.items(), strict=True):
        column.metric(
            state_name(state), number(count, reader), border=True, height="stretch", help=word(f"gaps.says.{state}")
        )
    one, two, _ = st.columns([2, 1, 2])
    with one:
        link("overview.to_gaps", "gaps")
    with two:
        link("overview.to_map", "map")


def changed() -> None:
    """Show which facilities' states the last load changed."""
    st.subheader(word("overview.changed"), anchor=False)
    ground = the_ground()
    every = [row for row in remembered("documents", documents) if synthetic() or not row["synthetic"]]
    answer: Answer[LastLoad] = remembered(
        "last-load", lambda _: last_load(every, ground, as_of=today), today, synthetic()
    )
    (found,) = answer.rows
    titles = ", ".join(plain(title) for title in list(found.documents.values())[:3])
    if len(found.documents) > 3:
        titles += f", {word('overview.more', count=len(found.documents) - 3)}"
    moved = [each for each in found.changes.states if each.area is None]
    for (before, after), count in Counter((each.before, each.after) for each in moved).most_common():
        ends = {"before": state_name(before), "after": state_name(after)}
        st.markdown(f"**{text(word('overview.moved', count=number(count, language()), **ends))}**")
        some = [each for each in moved if (each.before, each.after) == (before, after)][:_SHOWN]
        lines = [f"- {named(ground.units[each.facility].name, each.facility)}" for each in some]
        more = [f"- {word('overview.more', count=number(count - _SHOWN, language()))}"] if count > _SHOWN else []
        st.markdown("\n".join(lines + more))
    if not moved:
        st.markdown(word("overview.unchanged"))
    st.caption(word("overview.changed_says", count=len(found.documents), titles=text(titles)))


def ending() -> None:
    """Show the agreements that end soon and have no successor."""
    st.subheader(word("overview.ending", days=SOON), anchor=False)
    answer: Answer[Ending] = remembered(
        "ending", lambda store: endings(store, as_of=today, within=SOON, synthetic=synthetic()), today, synthetic()
    )
    soon = [row for row in answer.rows if row.state == "expiring"]
    lines = [
        f"- {named(row.terms.name, row.terms.id)}: "
        + text(word("overview.ends", day=day(row.terms.ends), days=number(row.days or 0, language())))
        for row in soon[:_SHOWN]
    ]
    if len(soon) > _SHOWN:
        lines.append(f"- {word('overview.more', count=number(len(soon) - _SHOWN, language()))}")
    st.markdown("\n".join(lines) or word("overview.no_ending", days=SOON))
    link("overview.to_agreements", "agreements", days=SOON)


def newest() -> None:
    """Show the newest documents, and those whose load has not finished."""
    st.subheader(word("overview.documents"), anchor=False)
    every = [row for row in remembered("documents", documents) if synthetic() or not row["synthetic"]]
    every.sort(key=lambda row: (str(row["loaded_at"] or ""), str(row["published"] or "")), reverse=True)
    lines = []
    for row in every[:_SHOWN]:
        told = " · ".join(
            filter(None, [schema().term("document_kind", row["kind"], language()), day(row["published"])])
        )
        lines.append(f"- {named(row['title'], row['document'])} · {text(told)}")
    st.markdown("\n".join(lines))
    broken = [plain(row["title"]) for row in every if not row["complete"]]
    if broken:
        st.warning(text(word("overview.incomplete", titles=", ".join(broken))))
    else:
        st.caption(word("overview.complete"))
    link("overview.to_load", "load")


def opened(node: str) -> None:
    """Remember which card the search has found, so that the page can lead there."""
    st.session_state["overview-found"] = node


st.title(word("page.overview"), anchor=False)
if not known():
    nothing_yet()
search_box("find", word("overview.search"), on_pick=opened)
if found := st.session_state.pop("overview-found", None):
    st.session_state.pop("picked-find", None)
    # The switches of the sidebar begin anew on another page, so the address tells them.
    kept = {"lang": language()} | ({"synthetic": "true"} if synthetic() else {})
    st.switch_page("views/card.py", query_params={"node": found} | kept)
standing()
left, right = st.columns(2, gap="large")
with left:
    changed()
with right:
    ending()
    newest()
footer("coverage-facts", "agreement-terms")
