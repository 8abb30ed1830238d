"""From what a file holds to a document and its claims."""

import datetime
import hashlib
import json
from dataclasses import replace

from graph.claims import Claim, Document, Reading
from graph.names import document_id
from loaders.article.claims import claims
from loaders.article.cleaning import clean
from loaders.article.extraction import facts_of
from loaders.article.model import Model
from loaders.article.proposals import CONFIDENCE
from loaders.forms import Contents


def reading_of(
    held: Contents,
    file: str,
    *,
    published: datetime.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    synthetic: bool | None = None,
    model: Model | None = None,
) -> Reading:
    """Return the document of an article and its claims; what is given here goes before what the file says of itself.

    With `model` it proposes what the article says, each claim weak; without, the rules read it. Raises BadInput if the
    model cannot be asked.
    """
    text = clean(held.text)
    published, url, publisher = published or held.published, url or held.url, publisher or held.publisher
    extractor = model.facts_of if model else facts_of
    article, facts = extractor(text, published, datetime.date.today())
    title = title or held.title or article.title
    document = Document(
        id=document_id(url or title),
        title=title,
        kind="article",
        published=article.published,
        publisher=publisher,
        url=url,
        file=file,
        hash=_hash(held.text, published, url, publisher, title, synthetic, *([model.name] if model else [])),
        text=text,
        synthetic=synthetic,
        model=model.name if model else None,
    )
    found = claims(article, facts, document.id)
    said = [_weak(claim) for claim in found] if model else found
    return Reading(document, said, rows=len(article.sentences))


def _weak(claim: Claim) -> Claim:
    evidence = replace(claim.evidence, confidence=min(claim.evidence.confidence, CONFIDENCE))
    return replace(claim, evidence=evidence)


def _hash(raw: str, *metadata: object) -> str:
    """Return the SHA-256 of the text and of the metadata that the claims depend on."""
    said = json.dumps([raw, *(None if value is None else str(value) for value in metadata)])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
