"""Introductions: the k best paths, against an oracle that walks every path, and a network to check on paper."""

import datetime
import itertools
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Tie, properties
from graph.errors import BadInput
from graph.insight.introductions import introductions
from graph.publish import publish
from graph.status import data_version
from graph.store import Store
from tests.conftest import clear
from tests.made import document, mention, tie

TODAY = datetime.date(2024, 1, 10)
DAYS = st.none() | st.dates(TODAY - datetime.timedelta(3), TODAY + datetime.timedelta(3))
SINCE = st.dates(TODAY - datetime.timedelta(9000), TODAY + datetime.timedelta(30))
FACILITIES = [Node("Facility", f"facility:lapas-{place}") for place in ("padang", "metro")]
COMPANIES = [Node("Company", f"company:pt-{name}") for name in ("satu", "dua")]
PEOPLE = [Node("Official", f"official:budi@pt-{name}") for name in ("satu", "dua")]
MINISTRY, AGENCY = Node("PublicBody", "public-body:kementerian-a"), Node("PublicBody", "public-body:dinas-b")
PAPER, EVENT = Node("Agreement", "agreement:pks-1"), Node("Event", "event:rapat")
NODES = [*FACILITIES, *COMPANIES, *PEOPLE, MINISTRY, AGENCY, PAPER, EVENT]
POSSIBLE = [
    *(("PARTNERS_WITH", one, other) for one in (*COMPANIES, MINISTRY, AGENCY) for other in FACILITIES),
    *(("HOLDS", one, other) for one in PEOPLE for other in (*COMPANIES, AGENCY)),
    *(("PARTY_TO", one, PAPER) for one in (*FACILITIES, *COMPANIES, AGENCY)),
    *(("TOOK_PART", one, EVENT) for one in (*FACILITIES, *COMPANIES, MINISTRY)),
    *(("PART_OF", one, AGENCY) for one in FACILITIES),
]
Said = list[tuple[Document, list[Claim]]]


def mentions(paper: dict[str, Any], event: dict[str, Any]) -> list[Claim]:
    own: dict[str, dict[str, Any]] = {MINISTRY.id: {"kind": "ministry"}, AGENCY.id: {"kind": "agency"}}
    own |= {PAPER.id: paper, EVENT.id: event}
    return [mention(node, **own.get(node.id, {})) for node in NODES]


@st.composite
def networks(draw: st.DrawFn) -> tuple[Said, dict[str, Any], dict[str, Any]]:
    """Two documents that say the same of the agreement and the event, and tie nodes with different days and doubts."""
    statuses = st.sampled_from([None, "planned", "signed", "in_force", "ended", "unknown"])
    paper = {"status": draw(statuses), "signed_on": draw(DAYS), "starts_on": draw(DAYS), "ends_on": draw(DAYS)}
    event = {"date": draw(DAYS), "planned": draw(st.sampled_from([None, None, True, False]))}
    said: Said = []
    for name in ("satu", "dua"):
        claims = mentions(paper, event)
        for type_, start, end in draw(st.lists(st.sampled_from(POSSIBLE), unique=True, max_size=9)):
            own: dict[str, Any] = {}
            if type_ in ("PARTNERS_WITH", "HOLDS", "PART_OF") and draw(st.booleans()):
                own = {"since": draw(DAYS), "until": draw(DAYS)}
            status = draw(st.sampled_from(["active"] * 5 + ["planned", "ended"]))
            evidence = Evidence(f"{start.id} {type_}", confidence=draw(st.sampled_from([1.0, 0.9, 0.7, 0.5, 0.0])))
            claims.append(Tie(type_, start, end, evidence, status, properties(**own)))
        said.append((document(name, published=draw(st.none() | SINCE)), claims))
    return said, paper, event


