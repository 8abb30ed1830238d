"""Judgements that meet: two corrections of one sentence, or one that says what the document says anyway."""

from pathlib import Path

import pytest

from graph.claims import Claim, claim_id
from graph.errors import BadInput
from graph.export import export
from graph.loading import Failure, load_all
from graph.publish import publish
from graph.review import judge, undo
from graph.store import Store
from loaders.sources import find_sources
from tests.conftest import clear, snapshot
from tests.made import COMPANIES, FACILITIES, document, hashed, mention, reading, tie

MADE = document("one")
OTHER = document("two")
FIRST = tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0])
SECOND = tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[1])
SAID: list[Claim] = [mention(COMPANIES[0]), mention(FACILITIES[0]), mention(FACILITIES[1]), FIRST, SECOND]
A, B = claim_id(MADE, FIRST), claim_id(MADE, SECOND)


def test_of_two_corrections_that_bring_in_the_same_node_one_taken_back_leaves_the_other(store: Store) -> None:
    publish(store, reading(OTHER, [mention(COMPANIES[1])]))
    publish(store, reading(MADE, SAID))
    judge(store, A, "corrected", changes={"start": COMPANIES[1].id}, by="a", at="2026-01-01")
    clearly = snapshot(store)
    judge(store, B, "corrected", changes={"start": COMPANIES[1].id}, by="a", at="2026-01-01")
    publish(store, reading(OTHER, []))
    undo(store, B)
    publish(store, reading(OTHER, [mention(COMPANIES[1])]))
    assert snapshot(store) == clearly


def test_of_two_claims_corrected_to_the_same_one_taken_back_leaves_the_other(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, A, "corrected", changes={"status": "ended", "area": "health"}, by="a", at="2026-01-01")
    clearly = snapshot(store)
    judge(store, B, "corrected", changes={"end": FACILITIES[0].id, "status": "ended", "area": "health"})
    both = snapshot(store)
    publish(store, reading(MADE, SAID), again=True)
    assert snapshot(store) == both
    undo(store, B)
    assert snapshot(store) == clearly


def test_a_correction_to_what_the_document_says_anyway_is_taken_back_without_loss(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    before = snapshot(store)
    judge(store, B, "corrected", changes={"end": FACILITIES[0].id})
    both = snapshot(store)
    publish(store, reading(MADE, SAID), again=True)
    assert snapshot(store) == both
    undo(store, B)
    assert snapshot(store) == before


def test_a_package_keeps_what_the_document_says_and_what_a_reviewer_says_too(store: Store, tmp_path: Path) -> None:
    publish(store, reading(hashed(MADE, SAID), SAID))
    judge(store, B, "corrected", changes={"end": FACILITIES[0].id}, by="a", at="2026-01-01")
    before = snapshot(store)
    export(store, tmp_path / "out")
    clear(store)
    assert not any(isinstance(each, Failure) for each in load_all(store, find_sources(tmp_path / "out")))
    assert snapshot(store) == before
    undo(store, B)
    assert store.read("MATCH ()-[r:PARTNERS_WITH]->() RETURN count(r) AS n") == [{"n": 2}]


def test_what_a_correction_put_in_is_judged_by_the_claim_that_it_corrects_alone(store: Store) -> None:
    publish(store, reading(MADE, SAID))
    judge(store, A, "corrected", changes={"status": "ended"})
    (row,) = store.read("MATCH ()-[r:PARTNERS_WITH {reviewed: 'corrected'}]->() RETURN r.claim AS claim")
    before = snapshot(store)
    with pytest.raises(BadInput):
        judge(store, row["claim"], "refused")
    assert snapshot(store) == before
