"""The network as a picture: what a reader sees of each node and tie, for the live view and as a file of its own."""

import hashlib
import html
import json
import math
import re
import textwrap
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict

import networkx as nx
import pyvis
from pyvis.network import Network

from graph.captions import EDGE_FONT, INSIDE, leave_room
from graph.layout import Position, layout
from graph.schema import schema
from graph.text import plain, shortened
from graph.words import Language, number, say

__all__ = [
    "VIS_NETWORK",
    "LegendEntry",
    "Picture",
    "claims_of",
    "layout",
    "legend",
    "picture",
    "standalone_html",
]

VIS_NETWORK = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
"""The drawing library that the installed pyvis carries."""

_LONGEST_NAME, _LINE, _LINES, _LONGEST_SENTENCE, _SOURCES_SHOWN = 400, 20, 3, 240, 3
_NAMED_EDGES, _NAMED_EDGES_OF_ONE = 16, 24
_INK, _PAPER, _QUIET, _CHOSEN = "#1f2933", "#ffffff", "#8a95a3", "#3e4c59"

_OUTLINES: Mapping[str, str] = {
    "dot": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2z",
    "square": "M2.5 2.5h11v11h-11z",
    "diamond": "M8 .8 15.2 8 8 15.2.8 8z",
    "triangle": "M8 1.5 15 14H1z",
    "triangleDown": "M1 2h14L8 14.5z",
    "hexagon": "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    "star": "M8 .8l2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12.2l-4.6 2.7 1.2-5.2-4-3.5 5.3-.5z",
    "box": "M2 3.5h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z",
    "ellipse": "M8 3.5c4 0 7 2 7 4.5s-3 4.5-7 4.5S1 10.5 1 8s3-4.5 7-4.5z",
    "database": "M2 4c0-1.3 2.7-2.3 6-2.3s6 1 6 2.3v8c0 1.3-2.7 2.3-6 2.3S2 13.3 2 12z",
}


class LegendEntry(TypedDict):
    """One line of the legend: what it stands for and its mark, an outline on a field of 16 x 16."""

    label: str
    name: str
    says: str
    color: str
    shape: str
    outline: str
    dashed: bool
    faint: bool
    off: bool


