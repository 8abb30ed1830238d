"""Merges by rule: made only when somebody says so, recorded with their reasons, taken back without a trace."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import sameness as kept
from graph.audit import entries
from graph.by_rule import agreeing, merge_sure, take_back_all
from graph.claims import Claim, Node
from graph.errors import BadInput
from graph.identity import ASK, SAME, Candidate, Named, Verdict, candidates, still_open
from graph.merging import hold, restore, take_back
from graph.network import names, other_names
from graph.publish import publish
from graph.sameness import RULE, Sameness, groups, sameness_of
from graph.search import Index
from graph.store import Store
from tests.conftest import snapshot
from tests.made import FACILITIES, document, mention, reading, tie
from tests.terminal import Capture, Patch, in_process
from tests.test_candidates import named

SPELLINGS = {
    "pt-rimba-kakbah": "PT Rimba Kakbah",
    "pt-rimba-ka-bah": "P.T. Rimba Ka'bah",
    "rimba": "PT. Rimba Kakbah Tbk",
}
FIRMS = [Node("Company", f"company:{key}") for key in SPELLINGS]
OTHER = Node("Company", "company:cv-rimba-kakbah")


def three_spellings(store: Store) -> None:
    """Three documents write one firm in three ways, and a fourth names another firm; each supports a facility."""
    called = dict(zip(FIRMS, SPELLINGS.values(), strict=True)) | {OTHER: "CV Rimba Kakbah"}
    for number, (firm, name) in enumerate(called.items()):
        said: list[Claim] = [named(firm, name), mention(FACILITIES[number % 2])]
        said.append(tie("PARTNERS_WITH", firm, FACILITIES[number % 2], said=name))
        publish(store, reading(document(f"nomor-{number}"), said))


def firms(store: Store) -> list[str]:
    return [row["id"] for row in store.read("MATCH (c:Company) RETURN c.id AS id ORDER BY id")]


def test_what_was_merged_is_found_by_each_of_its_names(store: Store) -> None:
    one, other = Node("Company", "company:pt-rimba"), Node("Company", "company:rimba-jaya-abadi")
    publish(store, reading(document("satu"), [named(one, "PT Rimba")]))
    publish(store, reading(document("dua"), [named(other, "Sumber Kencana")]))
    hold(store, one.id, other.id, "same")
    (left,) = firms(store)
    assert [
        [node.id for node in Index(names(store), other_names(store)).find(typed)] for typed in ("rimba", "kencana")
    ] == [[left], [left]]


def test_nothing_invented_is_ever_one_with_something_real(store: Store) -> None:
    real, invented = FIRMS[:2]
    publish(store, reading(document("nyata"), [named(real, "PT Rimba Kakbah")]))
    publish(store, reading(replace(document("rekaan"), synthetic=True), [named(invented, "P.T. Rimba Ka'bah")]))
    assert candidates(store, synthetic=True).rows == []


def test_the_rule_merges_when_told_to_once_and_leaves_no_trace_when_taken_back(store: Store) -> None:
    three_spellings(store)
    before = snapshot(store)
    found = candidates(store)
    assert snapshot(store) == before
    made = merge_sure(store, found, "en")
    assert {each.pair for each in made} >= {tuple(sorted((FIRMS[0].id, FIRMS[1].id)))}
    assert firms(store) == sorted([OTHER.id, min(firm.id for firm in FIRMS)])
    assert {(each.by, each.verdict) for each in sameness_of(store)} == {(RULE, kept.SAME)}
    assert all("same core name" in each.reason for each in sameness_of(store))
    noted = [entry for entry in entries(store) if entry.action == "pair"]
    assert len(noted) == len(made)
    assert all(RULE in entry.effect for entry in noted)

    merged = snapshot(store)
    assert merge_sure(store, candidates(store), "en") == []
    assert snapshot(store) == merged
    assert take_back_all(store) == len(made)
    assert snapshot(store) == before
    assert take_back_all(store) == 0


def test_one_merge_of_the_rule_is_taken_back_like_any_judgement(store: Store) -> None:
    three_spellings(store)
    before = snapshot(store)
    for each in merge_sure(store, candidates(store), "id"):
        take_back(store, *each.pair)
    assert snapshot(store) == before


def test_what_a_person_holds_is_never_overridden_by_the_rule(store: Store) -> None:
    three_spellings(store)
    found = candidates(store)
    one, two, _ = sorted(firm.id for firm in FIRMS)
    hold(store, one, two, "different", by="rina")
    with pytest.raises(BadInput) as refused:
        merge_sure(store, found, "en")
    assert refused.value.key == "identity.changed"
    merge_sure(store, candidates(store), "en")
    merge_sure(store, replace(found, version=candidates(store).version), "en")
    assert {each.verdict for each in sameness_of(store) if each.pair == (one, two)} == {"different"}
    assert not any({one, two} <= group for group in groups(sameness_of(store)))
    assert {one, two} <= set(firms(store))


def test_a_persons_word_from_elsewhere_replaces_the_rules_though_it_is_older(store: Store) -> None:
    three_spellings(store)
    merge_sure(store, candidates(store), "en")
    rules = sameness_of(store)
    older = kept.sameness(*rules[0].pair, "different", "rina", "2020-01-01")
    restore(store, [older])
    assert older in sameness_of(store)
    assert not any(set(older.pair) <= group for group in groups(sameness_of(store)))
    assert restore(store, [rules[0]]) == 0


def test_what_is_judged_different_is_not_asked_again_of_the_node_that_stands_for_it(store: Store) -> None:
    three_spellings(store)
    one, two, three = sorted(firm.id for firm in FIRMS)
    hold(store, two, three, "different")
    hold(store, one, two, "same")
    assert [each for each in candidates(store, kind="company").rows if each.ids == {one, three}] == []


IDS = [f"company:{letter}" for letter in "abcdef"]
ANY_PAIR = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] < pair[1])
BY_PEOPLE = st.dictionaries(ANY_PAIR, st.sampled_from(["same", "different", "unsure"]), max_size=6)


def held(pairs: dict[tuple[str, str], str], by: str) -> list[Sameness]:
    return [kept.sameness(a, b, verdict, by, f"{at}") for at, ((a, b), verdict) in enumerate(pairs.items())]


@settings(max_examples=200)
@given(people=BY_PEOPLE, sure=st.lists(ANY_PAIR, unique=True, max_size=6), data=st.data())
def test_the_rule_only_adds_to_what_people_hold(
    people: dict[tuple[str, str], str], sure: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Oracle: the groups that people make stay whole, and no two that they hold different come together."""
    persons = held(people, "rina")
    new = agreeing(held(dict.fromkeys(sure, "same"), RULE), persons)
    assert {each.pair for each in new} <= set(sure) - set(people)
    together = groups(data.draw(st.permutations([*persons, *new])))
    for group in groups(persons):
        assert any(group <= wider for wider in together)
    different = [set(pair) for pair, verdict in people.items() if verdict == "different"]
    assert not any(pair <= group for pair in different for group in together)
    assert all(any(set(each.pair) <= group for group in together) for each in new)


