"""Finding possible duplicates beside the page: it takes seconds with thousands of names, and is done once for all."""

import threading
import time
from dataclasses import dataclass, field

from graph import settings
from graph.answer import Answer
from graph.identity import ASK, Candidate, Narrowed, candidates, still_open
from graph.sameness import Sameness, sameness_of
from graph.status import claims_version
from graph.store import Store
from views.page import remembered, synthetic, the_store

AT_ONCE = 0.8
"""Seconds in which what is found is shown without a word on waiting."""
Held = frozenset[tuple[str, str, str]]
_searches: dict[tuple[str, bool], "Search"] = {}
_lock = threading.Lock()


@dataclass(slots=True)
class Search:
    """A search for candidates in the data of a version (`of`), by what was then held of pairs, and what it found."""

    of: str
    held: Held
    synthetic: bool
    answer: Answer[Candidate] | None = None
    error: Exception | None = None
    narrowed: Narrowed = field(default_factory=Narrowed)
    began: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None

    def start(self, store: Store) -> None:
        """Begin, and wait a moment in case it is soon over."""
        self.thread = threading.Thread(target=self._work, args=(store,), name="mitra-candidates", daemon=True)
        self.thread.start()
        self.thread.join(AT_ONCE)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.thread is not None and self.thread.is_alive()

    def _work(self, store: Store) -> None:
        try:
            self.answer = candidates(store, synthetic=self.synthetic, narrowed=self.narrowed)
        except Exception as error:  # noqa: BLE001 - the page shows it
            self.error = error

    def serves(self, of: str, now: list[Sameness]) -> bool:
        """Return whether what is found still holds: judging more pairs only takes from it, until nothing is left."""
        held = _as_held(now)
        if of != self.of or not self.held <= held:
            return False
        return self.error is not None or self.running or self.held == held or bool(self.asked(now))

    def asked(self, now: list[Sameness]) -> list[Candidate]:
        """Return the pairs that wait to be judged."""
        return [each for each in self.open(now) if each.verdict.outcome == ASK]

    def open(self, now: list[Sameness]) -> list[Candidate]:
        """Return the pairs that nobody has judged."""
        return still_open(self.answer.rows, now) if self.answer else []


def _as_held(now: list[Sameness]) -> Held:
    return frozenset((each.a, each.b, each.verdict) for each in now)


def search() -> Search:
    """Return the search that holds for the data as they are, begun if there was none; it may still be running."""
    store, url, invented = the_store(), settings.default_store(), synthetic()
    of, now = remembered("claims-version", claims_version), remembered("sameness", sameness_of)
    with _lock:
        known = _searches.get((url, invented))
        if known is None or not known.serves(of, now):
            known = _searches[url, invented] = Search(of, _as_held(now), invented)
            known.start(store)
    return known


def forget() -> None:
    """Let the next look begin anew."""
    with _lock:
        _searches.pop((settings.default_store(), synthetic()), None)
