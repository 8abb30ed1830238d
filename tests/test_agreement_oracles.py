"""Paper partners, umbrellas, rotation and months of waiting agree with brute force over the claims of made networks."""

import calendar
import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Mention, Node, Tie
from graph.insight import need, paper, rotation, umbrella
from graph.store import Store
from tests.made import COMPANIES, FACILITIES, document, mention, tie
from tests.test_coverage import SERVICE, TODAY, Said, is_after, is_before, networks, oracle
from tests.test_insight import put

MONTH = 2
EDGE = datetime.date(2023, 11, 10)  # TODAY less MONTH months
DAYS = st.none() | st.dates(EDGE - datetime.timedelta(3), EDGE + datetime.timedelta(3)) | st.just(TODAY)
EVENTS = [Node("Event", f"event:{name}") for name in ("temu", "rapat")]
PAPERS = [Node("Agreement", f"agreement:{name}") for name in ("satu", "dua")]
PROGRAM = Node("Program", "program:lele")
HEADS = [Node("Official", "official:lama"), Node("Official", "official:baru")]
NODES = [*FACILITIES, *COMPANIES, *HEADS, PROGRAM]


@st.composite
def worlds(draw: Any) -> Said:
    """A register of agreements, events, posts and offices around a day that is two months ago, and an article."""
    said: list[Claim] = [*map(mention, NODES), mention(SERVICE, kind="corrections")]
    for each in EVENTS:
        said.append(mention(each, date=draw(DAYS), planned=draw(st.sampled_from([None, True]))))
        said += [tie("TOOK_PART", firm, each) for firm in COMPANIES if draw(st.booleans())]
        said += [tie("ATTENDED", head, each) for head in HEADS if draw(st.booleans())]
    for each in PAPERS:
        status = draw(st.sampled_from([None, "signed", "in_force", "ended", "planned", "unknown"]))
        own: Any = {"signed_on": draw(DAYS), "starts_on": draw(DAYS), "ends_on": draw(DAYS), "status": status}
        said.append(mention(each, **own))
        parties = draw(
            st.lists(st.sampled_from([*FACILITIES, *COMPANIES, SERVICE]), unique=True, min_size=2, max_size=4)
        )
        said += [tie("PARTY_TO", party, each) for party in parties]
        said += [tie("SIGNED", head, each) for head in HEADS if draw(st.booleans())]
    for unit in FACILITIES:
        said += [tie("HOLDS", HEADS[0], unit, status=draw(st.sampled_from(["active", "ended"])), until=draw(DAYS))]
        said += [tie("HOLDS", HEADS[1], unit, since=draw(DAYS), until=draw(DAYS))] if draw(st.booleans()) else []
        if draw(st.booleans()):
            said.append(tie("PART_OF", unit, SERVICE, since=draw(DAYS), until=draw(DAYS)))
    heard: list[Claim] = [mention(firm) for firm in COMPANIES if draw(st.booleans())]
    if heard and draw(st.booleans()):
        firm = next(each.node for each in heard if isinstance(each, Mention))
        heard += [mention(PROGRAM), tie("SUPPORTS", firm, PROGRAM, status=draw(st.sampled_from(["active", "planned"])))]
    return [(document("daftar", kind="register", published=TODAY), said), (document("b", published=draw(DAYS)), heard)]


def own(said: Said, node: Node) -> dict[str, Any]:
    found = (each for _, claims in said for each in claims if isinstance(each, Mention) and each.node == node)
    return dict(next(found).properties)


def ends(said: Said, type_: str, *, start: Node | None = None, end: Node | None = None) -> list[Tie]:
    ties = (each for _, claims in said for each in claims if isinstance(each, Tie) and each.type == type_)
    return [each for each in ties if start in (None, each.start) and end in (None, each.end)]


def later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def silent(said: Said, firm: Node) -> datetime.date | None:
    """Since when a partner with a paper in force has been silent; None if it has none."""
    signed: list[datetime.date] = []
    for each in ends(said, "PARTY_TO", start=firm):
        about = own(said, each.end)
        begins = about.get("starts_on") or about.get("signed_on")
        broken = about.get("status") in ("ended", "planned", "unknown") or is_before(about.get("ends_on"), TODAY)
        if (
            about.get("signed_on")
            and not broken
            and not is_after(about["signed_on"], TODAY)
            and not is_after(begins, TODAY)
        ):
            signed.append(about["signed_on"])
    if not signed:
        return None
    signs = [own(said, each.end) for each in ends(said, "TOOK_PART", start=firm)]
    days: list[datetime.date] = [about["date"] for about in signs if about.get("date") and not about.get("planned")]
    article, heard = said[1]
    if article.published:
        days += [article.published for each in heard if isinstance(each, Mention) and each.node == firm]
    days = [day for day in days if day > min(signed) and day not in signed and day <= TODAY]
    return max([*signed, *days])


