"""The words around the code: what they show exists, what they link to is there, and what is derived is current."""

import csv
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import cli
from graph.catalog import catalog, find_query
from graph.document import PAGE, schema_page
from graph.schema import schema
from graph.settings import DEMO, ROOT

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for folder in ("docs", "data", "tests", "bench") for page in (ROOT / folder).rglob("*.md")),
    ]
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"```.*?\n(.*?)```|`([^`\n]+)`", re.DOTALL)
COMMAND = re.compile(r"(?:^|\s)mitra((?:\s+(?:'[^']*'|\"[^\"]*\"|[^\s'\"#]+(?:\"[^\"]*\")?))+)")
SHOWN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "coverage.md"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def without_blocks(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", without_blocks(page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def code(page: Path) -> Iterator[str]:
    """Every line of a page that stands as code."""
    for block, span in CODE.findall(page.read_text("utf-8")):
        yield from (block or span).splitlines()


def commands() -> list[tuple[str, str]]:
    """Every `mitra` command that the pages show, by page; what is a placeholder as a whole is left out."""
    found = [(name_of(page), line) for page in SHOWN for line in code(page)]
    called = [(page, match[1].strip()) for page, line in found if (match := COMMAND.search(line))]
    return sorted({(page, words) for page, words in called if not words.startswith("…")})


def requirements() -> list[str]:
    return [
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]


def distribution(requirement: str) -> str:
    return re.split(r"[<>=!~;\s\[]", requirement, maxsplit=1)[0]


def test_the_schema_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == schema_page(), "run: python -m graph.document"


def test_the_schema_page_names_every_label_type_and_term() -> None:
    page = schema_page()
    for name in [*schema().labels, *schema().relationships, *schema().claim]:
        assert f"| `{name}` |" in page
    for terms in schema().vocabularies.values():
        for value, term in terms.items():
            assert f"| `{value}` | {term.id} | {term.en} |" in page


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(without_blocks(page.read_text("utf-8"))):
        there = (page.parent / target).resolve() if target else page
        assert there.is_relative_to(ROOT), f"{target} lies outside"
        assert there.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(there), f"{target} has no heading #{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_name_no_path_of_one_machine(page: Path) -> None:
    assert not re.findall(r"(?<![\w.:/])/(?:home|root|Users|work|tmp)/\S*", page.read_text("utf-8"))


def test_the_pages_show_commands() -> None:
    assert len(commands()) > 8


@pytest.mark.parametrize("name", sorted(cli.mitra.commands))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"\bmitra (?:--\w+ \w+ )?{name}\b", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize(("page", "words"), commands())
def test_commands_exist_with_the_options_shown(page: str, words: str) -> None:
    command: click.Command = cli.mitra
    given = iter(shlex.split(words))
    for word in given:
        if word.startswith("-"):
            option = word.partition("=")[0]
            known = {each: one for one in command.params for each in one.opts}
            assert option in known, f"{page}: mitra {command.name} has no {option}"
            if not getattr(known[option], "is_flag", False) and "=" not in word:
                next(given)
        elif isinstance(command, click.Group):
            assert word in command.commands, f"{page}: there is no command mitra {word}"
            command = command.commands[word]


@pytest.mark.parametrize("page", SHOWN, ids=name_of)
def test_queries_shown_exist_and_take_the_parameters_shown(page: Path) -> None:
    for words in (shlex.split(words) for shown, words in commands() if shown == name_of(page)):
        if "query" not in words[:-1] or "--cypher" in words or words[words.index("query") + 1] == "NAME":
            continue
        given = [words[place + 1].split("=", 1) for place, word in enumerate(words) if word == "-p"]
        find_query(words[words.index("query") + 1]).arguments(dict(given))


def test_the_readme_shows_a_query_of_the_catalog() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert any(f"query {name} -p" in text for name in catalog())


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name_of)
def test_make_targets_shown_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {target for line in code(page) for target in re.findall(r"\bmake ([a-z]+)", line)}
    assert shown
    assert shown <= targets


def test_every_dependency_has_its_section_and_no_other_has() -> None:
    sections = re.findall(r"^### (\S+)$", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(map(distribution, requirements()))


def test_every_section_names_reason_alternative_and_licence() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name, _, said = section.partition("\n")
        assert "Considered:" in said, name
        assert "Licence:" in said.replace("\n", " "), name


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"], ids=distribution)
def test_every_dependency_at_run_time_has_an_upper_bound(requirement: str) -> None:
    assert "<" in requirement.partition(";")[0]


def test_the_coverage_page_names_the_states_in_both_languages_in_order() -> None:
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    bold = re.findall(r"^\| \*\*(.+?)\*\* \|", text, re.MULTILINE)
    states = schema().vocabularies["coverage_state"].values()
    assert bold == [*(state.id for state in states), *(state.en for state in states)]


@pytest.mark.parametrize("file", ["provinces", "regencies", "facilities"])
def test_figures_of_the_registers_are_those_of_the_files(file: str) -> None:
    with (DEMO / "register" / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    data = (ROOT / "data" / "README.md").read_text("utf-8")
    assert f"{file}.csv: {len(rows)} rows" in data
    if file == "facilities":
        assert f"{len(rows)} units" in (ROOT / "README.md").read_text("utf-8")
        assert f"is `yes` in {sum(row['needs_review'] == 'yes' for row in rows)} weak rows" in data


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=name_of)
def test_decisions_have_one_form(page: Path) -> None:
    heads = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
    assert heads == ["Context", "Decision", "Consequences", "What else was considered"]


def test_images_are_small_and_shown() -> None:
    texts = "".join(page.read_text("utf-8") for page in PAGES)
    for image in (ROOT / "docs" / "images").iterdir():
        assert image.stat().st_size < 300_000
        assert image.name in texts


def test_compose_needs_a_password_and_has_no_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    used = re.findall(r"(?<!\$)\$\{NEO4J_PASSWORD([^}]*)\}", text)
    assert len(used) == 2
    assert all(rest.startswith(":?") and len(rest) > 10 for rest in used)
    assert "NEO4J_PASSWORD" not in COMPOSE["services"]["neo4j"]["environment"], "the image takes it for a setting"


def test_compose_waits_for_a_neo4j_that_answers_and_keeps_its_data() -> None:
    neo4j, app = COMPOSE["services"]["neo4j"], COMPOSE["services"]["app"]
    assert "cypher-shell" in neo4j["healthcheck"]["test"][-1]
    assert "$${NEO4J_AUTH#neo4j/}" in neo4j["healthcheck"]["test"][-1], "one dollar would be read by compose"
    assert app["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    volumes = dict(each.split(":", 1) for each in neo4j["volumes"])
    assert "/data" in volumes.values()
    assert set(volumes) <= set(COMPOSE["volumes"])


def test_compose_opens_ports_to_this_machine_only() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service["ports"]]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_compose_runs_the_neo4j_that_the_tests_run() -> None:
    wanted = re.search(r"^ *version=(\d{4}\.\d\d)\.", (ROOT / ".ci" / "neo4j" / "run").read_text("utf-8"), re.MULTILINE)
    assert wanted
    assert COMPOSE["services"]["neo4j"]["image"] == f"neo4j:{wanted[1]}-community"


def test_the_image_is_built_from_the_lock_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER mitra"]
    syncs = [line for line in lines if "uv sync" in line]
    assert syncs
    assert all("--locked" in line and "--no-dev" in line for line in syncs)
    assert 'CMD ["mitra", "serve"]' in lines
