"""An article with all that it names resolved, each sentence in a form that patterns can be matched against."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.article.dates import Day, published_on, resolve, written
from loaders.article.lexicon import places, words
from loaders.article.mentions import Dated, Held, Mention, Named
from loaders.article.references import Bodies, Body, People, Person, Post
from loaders.article.scan import Scanner
from loaders.article.sentences import Sentence, sentences
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


@dataclass(slots=True)
class Article:
    """An article as read: its sentences, organisations, people and shapes."""

    text: str
    published: datetime.date | None
    sentences: list[Sentence]
    bodies: Bodies
    people: People
    shapes: list[Shape] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The first line."""
        return self.sentences[0].text if self.sentences else ""

    def main(self) -> Body | None:
        """The unit the article is about, None if it names none."""
        return self.bodies.main()


def read(text: str, published: datetime.date | None, today: datetime.date) -> Article:
    """Return the article of a cleaned text; `published` falls back on the day that the text itself fixes."""
    found = sentences(text)
    body = [sentence for sentence in found if sentence.part == "body"]
    days = {sentence.begin: written(text, sentence.begin, sentence.end) for sentence in body}
    published = published or published_on((day for part in days.values() for day in part), today)
    article = Article(text, published, found, Bodies(), People())
    scanner = Scanner(text)
    scanned = [
        (sentence, scanner.sentence(sentence, [resolve(day, published) for day in days[sentence.begin]]))
        for sentence in body
    ]
    meant = _name_bodies(article, scanned)
    _count_title(article)
    _name_people(article, scanned, meant)
    for sentence, mentions in scanned:
        article.shapes.append(_shape(article, sentence, mentions, meant))
    return article


def _name_bodies(article: Article, scanned: Sequence[tuple[Sentence, list[Mention]]]) -> dict[int, Body]:
    """Return the organisation of every mention that names one, by the mention's offset."""
    meant: dict[int, Body] = {}
    unit: Body | None = None
    for _, mentions in scanned:
        for named in _named(mentions):
            if not named.name:
                continue
            if unit and named.label == "Facility" and _nickname(article.text, unit, named):
                article.bodies.nicknames.setdefault(_id(named), unit)
            body = article.bodies.add(named)
            meant[named.begin] = body
            unit = body if named.label == "Facility" else unit
    _refer_bare(article, scanned, meant)
    return meant


def _id(named: Named) -> str:
    from graph.names import organisation_id

    return organisation_id(named.label, named.name)


def _nickname(text: str, unit: Body, named: Named) -> bool:
    before = text[max(0, named.begin - 60) : named.begin].lower().rstrip()
    return any(before.endswith(phrase) for phrase in words("organisations")["known_as"])


def _named(mentions: Sequence[Mention]) -> Iterator[Named]:
    for mention in mentions:
        if isinstance(mention, Named):
            yield mention
        elif isinstance(mention, Held) and mention.body:
            yield mention.body


def _refer_bare(article: Article, scanned: Sequence[tuple[Sentence, list[Mention]]], meant: dict[int, Body]) -> None:
    recent: list[Body] = []
    for _, mentions in scanned:
        for named in _named(mentions):
            body = meant.get(named.begin) or article.bodies.refer(named, recent) or _expanded(article, named)
            if body:
                meant[named.begin] = body
                recent.append(body)
                body.count += not named.name


def _expanded(article: Article, named: Named) -> Body | None:
    """Return the government meant by "Pemkot" alone: that of the city the article names elsewhere."""
    if named.kind != "local_government":
        return None
    opening = {"pemkot": "Kota", "pemerintah kota": "Kota", "pemkab": "Kabupaten", "pemerintah kabupaten": "Kabupaten",
               "pemprov": "Provinsi", "pemerintah provinsi": "Provinsi"}.get(named.head)
    if not opening:
        return None
    said = re.search(rf"\b{opening} ([A-Z][a-z]+(?: [A-Z][a-z]+)?)", article.text)
    unit = article.bodies.main()
    where = said[1] if said and places().at(tokens(said[1]), 0) else unit.region if unit else ""
    if not where:
        return None
    return article.bodies.add(replace(named, name=f"Pemerintah {opening} {where}", region=where))


