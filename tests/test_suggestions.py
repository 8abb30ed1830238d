"""Suggestions: who serves whom agrees with an oracle, a case to check on paper, and hidden partnerships found again."""

import datetime
import math
from typing import Any

import pytest
from hypothesis import given, settings

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


@pytest.mark.slow
def test_hidden_partnerships_are_found_where_there_is_a_pattern_and_not_where_there_is_none() -> None:
    """A busy partner is hidden more often, and is near more facilities: so much anyone finds who knows that."""
    placed, blind = (rates(612, places, (1, 2)) for places in WAYS)
    assert placed["suggested"] >= placed["nearest"]
    assert placed["suggested"] > max(placed["chance"], placed["popular in area"]) + 2 * placed["error"]
    assert blind["suggested"] <= max(blind["chance"], blind["popular in area"]) + 2 * blind["error"]
    assert blind["hidden"] > 30
