"""What was done to the graph, and on what documents do not agree."""

import datetime

import click

from graph.audit import entries, first_broken
from graph.errors import BadInput
from graph.insight.conflicts import HEAD, conflicts, two_heads
from graph.schema import schema
from graph.tables import Table
from graph.words import say
from terminal import OK, Worded, day, in_form, language, opened, option, rests_on, show, synthetic, tell


@click.command("audit", cls=Worded)
@option("--since", words="audit_since", metavar="YYYY-MM-DD", callback=day)
@option("--check", words="audit_check", is_flag=True)
@in_form
def audit_command(form: str, since: datetime.date | None, check: bool) -> int:
    """`cli.audit` of the catalog."""
    with opened() as store:
        if check and (broken := first_broken(store)) is not None:
            raise BadInput("audit.broken", number=broken)
        found = entries(store, since=since)
    if check:
        tell("audit.whole", count=len(found))
        return OK
    columns = ["number", "at", "by", "action", "subject", "effect"]
    rows = [{key: getattr(each, key) for key in columns} for each in found]
    if form == "table":
        rows = [row | {"action": schema().term("audit_action", str(row["action"]), language())} for row in rows]
    show(Table(columns, rows), form)
    return OK


@click.command("conflicts", cls=Worded)
@synthetic
@in_form
def conflicts_command(form: str, synthetic: bool) -> None:
    """`cli.conflicts` of the catalog."""
    with opened() as store:
        answers = conflicts(store, synthetic=synthetic), two_heads(store, synthetic=synthetic)
    rows = [
        {
            "node": each.node.id,
            "name": each.node.name,
            "about": _named(each.node.label, each.about) if form == "table" else each.about,
            "value": told.value,
            "shown": told.shown,
            "source": told.source,
            "said_on": told.said_on,
            "where": told.where,
        }
        for answer in answers
        for each in answer.rows
        for told in each.told
    ]
    show(Table(["node", "name", "about", "value", "shown", "source", "said_on", "where"], rows), form)
    rests_on(form, *answers)


def _named(label: str, about: str) -> str:
    if about == HEAD:
        return say("conflicts.head", language())
    return schema().labels[label].properties[about].name.in_(language())


COMMANDS = [audit_command, conflicts_command]
