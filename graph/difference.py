"""Difference: what publishing a reading would change in the graph, without writing anything."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

from graph.claims import Reading, Reject
from graph.judgements import Judged, judgements_of
from graph.ledger import Ledger, stored_as
from graph.publish import is_current, new_claims, stored_claims
from graph.sameness import sameness_of, standing_for
from graph.store import Store

Ends = tuple[str, str, str]


@dataclass(slots=True)
class Difference:
    """How many claims of each type would be added, changed and removed, with an example of each (type and ends).

    A claim is changed where the document still ties the same ends in the same way but says it otherwise.
    """

    reading: Reading
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Ends]] = field(default_factory=dict)

    @property
    def rejects(self) -> Sequence[Reject]:
        """What the loader did not understand."""
        return self.reading.rejects

    def note(self, kind: str, ends: Ends, count: int) -> None:
        """Count claims of one type and ends as added, changed or removed; the first of a type is its example."""
        if not count:
            return
        counter: Counter[str] = getattr(self, kind)
        if not counter[ends[0]]:
            self.examples.setdefault(kind, []).append(ends)
        counter[ends[0]] += count


def difference(store: Store, reading: Reading, *, again: bool = False) -> Difference | None:
    """Return what `publish` would change, None if the document is unchanged and would be skipped. Writes nothing."""
    if not again and is_current(store, reading.document):
        return None
    found = Difference(reading)
    with closing(Ledger(stored_claims(store, reading.document.id))) as ledger:
        one = standing_for(sameness_of(store))
        judged = Judged(reading.document, judgements_of(store, reading.document.id))
        for id_, claim in new_claims(reading, ledger, judged):
            ledger.note(stored_as(reading.document.id, id_, claim, one))
        for change in ledger.changes():
            both = min(change.noted, change.unsaid)
            found.note("added", change[:3], change.noted - both)
            found.note("changed", change[:3], both)
            found.note("removed", change[:3], change.unsaid - both)
    return found
