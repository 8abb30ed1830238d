"""The terminal's way to identity: are two names of one thing, and which nodes of the store may be."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from graph.by_rule import merge_sure, take_back_all
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
    still_open,
)
from graph.merging import hold
from graph.sameness import sameness_of
from graph.store import Store
from graph.tables import Table, printable
from graph.words import say
from terminal import MISTAKE, OK, Worded, in_form, language, opened, option, rests_on, show, synthetic, tell, turn_down

_COLUMNS = ["outcome", "score", "kind", "a", "b", "reasons"]
_KEYS = {"y": "same", "n": "different", "u": "unsure"}
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
@option("--apply", "apply", words="apply", is_flag=True)
@option("--take-back", "taken_back", words="take_back", is_flag=True)
@synthetic
@as_json
@in_form
def candidates_command(
    kind: str | None,
    outcome: str | None,
    limit: int | None,
    apply: bool,
    taken_back: bool,
    synthetic: bool,
    as_json: bool,
    form: str,
) -> None:
    """`cli.candidates` of the catalog."""
    form = "json" if as_json else form
    outcome = SAME if apply else outcome
    narrowed = Narrowed()
    with opened() as store:
        if taken_back:
            tell("identity.rule_undone", count=take_back_all(store))
            return
        answer = candidates(store, kind=kind, synthetic=synthetic, narrowed=narrowed)
        found = [each for each in answer.rows if outcome in (None, each.verdict.outcome)]
        merged = merge_sure(store, replace(answer, rows=found[:limit]), language()) if apply else None
    show(Table([*_COLUMNS, "id_a", "id_b"], [_candidate(each, form) for each in found[:limit]]), form)
    if merged is not None:
        tell("identity.rule_merged", count=len(merged))
    elif form == "table":
        tell("identity.counted", **counted(found))
        if narrowed.blocks:
            tell("identity.narrowed", blocks=narrowed.blocks, largest=narrowed.largest)
    rests_on(form, answer)


def review_pairs(store: Store, ask: bool, synthetic: bool, form: str) -> None:
    """List the pairs of nodes that are to be asked, or, with `ask`, judge them one by one by a key."""
    answer = candidates(store, synthetic=synthetic)
    asked = [each for each in answer.rows if each.verdict.outcome == ASK]
    if ask:
        _ask(store, asked)
    else:
        show(Table([*_COLUMNS, "id_a", "id_b"], [_candidate(each, form) for each in asked]), form)
        rests_on(form, answer)


def _ask(store: Store, asked: list[Candidate]) -> None:
    if not sys.stdin.isatty():
        raise BadInput("review.no_terminal")
    for each in asked:
        if still_open([each], sameness_of(store)) != [each]:  # answered by what was judged of others meanwhile
            continue
        for thing in (each.one, each.other):
            click.echo(printable(f"\n{thing.name}  ({thing.id})"))
        click.echo(printable(f"  {each.verdict.told(language())}"))
        click.echo(say("review.pair_keys", language()))
        key = click.getchar().lower()
        if key == "q":
            return
        if key in _KEYS:
            _judge(store, each, _KEYS[key])


def _judge(store: Store, pair: Candidate, verdict: str) -> None:
    try:
        hold(store, pair.one.id, pair.other.id, verdict)
    except BadInput as error:
        turn_down(" = ".join(sorted(pair.ids)), error)


def _candidate(found: Candidate, form: str) -> dict[str, Any]:
    own = Compared(found.one.kind, found.one.name, found.other.name, found.verdict)
    return _row(own, form) | {"id_a": found.one.id, "id_b": found.other.id}


COMMANDS: list[click.Command] = [same_command, candidates_command]
