"""The list that may grow beyond memory: it is a list, and it does."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Reject
from graph.errors import BadInput
from graph.spool import Spool


def spooled(items: list[object]) -> Spool[object]:
    made: Spool[object] = Spool()
    for item in items:
        made.append(item)
    return made


@given(st.lists(st.text() | st.integers()), st.slices(8), st.integers(-9, 9))
def test_it_reads_like_the_list_of_what_was_added(items: list[object], part: slice, place: int) -> None:
    made = spooled(items)
    assert made == items
    assert (len(made), list(made), list(made[part])) == (len(items), items, items[part])
    assert made != [*items, "more"]
    if -len(items) <= place < len(items):
        assert made[place] == items[place]
    else:
        with pytest.raises(IndexError):
            made[place]


def test_what_is_added_while_somebody_reads_is_not_lost() -> None:
    made = spooled([1, 2])
    seen = []
    for item in made:
        seen.append(item)
        made.append(9)
    assert (seen, list(made)) == ([1, 2], [1, 2, 9, 9])


def test_a_hundred_thousand_refused_rows_wait_on_disk() -> None:
    made: Spool[Reject] = Spool()
    tracemalloc.start()
    for number in range(100_000):
        made.append(Reject(f"units.csv:{number}", BadInput("register.surplus", count=number, value="x" * 200)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000
    last = made[len(made) - 1]
    assert (last.place, last.reason.values["count"]) == ("units.csv:99999", 99_999)
