"""What a query returns, in plain Python: no driver types leave the store."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.store.driver import neo4j

Row = dict[str, Any]
_PLAIN = frozenset({type(None), bool, int, float, str})


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A node as it stands in the graph; `id` and `name` are also among its properties."""

    label: str
    id: str
    name: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TieRecord:
    """A relationship as it stands in the graph, with the properties that every claim carries."""

    type: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PathRecord:
    """A path: nodes and the relationships between them, one fewer than nodes."""

    nodes: tuple[NodeRecord, ...]
    ties: tuple[TieRecord, ...]


def plain(value: Any) -> Any:
    """Return a driver's value as plain Python: records for graph values, `datetime` for temporal ones."""
    if type(value) in _PLAIN:  # most values are, and a match of classes takes ten times as long
        return value
    match value:
        case neo4j.graph.Node():
            own = {key: plain(each) for key, each in value.items()}
            label = next(iter(value.labels), "")
            return NodeRecord(label, str(own.get("id", "")), str(own.get("name", own.get("id", ""))), own)
        case neo4j.graph.Relationship():
            return TieRecord(value.type, {key: plain(each) for key, each in value.items()})
        case neo4j.graph.Path():
            return PathRecord(tuple(map(plain, value.nodes)), tuple(map(plain, value.relationships)))
        case neo4j.time.Date() | neo4j.time.DateTime() | neo4j.time.Time():
            return value.to_native()
        case neo4j.time.Duration():
            return datetime.timedelta(days=value.days + 30 * value.months, seconds=value.seconds)
        case list():
            return [plain(each) for each in value]
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case _:
            return value
