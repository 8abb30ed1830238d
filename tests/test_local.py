"""The local store's server: shared, private, ended with nobody, and nothing lost when it is killed."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.errors import BadInput, StoreUnavailable
from graph.publish import publish
from graph.settings import DEMO
from graph.store import Store, local, open_store
from loaders.sources import Source, find_sources
from tests.conftest import snapshot

ADD = """
import sys
from graph.store import open_store
with open_store(sys.argv[1]) as store:
    for _ in range(int(sys.argv[2])):
        store.write(lambda t: t.run("MERGE (p:Place {id: 'place:1'}) SET p.n = coalesce(p.n, 0) + 1"))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "store"
    local.stop(tmp_path / "store")


def server(folder: Path) -> local.Server:
    found = local.find(folder)
    assert found is not None
    return found


def python(code: str, *arguments: str, root: Path, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=root, env={**os.environ, **environment})


def load(store: Store, sources: list[Source]) -> None:
    for source in sources:
        publish(store, source.read())


def gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_several_processes_start_and_share_one_server_and_lose_no_write(folder: Path, root: Path) -> None:
    workers = [python(ADD, f"local:{folder}", "10", root=root) for _ in range(4)]
    assert [worker.wait(180) for worker in workers] == [0, 0, 0, 0]
    with open_store(f"local:{folder}") as store:
        assert store.read("MATCH (p:Place) RETURN p.n AS n") == [{"n": 40}]


LOAD = """
import pathlib, sys
from graph.loading import load_all
from graph.publish import Outcome
from graph.store import open_store
from loaders.sources import find_sources
with open_store(sys.argv[1]) as store:
    for path in sys.argv[2:]:
        assert all(isinstance(each, Outcome) for each in load_all(store, find_sources(pathlib.Path(path))))
"""


@pytest.mark.slow
def test_two_loads_of_the_same_documents_at_once_end_as_one(folder: Path, tmp_path: Path, root: Path) -> None:
    article = str(DEMO / "articles" / "kalapas-padang-temui-mitra-usaha.txt")
    provinces = str(DEMO / "register" / "provinces.csv")
    with open_store(f"local:{tmp_path / 'one'}") as store:
        for path in (article, provinces):
            load(store, list(find_sources(Path(path))))
        wanted = snapshot(store)
    local.stop(tmp_path / "one")
    paths = [(article, provinces), (provinces, article), (article, provinces)]
    loads = [python(LOAD, f"local:{folder}", *each, root=root) for each in paths]
    assert [each.wait(180) for each in loads] == [0, 0, 0]
    with open_store(f"local:{folder}") as store:
        assert snapshot(store) == wanted


def test_the_password_is_seen_by_its_owner_alone_and_every_port_is_on_loopback(folder: Path) -> None:
    with open_store(f"local:{folder}"):
        secrets = folder / local.CREDENTIALS
        assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
        process = psutil.Process(server(folder).pid)
        passwords = json.loads(secrets.read_text()).values()
        assert not any(password in " ".join(process.cmdline()) for password in passwords)
        assert not any(password in str(process.environ()) for password in passwords)
        assert not any(password in (folder / local.LOG).read_text() for password in passwords)
        listening = {each.laddr.ip for each in process.net_connections() if each.status == "LISTEN"}
        assert listening <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@pytest.mark.slow
def test_the_server_outlives_whoever_started_it_and_ends_when_nobody_uses_it(folder: Path, root: Path) -> None:
    starter = python(ADD, f"local:{folder}", "1", root=root, MITRA_LOCAL_IDLE="4")
    assert starter.wait(120) == 0
    pid = server(folder).pid
    assert gone(pid, 40)
    assert local.find(folder) is None
    with open_store(f"local:{folder}") as store:
        assert store.read("MATCH (p:Place) RETURN p.n AS n") == [{"n": 1}]


def test_a_server_whose_folder_is_gone_ends(folder: Path) -> None:
    with open_store(f"local:{folder}"):
        pid = server(folder).pid
        shutil.rmtree(folder)
        assert gone(pid, 30)


def test_a_killed_server_is_started_again_by_the_next_read_and_nothing_acknowledged_is_lost(folder: Path) -> None:
    with open_store(f"local:{folder}") as store:
        for number in range(5):
            store.write(lambda t, n=number: t.run("CREATE (:Place {id: $id})", id=f"place:{n}"))  # type: ignore[misc]
        first = server(folder).pid
        os.kill(first, signal.SIGKILL)
        assert store.read("MATCH (p:Place) RETURN count(p) AS n") == [{"n": 5}]
        assert server(folder).pid != first


@pytest.mark.slow
def test_a_server_killed_during_a_load_costs_nothing_once_the_load_has_run_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [source for source in find_sources(DEMO) if source.path.name != "facilities.csv"]
    with open_store(f"local:{tmp_path / 'whole'}") as store:
        load(store, sources)
        wanted = snapshot(store)
    local.stop(tmp_path / "whole")
    monkeypatch.setattr("graph.publish.BATCH_CLAIMS", 100)
    genuine = Store.write
    left = 6

    def killing(self: Store, work: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(server(folder).pid, signal.SIGKILL)
            raise StoreUnavailable("store.unreachable", store="killed")
        return genuine(self, work)  # type: ignore[arg-type]

    with open_store(f"local:{folder}") as store:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "write", killing)
            with pytest.raises(StoreUnavailable):
                load(store, sources)
        assert snapshot(store) != wanted
        load(store, sources)
        assert snapshot(store) == wanted


def test_what_only_reads_can_neither_write_nor_read_files(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("secret\n")
    for statement in (
        "CREATE (n:Place {id: 'x'}) RETURN n",
        "MERGE (n:Place {id: 'x'}) RETURN n",
        "CREATE CONSTRAINT c IF NOT EXISTS FOR (n:X) REQUIRE n.id IS UNIQUE",
        f"LOAD CSV FROM 'file://{tmp_path}/secret.csv' AS line RETURN line",
        "CALL { CREATE (n:Place) } IN TRANSACTIONS",
    ):
        with pytest.raises(BadInput):
            store.read(statement)
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize("url", ["", "local:", "http://x", "neo4j", "bolt://", "postgres://x/y"])
def test_an_address_of_another_form_is_refused_in_words(url: str) -> None:
    with pytest.raises(BadInput, match="store address"):
        open_store(url)


def test_a_store_that_nobody_serves_is_named_without_its_password() -> None:
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1") as error:
        open_store("bolt://neo4j:rahasia@127.0.0.1:1")
    assert "rahasia" not in str(error.value)


def test_a_wrong_password_is_said_so(neo4j_url: str) -> None:
    scheme, _, host = neo4j_url.rpartition("@")
    with pytest.raises(StoreUnavailable, match="password"):
        open_store(f"{scheme.rpartition(':')[0]}:wrong-password@{host}")


def test_a_folder_that_cannot_be_one_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="file"):
        open_store(f"local:{tmp_path / 'file'}")
