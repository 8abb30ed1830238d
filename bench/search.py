"""How long the search takes, in a sample of so many facilities.

    python -m bench.search 612 61200

For each size an invented network is written and its names are indexed, without a store. Prints nodes,
seconds for making the index, and the milliseconds that a search takes (the median of five) for what a reader may type.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from graph.claims import Mention
from graph.search import Index
from graph.settings import DEMO
from graph.store import NodeRecord
from loaders.sample import write_sample
from loaders.sources import find_sources

TYPED = ("p", "lapas", "bukitingi", "bukit tinggi", "lapas pdang", "lembaga pemasyarakatan padang", "contoh seruni")
TIMES = 5


def nodes(facilities: int) -> list[NodeRecord]:
    """Return the nodes of the demo and of an invented network, by the first name of each."""
    seen: dict[str, NodeRecord] = {}
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), facilities=facilities, seed=7)
        for path in (DEMO, Path(folder)):
            for source in find_sources(path):
                for claim in source.read().claims:
                    if isinstance(claim, Mention):
                        record = NodeRecord(claim.node.label, claim.node.id, claim.name, {})
                        seen.setdefault(claim.node.id, record)
    return list(seen.values())


def search(index: Index, text: str) -> float:
    """Return the median milliseconds of a search."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        index.find(text, synthetic=True)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    for size in map(int, sys.argv[1:]):
        found = nodes(size)
        began = time.perf_counter()
        index = Index(found)
        print(f"{size} facilities, {len(index)} nodes: index {time.perf_counter() - began:.1f} s")
        for text in TYPED:
            print(f"  {search(index, text):8.1f} ms  {text}")


if __name__ == "__main__":
    main()
