"""How fast a register folder loads, and in how much memory, beside the driver's bare UNWIND … MERGE of the same rows.

    python -m bench.load local:FOLDER 10000

writes an invented register folder of about so many rows and prints, for loading it, for loading it again unchanged, for
reading and comparing it again, and for the bare statements: rows a second, the ratio to the bare statements, and the
most memory that this process has had (the server is another process). The store is emptied before and after: name one
that is for this alone.
"""

import itertools
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graph.claims import Claim, Mention
from graph.loading import load_all
from graph.publish import BATCH_CLAIMS, Outcome
from graph.store import Store, Transaction, open_store
from loaders.sample import write_sample
from loaders.sources import find_sources

ROWS_A_FACILITY = 11.3


def load(store: Store, folder: Path, *, again: bool = False) -> int:
    """Load the folder and return how many rows were read; every document must have loaded."""
    rows = 0
    for result in load_all(store, find_sources(folder), again=again):
        if not isinstance(result, Outcome) or result.rejects:
            raise AssertionError(result)
        rows += result.rows
    return rows


def bare(store: Store, folder: Path) -> None:
    """Write the same nodes and ties by UNWIND … MERGE alone: no documents, no trust, no difference to what is there."""
    for source in find_sources(folder):
        for batch in chunks(iter(source.read().claims)):
            store.write(lambda transaction, batch=batch: _merge(transaction, batch))  # type: ignore[misc]


def chunks(claims: Iterator[Claim]) -> Iterator[list[Claim]]:
    """Yield the claims in lists as long as those that publishing writes at once."""
    while batch := list(itertools.islice(claims, BATCH_CLAIMS)):
        yield batch


def _merge(transaction: Transaction, batch: list[Claim]) -> None:
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    ties: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for claim in batch:
        own = dict(claim.properties) | {"where": claim.evidence.where}
        if isinstance(claim, Mention):
            nodes[claim.node.label].append({"id": claim.node.id, "properties": own | {"name": claim.name}})
        else:
            ends = {"start": claim.start.id, "end": claim.end.id}
            ties[claim.type, claim.start.label, claim.end.label].append(ends | {"properties": own})
    for label, rows in nodes.items():
        transaction.run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties", rows=rows)
    for (type_, start, end), rows in ties.items():
        transaction.run(
            f"UNWIND $rows AS row MERGE (a:{start} {{id: row.start}}) MERGE (b:{end} {{id: row.end}}) "
            f"MERGE (a)-[r:{type_}]->(b) SET r += row.properties",
            rows=rows,
        )


def clear(store: Store) -> None:
    """Empty the store."""
    statement = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n"
    while store.write(lambda transaction: transaction.run(statement))[0]["n"] == 5000:
        pass


def timed(work: Callable[[], object]) -> tuple[float, int]:
    """Return the seconds that the work takes, and the most memory of this process so far, in MiB."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(url: str, rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home, open_store(url) as store:
        small, folder = Path(home, "small"), Path(home, "large")
        write_sample(small, facilities=20, seed=1)
        write_sample(folder, facilities=max(1, round(rows / ROWS_A_FACILITY)), seed=1)
        clear(store)
        for warm in (load, bare):
            warm(store, small)
        clear(store)
        read = 0

        def first() -> None:
            nonlocal read
            read = load(store, folder)

        found = {"load": timed(first)}
        found["unchanged"] = timed(lambda: load(store, folder))
        found["again"] = timed(lambda: load(store, folder, again=True))
        clear(store)
        found["bare"] = timed(lambda: bare(store, folder))
        clear(store)
        engine = store.engine
    print(f"{read} rows, {engine}")
    for name, (seconds, memory) in found.items():
        ratio = seconds / found["bare"][0]
        print(f"{name:10} {seconds:8.1f} s {read / seconds:9.0f} rows/s  {ratio:6.2f} × bare  {memory:6} MiB")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
