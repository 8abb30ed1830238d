"""An editor for Cypher in the page: a text field that colours what is written and tells Python what it holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["editor"]

MOST_LETTERS = 20_000
"""What the editor tells Python at most; no question is longer."""

_FRONTEND = Path(__file__).with_name("frontend")
_mount = st.components.v2.component(
    "mitra_cypher",
    html=(_FRONTEND / "editor.html").read_text("utf-8"),
    css=(_FRONTEND / "editor.css").read_text("utf-8"),
    js=(_FRONTEND / "editor.js").read_text("utf-8"),
)


def editor(
    text: str,
    version: int,
    key: str,
    *,
    label: str,
    on_text: Callable[[str], None],
    on_run: Callable[[str], None],
) -> None:
    """Show the editor; what it holds is replaced by `text` whenever `version` is another.

    Before the page is drawn anew, `on_text` receives what was written when the editor is left, `on_run` the same when
    the reader presses Ctrl+Enter in it.
    """

    def pass_on(event: str, callback: Callable[[str], None]) -> Callable[[], None]:
        def run() -> None:
            state: Any = st.session_state.get(key) or {}
            written = state.get(event)
            if isinstance(written, str):
                callback(written[:MOST_LETTERS])

        return run

    _mount(
        key=key,
        data={"text": text, "version": version, "label": label, "most": MOST_LETTERS},
        on_text_change=pass_on("text", on_text),
        on_run_change=pass_on("run", on_run),
    )
