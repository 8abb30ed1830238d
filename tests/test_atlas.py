"""The map's figures agree with a count by hand; its geometry hides no unit and refuses what it cannot read."""

import csv
import itertools
import json
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph import atlas
from graph import coverage as cover
from graph.claims import Claim, Evidence, Mention, Node, Reading, properties
from graph.errors import BadInput
from graph.geography import INDONESIA, Box, around, boundaries, coastline, path, spread
from graph.insight.forecast import HORIZONS, forecast
from graph.publish import publish
from graph.settings import DEMO
from graph.store import Store
from tests.conftest import clear
from tests.made import AREAS, FACILITIES, document, mention, tie
from tests.test_coverage import TODAY, Said, networks, oracle

HOMES = {FACILITIES[0]: "ID-SB", FACILITIES[1]: "ID-SB", FACILITIES[2]: "ID-LA"}
NAMES = {"ID-SB": "Sumatera Barat", "ID-LA": "Lampung"}


def places() -> list[Claim]:
    said: list[Claim] = [mention(unit) for unit in FACILITIES]
    for iso, name in NAMES.items():
        place = Node("Place", f"place:{iso}")
        own = properties(kind="province", iso=iso, latitude=-1.0, longitude=100.0)
        said.append(Mention(place, name, Evidence("r"), own))
        said += [tie("LOCATED_IN", unit, place) for unit, home in HOMES.items() if home == iso]
    return said


@settings(max_examples=8)
@given(said=networks(), area=st.sampled_from(AREAS))
def test_each_province_counts_its_units_as_a_count_by_hand_does(store: Store, said: Said, area: str | None) -> None:
    clear(store)
    publish(store, Reading(document("daftar", kind="register"), places()))
    for made, claims in said:
        publish(store, Reading(made, claims))
    ground = cover.read_ground(store)
    answer = atlas.by_province(ground, as_of=TODAY, area=area)
    assert [row.iso for row in answer.rows] == ["ID-LA", "ID-SB"]
    for row in answer.rows:
        units = [unit for unit, home in HOMES.items() if home == row.iso]
        assert row.units == len(units)
        assert +Counter(row.counts) == Counter(oracle(said, unit, TODAY, area) for unit in units)
        served = {each for each in AREAS if each and any(oracle(said, unit, TODAY, each) == "active" for unit in units)}
        assert row.areas == len(served)
    (outlook,) = forecast(ground, as_of=TODAY, area=area).rows
    for months in (0, *HORIZONS):
        later = atlas.by_province(ground, as_of=TODAY, area=area, months=months).rows
        assert +Counter(outlook.counts[months]) == sum((Counter(row.counts) for row in later), Counter())
    assert atlas.positions(store) == dict.fromkeys((unit.id for unit in FACILITIES), (100.0, -1.0))


@given(st.dictionaries(st.integers(0, 40), st.tuples(st.integers(0, 3), st.sampled_from(["active", "none"]))))
def test_groups_hold_every_unit_whose_place_is_known_once(units: dict[int, tuple[int, str]]) -> None:
    rows = [cover.Coverage(f"f:{n}", "", None, "ID-SB", "", state) for n, (_, state) in units.items()]
    known = {f"f:{n}": (float(place), 0.0) for n, (place, _) in units.items() if place}
    found = atlas.grouped(rows, known)
    expected = Counter((known[row.facility_id], row.state) for row in rows if row.facility_id in known)
    assert {(group.at, group.state): group.count for group in found} == expected
    assert [group.count for group in found] == sorted(expected.values(), reverse=True)


def test_every_province_of_the_register_has_a_tile_of_its_own() -> None:
    with (DEMO / "register" / "provinces.csv").open(encoding="utf-8", newline="") as file:
        known = {row["iso"] for row in csv.DictReader(file)}
    tiles = atlas.tiles()
    assert {tile.iso for tile in tiles} == known
    assert len(known) == len({(tile.row, tile.column) for tile in tiles}) == len({tile.short for tile in tiles}) == 38


