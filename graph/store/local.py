"""The local store: find the bundled server that keeps a folder, or start one."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from graph.errors import StoreUnavailable
from graph.settings import ROOT

DATABASE = "neo4j"
READER = "reader"
CREDENTIALS = "credentials.json"
SERVER = "server.json"
LOCK = "start.lock"
LOG = "server.log"
START_SECONDS = 90
STATEMENT_SECONDS = int(os.environ.get("MITRA_LOCAL_SECONDS", "900"))
"""How long a statement may take: the server has one limit for all, and reading a million claims takes minutes."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running local server: its process, its Bolt address on loopback, and the two users' passwords."""

    pid: int
    started: float
    bolt: int
    passwords: dict[str, str]

    @property
    def address(self) -> str:
        """The Bolt URL of the server."""
        return f"bolt://127.0.0.1:{self.bolt}"


@contextlib.contextmanager
def running(root: Path) -> Iterator[Server]:
    """Give the server that keeps `root`, started if need be; it cannot fall asleep inside the `with`.

    Raises StoreUnavailable where no server can run, naming the log.
    """
    _require_engine()
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(root / LOCK, timeout=START_SECONDS):
            yield find(root) or _start(root)
    except Timeout as error:
        raise StoreUnavailable("store.local_locked", path=root) from error
    except OSError as error:
        raise StoreUnavailable("store.local_folder", path=root, reason=error.strerror or str(error)) from error


def find(root: Path) -> Server | None:
    """Return the server that keeps `root` if it is alive, else None. Starts nothing."""
    try:
        known = json.loads((root / SERVER).read_text("utf-8"))
        passwords = json.loads((root / CREDENTIALS).read_text("utf-8"))
        server = Server(known["pid"], known["started"], known["bolt"], passwords)
    except (OSError, ValueError, KeyError):
        return None
    return server if _is_alive(server) else None


def stop(root: Path) -> bool:
    """End the server that keeps `root` and return whether there was one. Its data stay."""
    server = find(root)
    if server is None:
        return False
    process = psutil.Process(server.pid)
    process.terminate()
    with contextlib.suppress(psutil.TimeoutExpired):
        process.wait(30)
    if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        process.kill()
        process.wait(10)
    (root / SERVER).unlink(missing_ok=True)
    return True


def write_atomically(path: Path, text: str) -> None:
    """Write a file that is never seen half written and that only its owner can read."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, "utf-8")
    draft.replace(path)


def _require_engine() -> None:
    if find_spec("arcadedb_embedded") is None:
        raise StoreUnavailable("store.no_local_engine")


def _is_alive(server: Server) -> bool:
    try:
        process = psutil.Process(server.pid)
        if abs(process.create_time() - server.started) > 1 or process.status() == psutil.STATUS_ZOMBIE:
            return False
        with socket.create_connection(("127.0.0.1", server.bolt), timeout=5):
            return True
    except (psutil.Error, OSError):
        return False


def _start(root: Path) -> Server:
    if not (root / CREDENTIALS).exists():
        fresh = {user: secrets.token_urlsafe(24) for user in ("root", READER)}
        write_atomically(root / CREDENTIALS, json.dumps(fresh))
    (root / SERVER).unlink(missing_ok=True)
    with (root / LOG).open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "graph.store.keeper", str(root.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and keeper.poll() is None:
        server = find(root)
        if server is not None:
            return server
        time.sleep(0.05)
    if keeper.poll() is None:
        keeper.kill()
    raise StoreUnavailable("store.local_start", log=root / LOG)
