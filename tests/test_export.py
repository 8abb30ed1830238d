"""Export: one graph gives one set of bytes, on either engine, and nothing is written where it does not belong."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.export import export
from graph.publish import publish
from graph.settings import DEMO
from graph.store import Store, open_store
from loaders.sources import find_sources
from tests.conftest import clear
from tests.made import FACILITIES, document, mention, reading


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def load_demo(store: Store, *, backwards: bool = False) -> None:
    sources = list(find_sources(DEMO))
    for source in reversed(sources) if backwards else sources:
        publish(store, source.read())


@pytest.fixture(scope="module")
def demo_bytes() -> dict[str, bytes]:
    """What the first engine tested wrote of the demo; the others must write the same."""
    return {}


def test_the_demo_gives_the_same_bytes_twice_backwards_and_on_either_engine(
    store: Store, tmp_path: Path, demo_bytes: dict[str, bytes]
) -> None:
    load_demo(store)
    load_demo(store)
    export(store, tmp_path / "forwards")
    clear(store)
    load_demo(store, backwards=True)
    export(store, tmp_path / "backwards")
    assert written(tmp_path / "forwards") == written(tmp_path / "backwards")
    demo_bytes = demo_bytes or written(tmp_path / "forwards")
    assert written(tmp_path / "backwards") == demo_bytes
    assert demo_bytes["nodes/Facility.csv"].count(b"\n") == 613


def test_the_demo_without_one_sentence_loses_exactly_that_sentences_claims(store: Store, tmp_path: Path) -> None:
    load_demo(store)
    export(store, tmp_path / "whole")
    article = next(source for source in find_sources(DEMO) if source.path.suffix == ".txt")
    sentence = "Siapa yang akhirnya datang masih dirundingkan para kepala unit bersama Kakanwil dan pihak perusahaan."
    text = article.path.read_text("utf-8")
    assert sentence in text
    shorter = tmp_path / article.path.name
    shorter.write_text(text.replace(sentence, ""), "utf-8")
    publish(store, type(article)(shorter, article.entry).read())
    export(store, tmp_path / "without")
    rows = [ties(tmp_path / folder) for folder in ("whole", "without")]
    assert not rows[1] - rows[0]
    gone = rows[0] - rows[1]
    assert gone
    assert all(sentence in row for row in gone)
    publish(store, article.read())
    export(store, tmp_path / "again")
    assert written(tmp_path / "again") == written(tmp_path / "whole")


@pytest.mark.parametrize("there", ["local", "neo4j"])
def test_an_export_loads_into_the_other_engine_and_gives_the_same_bytes_again(
    there: str, opened: dict[str, Store], local_url: str, neo4j_url: str, tmp_path: Path
) -> None:
    here = "neo4j" if there == "local" else "local"
    urls = {"local": local_url, "neo4j": neo4j_url}
    stores = {name: opened.setdefault(url, open_store(url)) for name, url in urls.items()}
    for store in stores.values():
        clear(store)
    load_demo(stores[here])
    export(stores[here], tmp_path / "here")
    for source in find_sources(tmp_path / "here"):
        for each in source.readings():
            publish(stores[there], each)
    export(stores[there], tmp_path / "there")
    assert written(tmp_path / "there") == written(tmp_path / "here")


def ties(folder: Path) -> set[str]:
    """Every tie but its id and offsets, which move when a sentence before it goes."""
    import csv

    found = set()
    for path in (folder / "ties").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                kept = {key: value for key, value in row.items() if key not in ("claim", "begins_at", "ends_at")}
                found.add(f"{path.stem} {sorted(kept.items())}")
    return found


def test_an_export_replaces_an_earlier_one_but_touches_no_other_folder(store: Store, tmp_path: Path) -> None:
    publish(store, reading(document("satu"), [mention(FACILITIES[0])]))
    assert export(store, tmp_path / "out") == export(store, tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(BadInput, match="mine"):
        export(store, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_folder_that_is_a_file_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="file"):
        export(store, tmp_path / "file")


def test_lines_quotes_and_letters_of_all_kinds_survive(local_url: str, tmp_path: Path) -> None:
    odd = 'baris satu\nbaris "dua", Ünïcode 刑 \u202e'
    with open_store(local_url) as store:
        clear(store)
        publish(store, reading(document("satu"), [mention(FACILITIES[0], said=odd)]))
        export(store, tmp_path / "out")
        (source,) = find_sources(tmp_path / "out")
        assert [publish(store, each, again=True).added for each in source.readings()] == [0]
    text = (tmp_path / "out" / "ties" / "MENTIONS.csv").read_bytes().decode()
    assert odd.replace('"', '""') in text
