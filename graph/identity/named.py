"""Named things with what is known of them beside their names."""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.identity.bodies import has_form
from graph.identity.places import region_codes
from graph.identity.spelling import lists, one_form
from graph.identity.units import read_unit, seat
from graph.names import fold, normal, parts, person_name

KINDS = ("facility", "company", "public-body", "organization", "official")
_COMPANIES = frozenset(
    {
        "pt",
        "cv",
        "ud",
        "firma",
        "koperasi",
        "bumdes",
        "perumda",
        "pdam",
        "perum",
        "toko",
        "building_store",
        "restaurant",
    }
)


class Post(NamedTuple):
    """A post that a person holds: where, which, and on which days a document says so."""

    organisation: str
    name: str
    title: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    said_on: datetime.date | None = None

    @property
    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day on which it is known to be held."""
        first, last = self.since or self.said_on or self.until, self.until or self.said_on or self.since
        return (min(first, last), max(first, last)) if first and last else None


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its kind (as ids begin), its name, and, where they are known, its id, posts and places.

    `synthetic` tells that only invented data name it.
    """

    kind: str
    name: str
    id: str = ""
    posts: tuple[Post, ...] = ()
    places: frozenset[str] = field(default_factory=frozenset)
    synthetic: bool = False


def kind_of(name: str) -> str:
    """Return the kind of thing that a name shows itself to be of; empty if it might be of several."""
    unit = read_unit(name)
    if unit and not unit.before:
        return "facility"
    form = has_form(name)
    if form:
        return "company" if form in _COMPANIES else "organization"
    first = one_form(name).split()[:1]
    if first and first[0] in lists()["public_openings"]:
        return "public-body"
    if unit:
        return "organization"
    honorific = bool(name.split()) and fold(name.split()[0]) in parts()["honorifics"]
    return "official" if honorific or person_name(name) != " ".join(name.split()) else ""


def region_of(post: Post) -> frozenset[str]:
    """Return the codes of the regions where a post is held, as far as the name of its organisation tells."""
    unit = read_unit(post.name)
    if unit is None:
        words = normal(post.name).split()
        return region_codes(words[-1]) if words else frozenset()
    found = seat(unit)
    return frozenset({found.region}) if found.region else region_codes(found.key)
