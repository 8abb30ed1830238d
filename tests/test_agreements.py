"""Agreements, paper partners, umbrellas and rotation: by brute force where the rule is general, else on paper."""

import datetime
import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import coverage as cover
from graph.claims import Claim, Mention, Node, Tie
from graph.insight import agreements, paper, rotation, umbrella
from graph.insight.need import add_months
from graph.publish import publish
from graph.store import Store
from tests.made import COMPANIES, FACILITIES, document, mention, reading, tie
from tests.test_coverage import PARTNERS, SERVICE, TODAY, Said, networks
from tests.test_insight import ONE, put

HEADS = [Node("Official", "official:lama"), Node("Official", "official:baru")]
NODES: list[Claim] = [mention(node) for node in [*FACILITIES, *COMPANIES]]


def signed(name: str, parties: list[Node], **own: Any) -> list[Claim]:
    agreement = Node("Agreement", f"agreement:{name}")
    said = mention(agreement, **({"kind": "pks", "status": "signed"} | own))
    return [said, *(tie("PARTY_TO", party, agreement) for party in parties)]


def own_of(said: Said) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for claim in (claim for _, claims in said for claim in claims):
        if isinstance(claim, Mention) and claim.node.label == "Agreement":
            found[claim.node.id] = dict(claim.properties) | {"parties": set(), "areas": set()}
    areas = {
        claim.node.id: dict(claim.properties).get("area")
        for _, claims in said
        for claim in claims
        if isinstance(claim, Mention) and claim.node.label == "Program"
    }
    for claim in (claim for _, claims in said for claim in claims if isinstance(claim, Tie)):
        if claim.type == "PARTY_TO":
            found[claim.end.id]["parties"].add(claim.start)
        if claim.type == "COVERS" and areas[claim.end.id]:
            found[claim.start.id]["areas"].add(areas[claim.end.id])
    return found


def is_lapsed(own: dict[str, Any]) -> bool:
    begins = own.get("starts_on") or own.get("signed_on")
    if begins and begins > TODAY:
        return False
    return own.get("status") == "ended" or bool(own.get("ends_on") and own["ends_on"] < TODAY)


def follows(later: dict[str, Any], earlier: dict[str, Any]) -> bool:
    first, second = (each.get("starts_on") or each.get("signed_on") for each in (earlier, later))
    if second is None or later.get("status") == "unknown" or earlier.get("ends_on") is None:
        return False
    if (first and second <= first) or (later.get("ends_on") and later["ends_on"] <= earlier["ends_on"]):
        return False
    return not later["areas"] or not earlier["areas"] or bool(later["areas"] & earlier["areas"])


@settings(max_examples=20)
@given(said=networks(), more=st.data())
def test_lapsed_without_successor_agrees_with_brute_force(store: Store, said: Said, more: st.DataObject) -> None:
    parties = more.draw(st.lists(st.sampled_from([*FACILITIES, *COMPANIES]), min_size=2, unique=True))
    for name in ("satu-x", "satu-y"):
        first, last = (TODAY + more.draw(st.integers(-9, 9)) * ONE for _ in range(2))
        said[0][1].extend(signed(name, parties, signed_on=first, ends_on=last))
    put(store, said)
    every = own_of(said)
    expected = {}
    for id_, own in every.items():
        units = [each for each in own["parties"] if each.label == "Facility"]
        partners = [each for each in own["parties"] if each in PARTNERS and each != SERVICE]
        after = [each["parties"] for each in every.values() if each is not own and follows(each, own)]
        left = {(a.id, b.id) for a, b in itertools.product(units, partners) if not any({a, b} <= one for one in after)}
        if is_lapsed(own) and left:
            expected[id_] = left
    rows = agreements.endings(store, as_of=TODAY, within=0).rows
    assert {row.terms.id: set(row.left) for row in rows if row.state == "lapsed"} == expected


def test_expiring_within_n_days_includes_the_nth_and_not_the_next(store: Store) -> None:
    parties, begun = [FACILITIES[0], COMPANIES[0]], TODAY - 900 * ONE
    claims = [*NODES]
    for days in (-1, 0, 29, 30, 31):
        claims += signed(f"{days}", parties, signed_on=begun, ends_on=TODAY + days * ONE)
    put(store, [(document("satu"), claims)])
    rows = agreements.endings(store, as_of=TODAY, within=30, renewed=True).rows
    assert [(row.state, row.days) for row in rows] == [
        ("expiring", 0),
        ("expiring", 29),
        ("expiring", 30),
        ("lapsed", -1),
    ]


