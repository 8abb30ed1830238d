"""Coverage agrees with an oracle that is written from the plain words alone, on generated networks and by hand."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import coverage as cover
from graph.catalog import find_query
from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Tie, properties
from graph.errors import BadInput
from graph.publish import publish, withdraw
from graph.store import Store
from tests.conftest import clear
from tests.made import AREAS, BODIES, COMPANIES, FACILITIES, document, mention, tie

Said = list[tuple[Document, list[Claim]]]
TODAY = datetime.date(2024, 1, 10)
DAYS = st.none() | st.dates(TODAY - datetime.timedelta(3), TODAY + datetime.timedelta(3))
PARTNERS = [*COMPANIES, *BODIES]
SERVICE = BODIES[1]  # an office of the corrections service itself


def is_after(day: object, as_of: datetime.date) -> bool:
    return isinstance(day, datetime.date) and day > as_of


def is_before(day: object, as_of: datetime.date) -> bool:
    return isinstance(day, datetime.date) and day < as_of


def oracle(said: Said, facility: Node, as_of: datetime.date, area: str | None = None) -> str:
    """The state of a facility by brute force over all claims."""
    claims = [(made, claim) for made, all_claims in said for claim in all_claims]
    ties = [(made, claim) for made, claim in claims if isinstance(claim, Tie)]
    found: set[str] = set()
    for made, each in ties:
        own = dict(each.properties)
        if each.type != "PARTNERS_WITH" or each.end != facility or each.start == SERVICE:
            continue
        if area not in (None, own.get("area")) or is_after(made.published, as_of):
            continue
        found.add(cooperation_state(each.status, own, as_of))
    for made, each in ties:
        if each.type == "PARTY_TO" and each.start == facility:
            found.add(agreement_state(claims, ties, made, each.end, as_of, area))
    for state in ("active", "lapsed", "planned"):
        if state in found:
            return state
    return "none" if latest_check(ties, facility, as_of, area) == "none" else "unknown"


def cooperation_state(status: str, own: dict[str, Any], as_of: datetime.date) -> str:
    if is_after(own.get("since"), as_of):
        return "planned"
    return "lapsed" if status == "ended" or is_before(own.get("until"), as_of) else status


def agreement_state(
    claims: list[tuple[Document, Claim]],
    ties: list[tuple[Document, Tie]],
    made: Document,
    agreement: Node,
    as_of: datetime.date,
    area: str | None,
) -> str:
    others = {each.start for _, each in ties if each.type == "PARTY_TO" and each.end == agreement}
    if not any(other.label != "Facility" and other != SERVICE for other in others):
        return "unknown"
    programs = {each.end for _, each in ties if each.type == "COVERS" and each.start == agreement}
    areas = {
        dict(claim.properties).get("area")
        for _, claim in claims
        if isinstance(claim, Mention) and claim.node in programs
    }
    if area is not None and area not in areas:
        return "unknown"
    own = next(dict(each.properties) for _, each in claims if isinstance(each, Mention) and each.node == agreement)
    begins = own.get("starts_on") or own.get("signed_on")
    if is_after(begins, as_of):
        return "planned"
    if begins is None and is_after(made.published, as_of):
        return "unknown"
    if own.get("status") == "ended" or is_before(own.get("ends_on"), as_of):
        return "lapsed"
    return str(own["status"]) if own.get("status") in ("planned", "unknown") else "active"


def latest_check(ties: Iterable[tuple[Document, Tie]], facility: Node, as_of: datetime.date, area: str | None) -> str:
    checks = [dict(each.properties) for _, each in ties if each.type == "CHECKED" and each.end == facility]
    due = [each for each in checks if not is_after(each["on"], as_of) and each.get("area") in (None, area)]
    if not due:
        return ""
    newest = max(str(each["on"]) for each in due)
    # on one day, a check that found something outweighs one that did not
    return "some" if any(each["found"] == "some" for each in due if str(each["on"]) == newest) else "none"


@st.composite
def networks(draw: st.DrawFn) -> Said:
    """One or two documents about three facilities, with cooperations, agreements and checks around today."""
    said: Said = []
    for name in draw(st.sampled_from([["satu"], ["satu", "dua"]])):
        made = document(name, published=draw(DAYS))
        claims: list[Claim] = [mention(node) for node in [*FACILITIES, *COMPANIES]]
        claims.append(mention(BODIES[0], kind="agency"))
        claims.append(mention(SERVICE, kind="corrections"))
        for _ in range(draw(st.integers(0, 3))):
            own: Any = {"area": draw(st.sampled_from(AREAS)), "since": draw(DAYS), "until": draw(DAYS)}
            status = draw(st.sampled_from(["active", "planned", "ended"]))
            ends = draw(st.sampled_from(PARTNERS)), draw(st.sampled_from(FACILITIES))
            claims.append(tie("PARTNERS_WITH", *ends, status=status, **own))
        for number in range(draw(st.integers(0, 2))):
            claims += agreement_claims(draw, f"{name}-{number}")
        for _ in range(draw(st.integers(0, 2))):
            own = {"on": draw(DAYS.filter(bool)), "found": draw(st.sampled_from(["none", "some"]))}
            own["area"] = draw(st.sampled_from(AREAS))
            facility = draw(st.sampled_from(FACILITIES))
            claims.append(tie("CHECKED", Node("Document", made.id), facility, **own))
        said.append((made, claims))
    return said


def agreement_claims(draw: st.DrawFn, name: str) -> list[Claim]:
    agreement, program = Node("Agreement", f"agreement:{name}"), Node("Program", f"program:{name}")
    status = draw(st.sampled_from([None, "planned", "signed", "in_force", "ended", "unknown"]))
    own: Any = {"status": status, "signed_on": draw(DAYS), "starts_on": draw(DAYS), "ends_on": draw(DAYS)}
    claims: list[Claim] = [mention(agreement, **own), mention(program, area=draw(st.sampled_from(AREAS)))]
    parties = draw(st.lists(st.sampled_from([*FACILITIES, *PARTNERS]), unique=True, max_size=3))
    claims += [tie("PARTY_TO", party, agreement) for party in parties]
    if draw(st.booleans()):
        claims.append(tie("COVERS", agreement, program))
    return claims


@settings(max_examples=40)
@given(said=networks(), area=st.sampled_from(AREAS))
def test_every_facility_has_the_state_that_the_oracle_finds(store: Store, said: Said, area: str | None) -> None:
    clear(store)
    for made, claims in said:
        publish(store, Reading(made, claims))
    found = {row.facility_id: row.state for row in cover.coverage(store, as_of=TODAY, area=area)}
    assert found == {facility.id: oracle(said, facility, TODAY, area) for facility in FACILITIES}
    rows = find_query("facilities-without-partner").run(store, as_of=TODAY, area=area, all=True)
    assert {row["facility"].id: row["state"] for row in rows} == found


def state(store: Store, as_of: datetime.date) -> str:
    return next(row.state for row in cover.coverage(store, as_of=as_of) if row.facility_id == FACILITIES[0].id)


def test_an_agreement_covers_its_first_and_its_last_day_and_lapses_on_the_next(store: Store) -> None:
    first, last = datetime.date(2020, 3, 1), datetime.date(2025, 2, 28)
    agreement = Node("Agreement", "agreement:pks-1")
    claims: list[Claim] = [mention(FACILITIES[0]), mention(COMPANIES[0])]
    claims.append(mention(agreement, kind="pks", status="signed", signed_on=first, ends_on=last))
    claims += [tie("PARTY_TO", party, agreement) for party in (FACILITIES[0], COMPANIES[0])]
    publish(store, Reading(document("satu"), claims))
    one = datetime.timedelta(1)
    assert [state(store, day) for day in (first - one, first, last, last + one)] == [
        "planned",
        "active",
        "active",
        "lapsed",
    ]


def test_without_its_check_a_facility_with_none_is_unknown_again(store: Store) -> None:
    survey = document("survei", kind="survey")
    found = properties(on=TODAY, found="none")
    check = Tie("CHECKED", Node("Document", survey.id), FACILITIES[0], Evidence("row 1"), "active", found)
    publish(store, Reading(document("daftar", kind="register"), [mention(FACILITIES[0])]))
    publish(store, Reading(survey, [mention(FACILITIES[0]), check]))
    one = datetime.timedelta(1)
    assert [state(store, day) for day in (TODAY - one, TODAY, TODAY + one)] == ["unknown", "none", "none"]
    withdraw(store, survey.id)
    assert state(store, TODAY) == "unknown"


def test_counts_name_every_state_and_add_up(store: Store) -> None:
    publish(store, Reading(document("satu"), [mention(facility) for facility in FACILITIES]))
    counts = cover.counts(cover.coverage(store))
    assert list(counts) == ["active", "lapsed", "planned", "none", "unknown"]
    assert sum(counts.values()) == counts["unknown"] == len(FACILITIES)


def test_a_province_is_found_by_code_and_by_name_and_limits_the_rows(store: Store) -> None:
    province, city = Node("Place", "place:13"), Node("Place", "place:13.71")
    claims: list[Claim] = [
        Mention(province, "Sumatera Barat", Evidence("r"), properties(kind="province", iso="ID-SB")),
        Mention(city, "Kota Padang", Evidence("r"), properties(kind="city")),
        *(mention(facility) for facility in FACILITIES),
        tie("LOCATED_IN", city, province),
        tie("LOCATED_IN", FACILITIES[0], city),
        tie("LOCATED_IN", FACILITIES[1], province),
    ]
    publish(store, Reading(document("satu", kind="register"), claims))
    for named in ("ID-SB", "id-sb", "Sumatera Barat", "sumatra barat"):
        found = cover.coverage(store, province=named)
        assert [row.facility_id for row in found] == sorted(node.id for node in FACILITIES[:2])
        assert {(row.province, row.province_name) for row in found} == {("ID-SB", "Sumatera Barat")}
    assert len(cover.coverage(store)) == 3


@pytest.mark.parametrize("wrong", [{"province": "Atlantis"}, {"kind": "istana"}, {"area": "sihir"}])
def test_an_unknown_province_kind_or_area_is_refused_with_what_there_is(store: Store, wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=next(iter(wrong.values()))):
        cover.coverage(store, **wrong)  # type: ignore[arg-type]
