"""The form that says what the headers of a register mean."""

from collections.abc import Iterable, Mapping

import streamlit as st

from graph.mappings import Mapped
from loaders.registers import REGISTERS
from loaders.registers.kinds import Kind
from loaders.registers.mapping import COUNTER, IGNORED, UNMAPPED, Seen, header_key
from views.page import language, text, word

_A_ROW = 3
_LONGEST_EXAMPLE = 40


def ask_columns(key: str, seen: Seen, kept: Mapped | None) -> dict[str, str | None] | None:
    """Show what each header means and let it be changed; return what differs from what shows in the headers.

    `kept` is what was said of the same headers before. Returns None while a required column is missing or a column is
    meant twice, and says which.
    """
    kind = REGISTERS[seen.kind]
    pairs = zip(seen.layout.headers, seen.layout.means, seen.examples, strict=True)
    shown = {header: (meant, example) for header, meant, example in pairs if header and meant not in (COUNTER, IGNORED)}
    automatic = {header: meant for header, (meant, _) in shown.items()}
    before = _before(kind, kept)
    if before:
        st.info(word("load.remembered"))
    start = {header: before.get(header_key(header), meant) for header, meant in automatic.items()}
    open_ = [header for header in shown if automatic[header] == UNMAPPED or start[header] != automatic[header]]
    if _missing(kind, start.values()) or _twice(start):
        open_ = list(shown)
    chosen = start | _choices(key, kind, shown, start, open_)
    if len(open_) < len(shown) and st.toggle(word("load.all_columns"), key=f"{key}-all"):
        chosen |= _choices(key, kind, shown, start, [header for header in shown if header not in open_])
    if not _is_whole(kind, chosen):
        return None
    return {header: _given(meant) for header, meant in chosen.items() if meant != automatic[header]}


def _given(meant: str) -> str | None:
    return None if meant == IGNORED else meant


def _before(kind: Kind, kept: Mapped | None) -> dict[str, str]:
    """Return what was said before, by the form in which headers are compared."""
    said = kept.columns if kept else {}
    return {header_key(header): to or IGNORED for header, to in said.items() if to is None or to in kind.columns}


def _choices(
    key: str,
    kind: Kind,
    shown: Mapping[str, tuple[str, str]],
    start: Mapping[str, str],
    headers: list[str],
) -> dict[str, str]:
    """Show a list of columns for each of these headers and return what was chosen."""
    if headers:
        st.markdown(f"**{word('load.columns')}**", help=word("load.columns_help"))
    chosen = {}
    for begin in range(0, len(headers), _A_ROW):
        for place, header in zip(st.columns(_A_ROW), headers[begin : begin + _A_ROW], strict=False):
            with place:
                meant, example = shown[header]
                chosen[header] = _choice(f"{key}-{header}", kind, header, example, meant, start[header])
    return chosen


def _choice(key: str, kind: Kind, header: str, example: str, meant: str, start: str) -> str:
    special = {UNMAPPED: word("load.evidence_only")} if meant == UNMAPPED else {}
    names = special | {IGNORED: word("load.leave_out")} | {name: _called(kind, name) for name in kind.columns}
    label = text(header)
    if example:
        label += f" · {text(word('load.example', value=example[:_LONGEST_EXAMPLE]))}"
    st.session_state.setdefault(key, start)
    chosen: str = st.selectbox(label, list(names), format_func=lambda each: names[each], key=key)
    return chosen


def _called(kind: Kind, column: str) -> str:
    name = kind.columns[column].name.in_(language())
    return f"{name} *" if kind.columns[column].required else name


def _missing(kind: Kind, meant: Iterable[str]) -> list[str]:
    return sorted(set(kind.required) - set(meant), key=list(kind.columns).index)


def _twice(chosen: Mapping[str, str]) -> list[str]:
    meant = [each for each in chosen.values() if each not in (UNMAPPED, IGNORED)]
    return sorted({each for each in meant if meant.count(each) > 1})


def _is_whole(kind: Kind, chosen: Mapping[str, str]) -> bool:
    """Return whether every required column is there and none twice; say what is wrong."""
    missing, twice = _missing(kind, chosen.values()), _twice(chosen)
    for key, columns in (("load.missing", missing), ("load.twice", twice)):
        if columns:
            named = ", ".join(kind.columns[each].name.in_(language()) for each in columns)
            st.warning(word(key, columns=text(named)))
    return not missing and not twice
