"""The files a reader drops on the page: kept under safe names, looked at, and described in a small form each."""

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from graph.errors import MitraError
from graph.mappings import Mapped, recall
from graph.schema import schema
from graph.words import say
from loaders.article import is_mailbox
from loaders.forms import SUFFIXES as TEXTS
from loaders.registers import REGISTERS, SUFFIXES
from loaders.registers.mapping import Seen, header_key, see
from loaders.registers.rows import OWN_SHEETS
from loaders.registers.tables import read_tables
from loaders.sources import ARTICLE, Entry, Source
from views.load_job import Ready
from views.load_mapping import ask_columns
from views.page import language, remembered, text, word

_UNSAFE = frozenset('/\\:*?"<>|')
_LONGEST_STEM, _LONGEST_SUFFIX = 80, 10
_SEVERAL = ""


def folder() -> "TemporaryDirectory[str]":
    """Return the session's folder for uploaded files; it goes when nobody needs it any more."""
    if "load_folder" not in st.session_state:
        st.session_state.load_folder = TemporaryDirectory(prefix="mitra-upload-")
    kept: TemporaryDirectory[str] = st.session_state.load_folder
    return kept


def safe_name(name: str) -> str:
    """Return a file's own name without folders, control characters and what file systems refuse; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join("_" if each in _UNSAFE or unicodedata.category(each)[0] == "C" else each for each in last)
    stem, dot, suffix = plain.strip(" .").rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        return plain.strip(" .")[:_LONGEST_STEM] or "_"
    return f"{stem[:_LONGEST_STEM] or '_'}.{suffix}"


def save(uploaded: Any) -> Path:
    """Return where an uploaded file lies, written there once under its own name."""
    place = Path(folder().name) / "".join(each for each in uploaded.file_id if each.isalnum() or each == "-")
    path = place / safe_name(uploaded.name)
    if not path.exists():
        place.mkdir(exist_ok=True)
        path.write_bytes(uploaded.getbuffer())
    return path


def said(error: MitraError) -> str:
    """Return what went wrong in the reader's language, files by their names alone, as Markdown that is text."""
    values = {key: each.name if isinstance(each, Path) else each for key, each in error.values.items()}
    return text(say(error.key, language(), **values))


def ask(uploaded: Any) -> Ready | None:
    """Show the form of one file and return what is to be loaded; None while something is missing, which it says."""
    with st.expander(text(uploaded.name), expanded=True):
        path, key = save(uploaded), f"load-{uploaded.file_id}"
        if path.suffix.lower() not in (*TEXTS, *SUFFIXES):
            st.error(word("load.unsupported", known=text(", ".join((*TEXTS, *SUFFIXES)))))
            return None
        try:
            if is_mailbox(path):
                return _mailbox(path, key)
            return _article(path, key) if path.suffix.lower() in TEXTS else _register(path, key)
        except MitraError as error:
            st.error(said(error))
            return None


def _article(path: Path, key: str) -> Ready:
    st.caption(word("load.kind_is", kind=text(schema().term("document_kind", ARTICLE, language()))))
    known = _document(key, "", word("load.title_read"))
    return Ready(Source(path, Entry(file=path.name, kind=ARTICLE, **known)))


def _mailbox(path: Path, key: str) -> Ready:
    st.caption(word("load.mailbox"))
    known = _document(key, path.stem, None)
    return Ready(Source(path, Entry(file=path.name, kind=ARTICLE, **known)))


