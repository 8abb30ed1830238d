"""Whether a large network survives the way from one engine to the other and back, byte for byte.

    python -m bench.roundtrip local:FOLDER bolt://127.0.0.1:7687 50000

loads an invented register folder of about so many rows into the first store, exports it, loads the export into the
second, exports that, and then the same the other way round. Both stores are emptied: name some that are for this alone.
"""

import filecmp
import sys
import tempfile
from pathlib import Path

from bench.load import ROWS_A_FACILITY, clear, load
from graph.export import export
from graph.store import open_store
from loaders.sample import write_sample


def carried(source: Path, first: str, second: str, home: Path) -> bool:
    """Return whether the sample in the first store and its export in the second export the same bytes."""
    exports: list[Path] = []
    for url in (first, second):
        with open_store(url) as store:
            clear(store)
            load(store, exports[-1] if exports else source)
            exports.append(home / f"export-{len(exports)}")
            files = export(store, exports[-1])
            clear(store)
    relative = [str(file.relative_to(exports[1])) for file in files]
    same, different, missing = filecmp.cmpfiles(exports[0], exports[1], relative, shallow=False)
    size = sum((exports[0] / name).stat().st_size for name in same)
    print(f"{len(same)} files the same ({size} bytes), different {different}, missing {missing}", flush=True)
    return len(same) == len(files)


def main(one: str, other: str, rows: int) -> int:
    """Carry there and back, and return an exit code."""
    with tempfile.TemporaryDirectory() as home:
        sample = Path(home, "sample")
        write_sample(sample, facilities=round(rows / ROWS_A_FACILITY), seed=1)
        ways = ((one, other, Path(home, "there")), (other, one, Path(home, "back")))
        found = [carried(sample, *way) for way in ways]
        return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
