"""The picture: what is drawn of a network, where it stands, and that hostile text stays text in it."""

import itertools
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.captions import leave_room
from graph.layout import HEIGHT, WIDTH, layout
from graph.picture import VIS_NETWORK, claims_of, legend, picture, standalone_html
from graph.schema import schema
from graph.text import plain
from graph.words import LANGUAGES, Language
from tests.browser import visit
from tests.networks import HOSTILE, neighbourhood, sample, star

if TYPE_CHECKING:
    from playwright.sync_api import Browser

both = pytest.mark.parametrize("language", LANGUAGES)
names = st.one_of(
    st.text(st.characters(), max_size=60),  # with broken code points and control characters
    st.lists(
        st.sampled_from(("<script", "</script>", "href", "javascript:", '"', "'", "<!--", "{{", "\u202e", " "))
    ).map("".join),
)


def luminance(color: str) -> float:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_claims_that_differ_only_by_their_source_are_one_edge() -> None:
    drawn = picture(sample(), "id", {})
    partners = [row for row in drawn["edges"] if (row["from"], row["to"]) == ("pt", "lapas-padang")]
    told = {tuple(row["claims"]): row for row in partners}
    assert len(partners) == 2
    agreed = told["a:pt:PARTNERS_WITH:lapas-padang:active", "b:pt:PARTNERS_WITH:lapas-padang:active"]
    assert claims_of(drawn, agreed["id"]) == list(agreed["claims"])
    assert agreed["width"] > told[("b:pt:PARTNERS_WITH:lapas-padang:ended",)]["width"]
    assert claims_of(drawn, "no such edge") == []


def test_every_claim_stands_behind_exactly_one_edge() -> None:
    network = sample()
    claims = [claim for row in picture(network, "en", {})["edges"] for claim in row["claims"]]
    assert sorted(claims) == sorted(key for *_, key in network.edges(keys=True))


def test_an_edge_keeps_its_id_when_a_source_or_a_neighbour_comes() -> None:
    before = {row["id"] for row in picture(neighbourhood(sample(), ["pt"]), "id", {})["edges"]}
    after = {row["id"] for row in picture(sample(), "en", {})["edges"]}
    assert before < after


def test_planned_ties_are_dashed_and_ended_ones_faint() -> None:
    by_type = {(row["type"], row["from"]): row for row in picture(sample(), "id", {})["edges"]}
    assert by_type["RUNS", "lapas-bukittinggi"]["dashes"]
    assert not by_type["PART_OF", "lapas-padang"]["dashes"]
    faint = [row for row in picture(sample(), "id", {})["edges"] if row["color"]["opacity"] < 0.5]
    assert [row["claims"] for row in faint] == [["b:pt:PARTNERS_WITH:lapas-padang:ended"]]


def test_ties_of_one_pair_do_not_lie_upon_each_other() -> None:
    drawn = picture(sample(), "id", {})["edges"]
    for _, rows in itertools.groupby(sorted(drawn, key=_pair), key=_pair):
        bends = [json.dumps([row["smooth"], row["from"]]) for row in rows]
        assert len(bends) == len(set(bends))


def _pair(row: dict[str, str]) -> list[str]:
    return sorted((row["from"], row["to"]))


@both
def test_the_popup_of_an_edge_names_type_properties_status_and_sources(language: Language) -> None:
    rows = {(row["from"], row["type"]): row for row in picture(sample(), language, {})["edges"]}
    post, check = rows["Marten", "HOLDS"]["title"], rows["doc", "CHECKED"]["title"]
    assert schema().relationships["HOLDS"].name.in_(language) in post
    assert "Kepala" in post
    assert schema().term("claim_status", "active", language) in post
    assert "“Kepala Lapas Padang bertemu" in post
    assert "Kalapas Padang bertemu mitra" in post
    assert schema().term("check_result", "none", language) in check


@both
def test_a_node_shows_its_name_its_kind_and_how_many_ties_are_hidden(language: Language) -> None:
    drawn = picture(neighbourhood(sample(20), ["event:pertemuan"]), language, {}, "event:pertemuan")
    rows = {row["id"]: row for row in drawn["nodes"]}
    assert "Kantor Wilayah Kementerian Hukum dan HAM Sumatera Barat" in rows["pb:kanwil"]["title"]
    assert schema().labels["PublicBody"].name.in_(language) in rows["pb:kanwil"]["title"]
    assert rows["pb:kanwil"]["label"].endswith("\n+20")
    assert "+" not in rows["event:pertemuan"]["label"]
    assert drawn["focus"] == "event:pertemuan"
    assert "14" in drawn["words"]["summary"]


def test_of_many_ties_only_those_of_the_focus_carry_their_names() -> None:
    few = picture(neighbourhood(sample(), ["program"]), "id", {})
    assert any(row["label"] for row in few["edges"])
    many = picture(neighbourhood(sample(), ["event:pertemuan"]), "id", {}, "event:pertemuan")
    named = [row for row in many["edges"] if row["label"]]
    assert named
    assert all("event:pertemuan" in (row["from"], row["to"]) for row in named)


