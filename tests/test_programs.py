"""Programs by area, province and partner agree with a count over the claims themselves, on both engines."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Node, Reading, Tie
from graph.coverage import read_ground
from graph.programs import SIDES, Side, chosen, going_on, panels, programs
from graph.publish import publish
from graph.store import Store
from tests.conftest import clear
from tests.made import AREAS, BODIES, COMPANIES, FACILITIES, PROGRAMS, document, mention, tie
from tests.test_atlas import HOMES, places

ORDER = ("active", "planned", "ended")
AGREEMENT = Node("Agreement", "agreement:satu")
Said = dict[str, Any]


@st.composite
def networks(draw: st.DrawFn) -> Said:
    """Two programs with areas, who runs and supports them, one agreement; some of it invented."""
    areas = {program: draw(st.sampled_from(AREAS)) for program in PROGRAMS}
    said: dict[bool, list[Claim]] = {}
    for invented in (False, True):
        status = st.sampled_from(ORDER)
        partners = st.sampled_from([*COMPANIES, *BODIES])
        said[invented] = [
            tie(type_, start, draw(st.sampled_from(PROGRAMS)), status=draw(status))
            for type_, starts in (("RUNS", st.sampled_from(FACILITIES)), ("SUPPORTS", partners))
            for start in draw(st.lists(starts, max_size=3))
        ]
        if draw(st.booleans()):
            said[invented] += [tie("COVERS", AGREEMENT, draw(st.sampled_from(PROGRAMS)), status=draw(status))]
            said[invented] += [tie("PARTY_TO", each, AGREEMENT) for each in (COMPANIES[1], BODIES[1], FACILITIES[0])]
    return {"areas": areas, "said": said}


def filled(store: Store, network: Said) -> None:
    clear(store)
    publish(store, Reading(document("daftar", kind="register"), places()))
    known: list[Claim] = [mention(each, area=area) for each, area in network["areas"].items()]
    known += [mention(each) for each in [*FACILITIES, *COMPANIES, AGREEMENT]]
    known += [mention(BODIES[0], kind="agency"), mention(BODIES[1], kind="corrections")]
    for invented, claims in network["said"].items():
        made = document("rekaan" if invented else "nyata", kind="register", synthetic=invented)
        publish(store, Reading(made, [*known, *claims]))


def parties(network: Said, program: Any, role: str, invented: bool) -> dict[Any, str]:
    """Who runs or supports a program, with the best status, by going through the claims."""
    ties = [each for shown in ([False, True] if invented else [False]) for each in network["said"][shown]]
    ties = [each for each in ties if isinstance(each, Tie)]
    found: dict[Any, set[str]] = {}
    for each in ties:
        if each.end == program and each.type == {"runs": "RUNS", "supports": "SUPPORTS"}[role]:
            found.setdefault(each.start, set()).add(each.status)
        if each.end == program and each.type == "COVERS" and role == "supports":
            for other in ties:
                if other.type == "PARTY_TO" and other.end == each.start and other.start not in FACILITIES:
                    found.setdefault(other.start, set()).add(each.status)
    return {node: min(said, key=ORDER.index) for node, said in found.items() if node != BODIES[1]}


def terms(network: Said, program: Any, side: Side, invented: bool) -> set[Any]:
    if side == "area":
        return {network["areas"][program]}
    if side == "province":
        return {HOMES[node] for node in parties(network, program, "runs", invented)} or {None}
    supports = parties(network, program, "supports", invented)
    return {node.id for node, status in supports.items() if status != "ended"} or {None}


@settings(max_examples=8)
@given(network=networks(), invented=st.booleans(), data=st.data())
def test_every_figure_agrees_with_a_count_over_the_claims(
    store: Store, network: Said, invented: bool, data: st.DataObject
) -> None:
    filled(store, network)
    found = programs(store, read_ground(store, synthetic=invented), synthetic=invented)
    assert {each.id for each in found} == {each.id for each in PROGRAMS}
    standing = {}
    for each in found:
        (program,) = [node for node in PROGRAMS if node.id == each.id]
        for role, told in (("runs", each.facilities), ("supports", each.partners)):
            assert {party.id: party.status for party in told} == {
                node.id: status for node, status in parties(network, program, role, invented).items()
            }
        said = parties(network, program, "runs", invented) or parties(network, program, "supports", invented)
        standing[program] = min(said.values(), key=ORDER.index, default=None)
        assert each.status == standing[program]
    left = [program for program in PROGRAMS if standing[program] != "ended"]
    assert {each.id for each in going_on(found)} == {program.id for program in left}
    by, over = data.draw(st.permutations(SIDES))[:2]
    whole = Counter(term for program in left for term in terms(network, program, by, invented))
    parts = Counter(
        (term, part)
        for program in left
        for term in terms(network, program, by, invented)
        for part in terms(network, program, over, invented)
    )
    shown = panels(going_on(found), by, over)
    assert {panel.of: panel.count for panel in shown} == whole
    assert {(panel.of, part): count for panel in shown for part, count in panel.parts.items()} == parts
    for (term, part), count in parts.items():
        assert len(chosen(going_on(found), {by: term, over: part})) == count


@settings(max_examples=3)
@given(network=networks())
def test_the_largest_panel_comes_first_and_the_unknown_last(store: Store, network: Said) -> None:
    filled(store, network)
    found = programs(store, read_ground(store, synthetic=True), synthetic=True)
    for by in SIDES:
        shown = panels(found, by, "area" if by == "province" else "province")
        known = [panel for panel in shown if panel.of is not None]
        assert [panel.of for panel in shown[len(known) :]] in ([], [None])
        assert [panel.count for panel in known] == sorted((panel.count for panel in known), reverse=True)
