"""The terminal's way to identity: are two names of one thing, and which nodes of the store may be."""

import json
from pathlib import Path
from typing import Any

import click

from graph.errors import BadInput
from graph.identity import (
    ASK,
    KINDS,
    SAME,
    BadPair,
    Candidate,
    Compared,
    Narrowed,
    candidates,
    compare_file,
    compare_names,
    counted,
)
from graph.tables import Table
from graph.words import say
from terminal import MISTAKE, OK, Worded, in_form, language, opened, option, rests_on, show, synthetic, tell, turn_down

_COLUMNS = ["outcome", "score", "kind", "a", "b", "reasons"]
_OUTCOMES = {"same": "identity.same", "ask": "identity.ask", "different": "identity.different"}
thing = option("--kind", words="thing", type=click.Choice(KINDS))
as_json = option("--json", "as_json", words="json", is_flag=True)


def _row(found: Compared, form: str) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "a": found.a,
        "b": found.b,
        "outcome": _outcome(found.verdict.outcome, form),
        "score": found.verdict.score,
        "reasons": [reason.in_(language()) for reason in found.verdict.reasons],
    }


def _outcome(outcome: str, form: str) -> str:
    return say(_OUTCOMES[outcome], language()) if form == "table" else outcome


@click.command("same", cls=Worded)
@click.argument("names", nargs=-1, metavar="[NAME NAME]")
@thing
@option("--pairs", words="pairs", metavar="FILE", type=click.Path(path_type=Path))
@as_json
@in_form
def same_command(names: tuple[str, ...], kind: str | None, pairs: Path | None, as_json: bool, form: str) -> int:
    """`cli.same` of the catalog."""
    form = "json" if as_json else form
    if pairs is not None and not names:
        return _same_in_file(pairs, form)
    if pairs is not None or len(names) != 2:
        raise BadInput("identity.two_names")
    row = _row(compare_names(*names, kind or ""), form)
    if form == "json":
        click.echo(json.dumps(row, ensure_ascii=False, indent=1))
    else:
        show(Table(_COLUMNS, [row]), form)
    return OK


def _same_in_file(pairs: Path, form: str) -> int:
    rows, bad = [], 0
    for each in compare_file(pairs):
        if isinstance(each, BadPair):
            bad += 1
            turn_down(f"{pairs.name}:{each.line}", each.reason)
        else:
            rows.append(_row(each, form))
    show(Table(_COLUMNS, rows), form)
    return MISTAKE if bad else OK


@click.command("candidates", cls=Worded)
@thing
@option("--outcome", words="outcome", type=click.Choice([SAME, ASK]))
@option("--limit", words="limit", type=click.IntRange(min=1))
@synthetic
@as_json
@in_form
def candidates_command(
    kind: str | None, outcome: str | None, limit: int | None, synthetic: bool, as_json: bool, form: str
) -> None:
    """`cli.candidates` of the catalog."""
    form = "json" if as_json else form
    narrowed = Narrowed()
    with opened() as store:
        answer = candidates(store, kind=kind, synthetic=synthetic, narrowed=narrowed)
    found = [each for each in answer.rows if outcome in (None, each.verdict.outcome)]
    show(Table([*_COLUMNS, "id_a", "id_b"], [_candidate(each, form) for each in found[:limit]]), form)
    if form == "table":
        tell("identity.counted", **counted(found))
        if narrowed.blocks:
            tell("identity.narrowed", blocks=narrowed.blocks, largest=narrowed.largest)
    rests_on(form, answer)


def _candidate(found: Candidate, form: str) -> dict[str, Any]:
    own = Compared(found.one.kind, found.one.name, found.other.name, found.verdict)
    return _row(own, form) | {"id_a": found.one.id, "id_b": found.other.id}


COMMANDS: list[click.Command] = [same_command, candidates_command]
