"""Press articles: who, which post, which unit, which partner, what happened when, what was signed, what is planned.

`extract` gives the facts of a text, `read_article` the document and claims of a file. Both run the same stages:
cleaning → sentences → mentions → references → facts (→ claims); the linguistic knowledge is in `words/`.
"""

import datetime
import hashlib
import json
from pathlib import Path

from graph.claims import Document, Reading
from graph.errors import BadInput
from graph.names import document_id
from loaders.article.claims import claims
from loaders.article.cleaning import clean
from loaders.article.extraction import facts_of
from loaders.article.facts import Facts
from loaders.article.reading import text_of

__all__ = ["Facts", "extract", "read_article", "read_text"]


def extract(text: str, *, published: datetime.date | None = None) -> Facts:
    """Return the facts that an article's text states.

    Without `published` the text's first full date stands for it; where no year is stated, a weekday with day and
    month means the latest year, not after today, in which they agree; with neither, dates stay open.
    """
    return facts_of(clean(text), published, datetime.date.today())[1]


def read_text(path: Path) -> str:
    """Return the text of an article's file, not yet cleaned.

    Raises BadInput if the file is missing, cannot be decoded or says nothing.
    """
    raw = text_of(path)
    if not any(letter.isalpha() for letter in clean(raw)):
        raise BadInput("article.empty", file=path.name)
    return raw


def read_article(
    path: Path,
    *,
    published: datetime.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    synthetic: bool | None = None,
) -> Reading:
    """Return the document of a file and its claims; offsets of evidence count in the document's text.

    Raises BadInput if the file is missing, cannot be decoded or says nothing.
    """
    raw = read_text(path)
    text = clean(raw)
    article, facts = facts_of(text, published, datetime.date.today())
    title = title or article.title
    document = Document(
        id=document_id(url or title),
        title=title,
        kind="article",
        published=article.published,
        publisher=publisher,
        url=url,
        file=path.name,
        hash=_hash(raw, published, url, publisher, title, synthetic),
        text=text,
        synthetic=synthetic,
    )
    return Reading(document, claims(article, facts, document.id), rows=len(article.sentences))


def _hash(raw: str, *metadata: object) -> str:
    """Return the SHA-256 of the text and of the metadata that the claims depend on."""
    said = json.dumps([raw, *(None if value is None else str(value) for value in metadata)])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
