"""The invented network: the same for the same arguments, it loads whole, is marked, and is shaped like real ones."""

import csv
import datetime
import re
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph import names
from graph.claims import Claim, Mention, Reading, Tie, from_record
from graph.errors import BadInput
from graph.settings import DEMO
from graph.words import LANGUAGES, say
from loaders.sample import write_sample
from loaders.sample.country import Spot, distance
from loaders.sample.dice import Dice, years_on
from loaders.sample.papers import FIRST, LAST, YEARS
from loaders.sample.people import OVERLAP_AT, OVERLAP_EVERY, TODAY
from loaders.sources import find_sources, read_manifest

FACILITIES, SEED = 600, 3
Rows = list[dict[str, str]]


def rows_of(folder: Path, register: str) -> Rows:
    with (folder / f"{register}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def contents(files: Iterable[Path]) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files}


def read_all(folder: Path) -> list[tuple[Reading, list[Claim]]]:
    """Every document of a folder with its claims, each of them checked against the schema."""
    found = []
    for source in find_sources(folder):
        reading = source.read()
        claims = list(reading.claims)
        for claim in claims:
            claim.check()
        found.append((reading, claims))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, facilities=FACILITIES, seed=SEED)
    return folder


@pytest.fixture(scope="module")
def random_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("random")
    write_sample(folder, facilities=FACILITIES, seed=SEED, places="random")
    return folder


@pytest.fixture(scope="module")
def read(folder: Path) -> list[tuple[Reading, list[Claim]]]:
    return read_all(folder)


@pytest.fixture(scope="module")
def agreements(read: list[tuple[Reading, list[Claim]]]) -> dict[str, dict[str, Any]]:
    """What is said of each agreement, by id, with the ids of its `parties`."""
    found: dict[str, dict[str, Any]] = defaultdict(lambda: {"parties": set()})
    for _, claims in read:
        for claim in claims:
            if isinstance(claim, Mention) and claim.node.label == "Agreement" and len(claim.properties) > 2:
                found[claim.node.id] |= from_record("Agreement", claim.record())
            elif isinstance(claim, Tie) and claim.type == "PARTY_TO":
                found[claim.end.id]["parties"].add(claim.start.id)
    return found


def test_same_arguments_give_the_same_bytes(folder: Path, random_folder: Path, tmp_path: Path) -> None:
    again = contents(write_sample(tmp_path / "again", facilities=FACILITIES, seed=SEED))
    other = contents(write_sample(tmp_path / "other", facilities=FACILITIES, seed=SEED + 1))
    assert again == contents(folder.iterdir())
    assert all(again[name] != other[name] for name in again)
    assert again["agreements.csv"] != (random_folder / "agreements.csv").read_bytes()


def test_throws_do_not_change_with_the_version_of_anything() -> None:
    dice = Dice(7, "unit", 0)
    assert [dice.whole(1, 1000) for _ in range(6)] == [982, 409, 260, 454, 45, 628]


def test_shipped_sample_is_what_the_function_writes(tmp_path: Path) -> None:
    shipped = DEMO / "sample"
    written = contents(write_sample(tmp_path / "sample", facilities=40, seed=7))
    assert contents(shipped.iterdir()) == written, "run: mitra sample --facilities 40 --seed 7 data/demo/sample"
    assert sum(map(len, written.values())) < 300_000
    found = {row["status"] for row in rows_of(shipped, "agreements")}
    assert found == {"akan ditandatangani", "ditandatangani", "berlaku", "berakhir"}
    assert {row["found"] for row in rows_of(shipped, "checks")} == {"none", "some"}


