"""Merging: nodes judged the same are one, whatever came first, and a judgement taken back leaves no trace."""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import sameness as kept
from graph.claims import Claim, Document, Mention, Tie, claim_id
from graph.errors import BadInput
from graph.export import export
from graph.loading import Failure, load_all
from graph.merging import hold, restore, settle_all, take_back
from graph.publish import publish, withdraw
from graph.review import judge, undo
from graph.sameness import Sameness, groups, read_sameness, sameness_of, standing_for, write_sameness
from graph.status import data_version
from graph.store import Store
from loaders.sources import find_sources
from tests.conftest import clear, snapshot
from tests.made import BODIES, COMPANIES, FACILITIES, PROGRAMS, document, documents, hashed, mention, reading, tie

Said = Sequence[tuple[Document, Sequence[Claim]]]
Held = tuple[str, str, str]
EXAMPLES = settings(max_examples=12)
NODES = [*FACILITIES, *COMPANIES, *PROGRAMS]
PAIRS = [(a.id, b.id) for a, b in itertools.combinations(NODES, 2) if a.label == b.label]
ONE, TWO = COMPANIES


def load(store: Store, said: Said) -> None:
    for made, claims in said:
        publish(store, reading(made, claims))


def judgements(held: Sequence[Held]) -> list[Sameness]:
    return [kept.sameness(a, b, verdict, "rina", f"2026-01-01 {a} {b}") for a, b, verdict in held]


def chosen() -> st.SearchStrategy[list[Held]]:
    """Judgements of some pairs, which may contradict each other."""
    verdict = st.sampled_from(["same", "same", "different", "unsure"])
    some = st.dictionaries(st.sampled_from(PAIRS), verdict, min_size=1, max_size=5)
    return some.map(lambda held: [(*pair, each) for pair, each in held.items()])


@pytest.mark.slow
@EXAMPLES
@given(said=documents(), held=chosen(), data=st.data())
def test_neither_the_order_of_judgements_nor_that_of_loading_matters(
    store: Store, said: Said, held: list[Held], data: st.DataObject
) -> None:
    clear(store)
    load(store, said)
    restore(store, judgements(held))
    wanted, version = snapshot(store), data_version(store)
    clear(store)
    for each in data.draw(st.permutations(judgements(held))):
        restore(store, [each])
    load(store, data.draw(st.permutations(said)))
    assert (snapshot(store), data_version(store)) == (wanted, version)
    for made, claims in said:
        publish(store, reading(made, claims), again=True)
    assert snapshot(store) == wanted
    for made, _ in said:
        withdraw(store, made.id)
    load(store, said)
    assert snapshot(store) == wanted


@EXAMPLES
@given(said=documents(), held=chosen(), data=st.data())
def test_a_judgement_taken_back_leaves_the_graph_as_if_it_had_never_been_made(
    store: Store, said: Said, held: list[Held], data: st.DataObject
) -> None:
    clear(store)
    load(store, said)
    before = snapshot(store)
    restore(store, judgements(held))
    if data.draw(st.booleans()):
        for made, claims in said:
            publish(store, reading(made, claims), again=True)
    for a, b, _ in data.draw(st.permutations(held)):
        take_back(store, b, a)
    assert snapshot(store) == before
    assert sameness_of(store) == []


@EXAMPLES
@given(said=documents(), held=chosen())
def test_a_graph_with_judgements_is_that_of_documents_in_which_the_other_name_is_written(
    store: Store, said: Said, held: list[Held]
) -> None:
    """The oracle knows nothing of moving: it replaces ids in what the documents say, and counts nodes and ties."""
    clear(store)
    load(store, said)
    restore(store, judgements(held))
    one = standing_for(judgements(held))
    nodes = {
        one.get(claim.node.id, claim.node.id) for _, claims in said for claim in claims if isinstance(claim, Mention)
    }
    ties = {
        (claim_id(made, claim), one.get(claim.start.id, claim.start.id), one.get(claim.end.id, claim.end.id))
        for made, claims in said
        for claim in claims
        if isinstance(claim, Tie)
    }
    rows = store.read("MATCH (a)-[r]->(b) WHERE type(r) <> 'MENTIONS' RETURN r.claim AS claim, a.id AS a, b.id AS b")
    assert {(row["claim"], row["a"], row["b"]) for row in rows} == ties
    assert len(rows) == len(ties)
    there = store.read("MATCH (n) WHERE NOT (n:Document OR n:Store OR n:Sameness OR n:AuditEntry) RETURN n.id AS id")
    assert sorted(row["id"] for row in there) == sorted(nodes)


