"""How long all coverage takes, every facility in every area, at 1, 10 and 100 times the size of the country.

    python -m bench.coverage local:/tmp/bench 612 6120 61200

For each size an invented network of so many facilities with some 16 relationships each is written straight into the
store, which is emptied before and after: name one that is for this alone. Prints nodes and relationships, then, the
best and the median of ten runs after those that warm the store (thirty at the first size, for a fresh Java takes some
twenty to reach its pace; two at the next), the milliseconds for reading register and facts, for the states of all
facilities in all areas, for both, and for both over the time of the size before, against the ratio of the sizes.
"""

import datetime
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.load import clear
from graph.coverage import Ground, read_ground, states
from graph.schema import schema
from graph.store import Store, open_store

DAY = datetime.date(2026, 11, 1)
RUNS, WARMING, WARM = 10, 30, 2
BATCH = 5_000
PROVINCES = 38
Row = dict[str, Any]


def nodes(facilities: int) -> dict[str, list[Row]]:
    """Return the nodes of a network by label."""
    areas = list(schema().vocabularies["area"])
    count = range(facilities)
    return {
        "Document": [{"id": f"document:{n}", "kind": "register", "name": f"Bench {n}"} for n in range(9)],
        "Place": [
            {"id": f"place:{n}", "name": f"Bench {n}", "kind": "province", "iso": f"ID-{n}"} for n in range(PROVINCES)
        ],
        "Facility": [
            {"id": f"facility:{n}", "name": f"Lapas Bench {n}", "kind": "lapas", "capacity": n % 900} for n in count
        ],
        "Company": [{"id": f"company:{n}", "name": f"PT Bench {n}"} for n in range(facilities // 2 + 1)],
        "Agreement": [_agreement(n) for n in count],
        "Program": [{"id": f"program:{n}", "name": f"Program {n}", "area": areas[n % len(areas)]} for n in count],
        "Official": [{"id": f"official:{n}", "name": f"Bench {n}"} for n in count],
    }


def _agreement(n: int) -> Row:
    signed = DAY - datetime.timedelta(n % 2000)
    own = {"id": f"agreement:{n}", "name": f"PKS {n}", "status": "signed", "signed_on": signed}
    return own | {"ends_on": signed + datetime.timedelta(1095)}


def ties(facilities: int) -> Iterator[tuple[str, str, str, Row]]:
    """Yield the relationships of a network: type, labels of the ends, and the ends with properties."""
    dice = random.Random(1)
    areas = list(schema().vocabularies["area"])
    for n in range(facilities):
        unit, company = f"facility:{n}", f"company:{dice.randrange(facilities // 2 + 1)}"
        yield "LOCATED_IN", "Facility", "Place", _tie(unit, f"place:{n % PROVINCES}")
        yield "PARTNERS_WITH", "Company", "Facility", _tie(company, unit, area=dice.choice(areas))
        if n % 2:
            yield "PARTY_TO", "Facility", "Agreement", _tie(unit, f"agreement:{n}")
            yield "PARTY_TO", "Company", "Agreement", _tie(company, f"agreement:{n}")
            yield "COVERS", "Agreement", "Program", _tie(f"agreement:{n}", f"program:{n}")
        if n % 4 == 0:
            on = DAY - datetime.timedelta(n % 700)
            yield "CHECKED", "Document", "Facility", _tie("document:8", unit, on=on, found="none")
        yield "RUNS", "Facility", "Program", _tie(unit, f"program:{n}")
        yield "SUPPORTS", "Company", "Program", _tie(company, f"program:{n}")
        for _ in range(2):
            yield "HOLDS", "Official", "Facility", _tie(f"official:{n}", unit)
        for label in ("Facility", "Program", "Official", "Agreement"):
            for copy in range(2):
                yield "MENTIONS", "Document", label, _tie(f"document:{copy}", f"{label.lower()}:{n}")


def _tie(start: str, end: str, **own: Any) -> Row:
    claim = {"source": "document:0", "status": "active", "said_on": DAY - datetime.timedelta(400), "where": "bench"}
    return {"start": start, "end": end, "own": claim | own}


def fill(store: Store, facilities: int) -> tuple[int, int]:
    """Write a network and return how many nodes and relationships it has."""
    made = nodes(facilities)
    for label, rows in made.items():
        for start in range(0, len(rows), BATCH):
            _write(store, f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows[start : start + BATCH])
    waiting: dict[tuple[str, str, str], list[Row]] = {}
    total = 0
    for type_, start_label, end_label, row in ties(facilities):
        total += 1
        row["own"] |= {"claim": f"bench-{total}", "confidence": 0.9}
        batch = waiting.setdefault((type_, start_label, end_label), [])
        batch.append(row)
        if len(batch) == BATCH:
            _write(store, _create(type_, start_label, end_label), batch)
            waiting[type_, start_label, end_label] = []
    for kind, batch in waiting.items():
        _write(store, _create(*kind), batch)
    return sum(map(len, made.values())), total


def _create(type_: str, start: str, end: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.own"
    )


def _write(store: Store, statement: str, rows: list[Row]) -> None:
    store.write(lambda transaction: transaction.run(statement, rows=rows))


def milliseconds(work: Callable[[], object], warming: int) -> list[float]:
    """Return how long each of the runs took, after those that warm the store."""
    taken = []
    for _ in range(warming + RUNS):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return taken[warming:]


def measure(store: Store, facilities: int, warming: int) -> float:
    """Fill the store, print what one size takes, and return the best of the whole, in milliseconds."""
    clear(store)
    size = fill(store, facilities)
    ground: Ground = read_ground(store)
    figures = {
        "read": milliseconds(lambda: read_ground(store), warming),
        "states": milliseconds(lambda: states(ground, DAY), 0),
        "both": milliseconds(lambda: states(read_ground(store), DAY), WARM),
    }
    shown = " · ".join(f"{name} {min(each):.0f} ({statistics.median(each):.0f})" for name, each in figures.items())
    told = f"{size[0]} nodes, {size[1]} relationships, {len(ground.facts)} facts"
    print(f"{facilities:6} facilities, {told}: {shown} ms", flush=True)
    return min(figures["both"])


def main(url: str, sizes: list[int]) -> None:
    """Measure each size and print how time grew beside the size."""
    with open_store(url) as store:
        print(store.engine)
        before: tuple[int, float] | None = None
        for size in sizes:
            taken = measure(store, size, WARM if before else WARMING)
            if before:
                print(f"       {size / before[0]:.1f} × the size, {taken / before[1]:.1f} × the time")
            before = size, taken
        clear(store)


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]] or [612, 6120, 61200])
