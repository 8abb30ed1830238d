"""A load, or its dry run, at work beside the page: it goes on when the reader turns to another page."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.claims import Claim, Mention, Reading
from graph.difference import Difference
from graph.errors import MitraError
from graph.judgements import Judgement
from graph.loading import Failure, load_all
from graph.mappings import Mapped, remember
from graph.publish import Outcome
from graph.sameness import Sameness
from graph.store import Store
from loaders.sources import Source

Result = Outcome | Difference | Failure
_MOST_NAMES = 100_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A file to be loaded; `mapped` is what was said of its `headers`, if that is worth remembering."""

    source: Source
    headers: tuple[str, ...] = ()
    mapped: Mapped | None = None


@dataclass(slots=True)
class Job:
    """The work on some files and what has come of it so far; the page reads it, its thread writes it.

    `done` stays False where the work broke off without a reason that the user could mend. `names` are the names that
    the files give to nodes; `folder` is where the files lie, and is kept until nobody needs them.
    """

    files: list[Ready]
    dry_run: bool
    folder: "TemporaryDirectory[str]"
    results: list[Result] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    reading: Reading | None = None
    began: float = field(default_factory=time.monotonic)
    error: MitraError | None = None
    done: bool = False
    thread: threading.Thread | None = None

    def start(self, store: Store) -> None:
        """Begin the work."""
        self.thread = threading.Thread(target=self._work, args=(store,), name="mitra-load", daemon=True)
        self.thread.start()

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return self.thread is not None and self.thread.is_alive()

    @property
    def complete(self) -> bool:
        """Whether all went through: each file was read to its end."""
        return self.done and self.error is None and not any(isinstance(each, Failure) for each in self.results)

    def _work(self, store: Store) -> None:
        try:
            for result in load_all(store, [_Watched(each.source, self) for each in self.files], dry_run=self.dry_run):
                self.results.append(result)
            if not self.dry_run:
                self._remember(store)
        except MitraError as error:
            self.error = error
        self.done = True

    def _remember(self, store: Store) -> None:
        failed = {each.path for each in self.results if isinstance(each, Failure)}
        for each in self.files:
            if each.mapped and each.source.path not in failed:
                remember(store, each.headers, each.mapped)

    def noting(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the claims, noting what they call each node."""
        for claim in claims:
            if isinstance(claim, Mention) and claim.named and len(self.names) < _MOST_NAMES:
                self.names.setdefault(claim.node.id, claim.name)
            yield claim


@dataclass(frozen=True, slots=True)
class _Watched:
    """A source of which the job knows how far it has been read."""

    source: Source
    job: Job

    @property
    def path(self) -> Path:
        return self.source.path

    def judgements(self) -> list[Judgement]:
        return self.source.judgements()

    def sameness(self) -> list[Sameness]:
        return self.source.sameness()

    def readings(self) -> Iterator[Reading]:
        for reading in self.source.readings():
            self.job.reading, self.job.began = reading, time.monotonic()
            reading.claims = self.job.noting(reading.claims)
            yield reading
