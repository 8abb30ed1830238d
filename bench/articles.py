"""How many articles a second are read, beside a fixed computation in the same run, and what memory that takes.

    python -m bench.articles 2000
    python -m bench.articles 100000 --memory
    python -m bench.articles 1 --stages

The articles are those of the tests, in each round with other names of people and companies, so that nothing is
remembered from the round before. Prints articles a second (of processor time, and of the clock), the same as a ratio to
the reference, and with `--memory` the memory at hand after 1,000, 10,000 and all articles of a mailbox.
"""

import argparse
import cProfile
import datetime
import itertools
import json
import pstats
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from loaders.article import read_mailbox
from loaders.article.claims import claims
from loaders.article.cleaning import clean
from loaders.article.extraction import facts_of
from tests.articles.scoring import gold, names, text

TODAY = datetime.date(2026, 1, 1)
_SYLLABLES = ("ba", "ci", "du", "ge", "ho", "ja", "ki", "lu", "me", "no", "pa", "ri", "su", "te", "wo", "ya")
_MARKS = (1_000, 10_000)


def articles(number: int) -> Iterator[str]:
    """Yield so many articles, no two with the same people and companies."""
    kept = [(text(name), _surnames(name)) for name in names()]
    rounds = itertools.product(_SYLLABLES, repeat=4)
    for ending in rounds:
        for raw, surnames in kept:
            if number == 0:
                return
            number -= 1
            yield surnames.sub(rf"\g<0>{''.join(ending)}", raw) if surnames.pattern else raw


def _surnames(name: str) -> re.Pattern[str]:
    said = gold(name)
    full = [official["name"] for official in said["officials"]] + said["companies"]
    last = {each.split()[-1] for each in full if each.split()[-1].isalpha()}
    return re.compile(rf"\b(?:{'|'.join(sorted(last))})\b" if last else "")


def read(raw: str) -> int:
    """Return the number of claims of an article."""
    article, facts = facts_of(clean(raw), None, TODAY)
    return len(claims(article, facts, "document:bench"))


def reference() -> float:
    """Return the seconds of processor time of a computation that never changes: words counted, split and sorted."""
    line = " ".join(f"kata{number % 97} Nama{number % 31}," for number in range(2_000))
    began = time.process_time()
    for _ in range(20):
        found = re.findall(r"[A-Z]\w+|\w+|,", line)
        counted: dict[str, int] = {}
        for word in found:
            counted[word.lower()] = counted.get(word.lower(), 0) + 1
        sorted(counted)
    return time.process_time() - began


def speed(number: int) -> None:
    """Print how many articles a second are read, the reference computed anew between every hundred of them."""
    raws = list(articles(number))
    for raw in raws[: len(names())]:
        read(raw)  # word lists are read and patterns made
    clock = processor = unit = 0.0
    found = parts = 0
    for begin in range(0, number, 100):
        unit, parts = unit + reference(), parts + 1
        since, used = time.perf_counter(), time.process_time()
        found += sum(map(read, raws[begin : begin + 100]))
        clock, processor = clock + time.perf_counter() - since, processor + time.process_time() - used
    print(f"{number} articles, {found} claims, {sum(map(len, raws)) / number:.0f} characters each on average")
    print(f"{number / processor:.0f} articles/s of processor time, {number / clock:.0f} of the clock")
    print(
        f"{number / processor * unit / parts:.1f} articles in the time of the reference ({1000 * unit / parts:.1f} ms)"
    )


def memory(number: int) -> None:
    """Print the memory at hand while a mailbox of so many articles is read."""
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.jsonl"
        with path.open("w", encoding="utf-8") as box:
            for place, raw in enumerate(articles(number)):
                box.write(json.dumps({"url": f"https://bench.example/{place}", "text": raw}) + "\n")
        for place, reading in enumerate(read_mailbox(path), 1):
            sum(1 for _ in reading.claims)
            if place in (*_MARKS, number):
                print(f"{process.memory_info().rss / (1 << 20):6.0f} MB after {place} articles", flush=True)


def stages(rounds: int) -> None:
    """Print where the time goes."""
    raws = list(articles(rounds * len(names())))
    for raw in raws:
        read(raw)
    with cProfile.Profile() as profile:
        for raw in raws:
            read(raw)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--stages", action="store_true")
    given = parser.parse_args()
    (memory if given.memory else stages if given.stages else speed)(given.number)
