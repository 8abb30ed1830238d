"""What the reader has made of the picture: which nodes are open, which are taken out; each step can be undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from graph.network import MOST_NEIGHBOURS

state = st.session_state
MOST_OF_ONE = 300
"""So many neighbours a node shows at most: more cannot be read in one picture."""

_MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class View:
    """The nodes that are open, those taken out, how many neighbours some may have, the marks that are switched off."""

    open: tuple[str, ...]
    gone: frozenset[str] = frozenset()
    more: tuple[tuple[str, int], ...] = ()
    off: frozenset[str] = frozenset()


def view() -> View:
    """Return the picture as it is now."""
    now: View = state.network_steps[state.network_at]
    return now


def begun() -> bool:
    """Return whether there is a picture."""
    return "network_steps" in state


def begin(nodes: Iterable[str], gone: Iterable[str] = ()) -> None:
    """Start a new picture around these nodes."""
    state.network_steps, state.network_at, state.places = [View(tuple(nodes), frozenset(gone))], 0, {}
    choose(view().open[0])


def _step(new: View) -> None:
    if new != view():
        steps = [*state.network_steps[: state.network_at + 1], new]
        kept = steps if len(steps) <= _MOST_STEPS else [steps[0], *steps[-_MOST_STEPS + 1 :]]
        state.network_steps, state.network_at = kept, len(kept) - 1


def choose(node: str) -> None:
    """Show a node's card."""
    state.chosen, state.claims = node, ()


def choose_claims(claims: Iterable[str]) -> None:
    """Show what claims say, in place of a node's card."""
    state.claims = tuple(claims)


def expand(node: str) -> None:
    """Show a node's card and its neighbours."""
    choose(node)
    now = view()
    if node not in now.open:
        _step(replace(now, open=(*now.open, node)))


def add(node: str) -> None:
    """Put a node, from a search say, into the picture with its neighbours."""
    now = view()
    _step(replace(now, open=tuple(dict.fromkeys((*now.open, node))), gone=now.gone - {node}))
    choose(node)


def open_all(node: str) -> None:
    """Show all neighbours of a node, as many as can be read."""
    show_more(node, MOST_OF_ONE)


def show_more(node: str, most: int) -> None:
    """Show a node with at most so many neighbours."""
    expand(node)
    now = view()
    more = dict(now.more) | {node: min(most, MOST_OF_ONE)}
    new = replace(now, more=tuple(sorted(more.items())))
    if state.network_at and now.open[-1] == node and now.open[:-1] == state.network_steps[state.network_at - 1].open:
        state.network_steps = [*state.network_steps[: state.network_at], new]  # one step with the click before it
    else:
        _step(new)


def remove(node: str) -> None:
    """Take a node out of the picture; the last open one stays."""
    now = view()
    left = tuple(each for each in now.open if each != node)
    if left:
        _step(replace(now, open=left, gone=now.gone | {node}))
        choose(left[-1])


def toggle(mark: str) -> None:
    """Switch a mark of the legend off, or on again."""
    now = view()
    _step(replace(now, off=now.off ^ {mark}))


def undo() -> None:
    """Take the last step back."""
    _go(state.network_at - 1)


def redo() -> None:
    """Take the step again that was taken back."""
    _go(state.network_at + 1)


def back() -> None:
    """Go back to the picture as it started; the way there can be undone."""
    _step(state.network_steps[0])
    choose(view().open[0])


def _go(at: int) -> None:
    state.network_at = min(max(at, 0), len(state.network_steps) - 1)
    choose(view().open[-1])


def can_undo() -> bool:
    """Return whether there is a step to take back."""
    return bool(state.network_at > 0)


def can_redo() -> bool:
    """Return whether there is a step to take again."""
    return bool(state.network_at < len(state.network_steps) - 1)


def most_of(node: str) -> int:
    """Return how many neighbours a node may show now."""
    return dict(view().more).get(node, MOST_NEIGHBOURS)


def move(places: Mapping[str, tuple[float, float]]) -> None:
    """Keep nodes where the reader has put them."""
    state.places = {**state.places, **places}
