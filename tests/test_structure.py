"""Structure and freshness agree with brute force over the claims of made networks, and with paper by hand."""

import datetime
import itertools
from collections import defaultdict
from fractions import Fraction
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Mention, Node, Reading, Tie
from graph.insight import freshness as fresh
from graph.insight import structure
from graph.publish import publish
from graph.store import Store
from tests.conftest import clear
from tests.made import COMPANIES, FACILITIES, document, mention, tie
from tests.test_coverage import TODAY, Said, is_after, is_before

DAY = datetime.timedelta(1)
DAYS = st.none() | st.dates(TODAY - 3 * DAY, TODAY + 3 * DAY)
PEOPLE = [Node("Official", f"official:{name}") for name in ("budi", "siti", "budi@lain")]
NAMES = {PEOPLE[0]: "Budi", PEOPLE[1]: "Siti", PEOPLE[2]: "BUDI"}
NODES = [*FACILITIES, *COMPANIES]


@st.composite
def worlds(draw: Any) -> Said:
    """Two documents around today, with cooperations and posts among three units, two firms and three people."""
    said: Said = []
    for name in ("satu", "dua"):
        claims: list[Claim] = [mention(node) for node in NODES]
        claims += [Mention(node, NAMES[node], mention(node).evidence) for node in PEOPLE]
        status = st.sampled_from(["active", "ended", "planned"])
        for _ in range(draw(st.integers(0, 4))):
            ends = draw(st.sampled_from(COMPANIES)), draw(st.sampled_from(FACILITIES))
            claims.append(tie("PARTNERS_WITH", *ends, status=draw(status), until=draw(DAYS)))
        for _ in range(draw(st.integers(0, 4))):
            ends = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(NODES))
            claims.append(tie("HOLDS", *ends, status=draw(status), since=draw(DAYS)))
        said.append((document(name, published=draw(DAYS)), claims))
    return said


def put(store: Store, said: Said) -> None:
    clear(store)
    for made, claims in said:
        publish(store, Reading(made, claims))


def ties(said: Said) -> list[Tie]:
    """The ties that hold today."""
    found = []
    for made, claims in said:
        for each in claims:
            if isinstance(each, Tie) and each.status == "active" and not is_after(made.published, TODAY):
                own = dict(each.properties)
                if not is_after(own.get("since"), TODAY) and not is_before(own.get("until"), TODAY):
                    found.append(each)
    return found


def betweenness(pairs: set[tuple[str, str]]) -> dict[str, Fraction]:
    """The share of all shortest paths between two others that run through each node, path by path."""
    graph = nx.Graph(sorted(pairs))
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one, other in itertools.combinations(sorted(graph), 2):
        if nx.has_path(graph, one, other):
            paths = list(nx.all_shortest_paths(graph, one, other))
            for id_ in (id_ for path in paths for id_ in path[1:-1]):
                found[id_] += Fraction(1, len(paths))
    most = Fraction((len(graph) - 1) * (len(graph) - 2), 2)
    return {id_: share / most for id_, share in found.items()}


@settings(max_examples=15)
@given(said=worlds())
def test_brokers_and_communities_are_those_of_the_ties_of_the_day(store: Store, said: Said) -> None:
    put(store, said)
    tied = structure.read_ties(store, as_of=TODAY)
    pairs = {(each.start.id, each.end.id) for each in ties(said)}
    expected = betweenness(pairs)
    rows = structure.brokers(tied, most=99).rows
    assert {row.node.id for row in rows} == set(expected)
    assert all(row.figure == pytest.approx(float(expected[row.node.id])) for row in rows)
    groups = [[node.id for node in group] for group in structure.communities(tied).rows]
    assert sorted(itertools.chain(*groups)) == sorted({id_ for pair in pairs for id_ in pair})
    assert groups == [[node.id for node in group] for group in structure.communities(tied).rows]


@settings(max_examples=15)
@given(said=worlds())
def test_central_partners_and_shared_posts_are_those_that_brute_force_finds(store: Store, said: Said) -> None:
    put(store, said)
    serves: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, set[str]] = defaultdict(set)
    for each in ties(said):
        if each.type == "PARTNERS_WITH":
            serves[each.start.id].add(each.end.id)
        else:
            posts[NAMES[each.start].lower()].add(each.end.id)
    rows = structure.central_partners(store, as_of=TODAY).rows
    assert {row.node.id: row.figure for row in rows} == {id_: len(units) for id_, units in serves.items()}
    shared = structure.shared_affiliations(structure.read_ties(store, as_of=TODAY)).rows
    found = {row.name.lower(): {node.id for node in row.organisations} for row in shared}
    assert found == {name: held for name, held in posts.items() if len(held) > 1}


