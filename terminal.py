"""How the command line talks: help, sentences and errors from the catalog, tables in the form that was asked for."""

import contextlib
import datetime
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressDisplay

from graph import settings
from graph.answer import Answer
from graph.claims import Reading
from graph.difference import Difference
from graph.errors import BadInput, MitraError, StoreUnavailable
from graph.loading import Failure
from graph.publish import Outcome, Progress
from graph.schema import schema
from graph.store import Store, open_store
from graph.tables import Table, printable, render
from graph.words import LANGUAGES, Language, say

_Function = TypeVar("_Function", bound=Callable[..., Any])
OK, MISTAKE, INTERRUPTED = 0, 2, 130


def language() -> Language:
    """Return the reader's language: `--lang` if it is on the command line, else that of the settings."""
    words = sys.argv[1:]
    for place, word in enumerate(words):
        given = word.partition("=")[2] if word.startswith("--lang=") else "".join(words[place + 1 : place + 2])
        if word.startswith("--lang"):
            return next((each for each in LANGUAGES if each == given), settings.default_language())
    return settings.default_language()


@contextlib.contextmanager
def opened() -> Iterator[Store]:
    """Give the store that the command line names."""
    with open_store(click.get_current_context().find_root().params["store"] or settings.default_store()) as store:
        yield store


def tell(key: str, /, **values: Any) -> None:
    """Print a sentence of the catalog in the reader's language."""
    click.echo(printable(say(key, language(), **values)))


class Worded(click.Command):
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


class Group(Worded, click.Group):
    """A group of commands whose help is in the catalog."""

    command_class = Worded

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under a heading in the reader's language."""
        with formatter.section(say("cli.help.commands", language())):
            formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in self.list_commands(ctx)])


class Option(click.Option):
    """An option whose help is a key of the catalog."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's line of help in the reader's language."""
        record = super().get_help_record(ctx)
        return record and (record[0], say(f"cli.option.{self.help}", language()))


def option(*names: str, words: str, **more: Any) -> Callable[[_Function], _Function]:
    """Return an option whose help is `cli.option.WORDS` of the catalog."""
    return click.option(*names, help=words, cls=Option, **more)


def day(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    """Return an option's value as a date; raise BadInput if it is none."""
    try:
        return None if value is None else datetime.date.fromisoformat(value)
    except ValueError as error:
        raise BadInput("file.published", value=value) from error


def show(table: Table, form: str) -> None:
    """Print a table in the form that was asked for."""
    click.echo(render(table, form, language()), nl=False)


def rests_on(form: str, *answers: Answer[Any]) -> None:
    """Print what answers rest on, for people: each query once, with its day and the version of the data."""
    if form == "table":
        for query, answer in {answer.query: answer for answer in answers}.items():
            tell("cli.rests_on", query=query, day=answer.as_of, version=answer.version)


as_of = option("--as-of", "as_of", words="as_of", metavar="YYYY-MM-DD", callback=day)
synthetic = option("--synthetic", words="synthetic", is_flag=True)
in_form = option("--format", "form", words="format", type=click.Choice(["table", "json", "csv"]), default="table")


def report(result: Outcome | Difference | Failure) -> int:
    """Print what became of a document, or would, and return how many parts of it were not loaded."""
    if isinstance(result, Failure):
        complain(result.error)
        return 1
    if isinstance(result, Difference):
        _report_difference(result)
    elif result.skipped:
        tell("cli.skipped", title=result.document.title)
    else:
        numbers = {"added": result.added, "removed": result.removed, "kept": result.kept}
        tell("cli.loaded", title=result.document.title, **numbers)
    for note in result.reading.notes:
        click.echo(printable(f"  {say(note.key, language(), **note.values)}"), err=True)
    for reject in result.rejects:
        turn_down(reject.place, reject.reason)
    return len(result.rejects)


def turn_down(place: str, reason: MitraError) -> None:
    """Print why a part of a source is not read."""
    text = say(reason.key, language(), **reason.values)
    click.echo(printable(say("cli.rejected", language(), place=place, text=text)), err=True)


def _report_difference(found: Difference) -> None:
    tell("cli.would", title=found.reading.document.title)
    for kind in ("added", "changed", "removed"):
        counted = getattr(found, kind)
        if counted:
            types = ", ".join(f"{_relation(type_)} {number}" for type_, number in sorted(counted.items()))
            tell(f"cli.would.{kind}", count=sum(counted.values()), types=types)
        for type_, *ends in found.examples.get(kind, ()):
            start, end = reversed(ends) if type_ in ("MENTIONS", "CHECKED") else ends  # from the document
            tell("cli.would.example", start=start, type=_relation(type_), end=end)


def _relation(type_: str) -> str:
    return schema().relationships[type_].name.in_(language())


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give what shows the progress of a long load with rate and remaining time, where somebody is looking.

    Where the load breaks off, say where it stands and that it goes on when run again.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    bar = ProgressDisplay(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    )
    tasks: dict[str, TaskID] = {}
    standing: dict[str, Any] = {}

    def progress(reading: Reading, outcome: Outcome) -> None:
        title = reading.document.title
        if title not in tasks:
            tasks[title] = bar.add_task(printable(title), total=reading.total, rate="")
        task = tasks[title]
        speed = bar.tasks[task].speed
        rate = say("cli.rate", language(), rate=round(speed)) if speed else ""
        bar.update(task, completed=outcome.rows, rate=rate)
        standing.update(title=title, rows=outcome.rows)

    try:
        with bar:
            yield progress
    except (KeyboardInterrupt, StoreUnavailable):
        if standing:
            click.echo(printable(say("cli.interrupted", language(), **standing)), err=True)
        raise


def complain(error: MitraError) -> None:
    """Print what went wrong as one line in the reader's language."""
    text = say(error.key, language(), **error.values)
    click.echo(printable(say("cli.error", language(), text=" ".join(text.split()))), err=True)


def run(command: click.Command) -> None:
    """Run the command line; a user's mistake ends in one line and exit code 2, never in a traceback."""
    try:
        result = command.main(prog_name="mitra", standalone_mode=False)
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
        result = INTERRUPTED
    except BrokenPipeError:
        result = OK
    sys.exit(result if isinstance(result, int) else OK)
