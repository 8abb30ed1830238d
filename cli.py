"""The terminal's way in: `mitra …`, each command a thin wrapper over one library call."""

import contextlib
import datetime
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from graph import coverage as cover
from graph import demo as example
from graph import settings
from graph.catalog import Query, catalog, find_query, require_parameters
from graph.errors import BadInput, MitraError, StoreUnavailable
from graph.export import export as write_export
from graph.publish import Outcome, publish
from graph.schema import schema
from graph.status import status as read_status
from graph.store import Store, open_store
from graph.store import local as local_store
from graph.tables import Table, printable, render
from graph.words import LANGUAGES, Language, say
from loaders.article import extract as extract_facts
from loaders.article import read_text
from loaders.sources import KINDS, find_sources

_Function = TypeVar("_Function", bound=Callable[..., Any])
OK, MISTAKE = 0, 2


def language() -> Language:
    """Return the reader's language: `--lang` if it is on the command line, else that of the settings."""
    words = sys.argv[1:]
    for place, word in enumerate(words):
        given = word.partition("=")[2] if word.startswith("--lang=") else "".join(words[place + 1 : place + 2])
        if word.startswith("--lang"):
            return next((each for each in LANGUAGES if each == given), settings.default_language())
    return settings.default_language()


def tell(key: str, /, **values: Any) -> None:
    """Print a sentence of the catalog in the reader's language."""
    click.echo(printable(say(key, language(), **values)))


class _Worded(click.Command):
    """A command whose help is a key of the catalog, looked up when it is shown."""

    def get_short_help_str(self, limit: int = 100) -> str:  # noqa: ARG002
        """Return the one-line help in the reader's language."""
        return say(f"cli.{self.name}", language())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the help in the reader's language."""
        formatter.write_paragraph()
        formatter.write_text(say(f"cli.{self.name}", language()))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the `--help` option with its text in the reader's language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say("cli.option.help", language())
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('cli.help.usage', language())}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a heading in the reader's language."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        with formatter.section(say("cli.help.options", language())):
            formatter.write_dl([record for each in options if (record := each.get_help_record(ctx))])


class _Group(_Worded, click.Group):
    command_class = _Worded

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under a heading in the reader's language."""
        with formatter.section(say("cli.help.commands", language())):
            formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in self.list_commands(ctx)])


class _Option(click.Option):
    """An option whose help is a key of the catalog."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's line of help in the reader's language."""
        record = super().get_help_record(ctx)
        return record and (record[0], say(f"cli.option.{self.help}", language()))


def option(*names: str, words: str, **more: Any) -> Callable[[_Function], _Function]:
    """Return an option whose help is `cli.option.WORDS` of the catalog."""
    return click.option(*names, help=words, cls=_Option, **more)


