"""How fast publishing is, beside the driver's bare UNWIND … MERGE of the same nodes and ties in the same run.

    python -m bench.publish local:/tmp/bench 5000

Prints claims a second for publishing, for loading the same again, and for the bare statements, and their ratio. The
store is emptied before and after: name one that is for this alone.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from graph import names
from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Tie, properties
from graph.publish import BATCH_CLAIMS, publish
from graph.store import Store, Transaction, open_store

OFFICES = 30


def claims(facilities: int) -> list[Claim]:
    """Return what a register of so many invented facilities says: each with an office and a partner."""
    said: list[Claim] = []
    for number in range(facilities):
        evidence = Evidence(f"bench.csv:{number} · name: Lapas Bench {number}; kind: lapas; capacity: {number % 900}")
        unit = Node("Facility", names.facility_id(f"Lapas Bench {number}"))
        office = Node("PublicBody", names.public_body_id(f"Kanwil Bench {number % OFFICES}"))
        partner = Node("Company", names.company_id(f"PT Bench {number // 3}"))
        own = properties(kind="lapas", capacity=number % 900)
        said += [Mention(unit, f"Lapas Bench {number}", evidence, own)]
        said += [Mention(office, f"Kanwil Bench {number % OFFICES}", evidence)] if number < OFFICES else []
        said += [Mention(partner, f"PT Bench {number // 3}", evidence)] if number % 3 == 0 else []
        said += [Tie("PART_OF", unit, office, evidence), Tie("PARTNERS_WITH", partner, unit, evidence)]
    return said


def bare(store: Store, said: list[Claim]) -> None:
    """Write the same nodes and ties by UNWIND … MERGE alone: no documents, no trust, no difference to what is there."""
    for start in range(0, len(said), BATCH_CLAIMS):
        batch = said[start : start + BATCH_CLAIMS]
        store.write(lambda transaction, batch=batch: _merge(transaction, batch))  # type: ignore[misc]


def _merge(transaction: Transaction, batch: list[Claim]) -> None:
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    ties: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for claim in batch:
        where = {"where": claim.evidence.where}
        if isinstance(claim, Mention):
            own = dict(claim.properties) | {"name": claim.name}
            nodes[claim.node.label].append({"id": claim.node.id, "properties": own | where})
        else:
            ends = {"start": claim.start.id, "end": claim.end.id}
            ties[claim.type, claim.start.label, claim.end.label].append(ends | {"properties": where})
    for label, rows in nodes.items():
        transaction.run(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.properties", rows=rows)
    for (type_, start, end), rows in ties.items():
        transaction.run(
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"MERGE (a)-[r:{type_}]->(b) SET r += row.properties",
            rows=rows,
        )


def clear(store: Store) -> None:
    """Empty the store."""
    statement = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n"
    while store.write(lambda transaction: transaction.run(statement))[0]["n"] == 5000:
        pass


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(url: str, facilities: int) -> None:
    """Measure and print."""
    said = claims(facilities)
    document = Document("document:bench", "Bench", "register")
    with open_store(url) as store:
        clear(store)
        bare(store, claims(200))  # the engine is warm for both
        clear(store)
        seconds = {"bare": timed(lambda: bare(store, said))}
        clear(store)
        seconds["publish"] = timed(lambda: publish(store, Reading(document, said)))
        seconds["again"] = timed(lambda: publish(store, Reading(document, said), again=True))
        clear(store)
        for name, taken in seconds.items():
            print(f"{name:8} {len(said) / taken:8.0f} claims/s   {taken / seconds['bare']:.2f} × bare")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
