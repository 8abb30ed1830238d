"""The work list: every ticked unit, whom to win for it and why, and the way there; pictures of ways hide no node."""

import datetime
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim
from graph.coverage import read_ground
from graph.insight.introductions import Path, introduced
from graph.insight.need import gaps
from graph.insight.projection import project
from graph.insight.suggestions import read_market
from graph.insight.worklist import table, work_list
from graph.layout import HEIGHT, WIDTH, along
from graph.publish import publish
from graph.store import Store
from tests.made import BODIES, COMPANIES, FACILITIES, document, hashed, mention, reading, tie

TODAY = datetime.date(2026, 11, 26)
UNIT, SERVED, LONELY = FACILITIES
PARTNER, OFFICE = COMPANIES[0], BODIES[1]


def put(store: Store) -> None:
    claims: list[Claim] = [
        mention(UNIT, kind="lapas"),
        mention(SERVED, kind="lapas"),
        mention(LONELY, kind="rutan"),
        mention(PARTNER),
        mention(OFFICE, kind="corrections"),
        tie("PARTNERS_WITH", PARTNER, SERVED, "melayani", area="health"),
        tie("PART_OF", UNIT, OFFICE),
        tie("PART_OF", SERVED, OFFICE),
    ]
    made = document("satu", kind="register")
    publish(store, reading(hashed(made, claims), claims))


def test_a_unit_gets_a_partner_with_reasons_and_the_way_to_it(store: Store) -> None:
    put(store)
    graph = project(store, TODAY)
    asked: list[tuple[str, str]] = []

    def introduce(one: str, other: str) -> Path | None:
        asked.append((one, other))
        return next(iter(introduced(store, graph, one, other, k=1)), None)

    units = [gap for gap in gaps(read_ground(store), as_of=TODAY, area="health").rows if gap.unit.id != SERVED.id]
    tasks = work_list(units, read_market(store, TODAY), introduce, area="health")
    rows = {row["facility_id"]: row for row in table(tasks, "en").rows}
    assert set(rows) == {UNIT.id, LONELY.id}
    own = rows[UNIT.id]
    assert (own["state"], own["area"], own["partner"], own["partner_id"]) == (
        "Unknown",
        "Health",
        "pt-satu",
        PARTNER.id,
    )
    assert "same area: Health" in own["reasons"]
    assert "serves a facility of this kind" in own["reasons"]
    assert own["ask"] == "kanwil-b"
    assert own["introduction"] == "lapas-padang → kanwil-b → lapas-bukittinggi → pt-satu"
    assert rows[LONELY.id]["introduction"] == ""
    assert rows[LONELY.id]["ask"] == "(no way is known yet)"
    assert set(asked) == {(UNIT.id, PARTNER.id), (LONELY.id, PARTNER.id)}
    assert graph.number_of_nodes() == 5


def test_a_unit_for_which_nobody_can_be_suggested_stays_on_the_list(store: Store) -> None:
    put(store)
    units = [gap for gap in gaps(read_ground(store), as_of=TODAY).rows if gap.unit.id == UNIT.id]
    tasks = work_list(units, read_market(store, TODAY), lambda one, other: None, area="education")
    (row,) = table(tasks, "id").rows
    assert (row["facility_id"], row["area"]) == (UNIT.id, "Pendidikan")
    assert "partner" not in row


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=5), min_size=1, max_size=5))
def test_no_node_of_a_picture_of_ways_stands_on_another(between: list[list[str]]) -> None:
    places = along([["start", *nodes, "end"] for nodes in between])
    assert set(places) == {"start", "end", *itertools.chain(*between)}
    for (x, y), (other_x, other_y) in itertools.combinations(places.values(), 2):
        assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= HEIGHT
    assert all(places["start"][0] < x for node, (x, _) in places.items() if node != "start")
