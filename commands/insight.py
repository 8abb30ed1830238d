"""The terminal's way to insight: who can introduce, who could help, how the network is built, how old its facts are."""

from typing import Any

import click

from graph.answer import Answer
from graph.insight.introductions import AVOIDED, Path, introductions
from graph.schema import schema
from graph.store import Row
from graph.tables import Table
from terminal import day, in_form, language, opened, option, show, tell

as_of = option("--as-of", "as_of", words="as_of", metavar="YYYY-MM-DD", callback=day)
synthetic = option("--synthetic", words="synthetic", is_flag=True)


def _foot(answer: Answer[Any], form: str) -> None:
    if form == "table":
        tell("insight.foot", query=answer.query, day=answer.as_of, version=answer.version)


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@option("-k", "k", words="paths", type=click.IntRange(1, 50), default=3, show_default=True)
@option("--avoid", words="avoid", multiple=True, default=AVOIDED, show_default=True)
@as_of
@synthetic
@in_form
def path(start: str, end: str, form: str, **wanted: Any) -> None:
    """`cli.path` of the catalog."""
    with opened() as store:
        answer = introductions(store, start, end, **wanted)
    columns = ["path", "cost", "from", "relation", "to", "where", "source", "said_on"]
    show(Table(columns, [row for at, each in enumerate(answer.rows, 1) for row in _hops(at, each)]), form)
    _foot(answer, form)


def _hops(at: int, found: Path) -> list[Row]:
    return [
        {
            "path": at,
            "cost": round(found.cost, 2),
            "from": hop.start.name,
            "relation": _arrow(hop.said.relation, hop.said.start == hop.start.id),
            "to": hop.end.name,
            "where": hop.where,
            "source": hop.source_title,
            "said_on": hop.said.said_on,
        }
        for hop in found.hops
    ]


def _arrow(relation: str, onward: bool) -> str:
    named = schema().relationships[relation].name.in_(language())
    return f"{named} →" if onward else f"← {named}"


COMMANDS = [path]
