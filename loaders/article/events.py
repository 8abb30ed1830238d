"""What happened and what is to happen."""

import re
from collections.abc import Iterator

from loaders.article.article import Article
from loaders.article.attendance import attend
from loaders.article.facts import Happening, Presence, Spot
from loaders.article.grammar import clause, kinds, pattern, refs_in
from loaders.article.lexicon import words
from loaders.article.shapes import Ref, Shape

_ROOM = r"(?:aula|ruang|wisma|gedung|halaman|lapangan|pendopo|lobi)(?: [a-z]+){0,4}"
_PLACE = re.compile(rf"(?<!\w)(?:di|pada) ((?:[a-z.\-]+ ){{0,5}}?§[FBCO]\d+|{_ROOM})")


def events(article: Article) -> list[Happening]:
    """Return the events of an article: those that happened on a stated day, then those that are planned."""
    found: list[Happening] = []
    for shape in article.shapes:
        for event in [*_dated(article, shape), *_same_occasion(shape, found), *_planned(article, shape)]:
            _merge(found, event)
    if not any(not event.planned for event in found):
        found[:0] = _undated(article)
    attend(article, found)
    return found


def _merge(found: list[Happening], event: Happening) -> None:
    for known in found:
        if known.type == event.type and known.planned == event.planned and _same_day(known, event):
            known.date, known.date_text = known.date or event.date, known.date_text or event.date_text
            known.place, known.place_text = known.place or event.place, known.place_text or event.place_text
            known.present += event.present
            return
    found.append(event)


def _same_day(known: Happening, event: Happening) -> bool:
    return known.date == event.date or (known.planned and None in (known.date, event.date))


def kind_at(code: str, begin: int = 0, end: int | None = None) -> tuple[str, re.Match[str]] | None:
    """Return the weightiest kind of event told of in a stretch of a shape, and where."""
    for kind, told in kinds("events", "kinds"):
        match = told.search(code, begin, len(code) if end is None else end)
        if match:
            return kind, match
    return None


def is_planned(code: str, position: int) -> bool:
    """Return whether a planning word stands before a happening in its clause, with nothing that says it is done."""
    begin, end = clause(code, position)
    before = code[max(begin, position - 250) : position]
    planned = list(pattern("events", "planned").finditer(before))
    if not planned:
        return bool(
            _BEHIND.match(code, position, end)
            and pattern("events", "planned").search(code, position, min(end, position + 75))
        )
    return not pattern("events", "done").search(before, planned[-1].end())


_BEHIND = re.compile(
    r"pe[a-z]+ [a-z§A-Z0-9 ]{0,30}?(?:akan|rencana|dijadwalkan|ditargetkan|direncanakan|bakal|segera|menunggu)"
)


def _dated(article: Article, shape: Shape) -> Iterator[Happening]:
    for number, ref in enumerate(shape.refs):
        if ref.letter != "D" or not ref.day or ref.day.written.use != "day":
            continue
        told = _told(article, shape, shape.code.find(f"§D{number}"))
        if not told:
            continue
        kind, where, position, sure = told
        planned = is_planned(where.code, position) if where is shape else False
        spot = Spot(shape.sentence, (0.9 if sure else 0.7) if ref.day.sure else 0.5)
        yield _happening(article, kind, shape, ref, planned, spot)
        yield from _before_it(article, kind, shape, ref, spot)


def _told(article: Article, shape: Shape, position: int) -> tuple[str, Shape, int, bool] | None:
    """Return the kind of event on a day: told in the sentence, else in the next of the paragraph, else in the title."""
    begin, _ = _after_part(shape)
    found = kind_at(shape.code, begin) or kind_at(shape.code)
    if found and found[0] != "weak":
        return found[0], shape, found[1].start(), True
    index = article.place_of(shape)
    for following in article.shapes[index + 1 : index + 3]:
        told = kind_at(following.code) if following.sentence.paragraph == shape.sentence.paragraph else None
        if told and told[0] not in ("other", "weak") and not is_planned(following.code, told[1].start()):
            return told[0], following, told[1].start(), False
    before = _told_before(article, index) if not found or _POINTS_BACK.search(shape.code) else None
    if before:
        return before
    if found:
        return "other", shape, found[1].start(), True
    told = kind_at(article.title.lower())
    return (told[0], shape, position, False) if told and told[0] != "weak" else None


_POINTS_BACK = re.compile(
    r"(?:kegiatan|acara|prosesi|peristiwa|agenda)(?: (?:ini|itu|tersebut|yang|pun))* "
    r"(?:di(?:gelar|laksanakan|selenggarakan|adakan|langsungkan|pusatkan)|berlangsung|bertempat)"
)
"""A sentence that tells when and where, and leaves to the one before it what."""


def _told_before(article: Article, index: int) -> tuple[str, Shape, int, bool] | None:
    """Return the kind of event told right before a sentence that only says when: "Kegiatan ini digelar Senin (1/4)"."""
    for shape in reversed(article.shapes[max(0, index - 2) : index]):
        told = kind_at(shape.code)
        if told and told[0] not in ("other", "weak") and not shape.of("D"):
            return (told[0], shape, told[1].start(), False) if not is_planned(shape.code, told[1].start()) else None
    return None


