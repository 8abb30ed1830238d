"""Suggestions: who serves whom agrees with an oracle, a case to check on paper, and hidden partnerships found again."""

import datetime
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.suggestions import rates
from graph.claims import Claim, Document, Mention, Reading, Tie
from graph.coverage import coverage
from graph.errors import BadInput
from graph.insight.suggestions import REACH_KM, Served, Site, distance, rank, served_on_day, suggestions
from graph.publish import publish
from graph.store import Store
from loaders.sample.partners import Places
from tests.conftest import clear
from tests.made import COMPANIES, FACILITIES, PROGRAMS, document, mention, tie
from tests.test_coverage import SERVICE, TODAY, Said, agreement_state, is_after, is_before, networks

WAYS: tuple[Places, ...] = ("distance", "random")


def by_agreement(claims: Any, ties: Any, made: Document, joined: Tie) -> set[tuple[str, str, str | None]]:
    if agreement_state(claims, ties, made, joined.end, TODAY, None) not in ("active", "signed", "in_force"):
        return set()
    covered = {each.end for _, each in ties if each.type == "COVERS" and each.start == joined.end}
    areas: set[Any] = {
        dict(m.properties).get("area") for _, m in claims if isinstance(m, Mention) and m.node in covered
    }
    others = {each.start for _, each in ties if each.type == "PARTY_TO" and each.end == joined.end}
    partners = {other.id for other in others if other.label != "Facility" and other != SERVICE}
    return {(partner, joined.start.id, area) for partner in partners for area in areas or {None}}


def served_by_oracle(said: Said) -> set[tuple[str, str, str | None]]:
    """Partner, facility and area of every partnership of today, from the plain words."""
    claims = [(made, claim) for made, all_claims in said for claim in all_claims]
    ties = [(made, claim) for made, claim in claims if isinstance(claim, Tie)]
    found: set[tuple[str, str, str | None]] = set()
    for made, each in ties:
        own: dict[str, Any] = dict(each.properties)
        if each.type == "PARTNERS_WITH" and each.start != SERVICE and each.status == "active":
            known = not is_after(made.published, TODAY) and not is_after(own.get("since"), TODAY)
            if known and not is_before(own.get("until"), TODAY):
                found.add((each.start.id, each.end.id, own.get("area")))
        if each.type == "PARTY_TO" and each.start.label == "Facility":
            found |= by_agreement(claims, ties, made, each)
    return found


@settings(max_examples=25)
@given(said=networks())
def test_who_serves_whom_agrees_with_the_oracle_and_with_coverage(store: Store, said: Said) -> None:
    clear(store)
    for made, claims in said:
        publish(store, Reading(made, claims))
    served = served_on_day(store, TODAY)
    assert {(each.partner, each.facility, each.area) for each in served} == served_by_oracle(said)
    active = {row.facility_id for row in coverage(store, as_of=TODAY) if row.state == "active"}
    assert {each.facility for each in served} == active


def test_a_case_on_paper(store: Store) -> None:
    """PT Satu serves Metro, one degree north of Padang, in fishery, which Padang runs; PT Dua serves Bukittinggi, two
    degrees north, in health. Padang is a lapas, as is Metro; Bukittinggi is a rutan."""
    north = {FACILITIES[0]: 0.0, FACILITIES[2]: 1.0, FACILITIES[1]: 2.0}
    kinds = {FACILITIES[1]: "rutan"}
    claims: list[Claim] = [
        mention(node, kind=kinds.get(node, "lapas"), latitude=at, longitude=100.0) for node, at in north.items()
    ]
    claims += [mention(node) for node in COMPANIES]
    claims += [mention(PROGRAMS[0], area="fishery"), tie("RUNS", FACILITIES[0], PROGRAMS[0])]
    claims.append(tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[2], said="PT Satu di Metro", area="fishery"))
    claims.append(tie("PARTNERS_WITH", COMPANIES[1], FACILITIES[1], said="PT Dua di Bukittinggi", area="health"))
    publish(store, Reading(document("satu"), claims))
    degree = math.pi * 6371 / 180  # kilometres
    first, second = suggestions(store, FACILITIES[0].id, as_of=TODAY).rows
    assert (first[0].id, second[0].id) == (COMPANIES[0].id, COMPANIES[1].id)
    assert first[1].kilometres == pytest.approx(degree)
    assert first[1].score == pytest.approx(1 * 1 * 0.8 * math.exp(-degree / REACH_KM))
    assert second[1].score == pytest.approx(0.2 * 0.9 * 0.8 * math.exp(-2 * degree / REACH_KM))
    assert first[1].source_title == "Satu"
    assert (first[1].areas, first[1].same_kind, second[1].same_kind) == (("fishery",), True, False)
    assert [fact.where for fact in first[1].facts] == ["PT Satu di Metro"]
    only = suggestions(store, "lapas padang", area="health", as_of=TODAY).rows
    assert [partner.id for partner, _ in only] == [COMPANIES[1].id]
    assert suggestions(store, FACILITIES[2].id, area="fishery", as_of=TODAY).rows == []
    assert suggestions(store, FACILITIES[0].id, as_of=datetime.date(2020, 1, 1)).rows == []
    with pytest.raises(BadInput, match="sihir"):
        suggestions(store, FACILITIES[0].id, area="sihir")


