"""Review: the graph is a function of the documents and the judgements, whatever came first, and there is a way back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Document, Evidence, Tie, claim_id
from graph.errors import BadInput
from graph.export import export
from graph.judgements import judgements_of, read_judgements, write_judgements
from graph.loading import Failure, load_all
from graph.publish import publish, withdraw
from graph.review import judge, queue, restore, undo
from graph.status import data_version
from graph.store import Store
from loaders.sources import find_sources
from tests.conftest import clear, snapshot
from tests.made import COMPANIES, FACILITIES, document, documents, mention, reading, tie

Said = Sequence[tuple[Document, Sequence[Claim]]]
Verdict = tuple[str, str, dict[str, str]]
EXAMPLES = settings(max_examples=12)
ONE = tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0], area="fishery")
MADE = document("one")
SAID: list[Claim] = [mention(COMPANIES[0]), mention(FACILITIES[0]), ONE]
CLAIM = claim_id(MADE, ONE)
WEAK = Evidence("perhaps", confidence=0.5)


def load(store: Store, said: Said) -> None:
    for made, claims in said:
        publish(store, reading(made, claims))


@st.composite
def verdicts(draw: st.DrawFn, said: Said) -> list[Verdict]:
    """Judgements of some of the ties that the documents state."""
    ties = {claim_id(made, claim) for made, claims in said for claim in claims if isinstance(claim, Tie)}
    assume(ties)
    chosen = draw(st.lists(st.sampled_from(sorted(ties)), unique=True, min_size=1, max_size=4))
    kind = st.sampled_from(["accepted", "refused", "corrected"])
    change = st.sampled_from([{"status": "planned"}, {"status": "ended"}])
    drawn = [(claim, draw(kind), draw(change)) for claim in chosen]
    return [(claim, verdict, changes if verdict == "corrected" else {}) for claim, verdict, changes in drawn]


def hold(store: Store, held: Sequence[Verdict]) -> None:
    for claim, verdict, changes in held:
        judge(store, claim, verdict, changes=changes, by="rina", at=f"2026-01-01T00:00:00+00:00 {claim}")


@pytest.mark.slow
@EXAMPLES
@given(said=documents(), data=st.data())
def test_neither_the_order_of_judgements_nor_that_of_loading_matters(
    store: Store, said: Said, data: st.DataObject
) -> None:
    held = data.draw(verdicts(said))
    clear(store)
    load(store, said)
    hold(store, held)
    wanted, version, kept = snapshot(store), data_version(store), judgements_of(store)
    clear(store)
    load(store, said)
    hold(store, data.draw(st.permutations(held)))
    assert snapshot(store) == wanted
    for made, claims in data.draw(st.permutations(said)):
        publish(store, reading(made, claims), again=True)
    assert snapshot(store) == wanted
    for made, _ in said:
        withdraw(store, made.id)
    assert not any(each.applies for each in judgements_of(store))
    load(store, data.draw(st.permutations(said)))
    assert (snapshot(store), data_version(store)) == (wanted, version)
    clear(store)
    assert restore(store, kept) == len(kept)
    load(store, said)
    assert snapshot(store) == wanted


@EXAMPLES
@given(said=documents(), data=st.data())
def test_a_judgement_taken_back_leaves_the_graph_as_if_it_had_never_been_made(
    store: Store, said: Said, data: st.DataObject
) -> None:
    held = data.draw(verdicts(said))
    clear(store)
    load(store, said)
    before = snapshot(store)
    hold(store, held)
    if data.draw(st.booleans()):
        load(store, said)
    hold(store, [(claim, "refused", {}) for claim, _, _ in held[:1]])
    for claim, _, _ in data.draw(st.permutations(held)):
        undo(store, claim)
    assert snapshot(store) == before
    assert judgements_of(store) == []


def partners(store: Store) -> list[tuple[str, str, Any]]:
    rows = store.read(
        "MATCH (a)-[r:PARTNERS_WITH]->(b) RETURN b.id AS facility, r.status AS status, r.reviewed AS reviewed"
    )
    return [(row["facility"], row["status"], row["reviewed"]) for row in rows]


def test_each_verdict_does_what_it_says(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, CLAIM, "accepted")
    assert partners(store) == [(FACILITIES[0].id, "active", "accepted")]
    judge(store, CLAIM, "refused", reason="the firm only gave a gift")
    assert partners(store) == []
    judge(store, CLAIM, "corrected", changes={"status": "planned"})
    assert partners(store) == [(FACILITIES[0].id, "planned", "corrected")]
    undo(store, CLAIM)
    assert partners(store) == [(FACILITIES[0].id, "active", None)]


def test_a_correction_to_another_node_brings_it_in_and_its_undoing_takes_it_out_again(store: Store) -> None:
    other = document("two")
    publish(store, reading(other, [mention(FACILITIES[1])]))
    publish(store, reading(MADE, SAID))
    before = snapshot(store)
    judge(store, CLAIM, "corrected", changes={"end": FACILITIES[1].id, "area": "health"})
    assert partners(store) == [(FACILITIES[1].id, "active", "corrected")]
    withdraw(store, other.id)
    assert partners(store) == [(FACILITIES[1].id, "active", "corrected")], "the correction itself names the unit"
    publish(store, reading(other, [mention(FACILITIES[1])]))
    undo(store, CLAIM)
    assert snapshot(store) == before


def test_a_document_that_no_longer_says_a_claim_leaves_the_judgement_without_effect(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, CLAIM, "refused")
    publish(store, reading(MADE, SAID[:2]))
    assert [each.applies for each in judgements_of(store)] == [False]
    undo(store, CLAIM)
    assert partners(store) == [], "what nobody says does not come back"


def test_the_queue_holds_what_is_weak_and_not_yet_judged(store: Store) -> None:
    weak = tie("PARTNERS_WITH", COMPANIES[1], FACILITIES[0])
    said: list[Claim] = [*SAID, mention(COMPANIES[1]), Tie(weak.type, weak.start, weak.end, WEAK)]
    publish(store, reading(MADE, said))
    (row,) = queue(store).rows
    assert (row["start"].id, row["end"].id, row["confidence"]) == (COMPANIES[1].id, FACILITIES[0].id, 0.5)
    assert len(queue(store, below=0.95).rows) == 2
    assert queue(store, document="document:other").rows == []
    judge(store, row["claim"], "accepted")
    assert queue(store).rows == []
    invented = document("made-up", synthetic=True)
    publish(store, reading(invented, said))
    assert queue(store).rows == []
    assert len(queue(store, synthetic=True).rows) == 1


def test_what_cannot_be_judged_is_said_in_words(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    there = snapshot(store)
    cases: dict[str, Callable[[], object]] = {
        "review.no_claim": lambda: judge(store, "nothing", "refused"),
        "review.verdict": lambda: judge(store, CLAIM, "maybe"),
        "review.changes": lambda: judge(store, CLAIM, "corrected"),
        "review.column": lambda: judge(store, CLAIM, "corrected", changes={"color": "red"}),
        "review.no_node": lambda: judge(store, CLAIM, "corrected", changes={"end": "facility:nowhere"}),
        "review.not_judged": lambda: undo(store, CLAIM),
    }
    for key, work in cases.items():
        with pytest.raises(BadInput) as refused:
            work()
        assert refused.value.key == key
    for changes in ({"status": "perhaps"}, {"end": COMPANIES[0].id}, {"since": "soon"}):
        with pytest.raises(BadInput):
            judge(store, CLAIM, "corrected", changes=changes)
    assert snapshot(store) == there


def test_of_two_judgements_of_one_claim_the_later_holds_wherever_it_comes_from(store: Store, tmp_path: Path) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, CLAIM, "refused", by="a", at="2026-01-02")
    assert write_judgements(store, tmp_path / "judgements.csv") == 1
    judge(store, CLAIM, "accepted", by="b", at="2026-01-01")
    assert restore(store, read_judgements(tmp_path / "judgements.csv")) == 1
    assert partners(store) == []
    assert restore(store, read_judgements(tmp_path / "judgements.csv")) == 0


@pytest.mark.parametrize("line", ["x,document:one,perhaps,a,b,,{},,true", "x,document:one,refused,a,b,,nonsense,,true"])
def test_a_damaged_file_of_judgements_is_told_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f"claim,document,verdict,by,at,reason,said,instead,applies\n{line}\n", "utf-8")
    with pytest.raises(BadInput, match=r"judgements\.csv") as refused:
        read_judgements(path)
    assert refused.value.values["line"] == 2


@settings(max_examples=6)
@given(said=documents(), data=st.data())
def test_an_export_keeps_the_judgements_and_what_they_were_made_of(
    store: Store, tmp_path_factory: pytest.TempPathFactory, said: Said, data: st.DataObject
) -> None:
    clear(store)
    load(store, said)
    never = snapshot(store)
    hold(store, data.draw(verdicts(said)))
    home = tmp_path_factory.mktemp("judged")
    export(store, home / "one")
    wanted = snapshot(store)
    clear(store)
    assert not any(isinstance(each, Failure) for each in load_all(store, find_sources(home / "one")))
    assert snapshot(store) == wanted
    export(store, home / "two")
    for path in (home / "one").rglob("*.csv"):
        assert (home / "two" / path.relative_to(home / "one")).read_bytes() == path.read_bytes()
    for each in judgements_of(store):
        undo(store, each.claim)
    assert snapshot(store) == never


def test_a_judgement_of_a_document_that_was_withdrawn_travels_too(store: Store, tmp_path: Path) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, CLAIM, "refused", by="rina", at="2026-01-01")
    withdraw(store, MADE.id)
    export(store, tmp_path / "out")
    clear(store)
    assert list(load_all(store, find_sources(tmp_path / "out"))) == []
    publish(store, reading(MADE, SAID))
    assert partners(store) == []
