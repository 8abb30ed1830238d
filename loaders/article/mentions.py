"""What a text names, before it is known which names mean the same thing."""

from dataclasses import dataclass, replace

from loaders.article.dates import Day


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as one place of the text names it.

    `name` is empty where only its head stands ("Lapas", "dinas tersebut"): a reference to one named elsewhere.
    `head` is the head's form in small letters; `region` the place behind it; `short` an abbreviation given in brackets;
    `implied` says that a post names it and nothing else does ("Bupati Agam").
    """

    label: str
    name: str
    head: str
    begin: int
    end: int
    kind: str | None = None
    region: str = ""
    short: str = ""
    implied: bool = False
    guessed: bool = False

    def spanning(self, begin: int) -> "Named":
        """Return the same, beginning at an earlier character."""
        return replace(self, begin=begin)


@dataclass(frozen=True, slots=True)
class Held:
    """A post as one place of the text names it, with its holder where one is named there.

    `body` is None where the post alone stands ("Kakanwil menambahkan"). `tenure` is current, former or incoming.
    """

    position: str
    body: Named | None
    person: str
    begin: int
    end: int
    tenure: str = "current"
    in_unit: bool = False
    unit: str = ""
    in_office: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A later mention of a person by a part of the name."""

    word: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A day in the text."""

    day: Day
    begin: int
    end: int


Mention = Named | Held | Known | Dated
