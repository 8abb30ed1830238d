"""Activities of units: named, with a content, and not merely wished for."""

import re
from collections.abc import Iterator
from functools import cache

from graph.names import fold
from loaders.article.article import Article
from loaders.article.context import area_of, units_of
from loaders.article.facts import Activity, Spot
from loaders.article.grammar import clause, pattern, refs_in
from loaders.article.lexicon import words
from loaders.article.partners import may_partner
from loaders.article.references import Body
from loaders.article.shapes import Shape

_MOST_WORDS = 5


@cache
def _word() -> str:
    """Return the pattern of one word that may belong to an activity's name."""
    lists = words("programs")
    verb = rf"(?!(?:{'|'.join(lists['not_verbs'])})\b)(?:di|ter|me[mnl]|meng|meny|ber)[a-z]{{4,}}"
    return rf"(?:(?!(?:{'|'.join(lists['stop'])}|{verb})\b)[^\W\d_][\w\-’']*)"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of activities: with a head, taught, made, harvested; the name is the group `name`."""
    lists, word = words("programs"), _word()
    heads = "|".join(sorted(lists["heads"], key=len, reverse=True))
    stop = "|".join(lists["stop"])
    more = rf"(?: (?:dan|serta) (?!(?:{'|'.join(lists['telling'])})\b){word}(?: {word})?(?=[,.;”\"]| (?:{stop})\b|$))?"
    letters = r"(?: [a-c](?:, [a-c])* dan (?:paket )?[a-c]\b)?"
    rest = rf"(?: {word}){{1,{_MOST_WORDS}}}{letters}{more}"
    headed = rf"(?:{'|'.join(lists['whole'])})\b|(?:{heads}) (?:dan|serta) (?:{heads})\b(?:{rest})?|(?:{heads}){rest}"
    taught = (
        rf"(?:{'|'.join(lists['teaching'])})(?: (?:{'|'.join(lists['taught'])}))* (?P<name>{word}(?: {word}){{0,3}})"
    )
    by = rf"(?:{'|'.join(lists['made'])}) (?:para )?(?:{'|'.join(lists['makers'])}|§F)"
    made = rf"(?P<name>{word}(?: {word}){{1,2}})(?: itu keluar dari bengkel| {by})"
    grown = rf"\d+(?:[.,]\d+)* (?:{'|'.join(lists['measures'])}) (?P<name>{word}(?: {word}){{0,2}})"
    sown = rf"(?:{'|'.join(lists['growing'])}) (?P<name>{word}(?: {word}){{0,2}})"
    return tuple(re.compile(rf"(?<![\w§]){kind}") for kind in (rf"(?P<name>{headed})", taught, made, sown, grown))


def programs(article: Article, partners: set[tuple[Body, Body]]) -> list[Activity]:
    """Return the activities of units; `partners` are the pairs of unit and partner that the article states."""
    found: list[Activity] = []
    for shape in article.shapes:
        if pattern("programs", "wishes").search(shape.code):
            continue
        for match, headed in _matches(shape.code):
            name = "" if _counted(shape.code, match) or _OTHERS.match(shape.code, match.end()) else _name(shape, match)
            if name and _has_content(name, headed):
                for activity in _activities(article, shape, match, name, partners):
                    _add(found, activity)
        for match, name in _listed(shape):
            for activity in _activities(article, shape, match, name, partners):
                _add(found, activity)
    return found


def _listed(shape: Shape) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the further activities of a list: "pelatihan menjahit, tata boga, dan servis AC" has three."""
    for match in _list_pattern().finditer(shape.code):
        begin = match.start("items")
        for item in re.finditer(r"[^,;:]+?(?=,| dan | serta |$)", match["items"]):
            said = re.sub(r"^(?:,? ?(?:dan|serta) )", "", item[0].strip())
            if said and _has_content(said, False) and len(said.split()) <= 4:
                offset = shape.offset(begin + item.start()) - shape.sentence.begin
                at = shape.sentence.text.lower().find(said, offset)
                if at >= 0:
                    yield match, shape.sentence.text[at : at + len(said)]


@cache
def _list_pattern() -> re.Pattern[str]:
    lists, word = words("programs"), _word()
    item = rf"{word}(?: {word}){{0,3}}"
    opened = rf"(?:{'|'.join(lists['listing'])})(?: {word}){{0,2}} (?:{'|'.join(lists['list_openers'])}):? "
    direct = rf"(?:pelatihan|kelas|kursus) (?={item},)"
    return re.compile(
        rf"(?<![\w§])(?:{opened}|{direct})(?P<items>{item}(?:, (?:dan |serta )?{item}|,? (?:dan|serta) {item})+)"
    )


