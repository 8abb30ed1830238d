"""Throws that come out the same for the same words, whatever was thrown before, on every Python."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

WORDS = Path(__file__).with_name("words.yaml")
Item = TypeVar("Item")
_MASK = (1 << 64) - 1


@cache
def words() -> Mapping[str, Any]:
    """Return the lists of `words.yaml`."""
    lists: dict[str, Any] = yaml.load(WORDS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return lists


class Dice:
    """Throws for the thing that the words name: a seed, what it is, its number.

    The generator is SplitMix64 (Steele, Lea and Flood, 2014): quick to begin, which most of the work here is.
    """

    __slots__ = ("_state",)

    def __init__(self, *named: object) -> None:
        told = "/".join(map(str, named)).encode()
        self._state = int.from_bytes(hashlib.blake2b(told, digest_size=8).digest())

    def throw(self) -> float:
        """Return a number from 0 to 1, 1 excluded."""
        self._state = mixed = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) * 2.0**-53

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.throw() < probability

    def whole(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both included."""
        return least + int(self.throw() * (most - least + 1))

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of the items, each as likely as any other."""
        return items[int(self.throw() * len(items))]

    def weighted(self, weights: Mapping[Item, int]) -> Item:
        """Return one of the keys, as likely as its weight says."""
        left = self.throw() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        """Return a day from `first` to `last`, both included."""
        return first + datetime.timedelta(days=self.whole(0, (last - first).days))


def years_on(day: datetime.date, years: int) -> datetime.date:
    """Return the last day of a term of so many years that begins on this day."""
    last = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return last.replace(year=last.year + years) - datetime.timedelta(days=1)
