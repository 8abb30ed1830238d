"""Sets a brief as a page: PDF to print, PNG to look at. The fonts are typst's own; nothing is fetched."""

import json
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATE = Path(__file__).with_name("brief.typ")


def pdf(found: dict[str, Any]) -> bytes:
    """Return a brief as a PDF; equal briefs give equal bytes, since no time of making is written in it."""
    (made,) = _compiled(found, "pdf")
    return made


def png(found: dict[str, Any], ppi: float = 110) -> list[bytes]:
    """Return the pages of a brief as pictures."""
    return _compiled(found, "png", ppi)


def _compiled(found: dict[str, Any], form: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
    text = json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    made: bytes | list[bytes] = typst.compile(
        TEMPLATE.read_bytes(),
        format=form,
        ppi=ppi,
        ignore_system_fonts=True,
        sys_inputs={"brief": text},
        timestamp=0,
    )
    return list(made) if isinstance(made, list) else [made]
