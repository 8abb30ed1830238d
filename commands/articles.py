"""Articles in the terminal: what they say, without loading them."""

import datetime
import json
from pathlib import Path
from typing import Any

import click

from graph.errors import BadInput
from graph.tables import Table
from loaders.article import extract_all, is_mailbox, named_model
from terminal import MISTAKE, OK, Worded, day, option, show, turn_down


@click.command(cls=Worded)
@click.argument("file", type=click.Path(path_type=Path))
@option("--published", words="published", metavar="YYYY-MM-DD", callback=day)
@option("--json", "as_json", words="json", is_flag=True)
@option("--model", "with_model", words="model", is_flag=True)
def extract(file: Path, published: datetime.date | None, as_json: bool, with_model: bool) -> int:
    """`cli.extract` of the catalog."""
    model = named_model() if with_model else None
    several = is_mailbox(file)
    rows: list[dict[str, Any]] = []
    bad = 0
    for name, found in extract_all(file, published=published, model=model):
        if isinstance(found, BadInput):
            turn_down(name, found)
            bad += 1
            continue
        facts = found.as_json() | {"id": name}
        if as_json:
            click.echo(json.dumps(facts, ensure_ascii=False, indent=None if several else 1))
        else:
            rows += _rows(name, facts)
    if not as_json:
        show(Table(["article"] * several + ["list", "fact"], rows), "table")
    return MISTAKE if bad else OK


def _rows(name: str, facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"article": name, "list": key, "fact": json.dumps(fact, ensure_ascii=False) if isinstance(fact, dict) else fact}
        for key, found in facts.items()
        if isinstance(found, list)
        for fact in found
    ]


COMMANDS = [extract]
