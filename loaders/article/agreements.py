"""Papers of cooperation: signed now, in force, planned or ended."""

import datetime
import re
from collections.abc import Iterator, Sequence

from loaders.article.article import Article
from loaders.article.context import distinct, units_of
from loaders.article.events import is_planned
from loaders.article.facts import Paper, Spot
from loaders.article.grammar import kinds, pattern
from loaders.article.lexicon import words
from loaders.article.parties import (
    first_act,
    has_parties,
    is_partner,
    lists_of,
    of_the_service,
    office_speaking,
    parties,
    partners_of,
)
from loaders.article.partners import stated
from loaders.article.references import Body
from loaders.article.shapes import Shape

_MOST_SEPARATE = 6
_BOTH = re.compile(r"\b(?:kedua(?: belah)? pihak|keduanya)\b")
_AUDIENCE = re.compile(r"audiensi|bertemu|pertemuan|menemui")
_NUMBER = re.compile(r"\b[Nn]o(?:mor)?\.?:? ([A-Z0-9][\w.\-]*[/.][\w./\-]*\d)")
_NOTHING = ("", "")


def agreements(article: Article) -> list[Paper]:
    """Return the agreements of an article: the acts of signing it tells of first, then all others."""
    signed: list[tuple[Shape, str]] = []
    other: list[Paper] = []
    before: Shape | None = None
    for shape in article.shapes:
        status, kind = _status(shape, before)
        before = shape
        if status == "signed":
            signed.append((shape, kind))
        elif status:
            other += _single(article, shape, kind, status)
    acts = list(_acts(article, signed))
    for paper in other:
        if paper.status == "planned" and not any(is_partner(body) for body, _ in paper.parties):
            paper.parties += _likely_partners(article, paper, acts)
    kept = [paper for paper in other if len(paper.parties) > 1 or paper.kind != "other"]
    return _without_repeats([*acts, *kept])


def _status(shape: Shape, before: Shape | None) -> tuple[str, str]:
    """Return what a sentence says of a paper (planned, signed, in_force, ended) and the paper's kind."""
    code = shape.code
    act = pattern("agreements", "signing").search(code)
    kind = _kind(code, act.start() if act else 0) or (_kind_behind(shape, act, before) if act else "")
    if not kind or pattern("agreements", "not_cooperation").search(code):
        return _NOTHING
    if pattern("agreements", "ended").search(code) and has_parties(shape):
        return "ended", kind
    if pattern("agreements", "in_force").search(code) and not (act and shape.of("D")):
        return ("in_force", kind) if has_parties(shape) or _BOTH.search(code) else _NOTHING
    if not act or pattern("agreements", "hoped").search(code, 0, act.start()):
        return _NOTHING
    return _act_status(code, kind)


def _act_status(code: str, kind: str) -> tuple[str, str]:
    told = bool(pattern("agreements", "telling").search(code))
    acts = pattern("agreements", "signing").finditer(code)
    if "sudah bisa" in code or all(is_planned(code, match.start()) for match in acts):
        return ("planned", kind) if kind != "paper" or (told and "perjanjian" in code) else _NOTHING
    return ("signed", kind) if kind != "paper" or told else _NOTHING


def _kind(code: str, position: int) -> str:
    """Return the kind of paper named nearest to the act; `paper` where its kind stays open."""
    found = [
        (abs(match.start() - position), number, kind)
        for number, (kind, named) in enumerate(kinds("agreements", "kinds"))
        for match in named.finditer(code)
    ]
    explicit = [entry for entry in found if entry[2] != "paper"]
    return min(explicit)[2] if explicit else "paper" if found else ""


def _kind_behind(shape: Shape, act: re.Match[str], before: Shape | None) -> str:
    """Return the kind of paper of an act that names none: that of the sentence before, else `paper` if parties sign."""
    if pattern("agreements", "no_paper").search(shape.code):
        return ""
    near = before is not None and before.sentence.paragraph == shape.sentence.paragraph
    kind = _kind(before.code, 0) if before and near else ""
    signs = pattern("agreements", "signs").match(act[0]) and has_parties(shape)
    return kind or ("paper" if signs else "")


def _acts(article: Article, signed: Sequence[tuple[Shape, str]]) -> Iterator[Paper]:
    """Yield the agreements of the acts of signing: one a kind, or one a partner where the text says so."""
    explicit = [kind for _, kind in signed if kind != "paper"]
    default = explicit[0] if explicit else "pks"
    for kind in dict.fromkeys(default if kind == "paper" else kind for _, kind in signed):
        shapes = [shape for shape, said in signed if said == kind or (said == "paper" and kind == default)]
        yield from _act(article, kind, shapes)


def _act(article: Article, kind: str, shapes: Sequence[Shape]) -> Iterator[Paper]:
    found: dict[Body, Spot] = {}
    telling = [*shapes, *lists_of(article, shapes)]
    for shape in sorted(telling, key=lambda shape: shape.sentence.begin):
        for body in distinct(parties(shape)):
            found.setdefault(body, Spot(shape.sentence, 0.9 if shape in shapes else 0.7))
    first = shapes[0]
    if not any(of_the_service(body) for body in found):
        found |= {unit: Spot(first.sentence, 0.7) for unit in units_of(article, first)}
    if all(body.label == "Facility" for body in found):
        found |= {body: Spot(first.sentence, 0.7) for body in partners_of(article.before(first))}
    if len(found) < 2:
        return
    paper = Paper(kind, "signed", list(found.items()), _signed_on(article), _subject(shapes), Spot(first.sentence))
    paper.signers = [
        (ref.person, Spot(shape.sentence))
        for shape in shapes
        for ref in parties(shape)
        if ref.letter == "J" and ref.person
    ]
    paper.number = next((match[1] for shape in shapes if (match := _NUMBER.search(shape.sentence.text))), None)
    paper.ends_on = _ends_on(article, paper.date)
    separate = any(pattern("agreements", "each").search(shape.code) for shape in shapes)
    yield from _separate(paper) if separate else [paper]


