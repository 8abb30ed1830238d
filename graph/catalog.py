"""The query catalog: each `queries/*.cypher` file is a question with a checked header."""

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from graph.schema import TYPES
from graph.settings import QUERIES
from graph.store import Row, Store
from graph.words import Language

_TYPES = tuple(TYPES)
_PARAM = re.compile(r"(?P<name>\w+): (?P<type>\w+)(?P<optional>\?)?(?: = (?P<default>\S+))? -- (?P<says>.+)")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<type>\w+(?:\(\w+\))?)(?P<optional>\?)? -- (?P<says>.+)")
_STRINGS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_COMMENTS = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|LOAD\s+CSV|FOREACH)\b", re.IGNORECASE)
# The local store filters after it has chosen the path, so such a query may miss a longer valid one.
_FILTERED_SHORTEST = re.compile(r"shortestPath.*?\bWHERE\b.*?\b(all|any|none)\s*\(", re.IGNORECASE | re.DOTALL)
_ENGINE_BOUND = re.compile(r"\belementId\s*\(|\bapoc\.|\bSHORTEST\s+\d|\bCYPHER\s+\d", re.IGNORECASE)
_YES, _NO = ("true", "yes", "ya", "1"), ("false", "no", "tidak", "0")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; in a header it stands as `English | Indonesian`."""

    en: str
    id: str

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks for: its type, its default as text, and whether it may be left out."""

    name: str
    type: str
    optional: bool
    default: str | None
    says: Text

    def value(self, given: Any) -> Any:
        """Return what is given as a value of this parameter's type; None stands for not given.

        Raises BadInput that names the parameter and what would be accepted.
        """
        if given is None or given == "":
            if self.default is None and not self.optional:
                raise BadInput("query.parameter_missing", parameter=self.name, says=self.says)
            return None if self.default is None else self._parse(self.default)
        return self._parse(given) if isinstance(given, str) else given

    def _parse(self, text: str) -> Any:
        try:
            return _parse(self.type, text)
        except ValueError as error:
            raise BadInput("query.parameter", parameter=self.name, value=text, wanted=TYPES[self.type]) from error


def _parse(type_: str, text: str) -> Any:
    match type_:
        case "date":
            return datetime.date.today() if text == "today" else datetime.date.fromisoformat(text)
        case "integer":
            return _whole(text)
        case "number":
            return _finite(text)
        case "boolean":
            if text.lower() not in (*_YES, *_NO):
                raise ValueError(text)
            return text.lower() in _YES
        case _:
            return text


def _whole(text: str) -> int:
    number = int(text)
    if not -(2**63) <= number < 2**63:  # what an engine can hold
        raise ValueError(text)
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


