"""The terminal's way to the brief."""

import datetime
from pathlib import Path

import click

from graph.errors import BadInput
from terminal import Worded, as_of, language, opened, option, synthetic, tell


@click.command("brief", cls=Worded)
@option("--province", words="province")
@as_of
@synthetic
@option("--output", words="output", metavar="FILE", type=click.Path(path_type=Path), default=Path("brief.pdf"))
def brief_command(province: str | None, as_of: datetime.date | None, synthetic: bool, output: Path) -> None:
    """`cli.brief` of the catalog."""
    from graph import typeset  # takes a moment to load, which other commands need not wait for
    from graph.brief import brief

    if output.suffix.lower() != ".pdf":
        raise BadInput("brief.not_pdf", file=output)
    with opened() as store:
        found = brief(store, language=language(), as_of=as_of, province=province, synthetic=synthetic)
    try:
        output.write_bytes(typeset.pdf(found))
    except OSError as error:
        raise BadInput("cli.not_written", file=output, reason=error.strerror or str(error)) from error
    tell("cli.written", file=output)


COMMANDS: list[click.Command] = [brief_command]