@pytest.mark.parametrize("places", ["distance", "random"])
@given(facilities=st.integers(1, 60), seed=st.integers(0, 10**9))
@example(facilities=1, seed=0)
@settings(max_examples=12)
def test_every_row_loads(tmp_path_factory: pytest.TempPathFactory, places: Any, facilities: int, seed: int) -> None:
    folder = tmp_path_factory.mktemp("any")
    write_sample(folder, facilities=facilities, seed=seed, places=places)
    for reading, claims in read_all(folder):
        rows = rows_of(folder, Path(str(reading.document.file)).stem)
        assert (reading.rows, list(reading.rejects), reading.notes) == (len(rows), [], [])
        assert bool(claims) == bool(rows)


def test_every_register_is_marked_and_says_so(folder: Path, read: list[tuple[Reading, list[Claim]]]) -> None:
    assert {file.stem for file in folder.glob("*.csv")} == {
        each.kind for each in read_manifest(folder / "mitra.yaml").documents
    }
    for reading, claims in read:
        assert reading.document.synthetic
        assert "rekaan" in reading.document.title
        assert reading.rejects == []
        assert reading.rows > 0
        assert claims


def test_every_name_is_plainly_invented(read: list[tuple[Reading, list[Claim]]]) -> None:
    marked = re.compile(r"\b(Contoh|Rekaan)\b")
    bodies = ("Facility", "Company", "PublicBody", "Organization", "Official")
    called = {
        claim.name
        for _, claims in read
        for claim in claims
        if isinstance(claim, Mention) and claim.node.label in bodies
    }
    assert len(called) > FACILITIES * 3
    assert [name for name in called if not marked.search(name)] == []


def test_no_unit_is_a_real_one_and_each_has_its_own_id(read: list[tuple[Reading, list[Claim]]]) -> None:
    real = {names.facility_id(row["name"]) for row in rows_of(DEMO / "register", "facilities")}
    invented = {
        node.id
        for _, claims in read
        for claim in claims
        for node in ([claim.node] if isinstance(claim, Mention) else [claim.start, claim.end])
        if node.label == "Facility"
    }
    assert len(real) == 612
    assert len(invented) == FACILITIES
    assert not real & invented


def test_units_stand_in_the_regencies_of_the_reference_tables(folder: Path) -> None:
    real = {row["code"]: row for row in rows_of(DEMO / "register", "regencies")}
    units = rows_of(folder, "facilities")
    for unit in units:
        regency = real[unit["regency_code"]]
        assert unit["province_code"] == regency["province_code"]
        assert abs(float(unit["latitude"]) - float(regency["latitude"])) < 0.02
        assert abs(float(unit["longitude"]) - float(regency["longitude"])) < 0.02
    assert len({unit["province_code"] for unit in units}) == 38


def test_heads_overlap_only_on_purpose_and_there(folder: Path) -> None:
    titles = {"Kepala Lapas", "Kepala Rutan", "Kepala LPKA", "Kepala Bapas"}
    heads: dict[str, Rows] = {unit["name"]: [] for unit in rows_of(folder, "facilities")}
    for row in rows_of(folder, "officials"):
        if row["title"] in titles:
            heads[row["organisation"]].append(row)
    overlaps = set()
    for number, (unit, terms) in enumerate(heads.items()):
        assert terms, unit
        for before, after in pairwise(terms):
            assert before["since"] < after["since"]
            if before["until"] >= after["since"]:
                overlaps.add(number)
                assert "sengaja" in before["status"]
                assert "sengaja" in after["status"]
        assert terms[-1]["until"] == ""
    assert overlaps == set(range(OVERLAP_AT, FACILITIES, OVERLAP_EVERY))


def test_people_change_posts(folder: Path) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(folder, "officials"):
        held[row["name"]].add(row["organisation"])
    assert sum(len(units) > 1 for units in held.values()) > FACILITIES / 2


def test_agreements_last_as_long_as_such_agreements_do(agreements: dict[str, dict[str, Any]]) -> None:
    assert len(agreements) > FACILITIES
    for each in agreements.values():
        least, most = YEARS[each["kind"]]
        assert any(each["ends_on"] == years_on(each["starts_on"], years) for years in range(least, most + 1))
        signed = each.get("signed_on")
        assert FIRST <= (signed or each["starts_on"]) <= LAST
        assert (signed is None) == (each["status"] == "planned")
        assert signed is None or signed <= min(TODAY, each["starts_on"])
        assert (each["status"] == "ended") == (signed is not None and each["ends_on"] < TODAY)