@pytest.mark.parametrize(
    ("count", "of", "level", "percent"),
    [
        (0, 0, None, "–"),
        (0, 9, 0, "0%"),
        (1, 612, 1, "<1%"),
        (1, 10, 1, "10%"),
        (11, 100, 2, "11%"),
        (1, 2, 3, "50%"),
        (611, 612, 5, ">99%"),
        (9, 9, 5, "100%"),
    ],
)
def test_a_share_that_is_neither_none_nor_all_never_reads_so(count: int, of: int, level: int, percent: str) -> None:
    part = atlas.Part(count, of)
    assert (part.level, part.percent) == (level, percent)


def test_where_nothing_is_known_no_share_is_claimed() -> None:
    unknown = dict.fromkeys(["active", "lapsed", "planned", "none"], 0) | {"unknown": 7}
    row = atlas.Province("ID-AC", "Aceh", 7, unknown, 0)
    assert [row.measured(each).percent for each in ("active", "none", "areas", "unknown")] == ["?", "?", "?", "100%"]
    assert row.measured("active").level is None


@settings(max_examples=40)
@given(
    points=st.lists(st.sampled_from([(100.0, 0.0), (100.05, 0.0), (100.3, -0.9), (118.2, 3.1)]), max_size=80),
    pitch=st.sampled_from([0.05, 0.2, 0.7]),
)
@example(points=[(100.0, 0.0)] * 300, pitch=0.1)
def test_no_point_hides_another_and_the_same_points_always_lie_alike(
    points: list[tuple[float, float]], pitch: float
) -> None:
    placed = {f"facility:{number}": point for number, point in enumerate(points)}
    moved = spread(placed, pitch)
    assert moved.keys() == placed.keys()
    assert spread(dict(reversed(placed.items())), pitch) == moved
    for one, other in itertools.combinations(moved.values(), 2):
        assert math.dist(one, other) > pitch * 0.999
    if len(set(points)) == len(points) == 1:
        assert math.dist(moved["facility:0"], points[0]) <= pitch


def test_the_coast_lies_in_the_box_around_indonesia_and_is_drawn_within_the_picture() -> None:
    rings = coastline()
    assert len(rings) > 200
    assert all(92 <= x <= 144 and -13 <= y <= 9 for ring in rings for x, y in ring)
    assert sum(INDONESIA.meets(ring) for ring in rings) > 150
    drawn = path(rings, Box(100, -2, 102, -1), 1000)
    assert drawn.startswith("M")
    assert "nan" not in drawn
    box = around([(100.0, -1.0)])
    assert box.west < 100 < box.east
    assert box.width / box.height == pytest.approx(1.9)


SQUARE = [[100.0, -1.0], [101.0, -1.0], [101.0, 0.0], [100.0, -1.0]]


@pytest.mark.parametrize("property_", [{"kode": "id-sb"}, {"PROVINSI": "SUMATERA BARAT", "luas": 1.5}])
@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_boundaries_find_their_province_by_code_or_name(
    tmp_path: Path, property_: dict[str, object], kind: str
) -> None:
    coordinates = [SQUARE] if kind == "Polygon" else [[SQUARE]]
    feature = {"properties": property_, "geometry": {"type": kind, "coordinates": coordinates}}
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    found = boundaries(file, NAMES)
    assert found == {"ID-SB": (((100.0, -1.0), (101.0, -1.0), (101.0, 0.0), (100.0, -1.0)),)}


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "[]",
        "{}",
        '{"features": 3}',
        '{"features": [{"properties": {"n": "Lampung"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        json.dumps({"features": [{"properties": {"n": "Lampung"}, "geometry": {"type": "Polygon"}}]}),
        '{"features": [{"properties": {"n": "Lampung"}, "geometry":'
        ' {"type": "Polygon", "coordinates": [[[700000, 9e6], [700001, 9e6], [700001, 9e6]]]}}]}',
        '{"features": [{"properties": {"n": "Atlantis"}, "geometry": null}]}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_map_of_provinces_is_refused_by_name(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "batas.geojson"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(BadInput, match="batas"):
        boundaries(file, NAMES)