@pytest.mark.slow
@settings(max_examples=25)
@given(said=worlds())
def test_paper_partners_are_those_that_brute_force_finds(store: Store, said: Said) -> None:
    put(store, said)
    since = {firm.id: silent(said, firm) for firm in COMPANIES}
    expected = {firm: day for firm, day in since.items() if day and later(day, MONTH) <= TODAY}
    rows = paper.paper_partners(store, as_of=TODAY, months=MONTH).rows
    assert {row.partner: row.silent_since for row in rows} == expected
    assert all(row.months >= MONTH for row in rows)


def holds(each: Tie) -> bool:
    about = dict(each.properties)
    return not is_after(about.get("since"), TODAY) and not is_before(about.get("until"), TODAY)


@settings(max_examples=25)
@given(said=worlds())
def test_umbrellas_name_and_imply_what_brute_force_finds(store: Store, said: Said) -> None:
    ground = put(store, said)
    under = {each.start.id for each in ends(said, "PART_OF") if holds(each)}
    expected = {}
    for each in PAPERS:
        parties = {party.start for party in ends(said, "PARTY_TO", end=each)}
        named = {party.id for party in parties if party in FACILITIES}
        if parties & set(COMPANIES) and (SERVICE in parties or len(named) > 1):
            expected[each.id] = (named, under - named if SERVICE in parties else set())
    rows = umbrella.umbrellas(store, ground, as_of=TODAY).rows
    assert {row.terms.id: (set(row.named), set(row.implied)) for row in rows} == expected


@pytest.mark.slow
@settings(max_examples=25)
@given(said=worlds())
def test_the_ties_to_renew_are_those_that_brute_force_finds(store: Store, said: Said) -> None:
    ground = put(store, said)
    expected = set()
    for post in ends(said, "HOLDS"):
        until = dict(post.properties).get("until")
        if not (is_before(until, TODAY) if until else post.status == "ended"):
            continue
        for firm in COMPANIES:
            if oracle([(said[0][0], only(said, post.end, firm))], post.end, TODAY) != "active":
                continue
            papers, met = common(said, post.start, post.end, firm)
            known = frozenset(
                each.start.id
                for each in ends(said, "HOLDS", end=post.end)
                if in_post(each) and any(common(said, each.start, post.end, firm))
            )
            if papers or met:
                expected.add((post.end.id, firm.id, papers, met, known))
    rows = rotation.to_renew(store, ground, as_of=TODAY).rows
    found = {(row.facility, row.partner, *map(frozenset, (row.signed, row.met, row.known_by))) for row in rows}
    assert found == expected


def common(said: Said, official: Node, unit: Node, firm: Node) -> tuple[frozenset[str], frozenset[str]]:
    """The agreements of both that the official signed, and the events where official and firm were, up to the day."""
    papers = (
        each.end.id
        for each in ends(said, "SIGNED", start=official)
        if {unit, firm} <= {party.start for party in ends(said, "PARTY_TO", end=each.end)}
        and not is_after(own(said, each.end).get("signed_on"), TODAY)
    )
    met = (
        each.end.id
        for each in ends(said, "ATTENDED", start=official)
        if ends(said, "TOOK_PART", start=firm, end=each.end) and not is_after(own(said, each.end).get("date"), TODAY)
    )
    return frozenset(papers), frozenset(met)


def in_post(post: Tie) -> bool:
    own = dict(post.properties)
    begun = not is_after(own.get("since"), TODAY)
    return post.status == "active" and begun and not is_before(own.get("until"), TODAY)


def only(said: Said, unit: Node, firm: Node) -> list[Claim]:
    """The register as if the facility had no other partner."""
    others = {*COMPANIES, SERVICE} - {firm}
    return [each for each in said[0][1] if not (isinstance(each, Tie) and each.start in others)]


@pytest.mark.slow
@settings(max_examples=25)
@given(said=networks())
def test_the_months_without_partner_are_those_since_the_last_day_that_was_covered(store: Store, said: Said) -> None:
    """Where all that is known are cooperations with an end: the day after the last of them."""
    kept: Said = [
        (made, [each for each in claims if not isinstance(each, Tie) or is_dated(each, made.published)])
        for made, claims in said
    ]
    ground = put(store, kept)
    for row in need.gaps(ground, as_of=TODAY).rows:
        days = [TODAY - datetime.timedelta(back) for back in range(12)]
        covered = [day for day in days if any(until >= day for until in untils(kept, row.unit.id))]
        if row.state == "lapsed":
            assert row.since == max(covered, default=min(days)) + datetime.timedelta(1)


def is_dated(each: Tie, published: datetime.date | None) -> bool:
    about = dict(each.properties)
    past = not is_after(published, TODAY) and not is_after(about.get("since"), TODAY)
    return each.type == "PARTNERS_WITH" and each.status == "active" and bool(about.get("until")) and past


def untils(said: Said, unit: str) -> list[datetime.date]:
    every = [each for each in ends(said, "PARTNERS_WITH") if each.end.id == unit and each.start != SERVICE]
    return [day for each in every if isinstance(day := dict(each.properties)["until"], datetime.date)]
