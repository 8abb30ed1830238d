"""The one way to the database: `open_store(url)` gives a `Store` that speaks Bolt through the neo4j driver."""

from graph.store.records import NodeRecord, PathRecord, Row, TieRecord
from graph.store.store import Store, Transaction, open_store

__all__ = ["NodeRecord", "PathRecord", "Row", "Store", "TieRecord", "Transaction", "open_store"]