def _separate(paper: Paper) -> Iterator[Paper]:
    """Yield one agreement a partner."""
    units = [entry for entry in paper.parties if entry[0].label == "Facility"]
    others = [entry for entry in paper.parties if entry[0].label != "Facility"]
    if not units or not 1 < len(others) <= _MOST_SEPARATE:
        yield paper
        return
    for partner in others:
        single = Paper(paper.kind, paper.status, [*units, partner], paper.date, paper.subject, paper.spot)
        single.signers = paper.signers
        single.ends_on = paper.ends_on
        yield single


def _single(article: Article, shape: Shape, kind: str, status: str) -> Iterator[Paper]:
    """Yield what one sentence says of a paper that is not signed at the event told of."""
    if status == "in_force" and kind == "paper":
        yield from _standing(article, shape)
        return
    found = {body: Spot(shape.sentence) for body in distinct(first_act(shape, parties(shape)))}
    office = office_speaking(shape)
    if not found and office:
        found = {office: Spot(shape.sentence, 0.7)}
    elif not any(of_the_service(body) for body in found):
        found |= {unit: Spot(shape.sentence, 0.7) for unit in units_of(article, shape)}
    if not any(body.label != "Facility" for body in found) and _BOTH.search(shape.code):
        named = partners_of(article.shapes[: article.place_of(shape)])
        found |= {body: Spot(shape.sentence, 0.7) for body in named[-1:]}
    if len(found) > 1 or (status == "planned" and found):
        kind = "pks" if kind == "paper" else kind
        yield Paper(kind, status, list(found.items()), None, _subject([shape]), Spot(shape.sentence))


def _standing(article: Article, shape: Shape) -> Iterator[Paper]:
    """Yield the standing cooperation, its paper unknown, that a sentence states: its units with their partners."""
    ties = [tie for tie in stated(article, shape) if tie.status == "active"]
    found: dict[Body, Spot] = {}
    for tie in ties:
        found.setdefault(tie.facility, tie.spot)
    for tie in ties:
        found.setdefault(tie.partner, tie.spot)
    if found:
        yield Paper("other", "in_force", list(found.items()), None, _subject([shape]), Spot(shape.sentence))


def _likely_partners(article: Article, paper: Paper, acts: Sequence[Paper]) -> list[tuple[Body, Spot]]:
    """Return the likely partners of a planned paper that names none.

    Those who signed another one in this article; else those of the sentences before it in the paragraph; else, after
    an audience, those of the article's first sentences.
    """
    place = next(shape for shape in article.shapes if shape.sentence is paper.spot.sentence)
    if pattern("agreements", "unnamed").search(place.code):
        return []
    if acts:
        named = [body for act in acts for body, _ in act.parties]
    else:
        opening = article.shapes[:2]
        met = any(_AUDIENCE.search(shape.code) for shape in opening)
        named = partners_of(article.before(place)) or (partners_of(opening) if met else [])
    known = {body for body, _ in paper.parties}
    return [(body, Spot(paper.spot.sentence, 0.5)) for body in dict.fromkeys(named) if body not in known]


def _signed_on(article: Article) -> datetime.date | None:
    for shape in article.shapes:
        for ref in shape.of("D"):
            if ref.day and ref.day.written.use == "day" and ref.day.date:
                return ref.day.date
    return None


def _ends_on(article: Article, signed_on: datetime.date | None) -> datetime.date | None:
    """Return the day until which the papers signed here are said to hold."""
    for shape in article.shapes:
        if not pattern("agreements", "holds").search(shape.code):
            continue
        for ref in shape.of("D"):
            end = ref.day.date if ref.day and ref.day.written.use == "bound" else None
            if end and signed_on and end > signed_on:
                return end
    return None


def _subject(shapes: Sequence[Shape]) -> str:
    """Return what a paper is about, in the words of the text."""
    about = re.compile(rf"\b(?:{'|'.join(words('agreements')['about'])}) [^§.,;“”\"]{{4,80}}")
    for shape in shapes:
        match = about.search(shape.code)
        if match:
            begin = shape.offset(match.start()) - shape.sentence.begin
            return shape.sentence.text[begin : begin + len(match[0])].strip()
    return ""


def _without_repeats(papers: Sequence[Paper]) -> list[Paper]:
    kept: list[Paper] = []
    for paper in papers:
        if not any(_repeats(other, paper) for other in kept):
            kept.append(paper)
    return kept


def _repeats(other: Paper, paper: Paper) -> bool:
    if other.kind != paper.kind and "other" not in (other.kind, paper.kind):
        return False
    within = {body for body, _ in paper.parties} <= {body for body, _ in other.parties}
    return within and (other.status == paper.status or paper.kind == "other" or other.status == "signed")
