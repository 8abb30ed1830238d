"""Which mentions mean the same: organisations under several forms, people by a part of the name, posts alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.names import fold, normal, organisation_id, unit_name
from loaders.article.mentions import Held, Named


@dataclass(slots=True, eq=False)
class Body:
    """An organisation of the article under all its forms; `name` is the fullest."""

    label: str
    id: str
    name: str
    head: str
    kind: str | None = None
    region: str = ""
    implied: bool = True
    guessed: bool = True
    count: int = 0
    first: int = 0
    key: str = ""


@dataclass(slots=True, eq=False)
class Person:
    """A person of the article; `name` is the fullest form."""

    name: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    """A person holds, held or will hold a post: `at` is the offset where the text says so."""

    person: Person
    position: str
    body: Body
    tenure: str
    at: int
    sure: bool = True


@dataclass(slots=True)
class Bodies:
    """All organisations of an article, and which of them a reference means."""

    known: list[Body] = field(default_factory=list)
    nicknames: dict[str, Body] = field(default_factory=dict)

    def add(self, named: Named) -> Body:
        """Return the organisation of this name, a new one if the article has not named it yet."""
        body = self.find(named)
        if body is None:
            body = Body(
                named.label,
                organisation_id(named.label, named.name),
                named.name,
                named.head,
                named.kind,
                named.region,
                first=named.begin,
                key=_key(named),
            )
            self.known.append(body)
        if named.short:
            rest = named.name[len(named.head) :]
            for behind in (rest, *_regions_of(named)):
                self.nicknames.setdefault(organisation_id(named.label, f"{named.short}{behind}"), body)
        body.count += 1
        body.implied &= named.implied
        body.guessed &= named.guessed
        if _fuller(named.name, body.name):
            body.name, body.id, body.region = (
                named.name,
                organisation_id(named.label, named.name),
                named.region or body.region,
            )
            body.key = _key(named)
        return body

    def find(self, named: Named) -> Body | None:
        """Return the organisation known under this name or a shorter or longer form of it."""
        id_ = organisation_id(named.label, named.name)
        if id_ in self.nicknames:
            return self.nicknames[id_]
        same = [body for body in self.known if body.id == id_]
        if same:
            return same[0]
        if named.label == "Facility":
            return None
        key = _key(named)
        related = [body for body in self.known if body.label == named.label and _related(key, body.key)]
        return related[0] if len(related) == 1 else None

    def main(self, kind: str = "") -> Body | None:
        """Return the unit the article is about, of this kind if one is given: the most often named, then the first."""
        units = [body for body in self.known if body.label == "Facility" and (not kind or body.head == kind)]
        return max(units, key=lambda body: (body.count, -body.first), default=None)

    def office(self) -> Body | None:
        """Return the regional office, if the article names exactly one."""
        offices = [body for body in self.known if body.head == "kanwil"]
        return offices[0] if len(offices) == 1 else None

    def refer(self, named: Named, recent: Sequence[Body]) -> Body | None:
        """Return what a bare head or stand-in means; `recent` are the organisations named before it, latest last."""
        if named.label == "Facility":
            return self.main(named.head)
        if named.head == "kanwil":
            return self.office()
        fitting = [body for body in recent if _stands_for(named, body)]
        if fitting:
            return fitting[-1]
        later = [body for body in self.known if _stands_for(named, body)]
        return later[0] if len(later) == 1 else None


def _stands_for(named: Named, body: Body) -> bool:
    if body.implied and named.kind != "local_government":
        return False
    if named.head in _GENERIC.get(body.head, ()) or named.head == body.head:
        return True
    if named.head in ("perusahaan", "perseroan"):
        return body.label == "Company"
    if named.head == "bank":
        return "bank" in body.key.split() or " bpr " in f" {body.key} "
    return body.label == named.label and named.head in body.key.split()


_GENERIC = {
    "kelompok tani": ("kelompok tani",),
    "pondok pesantren": ("pesantren", "pondok"),
    "ponpes": ("pesantren", "pondok"),
    "universitas": ("kampus",),
    "dinkes": ("dinas",),
}


def _regions_of(named: Named) -> tuple[str, ...]:
    """Return what may stand behind the short form of a name: its region, alone or with its kind."""
    return tuple(f" {kind}{named.region}" for kind in ("", "Kabupaten ", "Kota ")) if named.region else ()


_LEFT_OFF = re.compile(r" (?:daerah|kota|kabupaten)(?= )|^(?:uptd|upt) ")
"""Words that one form of an agency's name has and another leaves off."""


def _key(named: Named) -> str:
    return _LEFT_OFF.sub("", normal(named.name))


def _related(one: str, other: str) -> bool:
    """Whether one name is the other with something left off its end."""
    short, long_ = sorted((one, other), key=len)
    return (long_ == short or long_.startswith(short + " ")) and len(short.split()) > 1


def _fuller(one: str, other: str) -> bool:
    return len(normal(one).split()) > len(normal(other).split()) or (
        bool(unit_name(one)) and len(one.split()) > len(other.split())
    )


@dataclass(slots=True)
class People:
    """The people of an article and their posts."""

    known: list[Person] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def hold(self, held: Held, body: Body, sure: bool = True) -> Person:
        """Record that the person named with a post holds it; return the person."""
        person = self._person(held.person, body, held.tenure)
        if not any(post.person is person and post.body is body and _same_post(post, held) for post in self.posts):
            self.posts.append(Post(person, held.position, body, held.tenure, held.begin, sure))
        return person

    def _person(self, name: str, body: Body, tenure: str) -> Person:
        words_ = frozenset(_muhammad(name))
        for person in self.known:
            posts = [post for post in self.posts if post.person is person]
            here = any(post.body is body for post in posts)
            moved = tenure != "current" or any(post.tenure != "current" for post in posts)
            if (words_ <= person.words or person.words <= words_) and (
                here
                or moved
                or (words_ == person.words and len(words_) > 1)
                or (words_ < person.words and len(words_) > 1)
            ):
                if len(name) > len(person.name):
                    person.name, person.words = name, words_
                return person
        self.known.append(Person(name, words_))
        return self.known[-1]

    def called(self, word: str) -> Person | None:
        """Return the one person whose name has this word, None if nobody's or several people's has."""
        folded = fold(word)
        found = [person for person in self.known if folded in person.words]
        return found[0] if len(found) == 1 else None

    def posts_of(self, person: Person) -> list[Post]:
        """Return the posts of a person, in the order of the text."""
        return [post for post in self.posts if post.person is person]

    def named(self, name: str) -> list[Person]:
        """Return the people whose name contains all words of this one."""
        words_ = set(_muhammad(name))
        return [person for person in self.known if words_ <= person.words]

    def holder(self, position: str, body: Body | None) -> Person | None:
        """Return who holds this post now, if the article says so of one person."""
        now = [post for post in self.posts if post.position == position and post.tenure == "current"]
        fitting = [post.person for post in now if body is None or post.body is body]
        return fitting[0] if len(set(map(id, fitting))) == 1 else None


def _same_post(post: Post, held: Held) -> bool:
    return fold(post.position) == fold(held.position)


def _muhammad(name: str) -> tuple[str, ...]:
    forms = {"muh", "moh", "mohammad", "mohamad", "mochamad", "mochammad", "muhamad", "mhd", "muhammad"}
    return tuple("muhammad" if word in forms else word for word in fold(name).split())
