"""Who was at an event: named in its sentence, or said to be present in another."""

from collections.abc import Iterator, Sequence

from loaders.article.article import Article
from loaders.article.facts import Happening, Presence, Spot
from loaders.article.grammar import kinds, pattern, refs_in
from loaders.article.shapes import Ref, Shape


def attend(article: Article, events: Sequence[Happening]) -> None:
    """Note in each event that happened who was there.

    Sentences that say who was present, without a day of their own, speak of the first event told.
    """
    done = [event for event in events if not event.planned]
    for shape in article.shapes:
        for event in done:
            here = shape.sentence is event.spot.sentence
            if here or (event is done[0] and _speaks_of_presence(shape)):
                event.present += _present(shape, 0.9 if here else 0.7)


def _speaks_of_presence(shape: Shape) -> bool:
    """Whether a sentence says who was there, and not who signed or did something at another time."""
    if pattern("agreements", "in_force").search(shape.code) and "hadir" not in shape.code:
        return False
    return bool(pattern("events", "present").search(shape.code)) and not shape.of("D")


def _present(shape: Shape, confidence: float) -> Iterator[Presence]:
    for position, ref in refs_in(shape, 0, len(shape.code)):
        if _speaks_only(shape.code, position):
            continue
        if ref.letter == "J" and ref.person:
            yield Presence(ref.person, _role(shape.code, position, ref), Spot(shape.sentence, confidence))
        elif ref.letter in "FCBO" and ref.body and _sent_somebody(shape.code, position):
            yield Presence(ref.body, None, Spot(shape.sentence, confidence))


def _speaks_only(code: str, position: int) -> bool:
    return bool(pattern("agreements", "said_by").search(code[max(0, position - 14) : position]))


def _sent_somebody(code: str, position: int) -> bool:
    """Whether an organisation is named as present itself: "dihadiri perwakilan Lapas X"."""
    if pattern("agreements", "before_places").search(code[max(0, position - 40) : position]):
        return False
    return bool(pattern("events", "sent").search(code[max(0, position - 60) : position]))


def _role(code: str, position: int, ref: Ref) -> str | None:
    """Return the role of an official: said right before the mention, or right behind it."""
    before, behind = code[max(0, position - 60) : position], position + len(f"§{ref.letter}") + 1
    for role, said in kinds("events", "roles"):
        if said.search(before):
            return role
        after = code[behind : behind + 60].split("§")[0]
        if role != "signatory" and said.search(after):
            return role
    return None
