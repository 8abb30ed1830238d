"""What every page shares: its store, its language, its words, and how text is shown as text."""

import datetime
import gc
import html
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from graph import settings
from graph.catalog import catalog
from graph.errors import MitraError
from graph.status import status, writes
from graph.store import Store, open_store
from graph.words import LANGUAGES, Language, say

SECTIONS = {
    "explore": ("overview", "card", "network", "connections", "programs"),
    "coverage": ("map", "gaps", "agreements"),
    "data": ("query", "load", "review"),
}
"""The pages by section, in the order of the navigation; each is the file of its name beside this one."""

START = "overview"
"""The page at the app's bare address."""

EARLIEST = datetime.date(1995, 1, 1)
ICON = Path(__file__).with_name("icon.png")
_LANGUAGE_NAMES = {"id": "Indonesia", "en": "English"}
_ON_PAPER = """<style>@media print{
[data-testid=stSidebar],[data-testid=stHeader],[data-testid=stToolbar],[data-testid=stSlider],[data-testid=stButton],
[data-testid=stDownloadButton],[data-testid=stExpander],[data-testid=stElementToolbar]{display:none!important}
[data-testid=stMainBlockContainer]{padding:0!important;max-width:none!important}
h2,h3{break-after:avoid}
}</style>"""
"""Leaves out of a printed page what only works on a screen."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>^=@&/])")
_DRESS = """<style>
[data-testid="stCaptionContainer"]{color:inherit!important;opacity:.8}
[data-testid="stVegaLiteChart"] .mark-text text{fill:currentColor}
[data-testid="stMetricLabel"] *{white-space:normal!important;overflow-wrap:anywhere}
[data-testid="stBaseButton-primary"]:not(:disabled),[data-tag],[data-tag] *{
color:#fff!important;color:light-dark(#fff,#0b1a2a)!important}
[data-testid="stMainBlockContainer"]{padding:1.75rem clamp(1rem,4vw,4.5rem) 3rem}
[data-testid="stHeading"] h1{font-size:clamp(1.7rem,1.45rem + 1vw,2.5rem);padding:.2rem 0 .4rem;overflow-wrap:anywhere}
@media (max-width:768px){[data-testid="stMainBlockContainer"]{padding-top:4rem}}
@media (max-width:640px){[data-testid="stHorizontalBlock"]:has(>[data-testid="stColumn"] [data-testid="stMetric"])>
[data-testid="stColumn"]{min-width:calc(50% - .5rem);flex:1 1 calc(50% - .5rem)}}
@media print{[data-testid="stMain"],[data-testid="stApp"],[data-testid="stAppViewContainer"]
{position:static!important;overflow:visible!important}}
</style>"""
"""Letters that everyone can read, no empty field above a title, figures side by side, on paper all pages."""
_MADE: deque[tuple[Any, ...]] = deque(maxlen=1000)
"""What was waited for lately in this process, for whomever."""
_FIRST = "{}-at-first"
_Result = TypeVar("_Result")


def pages(language: Language) -> dict[str, list[Any]]:
    """Return the app's pages by section, titled in the language; the first is the start page."""
    folder = Path(__file__).parent
    return {
        say(f"section.{section}", language): [
            st.Page(folder / f"{name}.py", title=say(f"page.{name}", language), url_path=name, default=name == START)
            for name in names
        ]
        for section, names in SECTIONS.items()
    }


def address(page: str, **chosen: Any) -> str:
    """Return the link to a page of the app, in the reader's language, that restores what was chosen there."""
    kept = {key: str(value) for key, value in chosen.items() if value is not None} | {"lang": language()}
    if synthetic():
        kept["synthetic"] = "true"
    return f"./{'' if page == START else page}?{urlencode(kept)}"


def as_of(column: Any) -> datetime.date:
    """Show the day on which the page's figures hold, and return it; the page's address keeps it."""
    first = beginning("as_of", a_day, None) or "today"
    chosen = column.date_input(word("page.as_of"), first, format="DD/MM/YYYY", key="as_of", min_value=EARLIEST)
    to_address("as_of")
    return chosen or datetime.date.today()


def dress() -> None:
    """Make small print readable for everyone, and a printed page hold what the page says and nothing else."""
    st.html(_DRESS)


def choose_language() -> Language:
    """Show the language switch and return the language chosen; the page's address keeps it."""
    first = beginning("lang", one_of(LANGUAGES), settings.default_language())
    with st.sidebar:
        st.segmented_control(
            "Bahasa · Language",
            LANGUAGES,
            format_func=lambda each: _LANGUAGE_NAMES[each],
            default=first,
            key="lang",
            required=True,
        )
    to_address("lang")
    return language()


def choose_synthetic() -> None:
    """Where invented data are loaded, show that and the switch that leaves them out or lets them in."""
    titles = [row["title"] for row in remembered("status", status).documents if row["synthetic"]]
    if not titles:
        st.session_state.pop("synthetic", None)
        return
    first = beginning("synthetic", lambda named: named == "true", False)
    with st.sidebar:
        st.toggle(word("page.synthetic"), value=first, key="synthetic", help=text(", ".join(titles)))
    if st.session_state.get("synthetic"):
        st.query_params["synthetic"] = "true"
        st.warning(word("page.synthetic_shown", count=len(titles)))
    else:
        st.query_params.pop("synthetic", None)
        st.caption(word("page.synthetic_hidden", count=len(titles)))


def synthetic() -> bool:
    """Return whether invented data are to be shown."""
    return bool(st.session_state.get("synthetic", False))


def beginning(
    key: str, read: Callable[[str], _Result | None], otherwise: _Result, *, named_as: str | None = None
) -> _Result:
    """Return the value with which the widget of this key begins: what `read` makes of the page's address, if anything.

    The address names it as the widget's key, or as `named_as`. It is for the widget's own default: set from outside,
    through the session, it would be lost where a second run overtakes the first.
    """
    if key not in st.session_state:
        named = st.query_params.get(named_as or key)
        found = None if named is None else read(named)
        st.session_state[_FIRST.format(key)] = otherwise if found is None else found
    kept: _Result = st.session_state.get(_FIRST.format(key), otherwise)
    return kept


def one_of(options: Collection[_Result]) -> Callable[[str], _Result | None]:
    """Return how the address's text is read where it must be one of these options."""
    return lambda named: next((each for each in options if str(each) == named), None)


def whole(named: str, most: int) -> int | None:
    """Return the number from 0 to `most` that the address names, if it names one."""
    number = int(named) if named.isascii() and named.isdigit() and len(named) < 10 else None
    return number if number is not None and number <= most else None


def a_day(named: str) -> datetime.date | None:
    """Return the day that the address names, if it is one that can be chosen."""
    try:
        day = datetime.date.fromisoformat(named)
    except ValueError:
        return None
    return day if day >= EARLIEST else None


def to_address(key: str) -> None:
    """Keep the value of the widget of this key in the page's address, so that a link restores it."""
    value = st.session_state.get(key)
    if value is None:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != str(value):
        st.query_params[key] = str(value)


def choice(column: Any, label: str, options: Mapping[str, str], key: str, *, hint: str | None) -> str | None:
    """Show a list of options, name by value, and return the value chosen; with a `hint` none need be.

    The page's address keeps it.
    """
    listed = list(options)
    first = beginning(key, one_of(options), None)
    if st.session_state.get(key, first) not in (None, *listed):
        st.session_state.pop(key, None)
        first = st.session_state[_FIRST.format(key)] = None
    index = listed.index(first) if first is not None else None if hint else 0
    chosen: str | None = column.selectbox(
        label, listed, index=index, format_func=options.get, key=key, placeholder=hint or ""
    )
    to_address(key)
    return chosen


def language() -> Language:
    """Return the language that the reader has chosen."""
    return "en" if st.session_state.get("lang", settings.default_language()) == "en" else "id"


def word(key: str, **values: Any) -> str:
    """Return a sentence of the catalog in the reader's language."""
    return say(key, language(), **values)


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store:
    return open_store(url)


def the_store() -> Store:
    """Return the app's store; where it cannot be opened, say why and what to do, and end the page."""
    url = settings.default_store()
    try:
        with waiting("page.opening", url):
            return _opened(url)
    except MitraError as error:
        complain(error)
        st.stop()


@contextmanager
def waiting(key: str, *what: Any) -> Iterator[None]:
    """Say why the reader waits while `what` is made for the first time, and after that show nothing at all.

    A spinner that is not seen still takes a place: it moves what stands below it, and a component that is moved forgets
    what was typed into it.
    """
    if (key, what) in _MADE:
        yield
        return
    with st.spinner(word(key)):
        yield
    _MADE.append((key, what))


def complain(error: MitraError) -> None:
    """Show what went wrong in the reader's language."""
    st.error(text(say(error.key, language(), **error.values)))


def text(value: object) -> str:
    """Return a value as Markdown that shows exactly its characters: no link, image, markup or symbol comes of it."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(value).split()))


def escaped(value: object) -> str:
    """Return a value as HTML that shows exactly its characters."""
    return html.escape(str(value), quote=True)


def remembered(what: str, ask: Callable[[Store], _Result], *arguments: Any) -> _Result:
    """Return what `ask` says of the store, from memory as long as nothing was written to it.

    `what` names the question; with the arguments it is what the answer is remembered under, for all readers.
    """
    store = the_store()
    return _remembered(what, arguments, seen_writes(), store, ask)  # type: ignore[no-any-return]


@st.cache_data(show_spinner=False, max_entries=200)
def _remembered(what: str, arguments: Sequence[Any], version: int, _store: Store, _ask: Callable[[Store], Any]) -> Any:  # noqa: ARG001
    return _ask(_store)


def seen_writes() -> int:
    """Return how often the store was written to; of another process' last write it may be a tenth of a second late.

    A page asks this before everything that it remembers: one question to the store answers all of them.
    """
    return _seen().writes(the_store())


class _Seen:
    """What was last seen of a store's writes; while one reader asks again, the others make do with that for a second.

    Else twenty readers who click at the same moment wait for one another.
    """

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._own, self._writes, self._at = -1, 0, 0.0

    def writes(self, store: Store) -> int:
        if not self._is_fresh(store, 1.0 if self._asking.locked() else 0.1):
            with self._asking:
                if not self._is_fresh(store, 0.1):
                    own, self._writes = store.written, writes(store)
                    self._own, self._at = own, time.monotonic()
        return self._writes

    def _is_fresh(self, store: Store, seconds: float) -> bool:
        return self._own == store.written and time.monotonic() - self._at < seconds


@st.cache_resource(show_spinner=False)
def _seen() -> _Seen:
    return _Seen()


@st.cache_resource(show_spinner=False)
def settle(page: str) -> None:  # noqa: ARG001
    """After the first run of a page, take what it has imported and made out of what is searched for garbage.

    Streamlit searches all of it after every run, which took longer than to draw a picture.
    """
    gc.collect()
    gc.freeze()


def shared(what: str, ask: Callable[[Store], _Result], *arguments: Any) -> _Result:
    """Return the same as `remembered` for what is large: all readers get one object, which nobody may change."""
    store = the_store()
    return _shared(what, arguments, seen_writes(), store, ask)  # type: ignore[no-any-return]


@st.cache_resource(show_spinner=False, max_entries=100)
def _shared(what: str, arguments: Sequence[Any], version: int, _store: Store, _ask: Callable[[Store], Any]) -> Any:  # noqa: ARG001
    return _ask(_store)


def footer(*queries: str) -> None:
    """Show what the page's figures rest on: queries with their Cypher, data version, documents not completely loaded.

    A query is the name of one of the catalog, alone or before a slash (`coverage-facts/matrix`); others have no Cypher.
    """
    st.html(_ON_PAPER)
    found = remembered("status", status)
    if found.incomplete:
        st.warning(word("page.incomplete", titles=text(", ".join(found.incomplete))))
    named = text(", ".join(queries))
    st.caption(word("page.rests_on", query=named, version=found.version, documents=len(found.documents)))
    known = [catalog().get(name) for name in dict.fromkeys(each.partition("/")[0] for each in queries)]
    if asked := [query for query in known if query]:
        with st.expander(word("page.show_query")):
            for query in asked:
                st.code(query.cypher, language="cypher")
                title = text(query.title.in_(language()))
                st.markdown(f"[{word('page.open_query', title=title)}]({address('query', name=query.name)})")


def nothing_yet() -> None:
    """Say that the store is empty and how to fill it, and end the page."""
    st.info(word("page.empty"))
    st.stop()