def test_a_tie_without_room_for_its_name_goes_without_and_that_of_the_focus_is_named_first() -> None:
    nodes = [_drawn_node(id_, x, y) for id_, x, y in (("a", 0, 0), ("b", 400, 0), ("c", 0, 40), ("d", 400, 40))]
    crossing = [_drawn_edge("a", "d"), _drawn_edge("b", "c")]
    assert [row["label"] for row in leave_room(nodes, crossing, "c")] == ["", "bermitra dengan"]
    assert [row["label"] for row in leave_room(nodes, crossing, "a")] == ["bermitra dengan", ""]
    apart = [_drawn_edge("a", "b"), _drawn_edge("c", "d")]
    assert all(row["label"] for row in leave_room(nodes, apart, None))
    between = [*nodes, _drawn_node("e", 200, 0)]
    assert [row["label"] for row in leave_room(between, apart, None)] == ["", "bermitra dengan"]


def test_of_two_ties_between_the_same_nodes_both_are_named_where_one_curves_away() -> None:
    nodes = [_drawn_node("a", 0, 0), _drawn_node("b", 600, 0)]
    curve = {"enabled": True, "type": "curvedCW", "roundness": 0.18}
    both = [_drawn_edge("a", "b"), _drawn_edge("a", "b") | {"smooth": curve}]
    assert all(row["label"] for row in leave_room(nodes, both, "a"))


def _drawn_node(id_: str, x: float, y: float) -> dict[str, Any]:
    return {"id": id_, "x": x, "y": y, "size": 10, "shape": "dot", "label": "", "font": {"size": 1}}


def _drawn_edge(start: str, end: str) -> dict[str, Any]:
    return {"from": start, "to": end, "label": "bermitra dengan", "smooth": {"enabled": False}}


def test_numbers_of_numpy_and_ids_of_numpy_become_plain() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in (np.str_("a"), np.str_("b")):
        network.add_node(node, label="Company", name=np.str_("PT"), properties={}, degree=np.int64(3))
    network.add_edge(np.str_("a"), np.str_("b"), key=np.str_("c"), type="PARTNERS_WITH", status="active", properties={})
    drawn = picture(network, "id", {"a": (np.float64(1), np.float32(2))})  # type: ignore[dict-item]
    assert json.loads(json.dumps(drawn)) == drawn
    assert (drawn["nodes"][0]["x"], drawn["nodes"][0]["y"]) == (1, 2)


def test_an_empty_network_is_a_picture_too() -> None:
    drawn = picture(nx.MultiDiGraph(), "id", {})
    assert (drawn["nodes"], drawn["edges"], drawn["legend"]) == ([], [], [])
    assert "<body>" in standalone_html(nx.MultiDiGraph(), "id")


def test_the_network_itself_is_not_changed() -> None:
    network, before = sample(), sample()
    picture(network, "id", {}, "pt")
    standalone_html(network, "id")
    assert nx.utils.graphs_equal(network, before)


@both
def test_the_legend_tells_all_marks_apart_by_shape_alone(language: Language) -> None:
    labels = [entry for entry in legend(language) if entry["shape"] != "line"]
    assert [entry["label"] for entry in labels] == list(schema().labels)
    assert len({entry["outline"] for entry in labels}) == len(labels)
    assert len({entry["name"] for entry in legend(language)}) == len(legend(language))


def test_the_legend_of_a_network_has_only_what_is_drawn() -> None:
    shown = {entry["label"] for entry in legend("id", neighbourhood(sample(), ["program"]))}
    assert shown == {"Facility", "Company", "Program", "Agreement", "planned"} | (shown & {"ended"})


def test_colours_stand_out_on_light_and_on_dark() -> None:
    for name, label in schema().labels.items():
        for paper in ("#ffffff", "#0e1117"):
            assert contrast(label.color, paper) >= 3, (name, paper)
        if label.shape in {"box", "ellipse", "database"}:
            assert contrast(label.color, "#ffffff") >= 4.5, name


def test_the_drawing_library_is_the_one_that_pyvis_carries() -> None:
    assert VIS_NETWORK.is_file()
    assert "site-packages" in VIS_NETWORK.parts


# Where the nodes stand ---------------------------------------------------------------------------


