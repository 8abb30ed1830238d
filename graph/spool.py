"""A list that only grows and may grow beyond memory: what is too much of it waits on disk."""

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

_IN_MEMORY = 1_000_000  # bytes
Item = TypeVar("Item")


class Spool(Sequence[Item]):
    """A sequence in the order of appending, equal to any sequence of equal items; it takes about a megabyte of memory.

    Looking at the n-th item reads those before it. The file has no name and goes with the object.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - open as long as the object
        self._count = 0

    def append(self, item: Item) -> None:
        """Add an item; it is kept as it is now."""
        self._file.seek(0, os.SEEK_END)
        pickle.dump(item, self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        place = 0
        for _ in range(self._count):
            self._file.seek(place)
            item: Item = pickle.load(self._file)  # noqa: S301 - written by this object into a file without a name
            place = self._file.tell()
            yield item

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        wanted = range(self._count)[place]
        if isinstance(wanted, int):
            return next(item for at, item in enumerate(self) if at == wanted)
        found = {at: item for at, item in zip(range(max(wanted, default=-1) + 1), self, strict=False) if at in wanted}
        return [found[at] for at in wanted]

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def _same(one: object, other: object) -> bool:
    return one == other
