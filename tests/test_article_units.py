"""Every unit that an article names is read, and is the node of the register's unit that it means."""

import csv
from pathlib import Path

import pytest

from graph.claims import Mention, Reading
from graph.identity import SAME, Named, compare
from graph.names import facility_id
from graph.settings import DEMO
from loaders.article import read_article
from loaders.sources import find_sources
from tests.articles.scoring import HERE, gold, names

SEED = ["Lapas Kelas IIA Padang", "Lapas Kelas IIA Bukittinggi", "Lapas Kelas IIB Lubuk Basung",
        "Rutan Kelas IIB Maninjau", "Rutan Kelas IIB Padang"]  # fmt: skip


def facilities(reading: Reading) -> dict[str, str]:
    """The units that a document's claims mention, by their ids."""
    mentions = (claim for claim in reading.claims if isinstance(claim, Mention))
    return {claim.node.id: claim.name for claim in mentions if claim.node.label == "Facility"}


@pytest.fixture(scope="module")
def register() -> dict[str, str]:
    """The ids of the register's units by their names, as loading the register makes them."""
    (source,) = (each for each in find_sources(DEMO) if each.path.name == "facilities.csv")
    found = {name: id_ for reading in source.readings() for id_, name in facilities(reading).items()}
    assert len(found) == len(set(found.values())) == 612
    return found


@pytest.fixture(scope="module")
def meant() -> dict[str, str]:
    """Which unit of the register a name means, "" where the register has none; found by hand."""
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as lines:
        return {row["written"]: row["register"] for row in csv.DictReader(lines)}


def test_the_units_of_every_article_are_those_of_the_register(register: dict[str, str], meant: dict[str, str]) -> None:
    for article in names():
        read = facilities(read_article(HERE / f"{article}.txt"))
        wanted = {
            register[unit] if (unit := meant[name]) else facility_id(name) for name in gold(article)["facilities"]
        }
        assert (article, set(read)) == (article, wanted)


def test_a_unit_that_the_register_does_not_have_is_taken_for_none_of_its(
    register: dict[str, str], meant: dict[str, str]
) -> None:
    missing = [name for name, unit in meant.items() if not unit]
    assert 0 < len(missing) < len(meant) / 8
    for name in missing:
        own = Named("facility", name, facility_id(name))
        assert own.id not in register.values()
        same = [unit for unit, id_ in register.items() if compare(own, Named("facility", unit, id_)).outcome == SAME]
        assert (name, same) == (name, [])


def test_the_units_of_the_articles_of_the_demo_are_those_of_the_register(register: dict[str, str]) -> None:
    articles: list[Path] = sorted((DEMO / "articles").glob("*.txt"))
    read = {id_ for article in articles for id_ in facilities(read_article(article))}
    assert read == {register[name] for name in SEED}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Lapas Tobelo", "Lapas Kelas IIB Tobello"),
        ("LPKA Muara Bulian", "LPKA Kelas II Muara Bulia"),
        ("Rutan Solo", "Rutan Kelas I Surakarta"),
        ("Rutan Sidrap", "Rutan Kelas IIB Sidenreng Rapang"),
    ],
)
def test_a_place_has_one_id_however_it_is_written(register: dict[str, str], written: str, meant: str) -> None:
    (unit,) = (id_ for name, id_ in register.items() if name == meant)
    assert facility_id(written) == unit
