"""What a page remembers of the store is never older than it says."""

import time

from graph.publish import publish
from graph.store import Store, open_store
from tests.made import FACILITIES, document, mention, reading
from views.page import _Seen


def test_a_write_of_this_process_is_seen_at_once(store: Store) -> None:
    seen = _Seen()
    before = seen.writes(store)
    assert seen.writes(store) == before
    publish(store, reading(document("a"), [mention(FACILITIES[0])]))
    assert seen.writes(store) > before


def test_a_write_of_another_process_is_seen_a_tenth_of_a_second_later(store: Store, store_url: str) -> None:
    seen = _Seen()
    before = seen.writes(store)
    with open_store(store_url) as other:
        publish(other, reading(document("a"), [mention(FACILITIES[0])]))
    time.sleep(0.11)
    assert seen.writes(store) > before
