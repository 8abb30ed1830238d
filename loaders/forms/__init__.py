"""The forms an article's file may have: what each holds, as text and as what the file says of itself."""

from pathlib import Path

from graph.errors import BadInput
from loaders.forms.apart import read_apart
from loaders.forms.contents import Contents
from loaders.forms.plain import text_of

__all__ = ["SUFFIXES", "Contents", "contents", "text_of"]

_APART = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}
SUFFIXES = (".txt", *_APART)
"""The suffixes of files that are articles."""


def contents(path: Path) -> Contents:
    """Return what an article's file holds; the form is that of its suffix, plain text for any other.

    Raises BadInput if it is missing, damaged, locked, too large, or says nothing.
    """
    form = _APART.get(path.suffix.lower())
    found = read_apart(path, form) if form else Contents(text_of(path))
    if not any(letter.isalpha() for letter in found.text):
        raise BadInput("article.pictures" if form == "pdf" else "article.empty", file=path.name)
    return found