def overlaps(places: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    pairs = itertools.combinations(sorted(places.items()), 2)
    return [(a, b) for (a, (ax, ay)), (b, (bx, by)) in pairs if abs(ax - bx) < WIDTH and abs(ay - by) < HEIGHT]


def joined(one: "nx.MultiDiGraph[str]", other: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    both_: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for part in (one, other):
        both_.update(part)
    return both_


@settings(deadline=None, max_examples=40)
@given(first=st.integers(1, 60), second=st.integers(0, 90), third=st.integers(0, 30))
def test_expanding_moves_nothing_and_puts_nothing_upon_another(first: int, second: int, third: int) -> None:
    network = star("a", first)
    places = layout(network, {}, "a")
    for centre, count in (("a-0", second), (f"a-{first - 1}", third)):
        network = joined(network, star(centre, count))
        before, places = places, layout(network, places, centre)
        assert places.items() >= before.items()
        assert set(places) == set(network)
        assert overlaps(places) == []


def test_the_same_network_is_laid_out_the_same_whatever_its_order() -> None:
    network = sample(30)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    for start, end, key, tie in reversed([*network.edges(keys=True, data=True)]):
        turned.add_edge(start, end, key, **tie)
    assert layout(network, {}, "pb:kanwil") == layout(turned, {}, "pb:kanwil")


def test_the_places_of_nodes_not_drawn_are_remembered() -> None:
    assert layout(star("a", 2), {"gone": (5.0, 7.0)}, "a")["gone"] == (5.0, 7.0)


def test_a_place_that_is_no_place_is_replaced() -> None:
    places = layout(star("a", 2), {"a": (float("nan"), 0.0)}, "a")
    assert places["a"] == (0.0, 0.0)


def test_parts_that_hang_together_with_nothing_find_a_place_too() -> None:
    network = joined(star("a", 8), star("b", 5))
    network.add_node("alone", label="Place", name="Alone")
    places = layout(network, {})
    assert set(places) == set(network)
    assert overlaps(places) == []


@pytest.mark.parametrize("tied", [1, 2, 4])
def test_many_parts_tied_to_nothing_stand_together_as_a_block_not_in_a_line(tied: int) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for part in range(200 // tied):
        network.update(star(f"a{part}", tied - 1))
    places = layout(network, {})
    assert set(places) == set(network)
    assert overlaps(places) == []
    across, down = ([place[axis] for place in places.values()] for axis in (0, 1))
    width, height = max(across) - min(across), max(down) - min(down)
    assert height < width < 3 * height
    assert abs(max(across) + min(across)) < WIDTH


def test_a_first_picture_is_wider_than_high_and_near_its_middle() -> None:
    places = layout(star("a", 12), {}, "a")
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    height = max(y for _, y in places.values()) - min(y for _, y in places.values())
    assert places["a"] == (0, 0)
    assert height < width < 1400


# Hostile text ------------------------------------------------------------------------------------


@cache
def _clean() -> str:
    return standalone_html(star("a", 1, name="PT"), "id")


@settings(deadline=None, max_examples=50)
@given(name=names, where=names, title=names)
def test_any_text_goes_through_json_and_stays_out_of_markup(name: str, where: str, title: str) -> None:
    network = star("a", 1, name=name)
    for *_, tie in network.edges(data=True):
        tie.update(where=where, source_title=title, properties={"area": name})
    drawn = picture(network, "id", {}, "a")
    assert json.loads(json.dumps(drawn)) == drawn
    page = standalone_html(network, "id", title=title, note=where)
    page.encode("utf-8")
    for tag in ("<script", "</script", "<style", "<a ", "<img", "<iframe", "<!--", "<body", "popup.innerHTML"):
        assert page.count(tag) == _clean().count(tag), tag


@given(names)
def test_plain_text_is_one_line_that_cannot_turn_its_surroundings(text: str) -> None:
    line = plain(text)
    line.encode("utf-8")
    assert not set(line) & set("\n\r\u2028\u2029\x00\u202e\u2067")
    assert plain(line) == line


def test_the_longest_name_does_not_make_the_picture_large() -> None:
    row = picture(star("a", 1, name="x" * 10_000), "id", {})["nodes"][0]
    assert len(row["title"]) < 600
    assert max(map(len, row["label"].splitlines())) <= 20


@pytest.mark.slow
@pytest.mark.browser
def test_the_standalone_file_asks_nobody_and_runs_no_name(browser: "Browser", tmp_path: Path) -> None:
    network = sample()
    file = tmp_path / "network.html"
    file.write_text(standalone_html(network, "id", focus="pt", title=HOSTILE[1], note=HOSTILE[3]), "utf-8")
    with visit(browser, file.as_uri()) as seen:
        seen.page.wait_for_function("() => globalThis.network && network.getScale() > 0")
        seen.page.wait_for_timeout(300)
        for node in range(len(HOSTILE)):
            seen.page.mouse.move(2, 2)
            seen.page.mouse.move(*seen.page.evaluate(WHERE, f"bad-{node}"))
            seen.page.wait_for_timeout(180)
        assert seen.page.evaluate("() => nodes.length") == network.number_of_nodes()
        assert seen.page.locator("h1").inner_text() == HOSTILE[1]
        assert seen.page.locator(".vis-tooltip").inner_text().startswith("**tebal** <b>tebal</b>")
        assert seen.page.evaluate("() => window.__pwn ?? null") is None
        assert (seen.hosts, seen.errors, seen.console) == (set(), [], [])


WHERE = """(id) => {
  const at = network.canvasToDOM(network.getPosition(id));
  const field = document.getElementById("mynetwork").getBoundingClientRect();
  return [field.x + at.x, field.y + at.y];
}"""
