"""A dry run: it foretells exactly what a load will do, and does none of it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Document
from graph.difference import difference
from graph.publish import publish
from graph.store import Store
from tests.conftest import clear, snapshot
from tests.made import COMPANIES, FACILITIES, document, documents, hashed, mention, reading, tie

Said = Sequence[tuple[Document, Sequence[Claim]]]
SAID: list[Claim] = [mention(COMPANIES[0]), mention(FACILITIES[0]), tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0])]


@pytest.mark.slow
@settings(max_examples=12)
@given(before=documents(), after=documents(), again=st.booleans())
def test_a_dry_run_foretells_what_the_load_does_and_writes_nothing(
    store: Store, before: Said, after: Said, again: bool
) -> None:
    clear(store)
    for made, claims in before:
        publish(store, reading(made, claims))
    for made, claims in after:
        there = snapshot(store)
        found = difference(store, reading(made, claims), again=again)
        assert snapshot(store) == there
        done = publish(store, reading(made, claims), again=again)
        assert done.skipped == (found is None)
        if found:
            changed = found.changed.total()
            assert (found.added.total() + changed, found.removed.total() + changed) == (done.added, done.removed)


def test_each_type_that_changes_has_one_example(store: Store) -> None:
    clear(store)
    made = document("one")
    found = difference(store, reading(made, SAID))
    assert found
    assert found.added == {"MENTIONS": 2, "PARTNERS_WITH": 1}
    assert [ends[0] for ends in found.examples["added"]] == ["MENTIONS", "PARTNERS_WITH"]
    assert found.examples["added"][1] == ("PARTNERS_WITH", COMPANIES[0].id, FACILITIES[0].id)
    publish(store, reading(made, SAID))
    other = [*SAID[:2], tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0], status="ended")]
    found = difference(store, reading(made, other))
    assert found
    assert (found.added.total(), found.changed, found.removed.total()) == (0, {"PARTNERS_WITH": 1}, 0)


def test_an_unchanged_document_has_no_difference(store: Store) -> None:
    clear(store)
    made = hashed(document("one"), SAID)
    publish(store, reading(made, SAID))
    assert difference(store, reading(made, SAID)) is None
    assert difference(store, reading(made, SAID), again=True) is not None
