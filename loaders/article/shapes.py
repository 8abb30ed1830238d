"""Sentences with all mentions resolved, in a form that patterns can be matched against."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.article.dates import Day
from loaders.article.lexicon import words
from loaders.article.mentions import Dated, Held, Mention, Named
from loaders.article.references import Body, Person
from loaders.article.resolving import Meanings
from loaders.article.sentences import Sentence
from loaders.article.tokens import tokens
from loaders.article.units import name_like

LETTERS = {"Facility": "F", "Company": "C", "PublicBody": "B", "Organization": "O"}
"""The letter of a mention in a shape: an organisation's label; J is an official, D a day."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A resolved mention: what it means, and where it stands in the text."""

    letter: str
    begin: int
    end: int
    body: Body | None = None
    person: Person | None = None
    held: Held | None = None
    day: Day | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence in small letters with every mention replaced by its letter and number: "§J3 bertemu §J4 di §B5".

    `refs` are the mentions by number.
    """

    sentence: Sentence
    code: str
    refs: tuple[Ref, ...]
    anchors: tuple[tuple[int, int], ...] = ()

    def ref(self, code: str) -> Ref:
        """Return the mention of a code such as "§F3"."""
        return self.refs[int(code[2:])]

    def offset(self, position: int) -> int:
        """Return the offset in the text of a position in `code` outside of mentions."""
        at, begin = next(anchor for anchor in reversed(self.anchors) if anchor[0] <= position)
        return begin + position - at

    def of(self, letters: str) -> list[Ref]:
        """Return the mentions with one of these letters, in order."""
        return [ref for ref in self.refs if ref.letter in letters]


def shape_of(
    meanings: Meanings, text: str, sentence: Sentence, mentions: Sequence[Mention], before: Sequence[Shape]
) -> Shape:
    """Return the shape of a sentence; `before` are the shapes of the sentences before it."""
    refs = [ref for mention in mentions if (ref := _ref(meanings, mention))]
    refs = sorted([*refs, *_known_people(meanings, text, sentence, refs)], key=lambda ref: ref.begin)
    refs = sorted([*refs, *_own(text, sentence, refs, before)], key=lambda ref: ref.begin)
    code, position, anchors = "", sentence.begin, [(0, sentence.begin)]
    for number, ref in enumerate(refs):
        code += _small(text[position : ref.begin]) + f"§{ref.letter}{number}"
        position = max(position, ref.end)
        anchors.append((len(code), position))
    return Shape(sentence, code + _small(text[position : sentence.end]), tuple(refs), tuple(anchors))


def _small(text: str) -> str:
    """Return the text in small letters, of the same length; the mark of mentions becomes a blank."""
    small = text.replace("§", " ").lower()
    if len(small) == len(text):
        return small
    return "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text.replace("§", " "))


def _ref(meanings: Meanings, mention: Mention) -> Ref | None:
    if isinstance(mention, Dated):
        return Ref("D", mention.begin, mention.end, day=mention.day)
    if isinstance(mention, Held):
        body, _ = meanings.body_of(mention)
        return Ref("J", mention.begin, mention.end, body, meanings.person_of(mention, body), mention)
    if isinstance(mention, Named):
        body = meanings.bodies_at.get(mention.begin)
        return Ref(LETTERS[body.label], mention.begin, mention.end, body, bare=not mention.name) if body else None
    return None


def _known_people(meanings: Meanings, text: str, sentence: Sentence, refs: Sequence[Ref]) -> Iterator[Ref]:
    """Yield later mentions of people by a part of the name, outside of all other mentions."""
    taken = [(ref.begin, ref.end) for ref in refs]
    last = -1
    for token in tokens(text, sentence.begin, sentence.end):
        if token.begin < last or not name_like(token) or len(token.text) < 3:
            continue
        if any(begin <= token.begin < end for begin, end in taken):
            continue
        person = meanings.people.called(token.text)
        if person:
            last = _name_end(text, token.end, sentence.end, person)
            post = meanings.post_now(person)
            yield Ref("J", token.begin, last, post.body if post else None, person)


_NEXT_WORD = re.compile(r" ([^\W\d_]+)")


def _name_end(text: str, position: int, limit: int, person: Person) -> int:
    while (match := _NEXT_WORD.match(text, position, limit)) and match[1].lower() in person.words:
        position = match.end()
    return position


def _own(text: str, sentence: Sentence, refs: Sequence[Ref], before: Sequence[Shape]) -> Iterator[Ref]:
    """Yield mentions such as "pihaknya": the organisation of whoever speaks here or spoke last in the paragraph."""
    own = frozenset(words("organisations")["own"])
    small = text[sentence.begin : sentence.end].lower()
    if not any(word in small for word in own):
        return
    for token in tokens(text, sentence.begin, sentence.end):
        if token.lower in own and not any(ref.begin <= token.begin < ref.end for ref in refs):
            body = _speaker(sentence, refs, before)
            if body and not body.implied:
                yield Ref(LETTERS[body.label], token.begin, token.end, body, bare=True)


def _speaker(sentence: Sentence, refs: Sequence[Ref], before: Sequence[Shape]) -> Body | None:
    said = [ref.body for ref in refs if ref.letter == "J" and ref.body]
    if said:
        return said[0]
    for shape in reversed(before):
        if shape.sentence.paragraph != sentence.paragraph:
            return None
        said = [ref.body for ref in shape.of("J") if ref.body]
        if said:
            return said[0]
    return None
