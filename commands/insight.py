"""The terminal's way to insight: who can introduce, who could help, how the network is built, how old its facts are."""

import textwrap
from typing import TYPE_CHECKING, Any

import click

from graph.answer import Answer
from graph.schema import schema
from graph.store import NodeRecord, Row
from graph.tables import Table
from graph.words import say
from terminal import Worded, as_of, in_form, language, opened, option, rests_on, show, synthetic, tell

if TYPE_CHECKING:
    from graph.insight.introductions import Path
    from graph.insight.suggestions import Suggestion

# networkx takes a fifth of a command's start, so the commands that search with it import it themselves.
MOST_MEMBERS = 8
LONGEST = 160


def _quoted(text: str, form: str) -> str:
    """Return what a source says; in a table for people its beginning, for a register's row may fill the screen."""
    return textwrap.shorten(text, LONGEST, placeholder=" …") if form == "table" else text


@click.command(cls=Worded)
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@option("-k", "k", words="paths", type=click.IntRange(1, 50), default=3, show_default=True)
@option("--avoid", words="avoid", multiple=True)
@as_of
@synthetic
@in_form
def path(start: str, end: str, form: str, avoid: tuple[str, ...], **wanted: Any) -> None:
    """`cli.path` of the catalog."""
    from graph.insight.introductions import AVOIDED, introductions

    with opened() as store:
        answer = introductions(store, start, end, avoid=avoid or AVOIDED, **wanted)
    columns = ["path", "cost", "from", "relation", "to", "where", "source", "said_on"]
    show(Table(columns, [row for at, each in enumerate(answer.rows, 1) for row in _hops(at, each, form)]), form)
    rests_on(form, answer)


def _hops(at: int, found: "Path", form: str) -> list[Row]:
    return [
        {
            "path": at,
            "cost": round(found.cost, 2),
            "from": hop.start.name,
            "relation": _arrow(hop.said.relation, hop.said.start == hop.start.id),
            "to": hop.end.name,
            "where": _quoted(hop.where, form),
            "source": hop.source_title,
            "said_on": hop.said.said_on,
        }
        for hop in found.hops
    ]


def _arrow(relation: str, onward: bool) -> str:
    named = schema().relationships[relation].name.in_(language())
    return f"{named} →" if onward else f"← {named}"


@click.command(cls=Worded)
@click.argument("facility")
@option("--area", words="area", metavar="|".join(schema().vocabularies["area"]))
@option("-k", "k", words="suggested", type=click.IntRange(1, 100), default=5, show_default=True)
@as_of
@synthetic
@in_form
def suggest(facility: str, form: str, **wanted: Any) -> None:
    """`cli.suggest` of the catalog."""
    from graph.insight.suggestions import suggestions

    with opened() as store:
        answer = suggestions(store, facility, **wanted)
    columns = ["partner", "score", "reasons", "facilities", "where", "source"]
    show(Table(columns, [_suggested(*row, form) for row in answer.rows]), form)
    rests_on(form, answer)


def _suggested(partner: NodeRecord, found: "Suggestion", form: str) -> Row:
    from graph.insight.suggestions import reasons

    return {
        "partner": partner.name,
        "score": float(f"{found.score:.2g}"),  # far ones differ by powers of ten
        "reasons": reasons(found, language()),
        "facilities": found.facilities,
        "where": _quoted(found.facts[0].where, form),
        "source": found.source_title,
    }


@click.command(cls=Worded)
@option("-k", "most", words="most", type=click.IntRange(1, 1000), default=10, show_default=True)
@as_of
@synthetic
@in_form
def structure(form: str, most: int, **wanted: Any) -> None:
    """`cli.structure` of the catalog."""
    from graph.insight import structure as built

    with opened() as store:
        ties = built.read_ties(store, **wanted)
        answers: list[tuple[str, Answer[Any]]] = [
            ("brokers", built.brokers(ties, most=most)),
            ("partners", built.central_partners(store, most=most, **wanted)),
            ("communities", built.communities(ties, most=most)),
            ("shared", built.shared_affiliations(ties)),
        ]
    rows = [_figure(name, row) for name, answer in answers for row in answer.rows]
    show(Table(["part", "name", "value", "members"], rows), form)
    if form == "table":
        for name, _ in answers:
            tell(f"insight.says.{name}")
    rests_on(form, *(answer for _, answer in answers))


def _figure(part: str, row: Any) -> Row:
    from graph.insight.structure import Ranked, Shared

    named = say(f"insight.part.{part}", language())
    match row:
        case Ranked():
            value = round(row.figure, 4) if part == "brokers" else int(row.figure)
            return {"part": named, "name": row.node.name, "value": value}
        case Shared():
            certain = say("insight.certain" if row.certain else "insight.namesake", language())
            return {"part": named, "name": row.name, "value": certain, "members": [o.name for o in row.organisations]}
        case _:
            shown = [node.name for node in row[:MOST_MEMBERS]] + (["…"] if len(row) > MOST_MEMBERS else [])
            return {"part": named, "name": row[0].name, "value": len(row), "members": shown}


@click.command(cls=Worded)
@option("--sources", words="sources", is_flag=True)
@option("--untied", "alone", words="untied", is_flag=True)
@as_of
@synthetic
@in_form
def freshness(form: str, alone: bool, sources: bool, **wanted: Any) -> None:
    """`cli.freshness` of the catalog."""
    from graph.insight.freshness import freshness as ages
    from graph.insight.freshness import untied

    answer: Answer[Any]
    with opened() as store:
        answer = untied(store, **wanted) if alone else ages(store, sources=sources, **wanted)
    columns = ["id", "name"] if alone else ["id", "name", "newest", "days", "facts", "undated"]
    show(Table(columns, [{key: getattr(row, key) for key in columns} for row in answer.rows]), form)
    rests_on(form, answer)


COMMANDS = [path, suggest, structure, freshness]
