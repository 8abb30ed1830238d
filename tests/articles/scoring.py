"""Score facts against gold: one-to-one within a list, F1 over all articles."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import networkx

from graph.names import facility_id, fold, normal, person_name
from loaders.article.lexicon import words

HERE = Path(__file__).parent
LISTS = ("officials", "positions", "facilities", "companies", "public_bodies", "organisations",
         "events", "agreements", "partnerships", "programs")  # fmt: skip
Row = Any
Gold = Mapping[str, Any]


def names() -> list[str]:
    """Return the names of the articles, sorted."""
    return sorted(path.stem for path in HERE.glob("*.json"))


def gold(name: str) -> Gold:
    """Return what an article says."""
    said: Gold = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return said


def text(name: str) -> str:
    """Return an article."""
    return (HERE / f"{name}.txt").read_text("utf-8")


def body(name: str) -> str:
    """Return an organisation's name in the form in which names are compared."""
    unit = facility_id(name)
    if unit.startswith(("facility:lapas", "facility:rutan", "facility:bapas", "facility:lpka", "facility:rupbasan")):
        return unit
    return normal(name).replace("kelas ", "")


def f1(golds: Mapping[str, Gold], found: Mapping[str, Gold]) -> dict[str, float]:
    """Return F1 per list over all articles."""
    result = {}
    for key in LISTS:
        agreed = sum(agreeing(key, golds[name], found[name]) for name in golds)
        total = sum(len(_rows(golds[name], key)) + len(_rows(found[name], key)) for name in golds)
        result[key] = 2 * agreed / total if total else 1.0
    return result


def agreeing(key: str, said: Gold, found: Gold) -> int:
    """Return how many rows of a list agree, each counted once."""
    pairs: networkx.Graph[tuple[str, int]] = networkx.Graph()
    for number, row in enumerate(_rows(said, key)):
        for other, candidate in enumerate(_rows(found, key)):
            if _SAME[key](said.get("aliases", {}), row, candidate):
                pairs.add_edge(("said", number), ("found", other))
    return len(networkx.max_weight_matching(pairs, maxcardinality=True))


def _rows(facts: Gold, key: str) -> list[Row]:
    rows: list[Row] = facts["officials" if key == "positions" else key]
    return rows


def _accepted(aliases: Gold, name: str) -> list[str]:
    return [name, *aliases.get(name, [])]


def _same_body(aliases: Gold, row: str, other: str) -> bool:
    return body(other) in [body(form) for form in _accepted(aliases, row)]


def _same_person(aliases: Gold, row: Row, other: Row) -> bool:
    return fold(person_name(row["name"])) == fold(person_name(other["name"]))


def _same_post(aliases: Gold, row: Row, other: Row) -> bool:
    if not _same_person(aliases, row, other) or not _same_body(aliases, row["organisation"], other["organisation"]):
        return False
    return fold(other["position"]).split()[0] in [fold(form).split()[0] for form in _accepted(aliases, row["position"])]


def _same_event(aliases: Gold, row: Row, other: Row) -> bool:
    return (row["type"], row["date"]) == (other["type"], other["date"])


def _same_agreement(aliases: Gold, row: Row, other: Row) -> bool:
    if row["kind"] != other["kind"]:
        return False
    shared = sum(
        any(_same_body(aliases, party, candidate) for candidate in other["parties"]) for party in row["parties"]
    )
    return shared / (len(row["parties"]) + len(other["parties"]) - shared) >= 0.5


def _same_partnership(aliases: Gold, row: Row, other: Row) -> bool:
    return all(_same_body(aliases, row[end], other[end]) for end in ("facility", "partner"))


def _same_program(aliases: Gold, row: Row, other: Row) -> bool:
    if not _same_body(aliases, row["facility"], other["facility"]):
        return False
    return any(_overlap(form, other["name"]) >= 0.6 for form in _accepted(aliases, row["name"]))


def _overlap(one: str, other: str) -> float:
    first, second = _content(one), _content(other)
    return len(first & second) / len(first | second)


def _content(name: str) -> set[str]:
    lists = words("programs")
    plain = {*lists["telling"], *lists["empty"], "dan", "serta", "produksi", "unit"}
    return set(fold(name).split()) - plain or set(fold(name).split())


_SAME: Mapping[str, Callable[[Gold, Row, Row], bool]] = {
    "officials": _same_person,
    "positions": _same_post,
    "facilities": _same_body,
    "companies": _same_body,
    "public_bodies": _same_body,
    "organisations": _same_body,
    "events": _same_event,
    "agreements": _same_agreement,
    "partnerships": _same_partnership,
    "programs": _same_program,
}
