"""Export: the whole graph as sorted CSV files, the same bytes for the same graph on either engine.

`nodes/LABEL.csv` has a row a node, sorted by id; `ties/TYPE.csv` a row a claim, sorted by ends and claim. When and by
what version a document was loaded is left out: that is no part of what the documents say.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from graph.schema import schema
from graph.store import Store
from graph.tables import write_csv

VOLATILE = ("loaded_at", "loaded_with")
_ENDS = ("start_label", "start", "end_label", "end")


def export(store: Store, folder: Path) -> list[Path]:
    """Write the graph into a folder that is new, empty, or an earlier export; return the files written.

    Raises BadInput, with nothing written, if the folder holds anything else or cannot be written to.
    """
    expected = {folder / "nodes" / f"{label}.csv" for label in schema().labels}
    expected |= {folder / "ties" / f"{type_}.csv" for type_ in schema().relationships}
    try:
        others = [path for path in folder.rglob("*") if path.is_file() and path not in expected]
        if others:
            raise BadInput("cli.export_folder", folder=folder)
        (folder / "nodes").mkdir(parents=True, exist_ok=True)
        (folder / "ties").mkdir(exist_ok=True)
        for label in schema().labels:
            _write(folder / "nodes" / f"{label}.csv", _node_columns(label), _nodes(store, label))
        for type_ in schema().relationships:
            _write(folder / "ties" / f"{type_}.csv", _tie_columns(type_), _ties(store, type_))
    except OSError as error:
        raise BadInput("cli.export_unwritable", folder=folder, reason=error.strerror or str(error)) from error
    return sorted(expected)


def _node_columns(label: str) -> list[str]:
    return ["id", "name", *(key for key in schema().labels[label].properties if key not in VOLATILE)]


def _tie_columns(type_: str) -> list[str]:
    return [*_ENDS, *schema().relationships[type_].properties, *schema().claim]


def _nodes(store: Store, label: str) -> list[dict[str, Any]]:
    rows = store.read(f"MATCH (n:{label}) RETURN properties(n) AS own")
    return sorted((row["own"] for row in rows), key=lambda own: own["id"])


def _ties(store: Store, type_: str) -> list[dict[str, Any]]:
    rows = store.read(
        f"MATCH (a)-[r:{type_}]->(b) RETURN labels(a)[0] AS start_label, a.id AS start, labels(b)[0] AS end_label, "
        "b.id AS end, properties(r) AS own"
    )
    flat = ({key: row[key] for key in _ENDS} | row["own"] for row in rows)
    return sorted(flat, key=lambda row: (row["start"], row["end"], row["claim"]))


def _write(path: Path, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        write_csv(lines, columns, ([_text(row.get(column)) for column in columns] for row in rows))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