def _register(path: Path, key: str) -> Ready | None:
    with st.spinner(word("load.reading")):
        tables = look(str(path), None)
    sheet = _sheet(tables, key) if len(tables) > 1 else _SEVERAL
    if len(tables) > 1 and sheet == _SEVERAL:
        return _every_sheet(path, key, tables)
    first = next(each for each in tables if sheet in (_SEVERAL, each.sheet))
    kept = remembered("mapping", lambda store: recall(store, first.layout.headers), first.layout.headers)
    kind = _kind(f"{key}-{sheet}-kind", first, kept)
    title = path.stem + (f" – {sheet}" if sheet else "")
    known = _document(f"{key}-{sheet}", title, None)
    if kind is None:
        st.warning(word("load.choose_kind"))
        return None
    seen = next(each for each in look(str(path), kind) if each.sheet == first.sheet)
    offered = kept if kept and kept.kind == kind else None
    columns = ask_columns(f"{key}-{sheet}-{kind}", seen, offered)
    if columns is None:
        return None
    told = kind if not first.sure or first.kind != kind else None
    entry = Entry(file=path.name, kind=kind, sheet=sheet or None, columns=columns or None, **known)
    mapped = Mapped(kind, columns) if columns or told or kept else None
    return Ready(Source(path, entry), first.layout.headers, mapped)


def _every_sheet(path: Path, key: str, tables: list[Seen]) -> Ready | None:
    """Describe a workbook of which every sheet is loaded whose kind shows in its headers."""
    for each in tables:
        kind = text(REGISTERS[each.kind].name.in_(language())) if each.sure else word("load.sheet_unknown")
        st.caption(f"{text(each.sheet)}: {kind}")
    known = _document(key, path.stem, None)
    if not any(each.sure for each in tables):
        st.warning(word("load.choose_sheet"))
        return None
    return Ready(Source(path, Entry(file=path.name, **known)))


@st.cache_data(show_spinner=False, max_entries=100)
def look(path: str, kind: str | None) -> list[Seen]:
    """Return how each filled table of an uploaded file would be understood; raises BadInput if it cannot be read."""
    tables = read_tables(Path(path))
    several = [each for each in tables if header_key(each.sheet) not in OWN_SHEETS] if len(tables) > 1 else tables
    seen = [see(each, kind, [Path(path).stem]) for each in several]
    return [each for each in seen if each.layout.headers] or seen[:1]


def _sheet(tables: list[Seen], key: str) -> str:
    names = [each.sheet for each in tables]

    def shown(name: str) -> str:
        return name or word("load.every_sheet")

    chosen: str = st.selectbox(word("load.sheet"), [_SEVERAL, *names], format_func=shown, key=f"{key}-sheet")
    return chosen


def _kind(key: str, first: Seen, kept: Mapped | None) -> str | None:
    """Show the list of kinds, the one that was seen or remembered chosen."""
    guess = kept.kind if kept and kept.kind in REGISTERS else None
    if guess is None and (first.sure or first.layout.found):
        guess = first.kind
    names = {name: kind.name.in_(language()) for name, kind in REGISTERS.items()}
    st.session_state.setdefault(key, guess)
    chosen: str | None = st.selectbox(
        word("load.kind"),
        list(names),
        index=None,
        format_func=lambda each: names[each],
        key=key,
        placeholder=word("load.kind_hint"),
    )
    if chosen:
        guessed = not first.sure and kept is None and chosen == first.kind
        says = text(REGISTERS[chosen].says.in_(language()))
        st.caption(f"{says} {word('load.kind_guessed')}" if guessed else says)
    return chosen


def _document(key: str, title: str, hint: str | None) -> dict[str, Any]:
    """Show what is asked of every file as a document, and return what was filled in."""
    one, two = st.columns(2)
    named = one.text_input(word("column.title"), title, key=f"{key}-title", placeholder=hint, max_chars=300)
    publisher = two.text_input(word("load.publisher"), key=f"{key}-publisher", max_chars=300)
    three, four = st.columns(2, vertical_alignment="bottom")
    published = three.date_input(word("load.published"), None, format="DD/MM/YYYY", key=f"{key}-published")
    invented = four.checkbox(word("load.synthetic"), key=f"{key}-synthetic", help=word("load.synthetic_help"))
    return {
        "title": " ".join(named.split()) or title or None,
        "publisher": " ".join(publisher.split()) or None,
        "published": published,
        "synthetic": invented or None,
    }