def test_without_positions_a_partner_is_still_suggested_by_area() -> None:
    served = [Served("p", "a", "health", "1", "d", "x"), Served("q", "a", "food", "2", "d", "y")]
    found = rank("b", served, {"b": Site("lapas", areas=frozenset({"food"}))})
    assert [(each.partner, each.kilometres) for each in found] == [("q", None), ("p", None)]
    assert distance(Site(), Site()) == math.inf


PLACES = st.sampled_from([None, 0.0, 0.5, 1.0, 3.0])
SITES = st.builds(
    Site,
    st.sampled_from([None, "lapas", "rutan"]),
    st.sampled_from([None, "12", "13"]),
    PLACES,
    PLACES,
    st.frozensets(st.sampled_from(["food", "health"])),
)
FACTS = st.tuples(st.sampled_from("pqr"), st.sampled_from("abc"), st.sampled_from([None, "food", "health"]))


def score_of(partner: str, facts: set[tuple[str, str, str | None]], sites: dict[str, Site], area: str | None) -> float:
    """The score of a partner for facility a, from the plain words; 0 if it may not be suggested."""
    own = [(unit, about) for name, unit, about in facts if name == partner and (area is None or about == area)]
    if not own or any(unit == "a" for unit, _ in own):
        return 0.0
    target, units = sites["a"], [sites[unit] for unit, _ in own]
    away = [500.0]
    for there in (*units, sites[partner]):
        degrees = (target.latitude, target.longitude, there.latitude, there.longitude)
        if None not in degrees:
            north, east, south, west = (math.radians(float(str(each))) for each in degrees)
            turn = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(east - west)
            away.append(6371 * math.acos(max(-1.0, min(1.0, turn))))
    fits = area is not None or any(about in target.areas for _, about in own)
    part = 1.0 if fits else 0.2
    part *= 1.0 if target.kind in {there.kind for there in units} else 0.9
    provinces = {there.province for there in (*units, sites[partner])}
    part *= 1.0 if target.province is not None and target.province in provinces else 0.8
    return part * math.exp(-min(away) / 50)


@settings(max_examples=200)
@given(
    facts=st.sets(FACTS, max_size=8),
    sites=st.fixed_dictionaries(dict.fromkeys("abcpqr", SITES)),
    area=st.sampled_from([None, "food"]),
)
def test_the_rank_is_that_of_the_plain_words(
    facts: set[tuple[str, str, str | None]], sites: dict[str, Site], area: str | None
) -> None:
    served = [Served(*fact, f"{at}", "d", "x") for at, fact in enumerate(sorted(facts, key=repr))]
    found = rank("a", served, sites, area=area)
    expected = {partner: score_of(partner, facts, sites, area) for partner in "pqr"}
    assert {each.partner for each in found} == {partner for partner, score in expected.items() if score}
    assert all(each.score == pytest.approx(expected[each.partner], rel=1e-3) for each in found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@pytest.mark.slow
def test_hidden_partnerships_are_found_where_there_is_a_pattern_and_not_where_there_is_none() -> None:
    """A busy partner is hidden more often and found more easily, at any facility: skill is what goes beyond that."""
    placed, blind = (rates(612, places, (1, 2)) for places in WAYS)
    assert placed["suggested"] >= placed["nearest"]
    assert placed["suggested"] > max(placed["elsewhere"], placed["popular in area"]) + 3 * placed["error"]
    assert abs(blind["suggested"] - blind["elsewhere"]) <= 3 * blind["error"]
    assert blind["hidden"] > 30
