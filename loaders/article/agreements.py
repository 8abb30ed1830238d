"""Papers of cooperation: signed now, in force, planned or ended, and who is party to them."""

import re
from collections.abc import Iterator

from loaders.article.article import Article, Ref, Shape
from loaders.article.context import distinct, units_of
from loaders.article.events import is_planned
from loaders.article.facts import Paper, Spot
from loaders.article.grammar import kinds, pattern, refs_in
from loaders.article.partners import stated
from loaders.article.references import Body

_NEAR = 90


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
        if paper.status == "planned" and not any(
            body.label not in ("Facility", "PublicBody") or body.kind != "corrections" and body.label == "PublicBody"
            for body, _ in paper.parties
        ):
            paper.parties = paper.parties + _partners_before(article, paper, acts)
    other = [paper for paper in other if len(paper.parties) > 1 or paper.kind != "other"]
    return _without_repeats([*acts, *other])


def _partners_before(article: Article, paper: Paper, acts: list[Paper]) -> list[tuple[Body, Spot]]:
    """Return the likely partners of a planned paper that names none: those who signed another one here; else those
    of the sentences before it in the paragraph; else those of the article's first sentences."""
    if acts:
        named = [body for body, _ in _all_parties(acts)]
    else:
        place = next(index for index, shape in enumerate(article.shapes) if shape.sentence is paper.spot.sentence)
        near = [shape for shape in article.shapes[:place] if shape.sentence.paragraph == paper.spot.sentence.paragraph]
        named = _partners_of(near) or _partners_of(article.shapes[:2] if _audience(article) else [])
    known = {body for body, _ in paper.parties}
    return [(body, Spot(paper.spot.sentence, 0.5)) for body in named if body not in known]


def _audience(article: Article) -> bool:
    return bool(re.search(r"audiensi|bertemu|pertemuan|menemui", " ".join(shape.code for shape in article.shapes[:2])))


def _partners_of(shapes: list[Shape]) -> list[Body]:
    found = [ref.body for shape in shapes for ref in shape.refs if ref.letter in "CBOJ" and ref.body]
    return [
        body
        for body in dict.fromkeys(found)
        if body.label != "Facility" and body.kind != "corrections" and not body.implied
    ]


def _all_parties(acts: list[Paper]) -> list[tuple[Body, Spot]]:
    return list({body: (body, spot) for paper in acts for body, spot in paper.parties}.values())


def _status(shape: Shape, before: Shape | None) -> tuple[str, str]:
    """Return what a sentence says of a paper (planned, signed, in_force, ended) and the paper's kind."""
    code = shape.code
    if pattern("agreements", "not_cooperation").search(code):
        return "", ""
    act = pattern("agreements", "signing").search(code)
    kind = _kind(code, act.start() if act else 0)
    if act and not kind:
        kind = _kind_behind(shape, act, before)
    if not kind:
        return "", ""
    if pattern("agreements", "ended").search(code) and _has_parties(shape):
        return "ended", kind
    if pattern("agreements", "in_force").search(code) and not (act and shape.of("D")):
        return ("in_force", kind) if _has_parties(shape) or _BOTH.search(code) else ("", "")
    if not act or pattern("agreements", "hoped").search(code, 0, act.start()):
        return "", ""
    acts = list(pattern("agreements", "signing").finditer(code))
    if all(is_planned(code, match.start()) for match in acts) or "sudah bisa" in code:
        return ("planned", kind) if kind != "paper" or _unspecific_act(code) and "erjanjian" in code else ("", "")
    return ("signed", kind) if kind != "paper" or _unspecific_act(code) else ("", "")


_BOTH = re.compile(r"\b(?:kedua(?: belah)? pihak|keduanya)\b")


def _kind_behind(shape: Shape, act: re.Match[str], before: Shape | None) -> str:
    """Return the kind of paper of an act that names none: that of the sentence before, else `paper` if parties sign."""
    if pattern("agreements", "no_paper").search(shape.code):
        return ""
    near = before and before.sentence.paragraph == shape.sentence.paragraph
    kind = _kind(before.code, 0) if before and near else ""
    if kind:
        return kind
    return (
        "paper"
        if re.match(r"(?:penandatanganan|menandatangani|ditandatangani|diteken|meneken)", act[0])
        and _has_parties(shape)
        else ""
    )


def _unspecific_act(code: str) -> bool:
    return bool(re.search(r"tanda ?tangan|teken|mengikat|menandatangani|menjalin|perpanjang", code))


