"""Who works with which unit."""

import re
from collections.abc import Iterator, Sequence

from loaders.article.article import Article
from loaders.article.context import also_main, area_of, units_of
from loaders.article.events import is_planned
from loaders.article.facts import Cooperation, Paper, Spot
from loaders.article.grammar import clause, pattern, patterns, refs_in
from loaders.article.references import Body
from loaders.article.shapes import Shape


def partnerships(article: Article, papers: Sequence[Paper]) -> list[Cooperation]:
    """Return each unit's partners: parties of its agreements, and those said to contribute to its work.

    Of several sayings about one pair the first counts, an active one before a planned one; pairs whose agreement the
    article calls ended are left out.
    """
    found: dict[tuple[Body, Body], Cooperation] = {}
    ended = {pair for paper in papers if paper.status == "ended" for pair in _pairs(paper)}
    by_words = (tie for shape in article.shapes for tie in stated(article, shape))
    for tie in (*_by_paper(article, papers), *by_words):
        pair = (tie.facility, tie.partner)
        known = found.get(pair)
        if pair not in ended and (known is None or (known.status == "planned" and tie.status == "active")):
            found[pair] = tie
    return list(found.values())


def may_partner(body: Body) -> bool:
    """Return whether an organisation can be a unit's partner: none of the service, and named by more than a post."""
    if body.label == "Facility" or body.kind == "corrections":
        return False
    return not body.implied or body.kind == "local_government"


def _pairs(paper: Paper) -> Iterator[tuple[Body, Body]]:
    for unit, _ in paper.parties:
        for partner, _ in paper.parties:
            if unit.label == "Facility" and may_partner(partner):
                yield unit, partner


def _by_paper(article: Article, papers: Sequence[Paper]) -> Iterator[Cooperation]:
    for paper in papers:
        if paper.status == "ended":
            continue
        spots = dict(paper.parties)
        status = "planned" if paper.status == "planned" else "active"
        for unit, partner in _pairs(paper):
            spot = Spot(spots[partner].sentence, min(spots[partner].confidence, spots[unit].confidence))
            area = area_of(partner.name, paper.subject, spot.sentence.text, article.text)
            yield Cooperation(unit, partner, area, status, spot)


def stated(article: Article, shape: Shape) -> Iterator[Cooperation]:
    """Yield the cooperations that one sentence states."""
    if not shape.of("CBOJ"):
        return
    if pattern("partners", "never").search(shape.code) or pattern("agreements", "not_cooperation").search(shape.code):
        return
    for status in ("active", "planned"):
        for told in patterns("partners", status):
            for match in told.finditer(shape.code):
                yield from _told(article, shape, match, status)


def _told(article: Article, shape: Shape, match: re.Match[str], status: str) -> Iterator[Cooperation]:
    """Yield the cooperation of every partner with every unit that a pattern found."""
    begin, end = clause(shape.code, match.start("P"))
    if pattern("agreements", "hoped").search(shape.code, begin, match.start()):
        return
    named = _units_here(shape, match.start("F"), match.end("F")) if match.groupdict().get("F") else []
    here = named or _units_here(shape, begin, end)
    if status == "active" and is_planned(shape.code, match.end()) and _intends(shape.code, begin, match.end()):
        status = "planned"
    if _watches(shape.code, match.end("P")) or _negated(shape.code, match.start()):
        return
    sure = dict.fromkeys(here or units_of(article, shape, match.start("P")), 0.9 if here else 0.7)
    main = article.main()
    if here and main and also_main(shape.code):
        sure.setdefault(main, 0.7)
    for partner in _partners(shape, match):
        area = area_of(shape.code[begin:end], partner.name, article.text)
        for unit, confidence in sure.items():
            yield Cooperation(unit, partner, area, status, Spot(shape.sentence, confidence))


def _partners(shape: Shape, match: re.Match[str]) -> list[Body]:
    found = [ref.body for _, ref in refs_in(shape, match.start("P"), match.end("P")) if ref.body]
    return [body for body in dict.fromkeys(found) if may_partner(body)]


def _intends(code: str, begin: int, end: int) -> bool:
    return bool(pattern("partners", "intends").search(code, begin, end))


def _watches(code: str, position: int) -> bool:
    return bool(pattern("partners", "watching").match(code, position))


def _negated(code: str, position: int) -> bool:
    return bool(pattern("partners", "negated").search(code[max(0, position - 40) : position]))


def _units_here(shape: Shape, begin: int, end: int) -> list[Body]:
    """Return the units of a clause, all of a list; else those whose heads it names."""
    refs = [ref for _, ref in refs_in(shape, begin, end) if ref.body and ref.body.label == "Facility"]
    here = [ref for ref in refs if ref.letter == "F"] or refs
    return list(dict.fromkeys(ref.body for ref in here if ref.body))
