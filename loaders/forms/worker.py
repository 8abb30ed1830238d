"""The process apart: reads the file of each question from standard input and answers on standard output."""

import contextlib
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

from loaders.forms.contents import MOST_CHARACTERS, Contents, Unreadable

_MOST_MEMORY = 2 << 30


def answer(path: Path, form: str) -> dict[str, Any]:
    """Return what a file holds in plain form, or the key of why it holds nothing."""
    try:
        found = _read(path, form)
    except Unreadable as error:
        return {"refused": error.key}
    except MemoryError:
        return {"refused": "article.swells"}
    except Exception:  # noqa: BLE001 - a hostile file may make its parser raise anything
        return {"refused": "article.damaged"}
    said = dataclasses.asdict(found) | {"text": found.text[:MOST_CHARACTERS]}
    return said | {"published": found.published.isoformat() if found.published else None}


def _read(path: Path, form: str) -> Contents:
    if form == "html":
        from loaders.forms.html import read_html

        return read_html(path)
    if form == "pdf":
        from loaders.forms.pdf import read_pdf

        return read_pdf(path)
    from loaders.forms.docx import read_docx

    return read_docx(path)


def _limit_memory() -> None:
    """Let no file take more than 2 GB, where the system can hold a process to that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> None:
    """Answer until nobody asks any more."""
    _limit_memory()
    for question in sys.stdin:
        path, form = json.loads(question)
        said = json.dumps(answer(Path(path), form))
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
