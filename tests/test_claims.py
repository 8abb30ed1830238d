"""Claims: equal claims have equal ids, and what is recorded of a node comes back as it went in."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import (
    Claim,
    Document,
    Evidence,
    Mention,
    Node,
    Tie,
    best,
    checked,
    claim_id,
    from_record,
    properties,
)
from graph.errors import BadInput
from graph.schema import schema

DOCUMENT = Document("document:a", "A", "article", datetime.date(2021, 3, 23))
UNIT = Node("Facility", "facility:lapas-padang")
COMPANY = Node("Company", "company:pt-maju")
SAID = Evidence("Lapas Padang bermitra dengan PT Maju.", (0, 37), 0.9)
MENTION = Mention(UNIT, "Lapas Padang", SAID, properties(kind="lapas", capacity=458))
TIE = Tie("PARTNERS_WITH", COMPANY, UNIT, SAID, "active", properties(area="fishery", since=datetime.date(2020, 1, 2)))

OTHERS: list[Claim] = [
    replace(MENTION, node=Node("Facility", "facility:rutan-padang")),
    replace(MENTION, name="LP Padang"),
    replace(MENTION, named=False),
    replace(MENTION, properties=properties(kind="lapas")),
    replace(MENTION, properties=properties(kind="lapas", capacity=459)),
    replace(MENTION, evidence=replace(SAID, where="Lain.")),
    replace(MENTION, evidence=replace(SAID, span=(1, 37))),
    replace(MENTION, evidence=replace(SAID, span=None)),
    replace(MENTION, evidence=replace(SAID, confidence=0.5)),
    replace(TIE, type="PARTY_TO"),
    replace(TIE, start=Node("Company", "company:cv-maju")),
    replace(TIE, start=UNIT, end=COMPANY),
    replace(TIE, status="planned"),
    replace(TIE, properties=()),
    replace(TIE, properties=properties(area="fishery", until=datetime.date(2020, 1, 2))),
    replace(TIE, evidence=replace(SAID, where="Lain.")),
    replace(TIE, evidence=replace(SAID, confidence=0.5)),
]


@pytest.mark.parametrize("claim", [MENTION, TIE])
def test_equal_claims_of_one_document_have_one_id(claim: Claim) -> None:
    assert claim_id(DOCUMENT, claim) == claim_id(replace(DOCUMENT), replace(claim))
    assert len(claim_id(DOCUMENT, claim)) == 24


def test_claims_that_differ_in_anything_have_different_ids() -> None:
    ids = {claim_id(DOCUMENT, claim) for claim in (MENTION, TIE, *OTHERS)}
    assert len(ids) == len(OTHERS) + 2


@pytest.mark.parametrize("claim", [MENTION, TIE])
@pytest.mark.parametrize(
    "other",
    [
        replace(DOCUMENT, id="document:b"),
        replace(DOCUMENT, kind="survey"),
        replace(DOCUMENT, published=None),
        replace(DOCUMENT, published=datetime.date(2021, 3, 24)),
    ],
)
def test_the_same_words_in_another_document_or_of_another_day_are_another_claim(claim: Claim, other: Document) -> None:
    assert claim_id(DOCUMENT, claim) != claim_id(other, claim)


@pytest.mark.parametrize("other", [replace(DOCUMENT, title="B", hash="1", url="http://x", file="y", text="z")])
def test_a_claim_stays_the_same_when_only_the_documents_title_or_file_changes(other: Document) -> None:
    assert claim_id(DOCUMENT, TIE) == claim_id(other, TIE)


def test_hostile_text_has_an_id_too() -> None:
    claim = replace(MENTION, name="\ud800\0\x1b[31m", evidence=replace(SAID, where="\udfff"))
    assert len(claim_id(DOCUMENT, claim)) == 24


def test_properties_are_sorted_and_leave_out_what_is_not_known() -> None:
    assert properties(b=1, a="x", c=None, d=False, e=0, f="") == (
        ("a", "x"),
        ("b", 1),
        ("d", False),
        ("e", 0),
    )


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(),
    "integer": st.integers(-(2**53), 2**53),
    "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000),
    "boolean": st.booleans(),
    "date": st.dates(),
}


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    """Any mention that the schema allows."""
    label = draw(st.sampled_from([label for label in schema().labels if label != "Document"]))
    said = {}
    for key, each in schema().labels[label].properties.items():
        if draw(st.booleans()):
            listed = list(schema().vocabularies[each.vocabulary]) if each.vocabulary else []
            said[key] = draw(st.sampled_from(listed) if listed else _VALUES[each.type])
    return Mention(Node(label, "x:y"), draw(st.text(min_size=1)), SAID, properties(**said), draw(st.booleans()))


@given(mentions())
def test_what_a_mention_records_comes_back_as_it_went_in(mention: Mention) -> None:
    mention.check()
    back = from_record(mention.node.label, mention.record())
    name = {"name": mention.name} if mention.named else {}
    assert back == dict(mention.properties) | name
    assert all(type(back[key]) is type(value) for key, value in mention.properties)


@given(mentions())
def test_a_record_does_not_depend_on_the_order_of_its_properties(mention: Mention) -> None:
    shuffled = replace(mention, properties=tuple(reversed(mention.properties)))
    assert shuffled.record() == mention.record()


def test_the_best_value_is_the_first_that_anybody_gives() -> None:
    said: list[dict[str, Any]] = [{"name": "A"}, {"name": "B", "capacity": 0}, {"capacity": 458, "class": "IIA"}]
    assert best(said) == {"name": "A", "capacity": 0, "class": "IIA"}
    assert best(reversed(said)) == {"name": "B", "capacity": 458, "class": "IIA"}
    assert best([]) == {}


@pytest.mark.parametrize(
    "claim",
    [
        replace(MENTION, node=Node("Prison", "x:y")),
        replace(MENTION, properties=properties(kind="penjara")),
        replace(MENTION, properties=properties(beds=3)),
        replace(TIE, type="LIKES"),
        replace(TIE, start=UNIT, end=COMPANY),
        replace(TIE, properties=properties(area="cooking")),
        replace(TIE, properties=properties(title="x")),
        replace(TIE, status="maybe"),
    ],
)
def test_a_claim_that_the_schema_does_not_know_is_refused(claim: Claim) -> None:
    with pytest.raises(BadInput):
        list(checked([MENTION, claim]))


def test_claims_that_the_schema_knows_pass_unchanged() -> None:
    assert list(checked([MENTION, TIE])) == [MENTION, TIE]


def test_a_documents_node_has_no_property_that_the_schema_does_not_know() -> None:
    full = Document("document:a", "A", "article", datetime.date(2021, 1, 2), "P", "http://x", "f.txt", "00", "…", True)
    stored = full.stored()
    assert (stored.pop("id"), stored.pop("name")) == ("document:a", "A")
    assert stored.pop("synthetic") is True  # which every node may have
    schema().check("Document", stored)
    assert DOCUMENT.stored().keys() == {"id", "name", "kind", "published"}
