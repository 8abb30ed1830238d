"""The command line: every command is documented, and a mistake is one line, exit code 2, and changes nothing."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest

import cli
from graph.publish import publish
from graph.schema import schema
from graph.settings import DEMO, ROOT
from graph.status import data_version, writes
from graph.store import Store, local, open_store
from graph.store.store import hide_password
from graph.words import LANGUAGES, Language, catalog, say
from loaders.sources import find_sources
from tests.conftest import clear

COMMANDS: dict[str, click.Command] = dict(cli.mitra.commands)
OPTIONS = [
    (command, option.help or "")
    for command in (cli.mitra, *COMMANDS.values())
    for option in command.params
    if isinstance(option, click.Option)
]
REGISTER = "code,name,iso\n13,Sumatera Barat,ID-SB\n14,Riau,ID-RI\n"
UNREADABLE = Path("/proc/self/mem")
Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def url(local_url: str) -> str:
    """The URL of a local store with the demo in it, for the commands of this module."""
    with open_store(local_url) as opened:
        clear(opened)
        for source in find_sources(DEMO):
            assert publish(opened, source.read()).rejects == []
    return local_url


@pytest.fixture(scope="module")
def held(url: str) -> Iterator[Store]:
    """The same store, to look into."""
    with open_store(url) as opened:
        yield opened


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


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help_in_the_catalog(name: str) -> None:
    assert f"cli.{name}" in catalog()


def test_every_option_has_its_help_in_the_catalog() -> None:
    undocumented = {words for _, words in OPTIONS if f"cli.option.{words}" not in catalog()}
    assert undocumented == set()
    assert len(OPTIONS) > 15


def test_the_commands_that_were_promised_are_there() -> None:
    promised = {"demo", "load", "extract", "query", "queries", "gaps", "export", "status", "serve", "stop"}
    assert promised <= set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_readers_language(capsys: Capture, monkeypatch: Patch, name: str, language: Language) -> None:
    monkeypatch.setenv("MITRA_LANG", language)
    code, out, err = in_process(capsys, monkeypatch, *filter(None, [name]), "--help")
    assert (code, err) == (0, "")
    shown = " ".join(out.split())
    command = COMMANDS.get(name, cli.mitra)
    assert say(f"cli.{command.name}", language) in shown
    for option in command.params:
        if isinstance(option, click.Option):
            assert say(f"cli.option.{option.help}", language) in shown
    assert say("cli.option.help", language) in shown
    assert shown.startswith(say("cli.help.usage", language))
    assert f"{say('cli.help.options', language)}:" in shown
    assert "PATHS" not in shown.partition(say("cli.help.options", language))[2]
    if not name:
        assert all(re.search(rf"\b{each}\b", shown) for each in COMMANDS)


def test_the_language_option_wins_over_the_environment(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_LANG", "id")
    for words in (["--lang", "en"], ["--lang=en"]):
        _, out, _ = in_process(capsys, monkeypatch, *words, "--help")
        assert say("cli.load", "en") in " ".join(out.split())


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of files that cannot be loaded, and one that can."""
    (tmp_path / "good.csv").write_text(REGISTER, "utf-8")
    (tmp_path / "broken.csv").write_bytes(REGISTER.encode() * 2_000 + b"15,Jamb\xff\x81,ID-JA\n")
    (tmp_path / "open.csv").write_text(REGISTER + '15,"Jambi,ID-JA\n', "utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "empty.txt").write_text(" \n", "utf-8")
    (tmp_path / "broken.txt").write_bytes(b"Padang \x81\x8d\xff")
    (tmp_path / "folder").mkdir()
    (tmp_path / "steer.csv").write_text("a\x1b[31m,b\n", "utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "mitra.yaml").write_text("documents: [{file: ../good.csv}]", "utf-8")
    (tmp_path / "manifest").mkdir()
    (tmp_path / "manifest" / "mitra.yaml").write_text("documents: [{fle: good.csv}]", "utf-8")
    (tmp_path / "unreadable.csv").symlink_to(UNREADABLE)
    (tmp_path / "unreadable.txt").symlink_to(UNREADABLE)
    return tmp_path


def _shown(value: list[str] | str) -> str:
    return value[:20] if isinstance(value, str) else " ".join(value)[:50]


MISTAKES: list[tuple[list[str], str]] = [
    (["load", "none.csv"], "none.csv"),
    (["load", "good.csv", "none.csv"], "none.csv"),
    (["load", "unreadable.csv"], "unreadable.csv"),
    (["load", "unreadable.txt"], "unreadable.txt"),
    (["load", "unreadable.csv", "--kind", "provinces"], "unreadable.csv"),
    (["load", "folder"], "folder"),
    (["load", "other.csv"], "--kind"),
    (["load", "empty.csv"], "empty.csv"),
    (["load", "empty.csv", "--kind", "provinces"], "code, iso, name"),
    (["load", "good.csv", "--kind", "villages"], "villages"),
    (["load", "broken.csv"], "UTF-8"),
    (["load", "open.csv"], "open.csv:4"),
    (["load", "empty.txt"], "empty.txt"),
    (["load", "broken.txt"], "broken.txt"),
    (["load", "good.csv", "--published", "23/3/2021"], "23/3/2021"),
    (["load", "outside"], "../good.csv"),
    (["load", "manifest"], "fle"),
    (["load", "n" * 5_000], "nnn"),
    (["load"], "PATHS"),
    (["load", "good.csv", "--colour", "red"], "--colour"),
    (["extract", "none.txt"], "none.txt"),
    (["extract", "folder"], "folder"),
    (["extract", "empty.txt"], "empty.txt"),
    (["extract", "broken.txt"], "broken.txt"),
    (["extract", "good.csv", "--published", "kemarin"], "kemarin"),
    (["query"], "--cypher"),
    (["query", "facilities"], "facilities-without-partner"),
    (["query", "partners-of-facility"], "-p facility="),
    (["query", "partners-of-facility", "-p", "unit=x"], "facility"),
    (["query", "partners-of-facility", "-p", "facility"], "NAME=VALUE"),
    (["query", "facilities-without-partner", "-p", "as_of=2021-02-30"], "2021-02-30"),
    (["query", "facilities-without-partner", "-p", "all=mungkin"], "mungkin"),
    (["query", "facilities-without-partner", "--format", "xml"], "xml"),
    (["query", "--cypher", "MATCH (n"], "refused"),
    (["query", "--cypher", "CREATE (n:Official {id: 'official:x'})"], "only reading"),
    (["query", "--cypher", "MATCH (n) DETACH DELETE n"], "only reading"),
    (["query", "--cypher", "RETURN $unit, '$x' // $y"], "-p unit="),
    (["query", "--cypher", "RETURN $x + $y", "-p", "x=1"], "-p y="),
    (["gaps", "--province", "Atlantis"], "Atlantis"),
    (["gaps", "--kind", "penjara"], "lapas"),
    (["gaps", "--area", "memasak"], "fishery"),
    (["gaps", "--as-of", "besok"], "besok"),
    (["export", "."], "other files"),
    (["fly"], "fly"),
    (["--store", "redis:x", "status"], "redis:x"),
    (["--store", "bolt://127.0.0.1:1", "status"], "bolt://127.0.0.1:1"),
    (["--store", "bolt://neo4j:rahasia@127.0.0.1:1", "load", "good.csv"], "127.0.0.1:1"),
    (["--store", "bolt://127.0.0.1:1", "stop"], "bolt://127.0.0.1:1"),
    (["--store", "local:good.csv", "status"], "good.csv"),
    (["serve", "--port", "http"], "http"),
]


@pytest.mark.parametrize(("words", "named"), MISTAKES, ids=_shown)
def test_a_mistake_is_one_line_that_names_it_and_changes_nothing(
    capsys: Capture,
    monkeypatch: Patch,
    bad: Path,
    held: Store,
    words: list[str],
    named: str,
) -> None:
    monkeypatch.chdir(bad)
    monkeypatch.setenv("MITRA_STORE", held.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    before = (writes(held), data_version(held))
    code, out, err = in_process(capsys, monkeypatch, *words)
    assert code == 2
    assert len(err.splitlines()) == 1, err
    assert named in err
    assert "Traceback" not in err + out
    assert "rahasia" not in err + out
    assert (writes(held), data_version(held)) == before


def test_mistakes_are_said_in_indonesian_too_in_a_process_of_its_own(bad: Path, url: str) -> None:
    wanted = {
        ("load", "broken.csv"): "Simpan ulang sebagai UTF-8",
        ("query", "partners-of-facility"): "belum diisi",
    }
    with ThreadPoolExecutor(2) as several:
        answers = several.map(lambda words: mitra(*words, store=url, lang="id", cwd=bad), wanted)
    for remedy, answer in zip(wanted.values(), answers, strict=True):
        assert answer.returncode == 2
        assert remedy in answer.stderr
        assert len(answer.stderr.splitlines()) == 1
        assert "Traceback" not in answer.stderr


def test_a_wrong_password_is_one_line_without_the_password(capsys: Capture, monkeypatch: Patch, neo4j_url: str) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    address = hide_password(neo4j_url).replace("neo4j@", "")
    code, _, err = in_process(
        capsys, monkeypatch, "--store", address.replace("://", "://neo4j:salah-sekali@"), "status"
    )
    assert code == 2
    assert len(err.splitlines()) == 1
    assert "NEO4J_PASSWORD" in err
    assert "salah-sekali" not in err


def test_what_a_file_says_cannot_steer_the_terminal(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, held: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    path = tmp_path / "judul\x1b[31m.csv"
    path.write_text(REGISTER + "15\x1b[2J,Jambi,ID-JA\n", "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(path))
    assert code == 2
    assert "\x1b" not in out + err
    assert "[2J" in err


def test_good_rows_stay_and_refused_ones_are_named(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, held: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    path = tmp_path / "provinsi-lain.csv"
    path.write_text(REGISTER + "x,Jambi,ID-JA\n", "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(path))
    assert code == 2
    assert "2 claims added" in out
    assert "provinsi-lain.csv:4" in err
    path.write_text(REGISTER, "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(path))
    assert (code, err) == (0, "")
    assert "0 claims added, 0 removed, 2 kept" in out
    code, out, err = in_process(capsys, monkeypatch, "load", str(path), str(path))
    assert (code, err) == (0, "")
    assert out.count("unchanged") == 2


def test_two_files_that_would_be_one_document_are_not_mixed(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, held: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sama.csv").write_text(REGISTER, "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(tmp_path / "a"), str(tmp_path / "b"))
    assert code == 2
    assert "2 claims added" in out
    assert "same document" in err


def test_gaps_gives_one_row_for_each_unit_of_the_register(url: str) -> None:
    done = mitra("gaps", "--format", "json", store=url)
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert len(rows) == 612
    assert all(
        list(row) == ["facility_id", "name", "kind", "province", "state", "need", "months", "occupants", "capacity"]
        for row in rows
    )
    assert len({row["facility_id"] for row in rows}) == 612
    assert {row["state"] for row in rows} <= set(schema().vocabularies["coverage_state"])
    assert {row["kind"] for row in rows} <= set(schema().vocabularies["facility_kind"])
    assert all(re.fullmatch(r"ID-[A-Z]{2}", row["province"]) for row in rows)
    padang = next(row for row in rows if row["facility_id"] == "facility:lapas-padang")
    assert padang["province"] == "ID-SB"


@pytest.mark.parametrize("province", ["ID-SB", "Sumatera Barat", "sumatra barat"])
def test_gaps_of_a_province_are_part_of_the_whole(
    capsys: Capture, monkeypatch: Patch, held: Store, province: str
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    code, out, _ = in_process(capsys, monkeypatch, "gaps", "--province", province, "--kind", "lapas", "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    assert code == 0
    assert {(row["province"], row["kind"]) for row in rows} == {("ID-SB", "lapas")}
    assert "facility:lapas-padang" in {row["facility_id"] for row in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_for_people_end_in_counts_that_add_up(
    capsys: Capture, monkeypatch: Patch, held: Store, language: str
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    code, out, _ = in_process(capsys, monkeypatch, "--lang", language, "gaps")
    assert code == 0
    assert sum(map(int, re.findall(r"\d+", out.splitlines()[-2]))) == 612


def test_a_query_of_the_catalog_and_cypher_answer_in_every_form(
    capsys: Capture, monkeypatch: Patch, held: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    named = ["query", "where-does-it-say-so", "-p", "node=facility:rutan-padang"]
    code, out, _ = in_process(capsys, monkeypatch, *named, "--format", "json")
    assert code == 0
    assert {"LOCATED_IN", "PART_OF", "MENTIONS"} <= {row["relation"] for row in json.loads(out)}
    code, out, _ = in_process(capsys, monkeypatch, *named)
    assert code == 0
    assert "facilities.csv:" in out
    cypher = "MATCH (f:Facility {id: $id}) RETURN f.id AS id, [f.kind]"
    code, out, _ = in_process(capsys, monkeypatch, "query", "--cypher", cypher, "-p", "id=facility:rutan-padang")
    assert code == 0
    assert "[f.kind]" in out
    assert "facility:rutan-padang" in out


def test_queries_lists_the_catalog_without_a_store(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_STORE", "bolt://127.0.0.1:1")
    code, out, _ = in_process(capsys, monkeypatch, "queries", "--format", "json")
    assert code == 0
    assert "facilities-without-partner" in {row["name"] for row in json.loads(out)}


def test_extract_prints_the_facts_of_an_article_without_a_store(capsys: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("MITRA_STORE", "bolt://127.0.0.1:1")
    (article,) = (DEMO / "articles").glob("*.txt")
    code, out, _ = in_process(capsys, monkeypatch, "extract", str(article), "--published", "2021-03-23", "--json")
    assert code == 0
    facts = json.loads(out)
    assert facts["id"] == article.stem
    assert len(facts["officials"]) == 6
    code, out, _ = in_process(capsys, monkeypatch, "extract", str(article))
    assert code == 0
    assert "Padang" in out


def test_status_names_the_store_its_process_and_what_it_holds(capsys: Capture, monkeypatch: Patch, held: Store) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    server = local.find(Path(held.url.removeprefix("local:")))
    assert server is not None
    code, out, _ = in_process(capsys, monkeypatch, "status", "--format", "json")
    assert code == 0
    shown = {row["name"]: row["value"] for row in json.loads(out)}
    assert shown["Store"] == held.url
    assert str(server.pid) in shown["Process"]
    assert shown["Data version"] == data_version(held)
    assert shown["Facility"] == 612


def test_export_writes_the_graph_and_writes_it_again(
    capsys: Capture, monkeypatch: Patch, held: Store, tmp_path: Path
) -> None:
    monkeypatch.setenv("MITRA_STORE", held.url)
    for _ in range(2):
        code, _, err = in_process(capsys, monkeypatch, "export", str(tmp_path / "graph"))
        assert (code, err) == (0, "")
    units = (tmp_path / "graph" / "nodes" / "Facility.csv").read_text("utf-8").splitlines()
    assert len(units) == 613


def test_stop_ends_the_server_and_says_when_there_is_none(capsys: Capture, monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    code, out, _ = in_process(capsys, monkeypatch, "--store", f"local:{tmp_path}", "stop")
    assert code == 0
    assert out.strip() == say("cli.not_running", "en")
