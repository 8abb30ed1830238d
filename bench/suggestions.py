"""How well suggestions find hidden partnerships, beside the most popular and the nearest partners.

    python -m bench.suggestions 612 1 2 3 4 5

A fifth of the partnerships of invented networks (of these seeds) are hidden; each is looked for among the first five
suggested for its facility and area. Once for networks whose partners choose by area and distance, once for those
where they choose at random, in which nothing can be found. `nearest` and `popular` know no area; `nearest in area` and
`chance`, a blind choice of five, do. `elsewhere` is the control: the same partners and areas are looked for among the
suggestions for other facilities that somebody serves, so it has all that busy partners explain and nothing that the
facility does; skill is what `suggested` has above it. `first` are hit@1. National agreements, which
name facilities all over the country, are left out.
"""

import datetime
import math
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.claims import Claim, Mention, Tie
from graph.insight.suggestions import Served, Site, distance, rank
from graph.settings import DEMO
from loaders.sample import write_sample
from loaders.sample.partners import Places
from loaders.sample.people import TODAY
from loaders.sources import find_sources

FIRST = 5
HIDDEN = 0.2
ELSEWHERE = 5
Network = tuple[list[Served], dict[str, Site]]


def network(facilities: int, places: Places, seed: int) -> Network:
    """Return who serves whom on the day in an invented network, and where all are, read from its claims."""
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder), facilities=facilities, seed=seed, places=places)
        paths = [DEMO / "register" / "regencies.csv", Path(folder)]
        claims = [claim for path in paths for source in find_sources(path) for claim in source.read().claims]
    return list(_served(claims)), _sites(claims)


def _served(claims: Iterable[Claim]) -> Iterator[Served]:
    by_row: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Tie) and claim.type == "PARTNERS_WITH" and _holds(claim):
            by_row[claim.start.id, claim.evidence.where].append(claim)
    for (partner, row), ties in by_row.items():
        if len({tie.end for tie in ties}) == 1:
            area = dict(ties[0].properties).get("area")
            yield Served(partner, ties[0].end.id, str(area) if area else None, row, "sample", row)


def _holds(tie: Tie) -> bool:
    own = dict(tie.properties)
    since, until = own.get("since"), own.get("until")
    begun = not isinstance(since, datetime.date) or since <= TODAY
    return tie.status == "active" and begun and not (isinstance(until, datetime.date) and until < TODAY)


def _sites(claims: list[Claim]) -> dict[str, Site]:
    own = {claim.node.id: dict(claim.properties) for claim in claims if isinstance(claim, Mention) and claim.properties}
    ties = [claim for claim in claims if isinstance(claim, Tie)]
    place = {tie.start.id: tie.end.id for tie in ties if tie.type == "LOCATED_IN"}
    areas: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.type == "RUNS" and (area := own.get(tie.end.id, {}).get("area")):
            areas[tie.start.id].add(str(area))
    found = {}
    for id_, home in place.items():
        said = own.get(id_, {})
        point = said if said.get("latitude") is not None else own.get(home, {})
        north, east = (
            float(str(point[key])) if point.get(key) is not None else None for key in ("latitude", "longitude")
        )
        kind = str(said["kind"]) if said.get("kind") else None
        found[id_] = Site(kind, home.partition(".")[0], north, east, frozenset(areas[id_]))
    return found


def hits(made: Network, seed: int) -> Counter[str]:
    """Return how many hidden partnerships each way finds among its first five, how many there were, and the chance."""
    served, where = made
    area_of = {(each.partner, each.facility): each.area for each in served}
    pairs = sorted(area_of)
    hidden = set(random.Random(seed).sample(pairs, max(1, round(HIDDEN * len(pairs)))))
    left = [each for each in served if (each.partner, each.facility) not in hidden]
    by_partner: dict[str, list[Served]] = defaultdict(list)
    for each in left:
        by_partner[each.partner].append(each)
    found: Counter[str] = Counter()
    dice = random.Random(seed)
    for partner, facility in sorted(hidden):
        area = area_of[partner, facility]
        others = {id_: facts for id_, facts in by_partner.items() if all(each.facility != facility for each in facts)}
        fitting = {id_: facts for id_, facts in others.items() if any(area in (None, each.area) for each in facts)}
        if partner in fitting:
            ways = {
                "suggested": [each.partner for each in rank(facility, left, where, area=area)],
                "popular": sorted(others, key=lambda id_: (-len(others[id_]), id_)),
                "nearest": _nearest(facility, others, where),
                "nearest in area": _nearest(facility, fitting, where),
                "popular in area": sorted(fitting, key=lambda id_: (-len(fitting[id_]), id_)),
            }
            found.update({way: partner in ordered[:FIRST] for way, ordered in ways.items()})
            found["suggested first"] += partner == ways["suggested"][0]
            found["nearest in area first"] += partner == ways["nearest in area"][0]
            found["elsewhere"] += _elsewhere(partner, area, left, where, dice)  # type: ignore[assignment]
            found["hidden"] += 1
            found["chance"] += min(1.0, FIRST / len(fitting))  # type: ignore[assignment]
    return found


def _elsewhere(
    partner: str, area: str | None, left: list[Served], where: Mapping[str, Site], dice: random.Random
) -> float:
    own = {each.facility for each in left if each.partner == partner}
    others = dice.sample(sorted({each.facility for each in left} - own), ELSEWHERE)
    found = [partner in [each.partner for each in rank(other, left, where, area=area)[:FIRST]] for other in others]
    return sum(found) / ELSEWHERE


def _nearest(facility: str, others: Mapping[str, list[Served]], where: Mapping[str, Site]) -> list[str]:
    nowhere = Site()

    def away(id_: str) -> float:
        places = (id_, *(each.facility for each in others[id_]))
        return min(distance(where.get(facility, nowhere), where.get(each, nowhere)) for each in places)

    return sorted(others, key=lambda id_: (away(id_), id_))


def rates(facilities: int, places: Places, seeds: Iterable[int]) -> dict[str, float]:
    """Return hit@5 of each way over all seeds, `hidden` (how many) and the standard `error` of a rate."""
    total: Counter[str] = Counter()
    for seed in seeds:
        total.update(hits(network(facilities, places, seed), seed))
    count = total.pop("hidden")
    found = {way: hit / count for way, hit in total.items()}
    worst = max(rate * (1 - rate) for rate in found.values())
    return found | {"hidden": float(count), "error": math.sqrt(worst / count)}


def main(facilities: int, seeds: list[int]) -> None:
    """Measure and print."""
    ways: tuple[Places, ...] = ("distance", "random")
    for places in ways:
        found = rates(facilities, places, seeds)
        count, error = int(found.pop("hidden")), found.pop("error")
        told = "   ".join(f"{way} {rate:.3f}" for way, rate in found.items())
        print(f"{places:8} hit@{FIRST} of {count} hidden (± {error:.3f}):   {told}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), [int(seed) for seed in sys.argv[2:]] or [1])
