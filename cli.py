"""The terminal's way in: `mitra …`, each command a thin wrapper over one library call."""

import contextlib
import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from commands import articles, audit, insight, pairs
from commands import brief as brief_commands
from commands import coverage as coverage_commands
from commands import identity as identity_commands
from commands import review as review_commands
from graph import demo as example
from graph import settings
from graph.catalog import Query, catalog, find_query, require_parameters
from graph.errors import BadInput
from graph.export import export as write_export
from graph.loading import Failure, load_all
from graph.publish import withdraw as withdraw_document
from graph.status import documents as list_documents
from graph.status import status as read_status
from graph.store import local as local_store
from graph.store import open_store
from graph.tables import Table, printable
from graph.words import LANGUAGES
from loaders.article import named_model
from loaders.registers import FORMS, REGISTERS, RegisterReading, write_rejects
from loaders.registers import template as empty_register
from loaders.sample import write_sample
from loaders.sources import KINDS, find_sources
from terminal import (
    MISTAKE,
    OK,
    Group,
    Option,
    day,
    in_form,
    language,
    opened,
    option,
    progress_bar,
    report,
    run,
    show,
    tell,
)


@click.group(
    cls=Group, name="mitra", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@option("--store", words="store", metavar="URL")
@option("--lang", words="lang", type=click.Choice(LANGUAGES))
@click.version_option(package_name="mitra", cls=Option, help="version")
def mitra(store: str | None, lang: str | None) -> None:
    """`cli.mitra` of the catalog."""


@mitra.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--kind", words="kind", metavar="|".join(KINDS))
@option("--published", words="published", metavar="YYYY-MM-DD", callback=day)
@option("--url", words="url")
@option("--again", words="again", is_flag=True)
@option("--sheet", words="sheet")
@option("--dry-run", "dry_run", words="dry_run", is_flag=True)
@option("--rejects", words="rejects", metavar="FILE", type=click.Path(path_type=Path))
@option("--model", "with_model", words="model", is_flag=True)
def load(
    paths: tuple[Path, ...], again: bool, dry_run: bool, rejects: Path | None, with_model: bool, **known: Any
) -> int:
    """`cli.load` of the catalog."""
    model = named_model() if with_model else None
    given = {key: value for key, value in known.items() if value is not None}
    sources = [replace(source, model=model) for path in paths for source in find_sources(path, **given)]
    if not sources:
        raise BadInput("folder.empty", folder=paths[0])
    failures = 0
    with opened() as store, progress_bar() as progress:
        for result in load_all(store, sources, again=again, dry_run=dry_run, progress=progress):
            failures += report(result)
            reading = None if isinstance(result, Failure) else result.reading
            if rejects and isinstance(reading, RegisterReading):
                for file in write_rejects(reading, rejects, language()):
                    tell("cli.rejects_written", file=file)
    if failures:
        tell("cli.not_loaded", count=failures)
    return MISTAKE if failures else OK


@mitra.command()
@click.argument("kind", type=click.Choice(list(REGISTERS)))
@option("--format", "form", words="template_format", type=click.Choice(FORMS), default="xlsx", show_default=True)
@option("--output", words="output", metavar="FILE", type=click.Path(path_type=Path))
def template(kind: str, form: str, output: Path | None) -> None:
    """`cli.template` of the catalog."""
    path = output or Path(f"{kind}.{form}")
    try:
        with path.open("xb") as file:
            file.write(empty_register(kind, language(), form))
    except OSError as error:
        raise BadInput("cli.not_written", file=path, reason=error.strerror or str(error)) from error
    tell("cli.written", file=path)


@mitra.command()
@click.argument("folder", type=click.Path(path_type=Path))
@option("--facilities", words="facilities", type=click.IntRange(min=1), default=612, show_default=True)
@option("--seed", words="seed", type=int, default=1, show_default=True)
def sample(folder: Path, facilities: int, seed: int) -> None:
    """`cli.sample` of the catalog."""
    tell("cli.exported", files=len(write_sample(folder, facilities=facilities, seed=seed)), folder=folder)


@mitra.command()
@in_form
def documents(form: str) -> None:
    """`cli.documents` of the catalog."""
    with opened() as store:
        rows = list_documents(store)
    columns = ["document", "title", "kind", "published", "mentions", "hash", "loaded_at", "loaded_by", "complete"]
    show(Table(columns, rows), form)


@mitra.command()
@click.argument("document")
def withdraw(document: str) -> None:
    """`cli.withdraw` of the catalog."""
    with opened() as store:
        tell("cli.withdrawn", document=document, removed=withdraw_document(store, document))


@mitra.command()
@click.argument("name", required=False)
@option("--cypher", words="cypher")
@option("-p", "--parameter", "given", words="parameter", multiple=True, metavar="NAME=VALUE")
@in_form
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
@in_form
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
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """`cli.export` of the catalog."""
    with opened() as store:
        files = write_export(store, folder)
    tell("cli.exported", files=len(files), folder=folder)


@mitra.command()
@in_form
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
        sources = (source for folder in (settings.DEMO, settings.DEMO / "sample") for source in find_sources(folder))
        for result in load_all(store, sources):
            if isinstance(result, Failure):
                raise result.error
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


for theme in (articles, audit, brief_commands, coverage_commands, identity_commands, insight, pairs, review_commands):
    for each in theme.COMMANDS:
        mitra.add_command(each)


def main() -> None:
    """Run the command line."""
    run(mitra)


if __name__ == "__main__":
    main()
