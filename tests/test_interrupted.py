"""A load that breaks off says where it stands, marks the document, and ends when it is run again."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from graph.errors import StoreUnavailable
from graph.status import status
from graph.store import Store, Transaction
from tests.conftest import clear

ROWS = 3_000


def load(capsys: pytest.CaptureFixture[str], file: Path) -> tuple[int, str]:
    sys.argv = ["mitra", "--lang", "en", "load", "--kind", "companies", str(file)]
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.mark.parametrize(
    ("breaks", "code"),
    [(KeyboardInterrupt(), 130), (StoreUnavailable("store.unreachable", store="x", reason="gone"), 2)],
    ids=["Ctrl-C", "lost connection"],
)
def test_a_load_that_breaks_off_says_where_it_stands_and_ends_when_run_again(
    store: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    breaks: BaseException,
    code: int,
) -> None:
    clear(store)
    monkeypatch.setenv("MITRA_STORE", store.url)
    monkeypatch.setattr(sys, "argv", [])
    file = tmp_path / "Mitra Sumbar.csv"
    file.write_text("nama perusahaan\n" + "".join(f"PT Contoh {number}\n" for number in range(ROWS)), "utf-8")
    genuine = Store.write

    def breaking(self: Store, work: Callable[[Transaction], object]) -> object:
        if status(store).nodes["Company"]:
            raise breaks
        return genuine(self, work)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", breaking)
        ended, said = load(capsys, file)
    assert ended == code
    stands = re.search(r"broke off in Mitra Sumbar, after row (\d+)", said)
    assert stands, said
    assert int(stands[1]) == status(store).nodes["Company"] < ROWS
    assert status(store).incomplete == ["Mitra Sumbar"]

    assert load(capsys, file) == (0, "")
    assert status(store).incomplete == []
    assert status(store).nodes["Company"] == ROWS
