"""From rows to claims: a small interpreter of what `kinds.yaml` declares."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph import names
from graph.claims import Claim, Document, Evidence, Mention, Node, Properties, Tie, properties
from graph.errors import BadInput
from graph.schema import schema
from loaders.registers.kinds import Claiming, Kind, Thing, registers
from loaders.registers.partners import PARTNERS, partner, sort_of, venue
from loaders.registers.places import place_code
from loaders.registers.row import Row
from loaders.registers.values import Listed

WEAK = 0.5
_HOLDERS = ("Facility", *PARTNERS)
_SHORTEST_NUMBER = 6
_NAMED_PARTIES = 4
_LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A node that a row names: how, with what the name itself shows of it, and of which other node it is a part."""

    node: Node
    name: str
    named: bool = True
    own: Properties = ()
    owner: Node | None = None


class Claims:
    """Makes the claims of one kind of register for one document."""

    def __init__(self, kind: Kind, document: Document) -> None:
        self.kind = kind
        self.document = document

    def of(self, row: Row) -> list[Claim]:
        """Return what a row claims, in the order of the declaration; raise BadInput for a name that means nothing."""
        things: dict[str, list[Named]] = {}
        for name, thing in self.kind.things.items():
            things[name] = self._things(thing, row, things)
        there = {name for name, found in things.items() if found}
        rules = [rule for rule in self.kind.claims if rule.needs <= there and _applies(rule, row)]
        return [claim for rule in rules for claim in self._made(rule, row, things)]

    def _made(self, rule: Claiming, row: Row, things: dict[str, list[Named]]) -> Iterator[Claim]:
        weak = rule.weak is not None and row.values.get(rule.weak) is True
        evidence = Evidence(row.where(rule.evidence), confidence=WEAK if weak else 1.0)
        said = {key: _said(row, value) for key, value in rule.with_.items()}
        if rule.mention:
            name = said.pop("name", None)
            for each in things[rule.mention]:
                own = {} if rule.with_ and each.node.label == "Facility" else dict(each.own)
                known = properties(**own | {key: value for key, value in said.items() if value is not None})
                yield Mention(each.node, name or each.name, evidence, known, named=each.named or name is not None)
            return
        status = _status(row.values.get(rule.status)) if rule.status else "active"
        for start in things[str(rule.start)]:
            for end in things[str(rule.end)]:
                if _belong(self.kind.things[str(rule.end)], rule, start, end):
                    yield Tie(str(rule.tie), start.node, end.node, evidence, status, properties(**said))

    def _things(self, thing: Thing, row: Row, known: dict[str, list[Named]]) -> list[Named]:
        match thing.is_:
            case "Document":
                return [Named(Node("Document", self.document.id), self.document.title)]
            case "Event":
                return [self._event(thing, row, known)]
            case "Agreement":
                return self._agreement(thing, row, known)
        column = next((each for each in thing.named if each in row.values), None)
        if column is None:
            return []
        value = row.values[column]
        found = [self._named(thing, row, column, each, known) for each in (value if _is_list(value) else (value,))]
        return list(dict.fromkeys(each for group in found for each in group))

    def _named(self, thing: Thing, row: Row, column: str, value: Any, known: dict[str, list[Named]]) -> list[Named]:
        header = row.headers.get(column, column)
        if len(value) > _LONGEST_NAME:
            raise BadInput("register.long_cell", column=header, length=len(value), most=_LONGEST_NAME)
        match thing.is_:
            case "Place":
                return [Named(Node("Place", names.place_id(value)), value, named=False)]
            case "Official":
                return [self._official(thing, header, value, known)]
            case "Program":
                owners = [each.node for name in thing.at for each in known[name]]
                return [Named(Node("Program", names.program_id(value, each.id)), value, owner=each) for each in owners]
            case "Venue":
                return _venue(header, value)
            case "Partner" | "Holder":
                allowed = PARTNERS if thing.is_ == "Partner" else _HOLDERS
                return [_organisation(*partner(header, value, row.values.get(thing.sort or ""), allowed), value)]
        return [_organisation(thing.is_, None, value)]

    def _official(self, thing: Thing, header: str, value: Any, known: dict[str, list[Named]]) -> Named:
        if isinstance(value, Listed):
            owner = _organisation(*partner(header, value.organisation, None, _HOLDERS), value.organisation).node
            name = value.name
        else:
            owner, name = known[thing.at[0]][0].node, value
        return Named(Node("Official", names.official_id(name, owner.id)), names.person_name(name), owner=owner)

    def _event(self, thing: Thing, row: Row, known: dict[str, list[Named]]) -> Named:
        day = row.values.get(str(thing.day))
        kind = row.values[str(thing.kind)]
        at = next((each for name in thing.at for each in known.get(name, ())), None)
        text = next((row.values[column] for column in thing.named if column in row.values), "")
        apart = "" if at or not text else f"-{names.slug(names.fold(text) or text)}"
        written = day.isoformat() if day else None
        id_ = names.event_id(kind + apart, written, at.node.id if at else None, self.document.id)
        named = [schema().vocabularies["event_kind"][kind].id, at.name if at else text, written or ""]
        return Named(Node("Event", id_), ", ".join(filter(None, named)))

    def _agreement(self, thing: Thing, row: Row, known: dict[str, list[Named]]) -> list[Named]:
        kind, number = row.values[str(thing.kind)], row.values.get(str(thing.number), "")
        day = row.values.get(str(thing.day))
        parties = [each for name in thing.parties for each in known[name]]
        if not parties and not number:
            return []
        distinct = number if len(names.slug(number)) >= _SHORTEST_NUMBER and any(map(str.isdigit, number)) else ""
        ids = [party.node.id for party in parties] or [f"number:{number}"]
        id_ = names.agreement_id(kind, day.isoformat() if day else None, ids, self.document.id, distinct)
        called = schema().vocabularies["agreement_kind"][kind].id
        more = f" + {len(parties) - _NAMED_PARTIES}" if len(parties) > _NAMED_PARTIES else ""
        listed = ", ".join(party.name for party in parties[:_NAMED_PARTIES]) or number
        return [Named(Node("Agreement", id_), f"{called}: {listed}{more}")]


