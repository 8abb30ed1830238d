"""Claims that are not sure, one at a time with their sentence in its place, to be judged by a key."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph import review
from graph.errors import MitraError
from graph.judgements import ACCEPTED, CORRECTED, REFUSED, Judgement, judgements_of
from graph.network import names
from graph.network import passage as in_context
from graph.schema import Property, schema
from graph.store import NodeRecord, Row
from views.cards import day
from views.page import choice, complain, escaped, footer, language, remembered, shared, synthetic, text, the_store, word
from views.search_component import known

AROUND = 700  # letters of the document shown on either side of a sentence
LATEST = 8
state = st.session_state
STYLE = """<style>
.mitra-passage{border-left:3px solid rgba(24,100,171,.7);padding:.1rem 0 .1rem 1rem;line-height:1.6}
.mitra-passage{white-space:pre-line;overflow-wrap:anywhere}.mitra-passage .around{opacity:.65}
.mitra-passage mark{background:#ffec99;color:#1b1b1b;padding:.1rem 0}
.mitra-says{font-size:1.35rem;line-height:1.4;margin:.2rem 0 .4rem 0;overflow-wrap:anywhere}
</style>"""


def act(claim: str, verdict: str, changes: Mapping[str, str] | None = None, reason: str = "") -> None:
    """Judge a claim; what cannot be is kept to be shown."""
    try:
        review.judge(the_store(), claim, verdict, changes=changes, reason=reason)
        state.review_said = word("review.done", claim=claim, verdict=schema().term("verdict", verdict, language()))
    except MitraError as error:
        state.review_error = error


def take_back(claim: str) -> None:
    """Take a judgement back."""
    try:
        review.undo(the_store(), claim)
        state.review_said = word("review.undone", claim=claim)
    except MitraError as error:
        state.review_error = error


def skip(claim: str) -> None:
    """Leave a claim for later."""
    state.setdefault("review_skipped", []).append(claim)


def next_of(rows: list[Row]) -> Row | None:
    """Return the claim to be looked at: the first that was not skipped, else the first."""
    skipped = state.get("review_skipped", [])
    return next((row for row in rows if row["claim"] not in skipped), rows[0] if rows else None)


def passage(row: Row) -> str:
    """Return the sentence as HTML, marked, among the text around it; a row of a register stands alone."""
    whole = row["document"].properties.get("text")
    begins, ends = row["begins_at"], row["ends_at"]
    if not whole or begins is None or ends is None:
        return f"<div class='mitra-passage'><mark>{escaped(row['where'])}</mark></div>"
    before, sentence, after = map(escaped, in_context(whole, begins, ends, AROUND))
    return (
        f"<div class='mitra-passage'><span class='around'>{before}</span><mark>{sentence}</mark>"
        f"<span class='around'>{after}</span></div>"
    )


def says(row: Row) -> str:
    """Return what a claim says as HTML."""
    relation = schema().relationships[row["relation"]].name.in_(language())
    return f"{escaped(row['start'].name)} <b>{escaped(relation)}</b> {escaped(row['end'].name)}"


def kinds(row: Row) -> str:
    """Return what the ends are, how it stands, how sure we are and where it is said, as one line."""
    ends = " → ".join(schema().labels[row[end].label].name.in_(language()) for end in ("start", "end"))
    document = row["document"]
    parts = [
        ends,
        schema().term("claim_status", row["status"], language()),
        word("card.confidence", percent=round(100 * row["confidence"])),
        document.name,
        day(document.properties.get("published")),
    ]
    return " · ".join(filter(None, parts))


def correction(row: Row) -> None:
    """Show the form that corrects a claim."""
    type_ = schema().relationships[row["relation"]]
    nodes = {node.id: node for node in shared("names", names)}
    if not st.toggle(word("review.correct"), key=f"correcting-{row['claim']}"):
        return  # the lists of all nodes are made only for whoever wants to choose from them
    with st.form(f"correct-{row['claim']}"):
        changes: dict[str, str] = {}
        for end, labels in (("start", type_.from_), ("end", type_.to)):
            changes[end] = end_of(row[end], end, [node for node in nodes.values() if node.label in labels])
        changes["status"] = term_of("claim_status", row["status"], word("column.status"))
        for key, property_ in type_.properties.items():
            changes[key] = value_of(key, property_)
        reason = st.text_input(word("review.why"))
        if st.form_submit_button(word("review.correct_now")):
            there = {"start": row["start"].id, "end": row["end"].id, "status": row["status"]}
            act(row["claim"], CORRECTED, {k: v for k, v in changes.items() if v and v != there.get(k)}, reason)
            st.rerun()


def end_of(now: NodeRecord, end: str, nodes: list[NodeRecord]) -> str:
    """Show the list of nodes that may stand at an end and return the id chosen."""
    called = {node.id: node.name for node in nodes} | {now.id: now.name}
    ids = sorted(called, key=lambda id_: called[id_])
    return st.selectbox(word(f"column.{end}"), ids, index=ids.index(now.id), format_func=called.__getitem__)


def term_of(vocabulary: str, now: str | None, label: str) -> str:
    """Show the terms of a vocabulary and return the one chosen, "" for none."""
    terms = {value: name.in_(language()) for value, name in schema().vocabularies[vocabulary].items()}
    values = list(terms)
    index = values.index(now) if now in values else None
    hint = word("review.as_it_is")
    return st.selectbox(label, values, index=index, format_func=terms.__getitem__, placeholder=hint) or ""


def value_of(key: str, property_: Property) -> str:
    """Show the field of a property and return what was put in, "" where it stays as it is."""
    label = property_.name.in_(language())
    if property_.vocabulary:
        return term_of(property_.vocabulary, None, label)
    return st.text_input(label, key=f"correct-{key}", placeholder=word("review.as_it_is")).strip()


def judged() -> None:
    """Show the latest judgements, each with what takes it back."""
    found = sorted(remembered("judgements", judgements_of), key=lambda each: each.at, reverse=True)[:LATEST]
    if not found:
        return
    st.subheader(word("review.latest"), anchor=False)
    ids = {end.id for each in found for end in (each.original().start, each.original().end)}
    called = {id_: node.name for id_ in ids if (node := known().get(id_))}
    for each in found:
        one, two = st.columns([5, 1], vertical_alignment="center")
        one.markdown(told(each, called))
        two.button(word("review.undo"), key=f"undo-{each.claim}", on_click=take_back, args=(each.claim,))


def told(each: Judgement, called: Mapping[str, str]) -> str:
    """Return a judgement as a line of Markdown."""
    tie = each.original()
    relation = schema().relationships[tie.type].name.in_(language())
    ends = [text(called.get(node.id, node.id)) for node in (tie.start, tie.end)]
    verdict = schema().term("verdict", each.verdict, language())
    lapsed = "" if each.applies else f" · {word('review.stale')}"
    why = f" · {text(each.reason)}" if each.reason else ""
    return f"**{text(verdict)}** · {ends[0]} {text(relation)} {ends[1]} · {text(each.by)}{why}{lapsed}"


def buttons(claim: str) -> None:
    """Show what judges the claim, each with its key."""
    one, two, three, _ = st.columns([1.3, 1.3, 1.3, 3])
    given: dict[str, Any] = {"width": "stretch", "args": (claim, ACCEPTED)}
    one.button(word("review.accept"), type="primary", shortcut="y", on_click=act, **given)
    two.button(word("review.refuse"), shortcut="n", on_click=act, **given | {"args": (claim, REFUSED)})
    three.button(word("review.skip"), shortcut="s", on_click=skip, **given | {"args": (claim,)})


def claims() -> None:
    """Show the claim to be looked at, what judges it, and what was judged of others."""
    every = remembered(review.QUERY, lambda store: review.queue(store, synthetic=synthetic()).rows, synthetic())
    st.title(word("review.title", count=len(every)), anchor=False)
    st.caption(word("review.says", percent=round(100 * review.BELOW)))
    say_what_happened()
    titles = {row["document"].id: row["document"].name for row in every}
    document = choice(st, word("column.document"), titles, "document", hint=word("filter.all")) if titles else None
    row = next_of([row for row in every if document in (None, row["document"].id)])
    if row is None:
        st.info(word("review.nothing"))
    else:
        one_claim(row)
    judged()
    footer(review.QUERY)


def one_claim(row: Row) -> None:
    """Show a claim with its sentence in its place, and what judges it."""
    st.html(f"{STYLE}<div class='mitra-says'>{says(row)}</div>")
    st.caption(text(kinds(row)))
    buttons(row["claim"])
    st.html(passage(row))
    correction(row)


def say_what_happened() -> None:
    """Say what came of the last judgement, or why it could not be made."""
    if "review_error" in state:
        complain(state.pop("review_error"))
    if "review_said" in state:
        st.toast(text(state.pop("review_said")))
