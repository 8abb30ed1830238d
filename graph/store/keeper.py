"""The local store's server process: `python -m graph.store.keeper ROOT`.

It holds the bundled database in its own process, so killing it can leave no orphan, and listens on loopback only. It
writes `server.json` when it is ready and ends when no client has been connected for `MITRA_LOCAL_IDLE` seconds.
"""

import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock

from graph.store.local import CREDENTIALS, DATABASE, LOCK, READER, SERVER, STATEMENT_SECONDS, write_atomically

IDLE_SECONDS = float(os.environ.get("MITRA_LOCAL_IDLE", "120"))
HEAP = os.environ.get("MITRA_LOCAL_HEAP", "1g")
NEVER_MILLISECONDS = 2**31 - 1  # the longest that the engine knows, 24 days
LOOPBACK = "127.0.0.1"
_ALL_TYPES = {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}}
_OWNER = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]


def _group(access: list[str], types: dict[str, Any]) -> dict[str, Any]:
    return {"access": access, "resultSetLimit": -1, "readTimeout": -1, "types": types}


GROUPS = {
    "admin": _group(_OWNER, _ALL_TYPES),
    READER: _group([], {"*": {"access": ["readRecord"]}}),
    "*": _group([], {"*": {"access": []}}),
}


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def start(root: Path, bolt: int) -> Any:
    """Start the bundled server on the given Bolt port, its files under `root`, and return it."""
    from arcadedb_embedded import create_server  # here, not above: it takes a second and exists only where it can run
    from arcadedb_embedded.jvm import start_jvm

    secrets = json.loads((root / CREDENTIALS).read_text("utf-8"))
    (root / "config").mkdir(exist_ok=True)
    groups = {"databases": {"*": {"groups": GROUPS}}, "version": 1}
    (root / "config" / "server-groups.json").write_text(json.dumps(groups), "utf-8")
    # -Xrs leaves the signals to Python: the engine's own handling of them ends in a crash of this process
    # As a setting of the server the limit would not reach what comes over Bolt.
    limit = f"-Darcadedb.command.timeout={STATEMENT_SECONDS * 1000}"
    # To fill gaps in its files the engine reads a whole file at a time, which it does for nearly every transaction once
    # a store is large and has none: at 400,000 rows a load fell to a tenth of its speed.
    gaps = "-Darcadedb.bucketReuseSpaceMode=low"
    # Serial, which Java takes on a small machine, makes the same questions a third slower in a large store.
    collector = "-XX:+UseG1GC"
    start_jvm(heap_size=HEAP, jvm_args=["-Xrs", limit, gaps, collector, "-Djava.awt.headless=true"])
    server = create_server(
        str(root),
        secrets["root"],
        {
            "mode": "test",  # in production mode the reason why a statement is refused is kept from the reader
            "host": LOOPBACK,
            "http_port": free_port(),
            "server_databaseDirectory": str(root / "databases"),
            "server_logsDirectory": str(root / "log"),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server_defaultDatabases": f"{DATABASE}[root,{READER}:{secrets[READER]}:{READER}]",
            "bolt_port": bolt,
            "bolt_defaultDatabase": DATABASE,
            "opencypher_loadCsv_allowFileUrls": False,
            "opencypher_loadCsv_allowRemoteUrls": False,
            # The reload of users, every five seconds unless told otherwise, can meet the making of a label: then the
            # reading user may read nothing until the server ends. Nobody changes these files while it runs.
            "server_reloadEvery": NEVER_MILLISECONDS,
        },
    )
    server.start()
    return server


def clients(bolt: int) -> int:
    """Return how many connections to the Bolt port are open."""
    mine = psutil.Process().net_connections(kind="tcp")
    return sum(1 for each in mine if each.laddr and each.laddr.port == bolt and each.status == "ESTABLISHED")


def is_ours(root: Path) -> bool:
    """Return whether the folder is still there and names this process as its server."""
    try:
        named = json.loads((root / SERVER).read_text("utf-8"))["pid"]
    except (OSError, ValueError, KeyError):
        return False
    return bool(named == os.getpid())


def wait_until_unused(root: Path, bolt: int) -> FileLock | None:
    """Return the store's lock, held, once nobody has been connected for the idle time; None if the folder is gone.

    Clients connect under the lock, so nobody is just about to, and nobody starts another server before this has ended.
    """
    lock = FileLock(root / LOCK)
    last_used = time.monotonic()
    while is_ours(root):
        time.sleep(min(1.0, IDLE_SECONDS / 4))
        if clients(bolt):
            last_used = time.monotonic()
        elif time.monotonic() - last_used >= IDLE_SECONDS:
            lock.acquire()
            if not clients(bolt):
                (root / SERVER).unlink(missing_ok=True)
                return lock
            lock.release()
    return None


def main(root: Path) -> None:
    """Serve the store under `root` until it is unused, or this process is asked to end."""
    os.chdir(root)
    bolt = free_port()
    server = start(root, bolt)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        me = psutil.Process()
        write_atomically(root / SERVER, json.dumps({"pid": me.pid, "started": me.create_time(), "bolt": bolt}))
        if wait_until_unused(root, bolt):
            server.stop()
    except SystemExit:
        server.stop()
    finally:
        # Not by way of Python's end, which waits for the engine's threads, and these for clients still connected.
        # With its files gone the database cannot be closed; the lock, where it is held, goes with the process.
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