def test_a_term_ends_on_the_day_before_its_anniversary() -> None:
    assert years_on(datetime.date(2020, 3, 5), 5) == datetime.date(2025, 3, 4)
    assert years_on(datetime.date(2020, 1, 1), 1) == datetime.date(2020, 12, 31)


def test_renewals_chain(agreements: dict[str, dict[str, Any]]) -> None:
    ends = {(each["kind"], frozenset(each["parties"]), each["ends_on"]) for each in agreements.values()}
    renewals = [each for each in agreements.values() if each["subject"].startswith("Perpanjangan")]
    assert len(renewals) > FACILITIES / 10
    for each in renewals:
        before = each["starts_on"] - datetime.timedelta(days=1)
        assert (each["kind"], frozenset(each["parties"]), before) in ends


def test_national_umbrellas_bind_six_partners_and_three_units_for_five_years(
    agreements: dict[str, dict[str, Any]],
) -> None:
    umbrellas = [each for each in agreements.values() if len(each["parties"]) > 2]
    assert len(umbrellas) == 3
    for each in umbrellas:
        labels = Counter(names.label_of(party) for party in each["parties"])
        assert labels == {"Facility": 3, "Company": 2, "PublicBody": 2, "Organization": 2}
        assert each["ends_on"] == years_on(each["starts_on"], 5)
    assert {each["status"] for each in umbrellas} > {"ended"}


def test_who_signs_is_in_office(folder: Path) -> None:
    posts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of(folder, "officials"):
        key = row["name"].split(",")[0], row["organisation"]
        posts[key].append((row["since"], row["until"] or "9999"))
    signed = 0
    for row in rows_of(folder, "agreements"):
        for column, party in (("signed_by_facility", "facility"), ("signed_by_partner", "partner")):
            if row[column]:
                signed += 1
                terms = posts[row[column], row[party].split("; ")[0]]
                assert any(since <= row["signed_on"] <= until for since, until in terms)
    assert signed > FACILITIES


def test_what_has_happened_is_not_planned_and_the_other_way_round(folder: Path) -> None:
    for row in rows_of(folder, "events"):
        assert (row["planned"] == "ya") == (row["date"] > TODAY.isoformat()) or row["kind"] == "signing"
        assert row["planned"] == "" or row["date"] > TODAY.isoformat()
        assert row["date"] >= "2017-10"
    assert all(row["on"] <= TODAY.isoformat() for row in rows_of(folder, "checks"))


def test_many_units_have_nobody_and_some_partners_only_sign(folder: Path) -> None:
    worked = {unit for row in rows_of(folder, "agreements") for unit in row["facility"].split("; ")}
    for register in ("companies", "public_bodies", "organizations"):
        worked |= {row["facility"] for row in rows_of(folder, register)}
    units = {row["name"] for row in rows_of(folder, "facilities")}
    assert 0.25 < len(units - worked) / len(units) < 0.55
    none = {row["facility"] for row in rows_of(folder, "checks") if row["found"] == "none"}
    assert none
    assert not none & {row["facility"] for row in rows_of(folder, "agreements")}
    assert units - worked - none, "of some nothing is known"

    signed = {row["partner"] for row in rows_of(folder, "agreements") if row["partner"].count(";") == 0}
    active = {row["partner"] for row in rows_of(folder, "programs")}
    active |= {row["partner"] for row in rows_of(folder, "events") if row["kind"] != "signing"}
    covered = {row["partner"] for row in rows_of(folder, "agreements") if row["program"]}
    paper = signed - active - covered
    assert 0.05 < len(paper) / len(signed) < 0.25


