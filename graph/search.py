"""Search: the nodes that a few typed letters may mean, at once and in spite of spelling."""

import bisect
import heapq
import itertools
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.names import fold, normal, parts, unit_name
from graph.schema import schema
from graph.store import NodeRecord

MOST = 12
ALIKE = 0.7
"""How alike a misspelled word must be, from 0 to 1: two letters in seven may be wrong, missing, extra or swapped."""

_SHORTEST = 4  # shorter words are too much alike
_PREFIX, _MISSPELLED = 0.9, 0.8
_MOST_ALIKE, _MOST_TRIED = 40, 2_000
_LONGEST, _MOST_JOINED = 200, 4
_PLACES_LAST = "Place"
_SHORT_FORMS = ("Facility", "PublicBody", "Company", "Organization")  # labels whose names have long and short forms


class Entry(NamedTuple):
    """A node as the search knows it."""

    label: str
    id: str
    name: str
    synthetic: bool


class Index:
    """All nodes by the words of all their names, long and short forms alike; it is made once for one state of the data.

    Nodes stand in the order in which equally likely ones are offered: by the length of the name, places last. `also`
    are other names of nodes, by id.
    """

    def __init__(self, nodes: Iterable[NodeRecord], also: Mapping[str, Sequence[str]] | None = None) -> None:
        order = {label: place for place, label in enumerate(schema().labels)}
        entries = [Entry(each.label, each.id, each.name, bool(each.properties.get("synthetic"))) for each in nodes]
        entries.sort(key=lambda each: (each.label == _PLACES_LAST, each.name.count(" "), order[each.label], each.id))
        self._nodes = entries
        self._places = {each.id: place for place, each in enumerate(entries)}
        self._holders: dict[str, array[int]] = {}
        self._words: list[tuple[str, ...]] = []
        once: dict[str, str] = {}
        for place, each in enumerate(entries):
            called = [word for name in (each.name, *(also or {}).get(each.id, ())) for word in _words(each.label, name)]
            words = tuple(once.setdefault(word, word) for word in dict.fromkeys(called))
            self._words.append(words)
            for word in words:
                self._holders.setdefault(word, array("L")).append(place)
        self._sorted = sorted(self._holders)
        self._spelled = [word for word in self._sorted if word.isalpha()]  # a number is never misspelled
        self._begun: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def get(self, id_: str) -> Entry | None:
        """Return the node of this id, None if there is none."""
        return self._nodes[self._places[id_]] if id_ in self._places else None

    def find(
        self, text: str, *, most: int = MOST, labels: Collection[str] = (), synthetic: bool = False
    ) -> list[Entry]:
        """Return at most `most` nodes that the text may mean, the likeliest first.

        Every word of the text must be a word of the name, its beginning, or be spelled like one of these (`ALIKE`); two
        words may also be one. An id finds its node. `labels` limits the kinds; without `synthetic`, no invented nodes.
        """
        typed = text.strip()[:_LONGEST]
        scores: dict[int, float] = {}
        if typed in self._places:
            scores[self._places[typed]] = 2.0
        for words in _readings(typed):
            for place, score in self._matches(words, most, labels, synthetic):
                scores[place] = max(score, scores.get(place, 0.0))
        best = heapq.nsmallest(most, scores, key=lambda place: (-round(scores[place], 2), place))
        return [self._nodes[place] for place in best if self._allowed(place, labels, synthetic)]

    def _allowed(self, place: int, labels: Collection[str], synthetic: bool) -> bool:
        node = self._nodes[place]
        return (not labels or node.label in labels) and (synthetic or not node.synthetic)

    def _matches(
        self, words: list[str], most: int, labels: Collection[str], synthetic: bool
    ) -> Iterator[tuple[int, float]]:
        """Yield nodes that all these words fit, with how well, from 0 to 1: the best by the rarest word first."""
        fitting = sorted((self._fitting(word) for word in words), key=self._count)
        if not fitting:
            return
        rarest, *others = fitting
        tried = ((place, fit) for place, fit in self._holding(rarest) if self._allowed(place, labels, synthetic))
        enough = _MOST_TRIED if others else most
        for place, _ in itertools.islice(tried, enough):
            total = 0.0
            for own in fitting:
                fit = max((own.get(word, 0.0) for word in self._words[place]), default=0.0)
                if not fit:
                    break
                total += fit
            else:
                yield place, total / len(fitting)

    def _holding(self, fitting: Mapping[str, float]) -> Iterator[tuple[int, float]]:
        """Yield the nodes that have one of these words, the best fitting first, each once."""
        seen: set[int] = set()
        ordered = sorted(fitting.items(), key=lambda item: -item[1])
        for fit, group in itertools.groupby(ordered, key=lambda item: item[1]):
            for place in heapq.merge(*(self._holders[word] for word, _ in group)):
                if place not in seen:
                    seen.add(place)
                    yield place, fit

    def _count(self, fitting: Mapping[str, float]) -> int:
        return sum(len(self._holders[word]) for word in fitting)

    def _fitting(self, typed: str) -> dict[str, float]:
        """Return the words of names that a typed word may stand for, with how well."""
        found: dict[str, float] = {}
        if len(typed) >= _SHORTEST and typed.isalpha():
            found = {word: _MISSPELLED * likeness for word, likeness in self._alike(typed)}
        first = bisect.bisect_left(self._sorted, typed)
        for word in self._sorted[first : bisect.bisect(self._sorted, typed + "\uffff")]:
            found[word] = _PREFIX
        if typed in self._holders:
            found[typed] = 1.0
        return found

    def _alike(self, typed: str) -> list[tuple[str, float]]:
        """Return the words that are spelled like the typed one, or begin so, with how much alike they are."""
        length = len(typed) + 1
        if length not in self._begun:
            self._begun[length] = [word[:length] for word in self._spelled]
        found = process.extract(
            typed,
            self._begun[length],
            scorer=OSA.normalized_similarity,
            processor=None,
            score_cutoff=ALIKE,
            limit=_MOST_ALIKE,
        )
        return [(self._spelled[place], likeness) for _, likeness, place in found]


def _readings(text: str) -> list[list[str]]:
    """Return the ways in which a text is read: as typed, in short forms, and with each two neighbours as one word.

    Names of places are written both ways.
    """
    words = fold(text).split()
    pairs = range(len(words) - 1) if len(words) <= _MOST_JOINED else ()
    joined = [[*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in pairs]
    short = normal(text).split()
    return [words, *joined, *([short] if short != words else [])]


def _words(label: str, name: str) -> Iterable[str]:
    """Return the words of a name in long and in short form, each once; a facility's place also as one word."""
    words = fold(name).split()
    if label in _SHORT_FORMS:
        words += normal(name).split()
    if label == "Facility" and (unit := unit_name(name)):
        words += [word for form in parts()["facility_kind"][unit.kind] for word in form.split()]
        words.append(unit.place.replace(" ", ""))
    return dict.fromkeys(filter(None, words))