class Picture(TypedDict):
    """All that the live view draws, ready for JSON."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    legend: list[LegendEntry]
    words: dict[str, str]
    language: str
    focus: str | None


_Claim = tuple[str, str, str, Mapping[str, Any]]


def _wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, _LINE, max_lines=_LINES, placeholder="…"))


def picture(
    network: "nx.MultiDiGraph[str]",
    language: Language,
    positions: Mapping[str, Position],
    focus: str | None = None,
) -> Picture:
    """Return the network drawn by pyvis: one node a node, one edge for all claims that differ only by their source.

    An edge's width grows with its claims; a planned tie is dashed, an ended one faint. A node without a position gets
    one. Names are text: shortened on the canvas, whole (up to 400 characters) in the popup.
    """
    net = _network(network, language, positions, focus)
    nodes, edges, _heading, _height, _width, options = net.get_network_data()
    return Picture(
        nodes=nodes,
        edges=edges,
        options=json.loads(options),
        legend=legend(language, network),
        words=_words(network, language, focus),
        language=language,
        focus=None if focus is None else str(focus),
    )


def claims_of(drawn: Picture, edge: str) -> list[str]:
    """Return the ids of the claims behind a drawn edge, sorted; none if the picture has no such edge."""
    return next((list(row["claims"]) for row in drawn["edges"] if row["id"] == edge), [])


def legend(
    language: Language, network: "nx.MultiDiGraph[str] | None" = None, off: Collection[str] = ()
) -> list[LegendEntry]:
    """Return what the marks mean, in the schema's order: all labels, or what a network has of labels and statuses.

    Marks named in `off` are marked as switched off.
    """
    labels = None if network is None else {data.get("label") for _, data in network.nodes(data=True)}
    statuses = {"planned", "ended"} if network is None else {tie.get("status") for *_, tie in network.edges(data=True)}
    entries = [
        _entry(name, label.name.in_(language), label.says.in_(language), label.color, label.shape, off)
        for name, label in schema().labels.items()
        if labels is None or name in labels
    ]
    return entries + [
        _entry(status, say(f"picture.{status}", language), "", "", "line", off)
        for status in ("planned", "ended")
        if status in statuses
    ]


def _entry(label: str, name: str, says: str, color: str, shape: str, off: Collection[str]) -> LegendEntry:
    return LegendEntry(
        label=label,
        name=name,
        says=says,
        color=color,
        shape=shape,
        outline=_OUTLINES.get(shape, "M0 8h16"),
        dashed=label == "planned",
        faint=label == "ended",
        off=label in off,
    )


def _words(network: "nx.MultiDiGraph[str]", language: Language, focus: str | None) -> dict[str, str]:
    nodes, ties = number(network.number_of_nodes(), language), number(network.number_of_edges(), language)
    summary = say("picture.summary", language, nodes=nodes, ties=ties)
    if focus is not None and focus in network:
        summary += " " + say("picture.in_the_middle", language, name=_name(network, focus))
    keys = ("fit", "png", "file", "keys", "failed", "drawing", "marks")
    return {"summary": summary, **{key: say(f"picture.{key}", language) for key in keys}}


def _network(
    network: "nx.MultiDiGraph[str]", language: Language, positions: Mapping[str, Position], focus: str | None
) -> Network:
    net = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    net.options = _options()
    places = layout(network, positions, focus)
    for node in network:
        net.add_node(**_node(network, node, language, places[str(node)], node == focus))
    for edge in leave_room(net.nodes, _edges(network, language, focus), focus):
        net.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    return net


def _options() -> dict[str, Any]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "hideEdgesOnDrag": True, "tooltipDelay": 120, "keyboard": {"enabled": False}},
        "nodes": {
            "borderWidth": 1,
            "borderWidthSelected": 4,
            "margin": {"top": 8, "right": 10, "bottom": 8, "left": 10},
            "font": {"size": 16, "face": "sans-serif", "color": _INK, "background": _PAPER},
        },
        "edges": {
            "smooth": False,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "color": {"color": _QUIET, "highlight": _CHOSEN, "hover": _CHOSEN, "inherit": False},
            "font": {"size": EDGE_FONT, "face": "sans-serif", "color": _INK, "background": _PAPER, "strokeWidth": 0},
            "chosen": {"edge": True, "label": False},
            "hoverWidth": 0.5,
            "selectionWidth": 0.8,
        },
    }


def _name(network: "nx.MultiDiGraph[str]", node: str) -> str:
    return shortened(network.nodes[node].get("name") or node, _LONGEST_NAME) or plain(node)


def _node(
    network: "nx.MultiDiGraph[str]", node: str, language: Language, position: Position, focused: bool
) -> dict[str, Any]:
    data = network.nodes[node]
    label = schema().labels[data["label"]]
    name, drawn = _name(network, node), network.degree(node)
    hidden = max(0, int(data.get("degree", drawn)) - drawn)
    ties = say("picture.ties", language, drawn=number(drawn, language), hidden=number(hidden, language))
    return {
        "n_id": str(node),
        "label": _wrapped(name) + (f"\n+{number(hidden, language)}" if hidden else ""),
        "title": f"{name}\n{label.name.in_(language)} · {ties}",
        "name": name,
        "kind": data["label"],
        "shape": label.shape,
        "color": _paint(label.color),
        "size": 26 if focused else 17,
        "font": _font(label.shape, focused),
        "x": float(position[0]),
        "y": float(position[1]),
    }


def _paint(color: str) -> dict[str, Any]:
    chosen = {"background": color, "border": _INK}
    return {"background": color, "border": color, "highlight": chosen, "hover": chosen}


def _font(shape: str, focused: bool) -> dict[str, Any]:
    font: dict[str, Any] = {"size": 19 if focused else 16}
    return {**font, "color": _PAPER, "background": "transparent"} if shape in INSIDE else font


def _edges(network: "nx.MultiDiGraph[str]", language: Language, focus: str | None) -> list[dict[str, Any]]:
    """Return one edge a group of claims that say the same, in a stable order."""
    groups: dict[str, list[_Claim]] = {}
    for start, end, claim, tie in network.edges(keys=True, data=True):
        groups.setdefault(_edge_id(start, end, tie), []).append((start, end, str(claim), tie))
    named = _named(groups, focus)
    beside: dict[frozenset[str], int] = {}
    edges = []
    for edge_id in sorted(groups):
        claims = sorted(groups[edge_id], key=lambda row: row[2])
        start, end, _, _ = claims[0]
        pair = frozenset((start, end))
        beside[pair] = beside.get(pair, -1) + 1
        edges.append(_edge(network, edge_id, claims, language, edge_id in named) | _bend(start, end, beside[pair]))
    return edges


def _named(groups: Mapping[str, list[_Claim]], focus: str | None) -> set[str]:
    """Return the edges that carry their name: all if they are few, else those of the focus; of two alike, the first."""
    first = {
        (start, end, tie["type"]): edge for edge, ((start, end, _, tie), *_) in sorted(groups.items(), reverse=True)
    }
    if len(groups) <= _NAMED_EDGES:
        return set(first.values())
    own = {edge for (start, end, _), edge in first.items() if focus in (start, end)}
    return own if len(own) <= _NAMED_EDGES_OF_ONE else set()


def _edge_id(start: str, end: str, tie: Mapping[str, Any]) -> str:
    said = {key: str(value) for key, value in (tie.get("properties") or {}).items() if value is not None}
    whole = json.dumps([str(start), tie["type"], str(end), tie.get("status"), said], sort_keys=True)
    return "e" + hashlib.sha256(whole.encode()).hexdigest()[:16]


def _bend(start: str, end: str, place: int) -> dict[str, Any]:
    """Return how the second and further ties of a pair curve, so that none lies upon another; the first is straight."""
    if not place or start == end:
        return {"smooth": {"enabled": False, "type": "continuous"}}
    clockwise = (place % 2 == 1) == (start < end)
    roundness = round(0.18 * math.ceil(place / 2), 2)
    return {"smooth": {"enabled": True, "type": "curvedCW" if clockwise else "curvedCCW", "roundness": roundness}}


def _edge(
    network: "nx.MultiDiGraph[str]",
    edge_id: str,
    claims: list[_Claim],
    language: Language,
    named: bool,
) -> dict[str, Any]:
    start, end, _, tie = claims[0]
    relation = schema().relationships[tie["type"]].name.in_(language)
    return {
        "from": str(start),
        "to": str(end),
        "id": edge_id,
        "type": tie["type"],
        "claims": [claim for _, _, claim, _ in claims],
        "title": "\n".join(_said(network, claims, relation, language)),
        "width": round(1.2 + math.log2(len(claims)), 2),
        "label": relation if named else "",
        "dashes": [7, 6] if tie.get("status") == "planned" else False,
        "color": {"opacity": 0.35 if tie.get("status") == "ended" else 1.0, "inherit": False},
    }


def _said(
    network: "nx.MultiDiGraph[str]",
    claims: list[_Claim],
    relation: str,
    language: Language,
) -> Iterable[str]:
    """Yield the lines of an edge's popup: who is tied how to whom, what is known of it, and who says so."""
    start, end, _, tie = claims[0]
    yield f"{_name(network, start)} — {relation} → {_name(network, end)}"
    yield from _properties(tie, language)
    if tie.get("status"):
        yield schema().term("claim_status", tie["status"], language)
    for _, _, _, claim in claims[:_SOURCES_SHOWN]:
        where = shortened(claim.get("where") or "", _LONGEST_SENTENCE)
        source = shortened(claim.get("source_title") or claim.get("source") or "", 120)
        said_on = f", {claim['said_on']}" if claim.get("said_on") else ""
        yield f"“{where}”\n({source}{said_on})" if where else f"({source}{said_on})"
    if len(claims) > _SOURCES_SHOWN:
        yield say("picture.more_sources", language, count=number(len(claims) - _SOURCES_SHOWN, language))


