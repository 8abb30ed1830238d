"""Who is party to an agreement: not guests, places, speakers or parent bodies."""

import re
from collections.abc import Sequence

from loaders.article.article import Article
from loaders.article.grammar import pattern, refs_in
from loaders.article.lexicon import words
from loaders.article.references import Body
from loaders.article.shapes import Ref, Shape


def parties(shape: Shape) -> list[Ref]:
    """Return the mentions of a sentence that are parties to what is signed in it."""
    guest = pattern("agreements", "guests").search(shape.code)
    act = pattern("agreements", "signing").search(shape.code)
    limit = guest.start() if guest else len(shape.code)
    if guest and act and guest.start() < act.start() and _opens_with_guests(shape, guest.start()):
        return []
    return [ref for position, ref in refs_in(shape, 0, limit) if _may_be_party(shape.code, position, ref)]


def _may_be_party(code: str, position: int, ref: Ref) -> bool:
    if ref.letter == "D" or _is_place(code, position) or _only_speaks(code, position):
        return False
    return not (ref.letter == "J" and ref.body and ref.body.implied and ref.body.kind != "local_government")


def _opens_with_guests(shape: Shape, position: int) -> bool:
    none_before = next(refs_in(shape, 0, position), None) is None
    return none_before or shape.code.startswith("menyaksikan", position)


def opens_with_guests(shape: Shape) -> bool:
    """Return whether a sentence begins by naming who came to watch."""
    match = pattern("agreements", "guests").search(shape.code)
    return match is not None and match.start() < 40


def _is_place(code: str, position: int) -> bool:
    return bool(pattern("agreements", "before_places").search(code[max(0, position - 40) : position]))


def _only_speaks(code: str, position: int) -> bool:
    before, after = code[max(0, position - 14) : position], code[position : position + 40]
    return bool(pattern("agreements", "said_by").search(before) or pattern("agreements", "says").match(after))


def first_act(shape: Shape, found: Sequence[Ref]) -> list[Ref]:
    """Return those parties that stand before a second act: "penandatanganan A …, penandatanganan B …" has two."""
    acts = [match.start() for match in re.finditer(words("agreements")["counted"], shape.code)]
    if len(acts) < 2:
        return list(found)
    near = {id(ref) for _, ref in refs_in(shape, 0, acts[1])}
    return [ref for ref in found if id(ref) in near]


def office_speaking(shape: Shape) -> Body | None:
    """Return the regional office whose head says "kami" in this sentence."""
    if not re.search(r"\bkami\b", shape.code):
        return None
    return next((ref.body for ref in shape.of("J") if ref.body and ref.body.head == "kanwil"), None)


def has_parties(shape: Shape) -> bool:
    """Return whether a sentence names any partner."""
    return any(ref.letter in "CBO" for ref in shape.refs)


def partners_of(shapes: Sequence[Shape]) -> list[Body]:
    """Return the partners, not the service's own bodies, that sentences name, each once, in order."""
    found = [ref.body for shape in shapes for ref in shape.refs if ref.letter in "CBOJ" and ref.body]
    return [body for body in dict.fromkeys(found) if is_partner(body) and not body.implied]


def is_partner(body: Body) -> bool:
    """Return whether an organisation is none of the corrections service."""
    return body.label != "Facility" and body.kind != "corrections"


def of_the_service(body: Body) -> bool:
    """Return whether an organisation is a unit or a regional office."""
    return body.label == "Facility" or (body.head == "kanwil" and body.kind == "corrections")


def lists_of(article: Article, shapes: Sequence[Shape]) -> list[Shape]:
    """Return the sentences near an act that go on listing its parties."""
    begin = min(article.place_of(shape) for shape in shapes)
    near = article.shapes[max(0, begin - 1) : begin + 12]
    return [shape for shape in near if shape not in shapes and _goes_on(shape)]


def _goes_on(shape: Shape) -> bool:
    return (
        bool(shape.of("FCBO"))
        and bool(pattern("agreements", "lists").search(shape.code))
        and (has_parties(shape) or bool(pattern("agreements", "lists_units").search(shape.code)))
        and not opens_with_guests(shape)
        and not pattern("agreements", "others").search(shape.code)
    )
