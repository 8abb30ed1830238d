"""Audit and conflicts: what was done stays written down, and what documents disagree on stays visible."""

import datetime
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from graph.audit import Entry, entries, first_broken
from graph.claims import Claim, Document, Evidence, Mention, Node, Tie, claim_id, properties
from graph.errors import BadInput
from graph.insight.conflicts import HEAD, conflicts, two_heads
from graph.merging import hold, take_back
from graph.publish import publish, withdraw
from graph.review import judge, undo
from graph.store import Store
from tests.made import COMPANIES, FACILITIES, document, hashed, mention, reading, tie

ONE, TWO = COMPANIES
UNIT = FACILITIES[0]
TIE = tie("PARTNERS_WITH", ONE, UNIT)
SAID: list[Claim] = [mention(ONE), mention(TWO), mention(UNIT), TIE]
MADE = hashed(document("one"), SAID)
DAY = datetime.date(2021, 3, 23)


def told(found: Sequence[Entry]) -> list[tuple[str, str]]:
    return [(each.action, each.subject) for each in found]


def test_every_load_withdrawal_and_judgement_is_written_down_once_with_its_effect(store: Store) -> None:
    claim = claim_id(MADE, TIE)
    publish(store, reading(MADE, SAID))
    publish(store, reading(MADE, SAID))  # unchanged: nothing is done
    judge(store, claim, "refused", reason="a gift", by="rina")
    undo(store, claim)
    hold(store, ONE.id, TWO.id, "same", reason="one deed", by="rina")
    take_back(store, ONE.id, TWO.id)
    withdraw(store, MADE.id)
    found = entries(store)
    pair = " = ".join(sorted((ONE.id, TWO.id)))
    assert told(found) == [
        ("load_begun", MADE.id),
        ("load", MADE.id),
        ("judge", claim),
        ("judge_undone", claim),
        ("pair", pair),
        ("pair_undone", pair),
        ("withdraw", MADE.id),
    ]
    effects: list[dict[str, Any]] = [json.loads(each.effect) for each in found]
    assert effects[1] | {"hash": None} == {"added": 4, "removed": 0, "kept": 0, "rows": 0, "rejects": 0, "hash": None}
    assert (effects[2]["verdict"], effects[2]["reason"], effects[2]["judged_by"]) == ("refused", "a gift", "rina")
    assert effects[-1] == {"removed": 4}
    assert [each.number for each in found] == list(range(1, 8))
    assert entries(store, since=datetime.date(2100, 1, 1)) == []
    assert first_broken(store) is None


def test_a_load_that_broke_off_and_a_mistake_leave_only_what_was_done(store: Store) -> None:
    wrong = Tie("RUNS", ONE, UNIT, Evidence("a company runs no unit"))
    with pytest.raises(BadInput):
        publish(store, reading(MADE, [*SAID, wrong]))
    assert told(entries(store)) == [("load_begun", MADE.id)]
    with pytest.raises(BadInput):
        withdraw(store, "document:unknown")
    assert len(entries(store)) == 1


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("MATCH (e:AuditEntry {number: 2}) SET e.by = 'nobody'", 2),
        ("MATCH (e:AuditEntry {number: 1}) DELETE e", 1),
        ("MATCH (e:AuditEntry {number: 3}) DELETE e", 3),
        ("MATCH (e:AuditEntry {number: 4}) DELETE e", 4),
    ],
)
def test_an_entry_changed_or_taken_out_by_other_means_shows(store: Store, change: str, number: int) -> None:
    publish(store, reading(MADE, SAID))
    publish(store, reading(MADE, SAID), again=True)
    store.write(lambda transaction: transaction.run(change))
    assert first_broken(store) == number


def said(name: str, day: datetime.date | None, *claims: Claim, kind: str = "article") -> tuple[Document, list[Claim]]:
    return document(name, published=day, kind=kind), list(claims)


def load(store: Store, *documents: tuple[Document, list[Claim]]) -> None:
    for made, claims in documents:
        publish(store, reading(made, claims))


def test_two_documents_that_give_two_values_are_shown_side_by_side_with_the_trusted_one_first(store: Store) -> None:
    load(
        store,
        said("list", DAY, mention(UNIT, "row 7", capacity=300), kind="register"),
        said("news", DAY, mention(UNIT, "holds 400 people", capacity=400)),
        said("other", DAY, mention(UNIT, "says the same", capacity=300), mention(ONE), mention(TWO)),
    )
    (found,) = conflicts(store).rows
    assert (found.node.id, found.about) == (UNIT.id, "capacity")
    assert [(each.value, each.source, each.shown) for each in found.told] == [
        (300, "document:list", True),
        (300, "document:other", True),
        (400, "document:news", False),
    ]
    withdraw(store, "document:news")
    assert conflicts(store).rows == []


def test_a_merge_that_brings_two_values_together_shows_their_conflict(store: Store) -> None:
    load(store, said("list", DAY, mention(UNIT, capacity=300), mention(FACILITIES[1], capacity=200), kind="register"))
    load(store, said("more", DAY, mention(UNIT, capacity=300)))
    assert conflicts(store).rows == []
    hold(store, UNIT.id, FACILITIES[1].id, "same")
    assert [each.about for each in conflicts(store).rows] == []  # one document alone does not contradict itself
    load(store, said("last", DAY, mention(FACILITIES[1], "says 100", capacity=100)))
    assert [each.about for each in conflicts(store).rows] == ["capacity"]


def post(name: str, status: str = "active", **own: object) -> list[Claim]:
    person = Node("Official", f"official:{name}@lapas-padang")
    held = properties(title=own.pop("title", "Kalapas"), **own)  # type: ignore[arg-type]
    return [
        Mention(person, name, Evidence(name)),
        mention(UNIT),
        Tie("HOLDS", person, UNIT, Evidence(f"{name} said so"), status, held),
    ]


EARLIER, LATER = datetime.date(2020, 1, 1), datetime.date(2022, 1, 1)
Posts = Callable[[], list[tuple[datetime.date, list[Claim]]]]


@pytest.mark.parametrize(
    ("posts", "conflict"),
    [
        ([(DAY, post("ani")), (DAY, post("budi"))], True),
        ([(DAY, post("ani")), (LATER, post("budi"))], False),
        ([(EARLIER, post("ani")), (DAY, post("budi")), (LATER, post("ani"))], True),
        ([(DAY, post("ani", "ended")), (DAY, post("budi"))], False),
        ([(DAY, post("ani")), (DAY, post("budi", "planned"))], False),
        ([(LATER, post("ani", since=EARLIER, until=DAY)), (LATER, post("budi", since=DAY))], False),
        ([(LATER, post("ani", since=EARLIER, until=LATER)), (LATER, post("budi", since=DAY))], True),
        ([(DAY, post("ani")), (DAY, post("budi", title="Kepala Seksi Pembinaan"))], False),
        ([(DAY, post("ani", title="Kepala Lapas Kelas IIA Padang")), (DAY, post("budi", title="Plt. Kalapas"))], True),
    ],
)
def test_two_heads_at_one_time_are_a_conflict_and_a_handing_over_is_none(
    store: Store, posts: list[tuple[datetime.date, list[Claim]]], conflict: bool
) -> None:
    load(store, *(said(f"d{at}", day, *claims) for at, (day, claims) in enumerate(posts)))
    found = two_heads(store).rows
    assert bool(found) == conflict
    if conflict:
        assert (found[0].node.id, found[0].about) == (UNIT.id, HEAD)
        assert {str(each.value) for each in found[0].told} == {"ani", "budi"}
