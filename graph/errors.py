"""The errors that a user meets, each a key of the word catalog with its parameters."""

from typing import Any


class MitraError(Exception):
    """Something the user can mend; `key` names the sentence in `graph/words.yaml`, `values` fill it.

    `str(error)` is the English sentence; the command line and the pages show it in the user's language.
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        from graph.words import say  # the catalog itself raises no MitraError, so this import cannot loop

        return say(self.key, "en", **self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.key, self.values)


def _again(kind: type[MitraError], key: str, values: dict[str, Any]) -> MitraError:
    return kind(key, **values)


class BadInput(MitraError):
    """A file, value or question that cannot be used as it is."""


class StoreUnavailable(MitraError):
    """The graph store cannot be reached or does not let us in."""
