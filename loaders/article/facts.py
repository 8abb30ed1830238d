"""What an article says, each fact with where it says so."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from loaders.article.references import Body, Person, Post
from loaders.article.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is said, and how sure it is: 0.9 outright, 0.7 joined from two sentences, 0.5 weak."""

    sentence: Sentence
    confidence: float = 0.9


@dataclass(slots=True, eq=False)
class Presence:
    """Who was at an event, in which role, and where it is said; `who` may be words that name nobody."""

    who: Person | Body | str
    role: str | None
    spot: Spot


@dataclass(slots=True, eq=False)
class Happening:
    """An event: its kind, day, place and who was there.

    `about` are units it concerns, `words` the part of the sentence that tells of it, in small letters.
    """

    type: str
    date: datetime.date | None
    date_text: str | None
    planned: bool
    spot: Spot
    place: Body | None = None
    place_text: str | None = None
    about: list[Body] = field(default_factory=list)
    words: str = ""
    present: list[Presence] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Paper:
    """An agreement: its kind, status, parties, signers and what it is about."""

    kind: str
    status: str
    parties: list[tuple[Body, Spot]]
    date: datetime.date | None
    subject: str
    spot: Spot
    signers: list[tuple[Person, Spot]] = field(default_factory=list)
    number: str | None = None
    ends_on: datetime.date | None = None


@dataclass(slots=True, eq=False)
class Cooperation:
    """A partner works with a unit, or means to."""

    facility: Body
    partner: Body
    area: str
    status: str
    spot: Spot


@dataclass(slots=True, eq=False)
class Activity:
    """A program of a unit and who supports it."""

    facility: Body
    name: str
    area: str
    spot: Spot
    partners: list[tuple[Body, Spot]] = field(default_factory=list)
    planned: bool = False


@dataclass(slots=True)
class Facts:
    """All facts of one article."""

    id: str
    published: datetime.date | None
    posts: list[tuple[Post, Spot]] = field(default_factory=list)
    bodies: list[tuple[Body, Spot]] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    agreements: list[Paper] = field(default_factory=list)
    partnerships: list[Cooperation] = field(default_factory=list)
    programs: list[Activity] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the facts in plain form; dates as ISO text, everything by name."""
        return {
            "id": self.id,
            "published": _iso(self.published),
            "officials": [_official(post) for post, _ in self.posts],
            "facilities": self._names("Facility"),
            "companies": self._names("Company"),
            "public_bodies": self._names("PublicBody"),
            "organisations": self._names("Organization"),
            "events": [_event(event) for event in self.events],
            "agreements": [_agreement(paper) for paper in self.agreements],
            "partnerships": [_partnership(tie) for tie in self.partnerships],
            "programs": [_program(activity) for activity in self.programs],
        }

    def _names(self, label: str) -> list[str]:
        return [body.name for body, _ in self.bodies if body.label == label and not body.implied]


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _official(post: Post) -> dict[str, Any]:
    return {"name": post.person.name, "position": post.position, "organisation": post.body.name}


def _event(event: Happening) -> dict[str, Any]:
    place = event.place_text or (event.place.name if event.place else None)
    who = list(dict.fromkeys(here.who if isinstance(here.who, str) else here.who.name for here in event.present))
    return {
        "type": event.type,
        "date": _iso(event.date),
        "date_text": event.date_text,
        "place": place,
        "planned": event.planned,
        "participants": who,
    }


def _agreement(paper: Paper) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "status": "unknown" if paper.status == "ended" else paper.status,
        "parties": [body.name for body, _ in paper.parties],
        "date": _iso(paper.date),
        "subject": paper.subject,
    }


def _partnership(tie: Cooperation) -> dict[str, Any]:
    return {"facility": tie.facility.name, "partner": tie.partner.name, "area": tie.area, "status": tie.status}


def _program(activity: Activity) -> dict[str, Any]:
    return {
        "facility": activity.facility.name,
        "name": activity.name,
        "area": activity.area,
        "partners": [body.name for body, _ in activity.partners],
    }
