"""Reading hostile forms in a process apart, with bounded time and memory: what breaks there breaks nothing here."""

import atexit
import datetime
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from loaders.forms.contents import Contents

MOST_SECONDS = 30
MOST_BYTES = 100 << 20
_ROOT = Path(__file__).resolve().parents[2]


class _Reader:
    """A process that reads one file after another; a new one takes the place of one that was ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, path: Path, form: str) -> dict[str, Any] | None:
        """Return the answer of the process, None if it gave none in time or died."""
        with self._lock:
            process = self._running()
            alarm = threading.Timer(MOST_SECONDS, process.kill)
            alarm.start()
            try:
                answer = _exchange(process, json.dumps([str(path.absolute()), form]))
            finally:
                alarm.cancel()
            if answer is None:
                self._end()
            return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "loaders.forms.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"},
            )
            atexit.register(self._end)
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        atexit.unregister(self._end)


def _exchange(process: "subprocess.Popen[bytes]", question: str) -> dict[str, Any] | None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(question.encode("ascii") + b"\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
    except (OSError, ValueError):  # it is gone, or was ended in the middle of a line
        return None
    return answer


_READER = _Reader()


def read_apart(path: Path, form: str) -> Contents:
    """Return what a file of this form (html, pdf, docx) holds.

    Raises BadInput if it is missing, damaged, locked, larger than 100 MB, or not read within 30 seconds.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise BadInput("article.missing", file=path.name) from None
    except OSError as error:
        raise BadInput("article.unreadable", file=path.name, reason=error.strerror or str(error)) from None
    if size > MOST_BYTES:
        raise BadInput("article.too_large", file=path.name, most=MOST_BYTES >> 20)
    answer = _READER.ask(path, form)
    if answer is None:
        raise BadInput("article.too_slow", file=path.name, seconds=MOST_SECONDS)
    if "refused" in answer:
        raise BadInput(answer["refused"], file=path.name, form=form.upper(), most=MOST_BYTES >> 20)
    published = answer.pop("published")
    return Contents(published=datetime.date.fromisoformat(published) if published else None, **answer)
