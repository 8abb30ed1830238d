"""Identity: what the rules promise on labelled pairs, on the register, and of any two names."""

import datetime
from collections.abc import Callable
from itertools import combinations, islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from graph.identity import (
    ASK,
    DIFFERENT,
    KINDS,
    SAME,
    Candidate,
    Named,
    Narrowed,
    Post,
    Verdict,
    candidates_of,
    compare,
    compare_names,
    kind_of,
    settled,
)
from graph.identity.blocking import LARGEST_BLOCK, keys, pairs
from graph.identity.spelling import lists
from graph.identity.verdict import because, decide, weights
from graph.names import facility_id, normal
from graph.settings import DEMO
from graph.words import LANGUAGES, catalog, say
from loaders.article import extract
from tests.articles.scoring import gold
from tests.articles.scoring import names as article_names
from tests.pairs import Pair, labelled, outcome
from tests.test_names import register

SPLITS = ("tuned", "held")
UNITS = [row["name"] for row in register()]
NAMES = st.sampled_from(sorted({(row.kind, name) for row in labelled() for name in (row.a, row.b)}))
PEOPLE = st.sampled_from(sorted({name for row in labelled() if row.kind == "official" for name in (row.a, row.b)}))
FULL_NAMES = st.sampled_from(["Tegar Aditya Mahardika", "Rahmi Muhammad Zulkifli", "Yohanes Parulian Sitompul"])
CASES: list[Callable[[str], str]] = [str.strip, str.upper, str.lower]
PURPOSES = ("", "Perempuan ", "Narkotika ", "Pemuda ", "Terbuka ")


def of(kind: str, one: str, other: str) -> Verdict:
    return compare(Named(kind, one), Named(kind, other))


def at(name: str, organisation: str, title: str = "") -> Named:
    return Named("official", name, f"official:{name}@{organisation}", (Post("", organisation, title),))


def rows(split: str) -> list[Pair]:
    return [row for row in labelled() if row.split == split]


def test_the_pairs_are_many_hard_and_a_third_is_held_back() -> None:
    different = [row for row in labelled() if row.label == "different"]
    assert len(labelled()) >= 600
    assert len(different) * 2 >= len(labelled())
    assert {row.kind for row in labelled()} == set(KINDS)
    assert 0.28 < len(rows("held")) / len(labelled()) < 0.38
    alike = [row for row in different if fuzz.WRatio(normal(row.a), normal(row.b)) >= 80]
    assert len(alike) * 2 > len(different)


@pytest.mark.parametrize("split", SPLITS)
def test_no_two_things_are_merged_of_themselves(split: str) -> None:
    assert [row for row in rows(split) if row.label == "different" and outcome(row) == SAME] == []


@pytest.mark.parametrize("split", SPLITS)
def test_what_is_one_is_found_or_asked(split: str) -> None:
    found = [outcome(row) for row in rows(split) if row.label == "same"]
    assert found.count(SAME) >= 0.75 * len(found)
    assert found.count(SAME) + found.count(ASK) >= 0.95 * len(found)


@pytest.mark.parametrize("split", SPLITS)
def test_few_of_those_that_differ_are_asked(split: str) -> None:
    found = [outcome(row) for row in rows(split) if row.label == "different"]
    assert found.count(ASK) <= 0.1 * len(found)


