"""What a model proposes, held against the text: kept is only what is found there, with where it is found."""

import bisect
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.names import person_name, unit_name
from graph.schema import schema
from loaders.article.article import Article
from loaders.article.dates import published_on, resolve, written
from loaders.article.facts import Activity, Cooperation, Facts, Happening, Paper, Presence, Spot
from loaders.article.mentions import Held, Named
from loaders.article.references import Bodies, Body, People, Person
from loaders.article.sentences import Sentence, sentences
from loaders.article.shapes import LETTERS, Ref, Shape

CONFIDENCE = 0.5
"""Of everything that a model proposes: weak, to be reviewed."""
_MOST_ROWS = 100
_SHORTEST_QUOTE, _LONGEST_QUOTE = 10, 2_000
_LONGEST_VALUE = 200
_PARTNERS = ("Company", "PublicBody", "Organization")
Row = Mapping[str, Any]


def grounded(
    proposed: Any, text: str, published: datetime.date | None, today: datetime.date
) -> tuple[Article, Facts]:  # fmt: skip
    """Return the article of a cleaned text and what of a model's proposals the text bears out.

    A fact stays if its quote is found in the text; a name, post or program if it is found within one sentence; a day if
    the text names it. What is in no vocabulary of the schema goes.
    """
    ground = _Ground(text, published, today)
    rows = proposed if isinstance(proposed, dict) else {}
    for row in _rows(rows, "organisations"):
        ground.organisation(row)
    for row in _rows(rows, "officials"):
        ground.official(row)
    for key in ("partnerships", "agreements", "programs", "events"):
        for row in _rows(rows, key):
            getattr(ground, key)(row)
    return ground.article(), ground.facts


def _rows(proposed: Mapping[str, Any], key: str) -> Iterator[Row]:
    rows = proposed.get(key)
    if isinstance(rows, list):
        yield from (row for row in rows[:_MOST_ROWS] if isinstance(row, dict))


def _value(row: Row, key: str) -> str:
    value = row.get(key)
    said = " ".join(value.split()) if isinstance(value, str) else ""
    return said if len(said) <= _LONGEST_VALUE else ""


def _names(row: Row, key: str) -> list[str]:
    values = row.get(key)
    named = [_value({key: value}, key) for value in values[:_MOST_ROWS]] if isinstance(values, list) else []
    return [name for name in dict.fromkeys(named) if name]


