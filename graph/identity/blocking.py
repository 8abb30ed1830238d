"""Which pairs of names are worth comparing: those that share a key, never all pairs.

Each thing gets a few short keys, made so that whatever can be one thing shares at least one: the parts by today's
spelling, two and two, the whole without blanks, a part beside the place or the organisation, and both ends of a single
word, of which a slip of the hand leaves one. Keys carry the kind (and a unit's purpose), because nothing is ever one
across these.
"""

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from graph.identity.bodies import Body, read_body
from graph.identity.named import Named
from graph.identity.people import Person, frequent, read_person
from graph.identity.spelling import Word, squeezed
from graph.identity.units import Unit, read_unit, seat

LARGEST_BLOCK = 30
"""Above this, the things of a block are not all compared with each other: see `_narrowed`."""
WINDOW = 6
_MOST_PARTS = 5
_END = 6
_SLIP_END = 3
_PLACES = 24  # bits of a packed entry that number the thing: 16 million of them
_MASK = (1 << _PLACES) - 1
Pair = tuple[int, int]


def keys(named: Named) -> frozenset[str]:
    """Return the keys of a thing: two that may be one share at least one of them."""
    return frozenset({*_own(named), *_calls(named), *_answers(named)})


def _own(named: Named) -> Iterator[str]:
    return (f"{named.kind}|{key}" for key in _keys(named))


def _keys(named: Named) -> Iterator[str]:
    if named.kind == "official":
        yield from _person_keys(read_person(named.name), named)
        return
    unit = read_unit(named.name) if named.kind == "facility" else None
    if unit:
        yield from _unit_keys(unit)
    else:
        yield from _body_keys(read_body(named.kind, named.name))


def _person_keys(person: Person, named: Named) -> Iterator[str]:
    """A part of a name in common is enough at one organisation; elsewhere it takes two, or the whole name.

    Two parts that very many bear are not enough, unless they are the whole name.
    """
    full = person.full[:_MOST_PARTS]
    yield from _pairs(full, frequent())
    yield f"={squeezed(full)}"
    for post in named.posts:
        for part in full:
            yield f"{post.organisation or post.name} {part.key}"
            if part.other:
                yield f"{post.organisation or post.name} {part.other}"
            yield f"{post.organisation or post.name} {part.key[:_SLIP_END]}."


def _unit_keys(unit: Unit) -> Iterator[str]:
    lead = f"{unit.kind} {unit.purpose.replace('special', 'general')}"
    yield f"{lead} {seat(unit).key}"
    if seat(unit).region:
        yield f"{lead} {seat(unit).region}"
    for word in unit.place:
        yield f"{lead} {word}"
    for end in _ends(unit.key):
        yield f"{lead} {end}"


def _body_keys(body: Body) -> Iterator[str]:
    words = list(body.words[:_MOST_PARTS])
    at = body.territory.key if body.territory else ""
    yield from (f"{pair} {at}" for pair in _pairs(words))
    yield f"={squeezed(words)} {at}"
    if len(words) == 2:
        for word, other in (words, reversed(words)):
            yield f"one {word.key} {other.key[:2]} {body.form} {at}"
    if len(words) == 1:
        yield from (f"{end} {at}" for end in _ends(words[0].key))
    if at:
        yield f"in {at} {words[-1].key}"


def _calls(named: Named) -> Iterator[str]:
    """Yield the keys by which the few look for the many: with initials, without a territory."""
    if named.kind == "official":
        person = read_person(named.name)
        if len(person.full) < len(person.parts):
            yield from (f"{named.kind}|frequent {pair}" for pair in _pairs(person.full))
    if named.kind in ("official", "facility"):
        return
    body = read_body(named.kind, named.name)
    if len(body.words) == 1:
        yield f"{named.kind}|short {body.words[0].text}"
    if body.territory is None:
        yield f"{named.kind}|anywhere {squeezed(body.words)}"


