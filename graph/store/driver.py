"""The neo4j driver, imported without the table libraries it would load only to accept their values as parameters.

They take some three seconds of every start of the command line, and nothing here passes such a value.
"""

import contextlib
import sys
from collections.abc import Iterator

_TABLE_LIBRARIES = ("numpy", "pandas", "pyarrow")


@contextlib.contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Let imports of these modules fail inside the `with`, unless they are loaded already."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _hidden(_TABLE_LIBRARIES):
    import neo4j
    import neo4j.exceptions
    import neo4j.graph
    import neo4j.time

__all__ = ["neo4j"]