def day(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    """Return an option's value as a date; raise BadInput if it is none."""
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except ValueError as error:
        raise BadInput("file.published", value=value) from error


@contextlib.contextmanager
def opened() -> Iterator[Store]:
    """Give the store that the command line names."""
    with open_store(click.get_current_context().find_root().params["store"] or settings.default_store()) as store:
        yield store


def show(table: Table, form: str) -> None:
    """Print a table in the form that was asked for."""
    click.echo(render(table, form, language()), nl=False)


_format = option("--format", "form", words="format", type=click.Choice(["table", "json", "csv"]), default="table")


@click.group(
    cls=_Group, name="mitra", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@option("--store", words="store", metavar="URL")
@option("--lang", words="lang", type=click.Choice(LANGUAGES))
@click.version_option(package_name="mitra", cls=_Option, help="version")
def mitra(store: str | None, lang: str | None) -> None:
    """`cli.mitra` of the catalog."""


@mitra.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--kind", words="kind", metavar="|".join(KINDS))
@option("--published", words="published", metavar="YYYY-MM-DD", callback=day)
@option("--url", words="url")
@option("--again", words="again", is_flag=True)
def load(paths: tuple[Path, ...], again: bool, **known: Any) -> int:
    """`cli.load` of the catalog."""
    given = {key: value for key, value in known.items() if value is not None}
    sources = [source for path in paths for source in find_sources(path, **given)]
    if not sources:
        raise BadInput("folder.empty", folder=paths[0])
    with opened() as store:
        failures = _load_each(store, sources, again)
    if failures:
        tell("cli.not_loaded", count=failures)
    return MISTAKE if failures else OK


def _load_each(store: Store, sources: list[Any], again: bool) -> int:
    """Load each source, say what became of it, and return how many parts were not loaded."""
    failures = 0
    loaded: dict[str, Path] = {}
    for source in sources:
        try:
            reading = source.read()
            first = loaded.setdefault(reading.document.id, source.path)
            if first != source.path:
                raise BadInput("file.same_document", first=first, second=source.path, document=reading.document.id)
            outcome = publish(store, reading, again=again)
        except StoreUnavailable:
            raise
        except MitraError as error:
            complain(error)
            failures += 1
            continue
        _report(outcome)
        failures += len(outcome.rejects)
    return failures


def _report(outcome: Outcome) -> None:
    if outcome.skipped:
        tell("cli.skipped", title=outcome.document.title)
        return
    numbers = {"added": outcome.added, "removed": outcome.removed, "kept": outcome.kept}
    tell("cli.loaded", title=outcome.document.title, **numbers)
    for reject in outcome.rejects:
        text = say(reject.reason.key, language(), **reject.reason.values)
        click.echo(printable(say("cli.rejected", language(), place=reject.place, text=text)), err=True)


@mitra.command()
@click.argument("file", type=click.Path(path_type=Path))
@option("--published", words="published", metavar="YYYY-MM-DD", callback=day)
@option("--json", "as_json", words="json", is_flag=True)
def extract(file: Path, published: datetime.date | None, as_json: bool) -> None:
    """`cli.extract` of the catalog."""
    facts = extract_facts(read_text(file), published=published).as_json()
    facts["id"] = file.stem
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    rows = [
        {"list": key, "fact": json.dumps(fact, ensure_ascii=False) if isinstance(fact, dict) else fact}
        for key, found in facts.items()
        if isinstance(found, list)
        for fact in found
    ]
    show(Table(["list", "fact"], rows), "table")


@mitra.command()
@click.argument("name", required=False)
@option("--cypher", words="cypher")
@option("-p", "--parameter", "given", words="parameter", multiple=True, metavar="NAME=VALUE")
@_format
def query(name: str | None, cypher: str | None, given: tuple[str, ...], form: str) -> None:
    """`cli.query` of the catalog."""
    arguments = dict(_parameter(text) for text in given)
    if bool(name) == bool(cypher):
        raise BadInput("query.nothing")
    known = find_query(name) if name else None
    if known:
        known.arguments(arguments)  # a missing parameter is said before any store is started
    else:
        require_parameters(cypher or "", arguments)
    with opened() as store:
        rows = known.run(store, **arguments) if known else store.read(cypher or "", **arguments)
    columns = [column.name for column in known.columns] if known else list(rows[0]) if rows else []
    show(Table(columns, rows), form)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise BadInput("query.parameter_form", text=text)
    return name, value


@mitra.command()
@_format
def queries(form: str) -> None:
    """`cli.queries` of the catalog."""
    rows = [_described(each) for each in catalog().values()]
    show(Table(["name", "title", "parameters", "returns"], rows), form)


def _described(each: Query) -> dict[str, Any]:
    asked = [f"{one.name}{'?' if one.optional or one.default else ''}" for one in each.parameters]
    return {
        "name": each.name,
        "title": each.title.in_(language()),
        "parameters": ", ".join(asked),
        "returns": ", ".join(column.name for column in each.columns),
    }


@mitra.command()
@option("--province", words="province")
@option("--kind", words="facility_kind", metavar="|".join(schema().vocabularies["facility_kind"]))
@option("--area", words="area", metavar="|".join(schema().vocabularies["area"]))
@option("--as-of", "as_of", words="as_of", metavar="YYYY-MM-DD", callback=day)
@_format
def gaps(form: str, **wanted: Any) -> None:
    """`cli.gaps` of the catalog."""
    with opened() as store:
        rows = cover.coverage(store, **wanted)
    columns = ["facility_id", "name", "kind", "province", "state"]
    show(Table(columns, [{key: getattr(row, key) for key in columns} for row in rows]), form)
    if form == "table":
        found = cover.counts(rows)
        named = (f"{schema().term('coverage_state', state, language())} {n}" for state, n in found.items())
        click.echo(" · ".join(named))


@mitra.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """`cli.export` of the catalog."""
    with opened() as store:
        files = write_export(store, folder)
    tell("cli.exported", files=len(files), folder=folder)


@mitra.command()
@_format
def status(form: str) -> None:
    """`cli.status` of the catalog."""
    with opened() as store:
        show(example.status_table(store, read_status(store), language()), form)


@mitra.command()
@option("--port", words="port", default=8501, show_default=True)
def serve(port: int) -> int:
    """`cli.serve` of the catalog."""
    url = click.get_current_context().find_root().params["store"] or settings.default_store()
    return _serve(url, port)


@mitra.command()
@option("--port", words="port", default=8501, show_default=True)
def demo(port: int) -> int:
    """`cli.demo` of the catalog."""
    url = click.get_current_context().find_root().params["store"] or settings.default_store()
    _require_port(port)
    with open_store(url) as store:
        for source in find_sources(settings.DEMO):
            publish(store, source.read())
        for line in example.summary(store, language()):
            click.echo(printable(line))
    try:
        return _serve(url, port)
    finally:
        if url.startswith("local:"):
            local_store.stop(Path(url.removeprefix("local:")).expanduser())


def _require_port(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise BadInput("cli.port_taken", port=port) from error


def _serve(url: str, port: int) -> int:
    """Serve the app on loopback, in this very process, until Ctrl-C or a termination signal."""
    _require_port(port)
    tell("cli.serving", port=port)
    os.environ.update(settings.environment(url, language()))
    os.chdir(settings.ROOT)  # where Streamlit looks for its configuration
    from streamlit.web.cli import main as streamlit

    with contextlib.suppress(KeyboardInterrupt, SystemExit):
        streamlit(["run", "app.py", f"--server.port={port}"], standalone_mode=False)
    return OK


@mitra.command()
def stop() -> None:
    """`cli.stop` of the catalog."""
    url = click.get_current_context().find_root().params["store"] or settings.default_store()
    if not url.startswith("local:"):
        raise BadInput("cli.not_local", store=url)
    ended = local_store.stop(Path(url.removeprefix("local:")).expanduser())
    tell("cli.stopped" if ended else "cli.not_running")


def complain(error: MitraError) -> None:
    """Print what went wrong as one line in the reader's language."""
    text = say(error.key, language(), **error.values)
    click.echo(printable(say("cli.error", language(), text=" ".join(text.split()))), err=True)


def main() -> None:
    """Run the command line; a user's mistake ends in one line and exit code 2, never in a traceback."""
    try:
        result = mitra.main(prog_name="mitra", standalone_mode=False)
    except MitraError as error:
        complain(error)
        result = MISTAKE
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        result = MISTAKE
    except click.ClickException as error:
        click.echo(printable(say("cli.usage", language(), text=" ".join(error.format_message().split()))), err=True)
        result = MISTAKE
    except (click.Abort, KeyboardInterrupt):
        result = 130
    except BrokenPipeError:
        result = OK
    sys.exit(result if isinstance(result, int) else OK)


if __name__ == "__main__":
    main()
