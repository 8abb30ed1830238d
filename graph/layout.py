"""Where the nodes of a picture stand: what is placed stays, what is new finds room around the node it came from."""

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.schema import schema

Position = tuple[float, float]
Positions = dict[str, Position]

WIDTH, HEIGHT = 172.0, 112.0
"""The room a node with its label takes, in the picture's own units (pixels at zoom 1)."""

_STRETCH, _APART = 1.7, 1.25
_FIRST_RADIUS, _RADIUS_STEP, _RING_GAP = 150.0, 20.0, 115.0
_PER_RING, _MANY = 12, 40
_FAN, _FAN_OF_ONE = math.radians(200), math.radians(45)
_TURNS = tuple(math.radians(turn) for turn in (0, 30, -30, 60, -60, 90, -90, 135, -135, 180))


class _Room:
    """Which boxes are taken, in a grid whose cells are as large as one box."""

    def __init__(self, taken: Iterable[Position]) -> None:
        self._cells: dict[tuple[int, int], list[Position]] = {}
        for position in taken:
            self.take(position)

    @staticmethod
    def _cell(position: Position) -> tuple[int, int]:
        return math.floor(position[0] / WIDTH), math.floor(position[1] / HEIGHT)

    def take(self, position: Position) -> None:
        self._cells.setdefault(self._cell(position), []).append(position)

    def free(self, position: Position) -> bool:
        column, row = self._cell(position)
        near = (self._cells.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return all(abs(x - position[0]) >= WIDTH or abs(y - position[1]) >= HEIGHT for cell in near for x, y in cell)

    def holds(self, positions: Sequence[Position]) -> bool:
        """Say whether all these boxes fit at once, with what is taken and with one another."""
        room = _Room(())
        for position in positions:
            if not self.free(position) or not room.free(position):
                return False
            room.take(position)
        return True


def layout(
    network: "nx.MultiDiGraph[str]", positions: Mapping[str, Position], around: str | None = None
) -> dict[str, Position]:
    """Return `positions` unchanged plus a place for every other node of the network, the same for the same input.

    New nodes stand around `around`, on the side away from the others, no box of WIDTH x HEIGHT over another; nodes that
    are further away stand around the neighbour through which they are reached. Nodes of one kind stand side by side.
    Parts that hang together with nothing drawn stand in rows beside it.
    """
    placed: Positions = {str(node): (float(x), float(y)) for node, (x, y) in positions.items() if _finite(x, y)}
    if all(node in placed for node in network):
        return placed
    plain = nx.Graph(network.to_undirected(as_view=True))
    room = _Room(placed[node] for node in plain if node in placed)
    blocks = []
    for part in _parts(plain, around):
        if not placed and part[0] == around and len(part) > 1:
            placed[part[0]] = (0.0, 0.0)
            room.take((0.0, 0.0))
        start = next((node for node in part if node in placed), None)
        if start is None:
            blocks.append(_block(plain, part[0]))
        else:
            _spread(plain, start, placed, room)
    return placed | _apart(blocks, [placed[node] for node in plain if node in placed])


def _finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)


def _parts(plain: "nx.Graph[str]", around: str | None) -> list[list[str]]:
    """Return the parts that hang together, that of `around` first, then the larger; of each the busiest node first."""
    rank = _ranks(plain)
    parts = [
        sorted(part, key=lambda node: (node != around, -len(plain[node]), node))
        for part in nx.connected_components(plain)
    ]
    return sorted(parts, key=lambda part: (part[0] != around, -len(part), rank(part[0])))


@dataclass(frozen=True, slots=True)
class _Block:
    """A part laid out by itself: its places from the upper left corner on, and the room that it takes."""

    places: Positions
    width: float
    height: float


def _block(plain: "nx.Graph[str]", root: str) -> _Block:
    placed: Positions = {root: (0.0, 0.0)}
    _spread(plain, root, placed, _Room([(0.0, 0.0)]))
    (west, east), (north, south) = _extent(placed.values())
    places = {node: (x - west, y - north) for node, (x, y) in placed.items()}
    return _Block(places, east - west + _APART * WIDTH, south - north + _APART * HEIGHT)


def _extent(positions: Collection[Position]) -> tuple[Position, Position]:
    """Return the least and the largest x, and the least and the largest y."""
    across, down = [x for x, _ in positions], [y for _, y in positions]
    return (min(across), max(across)), (min(down), max(down))


def _apart(blocks: Sequence[_Block], drawn: Sequence[Position]) -> Positions:
    """Return places for parts that are tied to nothing drawn, row below row, to the right of what is drawn."""
    if not blocks:
        return {}
    wide = math.sqrt(_STRETCH * sum(block.width * block.height for block in blocks))
    placed: Positions = {}
    x = y = high = 0.0
    for block in blocks:
        if x and x + block.width > wide:
            x, y, high = 0.0, y + high, 0.0
        placed |= {node: (x + across, y + down) for node, (across, down) in block.places.items()}
        x, high = x + block.width, max(high, block.height)
    (west, east), (north, south) = _extent(placed.values())
    right, middle = -(west + east) / 2, 0.0
    if drawn:
        right, middle = max(x for x, _ in drawn) + 2.5 * WIDTH, sum(y for _, y in drawn) / len(drawn)
    down = middle - (north + south) / 2
    return {node: (_round(x + right), _round(y + down)) for node, (x, y) in placed.items()}


