"""Press articles: who, which post, which unit, which partner, what happened when, what was signed, what is planned.

`extract` gives the facts of a text, `read_article` the document and claims of a file, `read_mailbox` those of many
articles in one file. All run the same stages:
cleaning → sentences → mentions → references → facts (→ claims); the linguistic knowledge is in `words/`.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.claims import Reading
from graph.errors import BadInput
from loaders.article.cleaning import clean
from loaders.article.documents import reading_of
from loaders.article.extraction import facts_of
from loaders.article.facts import Facts
from loaders.article.mailbox import articles, is_mailbox, read_mailbox
from loaders.article.model import Model, named_model
from loaders.forms import contents

__all__ = [
    "Facts",
    "Model",
    "extract",
    "extract_all",
    "is_mailbox",
    "named_model",
    "read_article",
    "read_mailbox",
    "read_text",
]


def extract(text: str, *, published: datetime.date | None = None, model: Model | None = None) -> Facts:
    """Return the facts that an article's text states; with `model`, those it proposes that the text bears out.

    Without `published` the text's first full date stands for it; where no year is stated, a weekday with day and
    month means the latest year, not after today, in which they agree; with neither, dates stay open.
    """
    extractor = model.facts_of if model else facts_of
    return extractor(clean(text), published, datetime.date.today())[1]


def extract_all(
    path: Path, *, published: datetime.date | None = None, model: Model | None = None
) -> Iterator[tuple[str, Facts | BadInput]]:
    """Yield the name and facts of each article of a file: many of a mailbox, whose bad lines give why they hold none.

    Raises BadInput if the file is missing, cannot be read or says nothing, or if the model cannot be asked.
    """
    if not is_mailbox(path):
        held = contents(path)
        yield path.stem, extract(held.text, published=published or held.published, model=model)
        return
    for number, line in articles(path):
        if isinstance(line, BadInput):
            yield f"{path.stem}:{number}", line
        else:
            yield f"{path.stem}:{number}", extract(line.text, published=line.published or published, model=model)


def read_text(path: Path) -> str:
    """Return the text of an article's file, whatever its form, not yet cleaned.

    Raises BadInput if the file is missing, cannot be read or says nothing.
    """
    return contents(path).text


def read_article(path: Path, **known: Any) -> Reading:
    """Return the document of a file and its claims; offsets of evidence count in the document's text.

    `known` (title, publisher, published, url, synthetic) goes before what the file says of itself; a `model` in it
    proposes what the article says. Raises BadInput if the file is missing, cannot be read or says nothing, or if the
    model cannot be asked.
    """
    return reading_of(contents(path), path.name, **known)
