"""From facts to claims: nodes by deterministic ids, ties with their sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.claims import Claim, Evidence, Mention, Node, Properties, Tie, properties
from graph.names import agreement_id, event_id, official_id, organisation_id, program_id, unit_name
from graph.schema import schema
from loaders.article.article import Article
from loaders.article.facts import Activity, Facts, Happening, Paper, Presence, Spot
from loaders.article.references import Body, Person
from loaders.article.shapes import Shape

_STATUS = {"current": "active", "former": "ended", "incoming": "planned"}
_JOINED = 0.7


def claims(article: Article, facts: Facts, document: str) -> list[Claim]:
    """Return all claims of an article in document order, each once."""
    made = _Claims(article, facts, document)
    found = [
        *made.of_posts(),
        *made.of_events(),
        *made.of_agreements(),
        *made.of_partnerships(),
        *made.of_programs(),
        *made.of_hierarchy(),
    ]
    touched = {node for tie in found for node in (tie.start, tie.end)}
    every: list[Claim] = [*made.mentions(touched), *found]
    return sorted(dict.fromkeys(every), key=lambda claim: claim.evidence.span or (0, 0))


@dataclass(slots=True)
class _Claims:
    """Makes the claims of one article; remembers which node stands for which thing of the text."""

    article: Article
    facts: Facts
    document: str
    things: dict[Node, list[tuple[str, Spot, Properties]]] = field(default_factory=dict)

    def of_posts(self) -> Iterator[Tie]:
        """Yield who holds which post."""
        for post, spot in self.facts.posts:
            held = properties(title=post.position)
            yield Tie("HOLDS", self._person(post.person), _body(post.body), _evidence(spot), _STATUS[post.tenure], held)

    def of_events(self) -> Iterator[Tie]:
        """Yield who was at which event, where it was held and what it is about."""
        for event in self.facts.events:
            node = self._event(event)
            status = "planned" if event.planned else "active"
            yield from self._presences(event, node, status)
            yield from self._signing_parties(event, node)
            if event.place:
                yield Tie("HELD_AT", node, _body(event.place), _evidence(event.spot), status)
            for about in self._about(event):
                yield Tie("CONCERNS", node, about, _evidence(event.spot), status)

    def _presences(self, event: Happening, node: Node, status: str) -> Iterator[Tie]:
        for here in _once(event.present):
            role = properties(role=here.role)
            if isinstance(here.who, Person):
                yield Tie("ATTENDED", self._person(here.who), node, _evidence(here.spot), status, role)
            elif isinstance(here.who, Body):
                yield Tie("TOOK_PART", _body(here.who), node, _evidence(here.spot), status, role)

    def _signing_parties(self, event: Happening, node: Node) -> Iterator[Tie]:
        """Yield the parties of what is signed at a signing: they took part in it."""
        if event.type != "signing" or event.planned:
            return
        for paper in self.facts.agreements:
            for body, spot in paper.parties if paper.status == "signed" else ():
                yield Tie("TOOK_PART", _body(body), node, _evidence(spot), "active", properties(role="party"))

    def _about(self, event: Happening) -> Iterator[Node]:
        sentence = event.spot.sentence
        if event.type == "signing":
            for paper in self.facts.agreements:
                signed = paper.status == "signed" and not event.planned
                if signed or (paper.status == "planned" and event.planned and paper.spot.sentence == sentence):
                    yield self._agreement(paper)
        for activity in self.facts.programs:
            if activity.name.lower() in event.words:
                yield self._program(activity)
        yield from (_body(body) for body in event.about)

    def of_agreements(self) -> Iterator[Tie]:
        """Yield who is party to which agreement, who signed it and what it covers."""
        for paper in self.facts.agreements:
            node, status = self._agreement(paper), _paper_status(paper)
            for body, spot in paper.parties:
                yield Tie("PARTY_TO", _body(body), node, _evidence(spot), status)
            for person, spot in paper.signers:
                yield Tie("SIGNED", self._person(person), node, _evidence(spot))
            parties = {body for body, _ in paper.parties}
            for activity in self.facts.programs:
                if activity.facility in parties and activity.spot.sentence == paper.spot.sentence:
                    yield Tie("COVERS", node, self._program(activity), _evidence(paper.spot), status)

    def of_partnerships(self) -> Iterator[Tie]:
        """Yield which partner works with which unit, and in what area."""
        for tie in self.facts.partnerships:
            area = properties(area=tie.area)
            yield Tie("PARTNERS_WITH", _body(tie.partner), _body(tie.facility), _evidence(tie.spot), tie.status, area)

    def of_programs(self) -> Iterator[Tie]:
        """Yield which unit runs which program, and who supports it."""
        for activity in self.facts.programs:
            node = self._program(activity)
            yield Tie("RUNS", _body(activity.facility), node, _evidence(activity.spot))
            for body, spot in activity.partners:
                yield Tie("SUPPORTS", _body(body), node, _evidence(spot))

    def of_hierarchy(self) -> Iterator[Tie]:
        """Yield which unit the text says belongs to which regional office."""
        for shape in self.article.shapes:
            yield from _part_of(shape)

    def mentions(self, touched: set[Node]) -> Iterator[Mention]:
        """Yield the mentions of all nodes that a tie touches: an organisation and a person once a sentence."""
        for shape in self.article.shapes:
            for ref in shape.refs:
                if ref.body and not ref.bare and _body(ref.body) in touched:
                    yield Mention(_body(ref.body), ref.body.name, _evidence(Spot(shape.sentence)), _of_body(ref.body))
                if ref.person and (person := self._known_person(ref.person)) in touched:
                    yield Mention(person, ref.person.name, _evidence(Spot(shape.sentence)))
        for node, said in self.things.items():
            for name, spot, known in said:
                yield Mention(node, name, _evidence(spot), known)

    def _person(self, person: Person) -> Node:
        first = next(post for post in self.article.people.posts if post.person is person)
        return Node("Official", official_id(person.name, _body(first.body).id))

    def _known_person(self, person: Person) -> Node | None:
        return self._person(person) if any(post.person is person for post in self.article.people.posts) else None

    def _event(self, event: Happening) -> Node:
        day = event.date.isoformat() if event.date else None
        place = _body(event.place).id if event.place else None
        known = properties(kind=event.type, date=event.date, date_text=event.date_text, planned=event.planned)
        place_name = event.place.name if event.place else None
        name = ", ".join(filter(None, [_called("event_kind", event.type), place_name, day or event.date_text]))
        return self._thing("Event", event_id(event.type, day, place, self.document), name, event.spot, known)

    def _agreement(self, paper: Paper) -> Node:
        day = paper.date.isoformat() if paper.date else None
        id_ = agreement_id(
            paper.kind, day, [_body(body).id for body, _ in paper.parties], self.document, paper.number or ""
        )
        known = properties(
            kind=paper.kind,
            subject=paper.subject or None,
            signed_on=paper.date,
            ends_on=paper.ends_on,
            number=paper.number,
            status=paper.status,
        )
        named = [body.name for body, _ in paper.parties]
        more = f" + {len(named) - 4}" if len(named) > 4 else ""
        name = f"{_called('agreement_kind', paper.kind)}: {', '.join(named[:4])}{more}"
        return self._thing("Agreement", id_, name, paper.spot, known)

    def _program(self, activity: Activity) -> Node:
        id_ = program_id(activity.name, _body(activity.facility).id)
        return self._thing("Program", id_, activity.name, activity.spot, properties(area=activity.area))

    def _thing(self, label: str, id_: str, name: str, spot: Spot, known: Properties) -> Node:
        node = Node(label, id_)
        said = self.things.setdefault(node, [])
        if (name, spot, known) not in said:
            said.append((name, spot, known))
        return node


def _called(vocabulary: str, value: str) -> str:
    return schema().vocabularies[vocabulary][value].id


def _body(body: Body) -> Node:
    return Node(body.label, organisation_id(body.label, body.name))


def _of_body(body: Body) -> Properties:
    if body.label == "PublicBody":
        return properties(kind=body.kind)
    unit = unit_name(body.name) if body.label == "Facility" else None
    return properties(kind=unit.kind, purpose=unit.purpose, **{"class": unit.klass or None}) if unit else ()


def _evidence(spot: Spot) -> Evidence:
    return Evidence(spot.sentence.text, (spot.sentence.begin, spot.sentence.end), spot.confidence)


def _paper_status(paper: Paper) -> str:
    return {"planned": "planned", "ended": "ended"}.get(paper.status, "active")


def _once(present: list[Presence]) -> list[Presence]:
    """Return each presence once: where a role is said it counts, else the first."""
    best: dict[int, Presence] = {}
    for here in present:
        known = best.get(id(here.who))
        if known is None or (here.role and not known.role):
            best[id(here.who)] = here
    return list(best.values())


_BELONGS = re.compile(r"(§F\d+) (?:yang )?(?:berada )?(?:di bawah(?: naungan)?|bagian dari|salah satu upt) (§B\d+)")


def _part_of(shape: Shape) -> Iterator[Tie]:
    for match in _BELONGS.finditer(shape.code):
        unit, office = shape.ref(match[1]).body, shape.ref(match[2]).body
        if unit and office:
            yield Tie("PART_OF", _body(unit), _body(office), _evidence(Spot(shape.sentence)))