def _spread(plain: "nx.Graph[str]", root: str, placed: Positions, room: _Room) -> None:
    """Place all that can be reached from `root`, nearest first."""
    queue, seen = deque([root]), {root}
    while queue:
        node = queue.popleft()
        order = _order(plain, [other for other in plain[node] if other not in placed])
        drawn = [placed[other] for other in plain if other in placed and other != node] if order else []
        for other, position in zip(order, _places(placed[node], len(order), drawn, room), strict=True):
            placed[other] = position
            room.take(position)
        queue.extend(other for other in (*order, *sorted(plain[node])) if other not in seen)
        seen.update(plain[node])


def _order(plain: "nx.Graph[str]", new: Sequence[str]) -> list[str]:
    """Return the new nodes by kind and name, each followed by those tied to it, so that short ties stay short."""
    rank = _ranks(plain)
    among = plain.subgraph(new)
    order: dict[str, None] = {}
    for node in sorted(new, key=rank):
        stack = [node]
        while stack:
            current = stack.pop()
            if current not in order:
                order[current] = None
                stack.extend(sorted(among[current], key=rank, reverse=True))
    return list(order)


def _ranks(plain: "nx.Graph[str]") -> Callable[[str], tuple[int, str, str]]:
    """Return what sorts nodes by kind and name."""
    kinds = {label: place for place, label in enumerate(schema().labels)}

    def rank(node: str) -> tuple[int, str, str]:
        data: Mapping[str, Any] = plain.nodes[node]
        return kinds.get(data.get("label", ""), len(kinds)), str(data.get("name", "")), node

    return rank


def _places(centre: Position, count: int, drawn: Sequence[Position], room: _Room) -> list[Position]:
    """Return `count` free places around `centre`, as near as they fit: a full ring if alone, else a fan outwards."""
    if not count or count > _MANY:
        return _packed(centre, count, room)
    span, away = (min(_FAN, _FAN_OF_ONE * count), _away(centre, drawn)) if drawn else (2 * math.pi, -math.pi / 2)
    radius = _FIRST_RADIUS
    while True:
        for turn in _TURNS if drawn else (0.0,):
            places = _arc(centre, count, radius, away + turn, span, math.ceil(count / _PER_RING))
            if room.holds(places):
                return places
        radius += _RADIUS_STEP


def _packed(centre: Position, count: int, room: _Room) -> list[Position]:
    """Return `count` free places around `centre`, ring by ring, in the order of the clock."""
    places: list[Position] = []
    own, radius = _Room(()), _FIRST_RADIUS
    while len(places) < count:
        steps = int(8 * math.pi * radius / HEIGHT)
        turned = (
            radius / HEIGHT * 2.4
        )  # by the golden angle from ring to ring, so that no tie runs through a row of nodes
        for position in _arc(centre, steps, radius, turned, 2 * math.pi, rings=1):
            if len(places) < count and room.free(position) and own.free(position):
                own.take(position)
                places.append(position)
        radius += HEIGHT
    return sorted(places, key=lambda place: math.atan2(place[0] - centre[0], centre[1] - place[1]))


def _away(centre: Position, drawn: Sequence[Position]) -> float:
    x = centre[0] - sum(x for x, _ in drawn) / len(drawn)
    y = centre[1] - sum(y for _, y in drawn) / len(drawn)
    return math.atan2(y, x) if abs(x) + abs(y) > 1 else 0.0


def _arc(centre: Position, count: int, radius: float, middle: float, span: float, rings: int) -> list[Position]:
    """Return places on an arc that is wider than high, in turn on so many rings."""
    places = []
    for place in range(count):
        angle = middle + span * ((place + 0.5) / count - 0.5)
        reach = radius + _RING_GAP * (place % rings)
        places.append(
            (_round(centre[0] + _STRETCH * reach * math.cos(angle)), _round(centre[1] + reach * math.sin(angle)))
        )
    return places


def _round(value: float) -> float:
    return round(value, 1)


def along(paths: Iterable[Sequence[str]]) -> Positions:
    """Return a place for every node of paths that share their ends: from left to right, one path below the other.

    A node of several paths stands where the first of them has it. Where the ends are tied directly, that line is free.
    """
    chains = [list(path) for path in paths]
    longest = max((len(chain) for chain in chains), default=0)
    rows = [chain for chain in chains if len(chain) > 2]
    level = -1.0 if len(rows) < len(chains) else (len(rows) - 1) / 2
    placed: Positions = {}
    for chain in chains[:1]:
        placed[chain[0]] = (0.0, level * HEIGHT * _STRETCH)
        placed[chain[-1]] = ((longest - 1) * WIDTH * _STRETCH, level * HEIGHT * _STRETCH)
    room = _Room(placed.values())
    for row, chain in enumerate(rows):
        for at, node in enumerate(chain):
            if node not in placed:
                x, y = at * (longest - 1) / (len(chain) - 1) * WIDTH * _STRETCH, row * HEIGHT * _STRETCH
                while not room.free((x, y)):
                    y += HEIGHT
                placed[node] = (x, y)
                room.take((x, y))
    return placed