@settings(max_examples=200)
@given(asked=st.lists(ANY_PAIR, unique=True, max_size=8), people=BY_PEOPLE)
def test_what_is_still_open_is_what_nobody_has_judged(
    asked: list[tuple[str, str]], people: dict[tuple[str, str], str]
) -> None:
    """Oracle: a pair is open if its two groups differ and no judgement is of these two groups."""
    persons = held(people, "rina")
    of = {id_: min(next((group for group in groups(persons) if id_ in group), {id_})) for id_ in IDS}
    closed = {frozenset({of[a], of[b]}) for a, b in people} | {frozenset(pair) for pair in people}
    wanted = {frozenset({of[a], of[b]}) for a, b in asked} - closed - {frozenset({id_}) for id_ in IDS}
    found = [Candidate(Named("company", a, a), Named("company", b, b), Verdict(ASK, 0.7, ())) for a, b in asked]
    left: Sequence[Candidate] = still_open(found, persons)
    assert {each.ids for each in left} == wanted
    assert len(left) == len(wanted)


def test_the_terminal_merges_shows_and_takes_back(
    store: Store, store_url: str, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    three_spellings(store)
    before = snapshot(store)
    code, out, err = in_process(capsys, monkeypatch, "--store", store_url, "candidates", "--apply")
    assert code == 0
    assert "merged by rule" in out + err
    assert any(each.by_rule for each in sameness_of(store))
    code, out, err = in_process(capsys, monkeypatch, "--store", store_url, "candidates", "--take-back")
    assert code == 0
    assert snapshot(store) == before


def test_who_takes_one_merge_back_is_told_if_others_keep_the_two_together(
    store: Store, store_url: str, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    three_spellings(store)
    one, two, three = sorted(firm.id for firm in FIRMS)
    for pair in ((one, two), (one, three), (two, three)):
        hold(store, *pair, "same")
    told = []
    for pair in ((one, two), (two, three)):
        _, out, err = in_process(capsys, monkeypatch, "--store", store_url, "pair", *pair, "--undo")
        told.append("still one" in out + err)
    assert told == [True, False]
    assert two in firms(store)


def test_pairs_are_judged_in_the_terminal_by_keys(
    store: Store, store_url: str, capsys: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    said: list[Claim] = [named(FIRMS[0], "Rimba Kakbah"), named(FIRMS[1], "PT Rimba Kakbah")]
    publish(store, reading(document("satu"), said))
    (asked,) = candidates(store).rows
    assert asked.verdict.outcome != SAME
    code, out, _ = in_process(capsys, monkeypatch, "--store", store_url, "review", "--pairs", "--format", "csv")
    assert code == 0
    assert asked.one.id in out
    code, _, err = in_process(capsys, monkeypatch, "--store", store_url, "review", "--pairs", "--ask")
    assert (code, len(err.strip().splitlines())) == (2, 1)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.getchar", lambda: "n")
    code, out, _ = in_process(capsys, monkeypatch, "--store", store_url, "review", "--pairs", "--ask")
    assert code == 0
    assert "Rimba Kakbah" in out
    assert [each.verdict for each in sameness_of(store)] == ["different"]
    assert candidates(store).rows == []
