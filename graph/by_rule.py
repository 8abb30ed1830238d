"""By rule: nodes that are surely one thing, merged by the rule's name when somebody says so, and never when loading."""

import datetime
from collections.abc import Iterable, Sequence

from graph.answer import Answer
from graph.errors import BadInput
from graph.identity import SAME, Candidate
from graph.merging import record, settle_all, unrecord
from graph.sameness import RULE, Sameness, sameness, sameness_of, standing_for
from graph.status import data_version
from graph.store import Store
from graph.turns import turn
from graph.words import Language


def merge_sure(store: Store, found: Answer[Candidate], language: Language) -> list[Sameness]:
    """Merge the candidates that are the same above the bar, by the rule's name, and return the judgements made.

    The reasons, in this language, are the judgement's. A pair that a person has judged keeps that judgement, and what
    contradicts others is left out. Raises BadInput if the data are no longer those in which the candidates were found.
    """
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    sure = [
        sameness(each.one.id, each.other.id, SAME, RULE, now, each.verdict.told(language))
        for each in found.rows
        if each.verdict.outcome == SAME
    ]
    with turn(store):
        settle_all(store)
        if data_version(store) != found.version:
            raise BadInput("identity.changed")
        new = agreeing(sure, sameness_of(store))
        if new:
            record(store, new)
    return new


def agreeing(sure: Iterable[Sameness], held: Sequence[Sameness]) -> list[Sameness]:
    """Return those of the rule's judgements that are of pairs not judged yet and contradict nothing that is held."""
    judged = {each.pair for each in held}
    new = [each for each in sure if each.pair not in judged]
    one = standing_for([*held, *new])
    return [each for each in new if one.get(each.a, each.a) == one.get(each.b, each.b)]


def take_back_all(store: Store) -> int:
    """Take back every judgement that the rule has made and return their number: the graph is as if it had made none."""
    with turn(store):
        settle_all(store)
        pairs = [each.pair for each in sameness_of(store) if each.by_rule]
        if pairs:
            unrecord(store, pairs)
    return len(pairs)
