"""The passes that give every mention of an article its meaning: organisations first, then people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.names import organisation_id
from loaders.article.lexicon import places, words
from loaders.article.mentions import Held, Mention, Named
from loaders.article.references import Bodies, Body, People, Person, Post
from loaders.article.sentences import Sentence
from loaders.article.tokens import tokens
from loaders.article.units import name_like

Scanned = Sequence[tuple[Sentence, list[Mention]]]
"""Sentences in order, each with its mentions."""

_NEAR = 600
_CENTRAL = organisation_id("PublicBody", "Ditjenpas")
_NAME = r"([A-Z][\w’']*\.?(?: [A-Z][\w’']*){0,3})"
_CALLED = re.compile(r"\bbernama ([A-Z][a-z’']+(?: [A-Z][a-z’']+){0,3})(?=[.,]| [a-z])")


@dataclass(slots=True)
class Meanings:
    """What the mentions of an article mean; `bodies_at` gives the organisation of a mention by its offset."""

    text: str
    title: str
    bodies: Bodies = field(default_factory=Bodies)
    people: People = field(default_factory=People)
    bodies_at: dict[int, Body] = field(default_factory=dict)

    def body_of(self, held: Held) -> tuple[Body | None, bool]:
        """Return the organisation of a post, and whether the text states it beside the post."""
        if held.body and held.body.begin in self.bodies_at:
            return self.bodies_at[held.body.begin], bool(held.body.name)
        if not held.body and held.begin in self.bodies_at:
            return self.bodies_at[held.begin], False
        if held.unit or held.in_unit:
            return self.bodies.main(held.unit), False
        if held.in_office or held.position == "Kakanwil":
            return self.bodies.office(), False
        return None, False

    def person_of(self, held: Held, body: Body | None) -> Person | None:
        """Return who is meant by a post: whom it names, else whoever holds it now."""
        if not held.person:
            return self.people.holder(held.position, body)
        found = self.people.named(held.person) if held.person != "?" else []
        here = [person for person in found if any(post.body is body for post in self.people.posts_of(person))]
        return next(iter([*here, *found]), None)

    def post_now(self, person: Person) -> Post | None:
        """Return the post in which a person acts here: at the unit the article is about, else the first not to come."""
        main = self.bodies.main()
        posts = sorted(
            self.people.posts_of(person), key=lambda post: (post.body is not main, post.tenure == "incoming")
        )
        return posts[0] if posts else None


def resolved(text: str, title: str, scanned: Scanned) -> Meanings:
    """Return what the mentions of an article mean."""
    meanings = Meanings(text, title)
    _name_bodies(meanings, scanned)
    _refer_bare(meanings, scanned)
    _count_title(meanings)
    for sentence, mentions in scanned:
        _name_people(meanings, sentence, mentions)
        _succession(meanings, sentence, mentions)
        _said_of_earlier(meanings, sentence, mentions)
    return meanings


def _name_bodies(meanings: Meanings, scanned: Scanned) -> None:
    """Give every mention that names an organisation in full its organisation."""
    unit: Body | None = None
    for _, mentions in scanned:
        for named in _named(mentions):
            if not named.name:
                continue
            if unit and named.label == "Facility" and _nickname(meanings.text, named):
                meanings.bodies.nicknames.setdefault(organisation_id(named.label, named.name), unit)
            body = meanings.bodies.add(named)
            meanings.bodies_at[named.begin] = body
            unit = body if named.label == "Facility" else unit


def _nickname(text: str, named: Named) -> bool:
    before = text[max(0, named.begin - 60) : named.begin].lower().rstrip()
    return any(before.endswith(phrase) for phrase in words("organisations")["known_as"])


def _named(mentions: Sequence[Mention]) -> Iterator[Named]:
    for mention in mentions:
        if isinstance(mention, Named):
            yield mention
        elif isinstance(mention, Held) and mention.body:
            yield mention.body


def _refer_bare(meanings: Meanings, scanned: Scanned) -> None:
    """Give bare heads and stand-ins the organisation they point to."""
    recent: list[Body] = []
    for _, mentions in scanned:
        for named in _named(mentions):
            known = meanings.bodies_at.get(named.begin)
            body = known or meanings.bodies.refer(named, recent[-40:]) or _expanded(meanings, named)
            if body:
                meanings.bodies_at[named.begin] = body
                recent.append(body)
                body.count += not named.name


def _expanded(meanings: Meanings, named: Named) -> Body | None:
    """Return the government meant by "Pemkot" alone: that of the city the article names elsewhere."""
    opening = words("organisations")["governments"].get(named.head)
    if not opening or named.kind != "local_government":
        return None
    said = re.search(rf"\b{opening} ([A-Z][a-z]+(?: [A-Z][a-z]+)?)", meanings.text)
    unit = meanings.bodies.main()
    where = said[1] if said and places().at(tokens(said[1]), 0) else unit.region if unit else ""
    if not where:
        return None
    return meanings.bodies.add(replace(named, name=f"Pemerintah {opening} {where}", region=where))


def _count_title(meanings: Meanings) -> None:
    """Let the title weigh in on which unit the article is about."""
    title = meanings.title.lower()
    for body in meanings.bodies.known:
        if body.label == "Facility" and body.head in title and body.region.lower() in title:
            body.count += 3


def _name_people(meanings: Meanings, sentence: Sentence, mentions: Sequence[Mention]) -> None:
    """Record the people whom a sentence names with a post."""
    _beside(meanings, mentions)
    _private(meanings, sentence, mentions)
    for mention in mentions:
        if not isinstance(mention, Held) or mention.person == "?":
            continue
        held = mention if mention.person else _called(meanings.text, sentence, mention, mentions)
        body, stated = meanings.body_of(held)
        if held.person and body:
            meanings.people.hold(held, body, stated)


def _beside(meanings: Meanings, mentions: Sequence[Mention]) -> None:
    """Let posts beside one of the regional office be of that office: "Kadivpas Kanwil X … beserta Kabid Y"."""
    office: Body | None = None
    for mention in mentions:
        if not isinstance(mention, Held):
            continue
        if mention.body:
            body = meanings.bodies_at.get(mention.body.begin)
            office = body if body and body.head == "kanwil" else None
        elif mention.in_unit and office:
            meanings.bodies_at[mention.begin] = office


def _private(meanings: Meanings, sentence: Sentence, mentions: Sequence[Mention]) -> None:
    """Let a named director or owner without an organisation be one of the company named last before."""
    private = tuple(words("posts")["private"])
    for mention in mentions:
        if not isinstance(mention, Held) or mention.body or not mention.person:
            continue
        if mention.begin in meanings.bodies_at or not mention.position.lower().startswith(private):
            continue
        if any(word in mention.position.lower() for word in words("posts")["of_the_service"]):
            central = next((body for body in meanings.bodies.known if body.id == _CENTRAL), None)
            if central:
                meanings.bodies_at[mention.begin] = central
            continue
        before = [(at, body) for at, body in meanings.bodies_at.items() if sentence.begin - _NEAR < at < mention.begin]
        named = {at: body for at, body in before if body.label in ("Company", "Organization")}
        if named:
            meanings.bodies_at[mention.begin] = named[max(named)]


def _called(text: str, sentence: Sentence, held: Held, mentions: Sequence[Mention]) -> Held:
    """Return the post with the name that follows later in its sentence: "ketua kelompok itu bernama Budi"."""
    match = _CALLED.search(text, held.end, min(held.end + 80, sentence.end))
    if not match or any(isinstance(other, Held) and held.end <= other.begin < match.start() for other in mentions):
        return held
    return replace(held, person=match[1])


def _said_of_earlier(meanings: Meanings, sentence: Sentence, mentions: Sequence[Mention]) -> None:
    """Give a post that is said of somebody by a part of the name ("Bagus … sebagai Kalapas X") to that person."""
    for mention in mentions:
        if not isinstance(mention, Held) or mention.person != "?":
            continue
        body, stated = meanings.body_of(mention)
        earlier = [token.text for token in tokens(meanings.text, sentence.begin, mention.begin) if name_like(token)]
        people = [person for word in earlier if (person := meanings.people.called(word))]
        if body and people:
            meanings.people.hold(replace(mention, person=people[0].name), body, stated)


def _succession(meanings: Meanings, sentence: Sentence, mentions: Sequence[Mention]) -> None:
    """Read "A … digantikan B", "B menggantikan A" and "dari A kepada B" beside the post that passes."""
    helds = [mention for mention in mentions if isinstance(mention, Held) and mention.person != "?"]
    if not helds:
        return
    patterns = words("posts")["succession"]
    passed = re.search(patterns["passed"].replace("{name}", _NAME), sentence.text)
    unnamed = next((held for held in helds if not held.person), None)
    if passed and unnamed:
        _pass_on(meanings, unnamed, passed[1], passed[2])
        return
    named = next((held for held in helds if held.person), None)
    for phrase in (*patterns["replaced_by"], *patterns["replaces"]) if named else ():
        match = re.search(rf"\b{phrase} {_NAME}", sentence.text)
        if match and named and named.begin - sentence.begin < match.start(1):
            pair = (named.person, match[1]) if phrase in patterns["replaced_by"] else (match[1], named.person)
            _pass_on(meanings, named, *pair)
            return


def _pass_on(meanings: Meanings, held: Held, former: str, current: str) -> None:
    body, stated = meanings.body_of(held)
    if body is None:
        return
    posts = meanings.people.posts
    posts[:] = [post for post in posts if not (post.at == held.begin and post.body is body)]
    meanings.people.hold(replace(held, person=former, tenure="former"), body, stated)
    meanings.people.hold(
        replace(held, person=current.rstrip("."), tenure="current", begin=held.begin + 1), body, stated
    )
