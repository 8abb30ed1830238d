"""What follows from coverage agrees with brute force over the claims, on generated networks, and with paper by hand."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import coverage as cover
from graph.claims import Claim, Node, Reading, Tie
from graph.insight import changes, departure, forecast, matrix, need
from graph.publish import publish
from graph.store import Store
from tests.conftest import clear
from tests.made import AREAS, COMPANIES, FACILITIES, document, mention, tie
from tests.test_coverage import PARTNERS, SERVICE, TODAY, Said, is_after, networks, oracle

ONE = datetime.timedelta(1)
EVERY_AREA = matrix.areas()


def put(store: Store, said: Said) -> cover.Ground:
    clear(store)
    for made, claims in said:
        publish(store, Reading(made, claims))
    return cover.read_ground(store)


def true_states(said: Said, day: datetime.date) -> dict[tuple[str, str | None], str]:
    return {(unit.id, area): oracle(said, unit, day, area) for unit in FACILITIES for area in EVERY_AREA}


def without(said: Said, partner: Node) -> Said:
    """The network as if nobody had ever tied the partner to anything."""
    return [
        (made, [each for each in claims if not (isinstance(each, Tie) and each.start == partner)])
        for made, claims in said
    ]


def known_by(said: Said, day: datetime.date) -> Said:
    """The network without what is only said after a day."""
    begun = {
        each.node
        for _, claims in said
        for each in claims
        if not isinstance(each, Tie) and {"signed_on", "starts_on"} & set(dict(each.properties))
    }

    def is_known(published: datetime.date | None, claim: Claim) -> bool:
        if not isinstance(claim, Tie):
            return True
        if claim.type == "CHECKED":
            return not is_after(dict(claim.properties)["on"], day)
        return claim.type not in ("PARTNERS_WITH", "PARTY_TO") or claim.end in begun or not is_after(published, day)

    return [(made, [each for each in claims if is_known(made.published, each)]) for made, claims in said]


@settings(max_examples=25)
@given(said=networks(), area=st.sampled_from(AREAS), back=st.integers(1, 4))
def test_matrix_forecast_departure_and_changes_agree_with_brute_force(
    store: Store, said: Said, area: str | None, back: int
) -> None:
    ground = put(store, said)
    truth = true_states(said, TODAY)
    shown = matrix.by_facility(ground, as_of=TODAY).rows
    assert {(row.unit.id, one): state for row in shown for one, state in row.states.items()} == truth

    (outlook,) = forecast.forecast(ground, as_of=TODAY, area=area, horizons=[1, 6]).rows
    for months in (0, 1, 6):
        then = true_states(known_by(said, TODAY), need.add_months(TODAY, months))
        assert outlook.counts[months] == cover.tally(then[unit.id, area] for unit in FACILITIES)
    for row in outlook.falling:
        days = [row.until, row.until + ONE]
        of_days = [true_states(known_by(said, TODAY), day)[row.unit.id, area] for day in days]
        assert of_days[0] == "active" != of_days[1]

    found = {row.partner: row for row in departure.departures(ground, as_of=TODAY).rows}
    for partner in PARTNERS:
        left = true_states(without(said, partner), TODAY)
        fell = sorted(cell for cell, state in truth.items() if state == "active" != left[cell] and cell[1])
        gone = sorted(
            one for (one, where), state in truth.items() if state == "active" != left[one, where] and not where
        )
        told = found.get(partner.id)
        assert (list(told.lost), list(told.lost_areas)) == (gone, fell) if told else (gone, fell) == ([], [])
    order = [(-len(row.lost), -len(row.lost_areas), -len(row.serves)) for row in found.values()]
    assert order == sorted(order)
    assert SERVICE.id not in found

    first = TODAY - back * ONE
    earlier = true_states(said, first)
    (changed,) = changes.between_days(ground, first=first, last=TODAY).rows
    differing = {cell: (earlier[cell], truth[cell]) for cell in truth if earlier[cell] != truth[cell]}
    assert {(row.facility, row.area): (row.before, row.after) for row in changed.states} == differing
    if differing:
        assert changed.facts


@settings(max_examples=15)
@given(said=networks())
def test_counts_add_up_in_every_area_province_and_state(store: Store, said: Said) -> None:
    ground = put(store, said)
    (row,) = matrix.by_province(ground, as_of=TODAY).rows
    truth = true_states(said, TODAY)
    for area in EVERY_AREA:
        assert sum(row.counts[area].values()) == row.facilities == len(FACILITIES)
        assert row.counts[area] == cover.tally(truth[unit.id, area] for unit in FACILITIES)
    ranked = need.gaps(ground, as_of=TODAY).rows
    assert {each.unit.id: each.state for each in ranked} == {unit.id: truth[unit.id, None] for unit in FACILITIES}


@settings(max_examples=10)
@given(said=networks(), later=networks())
def test_two_loads_differ_by_what_the_second_says(store: Store, said: Said, later: Said) -> None:
    copies = [(document(f"{made.title}-b", published=made.published), claims) for made, claims in later]
    renamed = [(made, [_of_document(made.id, each) for each in claims]) for made, claims in copies]
    before, after = put(store, said), put(store, [*said, *renamed])
    (changed,) = changes.between_loads(before, after, as_of=TODAY).rows
    old, new = true_states(said, TODAY), cover.states(after, TODAY)
    differing = {cell for cell in old if old[cell] != new.get(cell, "unknown")}
    assert {(row.facility, row.area) for row in changed.states} == differing
    (same,) = changes.between_loads(after, after, as_of=TODAY).rows
    assert (same.states, same.facts) == ([], [])


def _of_document(id_: str, claim: Claim) -> Claim:
    if isinstance(claim, Tie) and claim.type == "CHECKED":
        return Tie(claim.type, Node("Document", id_), claim.end, claim.evidence, claim.status, claim.properties)
    return claim


def unit(capacity: int | None, occupants: int | None) -> cover.Unit:
    return cover.Unit("facility:a", "A", "lapas", capacity, occupants, None, None)


def test_need_is_the_mean_of_crowding_size_and_waiting_and_half_where_not_known() -> None:
    assert need.need(unit(None, None), None) == 50.0
    assert need.need(unit(500, 1000), 12) == 66.7  # (2/2 + 500/1000 + 12/24) / 3
    assert need.need(unit(1000, 0), 0) == 33.3  # (0 + 1 + 0) / 3
    assert need.need(unit(2000, 9000), 99) == 100.0
    assert need.need(unit(0, 300), 24) == 50.0  # no places: crowding is not known; (0.5 + 0 + 1) / 3


def test_months_are_whole_and_end_on_the_last_day_of_short_months() -> None:
    last = datetime.date(2024, 1, 31)
    assert need.add_months(last, 1) == datetime.date(2024, 2, 29)
    assert need.add_months(last, -11) == datetime.date(2023, 2, 28)
    days = [datetime.date(2024, 2, 28), datetime.date(2024, 2, 29), datetime.date(2024, 3, 1)]
    assert [need.months_between(last, day) for day in days] == [0, 1, 1]
    assert need.months_between(days[2], days[0]) == 0


def paper(partner: Node, facility: Node, name: str, first: datetime.date, last: datetime.date) -> list[Claim]:
    agreement = Node("Agreement", f"agreement:{name}")
    signed = mention(agreement, kind="pks", status="signed", signed_on=first, ends_on=last)
    return [signed, tie("PARTY_TO", facility, agreement), tie("PARTY_TO", partner, agreement)]


def test_the_forecast_of_three_facilities_can_be_checked_on_paper(store: Store) -> None:
    """Padang's ends today, Bukittinggi's in six months to the day, Metro's in a year: 3, 2, 1 and 0 are left."""
    ends = [TODAY, need.add_months(TODAY, 6), need.add_months(TODAY, 12)]
    claims: list[Claim] = [mention(node) for node in [*FACILITIES, COMPANIES[0]]]
    for facility, last in zip(FACILITIES, ends, strict=True):
        claims += paper(COMPANIES[0], facility, facility.id[-3:], TODAY - 400 * ONE, last)
    answer = forecast.forecast(put(store, [(document("satu"), claims)]), as_of=TODAY)
    (found,) = answer.rows
    assert [found.counts[months]["active"] for months in (0, 6, 12, 24)] == [3, 2, 1, 0]
    assert [row.until for row in found.falling] == ends
    assert (answer.as_of, answer.query) == (TODAY, "coverage-facts/forecast")


def test_removing_each_partner_in_turn_and_recounting_by_hand(store: Store) -> None:
    """Satu alone serves Padang; both serve Bukittinggi, where only Dua serves health: Satu costs a whole facility."""
    one, two = COMPANIES
    claims: list[Claim] = [mention(node) for node in [*FACILITIES, *COMPANIES]]
    claims += [tie("PARTNERS_WITH", one, FACILITIES[0], area="fishery"), tie("PARTNERS_WITH", one, FACILITIES[1])]
    claims += [tie("PARTNERS_WITH", two, FACILITIES[1], area="health")]
    rows = departure.departures(put(store, [(document("satu"), claims)]), as_of=TODAY).rows
    padang, bukittinggi, _ = (each.id for each in FACILITIES)
    assert [(row.partner, row.serves, row.lost, row.lost_areas) for row in rows] == [
        (one.id, (bukittinggi, padang), (padang,), ((padang, "fishery"),)),
        (two.id, (bukittinggi,), (), ((bukittinggi, "health"),)),
    ]