def test_two_people_of_one_name_are_perhaps_one(store: Store) -> None:
    claims: list[Claim] = [mention(node) for node in NODES]
    claims += [Mention(node, NAMES[node], mention(node).evidence) for node in PEOPLE]
    claims += [tie("HOLDS", PEOPLE[0], NODES[0]), tie("HOLDS", PEOPLE[2], NODES[1])]
    claims += [tie("HOLDS", PEOPLE[1], NODES[0]), tie("HOLDS", PEOPLE[1], NODES[2])]
    put(store, [(document("satu", published=TODAY), claims)])
    perhaps, sure = structure.shared_affiliations(structure.read_ties(store, as_of=TODAY)).rows
    assert ({node.id for node in perhaps.officials}, perhaps.certain) == ({PEOPLE[0].id, PEOPLE[2].id}, False)
    assert ({node.id for node in sure.officials}, sure.certain) == ({PEOPLE[1].id}, True)


@settings(max_examples=15)
@given(said=worlds())
def test_freshness_is_the_age_of_the_newest_fact_and_untied_is_who_has_no_tie(store: Store, said: Said) -> None:
    put(store, said)
    rows = {row.id: row for row in fresh.freshness(store, as_of=TODAY).rows}
    assert set(rows) == {unit.id for unit in FACILITIES}
    for unit in FACILITIES:
        heard = [made.published for made, claims in said for each in set(claims) if touches(each, unit)]
        known = [day for day in heard if not is_after(day, TODAY)]
        newest = max((day for day in known if day), default=None)
        row = rows[unit.id]
        assert (row.newest, row.facts, row.undated) == (newest, len(known), known.count(None))
        assert row.days == (None if newest is None else (TODAY - newest).days)
    sources = {row.id: row.newest for row in fresh.freshness(store, as_of=TODAY, sources=True).rows}
    assert sources == {made.id: made.published for made, _ in said if not is_after(made.published, TODAY)}
    tied = {node.id for each in ties(said) for node in (each.start, each.end)}
    alone = {node.id for node in fresh.untied(store, as_of=TODAY).rows}
    assert alone == {node.id for node in (*NODES, *PEOPLE)} - tied


def touches(claim: Claim, unit: Node) -> bool:
    return claim.node == unit if isinstance(claim, Mention) else unit in (claim.start, claim.end)


def test_a_network_on_paper(store: Store) -> None:
    """PT Satu serves Padang and Bukittinggi, PT Dua serves Metro alone; Siti leads PT Satu. Said nine days ago.

    Siti – PT Satu – {Padang, Bukittinggi} and PT Dua – Metro. Six nodes are tied, so a node has 5 · 4 / 2 = 10 pairs
    of others; PT Satu is between three of them: Siti and Padang, Siti and Bukittinggi, Padang and Bukittinggi.
    """
    claims: list[Claim] = [mention(node) for node in (*NODES, PEOPLE[1], PEOPLE[0])]
    claims += [tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0]), tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[1])]
    claims += [tie("PARTNERS_WITH", COMPANIES[1], FACILITIES[2]), tie("HOLDS", PEOPLE[1], COMPANIES[0])]
    put(store, [(document("satu", published=TODAY - 9 * DAY), claims)])
    (broker,) = structure.brokers(structure.read_ties(store, as_of=TODAY)).rows
    assert broker.node.id == COMPANIES[0].id
    assert broker.figure == pytest.approx(3 / 10)
    central = structure.central_partners(store, as_of=TODAY).rows
    assert [(row.node.id, row.figure) for row in central] == [(COMPANIES[0].id, 2), (COMPANIES[1].id, 1)]
    groups = structure.communities(structure.read_ties(store, as_of=TODAY)).rows
    assert groups[0][0].id == COMPANIES[0].id  # who is tied to the most stands for the group
    assert [len(group) for group in groups] == [4, 2]
    assert structure.communities(structure.read_ties(store, as_of=TODAY), most=1).rows == groups[:1]
    assert {(row.newest, row.days) for row in fresh.freshness(store, as_of=TODAY).rows} == {(TODAY - 9 * DAY, 9)}
    assert [node.id for node in fresh.untied(store, as_of=TODAY).rows] == [PEOPLE[0].id]
    before = TODAY - 10 * DAY
    assert structure.brokers(structure.read_ties(store, as_of=before)).rows == []
    assert {row.newest for row in fresh.freshness(store, as_of=before).rows} == {None}
