"""How well suggestions find hidden partnerships, beside the most popular and the nearest partners.

    python -m bench.suggestions local:FOLDER 612

A fifth of the partnerships of an invented network are hidden; each is looked for among the first five that are
suggested to its facility. Once for a network whose partners choose by area and distance, once for one where they
choose at random, in which nothing can be found. The store is emptied before and after: name one for this alone.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.load import clear
from graph.insight.suggestions import Served, Site, distance, rank, served_on_day, sites
from graph.loading import Failure, load_all
from graph.settings import DEMO
from graph.store import Store, open_store
from loaders.sample import write_sample
from loaders.sample.partners import Places
from loaders.sample.people import TODAY
from loaders.sources import find_sources

FIRST = 5
HIDDEN = 0.2


def network(store: Store, facilities: int, places: Places, seed: int = 1) -> tuple[list[Served], dict[str, Site]]:
    """Load an invented network beside the names of places, and return who serves whom and where all are."""
    clear(store)
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder) / "sample", facilities=facilities, seed=seed, places=places)
        register = DEMO / "register"
        sources = [
            *find_sources(register / "provinces.csv"),
            *find_sources(register / "regencies.csv"),
            *find_sources(Path(folder) / "sample"),
        ]
        for result in load_all(store, sources):
            if isinstance(result, Failure):
                raise result.error
    return served_on_day(store, TODAY, synthetic=True), sites(store)


def hits(served: list[Served], where: Mapping[str, Site], seed: int = 1) -> dict[str, float]:
    """Return hit@5 by way of suggesting, and `chance`, what a blind choice of five would hit."""
    pairs = sorted({(each.partner, each.facility) for each in served})
    hidden = set(random.Random(seed).sample(pairs, max(1, round(HIDDEN * len(pairs)))))
    left = [each for each in served if (each.partner, each.facility) not in hidden]
    served_by: dict[str, set[str]] = {}
    for each in left:
        served_by.setdefault(each.partner, set()).add(each.facility)
    looked_for = [(partner, facility) for partner, facility in sorted(hidden) if partner in served_by]
    found: Counter[str] = Counter()
    for partner, facility in looked_for:
        others = [each for each, own in served_by.items() if facility not in own]
        found["suggested"] += partner in [each.partner for each in rank(facility, left, where)[:FIRST]]
        found["popular"] += partner in sorted(others, key=lambda each: (-len(served_by[each]), each))[:FIRST]
        away = {each: _away(each, facility, served_by[each], where) for each in others}
        found["nearest"] += partner in sorted(others, key=lambda each: (away[each], each))[:FIRST]
    rates = {way: count / len(looked_for) for way, count in found.items()}
    return rates | {"chance": FIRST / len(served_by), "hidden": float(len(looked_for))}


def _away(partner: str, facility: str, served: set[str], where: Mapping[str, Site]) -> float:
    return min(distance(where[facility], where[each]) for each in (partner, *served))


def main(url: str, facilities: int) -> None:
    """Measure and print."""
    ways: tuple[Places, ...] = ("distance", "random")
    with open_store(url) as store:
        for places in ways:
            rates = hits(*network(store, facilities, places))
            count = int(rates.pop("hidden"))
            told = "   ".join(f"{way} {rate:.3f}" for way, rate in rates.items())
            print(f"{places:8} hit@{FIRST} of {count} hidden:   {told}", flush=True)
        clear(store)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
