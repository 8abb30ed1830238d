"""From a cleaned text to facts: the stages in their order."""

import datetime

from loaders.article.agreements import agreements
from loaders.article.article import Article, read
from loaders.article.events import events
from loaders.article.facts import Facts, Spot
from loaders.article.partners import partnerships
from loaders.article.programs import programs
from loaders.article.sentences import Sentence


def facts_of(text: str, published: datetime.date | None, today: datetime.date) -> tuple[Article, Facts]:
    """Return the article of a cleaned text as read, and its facts."""
    article = read(text, published, today)
    facts = Facts(article.title, article.published)
    facts.posts = [(post, Spot(_at(article, post.at), 0.9 if post.sure else 0.7)) for post in article.people.posts]
    facts.bodies = [(body, Spot(_at(article, body.first))) for body in article.bodies.known]
    facts.events = events(article)
    facts.agreements = agreements(article)
    facts.partnerships = partnerships(article, facts.agreements)
    pairs = {(tie.facility, tie.partner) for tie in facts.partnerships}
    facts.programs = programs(article, pairs)
    return article, facts


def _at(article: Article, position: int) -> Sentence:
    return next(sentence for sentence in reversed(article.sentences) if sentence.begin <= position)
