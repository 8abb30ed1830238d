"""A load that somebody stops says where it stands, marks the document, and ends when it is run again."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from graph.settings import ROOT
from graph.status import status
from graph.store import Store, open_store
from tests.conftest import clear

ROWS = 6_000


def load(url: str, file: Path) -> "subprocess.Popen[str]":
    own = {"MITRA_STORE": url, "MITRA_LANG": "en", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "load", "--kind", "companies", str(file)],
        cwd=ROOT,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until_something_is_in(store: Store, process: "subprocess.Popen[str]") -> None:
    while not store.read("MATCH (c:Company) RETURN c.id AS id LIMIT 1"):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_ctrl_c_says_where_the_load_stands_and_running_it_again_ends_it(local_url: str, tmp_path: Path) -> None:
    file = tmp_path / "Mitra Sumbar.csv"
    file.write_text("nama perusahaan\n" + "".join(f"PT Contoh Nomor {number}\n" for number in range(ROWS)), "utf-8")
    with open_store(local_url) as store:
        clear(store)
        process = load(local_url, file)
        wait_until_something_is_in(store, process)
        time.sleep(0.2)  # the load hears that its batch is in, and reads the next
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        stands = re.search(r"broke off in Mitra Sumbar, after row (\d+)", said)
        assert stands, said
        assert 0 < int(stands[1]) < ROWS
        assert status(store).incomplete == ["Mitra Sumbar"]
        held = status(store).nodes["Company"]
        assert int(stands[1]) <= held < ROWS

        process = load(local_url, file)
        _, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "")
        assert status(store).incomplete == []
        assert status(store).nodes["Company"] == ROWS
