"""How the tests of the command line call it: in a process of its own, or in this one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from graph.settings import ROOT

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def mitra(*words: str, store: str = "", lang: str = "en", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What the command line answers in a process of its own."""
    own = {"MITRA_STORE": store, "MITRA_LANG": lang, "PYTHONPATH": str(ROOT), "MITRA_LOCAL_IDLE": "20"}
    return subprocess.run(
        [sys.executable, "-m", "cli", *words],
        cwd=cwd,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def in_process(capsys: Capture, monkeypatch: Patch, *words: str) -> tuple[int, str, str]:
    """What the command line answers in this process: exit code, output, errors."""
    monkeypatch.setattr(sys, "argv", ["mitra", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err
