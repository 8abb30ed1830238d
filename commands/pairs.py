"""`mitra pair`: what reviewers hold of two nodes, that they are one thing or two."""

from dataclasses import asdict
from pathlib import Path

import click

from graph.errors import BadInput
from graph.merging import hold, restore, take_back
from graph.sameness import COLUMNS, VERDICTS, are_one, read_sameness, sameness_of, write_sameness
from graph.schema import schema
from graph.tables import Table
from terminal import Worded, in_form, language, opened, option, show, tell


@click.command("pair", cls=Worded)
@click.argument("nodes", nargs=-1, metavar="[A B]")
@option("--is", "verdict", words="pair_is", type=click.Choice(VERDICTS))
@option("--why", words="why", default="")
@option("--undo", "undone", words="pair_undo", is_flag=True)
@option("--export", "target", words="judgements_export", metavar="FILE", type=click.Path(path_type=Path))
@option("--import", "source", words="judgements_import", metavar="FILE", type=click.Path(path_type=Path))
@in_form
def pair_command(
    nodes: tuple[str, ...],
    verdict: str | None,
    why: str,
    undone: bool,
    target: Path | None,
    source: Path | None,
    form: str,
) -> None:
    """`cli.pair` of the catalog."""
    if len(nodes) != 2 * ((verdict is not None) + undone):
        raise BadInput("identity.two")
    with opened() as store:
        if verdict:
            hold(store, nodes[0], nodes[1], verdict, reason=why)
            tell("identity.held", a=nodes[0], b=nodes[1], verdict=schema().term("sameness", verdict, language()))
        elif undone:
            take_back(store, nodes[0], nodes[1])
            still = are_one(sameness_of(store), nodes[0], nodes[1])
            tell("identity.still_one" if still else "identity.taken_back", a=nodes[0], b=nodes[1])
        if source:
            tell("review.imported", count=restore(store, read_sameness(source)), file=source)
        if target:
            tell("review.exported", count=write_sameness(store, target), file=target)
        if not (nodes or source or target):
            show(Table(list(COLUMNS), [asdict(each) for each in sameness_of(store)]), form)


COMMANDS = [pair_command]