def _properties(tie: Mapping[str, Any], language: Language) -> Iterable[str]:
    known = schema().relationships[tie["type"]].properties
    for key, value in (tie.get("properties") or {}).items():
        if value is None or key not in known or key == "record":
            continue
        vocabulary = known[key].vocabulary
        text = schema().term(vocabulary, str(value), language) if vocabulary else value
        yield f"{known[key].name.in_(language)}: {shortened(text, 120)}"


_FOREIGN = re.compile(r'<link\b[^>]*\bhref="https?:[^>]*>|<script\b[^>]*\bsrc="https?:[^>]*>\s*</script>')
_HEADINGS = re.compile(r"<center>.*?</center>", re.DOTALL)
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body{margin:0;padding:1rem 1.5rem;font-family:sans-serif;color:#1f2933;background:#fff}
h1{font-size:1.3rem;margin:0 0 .3rem}
p{margin:0 0 .5rem}
ul.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;margin:0 0 .6rem;padding:0;font-size:.9rem}
ul.legend svg{width:1rem;height:1rem;vertical-align:-.15rem;margin-right:.35rem}
#mynetwork{float:none!important;height:calc(100vh - 9rem)!important;min-height:24rem}
div.vis-tooltip{white-space:pre-line!important;max-width:26rem;overflow-wrap:anywhere;font-family:sans-serif!important}
"""
_TIPS = "for(const set of[nodes,edges])set.update(set.get().map(({id,tip})=>({id,title:tip})));"


def standalone_html(
    network: "nx.MultiDiGraph[str]",
    language: Language,
    positions: Mapping[str, Position] | None = None,
    focus: str | None = None,
    title: str = "Mitra",
    note: str = "",
) -> str:
    """Return the picture as one HTML file that works without a network and runs no script but its own.

    pyvis makes the page; its tags that ask other hosts go, popups are kept from it (it would show some of them as
    HTML), and a content policy forbids every request.
    """
    net = _network(network, language, positions or {}, focus)
    for row in (*net.nodes, *net.edges):
        row["tip"] = row.pop("title")
    page = _HEADINGS.sub("", _FOREIGN.sub("", net.generate_html()))
    before, body, after = page.partition("<body>")
    inside, end, rest = after.rpartition("</body>")
    before = before.replace("<html>", f'<!doctype html>\n<html lang="{language}">').replace(
        "<head>", "<head>" + _head(title)
    )
    top = f"<h1>{html.escape(plain(title))}</h1>\n<p>{html.escape(plain(note))}</p>\n{_legend_html(network, language)}"
    return f"{before}{body}\n{top}\n{inside}<script>{_TIPS}</script>\n{end}{rest}"


def _head(title: str) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return f"\n{policy}\n<title>{html.escape(plain(title))}</title>\n<style>{_STYLE}</style>"


def _legend_html(network: "nx.MultiDiGraph[str]", language: Language) -> str:
    rows = []
    for entry in legend(language, network):
        line = entry["shape"] == "line"
        paint = f'fill="none" stroke="{_QUIET}" stroke-width="2"' if line else f'fill="{entry["color"]}"'
        paint += ' stroke-dasharray="4 3"' * entry["dashed"] + ' opacity=".4"' * entry["faint"]
        mark = f'<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{entry["outline"]}" {paint}/></svg>'
        rows.append(f"<li>{mark}{html.escape(entry['name'])}</li>")
    return f'<ul class="legend">{"".join(rows)}</ul>'
