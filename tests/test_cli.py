"""The command line: every command is documented, and a mistake is one line, exit code 2, and changes nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest

import cli
from graph.status import data_version, writes
from graph.store import Store
from graph.store.store import hide_password
from graph.words import LANGUAGES, Language, catalog, say
from tests.terminal import Capture, Patch, in_process, mitra

COMMANDS: dict[str, click.Command] = dict(cli.mitra.commands)
OPTIONS = [
    (command, option.help or "")
    for command in (cli.mitra, *COMMANDS.values())
    for option in command.params
    if isinstance(option, click.Option)
]
REGISTER = "code,name,iso\n13,Sumatera Barat,ID-SB\n14,Riau,ID-RI\n"
UNREADABLE = Path("/proc/self/mem")


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
    demo_store: Store,
    words: list[str],
    named: str,
) -> None:
    monkeypatch.chdir(bad)
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    before = (writes(demo_store), data_version(demo_store))
    code, out, err = in_process(capsys, monkeypatch, *words)
    assert code == 2
    assert len(err.splitlines()) == 1, err
    assert named in err
    assert "Traceback" not in err + out
    assert "rahasia" not in err + out
    assert (writes(demo_store), data_version(demo_store)) == before


def test_mistakes_are_said_in_indonesian_too_in_a_process_of_its_own(bad: Path, demo_url: str) -> None:
    wanted = {
        ("load", "broken.csv"): "Simpan ulang sebagai UTF-8",
        ("query", "partners-of-facility"): "belum diisi",
    }
    with ThreadPoolExecutor(2) as several:
        answers = several.map(lambda words: mitra(*words, store=demo_url, lang="id", cwd=bad), wanted)
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
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, demo_store: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    path = tmp_path / "judul\x1b[31m.csv"
    path.write_text(REGISTER + "15\x1b[2J,Jambi,ID-JA\n", "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(path))
    assert code == 2
    assert "\x1b" not in out + err
    assert "[2J" in err


def test_good_rows_stay_and_refused_ones_are_named(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, demo_store: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
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
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, demo_store: Store
) -> None:
    monkeypatch.setenv("MITRA_STORE", demo_store.url)
    monkeypatch.setenv("MITRA_LANG", "en")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sama.csv").write_text(REGISTER, "utf-8")
    code, out, err = in_process(capsys, monkeypatch, "load", str(tmp_path / "a"), str(tmp_path / "b"))
    assert code == 2
    assert "2 claims added" in out
    assert "same document" in err


def test_stop_ends_the_server_and_says_when_there_is_none(capsys: Capture, monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setenv("MITRA_LANG", "en")
    code, out, _ = in_process(capsys, monkeypatch, "--store", f"local:{tmp_path}", "stop")
    assert code == 0
    assert out.strip() == say("cli.not_running", "en")