@pytest.mark.parametrize("split", SPLITS)
def test_whole_strings_cannot_do_it(split: str) -> None:
    """At any threshold at which WRatio finds half of what is one, it merges what is two."""
    scored = [(fuzz.WRatio(normal(row.a), normal(row.b)), row.label) for row in rows(split)]
    half = sorted(score for score, label in scored if label == "same")[len(scored) // 4 :][0]
    assert sum(score >= half for score, label in scored if label == "different") > 10


def test_no_two_of_the_612_units_are_the_same_or_asked() -> None:
    units = [Named("facility", name, f"facility:{number}") for number, name in enumerate(UNITS)]
    assert len(units) == 612
    found = {(one.name, other.name) for one, other in combinations(units, 2) if compare(one, other).outcome == SAME}
    assert found == set()
    assert [each for each in candidates_of(units) if each.verdict.outcome == SAME] == []


def test_every_unit_is_found_among_the_612_however_its_class_is_written() -> None:
    units = [Named("facility", name, f"facility:{number}") for number, name in enumerate(UNITS)]
    for row in register()[::7]:
        written = row["name"].replace("Kelas", "Klas").upper()
        same = [unit.name for unit in units if compare(Named("facility", written), unit).outcome == SAME]
        assert same == [row["name"]]


@pytest.mark.slow
def test_every_unit_that_the_articles_mention_is_the_right_one_of_the_register() -> None:
    units = [Named("facility", name, f"facility:{number}") for number, name in enumerate(UNITS)]
    by_id = {facility_id(name): name for name in UNITS}
    mentioned = {name for article in article_names() for name in gold(article)["facilities"]}
    article = next((DEMO / "articles").glob("*.txt")).read_text("utf-8")
    mentioned |= set(extract(article).as_json()["facilities"])
    assert len(mentioned) > 40
    for name in sorted(mentioned):
        there = by_id.get(facility_id(name))
        same = [unit.name for unit in units if compare(Named("facility", name), unit).outcome == SAME]
        assert same == ([there] if there else same[:1]), name


@pytest.mark.parametrize(
    ("kind", "one", "other", "wanted"),
    [
        ("official", "Hj. Rahmi Muhammad Zulkifli", "Rahmi M. Zulkifli", SAME),
        ("official", "Suyanto", "Suyanto", ASK),
        ("official", "Bapak Dwi Rahayu", "Ibu Dwi Rahayu", DIFFERENT),
        ("company", "PT. Rimba Kakbah", "PT Rimba Ka'bah", SAME),
        ("company", "PT Maju Jaya", "CV Maju Jaya", DIFFERENT),
        ("company", "Maju Jaya", "PT Maju Jaya", ASK),
        ("facility", "Lapas Tangerang", "Lapas Perempuan Tangerang", DIFFERENT),
        ("facility", "Lapas Kelas IIA Tangerang", "Lapas Kelas I Tangerang", DIFFERENT),
        ("facility", "Lapas Tangerang", "Lapas Kelas IIA Tangerang", ASK),
        ("facility", "Lapas Tangerang (Perempuan)", "Lapas Tangerang", DIFFERENT),
        ("facility", "Lapas", "Lapas Kelas IIA", ASK),
        ("facility", "Klinik Lapas Padang", "Lapas Padang", DIFFERENT),
        ("public-body", "Dinas Sosial Kota Solok", "Dinas Sosial Kabupaten Solok", DIFFERENT),
        ("public-body", "Dinas Sosial Solok", "Dinas Sosial Kota Solok", ASK),
        ("public-body", "Disnaker Lumajang", "Dinas Tenaga Kerja Kab. Lumajang", SAME),
        ("public-body", "Kementerian Agama", "Kemenag Kota Metro", DIFFERENT),
        ("organization", "Universitas Rekaan", "Fakultas Hukum Universitas Rekaan", DIFFERENT),
    ],
)
def test_names_are_compared_in_their_parts(kind: str, one: str, other: str, wanted: str) -> None:
    assert of(kind, one, other).outcome == wanted


def test_two_posts_in_two_towns_in_one_week_are_two_peoples() -> None:
    def held(at_: str, day: str) -> Named:
        post = Post("", at_, "Kepala", said_on=datetime.date.fromisoformat(day))
        return Named("official", "Guntur Prabowo Satya", posts=(post,))

    first = held("Lapas Kelas IIB Slawi", "2024-03-04")
    assert compare(first, held("Lapas Kelas IIA Waingapu", "2024-03-08")).outcome == DIFFERENT
    assert compare(first, held("Lapas Kelas IIA Waingapu", "2025-03-08")).outcome == ASK
    assert compare(first, held("Lapas Slawi", "2024-03-08")).outcome == SAME


def test_one_organisation_makes_of_part_of_a_name_the_name() -> None:
    assert compare(at("Tegar Mahardika", "Lapas Metro"), at("Tegar Aditya Mahardika", "Lapas Metro")).outcome == SAME
    assert compare(at("Tegar Mahardika", "Lapas Metro"), at("Tegar Aditya Mahardika", "Rutan Krui")).outcome != SAME
    assert compare(at("Suyanto", "Lapas Metro"), at("Suyanto", "Rutan Krui")).outcome == DIFFERENT


def test_who_is_like_two_that_differ_is_asked() -> None:
    trio = [at(name, "PT Satu") for name in ("Lena M. Narwastu", "Lena Muhammad Narwastu", "Lena Maryam Narwastu")]
    found = list(candidates_of(trio))
    assert {each.verdict.outcome for each in found} == {SAME}
    assert {each.verdict.outcome for each in settled(found)} == {ASK}
    alone = list(candidates_of(trio[:2]))
    assert [each.verdict.outcome for each in settled(alone)] == [SAME]


def test_what_was_judged_is_not_asked_again() -> None:
    two = [Named("company", "PT Rimba Kakbah", "company:a"), Named("company", "PT Rimba Ka'bah", "company:b")]
    assert [each.ids for each in candidates_of(two)] == [{"company:a", "company:b"}]
    assert list(candidates_of(two, known=[frozenset({"company:a", "company:b"})])) == []


def test_whoever_would_be_merged_meets() -> None:
    for row in labelled():
        one, other = row.named()
        assert keys(one) & keys(other) or outcome(row) != SAME, (row.a, row.b)


def test_each_pair_comes_once_and_blocks_are_narrowed_where_they_are_huge() -> None:
    crowd = [at(f"Budi Rekawan Satria {chr(97 + number % 26)}x{number}", f"PT {number}") for number in range(100)]
    narrowed = Narrowed()
    met = list(pairs(crowd, narrowed))
    assert len(met) == len(set(met))
    assert len(met) < 100 * 99 / 2
    assert narrowed.blocks > 0
    assert narrowed.largest == 100 > LARGEST_BLOCK


@given(st.lists(NAMES, min_size=2, max_size=12, unique=True))
@settings(max_examples=30)
def test_blocks_yield_pairs_of_one_kind_once_in_order(chosen: list[tuple[str, str]]) -> None:
    things = [Named(kind, name, f"{kind}:{number}") for number, (kind, name) in enumerate(chosen)]
    met = list(pairs(things))
    assert len(met) == len(set(met))
    assert all(one < other and things[one].kind == things[other].kind for one, other in met)


@given(NAMES, NAMES)
@settings(max_examples=300)
def test_order_does_not_matter(one: tuple[str, str], other: tuple[str, str]) -> None:
    kind = one[0]
    there, back = of(kind, one[1], other[1]), of(kind, other[1], one[1])
    assert (there.outcome, there.score) == (back.outcome, back.score)


def test_order_does_not_matter_where_names_are_near() -> None:
    for row in labelled():
        one, other = row.named()
        there, back = compare(one, other), compare(other, one)
        assert (there.outcome, there.score) == (back.outcome, back.score), (row.a, row.b)


@given(NAMES)
@settings(max_examples=200)
def test_a_name_is_never_different_from_itself(named: tuple[str, str]) -> None:
    kind, name = named
    verdict = of(kind, name, name)
    assert verdict.outcome != DIFFERENT
    if kind != "official":
        assert verdict.outcome == SAME or {reason.key for reason in verdict.reasons} & {
            "identity.territory_unsaid",
            "identity.territory_missing",
        }


@given(FULL_NAMES, st.data())
@settings(max_examples=100)
def test_honorifics_degrees_case_and_dots_do_not_separate(name: str, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from(["", "Bapak ", "Dr. ", "Drs. H. ", "Kombes Pol. ", "Letkol Inf. ", "prof. "]))
    behind = data.draw(st.sampled_from(["", ", S.H.", ", S.H., M.Si.", " S.Sos.", ", A.Md.I.P., S.H.", " SH, MH"]))
    case = data.draw(st.sampled_from(CASES))
    assert of("official", case(name), f"{before}{name}{behind}").outcome == SAME


@given(st.sampled_from(UNITS), st.data())
@settings(max_examples=100)
def test_class_case_and_dots_do_not_separate_units(name: str, data: st.DataObject) -> None:
    if "Tangerang" in name:
        return
    words = [word + data.draw(st.sampled_from(["", ".", ","])) for word in name.replace("Kelas", "Klas").split()]
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    assert of("facility", name, case("  ".join(words))).outcome == SAME


@given(st.sampled_from(["Padang", "Metro", "Sukamiskin", "Kota Agung"]), st.data())
@settings(max_examples=100)
def test_nothing_is_one_across_kind_purpose_and_place(place: str, data: st.DataObject) -> None:
    kinds = data.draw(st.permutations(["Lapas", "Rutan", "Bapas", "LPKA", "Rupbasan"]))
    purposes = data.draw(st.permutations(PURPOSES))
    klass = data.draw(st.sampled_from(["", "Kelas I ", "Kelas IIA ", "Klas III "]))
    other_place = data.draw(st.sampled_from(["Padang Panjang", "Banda Aceh", "Solok", "Lubuk Basung"]))
    one = f"{kinds[0]} {purposes[0]}{klass}{place}"
    assert of("facility", one, f"{kinds[1]} {purposes[0]}{place}").outcome != SAME
    assert of("facility", one, f"{kinds[0]} {purposes[0]}{other_place}").outcome == DIFFERENT
    if kinds[0] != "LPKA":
        assert of("facility", one, f"{kinds[0]} {purposes[1]}{place}").outcome != SAME


@given(st.sampled_from(KINDS), st.text(max_size=40), st.text(max_size=40))
@example("official", "0", "ʔ")
@example("facility", "¼", "ʔ")
@example("organization", "PT ''", "ʔ ʔ'")
@settings(max_examples=200)
def test_any_text_gets_a_verdict_and_readable_reasons(kind: str, one: str, other: str) -> None:
    verdict = of(kind, one, other)
    assert verdict.outcome in (SAME, ASK, DIFFERENT)
    assert 0 <= verdict.score <= 1
    assert all(verdict.told(language) for language in LANGUAGES)


@given(st.sampled_from(KINDS), st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_has_keys(kind: str, text: str) -> None:
    assert keys(Named(kind, text))


def test_things_of_two_kinds_are_never_one() -> None:
    for one, other in combinations(KINDS, 2):
        assert compare(Named(one, "Cahaya Lestari"), Named(other, "Cahaya Lestari")).outcome == DIFFERENT


def test_every_reason_has_a_weight_and_a_sentence() -> None:
    for key in weights():
        assert f"identity.{key}" in catalog()
    reasons = {key.removeprefix("identity.") for key in catalog() if key.startswith("identity.")}
    assert set(weights()) <= reasons


def test_the_bar_decides_and_nothing_outweighs_a_contradiction() -> None:
    bar = lists()["bar"]
    assert decide([]).outcome == SAME
    assert decide([because("identity.slip", one="a", other="b")]).outcome == ASK
    assert (
        decide([because("identity.other_form", one="PT", other="CV"), because("identity.same_organisation")]).score == 0
    )
    assert bar["ask"] < 1 + weights()["slip"] < bar["same"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lapas Padang", "facility"),
        ("Koperasi Lapas Padang", "company"),
        ("PT Maju", "company"),
        ("Yayasan Maju", "organization"),
        ("Dinas Sosial Kota Metro", "public-body"),
        ("Hj. Lena", "official"),
        ("Maju", ""),
    ],
)
def test_a_name_shows_its_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_two_kinds_that_show_are_compared_as_two() -> None:
    found = compare_names("Lapas Padang", "PT Padang")
    assert (found.kind, found.verdict.outcome) == ("facility, company", DIFFERENT)
    assert say(found.verdict.reasons[0].key, "en", **dict(found.verdict.reasons[0].values))


def test_candidates_come_one_after_the_other() -> None:
    """What comes first is there before the rest is compared."""
    things = [Named("company", f"PT Rimba Rekaan {'A' * (1 + number % 2)}", f"company:{number}") for number in range(9)]
    first = next(iter(islice(candidates_of(things), 1)))
    assert isinstance(first, Candidate)