@given(held=chosen(), data=st.data())
def test_groups_are_the_same_in_any_order_and_never_hold_two_that_are_held_different(
    held: list[Held], data: st.DataObject
) -> None:
    made = judgements(held)
    found = groups(made)
    assert groups(data.draw(st.permutations(made))) == found
    for each in made:
        together = any(each.a in group and each.b in group for group in found)
        assert not (each.verdict == "different" and together)
    assert sum(map(len, found)) == len(set().union(*found))


def test_what_is_held_of_two_is_passed_on_to_the_third_and_a_contradiction_is_refused(store: Store) -> None:
    publish(store, reading(document("one"), [mention(each) for each in FACILITIES]))
    first, second, third = (each.id for each in FACILITIES)
    hold(store, first, second, "same")
    hold(store, third, second, "same")
    (row,) = store.read("MATCH (n:Facility) RETURN n.id AS id")
    assert row["id"] == min(first, second, third)
    there = snapshot(store)
    with pytest.raises(BadInput, match="contradicts"):
        hold(store, first, third, "different")
    assert snapshot(store) == there
    take_back(store, second, third)
    hold(store, first, third, "different")
    with pytest.raises(BadInput, match="contradicts"):
        hold(store, third, second, "same")
    hold(store, second, first, "different", reason="two towns")
    assert len(store.read("MATCH (n:Facility) RETURN n.id AS id")) == 3


def test_facts_of_both_meet_on_the_one_that_stands_and_the_words_of_each_document_stay(store: Store) -> None:
    said: list[Claim] = [mention(ONE), mention(FACILITIES[0]), tie("PARTNERS_WITH", ONE, FACILITIES[0])]
    publish(store, reading(document("one"), said))
    other: list[Claim] = [mention(TWO), mention(FACILITIES[1]), tie("PARTNERS_WITH", TWO, FACILITIES[1])]
    publish(store, reading(document("two"), other))
    hold(store, ONE.id, TWO.id, "same", reason="one deed of foundation")
    stands, other_id = sorted((ONE.id, TWO.id))
    rows = store.read(
        "MATCH (c:Company)-[r:PARTNERS_WITH]->(f:Facility) "
        "RETURN c.id AS company, f.id AS facility, r.start_said AS said"
    )
    assert {(row["company"], row["facility"]) for row in rows} == {(stands, each.id) for each in FACILITIES[:2]}
    assert {row["said"] for row in rows} == {None, other_id}


def test_a_judged_claim_moves_with_its_node_and_back(store: Store) -> None:
    one = tie("PARTNERS_WITH", TWO, FACILITIES[0], area="fishery")
    made = document("one")
    publish(store, reading(made, [mention(ONE), mention(TWO), mention(FACILITIES[0]), one]))
    before = snapshot(store)
    judge(store, claim_id(made, one), "corrected", changes={"status": "planned"}, by="rina", at="2026")
    judged = snapshot(store)
    hold(store, ONE.id, TWO.id, "same")
    merged = [row["status"] for row in store.read("MATCH ()-[r:PARTNERS_WITH]->() RETURN r.status AS status")]
    assert merged == ["planned"]
    take_back(store, ONE.id, TWO.id)
    assert snapshot(store) == judged
    hold(store, ONE.id, TWO.id, "same")
    undo(store, claim_id(made, one))
    take_back(store, ONE.id, TWO.id)
    assert snapshot(store) == before


