"""`mitra review`: claims that are not sure, judged one by one or all in a file."""

import sys
from pathlib import Path

import click

from commands.identity import review_pairs
from graph.errors import BadInput
from graph.judgements import ACCEPTED, CORRECTED, REFUSED, read_judgements, write_judgements
from graph.review import BELOW, judge, queue, restore, undo
from graph.schema import schema
from graph.store import Row, Store
from graph.tables import Table, printable
from graph.words import say
from terminal import Worded, in_form, language, opened, option, rests_on, show, synthetic, tell

_KEYS = {"y": ACCEPTED, "n": REFUSED}


@click.command(cls=Worded)
@option("--below", words="below", type=click.FloatRange(0, 1), default=BELOW, show_default=True)
@option("--document", words="document")
@option("--accept", words="accept", metavar="CLAIM", multiple=True)
@option("--refuse", words="refuse", metavar="CLAIM", multiple=True)
@option("--correct", words="correct", metavar="CLAIM")
@option("--set", "changes", words="set", metavar="KEY=VALUE", multiple=True)
@option("--why", words="why", default="")
@option("--undo", "undone", words="undo", metavar="CLAIM", multiple=True)
@option("--export", "target", words="judgements_export", metavar="FILE", type=click.Path(path_type=Path))
@option("--import", "source", words="judgements_import", metavar="FILE", type=click.Path(path_type=Path))
@option("--ask", words="ask", is_flag=True)
@option("--pairs", "of_pairs", words="review_pairs", is_flag=True)
@synthetic
@in_form
def review(
    below: float,
    document: str | None,
    accept: tuple[str, ...],
    refuse: tuple[str, ...],
    correct: str | None,
    changes: tuple[str, ...],
    why: str,
    undone: tuple[str, ...],
    target: Path | None,
    source: Path | None,
    ask: bool,
    of_pairs: bool,
    synthetic: bool,
    form: str,
) -> None:
    """`cli.review` of the catalog."""
    with opened() as store:
        for verdict, claims in ((ACCEPTED, accept), (REFUSED, refuse)):
            for claim in claims:
                judge(store, claim, verdict, reason=why)
                tell("review.done", claim=claim, verdict=schema().term("verdict", verdict, language()))
        if correct:
            judge(store, correct, CORRECTED, changes=_changes(changes), reason=why)
            tell("review.done", claim=correct, verdict=schema().term("verdict", CORRECTED, language()))
        for claim in undone:
            undo(store, claim)
            tell("review.undone", claim=claim)
        if source:
            tell("review.imported", count=restore(store, read_judgements(source)), file=source)
        if target:
            tell("review.exported", count=write_judgements(store, target), file=target)
        if of_pairs:
            review_pairs(store, ask, synthetic, form)
        elif ask or not (accept or refuse or correct or undone or source or target):
            waiting = queue(store, below=below, document=document, synthetic=synthetic)
            if ask:
                _ask(store, waiting.rows)
            else:
                show(_table(waiting.rows), form)
                rests_on(form, waiting)


def _changes(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if not pairs or not all(sign for _, sign, _ in pairs):
        raise BadInput("review.changes")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _table(rows: list[Row]) -> Table:
    columns = ["claim", "start", "relation", "end", "status", "confidence", "where", "document"]
    shown = [
        {key: row[key].name if key in ("start", "end", "document") else row[key] for key in columns} for row in rows
    ]
    return Table(columns, shown)


def _ask(store: Store, rows: list[Row]) -> None:
    """Show each waiting claim and judge it by a key, until the end or `q`."""
    if not sys.stdin.isatty():
        raise BadInput("review.no_terminal")
    reader = language()
    for row in rows:
        relation = schema().relationships[row["relation"]].name.in_(reader)
        click.echo(printable(f"\n{row['start'].name} {relation} {row['end'].name} ({row['confidence']})"))
        click.echo(printable(f"  {row['where']}\n  {row['document'].name}"))
        click.echo(say("review.keys", reader))
        key = click.getchar().lower()
        if key == "q":
            return
        if key in _KEYS:
            judge(store, row["claim"], _KEYS[key])


COMMANDS = [review]
