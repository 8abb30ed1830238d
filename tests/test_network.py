"""What is drawn of a network: kept neighbours agree with brute force over the claims, on both engines."""

import datetime
import io

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Tie, properties
from graph.network import Kept, around, graphml, neighbourhood, neighbours, passages, rivals, without
from graph.publish import publish
from graph.store import Store
from tests import networks
from tests.made import BODIES, COMPANIES, FACILITIES, PROGRAMS, document, mention, reading, tie

PADANG, BUKITTINGGI, METRO = FACILITIES
SATU, DUA = COMPANIES
LELE, ROTI = PROGRAMS
PROVINCES = [Node("Place", f"place:{code}") for code in ("13", "18")]
REGENCIES = [Node("Place", f"place:{code}") for code in ("13.71", "13.75", "18.72")]
MOU = Node("Agreement", "agreement:mou")
DAYS = [datetime.date(2020, 1, 1), datetime.date(2022, 6, 1), datetime.date(2025, 1, 1)]


def ground() -> list[Claim]:
    """Two provinces with three units, two companies, two programs of different areas, an agreement on one."""
    told: list[Claim] = [mention(node) for node in (*FACILITIES, *COMPANIES, *BODIES, *REGENCIES)]
    told += [
        Mention(node, node.id, Evidence("."), properties(kind="province", iso=iso))
        for node, iso in zip(PROVINCES, ("ID-SB", "ID-LA"), strict=True)
    ]
    told += [mention(LELE, area="fishery"), mention(ROTI, area="food"), mention(MOU, kind="mou", status="signed")]
    told += [tie("LOCATED_IN", unit, place) for unit, place in zip(FACILITIES, REGENCIES, strict=True)]
    told += [tie("LOCATED_IN", REGENCIES[at], PROVINCES[at // 2]) for at in range(3)]
    return told


TIES = [
    tie("PARTNERS_WITH", SATU, PADANG, area="fishery", since=DAYS[0]),
    tie("PARTNERS_WITH", SATU, PADANG, area="fishery", since=DAYS[1]),
    tie("PARTNERS_WITH", SATU, METRO, area="health", until=DAYS[0]),
    tie("PARTNERS_WITH", DUA, BUKITTINGGI, "other", "planned"),
    tie("SUPPORTS", SATU, LELE),
    tie("SUPPORTS", SATU, ROTI, status="ended"),
    tie("RUNS", PADANG, LELE),
    tie("PARTY_TO", SATU, MOU),
    tie("PARTY_TO", METRO, MOU),
    tie("COVERS", MOU, ROTI),
]


@pytest.fixture
def network(store: Store) -> Store:
    told = ground()
    publish(store, reading(document("satu", published=DAYS[0]), [*told, *TIES[::2]]))
    publish(store, reading(document("dua", published=DAYS[2], synthetic=True), [*told, *TIES[1::2]]))
    return store


def test_everything_is_kept_unless_something_is_wanted(network: Store) -> None:
    shown = neighbourhood(network, [SATU.id])
    assert set(shown) == {SATU.id, PADANG.id, METRO.id, LELE.id, ROTI.id, MOU.id}
    assert neighbours(network, SATU.id) == 5
    assert {(row["label"], row["type"]): row["count"] for row in around(network, SATU.id)} == {
        ("Facility", "PARTNERS_WITH"): 2,
        ("Program", "SUPPORTS"): 2,
        ("Agreement", "PARTY_TO"): 1,
    }
    assert neighbours(network, "company:none") == 0
    assert set(neighbourhood(network, ["company:none", "nonsense"])) == set()


@pytest.mark.parametrize(
    ("kept", "wanted"),
    [
        (Kept(labels=("Program",)), {LELE, ROTI}),
        (Kept(labels=("Program", "Agreement")), {LELE, ROTI, MOU}),
        (Kept(types=("PARTNERS_WITH",)), {PADANG, METRO}),
        (Kept(areas=("fishery",)), {PADANG, LELE}),
        (Kept(areas=("food",)), {ROTI, MOU}),
        (Kept(provinces=("ID-LA",)), {METRO, MOU}),
        (Kept(provinces=("ID-SB",)), {PADANG, LELE}),
        (Kept(provinces=("ID-SB", "ID-LA"), labels=("Facility",)), {PADANG, METRO}),
        (Kept(confidence=0.95), set()),
        (Kept(confidence=0.9), {PADANG, METRO, LELE, ROTI, MOU}),
        (Kept(synthetic=False), {PADANG, METRO, LELE}),
        (Kept(as_of=DAYS[1]), {PADANG, LELE}),
        (Kept(as_of=datetime.date(2019, 1, 1)), set()),
    ],
)
def test_neighbours_are_those_that_are_kept(network: Store, kept: Kept, wanted: set[Node]) -> None:
    assert set(neighbourhood(network, [SATU.id], kept=kept)) - {SATU.id} == {node.id for node in wanted}
    assert neighbours(network, SATU.id, kept) == len(wanted)
    assert sum(row["count"] for row in around(network, SATU.id, kept)) == len(wanted)


def test_of_too_many_the_newest_or_the_first_come_and_one_may_have_more(network: Store) -> None:
    few = neighbourhood(network, [SATU.id], 2)
    assert set(few) == {SATU.id, MOU.id, METRO.id}
    newest = neighbourhood(network, [SATU.id], 2, Kept(newest=True))
    assert set(newest) == {SATU.id, MOU.id, PADANG.id}
    assert len(neighbourhood(network, [SATU.id], 2, more={SATU.id: 4})) == 5


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    labels=st.sets(st.sampled_from(["Facility", "Program", "Agreement", "Company"])),
    types=st.sets(st.sampled_from(["PARTNERS_WITH", "SUPPORTS", "RUNS", "PARTY_TO"])),
    real=st.booleans(),
    start=st.sampled_from([SATU, PADANG, METRO, LELE, MOU]),
)
def test_what_is_kept_agrees_with_brute_force_over_the_claims(
    network: Store, labels: set[str], types: set[str], real: bool, start: Node
) -> None:
    kept = Kept(labels=tuple(sorted(labels)), types=tuple(sorted(types)), synthetic=not real)
    wanted = set()
    base = [claim for claim in ground() if isinstance(claim, Tie)]
    for claim in [*base, *(TIES[::2] if real else TIES)]:
        for one, other in ((claim.start, claim.end), (claim.end, claim.start)):
            if one == start and (not labels or other.label in labels) and (not types or claim.type in types):
                wanted.add(other.id)
    assert set(neighbourhood(network, [start.id], kept=kept)) - {start.id} == wanted


def test_marks_and_nodes_are_left_out(network: Store) -> None:
    whole = neighbourhood(network, [SATU.id])
    assert set(without(whole, nodes=[PADANG.id])) == set(whole) - {PADANG.id}
    assert set(without(whole, marks=["Program", "Facility"])) == {SATU.id, MOU.id}
    assert {data["status"] for *_, data in without(whole, marks=["ended"]).edges(data=True)} == {"active"}
    assert {data["status"] for *_, data in whole.edges(data=True)} == {"active", "ended"}


def test_claims_that_tell_of_one_tie_differently_stand_side_by_side(network: Store) -> None:
    whole = neighbourhood(network, [SATU.id])
    told = {
        data["properties"]["since"]: key
        for a, b, key, data in whole.edges(keys=True, data=True)
        if (a, b, data["type"]) == (SATU.id, PADANG.id, "PARTNERS_WITH")
    }
    for day in DAYS[:2]:
        groups = rivals(whole, [told[day]])
        assert groups[0] == [told[day]]
        assert sorted(key for group in groups for key in group) == sorted(told.values())
    lone = next(key for _, b, key in whole.edges(keys=True) if b == MOU.id)
    assert len(rivals(whole, [lone])) == 1


def test_a_sentence_is_told_with_the_text_around_it(store: Store) -> None:
    text = "Awal cerita. PT Satu bermitra dengan Lapas Padang. Akhir cerita."
    sentence = "PT Satu bermitra dengan Lapas Padang."
    at = text.index(sentence)
    said = Evidence(sentence, (at, at + len(sentence)), 0.9)
    claims: list[Claim] = [mention(SATU), mention(PADANG), Tie("PARTNERS_WITH", SATU, PADANG, said)]
    claims.append(tie("SUPPORTS", SATU, LELE))
    claims.insert(0, mention(LELE))
    publish(store, Reading(Document("document:a", "A", "article", text=text), claims))
    whole = neighbourhood(store, [SATU.id])
    found = passages(store, whole, [key for *_, key in whole.edges(keys=True)], letters=8)
    assert list(found.values()) == [("…cerita. ", sentence, " Akhir c…")]


@settings(max_examples=25)
@given(st.sampled_from(networks.HOSTILE) | st.text(max_size=60))
def test_any_text_goes_into_graphml_and_comes_out_as_text(text: str) -> None:
    drawn = networks.star("company:a", 2, name=text)
    for *_, data in drawn.edges(data=True):
        data.update(where=text, properties={"area": text, "since": DAYS[0], "until": None})
    whole = graphml(drawn)
    again = nx.read_graphml(io.BytesIO(whole), force_multigraph=True)
    assert set(again) == set(drawn)
    assert again.number_of_edges() == drawn.number_of_edges()
    kept = {again.nodes[node]["name"] for node in again} | {data["where"] for *_, data in again.edges(data=True)}
    assert len(kept) == 1
    if text.isprintable():
        assert kept == {text}
    assert b"<script" not in whole
    assert {data["since"] for *_, data in again.edges(data=True)} == {str(DAYS[0])}
