"""How long introductions take, and in how much memory, in networks of 10,000 and 50,000 ties and more.

    python -m bench.projection local:FOLDER 10000 50000

For each number of ties an invented network is written straight into the store: facilities, companies and officials,
half as many nodes as ties, a few companies with very many. Prints seconds for reading the projection, for a whole
introduction of three paths (the median of five pairs), of that the search alone, and the most memory that this process
has had (the server is another process), sizes in the order given. The store is emptied before and after: name one that
is for this alone.
"""

import datetime
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.load import clear
from graph.insight.introductions import best_paths, introductions
from graph.insight.projection import Projection, project
from graph.store import Store, open_store

DAY = datetime.date(2026, 11, 1)
PATHS = 3
PAIRS = 5
BATCH = 5_000
SHARES = {"Facility": 0.25, "Company": 0.25, "Official": 0.5}
Row = dict[str, Any]


def fill(store: Store, ties: int) -> dict[str, int]:
    """Write a network of so many ties and half as many nodes; return how many nodes each label has."""
    count = {label: max(2, round(ties / 2 * share)) for label, share in SHARES.items()}
    for label, many in count.items():
        rows = [{"id": f"{label.lower()}:{n}", "name": f"{label} {n}"} for n in range(many)]
        for start in range(0, many, BATCH):
            _write(store, f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows[start : start + BATCH])
    for type_, (start_label, end_label) in {
        "PARTNERS_WITH": ("Company", "Facility"),
        "HOLDS": ("Official", "Company"),
    }.items():
        statement = (
            f"UNWIND $rows AS row MATCH (a:{start_label} {{id: row.start}}) MATCH (b:{end_label} {{id: row.end}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.own"
        )
        rows = list(_ties(ties // 2, type_, count[start_label], count[end_label], start_label, end_label))
        for start in range(0, len(rows), BATCH):
            _write(store, statement, rows[start : start + BATCH])
    return count


def _ties(many: int, type_: str, starts: int, ends: int, start_label: str, end_label: str) -> Iterator[Row]:
    dice = random.Random(type_)
    for n in range(many):
        own = {"claim": f"{type_}{n}", "source": f"document:{n % 9}", "status": "active", "where": "bench"}
        own |= {"said_on": DAY - datetime.timedelta(dice.randrange(3000)), "confidence": 0.9}  # type: ignore[dict-item]
        # the square makes some busy, as they are in life
        start, end = int(starts * dice.random() ** 2), int(ends * dice.random() ** 2)
        yield {"start": f"{start_label.lower()}:{start}", "end": f"{end_label.lower()}:{end}", "own": own}


def _write(store: Store, statement: str, rows: list[Row]) -> None:
    store.write(lambda transaction: transaction.run(statement, rows=rows))


def measure(store: Store, ties: int) -> None:
    """Fill the store and print what this size takes."""
    clear(store)
    count = fill(store, ties)
    began = time.perf_counter()
    graph = project(store, DAY)
    reading = time.perf_counter() - began
    dice = random.Random(1)
    pairs = [
        (f"official:{dice.randrange(count['Official'])}", f"facility:{dice.randrange(count['Facility'])}")
        for _ in range(PAIRS)
    ]
    whole = statistics.median(
        _seconds(lambda pair=pair: introductions(store, *pair, k=PATHS, as_of=DAY)) for pair in pairs
    )
    search = [_search(graph, *pair) for pair in pairs]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(graph):9,} nodes {ties:9,} ties ({graph.number_of_edges():,} pairs)   projection {reading:6.2f} s   "
        f"introduction {whole:6.2f} s   search {statistics.median(search):6.2f} s, at most {max(search):.2f} s   "
        f"{memory:6.0f} MB",
        flush=True,
    )


def _search(graph: Projection, start: str, end: str) -> float:
    return _seconds(lambda: best_paths(graph, start, end, PATHS))


def _seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(url: str, sizes: list[int]) -> None:
    """Measure and print."""
    with open_store(url) as store:
        for ties in sizes:
            measure(store, ties)
        clear(store)


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [10_000, 50_000])