def _term(vocabulary: str, value: str, otherwise: str) -> str:
    return value if value in schema().vocabularies[vocabulary] else otherwise


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands."""

    sentence: Sentence
    begin: int
    end: int


class _Ground:
    """The text, and the facts that it bears out so far."""

    def __init__(self, text: str, published: datetime.date | None, today: datetime.date) -> None:
        self.text = text
        self._flat = text.replace("\n", " ")
        self._sentences = sentences(text)
        days = [written(text, each.begin, each.end) for each in self._sentences if each.part == "body"]
        self._published = published or published_on((day for part in days for day in part), today)
        resolved = (resolve(day, self._published) for part in days for day in part)
        self._days = {day.date for day in resolved if day.date}
        self._bodies, self._people = Bodies(), People()
        self._by_name: dict[str, Body | Person] = {}
        self.facts = Facts(self._sentences[0].text if self._sentences else "", self._published)

    def article(self) -> Article:
        """Return the article with every place where a name that was kept stands."""
        found = Article(
            self.text, self.facts.id, self._published, self._sentences, self._bodies, self._people
        )  # fmt: skip
        refs: dict[Sentence, list[Ref]] = {}
        for name, meant in self._by_name.items():
            for place in self._places(name):
                refs.setdefault(place.sentence, []).append(_ref(place, meant))
        found.shapes = [
            Shape(sentence, "", tuple(sorted(refs[sentence], key=lambda ref: ref.begin)))
            for sentence in self._sentences
            if sentence in refs
        ]
        return found

    def organisation(self, row: Row) -> None:
        """Keep an organisation whose name is found, of a label of the schema; a facility only if it is named as one."""
        name, label = _value(row, "name"), _value(row, "type")
        place = next(self._places(name), None)
        if place is None or label not in LETTERS or (label == "Facility") != bool(unit_name(name)):
            return
        if name in self._by_name:
            return
        kind = "other" if label == "PublicBody" else None
        known = len(self._bodies.known)
        body = self._bodies.add(Named(label, name, name.split()[0].lower(), place.begin, place.end, kind))
        self._by_name[name] = body
        if len(self._bodies.known) > known:
            self.facts.bodies.append((body, self._spot(place.sentence)))

    def official(self, row: Row) -> None:
        """Keep an official whose name and post are found and whose organisation was kept."""
        name, position, quote = _value(row, "name"), _value(row, "position"), self._quoted(row)
        body = self._body(_value(row, "organisation"))
        if not (quote and body and self._stands(name) and self._stands(position) and person_name(name)[:1].isupper()):
            return
        if name in self._by_name and not isinstance(self._by_name[name], Person):
            return
        tenure = _value(row, "tenure")
        held = Held(position, None, person_name(name), quote.begin, quote.end,
                    tenure if tenure in ("former", "incoming") else "current")  # fmt: skip
        known = len(self._people.posts)
        self._by_name[name] = self._people.hold(held, body)
        self.facts.posts += [(post, self._spot(quote)) for post in self._people.posts[known:]]

    def partnerships(self, row: Row) -> None:
        """Keep a cooperation of a partner and a facility that were kept."""
        facility, partner = self._body(_value(row, "facility")), self._body(_value(row, "partner"))
        quote, status = self._quoted(row), _value(row, "status")
        if not (quote and facility and partner and facility.label == "Facility" and partner.label in _PARTNERS):
            return
        if status in ("active", "planned"):
            area = _term("area", _value(row, "area"), "other")
            self.facts.partnerships.append(Cooperation(facility, partner, area, status, self._spot(quote)))

    def agreements(self, row: Row) -> None:
        """Keep an agreement between two organisations or more that were kept."""
        kind, status = _term("agreement_kind", _value(row, "kind"), ""), _value(row, "status")
        quote = self._quoted(row)
        parties = [body for name in _names(row, "parties") if (body := self._body(name))]
        parties = list(dict.fromkeys(parties))
        if not quote or not kind or len(parties) < 2 or not _term("agreement_status", status, ""):
            return
        subject, spot = _value(row, "subject"), self._spot(quote)
        said = subject if subject and self._stands(subject) else ""
        self.facts.agreements.append(
            Paper(kind, status, [(body, spot) for body in parties], self._day(row), said, spot)
        )  # fmt: skip

    def programs(self, row: Row) -> None:
        """Keep a program whose name is found, of a facility that was kept."""
        name, facility, quote = _value(row, "name"), self._body(_value(row, "facility")), self._quoted(row)
        if not (quote and facility and facility.label == "Facility" and self._stands(name)):
            return
        supporters = [body for each in _names(row, "supporters") if (body := self._body(each))]
        spot, area = self._spot(quote), _term("area", _value(row, "area"), "other")
        backed = [(body, spot) for body in supporters if body.label in _PARTNERS]
        self.facts.programs.append(Activity(facility, name, area, spot, backed))

    def events(self, row: Row) -> None:
        """Keep an event of a kind of the schema, with those of its place and participants that were kept."""
        kind, quote = _term("event_kind", _value(row, "kind"), ""), self._quoted(row)
        if not quote or not kind:
            return
        spot, place = self._spot(quote), self._body(_value(row, "place"))
        event = Happening(kind, self._day(row), None, row.get("planned") is True, spot, place)
        here = [self._by_name.get(name) for name in _names(row, "participants")]
        event.present = [Presence(who, None, spot) for who in here if who]
        event.words = quote.text.lower()
        self.facts.events.append(event)

    def _day(self, row: Row) -> datetime.date | None:
        """Return the day of a row if the text names that day."""
        try:
            day = datetime.date.fromisoformat(_value(row, "date"))
        except ValueError:
            return None
        return day if day in self._days else None

    def _body(self, name: str) -> Body | None:
        found = self._by_name.get(name)
        return found if isinstance(found, Body) else None

    def _stands(self, name: str) -> bool:
        return next(self._places(name), None) is not None

    def _places(self, name: str) -> Iterator[_Place]:
        """Yield where a name stands as whole words within a sentence."""
        if not any(letter.isalpha() for letter in name):
            return
        begin = self._flat.find(name)
        while begin >= 0:
            end = begin + len(name)
            whole = not self._flat[max(0, begin - 1) : begin].isalnum() and not self._flat[end : end + 1].isalnum()
            at = bisect.bisect_right(self._sentences, begin, key=lambda each: each.begin) - 1
            sentence = self._sentences[at] if at >= 0 else None
            if whole and sentence and end <= sentence.end and sentence.part != "footer":
                yield _Place(sentence, begin, end)
            begin = self._flat.find(name, end)

    def _quoted(self, row: Row) -> Sentence | None:
        """Return the passage of the text that a row quotes, None if the text has no such passage."""
        value = row.get("quote")
        quote = " ".join(value.split()) if isinstance(value, str) else ""
        if not _SHORTEST_QUOTE <= len(quote) <= _LONGEST_QUOTE:
            return None
        begin = self._flat.find(quote)
        if begin < 0:
            return None
        end = begin + len(quote)
        return Sentence(begin, end, self.text[begin:end], 0, "body")

    def _spot(self, sentence: Sentence) -> Spot:
        return Spot(sentence, CONFIDENCE)


def _ref(place: _Place, meant: Body | Person) -> Ref:
    if isinstance(meant, Person):
        return Ref("J", place.begin, place.end, person=meant)
    return Ref(LETTERS[meant.label], place.begin, place.end, meant)
