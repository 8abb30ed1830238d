"""Search: the nodes that a few typed letters may mean, at once and in spite of spelling."""

import bisect
import heapq
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.names import fold, normal, parts, unit_name
from graph.schema import schema
from graph.store import NodeRecord

MOST = 12
ALIKE = 0.7
"""How alike a misspelled word must be, from 0 to 1: one letter in four may be wrong, missing, extra or swapped."""

_SHORTEST = 4  # shorter words are too much alike
_PREFIX, _MISSPELLED = 0.9, 0.8
_MOST_ALIKE = 40
_LONGEST = 200
_PLACES_LAST = ("Place",)


class Index:
    """All nodes by the words of their names, long and short forms alike; it is made once for one state of the data."""

    def __init__(self, nodes: Iterable[NodeRecord]) -> None:
        self._nodes = list(nodes)
        self._places = {node.id: place for place, node in enumerate(self._nodes)}
        self._words = [_words(node) for node in self._nodes]
        self._holders: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for word in words:
                self._holders.setdefault(word, []).append(place)
        self._sorted = sorted(self._holders)
        labels = {label: order for order, label in enumerate(schema().labels)}
        self._order = [
            (each.label in _PLACES_LAST, len(each.name.split()), labels[each.label], each.id) for each in self._nodes
        ]

    def __len__(self) -> int:
        return len(self._nodes)

    def get(self, id_: str) -> NodeRecord | None:
        """Return the node of this id, None if there is none."""
        return self._nodes[self._places[id_]] if id_ in self._places else None

    def find(
        self, text: str, *, most: int = MOST, labels: Collection[str] = (), synthetic: bool = False
    ) -> list[NodeRecord]:
        """Return at most `most` nodes that the text may mean, the likeliest first.

        Every word of the text must be a word of the name, its beginning, or be spelled like one of these (`ALIKE`); two
        words may also be one. An id finds its node. `labels` limits the kinds; without `synthetic`, no invented nodes.
        Equally likely ones are ordered by the length of the name, places last.
        """
        typed = text.strip()[:_LONGEST]
        scores: dict[int, float] = {}
        if typed in self._places:
            scores[self._places[typed]] = 2.0
        for words in _readings(typed):
            for place, score in self._matches(words).items():
                scores[place] = max(score, scores.get(place, 0.0))
        allowed = (
            place
            for place in scores
            if (not labels or self._nodes[place].label in labels)
            and (synthetic or not self._nodes[place].properties.get("synthetic"))
        )
        best = heapq.nsmallest(most, allowed, key=lambda place: (-round(scores[place], 2), self._order[place]))
        return [self._nodes[place] for place in best]

    def _matches(self, words: list[str]) -> dict[int, float]:
        """Return the nodes that all these words fit, with how well, from 0 to 1 a word."""
        fitting = sorted((self._fitting(word) for word in words), key=self._holders_of)
        if not fitting:
            return {}
        rarest, *others = fitting
        scores: dict[int, float] = {}
        for place in {place for word in rarest for place in self._holders[word]}:
            fits = [max((own.get(word, 0.0) for word in self._words[place]), default=0.0) for own in (rarest, *others)]
            if all(fits):
                scores[place] = sum(fits) / len(fits)
        return scores

    def _holders_of(self, fitting: Mapping[str, float]) -> int:
        return sum(len(self._holders[word]) for word in fitting)

    def _fitting(self, typed: str) -> dict[str, float]:
        """Return the words of names that a typed word may stand for, with how well."""
        found: dict[str, float] = {}
        if len(typed) >= _SHORTEST:
            for word, likeness, _ in self._alike(typed):
                found[word] = _MISSPELLED * likeness
        for word in self._sorted[
            bisect.bisect_left(self._sorted, typed) : bisect.bisect(self._sorted, typed + "\uffff")
        ]:
            found[word] = _PREFIX
        if typed in self._holders:
            found[typed] = 1.0
        return found

    def _alike(self, typed: str) -> list[tuple[str, float, int]]:
        """Return the words that are spelled like the typed one, or begin so, with how much alike they are."""
        begun = [word[: len(typed) + 1] if len(word) > len(typed) + 1 else word for word in self._sorted]
        found = process.extract(typed, begun, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=_MOST_ALIKE)
        return [(self._sorted[place], likeness, place) for _, likeness, place in found]


def _readings(text: str) -> list[list[str]]:
    """Return the ways in which a text is read: as typed, in short forms, and with each two neighbours as one word.

    Names of places are written both ways.
    """
    words = fold(text).split()
    joined = [[*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in range(min(len(words), 8) - 1)]
    short = normal(text).split()
    return [words, *joined, *([short] if short != words else [])]


def _words(node: NodeRecord) -> tuple[str, ...]:
    """Return the words of a name in long and in short form, each once; a facility's place also as one word."""
    words = [*fold(node.name).split(), *normal(node.name).split()]
    if node.label == "Facility" and (unit := unit_name(node.name)):
        words += [word for form in parts()["facility_kind"][unit.kind] for word in form.split()]
        words.append(unit.place.replace(" ", ""))
    return tuple(dict.fromkeys(filter(None, words)))
