"""What comes of comparing two names: an outcome, a score and reasons that can be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from graph.identity.spelling import lists
from graph.words import Language, say

SAME, ASK, DIFFERENT = "same", "ask", "different"
_APART = float("-inf")


class Reason(NamedTuple):
    """One thing that speaks for or against, by its key in the catalog, with what fills the sentence."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def in_(self, language: Language) -> str:
        """Return the reason as a reader reads it."""
        return say(self.key, language, **dict(self.values))

    @property
    def weight(self) -> float:
        """What it adds to the score; minus infinity if it contradicts."""
        return weights()[self.key.removeprefix("identity.")]


def because(key: str, **values: Any) -> Reason:
    """Return a reason with what fills its sentence."""
    return Reason(key, tuple(values.items()))


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each reason, as `lists.yaml` gives it."""
    return {key: _APART if given == "apart" else float(given) for key, given in lists()["weights"].items()}


@cache
def bar() -> Mapping[str, float]:
    """Return the least score of each outcome but `different`."""
    return {outcome: float(lists()["bar"][outcome]) for outcome in (SAME, ASK)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are of one thing: `same`, `ask` or `different`; the score runs from 0 to 1."""

    outcome: str
    score: float
    reasons: tuple[Reason, ...]

    def told(self, language: Language) -> str:
        """Return the reasons as one line."""
        return "; ".join(reason.in_(language) for reason in self.reasons)


def decide(reasons: Iterable[Reason], *, at_once: bool = False) -> Verdict:
    """Return the verdict that reasons come to: 1 and their weights, and nothing outweighs a contradiction.

    `at_once` stops at the first contradiction, for the many that nobody will read.
    """
    given = tuple(_until_contradicted(reasons) if at_once else reasons)
    against = tuple(reason for reason in given if reason.weight == _APART)
    if against:
        return Verdict(DIFFERENT, 0.0, against)
    score = round(min(1.0, max(0.0, 1 + sum(reason.weight for reason in given))), 2)
    least = bar()
    outcome = SAME if score >= least[SAME] else ASK if score >= least[ASK] else DIFFERENT
    return Verdict(outcome, score, given)


def _until_contradicted(reasons: Iterable[Reason]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        if reason.weight == _APART:
            return
