"""Suggestions: partners that could serve a facility, because they serve facilities like it, each with its reasons."""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.answer import Answer
from graph.catalog import find_query
from graph.errors import BadInput
from graph.insight.projection import resolve
from graph.network import names
from graph.schema import schema
from graph.status import data_version
from graph.store import NodeRecord, Store
from graph.words import Language, number, say

QUERY = "who-serves-whom"
REACH_KM = 50.0
UNPLACED_KM = 500.0
OTHER_AREA, OTHER_KIND, OTHER_PROVINCE = 0.2, 0.9, 0.8
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Served:
    """A claim by which a partner serves a facility on the day, in an area where one is said."""

    partner: str
    facility: str
    area: str | None
    claim: str
    source: str
    where: str


@dataclass(frozen=True, slots=True)
class Site:
    """What makes a facility, or a partner's seat, like another: kind, province, position in degrees, areas it runs."""

    kind: str | None = None
    province: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner with its score from 0 to 1 and the parts whose product it is.

    `nearest` is the id of the facility it serves (or "" for its own seat) that lies nearest, `kilometres` away, None
    if no position is known; `areas` are those it serves that fit. `facts` are the claims that these rest on, and
    `source_title` names the document of the first of them.
    """

    partner: str
    score: float
    kilometres: float | None
    nearest: str
    areas: tuple[str, ...]
    same_kind: bool
    same_province: bool
    facilities: int
    facts: tuple[Served, ...]
    source_title: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """What suggestions rest on: nodes, who serves whom on the day, where all are, titles of documents, the version."""

    nodes: Mapping[str, NodeRecord]
    served: tuple[Served, ...]
    sites: Mapping[str, Site]
    titles: Mapping[str, str]
    as_of: datetime.date
    version: str

    def suggested(self, facility: str, *, area: str | None = None, k: int = 5) -> list[tuple[NodeRecord, Suggestion]]:
        """Return the `k` partners of the highest score for the facility of this id that do not serve it yet."""
        found = rank(facility, self.served, self.sites, area=area)[:k]
        return [(self.nodes[each.partner], replace(each, source_title=self._title(each.facts[0]))) for each in found]

    def _title(self, fact: Served) -> str:
        return self.titles.get(fact.source) or fact.source


def read_market(store: Store, as_of: datetime.date, *, synthetic: bool = False) -> Market:
    """Return what suggestions on a day rest on, read once for many facilities."""
    nodes = {node.id: node for node in names(store) if synthetic or not node.properties.get("synthetic")}
    served = tuple(each for each in served_on_day(store, as_of, synthetic=synthetic) if each.partner in nodes)
    titles = {row["id"]: row["name"] for row in store.read("MATCH (d:Document) RETURN d.id AS id, d.name AS name")}
    return Market(nodes, served, sites(store), titles, as_of, data_version(store))


def suggestions(
    store: Store,
    facility: str,
    *,
    area: str | None = None,
    k: int = 5,
    as_of: datetime.date | None = None,
    synthetic: bool = False,
) -> Answer[tuple[NodeRecord, Suggestion]]:
    """Return the `k` partners of the highest score that do not serve the facility yet, in the area if one is given.

    `facility` is an id or a name. Raises BadInput for a name that fits no facility or several, and for an area that
    there is not.
    """
    if area and area not in schema().vocabularies["area"]:
        raise BadInput("coverage.not_a_term", value=area, known=", ".join(schema().vocabularies["area"]))
    market = read_market(store, as_of or datetime.date.today(), synthetic=synthetic)
    target = resolve([node for node in market.nodes.values() if node.label == "Facility"], facility)
    return Answer(QUERY, market.as_of, market.version, market.suggested(target.id, area=area, k=k))


def reasons(found: Suggestion, language: Language) -> list[str]:
    """Return in words why a partner is suggested: areas, distance, kind and province, as far as they speak for it."""
    told = []
    if found.areas:
        areas = ", ".join(schema().term("area", area, language) for area in found.areas)
        told.append(say("insight.reason.area", language, areas=areas))
    if found.kilometres is not None:
        away = number(float(found.kilometres), language)
        told.append(say("insight.reason.near" if found.nearest else "insight.reason.seat", language, kilometres=away))
    if found.same_kind:
        told.append(say("insight.reason.kind", language))
    if found.same_province:
        told.append(say("insight.reason.province", language))
    return told


def served_on_day(store: Store, as_of: datetime.date, *, synthetic: bool = False) -> list[Served]:
    """Return every row of `who-serves-whom`, sorted by claim, so that both engines give the same list."""
    rows = find_query(QUERY).run(store, as_of=as_of, synthetic=synthetic)
    return sorted((Served(**row) for row in rows), key=lambda each: (each.claim, each.facility, each.area or ""))


_SITES = (
    "MATCH (n:{label}) OPTIONAL MATCH (n)-[:LOCATED_IN]->(place:Place) "
    "OPTIONAL MATCH (place)-[:LOCATED_IN]->(above:Place {{kind: 'province'}}) "
    "RETURN n.id AS id, n.kind AS kind, n.latitude AS latitude, n.longitude AS longitude, "
    "min(coalesce(above.id, place.id)) AS province, min(place.latitude) AS place_latitude, "
    "min(place.longitude) AS place_longitude"
)
_AREAS = "MATCH (n:Facility)-[:RUNS]->(p:Program) WHERE p.area IS NOT NULL RETURN DISTINCT n.id AS id, p.area AS area"


def sites(store: Store) -> dict[str, Site]:
    """Return what is known of every facility, and of the seat of every partner, by id."""
    areas: dict[str, set[str]] = defaultdict(set)
    for row in store.read(_AREAS):
        areas[row["id"]].add(row["area"])
    found = {}
    for label in ("Facility", "Company", "PublicBody", "Organization"):
        for row in store.read(_SITES.format(label=label)):
            exact = row["latitude"] is not None and row["longitude"] is not None
            point = ("latitude", "longitude") if exact else ("place_latitude", "place_longitude")
            north, east = (row[each] for each in point)
            found[row["id"]] = Site(row["kind"], row["province"], north, east, frozenset(areas[row["id"]]))
    return found


def rank(
    target: str, served: Iterable[Served], sites: Mapping[str, Site], *, area: str | None = None
) -> list[Suggestion]:
    """Return every partner that may be suggested to the target, best first.

    The score is area × kind × province × exp(−kilometres / 50). Area: 1 if the partner serves in the area asked for,
    or, where none is asked for, in one that the facility runs a program in; else 0.2, and nobody is suggested for an
    area that they serve nowhere. Kind: 1 if it serves a facility of this kind, else 0.9. Province: 1 if it serves one
    there or sits there, else 0.8. Kilometres: to the nearest facility it serves, or to its seat; 500 if unknown.
    """
    by_partner: dict[str, list[Served]] = defaultdict(list)
    for each in served:
        by_partner[each.partner].append(each)
    found = []
    for partner, facts in by_partner.items():
        fitting = [each for each in facts if area in (None, each.area)]
        if fitting and all(each.facility != target for each in fitting):
            found.append(_suggestion(target, partner, fitting, sites, area))
    return sorted(found, key=lambda each: (-each.score, -each.facilities, each.partner))


def _suggestion(
    target: str, partner: str, facts: list[Served], sites: Mapping[str, Site], area: str | None
) -> Suggestion:
    own, seat = sites.get(target, Site()), sites.get(partner, Site())
    wanted = {area} if area else own.areas
    areas = sorted({each.area for each in facts if each.area} & wanted)
    places = {each.facility: sites.get(each.facility, Site()) for each in facts}
    away = {id_: distance(own, site) for id_, site in (places | {"": seat}).items()}
    nearest = min(away, key=lambda id_: (away[id_], id_))
    same_kind = any(site.kind == own.kind for site in places.values())
    same_province = own.province is not None and own.province in {seat.province, *(s.province for s in places.values())}
    score = math.exp(-min(UNPLACED_KM, away[nearest]) / REACH_KM)
    score *= (1 if areas else OTHER_AREA) * (1 if same_kind else OTHER_KIND) * (1 if same_province else OTHER_PROVINCE)
    told = [each for each in facts if each.facility == nearest or each.area in areas] or facts[:1]
    known = None if math.isinf(away[nearest]) else away[nearest]
    return Suggestion(partner, score, known, nearest, tuple(areas), same_kind, same_province, len(places), tuple(told))


def distance(one: Site, other: Site) -> float:
    """Return the kilometres between two sites on the great circle (haversine), infinite if a position is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return math.inf
    north, east, south, west = (
        math.radians(each or 0.0) for each in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin((west - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
