"""`open_store(url)` and the Store: managed reads and writes with retries, the same on both engines."""

import contextlib
import logging
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from graph.errors import BadInput, MitraError, StoreUnavailable
from graph.schema import schema
from graph.store import local
from graph.store.driver import neo4j
from graph.store.records import Row, plain

refused = neo4j.exceptions
DATABASE = local.DATABASE
READ_SECONDS = 60.0
WRITE_SECONDS = 300.0
STREAM_SECONDS = 3600.0
PATIENCE_SECONDS = 120.0
LOST_SECONDS = 20.0
_BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_LOST = (refused.ServiceUnavailable, refused.SessionExpired)
_MET = (refused.ConstraintError,)  # two writers that made the same node at once: the second finds it made
_TOO_LONG = re.compile(r"TimedOut|timeout", re.IGNORECASE)
_Result = TypeVar("_Result")

logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what goes wrong is raised, and said once


_NOT_CODE = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|/\*.*?\*/|//[^\n]*", re.DOTALL)
# What a reader may not ask although it writes nothing, and Neo4j has no switch to refuse.
_REACHES_OUT = re.compile(r"\bLOAD\s+CSV\b|\bTERMINATE\b", re.IGNORECASE)


def refuse_reaching_out(cypher: str) -> None:
    """Do nothing if a statement stays within the graph; raise BadInput if it fetches files or ends others' work."""
    if _REACHES_OUT.search(_NOT_CODE.sub(" ", cypher)):
        raise BadInput("query.writes")


