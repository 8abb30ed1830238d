"""Fixtures that all tests share. What is missing on a machine is skipped with a line that says how to get it."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from graph.package import VOLATILE
from graph.publish import publish
from graph.settings import DEMO
from graph.store import Store, local, open_store
from loaders.sources import find_sources

pytest_plugins = ["tests.browser", "tests.pages"]

REQUIRED = set(filter(None, os.environ.get("MITRA_REQUIRE", "").split(",")))
NO_NEO4J = 'no Neo4j: eval "$(.ci/neo4j/run start)" starts one without Docker; then run the tests again'

NOT_SLOW = "slow tests, most walks through the pages among them: MITRA_REQUIRE=slow make test runs them too"

settings.register_profile("mitra", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("mitra")


def missing(what: str, remedy: str) -> None:
    """Skip the test, or fail it where MITRA_REQUIRE names what is missing."""
    if what in REQUIRED:
        pytest.fail(f"MITRA_REQUIRE names {what}, but there is {remedy}")
    pytest.skip(remedy)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave slow tests to those who require something: whoever just tries what was changed waits for minutes else."""
    if "slow" in item.keywords and not REQUIRED:
        pytest.skip(NOT_SLOW)


@pytest.fixture(autouse=True, scope="session")
def _short_lived_local_servers() -> None:
    os.environ["MITRA_LOCAL_IDLE"] = "20"
    # Java's second compiler pays after minutes of work, which no store here lives to see.
    os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")


@pytest.fixture(scope="session")
def local_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a local store that the whole session shares."""
    root = tmp_path_factory.mktemp("local-store")
    yield f"local:{root}"
    local.stop(root)


@pytest.fixture(scope="session")
def neo4j_url() -> str:
    """The URL of a real Neo4j for tests, its password inside."""
    address = os.environ.get("MITRA_TEST_NEO4J")
    if not address:
        missing("neo4j", NO_NEO4J)
        raise AssertionError  # not reached: `missing` ends the test
    scheme, _, host = address.partition("://")
    return f"{scheme}://neo4j:{os.environ['MITRA_TEST_NEO4J_PASSWORD']}@{host}"


@pytest.fixture(autouse=True)
def _one_test_of_neo4j_at_a_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """There is one Neo4j for all processes that run tests: whoever uses it keeps the others out meanwhile."""
    callspec = getattr(request.node, "callspec", None)
    engines = [each for each in callspec.params.values() if isinstance(each, str)] if callspec else []
    if "neo4j" in engines or "neo4j_url" in request.fixturenames:
        server = re.sub(r"\W+", "-", os.environ.get("MITRA_TEST_NEO4J", ""))
        with FileLock(Path(tempfile.gettempdir()) / f"mitra-tests-{server}.lock"):
            yield
    else:
        yield


@pytest.fixture(params=["local", "neo4j"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of a store, once for each engine: what is tested with it is promised of both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[str, Store]]:
    """The stores that tests share, by URL: opening one takes longer than most tests."""
    stores: dict[str, Store] = {}
    yield stores
    for each in stores.values():
        each.close()


@pytest.fixture
def store(store_url: str, opened: dict[str, Store]) -> Store:
    """An empty store, once for each engine."""
    if store_url not in opened:
        opened[store_url] = open_store(store_url)
    clear(opened[store_url])
    return opened[store_url]


def clear(store: Store) -> None:
    """Delete every node and tie, a bounded number at a time."""
    statement = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n"
    while store.write(lambda transaction: transaction.run(statement))[0]["n"] == 5000:
        pass


def snapshot(store: Store) -> tuple[list[str], list[str]]:
    """Return every node and every tie of the graph in sorted form, without when and by what it was loaded."""
    nodes = store.read("MATCH (n) WHERE NOT (n:Store OR n:AuditEntry) RETURN labels(n) AS labels, properties(n) AS own")
    ties = store.read("MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS own")
    for row in nodes:
        row["own"] = sorted((key, value) for key, value in row["own"].items() if key not in VOLATILE)
    for row in ties:
        row["own"] = sorted(row["own"].items())
    return sorted(map(repr, nodes)), sorted(map(repr, ties))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a local store, stopped, with the demo in it: made once a test run, to be copied."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, making = shared / "demo-store", shared / "demo-store-in-the-making"
    with FileLock(shared / "demo-store.lock"):
        if not folder.exists():
            with open_store(f"local:{making}") as made:
                for source in find_sources(DEMO):
                    assert publish(made, source.read()).rejects == []
            local.stop(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def demo_url(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a local store with the demo in it, for tests that only read."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    shutil.copytree(demo_folder, folder)
    yield f"local:{folder}"
    local.stop(folder)


@pytest.fixture(scope="module")
def demo_store(demo_url: str) -> Iterator[Store]:
    """The same store, to look into."""
    with open_store(demo_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, not once a test, what was skipped and how to get what it needs."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} skipped: {reason.removeprefix('Skipped: ')}")
