"""Difference: what publishing a reading would change in the graph, without writing anything."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

from graph.claims import Claim, Mention, Reading, Reject
from graph.ledger import Ledger
from graph.publish import is_current, new_claims, stored_claims
from graph.store import Store

MOST_EXAMPLES = 3
Ends = tuple[str, str, str]


@dataclass(slots=True)
class Difference:
    """How many claims of each type would be added, changed and removed, with a few examples of each (type and ends).

    A claim is changed where the document still ties the same ends in the same way but says it otherwise.
    """

    reading: Reading
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Ends]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def note(self, kind: str, ends: Ends, count: int) -> None:
        """Count claims of one type and ends as added, changed or removed."""
        counter: Counter[str] = getattr(self, kind)
        counter[ends[0]] += count
        shown = self.examples.setdefault(kind, [])
        if len(shown) < MOST_EXAMPLES:
            shown.append(ends)


def difference(store: Store, reading: Reading, *, again: bool = False) -> Difference | None:
    """Return what `publish` would change, None if the document is unchanged and would be skipped. Writes nothing."""
    if not again and is_current(store, reading.document):
        return None
    with closing(Ledger(stored_claims(store, reading.document.id))) as ledger:
        added = Counter(_ends(reading, claim) for _, claim in new_claims(reading, ledger))
        removed = ledger.ends()
    found = Difference(reading, rejects=list(reading.rejects))
    for kind, counted in (("added", added - removed), ("changed", added & removed), ("removed", removed - added)):
        for ends, count in sorted(counted.items()):
            found.note(kind, ends, count)
    return found


def _ends(reading: Reading, claim: Claim) -> Ends:
    """Return a claim's type and ends in the order in which the ledger has them."""
    if isinstance(claim, Mention):
        return "MENTIONS", claim.node.id, reading.document.id
    if claim.start.label == "Document":
        return claim.type, claim.end.id, claim.start.id
    return claim.type, claim.start.id, claim.end.id
