"""Activities of units: named, with a content, and not merely wished for."""

import re
from collections.abc import Iterator
from functools import cache

from graph.names import fold
from loaders.article.article import Article, Shape
from loaders.article.context import area_of, units_of
from loaders.article.facts import Activity, Spot
from loaders.article.grammar import clause, pattern, refs_in
from loaders.article.lexicon import words
from loaders.article.partners import _may_partner
from loaders.article.references import Body

_MOST_WORDS = 5


@cache
def _pattern() -> re.Pattern[str]:
    lists = words("programs")
    longest = sorted(lists["heads"], key=len, reverse=True)
    stop = "|".join(lists["stop"])
    verb = rf"(?!(?:{'|'.join(lists['not_verbs'])})\b)(?:di|ter|me[mnl]|meng|meny|ber)[a-z]{{4,}}"
    word = rf"(?:(?!(?:{stop}|{verb})\b)[^\W\d_][\w\-’']*)"
    more = rf"(?: (?:dan|serta) {word}(?: {word})?(?=[,.;”\"]| (?:{stop})\b|$))?"
    letters = r"(?: [a-c](?:, [a-c])* dan (?:paket )?[a-c]\b)?"
    return re.compile(
        rf"(?<![\w§])(?P<whole>{'|'.join(lists['whole'])})\b|"
        rf"(?<![\w§])(?P<head>{'|'.join(longest)})(?P<more> (?:dan|serta|,) (?:{'|'.join(longest)})\b)?(?P<rest>(?: {word}){{1,{_MOST_WORDS}}}{letters}{more})"
    )


def programs(article: Article, partners: set[tuple[Body, Body]]) -> list[Activity]:
    """Return the activities of units; `partners` are the pairs of unit and partner that the article states."""
    found: list[Activity] = []
    for shape in article.shapes:
        if pattern("programs", "wishes").search(shape.code):
            continue
        for match in _pattern().finditer(shape.code):
            name = "" if _counted(shape.code, match) else _name(shape, match)
            if name and _has_content(name):
                _add(found, _activity(article, shape, match, name, partners))
    return found


def _counted(code: str, match: re.Match[str]) -> bool:
    """Whether "unit" counts things here ("sepuluh unit mesin") or a number shows that no activity is meant."""
    return match[0].startswith(("unit", "paket")) and bool(re.search(r"(?:\d|puluh|belas|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|beberapa|satu|se\w+) $", code[: match.start()]))


def _name(shape: Shape, match: re.Match[str]) -> str:
    """Return the words of an activity as the text writes them."""
    begin, end = shape.offset(match.start()), shape.offset(match.end())
    following = re.match(r" §F(\d+)", shape.code[match.end() : match.end() + 8])
    said = shape.sentence.text[begin - shape.sentence.begin : end - shape.sentence.begin]
    if following and said[0].isupper():
        end = shape.refs[int(following[1])].end
        return shape.sentence.text[begin - shape.sentence.begin : end - shape.sentence.begin]
    return said


def _has_content(name: str) -> bool:
    lists = words("programs")
    small = name.lower()
    if small in lists["whole"]:
        return True
    content = [word for word in small.split()[1:] if word not in lists["empty"] and word not in ("dan", "serta")]
    return bool(content) and (small.split()[0] in lists["telling"] or area_of(small) != "other")


def _activity(
    article: Article, shape: Shape, match: re.Match[str], name: str, partners: set[tuple[Body, Body]]
) -> Activity:
    begin, end = clause(shape.code, match.start())
    unit = _unit(article, shape, match, begin, end)
    activity = Activity(unit, name, area_of(name, shape.code[begin:end]), Spot(shape.sentence)) if unit else None
    if activity is None:
        return Activity(None, name, "other", Spot(shape.sentence))  # type: ignore[arg-type]
    for _, ref in refs_in(shape, begin, end):
        if ref.body and ref.letter in "CBO" and _may_partner(ref.body) and (unit, ref.body) in partners:
            activity.partners.append((ref.body, Spot(shape.sentence)))
    only = [partner for other, partner in partners if other is unit]
    if not activity.partners and len(only) == 1:
        activity.partners.append((only[0], Spot(shape.sentence, 0.5)))
    return activity


def _unit(article: Article, shape: Shape, match: re.Match[str], begin: int, end: int) -> Body | None:
    behind = re.compile(r"(?: \w+){0,3} (?:di|pada|dalam)(?: dalam| lingkungan)? (§F\d+)").match(shape.code, match.end())
    if behind:
        return shape.ref(behind[1]).body
    here = [ref.body for _, ref in refs_in(shape, begin, end) if ref.letter == "F" and ref.body]
    if here:
        return here[-1] if len(here) == 1 else units_of(article, shape, match.start())[0]
    units = units_of(article, shape)
    return units[0] if units else None


def _add(found: list[Activity], activity: Activity) -> None:
    if activity.facility is None:
        return
    for known in found:
        if known.facility is activity.facility and _same(known.name, activity.name):
            if len(activity.name.split()) > len(known.name.split()):
                known.name, known.area = activity.name, activity.area
            known.partners += [entry for entry in activity.partners if entry[0] not in [body for body, _ in known.partners]]
            return
    found.append(activity)


def _same(one: str, other: str) -> bool:
    """Whether two names mean one activity: the words of content of one are among those of the other."""
    first, second = _content(one), _content(other)
    return bool(first and second) and (first <= second or second <= first)


def _content(name: str) -> set[str]:
    lists = words("programs")
    heads = {word for head in lists["heads"] for word in head.split()}
    return {word for word in fold(name).split() if word not in heads and word not in lists["empty"]} or set(fold(name).split())