def test_rows_are_about_ten_a_facility(folder: Path) -> None:
    rows = sum(len(rows_of(folder, file.stem)) for file in folder.glob("*.csv"))
    assert 9 < rows / FACILITIES < 13


def kilometres(folder: Path) -> list[float]:
    """How far each partner is from the unit of each agreement between two."""
    at = {row["code"]: row for row in rows_of(DEMO / "register", "regencies")}

    def spot(code: str) -> Spot:
        return Spot(code, "", "", float(at[code]["latitude"]), float(at[code]["longitude"]))

    units = {row["name"]: row["regency_code"] for row in rows_of(folder, "facilities")}
    partners = {
        row["name"]: row["place"]
        for register in ("companies", "public_bodies", "organizations")
        for row in rows_of(folder, register)
    }
    pairs = [(row["partner"], row["facility"]) for row in rows_of(folder, "agreements") if ";" not in row["partner"]]
    return [distance(spot(partners[partner]), spot(units[unit])) for partner, unit in pairs]


def same_area(folder: Path) -> float:
    """The share of agreements in an area in which the unit itself already runs a program."""
    own = {(row["facility"], row["area"]) for row in rows_of(folder, "programs") if not row["partner"]}
    pairs = [(row["facility"], row["area"]) for row in rows_of(folder, "agreements") if row["area"]]
    return sum(pair in own for pair in pairs) / len(pairs)


def test_partners_choose_by_area_and_distance_or_at_random(folder: Path, random_folder: Path) -> None:
    near, anywhere = statistics.median(kilometres(folder)), statistics.median(kilometres(random_folder))
    assert near < 100 < 500 < anywhere
    assert same_area(folder) > 2 * same_area(random_folder)


MEASURED = """
import sys, threading
from pathlib import Path
import psutil
from loaders.sample import write_sample

def held():
    return psutil.Process().memory_info().rss

write_sample(Path(sys.argv[1]) / "small", facilities=4_000, seed=1)
before, most, done = held(), 0, threading.Event()

def watch():
    global most
    while not done.wait(0.02):
        most = max(most, held())

watching = threading.Thread(target=watch)
watching.start()
write_sample(Path(sys.argv[1]) / "large", facilities=20_000, seed=1)
done.set()
watching.join()
print(most - before)
"""


@pytest.mark.slow
def test_a_network_five_times_as_large_needs_no_more_memory(tmp_path: Path, root: Path) -> None:
    run = subprocess.run([sys.executable, "-c", MEASURED, tmp_path], cwd=root, check=True, capture_output=True)
    assert len(rows_of(tmp_path / "large", "facilities")) == 20_000
    assert int(run.stdout) < 8_000_000


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mitra.yaml").write_text("documents: [{file: mine.csv}]\n", "utf-8")
    with pytest.raises(BadInput) as refused:
        write_sample(tmp_path, facilities=3, seed=1)
    assert all(str(tmp_path) in say(refused.value.key, language, **refused.value.values) for language in LANGUAGES)
    assert [file.name for file in tmp_path.iterdir()] == ["mitra.yaml"]

    (tmp_path / "mitra.yaml").rename(tmp_path / "mine.csv")
    with pytest.raises(BadInput):
        write_sample(tmp_path, facilities=3, seed=1)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.csv"]


def test_an_earlier_sample_is_replaced(tmp_path: Path) -> None:
    write_sample(tmp_path, facilities=9, seed=1)
    files = write_sample(tmp_path, facilities=3, seed=2)
    assert set(tmp_path.iterdir()) == set(files)
    assert contents(files) == contents(write_sample(tmp_path / ".." / "fresh", facilities=3, seed=2))


def test_a_folder_that_cannot_be_written_to_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BadInput) as refused:
        write_sample(tmp_path / "file" / "sample", facilities=3, seed=1)
    assert refused.value.key == "cli.export_unwritable"
    with pytest.raises(ValueError, match="no sample"):
        write_sample(tmp_path / "none", facilities=0, seed=1)
    assert not (tmp_path / "none").exists()
