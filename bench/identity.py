"""How long finding candidates takes at 10,000 and 100,000 nodes, and how the rules do on the labelled pairs.

    python -m bench.identity 10000 100000
    python -m bench.identity --pairs
    python -m bench.identity 100000 --store local:/tmp/bench

The things are invented: of a hundred, 60 people with posts, 20 firms, 12 agencies and organizations, 8 units; some
names are borne by very many, one in twenty is another spelling of one before. Prints seconds, pairs compared,
candidates, and both ratios between two sizes; with `--memory` how much was taken at most instead. `--pairs` prints,
for the tuned and the held-back part of the labelled pairs, false merges and recall, beside the whole-string measure
WRatio at its best. `--store` writes the things into a store, which is emptied before and after, and finds the
candidates there, neighbours counted.
"""

import argparse
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from bench.load import clear
from graph.identity.blocking import Narrowed, pairs
from graph.identity.candidates import candidates, candidates_of, counted
from graph.identity.named import Named, Post
from graph.identity.spelling import lists
from graph.names import label_of, normal, organisation_id
from graph.store import Store, open_store
from tests.pairs import Pair, labelled, outcome

_SYLLABLES = (
    "ba",
    "ci",
    "du",
    "ge",
    "ho",
    "ja",
    "ki",
    "lu",
    "me",
    "no",
    "pa",
    "ri",
    "su",
    "te",
    "wo",
    "ya",
    "ran",
    "din",
)
_BATCH = 5_000


def things(number: int) -> list[Named]:
    """Return so many invented things with names; the same for the same number."""
    dice = random.Random(number)
    made: list[Named] = []
    while len(made) < number:
        if made and dice.random() < 0.05:
            made.append(_again(dice.choice(made), len(made), dice))
        else:
            made.append(_new(len(made), dice))
    return made


def _word(dice: random.Random) -> str:
    """Return a name that few or, more often than not, many bear."""
    if dice.random() < 0.5:
        frequent = lists()["frequent"]
        return str(frequent[min(len(frequent) - 1, int(dice.expovariate(0.03)))]).title()
    return "".join(dice.choice(_SYLLABLES) for _ in range(dice.choice((2, 3, 3, 4)))).title()


def _new(number: int, dice: random.Random) -> Named:
    draw = dice.random()
    words = " ".join(_word(dice) for _ in range(dice.choice((2, 2, 3))))
    place = "".join(dice.choice(_SYLLABLES) for _ in range(3)).title()
    if draw < 0.6:
        name = " ".join(_word(dice) for _ in range(dice.choice((1, 2, 2, 3, 3))))
        at = f"Lapas Kelas IIB {place}"
        return Named("official", name, f"official:{number}", (Post(organisation_id("Facility", at), at, "Kepala"),))
    if draw < 0.8:
        return Named("company", f"{dice.choice(('PT', 'CV', 'UD'))} {words}", f"company:{number}")
    if draw < 0.86:
        return Named("public-body", f"Dinas Sosial Kabupaten {place}", f"public-body:{number}")
    if draw < 0.92:
        return Named("organization", f"Yayasan {words}", f"organization:{number}")
    return Named("facility", f"{dice.choice(('Lapas', 'Rutan', 'Bapas'))} Kelas IIB {place}", f"facility:{number}")


def _again(named: Named, number: int, dice: random.Random) -> Named:
    """Return the same thing once more, with a letter doubled and in capitals, as another document might have it."""
    at = dice.randrange(len(named.name))
    name = (named.name[:at] + named.name[at] + named.name[at:]).upper()
    return Named(named.kind, name, f"{named.kind}:{number}", named.posts)


def measure(number: int) -> float:
    """Print what one size takes and return the seconds of processor time."""
    made = things(number)
    narrowed = Narrowed()
    began, used = time.perf_counter(), time.process_time()
    found = counted(candidates_of(made, narrowed=narrowed))
    clock, taken = time.perf_counter() - began, time.process_time() - used
    compared = sum(1 for _ in pairs(made))
    there_are = number * (number - 1) // 2
    print(f"{number:7} things: {taken:.1f} s of processor time, {clock:.1f} s of the clock, {found}")
    print(f"  {compared} of {there_are} pairs compared; {narrowed.blocks} blocks narrowed, at most {narrowed.largest}")
    return taken


