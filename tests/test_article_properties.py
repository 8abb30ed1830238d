"""What holds of any text: no crash, nothing ungrounded, bounded time."""

import datetime
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.claims import Claim, Mention
from loaders.article.claims import claims
from loaders.article.cleaning import LONGEST, clean
from loaders.article.extraction import facts_of
from loaders.article.facts import Facts
from loaders.article.lexicon import WORDS, words
from tests.articles.scoring import names, text

TODAY = datetime.date(2026, 1, 1)
ARTICLES = [text(name) for name in names()]
PIECES = st.sampled_from([piece for article in ARTICLES for piece in article.split(". ")])


def claims_of(raw: str) -> tuple[str, Facts, list[Claim]]:
    cleaned = clean(raw)
    article, facts = facts_of(cleaned, None, TODAY)
    return cleaned, facts, claims(article, facts, "document:x")


def assert_grounded(raw: str) -> None:
    cleaned, facts, found = claims_of(raw)
    mentioned = {claim.node for claim in found if isinstance(claim, Mention)}
    for claim in found:
        claim.check()
        assert claim.evidence.span
        begin, end = claim.evidence.span
        assert claim.evidence.where
        assert cleaned[begin:end] == claim.evidence.where
        if not isinstance(claim, Mention):
            assert {claim.start, claim.end} <= mentioned
    assert facts.as_json()


@pytest.mark.parametrize("name", names())
def test_every_claim_of_every_article_is_grounded(name: str) -> None:
    assert_grounded(text(name))


@st.composite
def mangled(draw: st.DrawFn) -> str:
    raw = draw(st.sampled_from(ARTICLES))
    begin = draw(st.integers(0, len(raw)))
    end = draw(st.integers(begin, len(raw)))
    return draw(st.sampled_from([
        raw[:begin],
        raw[begin:end],
        raw[:begin] + raw[end:],
        raw[begin:end].upper(),
        raw[begin:end].lower(),
        raw.replace(" ", "\n")[begin:end],
        raw[begin:end].encode().decode("latin-1"),
        raw[:begin] + draw(st.text(max_size=40)) + raw[begin:],
    ]))  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mangled())
def test_mangled_articles_are_read_without_a_crash_and_grounded(raw: str) -> None:
    assert_grounded(raw)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=12))
def test_shuffled_sentences_are_read_without_a_crash_and_grounded(pieces: list[str]) -> None:
    assert_grounded("Judul\n\n" + ". ".join(pieces))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_grounded(raw: str) -> None:
    assert_grounded(raw)


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.sampled_from(ARTICLES))
def test_the_same_text_gives_the_same_claims(raw: str) -> None:
    assert claims_of(raw)[2] == claims_of(raw)[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["Kalapas Padang, Budi, dan ", "PT Maju Jaya dan CV Mundur, ", "a", "(", "Dinas Pangan, Pertanian dan ",
     "pelatihan las dan ", "§F1 ", "23/3/", "Kepala "],
)  # fmt: skip
def test_a_line_of_five_megabytes_ends_in_bounded_time(piece: str) -> None:
    raw = "Judul\n\n" + piece * (5_000_000 // len(piece))
    begin = time.perf_counter()
    cleaned, _, _ = claims_of(raw)
    assert len(cleaned) <= LONGEST
    assert time.perf_counter() - begin < 60


def test_word_lists_hold_words() -> None:
    for path in WORDS.glob("*.yaml"):
        for entry in entries(words(path.stem)):
            assert isinstance(entry, str), (path.name, entry)


def entries(lists: Any) -> Iterator[Any]:
    """Yield the entries of all plain lists, at any depth."""
    for value in lists.values() if isinstance(lists, dict) else lists:
        if isinstance(value, dict):
            yield from entries(value)
        elif isinstance(value, list):
            yield from (entry for entry in value if not isinstance(entry, dict))
            yield from (form for entry in value if isinstance(entry, dict) for form in entry["words"])
