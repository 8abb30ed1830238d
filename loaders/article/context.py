"""What is said of whom: the unit a sentence is about, and the area its words belong to."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from loaders.article.article import Article
from loaders.article.grammar import refs_in
from loaders.article.lexicon import words
from loaders.article.references import Body
from loaders.article.shapes import Ref, Shape


def units_of(article: Article, shape: Shape, position: int = -1) -> list[Body]:
    """Return the unit or units that a place in a sentence is about.

    The unit named last before it, else any of the sentence, else that of the last speaker or subject in the
    paragraph, else the unit the article is about.
    """
    if position >= 0:
        before = [ref.body for _, ref in refs_in(shape, 0, position) if ref.letter == "F" and ref.body]
        if before:
            return [before[-1]]
    here = [ref.body for ref in shape.refs if ref.letter == "F" and ref.body]
    here = here or [ref.body for ref in shape.of("J") if ref.body and ref.body.label == "Facility"]
    if here:
        return here[:1] if position >= 0 else list(dict.fromkeys(here))
    return _unit_before(article, shape)


def _unit_before(article: Article, shape: Shape) -> list[Body]:
    """Return the unit of the sentences before this one in its paragraph, else the article's."""
    paragraph = shape.sentence.paragraph
    for earlier in reversed(article.shapes[: article.shapes.index(shape)]):
        if earlier.sentence.paragraph != paragraph:
            break
        units = [ref.body for ref in earlier.refs if ref.body and ref.body.label == "Facility"]
        if units:
            return units[:1]
    main = article.main()
    return [main] if main else []


def also_main(code: str) -> bool:
    """Return whether a sentence says of other units that they, too, work with a partner, as the article's unit does."""
    return bool(re.search(r"\blain(?:nya)?\b[^.]{0,30}\bjuga\b", code))


@cache
def _areas() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (area, re.compile(rf"\b(?:{'|'.join(forms)})(?:nya)?\b")) for area, forms in words("programs")["areas"].items()
    )


def area_of(*texts: str) -> str:
    """Return the area whose words are most frequent in the first text that has any, `other` if none has."""
    return next((area for text in texts if (area := _area(text)) != "other"), "other")


@lru_cache(maxsize=4096)
def _area(text: str) -> str:
    small = text.lower()
    counts = {area: len(pattern.findall(small)) for area, pattern in _areas()}
    best = max(counts, key=lambda area: counts[area])
    return best if counts[best] else "other"


def distinct(refs: Iterable[Ref]) -> list[Body]:
    """Return the organisations of mentions, each once, in order."""
    return list(dict.fromkeys(ref.body for ref in refs if ref.body))