def _applies(rule: Claiming, row: Row) -> bool:
    values = row.values
    if not (rule.given or rule.any_of or rule.unless):
        return True
    if any(column not in values for column in rule.given):
        return False
    if rule.any_of and not any(column in values for column in rule.any_of):
        return False
    return all(values.get(column) != value for column, value in rule.unless.items())


def _said(row: Row, value: str) -> Any:
    """Return a property's value: a column's, or the word after "="."""
    return value[1:] if value.startswith("=") else row.values.get(value)


def _status(value: Any) -> str:
    if isinstance(value, bool):
        return "planned" if value else "active"
    return registers().claim_status.get(value, value) if value else "active"


def _belong(thing: Thing, rule: Claiming, start: Named, end: Named) -> bool:
    """Whether a tie may run between these two: a unit runs its own programs, not those of another in the same cell."""
    return end.owner is None or rule.start not in thing.at or end.owner == start.node


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple) and not isinstance(value, Listed)


@lru_cache(maxsize=20_000)
def _organisation(label: str, kind: str | None, name: str) -> Named:
    unit = names.unit_name(name) if label == "Facility" else None
    seen = sort_of(name) if label == "PublicBody" and kind is None else None
    kind = seen.kind if seen and seen.label == label else kind
    own = properties(kind=unit.kind, purpose=unit.purpose, **{"class": unit.klass or None}) if unit else ()
    return Named(Node(label, names.organisation_id(label, name)), name, own=properties(kind=kind) if kind else own)


def _venue(header: str, text: str) -> list[Named]:
    label = venue(text)
    if label == "Place":
        code = place_code(header, text)
        return [Named(Node("Place", names.place_id(code)), code, named=False)]
    if label is None:
        return []
    return [_organisation(*partner(header, text, None, _HOLDERS), text)]
