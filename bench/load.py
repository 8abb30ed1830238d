"""How fast a register folder loads, and in how much memory, beside the driver's bare UNWIND … MERGE of the same rows.

    python -m bench.load local:FOLDER 10000

writes an invented register folder of about so many rows and prints, for loading it, for loading it again unchanged, for
reading and comparing it again, for emptying the store, and for the bare statements: seconds, rows a second, the most
memory that this process has had (the server is another process). Names of these after the number leave the others out.
The store is emptied before and after: name one that is for this alone.
"""

import itertools
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from graph.claims import Claim, Mention
from graph.loading import load_all
from graph.publish import BATCH_CLAIMS, Outcome
from graph.store import Store, Transaction, open_store
from loaders.sample import write_sample
from loaders.sources import find_sources

ROWS_A_FACILITY = 11.3


def lines(file: Path) -> Iterator[bytes]:
    """Yield the lines of a file; the sample has none within a cell."""
    with file.open("rb") as content:
        yield from content


def load(store: Store, folder: Path, *, again: bool = False) -> None:
    """Load the folder; every document must have loaded, with every row."""
    for result in load_all(store, find_sources(folder), again=again):
        if not isinstance(result, Outcome) or result.rejects:
            raise AssertionError(result)


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
    """Empty the store: ties first, for a transaction has to hold all that it deletes."""
    for statement in (
        "MATCH ()-[r]->() WITH r LIMIT 10000 DELETE r RETURN count(*) AS n",
        "MATCH (n) WITH n LIMIT 10000 DELETE n RETURN count(*) AS n",
    ):
        while store.write(lambda transaction, statement=statement: transaction.run(statement))[0]["n"]:  # type: ignore[misc]
            pass


def timed(work: Callable[[], object]) -> tuple[float, int]:
    """Return the seconds that the work takes, and the most memory of this process so far, in MiB."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(url: str, rows: int, only: Collection[str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home, open_store(url) as store:
        small, folder = Path(home, "small"), Path(home, "large")
        write_sample(small, facilities=20, seed=1)
        write_sample(folder, facilities=max(1, round(rows / ROWS_A_FACILITY)), seed=1)
        read = sum(sum(1 for _ in lines(file)) - 1 for file in folder.glob("*.csv"))
        print(f"{read} rows, {store.engine}", flush=True)
        clear(store)
        for warm in (bare, load):
            warm(store, small)
            clear(store)
        work: dict[str, Callable[[], object]] = {
            "load": lambda: load(store, folder),
            "unchanged": lambda: load(store, folder),
            "again": lambda: load(store, folder, again=True),
            "empty": lambda: clear(store),
            "bare": lambda: bare(store, folder),
        }
        for name, each in work.items():
            if name in only or not only:
                seconds, memory = timed(each)
                print(f"{name:10} {seconds:8.1f} s {read / seconds:9.0f} rows/s  {memory:6} MiB", flush=True)
        clear(store)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
