"""Are two named things one? The parts of their names, then what is known of them beside their names."""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph.identity.bodies import compare_bodies, read_body
from graph.identity.named import Named, Post, kind_of, region_of
from graph.identity.people import compare_people, read_person
from graph.identity.spelling import lists, one_form
from graph.identity.units import compare_units, read_unit
from graph.identity.verdict import DIFFERENT, SAME, Reason, Verdict, because, decide
from graph.names import label_of
from graph.schema import schema

_HOPELESS = 0.05
_WEEK = datetime.timedelta(7)
_POST_WORDS = ("kepala", "direktur")


def compare(one: Named, other: Named, beside: Iterable[Reason] = (), *, at_once: bool = False) -> Verdict:
    """Return whether two named things are one; `beside` is what the graph says (see `evidence.py`).

    `at_once` names one contradiction, not all of them.
    """
    if one.kind != other.kind:
        return decide([because("identity.other_label", one=_label(one.kind), other=_label(other.kind))])
    named = decide(_by_name(one.kind, one.name, other.name), at_once=at_once)
    if named.score < _HOPELESS:  # nothing that is known beside could outweigh it
        return named
    return decide([*named.reasons, *_by_context(one, other), *beside])


def _label(kind: str) -> object:
    label = label_of(f"{kind}:")
    return schema().labels[label].name if label else kind


def _by_name(kind: str, one: str, other: str) -> Iterator[Reason]:
    if kind == "facility":
        return _facilities(one, other)
    if kind == "official":
        return compare_people(read_person(one), read_person(other))
    return compare_bodies(read_body(kind, one), read_body(kind, other))


def _facilities(one: str, other: str) -> Iterator[Reason]:
    units = read_unit(one), read_unit(other)
    if units[0] and units[1]:
        yield from compare_units(units[0], units[1])
        return
    if units[0] or units[1]:
        yield because("identity.no_unit", name=one if units[0] is None else other)
    yield from compare_bodies(read_body("organization", one), read_body("organization", other))


def _by_context(one: Named, other: Named) -> Iterator[Reason]:
    if one.kind == "official":
        yield from compare_posts(one, other)
    elif one.places and other.places:
        yield because("identity.both_in") if _near(one.places, other.places) else because("identity.seats_differ")


def _near(here: Iterable[str], there: Iterable[str]) -> bool:
    """Return whether two things are in one place, or one of them in a province and the other in a regency of it."""
    there = tuple(there)
    return any(one.startswith(other) or other.startswith(one) for one in here for other in there)


def compare_posts(one: Named, other: Named) -> Iterator[Reason]:
    """Yield what the posts of two people say: one post is one person's, two at once in two towns are two people's."""
    if not (one.posts and other.posts):
        return
    pairs = [(mine, theirs) for mine in one.posts for theirs in other.posts]
    together = [pair for pair in pairs if at_one_place(*pair) is not False]
    if together:
        sure = [pair for pair in together if at_one_place(*pair)]
        if sure:
            yield because("identity.same_organisation", organisation=sure[0][0].name)
            if any(_one_post(*pair) for pair in sure):
                yield because("identity.same_post")
            elif all(mine.title and theirs.title for mine, theirs in sure):
                yield because("identity.other_post", one=sure[0][0].title, other=sure[0][1].title)
        return
    yield because("identity.other_organisation", one=one.posts[0].name, other=other.posts[0].name)
    if any(_at_once(*pair) for pair in pairs):
        yield because("identity.two_places_at_once")
    elif any(_moved(*pair) for pair in pairs):
        yield because("identity.moved")


def at_one_place(one: Post, other: Post) -> bool | None:
    """Return whether two posts are at one organisation; None if that is not sure."""
    if one.organisation and one.organisation == other.organisation:
        return True
    return _one_organisation(*sorted((one.name, other.name)))


@lru_cache(1 << 14)
def _one_organisation(one: str, other: str) -> bool | None:
    kind, other_kind = kind_of(one), kind_of(other)
    if kind and other_kind and kind != other_kind:
        return False
    outcome = decide(_by_name(kind or other_kind or "organization", one, other), at_once=True).outcome
    return {SAME: True, DIFFERENT: False}.get(outcome)


@lru_cache(1 << 14)
def post_of(title: str) -> str:
    """Return a post's title in one form, without the organisation behind it."""
    text = one_form(title)
    table: dict[str, str] = lists()["posts"]
    words = " ".join(table.get(word, word) for word in table.get(text, text).split()).split()
    return " ".join(words[:2])


def _one_post(one: Post, other: Post) -> bool:
    if not (one.title and other.title) or post_of(one.title) != post_of(other.title):
        return False
    return (
        not (one.span and other.span) or not (one.until or other.until) or _overlap(one, other, datetime.timedelta(0))
    )


def _overlap(one: Post, other: Post, within: datetime.timedelta) -> bool:
    if not (one.span and other.span):
        return False
    return one.span[0] <= other.span[1] + within and other.span[0] <= one.span[1] + within


def _at_once(one: Post, other: Post) -> bool:
    """Return whether two posts in two towns are held within one week."""
    here, there = region_of(one), region_of(other)
    return bool(here and there and not here & there) and _overlap(one, other, _WEEK)


def _moved(one: Post, other: Post) -> bool:
    """Return whether one left a post before the other took one of the same rank."""
    if not (one.span and other.span) or _overlap(one, other, _WEEK):
        return False
    first = {post_of(each.title).split(" ")[0] for each in (one, other)}
    return len(first) == 1 and first <= set(_POST_WORDS)