def memory(number: int) -> None:
    """Print how much memory finding the candidates of so many things takes beside the things."""
    made = things(number)
    tracemalloc.start()
    for _ in candidates_of(made):
        pass
    print(f"{number:7} things: {tracemalloc.get_traced_memory()[1] / (1 << 20):.0f} MB at most")
    tracemalloc.stop()


def in_store(store: Store, number: int) -> None:
    """Print how long the candidates of a store with so many things take."""
    clear(store)
    made = things(number)
    by_label: dict[str, list[dict[str, str]]] = {}
    for each in made:
        by_label.setdefault(str(label_of(each.id)), []).append({"id": each.id, "name": each.name})
    for label, rows in by_label.items():
        for begin in range(0, len(rows), _BATCH):
            _write(store, f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows[begin : begin + _BATCH])
    began = time.perf_counter()
    found = candidates(store)
    print(f"{number:7} nodes in {store.engine}: {time.perf_counter() - began:.1f} s, {counted(found.rows)}")
    clear(store)


def _write(store: Store, statement: str, rows: list[dict[str, str]]) -> None:
    store.write(lambda transaction: transaction.run(statement, rows=rows))


def figures(rows: Sequence[Pair]) -> str:
    """Return false merges and recall over labelled pairs as a line."""
    found = Counter((row.label, outcome(row)) for row in rows)
    same = sum(count for (label, _), count in found.items() if label == "same")
    other = len(rows) - same
    sure, asked = found["same", "same"] / same, found["same", "ask"] / same
    return (
        f"{len(rows)} pairs, {same} of one thing: {found['different', 'same']} false merges; "
        f"recall {sure:.3f} automatic, "
        f"{sure + asked:.3f} with those asked; asked of the {other} that differ {found['different', 'ask']}"
    )


def by_whole_string(rows: Sequence[Pair]) -> str:
    """Return what WRatio does at the threshold with the best F1 here, and at the lowest without a false merge."""
    scored = [(fuzz.WRatio(normal(row.a), normal(row.b)), row.label == "same") for row in rows]
    same = sum(is_same for _, is_same in scored)
    best = max(_thresholds(scored), key=lambda each: 2 * each[1] / (same + each[1] + each[2]))
    clean = max((each for each in _thresholds(scored) if each[2] == 0), key=lambda each: each[1], default=(101.0, 0, 0))
    return (
        f"WRatio from {best[0]:.0f} on (its best F1): {best[2]} false merges, recall {best[1] / same:.3f}; "
        f"from {clean[0]:.1f} on: none, recall {clean[1] / same:.3f}"
    )


def _thresholds(scored: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, int, int]]:
    for threshold in [*sorted({score for score, _ in scored}), 100.5]:
        taken = [is_same for score, is_same in scored if score >= threshold]
        yield threshold, sum(taken), len(taken) - sum(taken)


def labelled_pairs() -> None:
    """Print figures for the tuned and the held-back part, by kind and in all."""
    for split in ("tuned", "held"):
        rows = [row for row in labelled() if row.split == split]
        for kind in sorted({row.kind for row in rows}):
            print(f"{split} {kind}: {figures([row for row in rows if row.kind == kind])}")
        print(f"{split}: {figures(rows)}")
        print(f"{split}: {by_whole_string(rows)}")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*")
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--store")
    given = parser.parse_args()
    if given.pairs:
        labelled_pairs()
    before: tuple[int, float] | None = None
    for size in given.sizes:
        if given.store:
            with open_store(given.store) as store:
                in_store(store, size)
        elif given.memory:
            memory(size)
        else:
            taken = measure(size)
            if before:
                print(f"        {size / before[0]:.0f} × the size, {taken / before[1]:.1f} × the time")
            before = size, taken


if __name__ == "__main__":
    main()
