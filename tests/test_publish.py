"""Publishing: the graph is what the documents say, whatever the order, however often, and after any interruption."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import turns
from graph.claims import Claim, Document
from graph.errors import BadInput
from graph.publish import batches, publish, withdraw
from graph.store import Store, Transaction
from tests.conftest import clear, snapshot
from tests.made import COMPANIES, FACILITIES, document, documents, hashed, mention, reading, tie

Said = Sequence[tuple[Document, Sequence[Claim]]]
EXAMPLES = settings(max_examples=12)


def load(store: Store, said: Said) -> None:
    for made, claims in said:
        publish(store, reading(made, claims))


@EXAMPLES
@given(said=documents(), data=st.data())
def test_the_graph_does_not_depend_on_the_order_of_loading(store: Store, said: Said, data: st.DataObject) -> None:
    clear(store)
    load(store, said)
    first = snapshot(store)
    clear(store)
    load(store, data.draw(st.permutations(said)))
    assert snapshot(store) == first


@EXAMPLES
@given(said=documents())
def test_loading_again_changes_nothing(store: Store, said: Said) -> None:
    clear(store)
    load(store, said)
    first = snapshot(store)
    outcomes = [publish(store, reading(made, claims), again=True) for made, claims in said]
    assert [(each.added, each.removed) for each in outcomes] == [(0, 0)] * len(said)
    assert snapshot(store) == first


@EXAMPLES
@given(said=documents())
def test_a_withdrawn_document_leaves_the_graph_as_if_it_had_never_been_loaded(store: Store, said: Said) -> None:
    clear(store)
    load(store, said[1:])
    without = snapshot(store)
    clear(store)
    load(store, said)
    withdraw(store, said[0][0].id)
    assert snapshot(store) == without


@pytest.mark.slow
@EXAMPLES
@given(before=documents(), after=documents())
def test_a_document_that_comes_again_changed_replaces_exactly_what_it_said(
    store: Store, before: Said, after: Said
) -> None:
    """Loading one set and then another gives what the other gives together with what was not replaced."""
    replaced = {made.id for made, _ in after}
    clear(store)
    load(store, [*(pair for pair in before if pair[0].id not in replaced), *after])
    wanted = snapshot(store)
    clear(store)
    load(store, [*before, *after])
    assert snapshot(store) == wanted


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("survives", [0, 1, 3, 5, 7])
def test_a_load_that_breaks_off_is_marked_so_and_mends_when_run_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    monkeypatch.setattr("graph.publish.BATCH_CLAIMS", 1)
    old: list[Claim] = [
        mention(FACILITIES[0], capacity=1),
        mention(COMPANIES[0]),
        tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0]),
    ]
    new: list[Claim] = [mention(FACILITIES[0], capacity=2), mention(FACILITIES[1]), mention(COMPANIES[1])]
    new.append(tie("PARTNERS_WITH", COMPANIES[1], FACILITIES[1]))
    made = document("satu")
    publish(store, reading(hashed(made, new), new))
    wanted = snapshot(store)
    clear(store)
    publish(store, reading(hashed(made, old), old))

    left = survives
    genuine = Store.write

    def breaking(self: Store, work: object) -> object:
        nonlocal left
        if work in (turns._take, turns._give):
            return genuine(self, work)
        if left == 0:
            raise Interrupted
        left -= 1
        return genuine(self, work)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", breaking)
        with pytest.raises(Interrupted):
            publish(store, reading(hashed(made, new), new))
    complete = store.read("MATCH (d:Document) RETURN d.complete AS complete")
    assert complete == [{"complete": survives == 0}]
    publish(store, reading(hashed(made, new), new))
    assert snapshot(store) == wanted


def test_what_two_documents_say_is_two_ties_and_each_goes_with_its_document(store: Store) -> None:
    said: list[Claim] = [
        mention(FACILITIES[0]),
        mention(COMPANIES[0]),
        tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0]),
    ]
    load(store, [(document("satu"), said), (document("dua"), said)])
    count = "MATCH (:Company)-[r:PARTNERS_WITH]->(:Facility) RETURN count(r) AS n"
    assert store.read(count) == [{"n": 2}]
    withdraw(store, "document:satu")
    assert store.read(count) == [{"n": 1}]


def test_the_more_trusted_document_names_the_node_and_the_other_name_stays_on_its_mention(store: Store) -> None:
    article = [mention(FACILITIES[0], capacity=9)]
    register = [mention(FACILITIES[0], capacity=5)]
    load(store, [(document("satu"), article), (document("dua", kind="register", published=None), register)])
    found = store.read(
        "MATCH (f:Facility)<-[m:MENTIONS]-() RETURN f.capacity AS capacity, m.record AS record ORDER BY record"
    )
    assert [row["capacity"] for row in found] == [5, 5]
    assert '"capacity": 5' in found[0]["record"]
    assert '"capacity": 9' in found[1]["record"]


def test_a_document_unchanged_since_last_time_is_skipped_without_reading_its_claims(store: Store) -> None:
    said: list[Claim] = [mention(FACILITIES[0])]
    made = hashed(document("satu"), said)
    assert not publish(store, reading(made, said)).skipped

    def unread() -> "list[Claim]":
        raise AssertionError("read although unchanged")

    skipped = reading(made, said)
    skipped.claims = (claim for _ in [0] for claim in unread())
    assert publish(store, skipped).skipped


def test_a_claim_that_breaks_the_schema_is_refused_in_words(store: Store) -> None:
    wrong: list[Claim] = [mention(FACILITIES[0]), mention(COMPANIES[0]), tie("RUNS", COMPANIES[0], FACILITIES[0])]
    with pytest.raises(BadInput, match="RUNS"):
        publish(store, reading(document("satu"), wrong))


def test_a_batch_is_bounded_by_claims_and_by_bytes() -> None:
    small = [(str(n), mention(FACILITIES[0])) for n in range(10)]
    assert [len(batch) for batch in batches(iter(small), 4, 10**9)] == [4, 4, 2]
    large = [(str(n), mention(FACILITIES[0], said="x" * 1000)) for n in range(10)]
    found = list(batches(iter(large), 10**9, 20_000))
    assert sum(map(len, found)) == 10
    assert all(len(batch) <= 5 for batch in found)


def test_a_sentence_of_many_megabytes_arrives_whole(store: Store) -> None:
    long = "é" * 3_000_000
    publish(store, reading(document("satu"), [mention(FACILITIES[0], said=long), mention(COMPANIES[0], said=long)]))
    assert store.read("MATCH ()-[m:MENTIONS]->() RETURN size(m.where) AS n") == [{"n": 3_000_000}] * 2


def test_a_transaction_that_runs_twice_because_its_answer_was_lost_makes_nothing_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = Store.write

    def answer_lost(self: Store, work: object) -> object:
        genuine(self, work)  # type: ignore[arg-type]
        return genuine(self, work)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "write", answer_lost)
    said: list[Claim] = [
        mention(FACILITIES[0]),
        mention(COMPANIES[0]),
        tie("PARTNERS_WITH", COMPANIES[0], FACILITIES[0]),
    ]
    publish(store, reading(document("satu"), said))
    assert store.read("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": 3}]


def test_what_fails_inside_a_transaction_leaves_no_trace(store: Store) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:Place {id: 'place:99'})")
        raise Interrupted

    with pytest.raises(Interrupted):
        store.write(work)
    assert store.read("MATCH (n:Place) RETURN count(n) AS n") == [{"n": 0}]
