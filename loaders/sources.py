"""From a path to its documents: an article, a register file, or a folder with a `mitra.yaml`."""

import contextlib
import csv
import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph import names
from graph.claims import Document, Reading
from graph.errors import BadInput
from graph.package import MANIFEST
from loaders.article import read_article
from loaders.package import read_package
from loaders.registers import REGISTERS, read_register
from loaders.table import file_name

ARTICLE, PACKAGED = "article", "package"
KINDS = (ARTICLE, *REGISTERS)
_LONGEST_HEADER = 100_000
_SUFFIXES = {".txt": ARTICLE}


class Entry(BaseModel):
    """What a manifest says of one file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: str = Field(min_length=1)
    kind: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    synthetic: bool | None = None


class Manifest(BaseModel):
    """A folder's `mitra.yaml`: the files to load and what is known of each as a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    package: Literal["mitra-graph/1"] | None = None
    documents: list[Entry] = []

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if not self.documents and not self.package:
            raise ValueError("no documents")
        return self


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read as one document, with what is known of it beside its content."""

    path: Path
    entry: Entry

    def readings(self) -> Iterator[Reading]:
        """Yield what the source says: one reading of a file, one for each document of a package."""
        if self.entry.kind == PACKAGED:
            yield from read_package(self.path)
        else:
            yield self.read()

    def read(self) -> Reading:
        """Return what the file says. Raises BadInput if it cannot be read or its kind is not known."""
        if not self.path.is_file():
            raise BadInput("file.missing", file=self.path)
        kind = self.entry.kind or _kind_of(self.path)
        if kind not in KINDS:
            raise BadInput("file.kind", file=self.path, kind=kind, known=", ".join(KINDS))
        known: dict[str, Any] = self.entry.model_dump(exclude={"file", "kind"}, exclude_none=True)
        if kind == ARTICLE:
            return read_article(self.path, **known)
        return read_register(self.path, kind, self._document(known))

    def _document(self, known: dict[str, Any]) -> Document:
        file = file_name(self.path)
        title = known.pop("title", Path(file).stem)
        told = repr(sorted(known.items())) + title
        with _readable(self.path):
            hash_ = hashlib.sha256(self.path.read_bytes() + told.encode("utf-8", "surrogatepass")).hexdigest()
        id_ = names.document_id(known.get("url") or title)
        return Document(id_, title, "register", file=file, hash=hash_, **known)


def find_sources(path: Path, **known: Any) -> Iterator[Source]:
    """Yield the sources at a path: a file, the files of a folder's manifest, or all texts and tables of a folder.

    `known` (kind, title, publisher, published, url) is what the caller says of a single file. Raises BadInput
    for a path that is not there, a folder with nothing to load, or a manifest with a mistake.
    """
    with _readable(path):
        is_folder, is_there = path.is_dir(), path.exists()
    if is_folder:
        yield from _folder(path, known)
    elif is_there:
        yield Source(path, Entry(file=file_name(path), **known))
    else:
        raise BadInput("file.missing", file=path)


def _folder(folder: Path, known: dict[str, Any]) -> Iterator[Source]:
    manifest = folder / MANIFEST
    if manifest.exists():
        found = read_manifest(manifest)
        if found.package:
            yield Source(folder, Entry(file=folder.name or ".", kind=PACKAGED))
        yield from (Source(folder / entry.file, entry) for entry in found.documents)
        return
    with _readable(folder):
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in (".txt", ".csv"))
    if not files:
        raise BadInput("folder.empty", folder=folder)
    yield from (Source(file, Entry(file=file_name(file), **known)) for file in files)


def read_manifest(path: Path) -> Manifest:
    """Return a folder's manifest; raise BadInput that says where it is wrong, or that a file lies outside."""
    try:
        manifest = Manifest.model_validate(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    except ValidationError as error:
        first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")  # a misspelt key, then the rest
        place = ".".join(map(str, first["loc"])) or "documents"
        raise BadInput("manifest.invalid", file=path, place=place, reason=first["msg"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput("manifest.unreadable", file=path, reason=" ".join(str(error).split())) from error
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error
    home = path.parent.resolve()
    for entry in manifest.documents:
        if not _lies_in(home, entry.file):
            raise BadInput("manifest.outside", file=path, entry=entry.file)
    return manifest


def _lies_in(home: Path, file: str) -> bool:
    try:
        return (home / file).resolve().is_relative_to(home)
    except (ValueError, RuntimeError, OSError):  # a NUL in the name, links in a circle
        return False


def _kind_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if suffix == ".csv":
        header = _header(path)
        for kind, (columns, _) in sorted(REGISTERS.items(), key=lambda item: -len(item[1][0])):
            if columns <= header:
                return kind
    raise BadInput("file.unknown_kind", file=path, known=", ".join(KINDS))


def _header(path: Path) -> set[str]:
    with _readable(path), path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        first = csv.reader([lines.readline(_LONGEST_HEADER)])
        return {cell.strip() for cell in next(first, [])}


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a path into BadInput."""
    try:
        yield
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error