def test_a_chain_of_renewals_leaves_only_its_end(store: Store) -> None:
    """Three papers in a row; the last has lapsed. A fourth, with another partner, renews none of them."""
    years = [datetime.date(year, 1, 1) for year in (2015, 2018, 2021, 2023)]
    claims = [*NODES]
    for number, (first, last) in enumerate(itertools.pairwise(years)):
        claims += signed(f"{number}", [FACILITIES[0], COMPANIES[0]], signed_on=first, ends_on=last - ONE)
    claims += signed("other", [FACILITIES[0], COMPANIES[1]], signed_on=years[-1])
    put(store, [(document("satu"), claims)])
    (row,) = agreements.endings(store, as_of=TODAY, within=30).rows
    assert (row.terms.id, row.state) == ("agreement:2", "lapsed")
    assert row.renews == ("agreement:0", "agreement:1")
    every = agreements.endings(store, as_of=TODAY, within=30, renewed=True).rows
    assert {each.terms.id: each.renewed_by for each in every} == {
        "agreement:0": ("agreement:1",),
        "agreement:1": ("agreement:2",),
        "agreement:2": (),
    }


def heard(store: Store, day: datetime.date, *more: Claim) -> list[tuple[str, str | None]]:
    claims = [*NODES, *signed("pks", [FACILITIES[0], COMPANIES[0]], signed_on=day), *more]
    register = document("daftar", kind="register", published=TODAY)
    put(store, [(register, claims)])
    return [(row.partner, row.sign) for row in paper.paper_partners(store, as_of=TODAY, months=6).rows]


def test_a_partner_is_on_paper_on_the_day_on_which_the_months_are_full(store: Store) -> None:
    edge = add_months(TODAY, -6)
    assert [heard(store, edge + step * ONE) for step in (-1, 0, 1)] == [
        [(COMPANIES[0].id, None)],
        [(COMPANIES[0].id, None)],
        [],
    ]


def test_an_event_after_the_signing_is_a_sign_of_life_and_the_signing_itself_is_none(store: Store) -> None:
    begun, event = add_months(TODAY, -18), Node("Event", "event:temu")
    took = tie("TOOK_PART", COMPANIES[0], event)
    assert heard(store, begun, mention(event, date=begun), took) == [(COMPANIES[0].id, None)]
    assert heard(store, begun, mention(event, date=TODAY - ONE), took) == []
    assert heard(store, begun, mention(event, date=TODAY - ONE, planned=True), took) == [(COMPANIES[0].id, None)]
    assert heard(store, begun, mention(event, date=TODAY + ONE), took) == [(COMPANIES[0].id, None)]
    assert heard(store, begun, mention(event, date=add_months(begun, 1)), took) == [(COMPANIES[0].id, event.id)]


def test_a_program_and_a_mention_in_an_article_are_signs_of_life(store: Store) -> None:
    program = Node("Program", "program:lele")
    begun = add_months(TODAY, -18)
    assert heard(store, begun, mention(program), tie("SUPPORTS", COMPANIES[0], program)) == []
    register = document("daftar", kind="register", published=TODAY)
    claims = [*NODES, *signed("pks", [FACILITIES[0], COMPANIES[0]], signed_on=begun)]
    article = document("berita", published=TODAY - ONE)
    put(store, [(register, claims), (article, [mention(COMPANIES[0])])])
    assert paper.paper_partners(store, as_of=TODAY, months=6).rows == []


def test_a_national_agreement_covers_the_three_units_it_names_and_no_other(store: Store) -> None:
    """Six partners, five years, three of five units named; the directorate general is party to it."""
    units = [*FACILITIES, Node("Facility", "facility:lapas-a"), Node("Facility", "facility:lapas-b")]
    partners = [Node("Organization", f"organization:{number}") for number in range(6)]
    centre = Node("PublicBody", "public-body:ditjenpas")
    first, last = datetime.date(2020, 3, 1), datetime.date(2025, 2, 28)
    claims: list[Claim] = [*(mention(node) for node in [*units, *partners]), mention(centre, kind="corrections")]
    claims += signed("payung", [*units[:3], *partners, centre], kind="mou", signed_on=first, ends_on=last)
    ground = put(store, [(document("satu"), claims)])
    (found,) = umbrella.umbrellas(store, ground, as_of=TODAY).rows
    assert (found.named, found.state) == (tuple(sorted(node.id for node in units[:3])), "active")
    assert found.implied == ("facility:lapas-a", "facility:lapas-b")
    assert len(found.terms.partners) == 6
    for day, state in ((first - ONE, "planned"), (first, "active"), (last, "active"), (last + ONE, "lapsed")):
        assert cover.states(ground, day) == {(node.id, None): state for node in units[:3]}


