"""Taking turns: one process publishes at a time, so that what it found before it wrote is still so when it writes.

Who is at it stands on the one Store node, with a lease that each of its transactions renews. Where a publisher died,
its turn ends with the lease, or at once for a process of the same machine.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from graph.errors import MitraError
from graph.store import Store, Transaction

LEASE_SECONDS = 60
_WAIT_SECONDS = 0.3
_threads = threading.Lock()
_HELD = "MATCH (s:Store {id: 'mitra'}) RETURN s.holder AS holder, s.until > timestamp() AS held"


def _me() -> str:
    process = psutil.Process()
    return f"{socket.gethostname()}/{process.pid}/{process.create_time():.0f}"


@contextmanager
def turn(store: Store) -> Iterator[None]:
    """Wait until nobody else publishes to the store, and keep others waiting inside the `with`."""
    with _threads:
        while not (_is_free(store) and store.write(_take)):
            time.sleep(_WAIT_SECONDS)
        try:
            yield
        finally:
            with suppress(MitraError):  # if the store is gone, the lease ends by itself
                store.write(_give)


def renew(transaction: Transaction) -> None:
    """Count this transaction on the Store node and renew the lease: writers queue here, readers see a change."""
    transaction.run(
        "MERGE (s:Store {id: 'mitra'}) "
        "SET s.writes = coalesce(s.writes, 0) + 1, s.holder = $me, s.until = timestamp() + $lease",
        me=_me(),
        lease=LEASE_SECONDS * 1000,
    )


def _is_free(store: Store) -> bool:
    return not any(_holds(row["holder"], row["held"]) for row in store.read(_HELD))


def _holds(holder: str | None, held: bool | None) -> bool:
    return bool(holder) and bool(held) and holder != _me() and not _is_dead(str(holder))


def _is_dead(holder: str) -> bool:
    """Whether a holder is a process of this machine that is no more."""
    host, pid, started = holder.rsplit("/", 2)
    if host != socket.gethostname():
        return False
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) > 1
    except psutil.Error:
        return True


def _take(transaction: Transaction) -> bool:
    """Take the turn unless somebody was faster."""
    transaction.run("MERGE (s:Store {id: 'mitra'}) SET s.writes = coalesce(s.writes, 0)")
    if any(_holds(row["holder"], row["held"]) for row in transaction.run(_HELD)):
        return False
    renew(transaction)
    return True


def _give(transaction: Transaction) -> None:
    transaction.run("MATCH (s:Store {id: 'mitra'}) WHERE s.holder = $me SET s.holder = null, s.until = null", me=_me())