class Transaction:
    """One transaction, in which statements run in order and see each other's effect."""

    def __init__(self, inner: neo4j.ManagedTransaction) -> None:
        self._inner = inner

    def run(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """Run a statement and return its rows, as plain Python values by column name."""
        result = self._inner.run(cypher, parameters)
        return [dict(zip(record.keys(), map(plain, record.values()), strict=True)) for record in result]


class Store:
    """A graph store; `open_store` makes one. Close it when done, or use it in a `with`."""

    def __init__(self, url: str, connect: "Callable[[], _Drivers]") -> None:
        self.url = url
        self.written = 0
        """How many write transactions were tried through this object."""
        self._connect = connect
        self._drivers = connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection. The local server ends by itself when nobody uses it."""
        self._drivers.close()

    @property
    def engine(self) -> str:
        """What answers: its name and version as it gives them."""
        return self._drivers.writer.get_server_info().agent

    def read(self, cypher: str, /, **parameters: Any) -> list[Row]:
        """Return the rows of a statement that only reads, run where it cannot write.

        On the local store the user may not write; on Neo4j the transaction may not. Raises BadInput with the
        engine's words if the statement is refused, StoreUnavailable if the store is gone.
        """

        refuse_reaching_out(cypher)

        @neo4j.unit_of_work(timeout=READ_SECONDS)
        def work(inner: neo4j.ManagedTransaction) -> list[Row]:
            return Transaction(inner).run(cypher, **parameters)

        return self._patiently(lambda: self._drivers.read(work))

    def stream(self, cypher: str, /, **parameters: Any) -> Iterator[Row]:
        """Yield the rows of a statement that only reads as they come, so that any number takes bounded memory.

        Nothing is tried again once the first row has come: raises StoreUnavailable if the store goes away meanwhile.
        """
        try:
            yield from self._drivers.stream(cypher, parameters)
        except _LOST as error:
            raise StoreUnavailable("store.unreachable", store=hide_password(self.url)) from error
        except refused.Neo4jError as error:
            raise _said(error) from error

    @property
    def longest(self) -> int:
        """How many seconds a statement that reads may take before it is ended."""
        return local.STATEMENT_SECONDS if self.url.startswith("local:") else int(READ_SECONDS)

    def ask(self, cypher: str, most: int, /, **parameters: Any) -> tuple[list[Row], bool]:
        """Return the first `most` rows of a reader's own statement, and whether there are more.

        It runs where `read` runs, and once: to try an over-large one again would keep the store busy for nothing.
        Raises BadInput with the engine's words if it is refused or takes longer than `longest`.
        """
        refuse_reaching_out(cypher)
        self.read("RETURN 1 AS one")  # wakes a local server that has fallen asleep

        @neo4j.unit_of_work(timeout=READ_SECONDS)
        def work(inner: neo4j.ManagedTransaction) -> list[Row]:
            found = inner.run(cypher, parameters).fetch(most + 1)
            return [dict(zip(record.keys(), map(plain, record.values()), strict=True)) for record in found]

        try:
            rows = self._drivers.read(work)
        except _LOST as error:
            raise StoreUnavailable("store.unreachable", store=hide_password(self.url)) from error
        except refused.Neo4jError as error:
            raise _said(error, self.longest) from error
        return rows[:most], len(rows) > most

    def write(self, work: Callable[[Transaction], _Result]) -> _Result:
        """Run `work` in one write transaction and return its result; all of it takes effect, or nothing.

        `work` may run more than once (lost connection, another writer), so it must be a function of the graph alone.
        """

        @neo4j.unit_of_work(timeout=WRITE_SECONDS)
        def unit(inner: neo4j.ManagedTransaction) -> _Result:
            return work(Transaction(inner))

        try:
            return self._patiently(lambda: self._drivers.write(unit))
        finally:
            self.written += 1

    def prepare(self) -> None:
        """Create the constraints of the schema where they are missing: an id is unique within its label."""
        there = {row["name"] for row in self.read("SHOW CONSTRAINTS YIELD name RETURN name")}
        for label in (*schema().labels, "Store", "Judgement", "Sameness", "AuditEntry"):
            name = f"{label.lower()}_id"
            if name not in there:
                statement = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
                self.write(lambda transaction, statement=statement: transaction.run(statement))  # type: ignore[misc]

    def _patiently(self, attempt: Callable[[], _Result]) -> _Result:
        """Try until it works or is refused; another writer and a server that went away are waited for."""
        began, pause = time.monotonic(), 0.02
        while True:
            try:
                return attempt()
            except (refused.DriverError, refused.Neo4jError) as error:
                self._raise_if_final(error, time.monotonic() - began)
            time.sleep(pause * (0.5 + random.random()))  # noqa: S311 - so that two writers do not meet again
            pause = min(pause * 1.7, 1.0)

    def _raise_if_final(self, error: refused.DriverError | refused.Neo4jError, waited: float) -> None:
        """Raise what the user is told if trying again cannot help; connect anew where the connection is lost."""
        shown = hide_password(self.url)
        if isinstance(error, _LOST):
            if waited > LOST_SECONDS:
                raise StoreUnavailable("store.unreachable", store=shown) from error
            if self.url.startswith("local:"):
                self._reconnect()
        elif isinstance(error, refused.Neo4jError) and not (error.is_retryable() or isinstance(error, _MET)):
            raise _said(error) from error
        elif waited > PATIENCE_SECONDS:
            raise StoreUnavailable("store.busy", store=shown, reason=str(error)) from error

    def _reconnect(self) -> None:
        """Start the local server again if it is gone; its address and the old connections are of no more use."""
        with contextlib.suppress(Exception):
            self._drivers.close()
        self._drivers = self._connect()


class _Drivers:
    """The driver that writes and the one that reads: two users on the local store, one on Neo4j."""

    def __init__(self, writer: neo4j.Driver, reader: neo4j.Driver) -> None:
        self.writer = writer
        self._reader = reader

    def read(self, work: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        with self._reader.session(database=DATABASE, default_access_mode=neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    def stream(self, cypher: str, parameters: dict[str, Any]) -> Iterator[Row]:
        with self._reader.session(database=DATABASE, default_access_mode=neo4j.READ_ACCESS) as session:
            result = session.run(neo4j.Query(cypher, timeout=STREAM_SECONDS), parameters)
            for record in result:
                yield dict(zip(record.keys(), map(plain, record.values()), strict=True))

    def write(self, work: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        with self.writer.session(database=DATABASE) as session:
            return session.execute_write(work)

    def close(self) -> None:
        self._reader.close()
        self.writer.close()


def open_store(url: str) -> Store:
    """Return the store at `url`, reached and let in; its constraints are there.

    `local:PATH` is the bundled server with its files under PATH, started on demand. `bolt://`, `neo4j://` and their
    `+s` forms are a Neo4j; user and password come from the URL or from `NEO4J_USERNAME` and `NEO4J_PASSWORD`.
    Raises BadInput for a URL of another form, StoreUnavailable where nothing answers or the password is wrong.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "local" and rest:
        root = Path(rest).expanduser()
        store = Store(url, lambda: _local_drivers(root))
    elif scheme in _BOLT_SCHEMES and urlsplit(url).hostname:
        store = Store(url, lambda: _neo4j_drivers(url))
    else:
        raise BadInput("store.url", url=hide_password(url))
    try:
        store.prepare()
    except MitraError:
        store.close()
        raise
    return store


def hide_password(url: str) -> str:
    """Return a store's URL fit to be shown: without its password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", "@", 1)


@contextlib.contextmanager
def _let_in(url: str) -> Iterator[None]:
    try:
        yield
    except refused.AuthError as error:
        raise StoreUnavailable("store.password", store=hide_password(url)) from error
    except (refused.DriverError, refused.Neo4jError, ValueError, OSError) as error:
        raise StoreUnavailable("store.unreachable", store=hide_password(url)) from error


def _local_drivers(root: Path) -> _Drivers:
    with local.running(root) as server, _let_in(f"local:{root}"):
        users = ("root", local.READER)
        writer, reader = (_driver(server.address, user, server.passwords[user]) for user in users)
        writer.verify_connectivity()
        reader.verify_connectivity()
    return _Drivers(writer, reader)


def _neo4j_drivers(url: str) -> _Drivers:
    parts = urlsplit(url)
    address = url.replace(f"{parts.netloc}", parts.netloc.rpartition("@")[2], 1)
    user = parts.username or os.environ.get("NEO4J_USERNAME", "neo4j")
    password = parts.password or os.environ.get("NEO4J_PASSWORD", "")
    with _let_in(url):
        driver = _driver(address, user, password)
        driver.verify_connectivity()
    return _Drivers(driver, driver)


def _driver(address: str, user: str, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        address,
        auth=(user, password),
        connection_timeout=10,
        connection_acquisition_timeout=60,
        max_transaction_retry_time=0,  # `_patiently` tries again, and knows when the local server must be started
        notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
        user_agent="mitra",
    )


def _said(error: refused.Neo4jError, longest: int = int(READ_SECONDS)) -> MitraError:
    if isinstance(error, refused.AuthError) and not isinstance(error, refused.Forbidden):
        return StoreUnavailable("store.password", store="")
    if isinstance(error, refused.Forbidden) or "AccessMode" in (error.code or ""):
        return BadInput("query.writes")
    said = (error.message or str(error)).strip()
    if _TOO_LONG.search(f"{error.code} {said}"):
        return BadInput("query.too_long", seconds=longest)
    return BadInput("query.refused", reason=said)
