"""What the invented articles say is what is read from them, list by list."""

import datetime

import pytest

from loaders.article import extract
from tests.articles.scoring import LISTS, f1, gold, names, text

FLOORS = {"officials": 0.97, "positions": 0.95, "facilities": 0.99, "companies": 0.97, "public_bodies": 0.97,
          "organisations": 0.97, "events": 0.95, "agreements": 0.93, "partnerships": 0.94, "programs": 0.9}  # fmt: skip


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    golds = {name: gold(name) for name in names()}
    found = {}
    for name, said in golds.items():
        published = datetime.date.fromisoformat(said["published"])
        found[name] = extract(text(name), published=published).as_json()
    return f1(golds, found)


@pytest.mark.parametrize("key", LISTS)
def test_every_list_stays_above_its_floor(scores: dict[str, float], key: str) -> None:
    assert scores[key] >= FLOORS[key], scores


def test_articles_without_cooperation_yield_none() -> None:
    without = [name for name in names() if not gold(name)["partnerships"] and not gold(name)["agreements"]]
    assert len(without) >= 5
    for name in without:
        found = extract(text(name)).as_json()
        assert (name, found["partnerships"], found["agreements"]) == (name, [], [])


def test_the_scorer_tells_right_from_wrong() -> None:
    said = gold("a01")
    assert set(f1({"a01": said}, {"a01": said}).values()) == {1.0}
    wrong = {**said, "facilities": ["Rutan Kelas IIB Lumajang"], "events": [{**said["events"][0], "date": None}]}
    scored = f1({"a01": said}, {"a01": wrong})
    assert scored["facilities"] == scored["events"] == 0.0
    assert scored["officials"] == 1.0