def _matches(code: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield where a sentence names activities, and whether by a head."""
    headed, taught, made, sown, grown = _patterns()
    for match in headed.finditer(code):
        yield match, True
    others = (taught, made, sown, grown) if pattern("programs", "harvest").search(code) else (taught, made)
    for told in others:
        for match in told.finditer(code):
            yield match, False


def _counted(code: str, match: re.Match[str]) -> bool:
    """Whether "unit" counts things here ("sepuluh unit mesin") or a number shows that no activity is meant."""
    return match[0].startswith(("unit", "paket")) and bool(
        re.search(
            r"(?:\d|puluh|belas|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|beberapa|satu|se\w+) $",
            code[: match.start()],
        )
    )


def _name(shape: Shape, match: re.Match[str]) -> str:
    """Return the words of an activity as the text writes them."""
    begin, end = shape.offset(match.start("name")), shape.offset(match.end("name"))
    following = re.match(r" §F(\d+)", shape.code[match.end("name") : match.end("name") + 8])
    said = shape.sentence.text[begin - shape.sentence.begin : end - shape.sentence.begin]
    if following and all(word[0].isupper() for word in said.split()):
        end = shape.refs[int(following[1])].end
        return shape.sentence.text[begin - shape.sentence.begin : end - shape.sentence.begin]
    return said


def _has_content(name: str, headed: bool) -> bool:
    lists = words("programs")
    small = name.lower()
    if small in lists["whole"]:
        return True
    said = small.split()
    content = [word for word in said[headed:] if word not in lists["empty"] and word not in ("dan", "serta")]
    return bool(content) and ((headed and said[0] in lists["telling"]) or area_of(small) != "other")


def _activities(
    article: Article, shape: Shape, match: re.Match[str], name: str, partners: set[tuple[Body, Body]]
) -> Iterator[Activity]:
    """Yield an activity for each unit that it is said of, with the partners its clause names."""
    begin, end = clause(shape.code, match.start())
    for unit in _units(article, shape, match, begin, end):
        activity = Activity(unit, name, area_of(name, shape.code[begin:end]), Spot(shape.sentence))
        for _, ref in refs_in(shape, begin, end):
            if ref.body and ref.letter in "CBO" and may_partner(ref.body) and (unit, ref.body) in partners:
                activity.partners.append((ref.body, Spot(shape.sentence)))
        only = [partner for other, partner in partners if other is unit]
        if not activity.partners and len(only) == 1:
            activity.partners.append((only[0], Spot(shape.sentence, 0.5)))
        yield activity


def _units(article: Article, shape: Shape, match: re.Match[str], begin: int, end: int) -> list[Body]:
    """Return the unit or units of an activity: behind "di", a list of the clause, its only one, the nearest before."""
    behind = _BEHIND.match(shape.code, match.end())
    if behind:
        return [body for body in [shape.ref(behind[1]).body] if body]
    listed = _LISTED_UNITS.search(shape.code, begin, end)
    if listed:
        return list(dict.fromkeys(ref.body for _, ref in refs_in(shape, listed.start(), listed.end()) if ref.body))
    here = list(dict.fromkeys(ref.body for _, ref in refs_in(shape, begin, end) if ref.letter == "F" and ref.body))
    if len(here) == 1:
        return here
    return units_of(article, shape, match.start() if here else -1)[:1]


_OTHERS = re.compile(r" (?:milik|kepunyaan) §[CBO]")
_BEHIND = re.compile(r"(?: \w+){0,3} (?:di|pada|dalam)(?: dalam| lingkungan)? (§F\d+)")
_LISTED_UNITS = re.compile(r"§F\d+(?:,? (?:dan|serta) |, )§F\d+(?:(?:,? (?:dan|serta) |, )§F\d+)*")


def _add(found: list[Activity], activity: Activity) -> None:
    for known in found:
        if known.facility is activity.facility and _same(known.name, activity.name):
            if len(activity.name.split()) > len(known.name.split()):
                known.name, known.area = activity.name, activity.area
            known.partners += [
                entry for entry in activity.partners if entry[0] not in [body for body, _ in known.partners]
            ]
            return
    found.append(activity)


def _same(one: str, other: str) -> bool:
    """Whether two names mean one activity: the words of content of one are among those of the other."""
    first, second = _content(one), _content(other)
    return bool(first and second) and (first <= second or second <= first)


def _content(name: str) -> set[str]:
    lists = words("programs")
    heads = {word for head in lists["heads"] for word in head.split()}
    name = lists["synonyms"].get(fold(name), name)
    return {word for word in fold(name).split() if word not in heads and word not in lists["empty"]} or set(
        fold(name).split()
    )