def _after_part(shape: Shape) -> tuple[int, int]:
    """Return where the main clause begins behind "Usai upacara …, Selasa, …"; 0 where there is no such opening."""
    match = pattern("events", "after").search(shape.code, 0, 45)
    comma = shape.code.find(",", match.end()) if match else -1
    return (comma, comma) if comma > 0 else (0, 0)


def _before_it(article: Article, kind: str, shape: Shape, ref: Ref, spot: Spot) -> Iterator[Happening]:
    """Yield the event that the sentence opens with: "Usai upacara Hari Kesadaran, Selasa (17/9), …"."""
    begin, _ = _after_part(shape)
    if not begin:
        return
    found = kind_at(shape.code, 0, begin)
    if found and found[0] not in (kind, "other", "weak"):
        yield _happening(article, found[0], shape, ref, False, spot)


def _happening(
    article: Article,
    kind: str,
    shape: Shape,
    ref: Ref | None,
    planned: bool,
    spot: Spot,
    zone: tuple[int, int] | None = None,
) -> Happening:
    date = ref.day.date if ref and ref.day else None
    event = Happening(kind, date, article.text[ref.begin : ref.end] if ref else None, planned, spot)
    begin, end = zone or (0, len(shape.code))
    event.words = shape.code[begin:end]
    event.about = list(
        dict.fromkeys(ref.body for _, ref in refs_in(shape, begin, end) if ref.letter == "F" and ref.body)
    )
    _locate(event, shape, begin, end)
    return event


def _zone(shape: Shape, kind: str, position: int) -> tuple[int, int]:
    """Return the part of a sentence that tells of one event.

    What follows up to an event of another kind; before a passive, what stands before it.
    """
    if shape.code.startswith("di", position):
        begin, _ = clause(shape.code, position)
        before = [
            match.end()
            for other, told in kinds("events", "kinds")
            if other != kind
            for match in told.finditer(shape.code, begin, position)
        ]
        return max([begin, *before]), position
    others = [told.search(shape.code, position + 1) for other, told in kinds("events", "kinds") if other != kind]
    return position, min((match.start() for match in others if match), default=len(shape.code))


def _locate(event: Happening, shape: Shape, begin: int, end: int) -> None:
    match = _PLACE.search(shape.code, begin, end)
    if not match:
        return
    refs = [ref for _, ref in refs_in(shape, match.start(1), match.end(1))]
    if refs and refs[-1].body:
        event.place = refs[-1].body
        before = shape.code[match.start(1) : match.end(1)].split("§")[0].strip()
        event.place_text = f"{before} {event.place.name}" if before else event.place.name
    else:
        event.place_text = match[1]


def _same_occasion(shape: Shape, found: list[Happening]) -> Iterator[Happening]:
    """Yield a further event of a weighty kind on the day of the one told before: "Pada kesempatan yang sama …"."""
    done = [event for event in found if not event.planned and event.date]
    told = kind_at(shape.code)
    if not done or not told or shape.of("D") or not _strong(told[0], shape.code):
        return
    if pattern("events", "same_occasion").search(shape.code) and not is_planned(shape.code, told[1].start()):
        first = done[0]
        yield Happening(
            told[0], first.date, first.date_text, False, Spot(shape.sentence, 0.7), first.place, first.place_text
        )


def _strong(kind: str, code: str) -> bool:
    """Whether a kind of event counts without a day of its own."""
    if kind in words("events")["strong_with_means"]:
        return bool(pattern("events", "goods").search(code))
    return kind in words("events")["strong"]


def _planned(article: Article, shape: Shape) -> Iterator[Happening]:
    dated = [ref for ref in shape.refs if ref.letter == "D"]
    for kind, told in kinds("events", "kinds"):
        if kind not in words("events")["strong"]:
            continue
        for match in told.finditer(shape.code):
            if not is_planned(shape.code, match.start()):
                continue
            if dated and any(ref.day and ref.day.written.use == "day" for ref in dated):
                break
            event = _happening(
                article, kind, shape, None, True, Spot(shape.sentence), _zone(shape, kind, match.start())
            )
            vague = _vague(shape.code)
            event.date_text = vague[0] if vague else None
            event.present += _unnamed(article, shape, match.end())
            yield event
            break


def _vague(code: str) -> re.Match[str] | None:
    return pattern("dates", "vague").search(code)


def _unnamed(article: Article, shape: Shape, position: int) -> Iterator[Presence]:
    """Yield holders of posts without a name who are to come: "akan diresmikan Gubernur …"."""
    for _, ref in refs_in(shape, position, len(shape.code)):
        if ref.letter == "J" and ref.person is None and ref.held:
            yield Presence(article.text[ref.begin : ref.end], None, Spot(shape.sentence))


def _undated(article: Article) -> list[Happening]:
    """Return the one event of an article that states no day: what its first sentences tell of."""
    for shape in article.shapes[:2]:
        found = kind_at(shape.code)
        if found and found[0] not in ("other", "weak") and not is_planned(shape.code, found[1].start()):
            return [_happening(article, found[0], shape, None, False, Spot(shape.sentence, 0.7))]
    return []