def _count_title(article: Article) -> None:
    """Let the title weigh in on which unit the article is about."""
    title = f" {article.title.lower()} "
    for body in article.bodies.known:
        if body.label == "Facility" and body.head in title and body.region.lower() in title:
            body.count += 3


def _body_of(article: Article, held: Held, meant: dict[int, Body]) -> tuple[Body | None, bool]:
    """Return the organisation of a post, and whether the text states it beside the post."""
    if held.body and held.body.begin in meant:
        return meant[held.body.begin], bool(held.body.name)
    if held.unit or held.in_unit:
        return article.bodies.main(held.unit), False
    if held.in_office or held.position == "Kakanwil":
        return article.bodies.office(), False
    return None, False


def _name_people(article: Article, scanned: Sequence[tuple[Sentence, list[Mention]]], meant: dict[int, Body]) -> None:
    for sentence, mentions in scanned:
        for mention in mentions:
            if isinstance(mention, Held) and not mention.person:
                mention = _called(article, sentence, mention, mentions)
            if not isinstance(mention, Held) or mention.person in ("", "?"):
                continue
            body, stated = _body_of(article, mention, meant)
            if body:
                article.people.hold(mention, body, stated)
        _succession(article, sentence, mentions, meant)
        _said_of_earlier(article, sentence, mentions, meant)


def _called(article: Article, sentence: Sentence, held: Held, mentions: Sequence[Mention]) -> Held:
    """Return the post with the name that follows later in its sentence: "ketua kelompok itu bernama Budi"."""
    match = _CALLED.search(article.text, held.end, min(held.end + 80, sentence.end))
    if not match or any(isinstance(other, Held) and held.end <= other.begin < match.start() for other in mentions):
        return held
    return replace(held, person=match[1])


_CALLED = re.compile(r"\bbernama ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,3})(?=[.,]| [a-z])")


def _said_of_earlier(article: Article, sentence: Sentence, mentions: Sequence[Mention], meant: dict[int, Body]) -> None:
    """Give a post that is said of somebody by a part of the name ("Bagus … sebagai Kalapas X") to that person."""
    for mention in mentions:
        if not isinstance(mention, Held) or mention.person != "?":
            continue
        body, stated = _body_of(article, mention, meant)
        earlier = [token.text for token in tokens(article.text, sentence.begin, mention.begin) if name_like(token)]
        people = [person for word in earlier if (person := article.people.called(word))]
        if body and people:
            article.people.hold(replace(mention, person=people[0].name), body, stated)


def _succession(article: Article, sentence: Sentence, mentions: Sequence[Mention], meant: dict[int, Body]) -> None:
    """Read "A … digantikan B" and "B menggantikan A" beside the post that passes from one to the other."""
    helds = [mention for mention in mentions if isinstance(mention, Held) and mention.person not in ("", "?")]
    pattern = words("posts")["succession"]
    for phrase in (*pattern["replaced_by"], *pattern["replaces"]):
        match = re.search(rf"\b{phrase} ((?:[A-Z][\w.'’]*)(?: [A-Z][\w.'’]*){{0,4}})", sentence.text)
        if match and helds:
            body, stated = _body_of(article, helds[0], meant)
            if body and helds[0].begin - sentence.begin < match.start(1):
                _pass_on(article, helds[0], match[1].rstrip("."), body, stated, phrase in pattern["replaced_by"])
            return


def _pass_on(article: Article, held: Held, other: str, body: Body, stated: bool, replaced: bool) -> None:
    former, current = (held.person, other) if replaced else (other, held.person)
    posts = article.people.posts
    posts[:] = [post for post in posts if not (post.at == held.begin and post.body is body)]
    article.people.hold(replace(held, person=former, tenure="former"), body, stated)
    article.people.hold(replace(held, person=current, tenure="current", begin=held.begin + 1), body, stated)


