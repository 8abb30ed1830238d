"""Who works with which unit."""

import re
from collections.abc import Iterator

from loaders.article.article import Article
from loaders.article.shapes import Ref, Shape
from loaders.article.context import also_main, area_of, units_of
from loaders.article.events import is_planned
from loaders.article.facts import Cooperation, Paper, Spot
from loaders.article.grammar import clause, pattern, patterns, refs_in
from loaders.article.references import Body


def partnerships(article: Article, papers: list[Paper]) -> list[Cooperation]:
    """Return each unit's partners: parties of its agreements, and those said to contribute to its work."""
    found: dict[tuple[Body, Body], Cooperation] = {}
    ended = {pair for paper in papers if paper.status == "ended" for pair in _pairs(paper)}
    for tie in [*_by_paper(article, papers), *_by_words(article)]:
        pair = (tie.facility, tie.partner)
        known = found.get(pair)
        if pair not in ended and (known is None or (known.status == "planned" and tie.status == "active")):
            found[pair] = tie
    return list(found.values())


def _pairs(paper: Paper) -> Iterator[tuple[Body, Body]]:
    for unit, _ in paper.parties:
        for partner, _ in paper.parties:
            if unit.label == "Facility" and _may_partner(partner):
                yield unit, partner


def _may_partner(body: Body) -> bool:
    if body.label == "Facility" or body.kind == "corrections":
        return False
    return not body.implied or body.kind == "local_government"


def _by_paper(article: Article, papers: list[Paper]) -> Iterator[Cooperation]:
    for paper in papers:
        if paper.status == "ended":
            continue
        spots = dict(paper.parties)
        for unit, partner in _pairs(paper):
            status = "planned" if paper.status == "planned" else "active"
            spot = Spot(spots[partner].sentence, min(spots[partner].confidence, spots[unit].confidence))
            yield Cooperation(
                unit, partner, area_of(partner.name, paper.subject, spot.sentence.text, article.text), status, spot
            )


def _by_words(article: Article) -> Iterator[Cooperation]:
    for shape in article.shapes:
        yield from stated(article, shape)


def stated(article: Article, shape: Shape) -> Iterator[Cooperation]:
    """Yield the cooperations that one sentence states."""
    if pattern("partners", "never").search(shape.code) or pattern("agreements", "not_cooperation").search(shape.code):
        return
    for status in ("active", "planned"):
        for told in patterns("partners", status):
            for match in told.finditer(shape.code):
                yield from _told(article, shape, match, status)


def _told(article: Article, shape: Shape, match: re.Match[str], status: str) -> Iterator[Cooperation]:
    begin, end = clause(shape.code, match.start("P"))
    named = match.groupdict().get("F")
    units = [ref.body for _, ref in refs_in(shape, match.start("F"), match.end("F"))] if named else []
    units = [unit for unit in units if unit]
    here = units or _units_here(shape, begin, end)
    units = here or units_of(article, shape, match.start("P"))
    main = article.main()
    if status == "active" and is_planned(shape.code, match.end()) and _intends(shape.code[begin : match.end()]):
        status = "planned"
    for _, ref in refs_in(shape, match.start("P"), match.end("P")):
        partner = ref.body
        if partner and _may_partner(partner) and not _watches(shape.code, match.end("P")):
            for unit in units:
                area = area_of(shape.code[begin:end], partner.name, article.text)
                yield Cooperation(unit, partner, area, status, Spot(shape.sentence, 0.9 if here else 0.7))
            if here and main and also_main(shape.code):
                yield Cooperation(
                    main,
                    partner,
                    area_of(shape.code[begin:end], partner.name, article.text),
                    status,
                    Spot(shape.sentence, 0.7),
                )


def _intends(said: str) -> bool:
    return bool(
        re.search(r"\b(?:menjajaki|dijajaki|penjajakan|berencana|rencana|segera|bakal|hendak|akan|ingin)\b", said)
    )


def _watches(code: str, position: int) -> bool:
    return bool(re.match(rf",? (?:yang )?{pattern('partners', 'watching').pattern}", code[position : position + 60]))


def _units_here(shape: Shape, begin: int, end: int) -> list[Body]:
    """Return the units of a clause, all of a list; else those whose heads it names."""
    here = [ref.body for _, ref in refs_in(shape, begin, end) if ref.letter == "F" and ref.body]
    here = here or [ref.body for _, ref in refs_in(shape, begin, end) if ref.letter == "J" and _of_unit(ref)]
    return list(dict.fromkeys(here))


def _of_unit(ref: Ref) -> bool:
    return ref.body is not None and ref.body.label == "Facility"
