"""Candidates: pairs of nodes that may be one thing, each with the reasons, from a store or from any named things."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from graph.answer import Answer
from graph.identity.blocking import Narrowed, pairs
from graph.identity.comparison import compare
from graph.identity.evidence import read_things, shared_neighbours
from graph.identity.named import Named
from graph.identity.spelling import lists
from graph.identity.verdict import DIFFERENT, SAME, Reason, Verdict, because, decide, weights
from graph.sameness import DIFFERENT as JUDGED_DIFFERENT
from graph.sameness import Sameness, joined, sameness_of, standing_for
from graph.status import data_version
from graph.store import Store

NAME = "candidates"
_CHUNK = 500
_LARGEST_GROUP = 50
Two = tuple[Named, Named]
Beside = Callable[[Sequence[Two]], Sequence[tuple[Reason, ...]]]
Known = Collection[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that are one (`same`) or may be (`ask`)."""

    one: Named
    other: Named
    verdict: Verdict

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the two."""
        return frozenset({self.one.id, self.other.id})


def candidates_of(
    things: Sequence[Named], beside: Beside | None = None, *, known: Known = (), narrowed: Narrowed | None = None
) -> Iterator[Candidate]:
    """Yield the pairs of things that are one or may be, each once, in no particular order.

    `beside` gives what else is known of a number of pairs; `known` are pairs of ids that somebody has judged: they are
    not yielded. Memory is proportional to the number of things. What was not compared in full is noted in `narrowed`.
    """
    met = ((things[one], things[other]) for one, other in pairs(things, narrowed))
    asked = (two for two in met if frozenset({two[0].id, two[1].id}) not in known)
    while chunk := list(islice(asked, _CHUNK)):
        yield from _judged(chunk, beside)


def _judged(chunk: Sequence[Two], beside: Beside | None) -> Iterator[Candidate]:
    by_name = [(two, compare(*two, at_once=True)) for two in chunk]
    least = lists()["bar"]["ask"] - (weights()["shared"] if beside else 0)
    open_ = [(two, verdict) for two, verdict in by_name if verdict.score >= least]
    told = beside([two for two, _ in open_]) if beside and open_ else [()] * len(open_)
    for (two, verdict), more in zip(open_, told, strict=True):
        final = decide([*verdict.reasons, *more]) if more else verdict
        if final.outcome != DIFFERENT:
            yield Candidate(*two, final)


def settled(found: Iterable[Candidate], *, apart: Known = ()) -> list[Candidate]:
    """Return the candidates, surest first; where one thing would become one with two that differ, all of them ask.

    "Lena M. Nasir" is like "Lena Muhammad Nasir" and like "Lena Maryam Nasir", who are two. `apart` are pairs of ids
    that somebody has judged to be two.
    """
    everything = list(found)
    doubtful = _doubtful([each for each in everything if each.verdict.outcome == SAME], apart)
    again = (
        Candidate(each.one, each.other, decide([*each.verdict.reasons, because("identity.fits_another")]))
        if each.verdict.outcome == SAME and each.one.id in doubtful
        else each
        for each in everything
    )
    return sorted(again, key=lambda each: (-each.verdict.score, each.one.id, each.other.id))


def _doubtful(same: Sequence[Candidate], apart: Known) -> set[str]:
    """Return the ids of the things in groups that hold two that are not one."""
    doubtful: set[str] = set()
    things = {thing.id: thing for each in same for thing in (each.one, each.other)}
    for ids in joined((each.one.id, each.other.id) for each in same):
        group = [things[id_] for id_ in sorted(ids)]
        if len(group) > 2 and (
            len(group) > _LARGEST_GROUP or any(_two(*pair, apart) for pair in combinations(group, 2))
        ):
            doubtful |= ids
    return doubtful


def _two(one: Named, other: Named, apart: Known) -> bool:
    return frozenset({one.id, other.id}) in apart or compare(one, other, at_once=True).outcome == DIFFERENT


def candidates(
    store: Store,
    *,
    kind: str | None = None,
    synthetic: bool = False,
    narrowed: Narrowed | None = None,
) -> Answer[Candidate]:
    """Return the pairs of a store's nodes that are one or may be, the surest first, without those that were judged.

    `kind` limits them to one kind (as ids begin), `synthetic` takes invented ones too; `narrowed` notes what was not
    compared in full.
    """
    version = data_version(store)
    held = sameness_of(store)
    known = judged_pairs(held)
    apart = judged_pairs(held, JUDGED_DIFFERENT)
    things = read_things(store, kind=kind, synthetic=synthetic)
    found = candidates_of(things, lambda twos: shared_neighbours(store, twos), known=known, narrowed=narrowed)
    return Answer(NAME, datetime.date.today(), version, settled(found, apart=apart))


def judged_pairs(held: Iterable[Sameness], verdict: str | None = None) -> set[frozenset[str]]:
    """Return the pairs that are judged (so): by the ids of the nodes that stand for the two now, and their own."""
    rows = list(held)
    one = standing_for(rows)
    wanted = [row for row in rows if verdict in (None, row.verdict)]
    return {frozenset(row.pair) for row in wanted} | {
        frozenset(one.get(id_, id_) for id_ in row.pair) for row in wanted
    }


def still_open(found: Iterable[Candidate], held: Iterable[Sameness]) -> list[Candidate]:
    """Return the candidates that nobody has judged since, between the nodes that stand for them now, each pair once.

    What is judged between finding candidates and looking at them is left out without finding all of them again.
    """
    rows = list(held)
    one = standing_for(rows)
    seen = judged_pairs(rows)
    left = []
    for each in found:
        now = Candidate(_standing(each.one, one), _standing(each.other, one), each.verdict)
        if len(now.ids) == 2 and now.ids not in seen:
            seen.add(now.ids)
            left.append(now)
    return left


def _standing(named: Named, one: Mapping[str, str]) -> Named:
    return replace(named, id=one.get(named.id, named.id))


def counted(found: Iterable[Candidate]) -> Mapping[str, int]:
    """Return how many candidates there are of each outcome."""
    outcomes = [each.verdict.outcome for each in found]
    return {outcome: outcomes.count(outcome) for outcome in ("same", "ask")}
