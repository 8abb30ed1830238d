"""From a path to its documents: an article, a mailbox of articles, a register file, or a folder of them."""

import contextlib
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
from graph.judgements import Judgement
from graph.package import MANIFEST
from graph.sameness import Sameness
from loaders.article import Model, is_mailbox, read_article, read_mailbox
from loaders.forms import SUFFIXES as TEXTS
from loaders.package import package_judgements, package_sameness, read_package
from loaders.registers import REGISTERS, SUFFIXES, file_name, read_register

ARTICLE, PACKAGED = "article", "package"
KINDS = (ARTICLE, *REGISTERS)
_CHUNK = 1 << 20


class Entry(BaseModel):
    """What a manifest says of one file.

    For a register `sheet` names the one sheet to load, and `columns` says what headers mean: the name of a column, or
    nothing for one that is to be left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: str = Field(min_length=1)
    kind: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    synthetic: bool | None = None
    sheet: str | None = None
    columns: dict[str, str | None] | None = None


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
    """One file to be read as one document, with what is known of it beside its content.

    `model` proposes what its articles say; without one, the rules read them.
    """

    path: Path
    entry: Entry
    model: Model | None = None

    def readings(self) -> Iterator[Reading]:
        """Yield what the source says: one reading of a file, one for each document of a package or mailbox."""
        if self.entry.kind == PACKAGED:
            yield from read_package(self.path)
        elif self.is_mailbox:
            known = self.entry.model_dump(include={"publisher", "published", "synthetic"}, exclude_none=True)
            yield from read_mailbox(self.path, model=self.model, **known)
        else:
            yield self.read()

    @property
    def is_mailbox(self) -> bool:
        """Whether the file holds many articles, each a document of its own."""
        if self.entry.kind not in (None, ARTICLE):
            return False
        return is_mailbox(self.path)

    def judgements(self) -> list[Judgement]:
        """Return what the source tells of reviewers' judgements: none but a package does."""
        return package_judgements(self.path) if self.entry.kind == PACKAGED else []

    def sameness(self) -> list[Sameness]:
        """Return what the source tells of pairs of nodes that reviewers judged: none but a package does."""
        return package_sameness(self.path) if self.entry.kind == PACKAGED else []

    def read(self) -> Reading:
        """Return what the file says. Raises BadInput if it cannot be read or its kind is not known."""
        if not self.path.is_file():
            raise BadInput("file.missing", file=self.path)
        entry, suffix = self.entry, self.path.suffix.lower()
        if entry.kind is not None and entry.kind not in KINDS:
            raise BadInput("file.kind", file=self.path, kind=entry.kind, known=", ".join(KINDS))
        known: dict[str, Any] = entry.model_dump(exclude={"file", "kind", "sheet", "columns"}, exclude_none=True)
        if entry.kind == ARTICLE or (entry.kind is None and suffix in TEXTS):
            return read_article(self.path, model=self.model, **known)
        if entry.kind is None and suffix not in SUFFIXES:
            raise BadInput("file.unknown_kind", file=self.path, known=", ".join(KINDS))
        document = self._document(known)
        return read_register(self.path, entry.kind, document, sheet=entry.sheet, columns=entry.columns)

    def _document(self, known: dict[str, Any]) -> Document:
        file = file_name(self.path)
        title = known.pop("title", Path(file).stem)
        read_as = self.entry.model_dump(include={"sheet", "columns"}, exclude_none=True)
        told = repr(sorted(known.items())) + title + (repr(sorted(read_as.items())) if read_as else "")
        id_ = names.document_id(known.get("url") or title)
        return Document(id_, title, "register", file=file, hash=_hash(self.path, told), **known)


def find_sources(path: Path, **known: Any) -> Iterator[Source]:
    """Yield the sources at a path: a file, the files of a folder's manifest, or all articles and tables of a folder.

    `known` (kind, title, publisher, published, url) is what the caller says of a single file, and wins over what the
    nearest manifest above it says. Raises BadInput for a path that is not there, a folder with nothing to load, or a
    manifest with a mistake.
    """
    with _readable(path):
        is_folder, is_there = path.is_dir(), path.exists()
    if is_folder:
        yield from _folder(path, known)
    elif is_there:
        yield Source(path, _listed(path).model_copy(update=known))
    else:
        raise BadInput("file.missing", file=path)


def _listed(path: Path) -> Entry:
    """Return what the nearest manifest above a file says of it, so that it is the same document as with its folder."""
    with _readable(path):
        home = next((folder for folder in path.absolute().parents if (folder / MANIFEST).is_file()), None)
    entries = read_manifest(home / MANIFEST).documents if home else []
    for entry in entries:
        if home and (home / entry.file).resolve() == path.resolve():
            return entry
    return Entry(file=file_name(path))


def _folder(folder: Path, known: dict[str, Any]) -> Iterator[Source]:
    manifest = folder / MANIFEST
    if manifest.exists():
        found = read_manifest(manifest)
        if found.package:
            yield Source(folder, Entry(file=folder.name or ".", kind=PACKAGED))
        yield from (Source(folder / entry.file, entry) for entry in found.documents)
        return
    with _readable(folder):
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in (*TEXTS, *SUFFIXES))
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


def _hash(path: Path, told: str) -> str:
    """Return the hash of a file's content and of what is told beside it."""
    hash_ = hashlib.sha256()
    with _readable(path), path.open("rb") as data:
        while chunk := data.read(_CHUNK):
            hash_.update(chunk)
    hash_.update(told.encode("utf-8", "surrogatepass"))
    return hash_.hexdigest()


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a path into BadInput."""
    try:
        yield
    except OSError as error:
        raise BadInput("file.unreadable", file=path, reason=error.strerror or str(error)) from error
