"""The words: every sentence that a user reads exists in both languages, is used, and gets the values that it names."""

import ast
import re
import string
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from graph.catalog import catalog as queries
from graph.errors import BadInput, MitraError
from graph.schema import schema
from graph.settings import ROOT
from graph.words import CATALOG, LANGUAGES, catalog, number, say

CODE = sorted(
    [ROOT / "cli.py", ROOT / "terminal.py", *(ROOT / "commands").glob("*.py"), ROOT / "app.py"]
    + [file for folder in ("graph", "loaders", "views") for file in (ROOT / folder).rglob("*.py")]
)
PAGES = sorted(file for end in ("js", "html") for file in (ROOT / "views").rglob(f"*.{end}"))
KEYS = sorted(catalog())
KEY = re.compile(r"[a-z]+(\.[a-z_]+)+")
# Calls whose first argument is a key, with the positions of what is not a value for the sentence.
SPEAKS = {"say", "tell", "BadInput", "StoreUnavailable", "MitraError"}

# The same word in both languages, or a name.
ALIKE = re.compile(r"JSON|Program|Status|Parameter|PNG|Mitra|[{}\w.:]+")


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the project as a syntax tree."""
    return {file: ast.parse(file.read_text("utf-8")) for file in CODE if file.exists()}


def placeholders(text: str) -> set[str]:
    """The names in a sentence's braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls() -> list[tuple[str, ast.Call]]:
    """Every call that speaks, with its place."""
    return [
        (f"{file.relative_to(ROOT)}:{node.lineno}", node)
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in SPEAKS and node.args
    ]


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def spoken() -> list[tuple[str, str, ast.Call]]:
    """Every call that speaks a key written out in the code."""
    return [
        (place, call.args[0].value, call)
        for place, call in calls()
        if isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and KEY.fullmatch(call.args[0].value)
    ]


@cache
def strings(file: Path) -> frozenset[str]:
    """Every string that a module holds."""
    found = (node.value for node in ast.walk(trees()[file]) if isinstance(node, ast.Constant))
    return frozenset(value for value in found if isinstance(value, str))


@cache
def made_up() -> frozenset[str]:
    """Every key that code puts together from a prefix in an f-string and a word that stands in the same module."""
    words = {column.name for query in queries().values() for column in query.columns}
    words |= {str(month) for month in range(1, 13)}
    words |= {value for values in schema().vocabularies.values() for value in values} | set(schema().labels)
    return frozenset(
        prefix + word
        for file, tree in trees().items()
        for prefix in _prefixes(tree)
        for word in strings(file) | _commands() | words | (_columns() if prefix == "column." else frozenset())
    )


def _prefixes(tree: ast.Module) -> set[str]:
    begins = (node.values[0] for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values)
    texts = (str(begin.value) for begin in begins if isinstance(begin, ast.Constant))
    return {text for text in texts if re.fullmatch(r"([a-z]+\.)+([a-z]+_)?", text)}


@cache
def _commands() -> frozenset[str]:
    """The names of the commands and the words of their options."""
    files = [file for file in CODE if file.parent == ROOT or file.parent.name == "commands"]
    nodes = [node for file in files for node in ast.walk(trees()[file])]
    named = {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.decorator_list}
    return frozenset(named).union(*map(strings, files))


@cache
def _columns() -> frozenset[str]:
    return frozenset(word for file in trees() for word in strings(file))


def test_no_key_stands_twice_in_the_catalog() -> None:
    """YAML would silently keep the last."""
    written = Counter(re.findall(r'^"?([\w.]+)"?:', CATALOG.read_text("utf-8"), re.MULTILINE))
    assert [key for key, times in written.items() if times > 1] == []
    assert set(written) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_has_both_languages_with_the_same_placeholders(key: str) -> None:
    entry = catalog()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(isinstance(text, str) and text.strip() for text in entry.values())
    assert placeholders(entry["id"]) == placeholders(entry["en"])


def test_no_sentence_is_left_untranslated() -> None:
    same = {key: entry["id"] for key, entry in catalog().items() if entry["id"] == entry["en"]}
    assert {key: text for key, text in same.items() if not ALIKE.fullmatch(text.replace(" ", ""))} == {}


def test_no_english_is_left_in_the_indonesian_sentences() -> None:
    english = re.compile(
        r"\b(the|a|an|is|are|not|with|of|for|and|or|to|in|file|folder not|shown?|error|click|load|save|download|search|"
        r"filter by|update|cancel|unknown|missing|please|only|all|none)\b"
    )
    bare = {key: re.sub(r"`[^`]*`|\{\w+\}", "", entry["id"]) for key, entry in catalog().items()}
    assert {key: text for key, text in bare.items() if english.search(text)} == {}


def test_every_key_that_the_code_names_is_in_the_catalog() -> None:
    assert [f"{place} {key}" for place, key, _ in spoken() if key not in catalog()] == []
    assert len(spoken()) > 50


def test_every_call_gives_a_sentence_exactly_the_values_that_it_names() -> None:
    wrong = []
    for place, key, call in spoken():
        given = {word.arg for word in call.keywords}
        wanted = placeholders(catalog().get(key, {"en": ""})["en"])
        if None in given:  # values come from a mapping, which this cannot see
            continue
        if given != wanted:
            wrong.append(f"{place} {key}: wants {sorted(wanted)}, gets {sorted(map(str, given))}")
    assert wrong == []


def test_every_sentence_of_the_catalog_is_used() -> None:
    literal = {text for file in trees() for text in strings(file)}
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    unused = [key for key in KEYS if key not in literal and key not in made_up() and key not in pages]
    assert unused == []


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (612, "612", "612"),
        (1234, "1.234", "1,234"),
        (1234567, "1.234.567", "1,234,567"),
        (-1234, "-1.234", "-1,234"),
        (0.5, "0,5", "0.5"),
        (1234.56, "1.234,6", "1,234.6"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(value: float, indonesian: str, english: str) -> None:
    assert number(value, "id") == indonesian
    assert number(value, "en") == english


def test_a_value_in_both_languages_is_said_in_the_readers() -> None:
    name = schema().labels["Facility"].name
    assert name.en in say("cli.error", "en", text=name)
    assert name.id in say("cli.error", "id", text=name)


def test_braces_in_a_value_stay_text() -> None:
    assert "{0} {text.__class__}" in say("cli.error", "id", text="{0} {text.__class__}")


def test_an_error_reads_as_its_english_sentence() -> None:
    error = BadInput("file.missing", file="a.txt")
    assert isinstance(error, MitraError)
    assert str(error) == say("file.missing", "en", file="a.txt")