@dataclass(frozen=True, slots=True)
class Column:
    """What a query returns under one name; `type` is like `string`, `node(Facility)` or `list(string)`."""

    name: str
    type: str
    optional: bool
    says: Text


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the catalog: header and statement."""

    name: str
    title: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    says: Text
    cypher: str

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for every parameter, parsed from text where it is text.

        Raises BadInput for a parameter that the query does not have, that is missing, or that is of another type.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in given:
            if name not in known:
                names = ", ".join(sorted(known)) or "-"
                raise BadInput("query.parameter_unknown", query=self.name, parameter=name, known=names)
        return {parameter.name: parameter.value(given.get(parameter.name)) for parameter in self.parameters}

    def run(self, store: Store, **given: Any) -> list[Row]:
        """Return the rows that the query gives for these arguments; columns as the header declares them."""
        return store.read(self.cypher, **self.arguments(given))

    def compact(self, store: Store, **given: Any) -> list[tuple[Any, ...]]:
        """Return the same rows as tuples in the order of the columns, dates as ISO text; the first column is a string.

        For many rows: an engine takes longer to send a row than to find it, so they come many to a message, a list for
        each column, parted by the last letter of the first to keep each message well under what Bolt allows.
        """
        columns = [f"toString({each.name})" if each.type == "date" else each.name for each in self.columns]
        # what is null would not be gathered, and the columns no longer be of one length
        gathered = ", ".join(f"collect(coalesce({column}, '')) AS c{n}" for n, column in enumerate(columns))
        wrapped = f"CALL () {{ {self.cypher} }} WITH right({self.columns[0].name}, 1) AS part, {gathered} RETURN *"
        parts = store.read(wrapped, **self.arguments(given))
        names = [f"c{n}" for n in range(len(columns))]
        return [row for part in parts for row in zip(*(_with_gaps(part[name]) for name in names), strict=True)]


def _with_gaps(column: list[Any]) -> list[Any]:
    return [None if value == "" else value for value in column]


def parse_query(text: str, file: str) -> Query:
    """Return the query that a file's text holds.

    Raises BadInput with `file:line` for a header that is incomplete, declares what the statement does not use or
    return, leaves out what it does, or a statement that the two engines do not both answer rightly.
    """
    return _Parser(text, file).query()


class _Parser:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.splitlines()
        self.header = [line[2:].strip() for line in self.lines if line.startswith("//")]
        self.statement = "\n".join(line for line in self.lines if not line.startswith("//")).strip()
        self.bare = _STRINGS.sub("''", self.statement)
        opens = (place for place, line in enumerate(self.header) if line in ("", "params:", "returns:"))
        self.fields = self.header[: next(opens, len(self.header))]

    def fail(self, line: int, reason: str) -> BadInput:
        return BadInput("query.header", place=f"{self.file}:{line}", reason=reason)

    def line_of(self, start: str) -> int:
        """Return the number of the first header line that starts so; 1 if none does."""
        wanted = (
            number for number, line in enumerate(self.lines, 1) if line.removeprefix("//").strip().startswith(start)
        )
        return next(wanted, 1)

    def query(self) -> Query:
        name = self.field("name")
        if name != Path(self.file).stem:
            raise self.fail(self.line_of("name:"), f"name is {name!r}, the file is {self.file!r}")
        parameters = tuple(self.parameter(line) for line in self.block("params:"))
        columns = tuple(self.column(line) for line in self.block("returns:"))
        self.check_parameters(parameters)
        self.check_columns(columns)
        self.check_statement()
        title = self.text(self.field("title"), self.line_of("title:"))
        tags = tuple(tag.strip() for tag in self.field("tags").split(","))
        return Query(name, title, tags, parameters, columns, self.prose(), self.statement)

    def field(self, key: str) -> str:
        for line in self.fields:
            if line.startswith(f"{key}:") and line != f"{key}:":
                return line.removeprefix(f"{key}:").strip()
        raise self.fail(1, f"no line `// {key}: …`")

    def text(self, both: str, line: int) -> Text:
        english, bar, indonesian = both.partition(" | ")
        if not bar or not english.strip() or not indonesian.strip():
            raise self.fail(line, f"{both!r} wants the form `English | Indonesian`")
        return Text(english.strip(), indonesian.strip())

    def block(self, start: str) -> list[str]:
        if start not in self.header:
            return []
        rest = self.header[self.header.index(start) + 1 :]
        ends = (place for place, line in enumerate(rest) if not line or line.endswith(":"))
        return rest[: next(ends, len(rest))]

    def parameter(self, line: str) -> Parameter:
        found = _PARAM.fullmatch(line)
        if not found or found["type"] not in _TYPES:
            raise self.fail(
                self.line_of(line), f"{line!r} wants the form `name: type? = default -- English | Indonesian`"
            )
        says = self.text(found["says"], self.line_of(line))
        return Parameter(found["name"], found["type"], bool(found["optional"]), found["default"], says)

    def column(self, line: str) -> Column:
        found = _COLUMN.fullmatch(line)
        if not found:
            raise self.fail(self.line_of(line), f"{line!r} wants the form `name: type? -- English | Indonesian`")
        says = self.text(found["says"], self.line_of(line))
        return Column(found["name"], found["type"], bool(found["optional"]), says)

    def prose(self) -> Text:
        paragraphs = [part.strip() for part in "\n".join(self.header).split("\n\n")[1:]]
        if len(paragraphs) != 2:
            raise self.fail(1, "after the header, one paragraph in English and one in Indonesian are wanted")
        return Text(*paragraphs)

    def check_parameters(self, parameters: tuple[Parameter, ...]) -> None:
        declared = {parameter.name for parameter in parameters}
        used = set(re.findall(r"\$(\w+)", self.bare))
        for name in sorted(declared - used):
            raise self.fail(self.line_of(f"{name}:"), f"parameter {name} is declared but not used")
        for name in sorted(used - declared):
            raise self.fail(self.statement_line(f"${name}"), f"parameter {name} is used but not declared")

    def check_columns(self, columns: tuple[Column, ...]) -> None:
        declared = [column.name for column in columns]
        clauses = re.findall(
            r"\bRETURN\b\s+(?:DISTINCT\s+)?(.*?)(?=\bORDER BY\b|\bUNION\b|\bSKIP\b|\bLIMIT\b|\Z)", self.bare, re.S
        )
        if not clauses:
            raise self.fail(
                self.line_of("returns:"), f"declared are {', '.join(declared)}; the statement returns nothing"
            )
        for clause in clauses:
            returned = [_column_name(part) for part in _split(clause)]
            if returned != declared:
                line = self.line_of("returns:")
                raise self.fail(line, f"declared are {', '.join(declared)}; returned are {', '.join(returned)}")

    def check_statement(self) -> None:
        for pattern, reason in (
            (_WRITES, "a catalog query only reads"),
            (_FILTERED_SHORTEST, "a filter on shortestPath gives wrong answers on the local store"),
            (_ENGINE_BOUND, "not the same on both engines"),
            (re.compile(r";"), "one statement a file"),
        ):
            found = pattern.search(self.bare)
            if found:
                raise self.fail(self.statement_line(found[0].splitlines()[0]), f"{found[0].split()[0]}: {reason}")

    def statement_line(self, part: str) -> int:
        numbered = ((number, line) for number, line in enumerate(self.lines, 1) if not line.startswith("//"))
        return next((number for number, line in numbered if part in line), 1)


def _split(clause: str) -> list[str]:
    """Split a RETURN clause at its outer commas."""
    parts, depth = [""], 0
    for letter in clause:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _column_name(part: str) -> str:
    return re.split(r"\bAS\b", part.strip(), flags=re.IGNORECASE)[-1].strip().strip("`")


def require_parameters(cypher: str, given: Mapping[str, Any]) -> None:
    """Do nothing if every parameter of a statement is given; raise BadInput that names the first that is not."""
    for name in parameters_in(cypher):
        if name not in given:
            raise BadInput("query.cypher_parameter", parameter=name)


def parameters_in(cypher: str) -> list[str]:
    """Return the names of the parameters that a statement uses, each once, in order."""
    bare = _COMMENTS.sub(" ", _STRINGS.sub("''", cypher))
    return list(dict.fromkeys(re.findall(r"\$(\w+)", bare)))


@cache
def catalog(folder: Path = QUERIES) -> Mapping[str, Query]:
    """Return every query of the folder by name, each checked."""
    files = sorted(folder.glob("*.cypher"))
    return {file.stem: parse_query(file.read_text("utf-8"), file.name) for file in files}


def find_query(name: str) -> Query:
    """Return the query of this name; raise BadInput that lists those there are."""
    if name not in catalog():
        raise BadInput("query.unknown", query=name, known=", ".join(catalog()))
    return catalog()[name]
