"""What a document says agrees with the claims that it was made of, on both engines, page by page."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Mention, Reading
from graph.publish import publish
from graph.store import Store
from graph.told import read_told, statements
from tests.conftest import clear
from tests.made import claims, document, hashed


def kinds(said: list[Claim]) -> Counter[str]:
    return Counter("MENTIONS" if isinstance(each, Mention) else each.type for each in set(said))


@settings(max_examples=10)
@given(said=claims(), others=claims(), most=st.integers(1, 4))
def test_every_claim_of_a_document_is_counted_and_found_on_one_page(
    store: Store, said: list[Claim], others: list[Claim], most: int
) -> None:
    clear(store)
    made, other = hashed(document("ini"), said), hashed(document("lain"), others)
    for each, told in ((made, said), (other, others)):
        publish(store, Reading(each, told))
    found = read_told(store, made.id, below=0.7)
    assert found is not None
    assert (found.document.id, dict(found.counts), found.claims) == (made.id, kinds(said), kinds(said).total())
    assert found.unsure == sum(each.evidence.confidence < 0.7 for each in set(said))
    assert list(found.counts)[:1] == (["MENTIONS"] if said else [])
    for type_, count in found.counts.items():
        pages = [statements(store, made.id, type_, skip=skip, most=most) for skip in range(0, count, most)]
        shown = [each for page in pages for each in page]
        assert len({each.said["claim"] for each in shown}) == len(shown) == count
        assert {each.said["source"] for each in shown} == {made.id}
        assert all(len(page) == most for page in pages[:-1])
        if type_ == "MENTIONS":
            assert {each.end.id for each in shown} == {each.node.id for each in said if isinstance(each, Mention)}


def test_there_is_nothing_told_by_a_document_that_is_not_there(store: Store) -> None:
    assert read_told(store, "document:tiada", below=0.7) is None
    assert statements(store, "document:tiada", "MENTIONS") == []
    assert statements(store, "document:tiada", "RUNS]->() DETACH DELETE n //") == []