def _kind(code: str, position: int) -> str:
    """Return the kind of paper named nearest to the act; `paper` where its kind stays open."""
    found = [
        (abs(match.start() - position), number, kind)
        for number, (kind, named) in enumerate(kinds("agreements", "kinds"))
        for match in named.finditer(code)
    ]
    explicit = [entry for entry in found if entry[2] != "paper"]
    return min(explicit)[2] if explicit else "paper" if found else ""


def _has_parties(shape: Shape) -> bool:
    return any(ref.letter in "CBO" for ref in shape.refs)


def _acts(article: Article, signed: list[tuple[Shape, str]]) -> Iterator[Paper]:
    """Yield the agreements of the acts of signing: one a kind, or one a partner where the text says so."""
    explicit = [kind for _, kind in signed if kind != "paper"]
    default = explicit[0] if explicit else "pks"
    for kind in dict.fromkeys(default if kind == "paper" else kind for _, kind in signed):
        shapes = [shape for shape, said in signed if said == kind or (said == "paper" and kind == default)]
        yield from _act(article, kind, shapes)


def _act(article: Article, kind: str, shapes: list[Shape]) -> Iterator[Paper]:
    telling = [*shapes, *(shape for shape in _lists(article, shapes) if shape not in shapes)]
    parties: dict[Body, Spot] = {}
    for shape in sorted(telling, key=lambda shape: shape.sentence.begin):
        for ref in _parties(shape):
            if ref.body and ref.body.label:
                parties.setdefault(ref.body, Spot(shape.sentence, 0.9 if shape in shapes else 0.7))
    if not any(body.label == "Facility" or body.head == "kanwil" for body in parties):
        for unit in units_of(article, shapes[0]):
            parties.setdefault(unit, Spot(shapes[0].sentence, 0.7))
    if all(body.label == "Facility" for body in parties):
        near = [shape for shape in article.shapes if shape.sentence.paragraph == shapes[0].sentence.paragraph]
        before = near[: near.index(shapes[0])]
        parties |= {body: Spot(shapes[0].sentence, 0.7) for body in _partners_of(before)}
    paper = Paper(kind, "signed", list(parties.items()), _date(article), _subject(shapes), Spot(shapes[0].sentence))
    paper.signers = [
        (ref.person, Spot(shape.sentence))
        for shape in shapes
        for ref in _parties(shape)
        if ref.letter == "J" and ref.person
    ]
    if len(parties) > 1:
        yield from (
            _separate(paper) if any(pattern("agreements", "each").search(shape.code) for shape in shapes) else [paper]
        )


def _separate(paper: Paper) -> Iterator[Paper]:
    units = [entry for entry in paper.parties if entry[0].label == "Facility"]
    others = [entry for entry in paper.parties if entry[0].label != "Facility"]
    if len(others) < 2 or len(others) > 6 or not units:
        yield paper
        return
    for partner in others:
        single = Paper(paper.kind, paper.status, [*units, partner], paper.date, paper.subject, paper.spot)
        single.signers = paper.signers
        yield single


def _lists(article: Article, shapes: list[Shape]) -> Iterator[Shape]:
    """Yield the sentences that go on listing the parties of an act: near it, opened by words for a list."""
    begin = min(article.shapes.index(shape) for shape in shapes)
    for shape in article.shapes[max(0, begin - 1) : begin + 12]:
        if (
            any(ref.letter in "FCBO" for ref in shape.refs)
            and pattern("agreements", "lists").search(shape.code)
            and not _guest_sentence(shape)
            and not pattern("agreements", "others").search(shape.code)
        ):
            yield shape


def _guest_sentence(shape: Shape) -> bool:
    match = pattern("agreements", "guests").search(shape.code)
    return bool(match) and match.start() < 40 if match else False


def _parties(shape: Shape) -> list[Ref]:
    """Return the mentions of a sentence that are parties: not guests, places, speakers or parent bodies."""
    guest = pattern("agreements", "guests").search(shape.code)
    act = pattern("agreements", "signing").search(shape.code)
    limit = guest.start() if guest else len(shape.code)
    if guest and act and guest.start() < act.start() and _guests_first(shape, guest.start()):
        return []
    found = []
    for position, ref in refs_in(shape, 0, limit):
        if ref.letter == "D" or _is_place(shape.code, position) or _speaker(shape.code, position):
            continue
        if ref.letter == "J" and ref.body and ref.body.implied and ref.body.kind != "local_government":
            continue
        found.append(ref)
    return found