def _answers(named: Named) -> Iterator[str]:
    """Yield the keys by which one of the many is found, if somebody calls."""
    if named.kind == "official":
        known = [part for part in read_person(named.name).full if part.key in frequent()]
        yield from (f"{named.kind}|frequent {pair}" for pair in _pairs(known))
    if named.kind in ("official", "facility"):
        return
    body = read_body(named.kind, named.name)
    if len(body.words) > 1:
        yield f"{named.kind}|short {''.join(word.key[:1] for word in body.words)}"
    if body.initials:
        yield f"{named.kind}|short {body.initials}"
    if body.territory:
        yield f"{named.kind}|anywhere {squeezed(body.words)}"


def _pairs(words: Sequence[Word], frequent: frozenset[str] = frozenset()) -> Iterator[str]:
    heard = sorted({key for word in words for key in (word.key, word.other) if key})
    for one, other in combinations(heard, 2):
        if one not in frequent or other not in frequent:
            yield f"{one} {other}"


def _ends(text: str) -> Iterator[str]:
    yield f"^{text[:_END]}"
    yield f"{text[-_END:]}$"


def pairs(things: Sequence[Named], report: "Narrowed | None" = None) -> Iterator[Pair]:
    """Yield the numbers of the things that are worth comparing, each pair once, the smaller number first.

    Memory is proportional to the number of things, not of pairs. What is narrowed is noted in `report`.
    """
    entries, own = _index(things)
    large = {hashed for hashed, block in _blocks(entries) if len(block) > LARGEST_BLOCK}
    seen: set[Pair] = set()
    for hashed, block in _blocks(entries):
        if hashed not in large:
            yield from (pair for pair in combinations(block, 2) if _first_in_common(own, pair, large) == hashed)
            continue
        if report is not None:
            report.add(len(block))
        for pair in _narrowed(things, block):
            if pair not in seen and _first_in_common(own, pair, large) is None:
                seen.add(pair)
                yield pair


def _blocks(entries: "array[int]") -> Iterator[tuple[int, list[int]]]:
    for hashed, group in groupby(entries, lambda entry: entry >> _PLACES):
        block = [entry & _MASK for entry in group]
        if len(block) > 1:
            yield hashed, block


class Narrowed:
    """How many blocks were too large to compare everybody in them with everybody, and how large the largest was."""

    def __init__(self) -> None:
        self.blocks = 0
        self.largest = 0

    def add(self, size: int) -> None:
        """Count one more."""
        self.blocks += 1
        self.largest = max(self.largest, size)


def _index(things: Sequence[Named]) -> tuple["array[int]", list["array[int]"]]:
    """Return hash and number of every key, packed and sorted, and the sorted hashes of each thing."""
    entries, own = array("Q"), []
    answered = {_hash(key) for named in things for key in _answers(named)}
    called = answered & {_hash(key) for named in things for key in _calls(named)}
    for number, named in enumerate(things):
        spoken = {_hash(key) for keys_ in (_calls(named), _answers(named)) for key in keys_} & called
        hashes = sorted(spoken | {_hash(key) for key in _own(named)})
        own.append(array("Q", hashes))
        entries.extend(hashed << _PLACES | number for hashed in hashes)
    return array("Q", sorted(entries)), own


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).digest())


def _first_in_common(own: Sequence["array[int]"], pair: Pair, large: set[int]) -> int | None:
    """Return the first block that two things share and that is not too large, so that no pair comes twice."""
    there = own[pair[1]]
    return next((key for key in own[pair[0]] if key in there and key not in large), None)


def _narrowed(things: Sequence[Named], block: Sequence[int]) -> Iterator[Pair]:
    """Yield of a very large block those that stand near each other, by name and by where they hold a post.

    A name that hundreds bear says little; two of them are compared when the rest of the name or the place is near too.
    """
    by_name = sorted(block, key=lambda number: (things[number].name.casefold(), number))
    by_place = sorted(block, key=lambda number: (_where(things[number]), things[number].name.casefold(), number))
    for order in (by_name, by_place):
        for at, number in enumerate(order):
            for other in order[at + 1 : at + WINDOW]:
                yield (number, other) if number < other else (other, number)


def _where(named: Named) -> str:
    return named.posts[0].organisation or named.posts[0].name if named.posts else min(named.places, default="")
