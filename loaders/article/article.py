"""An article as read: sentences, organisations, people, and the shapes that facts are found in."""

import datetime
from dataclasses import dataclass, field

from loaders.article.dates import published_on, resolve, written
from loaders.article.holders import split_holders
from loaders.article.references import Bodies, Body, People
from loaders.article.resolving import resolved
from loaders.article.scan import Scanner
from loaders.article.sentences import Sentence, sentences
from loaders.article.shapes import Shape, shape_of


@dataclass(slots=True)
class Article:
    """An article as read: its sentences, organisations, people and shapes."""

    text: str
    title: str
    published: datetime.date | None
    sentences: list[Sentence]
    bodies: Bodies
    people: People
    shapes: list[Shape] = field(default_factory=list)

    def main(self) -> Body | None:
        """Return the unit the article is about, None if it names none."""
        return self.bodies.main()

    def place_of(self, shape: Shape) -> int:
        """Return the number of a sentence of the body."""
        return next(number for number, other in enumerate(self.shapes) if other is shape)

    def before(self, shape: Shape) -> list[Shape]:
        """Return the sentences before this one in its paragraph."""
        earlier = self.shapes[: self.place_of(shape)]
        return [other for other in earlier if other.sentence.paragraph == shape.sentence.paragraph]


def read(text: str, published: datetime.date | None, today: datetime.date) -> Article:
    """Return the article of a cleaned text; `published` falls back on the day that the text itself fixes."""
    found = sentences(text)
    title = found[0].text if found else ""
    body = [sentence for sentence in found if sentence.part == "body"]
    days = {sentence.begin: written(text, sentence.begin, sentence.end) for sentence in body}
    published = published or published_on((day for part in days.values() for day in part), today)
    scanner = Scanner(text)
    scanned = [
        (sentence, scanner.sentence(sentence, [resolve(day, published) for day in days[sentence.begin]]))
        for sentence in body
    ]
    scanned = split_holders(scanned, text)
    meanings = resolved(text, title, scanned)
    article = Article(text, title, published, found, meanings.bodies, meanings.people)
    for sentence, mentions in scanned:
        article.shapes.append(shape_of(meanings, text, sentence, mentions, article.shapes))
    return article