def _guests_first(shape: Shape, position: int) -> bool:
    return not any(True for _ in refs_in(shape, 0, position)) or "menyaksikan" in shape.code[position : position + 14]


def _is_place(code: str, position: int) -> bool:
    return bool(re.search(rf"{pattern('agreements', 'places').pattern} $", code[max(0, position - 40) : position]))


def _speaker(code: str, position: int) -> bool:
    before, after = code[max(0, position - 14) : position], code[position : position + 40]
    said = r"(?:kata|ujar|jelas|ungkap|tutur|terang|ucap|papar|sebut|tambah|tegas|menurut|pesan|harap)"
    verbs = r"(?:menyebut|mengatakan|menjelaskan|menuturkan|menyampaikan|mengungkap|menerangkan|berharap|mengingatkan|mengapresiasi|menambahkan|menegaskan|mengaku)"
    return bool(
        re.search(rf"{said}(?:nya)?,? $", before) or re.match(rf"§J\d+,? (?:yang )?(?:menyaksikan|{verbs})", after)
    )


def _single(article: Article, shape: Shape, kind: str, status: str) -> Iterator[Paper]:
    if status == "in_force" and kind == "paper":
        yield from _stated(article, shape)
        return
    parties = {body: Spot(shape.sentence) for body in distinct(_near_act(shape, _parties(shape)))}
    units = [body for body in parties if body.label == "Facility" or body.head == "kanwil"]
    office = _office_speaking(shape)
    if not parties and office:
        parties = {office: Spot(shape.sentence, 0.7)}
    elif not units:
        for unit in units_of(article, shape):
            parties.setdefault(unit, Spot(shape.sentence, 0.7))
    if not any(body.label != "Facility" for body in parties) and _BOTH.search(shape.code):
        named = _partners_of(article.shapes[: article.shapes.index(shape)])
        parties |= {body: Spot(shape.sentence, 0.7) for body in named[-1:]}
    kind = "pks" if kind == "paper" else kind
    if len(parties) > 1 or (status == "planned" and parties):
        yield Paper(kind, status, list(parties.items()), None, _subject([shape]), Spot(shape.sentence))


def _stated(article: Article, shape: Shape) -> Iterator[Paper]:
    """Yield the standing cooperation of unknown paper that a sentence states: its units with their partners."""
    ties = [tie for tie in stated(article, shape) if tie.status == "active"]
    parties: dict[Body, Spot] = {}
    for tie in ties:
        parties.setdefault(tie.facility, tie.spot)
    for tie in ties:
        parties.setdefault(tie.partner, tie.spot)
    if parties:
        yield Paper("other", "in_force", list(parties.items()), None, _subject([shape]), Spot(shape.sentence))


def _near_act(shape: Shape, parties: list[Ref]) -> list[Ref]:
    """Return the parties that stand before a second act of the same sentence: "penandatanganan A …, penandatanganan B …"."""
    acts = [match.start() for match in re.finditer(r"penandatanganan|menandatangani|meneken", shape.code)]
    if len(acts) < 2:
        return parties
    near = [ref for _, ref in refs_in(shape, 0, acts[1])]
    return [ref for ref in parties if ref in near]


def _office_speaking(shape: Shape) -> Body | None:
    """Return the regional office whose head says "kami" here."""
    if not re.search(r"\bkami\b", shape.code):
        return None
    said = [ref.body for ref in shape.of("J") if ref.body and ref.body.head == "kanwil"]
    return said[0] if said else None


def _date(article: Article):  # type: ignore[no-untyped-def]
    for shape in article.shapes:
        for ref in shape.of("D"):
            if ref.day and ref.day.written.use == "day" and ref.day.date:
                return ref.day.date
    return None


def _subject(shapes: list[Shape]) -> str:
    for shape in shapes:
        match = re.search(
            r"(?:tentang|terkait|mengenai|untuk|pembinaan|penyelenggaraan|bidang) [^§.,;“”\"]{4,80}", shape.code
        )
        if match:
            return match[0].strip()
    return ""


def _without_repeats(papers: list[Paper]) -> list[Paper]:
    kept: list[Paper] = []
    for paper in papers:
        names = {body for body, _ in paper.parties}
        known = [other for other in kept if _repeats(other, paper, names)]
        if not known:
            kept.append(paper)
    return kept


def _repeats(other: Paper, paper: Paper, names: set[Body]) -> bool:
    before = {body for body, _ in other.parties}
    if other.kind != paper.kind and "other" not in (other.kind, paper.kind):
        return False
    return names <= before and (other.status == paper.status or paper.kind == "other" or other.status == "signed")
