"""Words of two names laid side by side, in order, so that each is matched with its like or stands alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from graph.identity.spelling import EQUAL, INITIAL, SLIP, SPELLED, TOGETHER, Word, squeezed

_WORTH = {EQUAL: 10, SPELLED: 9, TOGETHER: 9, INITIAL: 6, SLIP: 5}
_MOST_TOGETHER = 3
Step = tuple[str, str, str]
Alike = Callable[[Word, Word], str | None]


class Alignment(NamedTuple):
    """Pairs of words with how they agree, and the words of either side that are left over."""

    pairs: tuple[Step, ...]
    left: tuple[Word, ...]
    right: tuple[Word, ...]


def align(one: Sequence[Word], other: Sequence[Word], alike: Alike) -> Alignment:
    """Return the best way to lay two names side by side: the most and the surest agreements, in order."""
    begin = _equal(zip(one, other, strict=False))
    end = min(_equal(zip(reversed(one), reversed(other), strict=False)), min(len(one), len(other)) - begin)
    mine, theirs = one[begin : len(one) - end], other[begin : len(other) - end]
    inner = _align(mine, theirs, alike) if mine and theirs else Alignment((), tuple(mine), tuple(theirs))
    before = tuple((word.text, word.text, EQUAL) for word in one[:begin])
    behind = tuple((word.text, word.text, EQUAL) for word in one[len(one) - end :])
    return Alignment((*before, *inner.pairs, *behind), inner.left, inner.right)


def _equal(pairs: Iterable[tuple[Word, Word]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _align(one: Sequence[Word], other: Sequence[Word], alike: Alike) -> Alignment:
    """Fill a table from the end, each cell with the worth of the best way on and its first step; then follow it."""
    if len(one) == len(other) == 1:
        how = alike(one[0], other[0])
        return Alignment(((one[0].text, other[0].text, how),), (), ()) if how else Alignment((), (one[0],), (other[0],))
    best: dict[tuple[int, int], tuple[int, int, int, str]] = {(len(one), len(other)): (0, 0, 0, "")}
    for i in range(len(one), -1, -1):
        for j in range(len(other), -1, -1):
            if (i, j) not in best:
                steps = _steps(one, other, i, j, alike)
                best[i, j] = max((best[i + di, j + dj][0] + _WORTH.get(how, 0), di, dj, how) for di, dj, how in steps)
    pairs: list[Step] = []
    left: list[Word] = []
    right: list[Word] = []
    i = j = 0
    while (i, j) != (len(one), len(other)):
        _, di, dj, how = best[i, j]
        if how:
            pairs.append((_text(one[i : i + di]), _text(other[j : j + dj]), how))
        else:
            left += one[i : i + di]
            right += other[j : j + dj]
        i, j = i + di, j + dj
    return Alignment(tuple(pairs), tuple(left), tuple(right))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _steps(one: Sequence[Word], other: Sequence[Word], i: int, j: int, alike: Alike) -> Iterator[tuple[int, int, str]]:
    if i < len(one):
        yield 1, 0, ""
    if j < len(other):
        yield 0, 1, ""
    if i < len(one) and j < len(other):
        how = alike(one[i], other[j])
        if how:
            yield 1, 1, how
        for di, dj in _together(one, other, i, j):
            yield di, dj, TOGETHER


def _together(one: Sequence[Word], other: Sequence[Word], i: int, j: int) -> Iterator[tuple[int, int]]:
    """Yield how many words of either side, written together, are one word of the other."""
    if one[i].text[0] != other[j].text[0] and one[i].key[0] != other[j].key[0]:
        return
    for number in range(2, _MOST_TOGETHER + 1):
        if i + number <= len(one) and _joined(one[i : i + number], other[j]):
            yield number, 1
        if j + number <= len(other) and _joined(other[j : j + number], one[i]):
            yield 1, number


def _joined(parts: Sequence[Word], whole: Word) -> bool:
    return squeezed(parts) == whole.key or "".join(part.text for part in parts) == whole.text
