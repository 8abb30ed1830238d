"""Packages: a folder that `mitra export` wrote, read back document by document, claim by claim."""

import csv
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from graph.claims import Claim, Document, Reading
from graph.errors import BadInput
from graph.judgements import CORRECTED, REFUSED, Identified, Judgement, read_judgements
from graph.package import JUDGEMENTS, SAMENESS, claim_of, node_columns, tie_columns, value_of
from graph.sameness import Sameness, read_sameness
from graph.schema import Property, Value, schema

Row = Mapping[str, Value | None]
csv.field_size_limit(100_000_000)  # an article's text stands in one cell


def read_package(folder: Path) -> Iterator[Reading]:
    """Yield what each document of a package says, in order of document; read each before asking for the next.

    Raises BadInput with file and line for a file that is missing, damaged or was changed to what the schema refuses.
    """
    judgements: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in package_judgements(folder):
        judgements[judgement.document].append(judgement)
    with ExitStack() as files:
        claims = [
            _Sorted(files.enter_context(_rows(folder / "ties" / f"{type_}.csv", tie_columns(type_))), type_)
            for type_ in sorted(schema().relationships, key=lambda type_: type_ != "MENTIONS")
        ]
        for row in files.enter_context(_rows(folder / "nodes" / "Document.csv", node_columns("Document"))):
            document = _document(row)
            said = itertools.chain.from_iterable(each.of(document.id) for each in claims)
            yield Reading(document, _as_said(document, said, judgements.get(document.id, [])))


def package_judgements(folder: Path) -> list[Judgement]:
    """Return what reviewers held of claims, as a package tells it; raise BadInput with the line that is wrong."""
    path = folder / JUDGEMENTS
    return read_judgements(path) if path.exists() else []


def package_sameness(folder: Path) -> list[Sameness]:
    """Return what reviewers held of pairs of nodes, as a package tells it; raise BadInput as for judgements."""
    path = folder / SAMENESS
    return read_sameness(path) if path.exists() else []


def _as_said(document: Document, claims: Iterator[Identified], judgements: list[Judgement]) -> Iterator[Claim]:
    """Yield what the document itself says: without what reviewers put in, with what they took out."""
    applying = [each for each in judgements if each.applies and each.verdict in (CORRECTED, REFUSED)]
    put_in = {id_ for each in applying for id_, _ in each.stands(document)}
    yield from (claim for id_, claim in claims if id_ not in put_in)
    yield from (each.original() for each in applying)


class _Sorted:
    """The claims of one type, which come sorted by document and are taken in that order."""

    def __init__(self, rows: Iterator[Row], type_: str) -> None:
        self._groups = itertools.groupby(rows, key=lambda row: str(row["source"]))
        self._next: tuple[str, Iterator[Row]] | None = next(self._groups, None)
        self._type = type_

    def of(self, document: str) -> Iterator[Identified]:
        """Yield the claims of a document with the ids that the file gives; asked for in the order of the file."""
        if self._next and self._next[0] == document:
            for row in self._next[1]:
                yield str(row["claim"]), claim_of(self._type, row)
            self._next = next(self._groups, None)


class _rows:  # noqa: N801 - used as a function
    """The rows of a CSV file with typed values, as a context that closes the file."""

    def __init__(self, path: Path, columns: Mapping[str, Property | None] | Mapping[str, Property]) -> None:
        self._path = path
        self._columns = columns

    def __enter__(self) -> Iterator[Row]:
        try:
            self._lines = self._path.open(encoding="utf-8", newline="")
        except OSError as error:
            raise BadInput("file.unreadable", file=self._path, reason=error.strerror or str(error)) from error
        return self._typed()

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def _typed(self) -> Iterator[Row]:
        reader = csv.reader(self._lines, strict=True)
        try:
            header = next(reader, [])
            missing = sorted(set(self._columns) - set(header))
            if missing:
                raise BadInput("register.columns", file=self._path, missing=", ".join(missing), found=", ".join(header))
            for cells in reader:
                yield {name: value_of(self._columns.get(name), cell) for name, cell in zip(header, cells, strict=True)}
        except (csv.Error, ValueError) as error:
            raise BadInput("register.csv", file=self._path, line=reader.line_num, reason=str(error)) from error


def _document(row: Row) -> Document:
    known: dict[str, Any] = {key: value for key, value in row.items() if key not in ("id", "name")}
    return Document(str(row["id"]), str(row["name"]), **known)
