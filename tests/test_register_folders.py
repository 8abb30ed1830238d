"""Register folders, generated: whatever the order of files, however often loaded, withdrawn or not, on both engines."""

import csv
import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.export import export
from graph.loading import Failure, load_all
from graph.publish import Outcome, withdraw
from graph.store import Store
from loaders.sources import Source, find_sources
from tests.conftest import clear, snapshot

Folder = dict[str, list[dict[str, str]]]
EXAMPLES = settings(max_examples=8)
UNITS = st.sampled_from(["Lapas Kelas IIA Padang", "Lapas Padang", "Rutan Maninjau", "LPP Semarang"])
PARTNERS = st.sampled_from(["PT. Satu Dua", "PT Satu Dua", "Yayasan Terang", "Dinas Sosial Kota Metro"])
PEOPLE = st.sampled_from(["Hj. Lena M. Nasir, S.H.", "Suyanto", "R. Andika", "=HYPERLINK(1)"])
DAYS = st.sampled_from(["2021-03-23", "5 Maret 2020", "05/03/20", "", "31-12-2024", "kapan-kapan"])
ROWS: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "agreements": {
        "Nama UPT": UNITS,
        "Mitra": PARTNERS,
        "Tgl. Ditandatangani": DAYS,
        "Berakhir": DAYS,
        "Nomor": st.sampled_from(["", "PKS-1", "PKS-2"]),
        "Status": st.sampled_from(["", "Berlaku", "In force", "entah"]),
    },
    "officials": {"Nama": PEOPLE, "Jabatan": st.just("Kalapas"), "Unit Kerja": UNITS, "Sejak": DAYS},
    "checks": {"UPT": UNITS, "Tanggal": DAYS, "Temuan": st.sampled_from(["Tidak ada", "Ada", "None", "?"])},
    "programs": {"Nama Program": st.sampled_from(["Las", "Roti"]), "UPT": UNITS, "Mitra": PARTNERS},
}


@st.composite
def folders(draw: st.DrawFn) -> Folder:
    """One to three register files with up to five rows each, good ones and bad ones."""
    kinds = draw(st.lists(st.sampled_from(sorted(ROWS)), unique=True, min_size=1, max_size=3))
    row = {kind: st.fixed_dictionaries(ROWS[kind]) for kind in kinds}
    return {kind: draw(st.lists(row[kind], min_size=1, max_size=5)) for kind in kinds}


def written(made: Folder, order: list[str]) -> list[Source]:
    """Write the files and a manifest that names them in this order, and return what is to be loaded."""
    place = Path(tempfile.mkdtemp(prefix="mitra-folder-"))
    for kind in made:
        with (place / f"{kind}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(ROWS[kind]), delimiter=";")
            writer.writeheader()
            writer.writerows(made[kind])
    entries: list[dict[str, Any]] = [{"file": f"{kind}.csv", "kind": kind} for kind in order]
    (place / "mitra.yaml").write_text(yaml.safe_dump({"documents": entries}), "utf-8")
    return list(find_sources(place))


def load(store: Store, sources: list[Source], *, again: bool = False) -> list[Outcome]:
    """Load the sources; a file in which no row is good is loaded too, as a document that says nothing."""
    results = list(load_all(store, sources, again=again))
    assert not [each for each in results if isinstance(each, Failure)], results
    return [each for each in results if isinstance(each, Outcome)]


@EXAMPLES
@given(made=folders(), data=st.data())
def test_the_order_of_files_in_a_folder_does_not_matter(store: Store, made: Folder, data: st.DataObject) -> None:
    clear(store)
    load(store, written(made, sorted(made)))
    first = snapshot(store)
    clear(store)
    load(store, written(made, data.draw(st.permutations(sorted(made)))))
    assert snapshot(store) == first


@EXAMPLES
@given(made=folders())
def test_a_folder_loaded_again_changes_nothing_and_every_row_is_accounted_for(store: Store, made: Folder) -> None:
    clear(store)
    sources = written(made, sorted(made))
    outcomes = load(store, sources)
    first = snapshot(store)
    assert all(each.skipped for each in load(store, sources))
    again = load(store, sources, again=True)
    assert [(each.added, each.removed) for each in again] == [(0, 0)] * len(made)
    assert snapshot(store) == first
    for kind, outcome in zip(sorted(made), outcomes, strict=True):
        assert outcome.rows == len(made[kind])
        assert len({reject.place for reject in outcome.rejects}) == len(outcome.rejects) <= outcome.rows


@EXAMPLES
@given(made=folders(), data=st.data())
def test_withdrawing_a_file_is_as_if_it_had_never_been_loaded(store: Store, made: Folder, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(made)))
    sources = written(made, sorted(made))
    clear(store)
    load(store, [source for source in sources if source.path.stem != gone])
    without = snapshot(store)
    clear(store)
    load(store, sources)
    withdraw(store, f"document:{gone}")
    assert snapshot(store) == without


@EXAMPLES
@given(made=folders())
def test_an_export_of_a_folder_loads_back_to_the_same_graph(store: Store, tmp_path: Path, made: Folder) -> None:
    clear(store)
    load(store, written(made, sorted(made)))
    first = snapshot(store)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    export(store, tmp_path / "out")
    clear(store)
    load(store, list(find_sources(tmp_path / "out")))
    assert snapshot(store) == first