def holds(made: Document, each: Tie, paper: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether a tie holds today, from the plain words."""
    own: dict[str, Any] = dict(each.properties)
    if each.status != "active":
        return False
    if (own.get("since") or TODAY) > TODAY or (own.get("until") or TODAY) < TODAY:
        return False
    begins = made.published
    if each.end == PAPER:
        if paper["status"] in ("ended", "planned", "unknown") or (paper["ends_on"] or TODAY) < TODAY:
            return False
        begins = paper["starts_on"] or paper["signed_on"] or made.published
    if each.end == EVENT and (event["planned"] or (event["date"] or TODAY) > TODAY):
        return False
    return (begins or TODAY) <= TODAY


def price(told: list[tuple[Document, Tie]]) -> float:
    """What a hop costs, from the plain words."""
    costs = []
    for made, each in told:
        days = (TODAY - made.published).days if made.published else 10 * 365.25
        costs.append((1 + min(10.0, max(0.0, days / 365.25)) / 5) / max(0.05, each.evidence.confidence))
    return min(costs) / math.sqrt(len({made.id for made, _ in told}))


def oracle(said: Said, paper: dict[str, Any], event: dict[str, Any], start: Node, end: Node) -> list[float]:
    """The costs of all paths from start to end that do not pass the ministry, by walking every order of nodes."""
    hops: dict[frozenset[Node], list[tuple[Document, Tie]]] = {}
    for made, claims in said:
        for each in claims:
            if isinstance(each, Tie) and holds(made, each, paper, event):
                hops.setdefault(frozenset((each.start, each.end)), []).append((made, each))
    prices = {pair: price(told) for pair, told in hops.items()}

    def walk(at: Node, seen: frozenset[Node]) -> list[float]:
        if at == end:
            return [0.0]
        return [
            prices[frozenset((at, to))] + rest
            for to in NODES
            if to not in seen and (to != MINISTRY or end == MINISTRY) and frozenset((at, to)) in prices
            for rest in walk(to, seen | {to})
        ]

    return sorted(walk(start, frozenset([start])))


@settings(max_examples=20)
@given(made=networks(), ends=st.sampled_from([(PEOPLE[0], FACILITIES[0]), (COMPANIES[1], MINISTRY), (PAPER, EVENT)]))
def test_the_paths_are_those_that_the_oracle_finds(store: Store, made: Any, ends: tuple[Node, Node]) -> None:
    clear(store)
    said, paper, event = made
    for each, claims in said:
        publish(store, Reading(each, claims))
    answer = introductions(store, ends[0].id, ends[1].id, k=6, as_of=TODAY)
    assert [path.cost for path in answer.rows] == pytest.approx(oracle(said, paper, event, *ends)[:6], abs=1e-5)
    assert (answer.query, answer.as_of, answer.version) == ("ties-on-day", TODAY, data_version(store))
    for path in answer.rows:
        ids = [path.hops[0].start.id, *(hop.end.id for hop in path.hops)]
        assert (ids[0], ids[-1]) == (ends[0].id, ends[1].id)
        assert len(set(ids)) == len(ids)
        assert all(one.end.id == other.start.id for one, other in itertools.pairwise(path.hops))
        assert all({hop.said.start, hop.said.end} == {hop.start.id, hop.end.id} for hop in path.hops)
        assert all(hop.where == f"{hop.said.start} {hop.said.relation}" for hop in path.hops)


def on_paper(store: Store) -> None:
    """Budi leads PT Satu, which partners with Padang since the article of 10 Jan 2019; Dinas B does with both, newer.

    The ministry partners with both facilities too, told today: the cheapest way, if one may go through a ministry.
    """
    old = document("lama", published=datetime.date(2019, 1, 10))
    new = document("baru", published=TODAY, kind="register")
    own = [*PEOPLE[:1], *COMPANIES[:1], *FACILITIES]
    told: list[Claim] = [mention(node) for node in own]
    publish(store, Reading(old, [*told, tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0], said="lama")]))
    claims: list[Claim] = [*told, mention(MINISTRY, kind="ministry"), mention(AGENCY, kind="agency")]
    for type_, start, end in [
        ("HOLDS", PEOPLE[0], COMPANIES[0]),
        ("PARTNERS_WITH", AGENCY, FACILITIES[0]),
        ("PARTNERS_WITH", AGENCY, FACILITIES[1]),
        ("PARTNERS_WITH", MINISTRY, FACILITIES[0]),
        ("PARTNERS_WITH", MINISTRY, FACILITIES[1]),
    ]:
        claims.append(Tie(type_, start, end, Evidence(f"{type_} {end.id}", confidence=1.0)))
    publish(store, Reading(new, claims))


def ways(store: Store, **more: Any) -> list[tuple[list[str], float]]:
    answer = introductions(store, PEOPLE[0].id, FACILITIES[1].id, as_of=TODAY, **more)
    return [([hop.end.id for hop in path.hops], round(path.cost, 2)) for path in answer.rows]


def test_the_paths_of_a_network_on_paper(store: Store) -> None:
    on_paper(store)
    through = [COMPANIES[0].id, FACILITIES[0].id]
    old = (1 + (TODAY - datetime.date(2019, 1, 10)).days / 365.25 / 5) / 0.9
    # 1 for the post, the old article for PT Satu, 1 and 1 for Dinas B
    expected = round(1 + old + 1 + 1, 2)
    assert ways(store) == [([*through, AGENCY.id, FACILITIES[1].id], expected)]
    both = ways(store, avoid=())
    assert sorted(both) == sorted(([*through, each.id, FACILITIES[1].id], expected) for each in (AGENCY, MINISTRY))
    assert ways(store, avoid=("agency", "ministry")) == []
    assert ways(store, avoid=("ministry", AGENCY.id)) == []
    assert ways(store, k=1, avoid=()) == both[:1]


def test_a_day_before_the_documents_has_no_path(store: Store) -> None:
    on_paper(store)
    before = TODAY - datetime.timedelta(1)
    assert introductions(store, PEOPLE[0].id, FACILITIES[1].id, as_of=before).rows == []
    assert len(introductions(store, COMPANIES[0].id, FACILITIES[0].id, as_of=before).rows) == 1


def test_names_are_understood_and_an_ambiguous_one_lists_its_candidates(store: Store) -> None:
    on_paper(store)
    publish(store, Reading(document("tiga"), [Mention(FACILITIES[1], "Lapas Kelas IIA Metro", Evidence("x"))]))
    named = introductions(store, "Budi@PT-Satu", "Lapas Metro", as_of=TODAY)
    assert [hop.end.id for hop in named.rows[0].hops][-1] == FACILITIES[1].id
    for start, end, told in [
        ("lapas", PEOPLE[0].id, "facility:lapas-padang"),
        ("Lapas Atlantis", PEOPLE[0].id, "no node Lapas Atlantis"),
        ("'", PEOPLE[0].id, "no node '"),
        (PEOPLE[0].id, PEOPLE[0].id, "same node"),
    ]:
        with pytest.raises(BadInput, match=told):
            introductions(store, start, end)
    with pytest.raises(BadInput, match="no node istana"):
        ways(store, avoid=("istana",))


def test_invented_ties_are_walked_only_when_asked(store: Store) -> None:
    invented = document("rekaan", synthetic=True)
    claims: list[Claim] = [mention(COMPANIES[0]), mention(FACILITIES[0])]
    claims.append(tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0]))
    publish(store, Reading(invented, claims))
    publish(store, Reading(document("nyata"), claims[:2]))
    assert introductions(store, COMPANIES[0].id, FACILITIES[0].id).rows == []
    assert len(introductions(store, COMPANIES[0].id, FACILITIES[0].id, synthetic=True).rows) == 1


@pytest.mark.parametrize(
    ("name", "kind", "hub"),
    [
        ("Kementerian Imigrasi dan Pemasyarakatan", "corrections", True),
        ("Direktorat Jenderal Pemasyarakatan", "corrections", True),
        ("Ditjen PAS Kemenimipas RI", "corrections", True),
        ("Kemenkes", "ministry", True),
        ("KKP", "ministry", True),
        ("Kantor Wilayah Ditjenpas Sumatera Barat", "corrections", False),
        ("Kanwil Kemenkumham Sumatra Barat", "corrections", False),
        ("Kantor Kementerian Agama Kota Metro", "ministry", False),
        ("Kemenag Kota Metro", "ministry", False),
        ("Dinas Perikanan", "agency", False),
    ],
)
def test_a_path_runs_through_an_office_in_a_region_but_through_no_hub(
    store: Store, name: str, kind: str, hub: bool
) -> None:
    body = Node("PublicBody", "public-body:satu")
    claims: list[Claim] = [mention(node) for node in FACILITIES]
    claims.append(Mention(body, name, Evidence("x"), properties(kind=kind)))
    claims += [tie("PART_OF", each, body) for each in FACILITIES]
    publish(store, Reading(document("satu"), claims))
    ends = FACILITIES[0].id, FACILITIES[1].id
    assert len(introductions(store, *ends).rows) == (0 if hub else 1)
    assert len(introductions(store, *ends, avoid=("",)).rows) == 1
    assert len(introductions(store, body.id, FACILITIES[1].id).rows) == 1
