"""All documents that are loaded, and withdrawing one."""

import datetime

import streamlit as st

from graph.errors import MitraError
from graph.publish import stored_claims, withdraw
from graph.schema import schema
from graph.status import documents, status
from graph.store import Row
from graph.words import number
from views.cards import clock
from views.load_files import said
from views.load_report import table
from views.page import language, remembered, text, the_store, word


def show_documents() -> None:
    """Show the table of documents and what withdraws one of them."""
    rows = remembered("documents", documents)
    st.subheader(word("load.documents", count=number(len(rows), language())), anchor=False)
    gone = st.session_state.pop("load_withdrawn", None)
    if gone:
        st.success(word("load.withdrawn", title=text(gone[0]), count=number(gone[1], language())))
    if not rows:
        st.caption(word("load.no_documents"))
        return
    invented = {row["id"]: bool(row["synthetic"]) for row in remembered("status", status).documents}
    rows = sorted(rows, key=lambda row: str(row["loaded_at"] or ""), reverse=True)
    head = ["column.title", "column.kind", "column.published", "column.mentions", "column.loaded_at"]
    head += ["column.loaded_by", "load.state", "load.synthetic"]
    table([word(key) for key in head], [_shown(row, invented.get(row["document"], False)) for row in rows])
    _choose(rows)


def _shown(row: Row, invented: bool) -> list[object]:
    loaded = datetime.datetime.fromisoformat(row["loaded_at"]).astimezone() if row["loaded_at"] else None
    return [
        row["title"],
        schema().term("document_kind", row["kind"], language()),
        f"{row['published']:%d/%m/%Y}" if row["published"] else "",
        row["mentions"],
        f"{loaded:%d/%m/%Y} {clock(loaded)}" if loaded else "",
        row["loaded_by"] or "",
        word("load.whole" if row["complete"] else "load.not_whole"),
        word("yes" if invented else "no"),
    ]


def _choose(rows: list[Row]) -> None:
    called = [row["title"] for row in rows]
    titles = {
        row["document"]: row["title"] if called.count(row["title"]) == 1 else f"{row['title']} · {row['document']}"
        for row in rows
    }
    one, two = st.columns([3, 1], vertical_alignment="bottom")
    chosen = one.selectbox(
        word("load.withdraw_which"),
        list(titles),
        index=None,
        format_func=lambda each: titles[each],
        placeholder=word("load.withdraw_hint"),
        key="load-withdraw",
    )
    if two.button(word("load.withdraw"), disabled=chosen is None, width="stretch") and chosen:
        st.dialog(word("load.withdraw_title"))(_confirm)(chosen, titles[chosen])


def _confirm(document: str, title: str) -> None:
    """Say how many claims would go, and let the reader withdraw the document or leave it."""
    with st.spinner(word("load.counting")):
        count = remembered("claims", lambda store: sum(1 for _ in stored_claims(store, document)), document)
    st.markdown(word("load.withdraw_says", title=text(title), count=number(count, language())))
    one, two = st.columns(2)
    if two.button(word("load.keep"), width="stretch"):
        st.rerun()
    if not one.button(word("load.withdraw_now"), type="primary", width="stretch"):
        return
    try:
        with st.spinner(word("load.withdrawing")):
            removed = withdraw(the_store(), document)
    except MitraError as error:
        st.error(said(error))
        return
    st.session_state.load_withdrawn = (title, removed)
    st.session_state.pop("load-withdraw", None)
    st.rerun()
