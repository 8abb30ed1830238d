"""Coverage: which facilities have a partner, by the one definition in `queries/facilities-without-partner.cypher`."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.catalog import find_query
from graph.errors import BadInput
from graph.names import fold, normal
from graph.schema import schema
from graph.store import Store

QUERY = "facilities-without-partner"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One facility's state on a day; `state` is a `coverage_state` of the schema, `province` an ISO 3166-2 code."""

    facility_id: str
    name: str
    kind: str | None
    province: str | None
    province_name: str | None
    state: str


def coverage(
    store: Store,
    *,
    province: str | None = None,
    kind: str | None = None,
    area: str | None = None,
    as_of: datetime.date | None = None,
    synthetic: bool = False,
) -> list[Coverage]:
    """Return the state of every facility (of a province, of a kind), one row each, sorted by id.

    `province` is an ISO code or a name, `area` limits what counts as partnership, `as_of` defaults to today,
    `synthetic` counts invented facilities and ties too. Raises
    BadInput for a province, kind or area that there is not.
    """
    code = province_code(store, province) if province else None
    for vocabulary, value in (("facility_kind", kind), ("area", area)):
        if value and value not in schema().vocabularies[vocabulary]:
            raise BadInput("coverage.not_a_term", value=value, known=", ".join(schema().vocabularies[vocabulary]))
    rows = find_query(QUERY).run(store, province=code, kind=kind, area=area, as_of=as_of, all=True, synthetic=synthetic)
    return [
        Coverage(
            row["facility"].id,
            row["facility"].name,
            row["facility"].properties.get("kind"),
            row["province"],
            row["province_name"],
            row["state"],
        )
        for row in rows
    ]


def counts(rows: Iterable[Coverage]) -> dict[str, int]:
    """Return how many facilities are in each state, every state named, in the order in which they are tried."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in schema().vocabularies["coverage_state"]}


def provinces(store: Store) -> dict[str, str]:
    """Return the provinces in the graph, name by ISO code, sorted by name."""
    rows = store.read("MATCH (p:Place {kind: 'province'}) RETURN p.iso AS iso, p.name AS name")
    return {row["iso"]: row["name"] for row in sorted(rows, key=lambda row: str(row["name"])) if row["iso"]}


def province_code(store: Store, province: str) -> str:
    """Return the ISO code of a province given by code or name; raise BadInput if there is none such."""
    for code, name in provinces(store).items():
        if fold(province) in (fold(code), fold(name)) or normal(province) == normal(name):
            return code
    raise BadInput("coverage.no_place", province=province)