def _shape(article: Article, sentence: Sentence, mentions: Sequence[Mention], meant: dict[int, Body]) -> Shape:
    refs = [ref for mention in mentions if (ref := _ref(article, mention, meant))]
    refs = sorted([*refs, *_known_people(article, sentence, refs)], key=lambda ref: ref.begin)
    refs = sorted([*refs, *_own(article, sentence, refs)], key=lambda ref: ref.begin)
    code, position, anchors = "", sentence.begin, [(0, sentence.begin)]
    for number, ref in enumerate(refs):
        code += _small(article.text[position : ref.begin]) + f"§{ref.letter}{number}"
        position = max(position, ref.end)
        anchors.append((len(code), position))
    return Shape(sentence, code + _small(article.text[position : sentence.end]), tuple(refs), tuple(anchors))


def _small(text: str) -> str:
    """Return the text in small letters, of the same length; the mark of mentions becomes a blank."""
    small = text.replace("§", " ").lower()
    if len(small) == len(text):
        return small
    return "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text.replace("§", " "))


def _own(article: Article, sentence: Sentence, refs: Sequence[Ref]) -> Iterator[Ref]:
    """Yield mentions such as "pihaknya": the organisation of whoever speaks here or spoke last in the paragraph."""
    own = frozenset(words("organisations")["own"])
    small = article.text[sentence.begin : sentence.end].lower()
    if not any(word in small for word in own):
        return
    for token in tokens(article.text, sentence.begin, sentence.end):
        if token.lower in own and not any(ref.begin <= token.begin < ref.end for ref in refs):
            body = _speaker(article, sentence, refs)
            if body and not body.implied:
                yield Ref(LETTERS[body.label], token.begin, token.end, body, bare=True)


def _speaker(article: Article, sentence: Sentence, refs: Sequence[Ref]) -> Body | None:
    for ref in refs:
        if ref.letter == "J" and ref.body:
            return ref.body
    for shape in reversed(article.shapes):
        if shape.sentence.paragraph != sentence.paragraph:
            break
        for ref in shape.of("J"):
            if ref.body:
                return ref.body
    return None


def _ref(article: Article, mention: Mention, meant: dict[int, Body]) -> Ref | None:
    if isinstance(mention, Dated):
        return Ref("D", mention.begin, mention.end, day=mention.day)
    if isinstance(mention, Held):
        body, _ = _body_of(article, mention, meant)
        found = article.people.named(mention.person) if mention.person not in ("", "?") else []
        here = [person for person in found if any(post.person is person and post.body is body for post in article.people.posts)]
        person = (here or found or [None])[0]
        if person is None and mention.person == "":
            person = article.people.holder(mention.position, body)
        return Ref("J", mention.begin, mention.end, body, person, mention)
    if isinstance(mention, Named):
        body = meant.get(mention.begin)
        return Ref(LETTERS[body.label], mention.begin, mention.end, body, bare=not mention.name) if body else None
    return None


def _known_people(article: Article, sentence: Sentence, refs: Sequence[Ref]) -> Iterator[Ref]:
    """Yield later mentions of people by a part of the name, outside of all other mentions."""
    taken = [(ref.begin, ref.end) for ref in refs]
    last = -1
    for token in tokens(article.text, sentence.begin, sentence.end):
        if token.begin < last or not name_like(token) or len(token.text) < 3:
            continue
        if any(begin <= token.begin < end for begin, end in taken):
            continue
        person = article.people.called(token.text)
        if person:
            last = _name_end(article.text, token.end, sentence.end, person)
            post = _post_now(article, person)
            yield Ref("J", token.begin, last, post.body if post else None, person)


def _post_now(article: Article, person: Person) -> Post | None:
    """Return the post in which a person acts in this article: at the unit it is about, else the first not to come."""
    posts = [post for post in article.people.posts if post.person is person]
    posts.sort(key=lambda post: (post.body is not article.main(), post.tenure == "incoming"))
    return posts[0] if posts else None


def _name_end(text: str, position: int, limit: int, person: Person) -> int:
    while match := re.compile(r" ([^\W\d_]+)").match(text, position, limit):
        if match[1].lower() not in person.words:
            break
        position = match.end()
    return position