def test_a_regional_agreement_implies_the_units_that_are_part_of_the_office_on_the_day(store: Store) -> None:
    between = Node("PublicBody", "public-body:balai")
    claims: list[Claim] = [*NODES, mention(SERVICE, kind="corrections"), mention(between, kind="corrections")]
    claims += [tie("PART_OF", FACILITIES[0], SERVICE), tie("PART_OF", FACILITIES[1], between)]
    claims += [tie("PART_OF", between, SERVICE), tie("PART_OF", FACILITIES[2], SERVICE, until=TODAY - ONE)]
    claims += signed("wilayah", [FACILITIES[0], COMPANIES[0], SERVICE], signed_on=TODAY)
    ground = put(store, [(document("satu"), claims)])
    (found,) = umbrella.umbrellas(store, ground, as_of=TODAY).rows
    assert (found.named, found.implied) == ((FACILITIES[0].id,), (FACILITIES[1].id,))
    assert cover.states(ground, TODAY) == {(FACILITIES[0].id, None): "active"}


@settings(max_examples=10)
@given(said=networks())
def test_a_change_of_head_leaves_coverage_unchanged(store: Store, said: Said) -> None:
    before = put(store, said)
    posts: list[Claim] = [*(mention(head) for head in HEADS), *(mention(node) for node in FACILITIES)]
    posts += [tie("HOLDS", HEADS[0], node, status="ended", until=TODAY - ONE) for node in FACILITIES]
    posts += [tie("HOLDS", HEADS[1], node, since=TODAY) for node in FACILITIES]
    after = put(store, [*said, (document("serah-terima", kind="register"), posts)])
    assert cover.states(before, TODAY) == cover.states(after, TODAY)


def test_the_ties_of_a_former_head_with_active_partners_are_listed(store: Store) -> None:
    old, new = HEADS
    meeting, last = Node("Event", "event:temu"), TODAY - 5 * ONE
    claims: list[Claim] = [*NODES, mention(old), mention(new), mention(meeting, date=TODAY - 40 * ONE)]
    claims += signed("pks", [FACILITIES[0], COMPANIES[0]], signed_on=TODAY - 90 * ONE)
    claims += signed("habis", [FACILITIES[0], COMPANIES[1]], signed_on=TODAY - 90 * ONE, ends_on=TODAY - ONE)
    claims += [tie("SIGNED", old, Node("Agreement", f"agreement:{name}")) for name in ("pks", "habis")]
    claims += [tie("ATTENDED", old, meeting), tie("TOOK_PART", COMPANIES[0], meeting)]
    claims += [tie("HOLDS", old, FACILITIES[0], title="Kalapas", status="ended", until=last)]
    claims += [tie("HOLDS", new, FACILITIES[0], title="Kalapas", since=last + ONE)]
    ground = put(store, [(document("satu"), claims)])
    (row,) = rotation.to_renew(store, ground, as_of=TODAY).rows
    assert (row.facility, row.former, row.partner) == (FACILITIES[0].id, old.id, COMPANIES[0].id)
    assert (row.signed, row.met) == (("agreement:pks",), (meeting.id,))
    assert (row.title, row.until, row.latest) == ("Kalapas", last, TODAY - 40 * ONE)
    assert [len(rotation.to_renew(store, ground, as_of=day).rows) for day in (last, last + ONE)] == [0, 2]
    assert rotation.to_renew(store, ground, as_of=TODAY, since=last + ONE).rows == []
    assert len(rotation.to_renew(store, ground, as_of=TODAY, since=last).rows) == 1


def test_a_partner_whom_someone_in_post_knows_is_no_follow_up_any_more(store: Store) -> None:
    old, new = HEADS
    meeting = Node("Event", "event:kenal")
    claims: list[Claim] = [*NODES, mention(old), mention(new)]
    claims += signed("pks", [FACILITIES[0], COMPANIES[0]], signed_on=TODAY - 90 * ONE)
    claims += [tie("SIGNED", old, Node("Agreement", "agreement:pks"))]
    claims += [tie("HOLDS", old, FACILITIES[0], title="Kalapas", status="ended", until=TODAY - 9 * ONE)]
    claims += [tie("HOLDS", new, FACILITIES[0], title="Kalapas", since=TODAY - 8 * ONE)]
    ground = put(store, [(document("satu"), claims)])
    assert [row.known_by for row in rotation.to_renew(store, ground, as_of=TODAY).rows] == [()]
    met: list[Claim] = [mention(new), mention(COMPANIES[0]), mention(meeting, date=TODAY - 2 * ONE)]
    met += [tie("ATTENDED", new, meeting), tie("TOOK_PART", COMPANIES[0], meeting)]
    publish(store, reading(document("dua"), met))
    known = {day: rotation.to_renew(store, ground, as_of=day).rows[0].known_by for day in (TODAY - 3 * ONE, TODAY)}
    assert known == {TODAY - 3 * ONE: (), TODAY: (new.id,)}
