"""Loading: many sources into one store, each with an outcome of its own; what fails is told, the rest goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graph.claims import Reading
from graph.difference import Difference, difference
from graph.errors import BadInput, MitraError, StoreUnavailable
from graph.judgements import Judgement
from graph.merging import restore as restore_sameness
from graph.publish import Outcome, Progress, publish
from graph.review import restore
from graph.sameness import Sameness
from graph.store import Store


class Source(Protocol):
    """Something at a path that can be read as one or more documents."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    def judgements(self) -> list[Judgement]:
        """Return what it tells of reviewers' judgements, which hold before its documents are loaded."""

    def sameness(self) -> list[Sameness]:
        """Return what it tells of pairs of nodes that reviewers judged, which holds before its documents are loaded."""

    def readings(self) -> Iterator[Reading]:
        """Yield what each of its documents says; raises BadInput if it cannot be read."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or the rest of it, that was not loaded, and why."""

    path: Path
    error: MitraError


def load_all(
    store: Store,
    sources: Iterable[Source],
    *,
    again: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Iterator[Outcome | Difference | Failure]:
    """Load each document of each source and yield what became of it, in order; with `dry_run`, what would.

    A source that cannot be read is a Failure, and the next is loaded. Raises StoreUnavailable when the store is gone.
    """
    seen: dict[str, Path] = {}
    for source in sources:
        try:
            if not dry_run:
                _restore(store, source)
            for reading in source.readings():
                first = seen.setdefault(reading.document.id, source.path)
                if first != source.path:
                    raise BadInput("file.same_document", first=first, second=source.path, document=reading.document.id)
                if dry_run:
                    yield difference(store, reading, again=again) or Outcome(reading, skipped=True)
                else:
                    yield publish(store, reading, again=again, progress=progress)
        except StoreUnavailable:
            raise
        except MitraError as error:
            yield Failure(source.path, error)


def _restore(store: Store, source: Source) -> None:
    if sameness := source.sameness():
        restore_sameness(store, sameness)
    if judgements := source.judgements():
        restore(store, judgements)
