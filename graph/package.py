"""The form of a package: a folder of CSV files that holds a whole graph, to be read by people, programs and Mitra.

`nodes/LABEL.csv` has a row a node, sorted by id; `ties/TYPE.csv` a row a claim, sorted by document, ends and claim.
`judgements.csv` what reviewers held of claims, `sameness.csv` what they held of pairs of nodes; the ends of ties are as
the documents say them.
`mitra.yaml` says that it is a package. When and by what version a document was loaded is left out: that is no part
of what the documents say. Text that a spreadsheet would run as a formula is guarded, exactly reversibly.
"""

import csv
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

from graph.claims import Claim, Evidence, Mention, Node, Tie, from_record
from graph.errors import BadInput
from graph.schema import Property, Value, schema

Read = TypeVar("Read")
MANIFEST = "mitra.yaml"
JUDGEMENTS = "judgements.csv"
SAMENESS = "sameness.csv"
PACKAGE = "mitra-graph/1"
VOLATILE = ("complete", "loaded_at", "loaded_by", "loaded_with")
ENDS = ("start_label", "start", "end_label", "end")
AS_SAID = ("start_said", "end_said")
HEAD = f"""# The whole graph, written by `mitra export`; `mitra load` of this folder gives the same graph.
# The claims in `ties` are what is loaded; `nodes` shows what follows from them.
package: {PACKAGE}
"""
_OF_CLAIM = (*ENDS, *schema().claim)  # of every tie, not of its type
_FORMULA_STARTS = tuple("=+-@\t\r'")


def node_columns(label: str) -> dict[str, Property]:
    """Return the columns of a label's file with the property that each holds."""
    own = {key: value for key, value in schema().labels[label].properties.items() if key not in VOLATILE}
    return {**schema().node, **own}


def tie_columns(type_: str) -> dict[str, Property | None]:
    """Return the columns of a type's file with the property that each holds; the ends are text."""
    columns = {**dict.fromkeys(ENDS), **schema().relationships[type_].properties, **schema().claim}
    return {key: property_ for key, property_ in columns.items() if key not in AS_SAID}


class _LineFeeds:
    """Rows that end in a line feed, of a writer that must end them in `\\r\\n` to quote a lone carriage return."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines

    def write(self, row: str) -> int:
        return self._lines.write(row.removesuffix("\r\n") + "\n")


def write_csv(lines: TextIO, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a header and rows as CSV, each ending in a line feed, whatever their cells hold."""
    writer = csv.writer(_LineFeeds(lines), lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)


def write_rows(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows as a CSV file that a team can keep under version control, and return their number.

    Raises BadInput if the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as lines:
            write_csv(lines, columns, ([cell_of(row[column]) for column in columns] for row in rows))
    except OSError as error:
        raise BadInput("cli.not_written", file=path, reason=error.strerror or str(error)) from error
    return len(rows)


def read_rows(path: Path, read: Callable[[Mapping[str, str | None]], Read]) -> list[Read]:
    """Return what `read` makes of each row that `write_rows` wrote; raise BadInput with the line that is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            return [_read(path, reader.line_num, row, read) for row in reader]
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise BadInput("file.unreadable", file=path, reason=str(error)) from error


def _read(
    path: Path, line: int, row: Mapping[str, str | None], read: Callable[[Mapping[str, str | None]], Read]
) -> Read:
    try:
        return read(row)
    except BadInput as error:
        raise BadInput("review.line", file=path, line=line, reason=error) from error


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs as a formula; `unguarded` gives the text back.

    A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or an apostrophe gets an apostrophe before it
    (the remedy that OWASP names for CSV injection).
    """
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made this cell of."""
    return cell.removeprefix("'")


def cell_of(value: Any) -> str:
    """Return a property's value as a cell; `value_of` gives it back."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime.date():
            return value.isoformat()
        case str():
            return guarded(value)
        case _:
            return str(value)


def value_of(property_: Property | None, cell: str) -> Value | None:
    """Return the value that `cell_of` made this cell of, None if it is blank; raise ValueError if it is none."""
    if not cell:
        return None
    match property_.type if property_ else "string":
        case "string":
            return unguarded(cell)
        case "boolean":
            if cell not in ("true", "false"):
                raise ValueError(cell)
            return cell == "true"
        case "date":
            return datetime.date.fromisoformat(cell)
        case "integer":
            return int(cell)
        case _:
            return float(cell)


def claim_of(type_: str, row: Mapping[str, Value | None]) -> Claim:
    """Return the claim that a row of a type's file holds, its cells as values."""
    start, end = (Node(str(row[f"{side}_label"]), str(row[side])) for side in ("start", "end"))
    span = (row["begins_at"], row["ends_at"]) if row["begins_at"] is not None else None
    evidence = Evidence(str(row["where"] or ""), span, float(row["confidence"] or 0))  # type: ignore[arg-type]
    if type_ == "MENTIONS":
        said = from_record(end.label, str(row["record"]))
        named = "name" in said
        own = tuple(sorted((key, value) for key, value in said.items() if key != "name"))
        return Mention(end, str(row["as"] or ""), evidence, own, named)
    kept = {key: value for key, value in row.items() if key not in _OF_CLAIM and value is not None}
    return Tie(type_, start, end, evidence, str(row["status"]), tuple(sorted(kept.items())))