def test_a_run_that_broke_off_is_mended_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Claim] = [mention(ONE), mention(TWO), *map(mention, FACILITIES)]
    said += [tie("PARTNERS_WITH", company, unit) for company in COMPANIES for unit in FACILITIES]
    publish(store, reading(document("one"), said))
    with monkeypatch.context() as patch:
        patch.setattr("graph.merging.BATCH_CLAIMS", 1)
        hold(store, ONE.id, TWO.id, "same", by="rina", at="2026")
        wanted = snapshot(store)
        take_back(store, ONE.id, TWO.id)
        for step, took_effect in itertools.product(range(3, 9), (False, True)):  # the second write is the judgement
            hold_broken(store, patch, step, took_effect)
            settle_all(store)
            assert snapshot(store) == wanted
            take_back(store, ONE.id, TWO.id)


def hold_broken(store: Store, patch: pytest.MonkeyPatch, step: int, took_effect: bool) -> None:
    """Judge the two companies the same, and lose the connection before or after the given write took effect."""
    write, count = type(store).write, itertools.count(1)

    def breaking(self: Store, work: object) -> object:
        at = next(count)
        result = write(self, work) if at != step or took_effect else None  # type: ignore[arg-type]
        if at == step:
            raise ConnectionError
        return result

    with patch.context() as broken:
        broken.setattr(type(store), "write", breaking)
        with pytest.raises(ConnectionError):
            hold(store, ONE.id, TWO.id, "same", by="rina", at="2026")


def test_an_export_carries_the_judgements_and_the_words_of_the_documents(store: Store, tmp_path: Path) -> None:
    said: list[Claim] = [mention(ONE), mention(TWO), mention(FACILITIES[0]), tie("PARTNERS_WITH", TWO, FACILITIES[0])]
    said += [mention(BODIES[0]), mention(BODIES[1])]
    publish(store, reading(hashed(document("one"), said), said))
    hold(store, ONE.id, TWO.id, "same")
    hold(store, BODIES[0].id, BODIES[1].id, "different", reason="=1+1")
    wanted, version = snapshot(store), data_version(store)
    export(store, tmp_path / "first")
    clear(store)
    assert not [each for each in load_all(store, find_sources(tmp_path / "first")) if isinstance(each, Failure)]
    assert (snapshot(store), data_version(store)) == (wanted, version)
    export(store, tmp_path / "second")
    files = sorted(path for path in (tmp_path / "first").rglob("*") if path.is_file())
    for path in files:
        assert path.read_bytes() == (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes()
    assert write_sameness(store, tmp_path / "kept.csv") == 2
    assert restore(store, read_sameness(tmp_path / "kept.csv")) == 0, "nothing is newer"


def test_what_cannot_be_judged_is_said_in_words(store: Store, tmp_path: Path) -> None:
    publish(store, reading(document("one"), [mention(ONE), mention(TWO), mention(FACILITIES[0])]))
    there = snapshot(store)
    cases: list[tuple[str, Callable[[], object]]] = [
        ("review.verdict", lambda: hold(store, ONE.id, TWO.id, "perhaps")),
        ("identity.pair", lambda: hold(store, ONE.id, FACILITIES[0].id, "same")),
        ("identity.pair", lambda: hold(store, ONE.id, ONE.id, "same")),
        ("identity.pair", lambda: hold(store, "nonsense", "more nonsense", "same")),
        ("review.no_node", lambda: hold(store, ONE.id, "company:nowhere", "same")),
        ("identity.not_held", lambda: take_back(store, ONE.id, TWO.id)),
    ]
    for key, work in cases:
        with pytest.raises(BadInput) as refused:
            work()
        assert refused.value.key == key
    path = tmp_path / "sameness.csv"
    path.write_text("a,b,verdict,by,at,reason\ncompany:x,facility:y,same,me,2026,\n", "utf-8")
    with pytest.raises(BadInput) as damaged:
        read_sameness(path)
    assert damaged.value.values["line"] == 2
    assert snapshot(store) == there
