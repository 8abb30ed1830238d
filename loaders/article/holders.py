"""People named right behind an organisation, without a comma: "Direktur CV Karya Rotan Rusli Palabbi"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.article.mentions import Held, Mention, Named
from loaders.article.people import person
from loaders.article.sentences import Sentence
from loaders.article.tokens import tokens

Scanned = list[tuple[Sentence, list[Mention]]]


def split_holders(scanned: Scanned, text: str) -> Scanned:
    """Return the mentions with each such name cut in two, where the article names the organisation alone elsewhere."""
    alone = {named.name for _, mentions in scanned for named in _alone(mentions)}
    return [
        (sentence, [_split(mention, alone, text, sentence) for mention in mentions]) for sentence, mentions in scanned
    ]


def _alone(mentions: Iterable[Mention]) -> Iterable[Named]:
    """Yield the partners that are named by themselves, or whose post names its holder apart."""
    for mention in mentions:
        if isinstance(mention, Named) and mention.name:
            yield mention
        elif isinstance(mention, Held) and mention.body and mention.body.name and mention.person not in ("", "?"):
            yield mention.body


def _split(mention: Mention, alone: Iterable[str], text: str, sentence: Sentence) -> Mention:
    if not isinstance(mention, Held) or mention.person or not mention.body or mention.body.label == "Facility":
        return mention
    body = mention.body
    known = [name for name in alone if body.name.startswith(f"{name} ")]
    if not known:
        return mention
    name = max(known, key=len)
    end = _end_of(text, body, len(name.split()))
    found = person(tokens(text, end, sentence.end), 0, text)
    if not found:
        return mention
    return replace(mention, body=replace(body, name=name, end=end), person=found[1], end=max(found[2], body.end))


def _end_of(text: str, body: Named, count: int) -> int:
    """Return where the first words of an organisation's name end in the text."""
    words: Sequence[str] = body.name.split()[:count]
    position = body.begin
    for word in words:
        found = text.find(word.strip(".,"), position, body.end)
        position = found + len(word.strip(".,")) if found >= 0 else position
    return position
