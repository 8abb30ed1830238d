"""What the browser tests share: Chromium, a page that remembers what it asked for, a server that ends with its test."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

ROOT = Path(__file__).resolve().parent.parent
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WITHIN_THE_PAGE = {"data", "blob", "about", "file"}


def chromium() -> str | None:
    """Return the path of a Chromium on this machine, if there is one."""
    usual = Path("/usr/bin/chromium")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return str(usual) if usual.exists() else next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """A headless Chromium with a profile of its own; without one the test is skipped, or fails under MITRA_REQUIRE."""
    path = chromium()
    if path is None:
        say = pytest.fail if "browser" in os.environ.get("MITRA_REQUIRE", "") else pytest.skip
        say("no Chromium found: install it with `apt-get install chromium` or put one on PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # launch() makes a new user-data-dir under TMPDIR and removes it at the end
        opened = playwright.chromium.launch(
            executable_path=path,
            args=list(FLAGS),
            env={**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("chromium"))},
        )
        yield opened
        opened.close()


@dataclass
class Visit:
    """A page: the hosts it asked (requests and websockets), its console, its errors, bytes received by websocket."""

    page: "Page"
    hosts: set[str] = field(default_factory=set)
    urls: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0

    def asked(self, url: str) -> None:
        self.urls.append(url)
        parts = urlsplit(url)
        if parts.scheme not in _WITHIN_THE_PAGE:
            self.hosts.add(parts.netloc)

    def connected(self, websocket: "WebSocket") -> None:
        self.asked(websocket.url)
        websocket.on("framereceived", self.count)

    def count(self, frame: bytes | str) -> None:
        self.received += len(frame)


@contextmanager
def visit(
    browser: "Browser", url: str, *, width: int = 1400, height: int = 900, dark: bool = False, scale: float = 1
) -> Iterator[Visit]:
    """Open a URL in a fresh context and watch it; `hosts` is complete from the first request on."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=scale,
        accept_downloads=True,
    )
    page = context.new_page()
    seen = Visit(page)
    context.on("request", lambda request: seen.asked(request.url))
    page.on("websocket", seen.connected)
    page.on("console", lambda message: seen.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.goto(url)
    try:
        yield seen
    finally:
        context.close()


def free_port() -> int:
    """Return a port of the loopback interface that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def streamlit_server(script: Path, directory: Path = ROOT, **environment: str) -> Iterator[str]:
    """Serve a Streamlit script on a free loopback port and yield its URL; the server ends with the block.

    It starts in `directory`, whose `.streamlit` configures it, with `environment` added to ours.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    command += ["--server.fileWatcherType=none"]
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    log = Path(os.environ.get("TMPDIR", "/tmp")) / f"mitra-streamlit-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=directory, env={**os.environ, "PYTHONPATH": paths, **environment}, stdout=output, stderr=output
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process, log, time.monotonic() + 60)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.unlink(missing_ok=True)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path, until: float) -> None:
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server at {url} did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
