"""Export: the whole graph as a package of sorted CSV files, the same bytes for the same graph on either engine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from graph.judgements import write_judgements
from graph.package import ENDS, HEAD, JUDGEMENTS, MANIFEST, SAMENESS, cell_of, node_columns, tie_columns, write_csv
from graph.sameness import write_sameness
from graph.schema import schema
from graph.store import Store


def export(store: Store, folder: Path) -> list[Path]:
    """Write the graph into a folder that is new, empty, or an earlier export; return the files written.

    Raises BadInput, with nothing written, if the folder holds anything else or cannot be written to.
    """
    nodes = {label: folder / "nodes" / f"{label}.csv" for label in schema().labels}
    ties = {type_: folder / "ties" / f"{type_}.csv" for type_ in schema().relationships}
    judgements, sameness = folder / JUDGEMENTS, folder / SAMENESS
    expected = {folder / MANIFEST, judgements, sameness, *nodes.values(), *ties.values()}
    try:
        if any(path.is_file() and path not in expected for path in folder.rglob("*")):
            raise BadInput("cli.export_folder", folder=folder)
        (folder / "nodes").mkdir(parents=True, exist_ok=True)
        (folder / "ties").mkdir(exist_ok=True)
        (folder / MANIFEST).write_text(HEAD, "utf-8")
        for label, path in nodes.items():
            _write(path, node_columns(label), _nodes(store, label))
        for type_, path in ties.items():
            _write(path, tie_columns(type_), _ties(store, type_))
        write_judgements(store, judgements)
        write_sameness(store, sameness)
    except OSError as error:
        raise BadInput("cli.export_unwritable", folder=folder, reason=error.strerror or str(error)) from error
    return sorted(expected)


def _nodes(store: Store, label: str) -> list[dict[str, Any]]:
    rows = store.stream(f"MATCH (n:{label}) RETURN properties(n) AS own")
    return sorted((row["own"] for row in rows), key=lambda own: own["id"])


def _ties(store: Store, type_: str) -> list[dict[str, Any]]:
    rows = store.stream(
        f"MATCH (a)-[r:{type_}]->(b) RETURN labels(a)[0] AS start_label, coalesce(r.start_said, a.id) AS start, "
        "labels(b)[0] AS end_label, coalesce(r.end_said, b.id) AS end, properties(r) AS own"
    )
    flat = ({key: row[key] for key in ENDS} | row["own"] for row in rows)
    return sorted(flat, key=lambda row: (row["source"], row["start"], row["end"], row["claim"]))


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        names = list(columns)
        write_csv(lines, names, ([cell_of(row.get(name)) for name in names] for row in rows))
