"""What the demo tells when it has loaded, and the table of `mitra status`."""

from pathlib import Path

from graph import coverage
from graph.schema import schema
from graph.status import Status, status
from graph.store import Store, local
from graph.store.store import hide_password
from graph.tables import Table
from graph.words import Language, number, say

_MOST_NAMES = 4


def summary(store: Store, language: Language) -> list[str]:
    """Return eleven lines that say what the store holds, for a person who sees it for the first time.

    What only invented documents say is not counted; the last line says how many of them there are.
    """
    found = status(store)
    rows = coverage.coverage(store)
    states = coverage.counts(rows)

    def tell(key: str, **values: object) -> str:
        shown = {name: number(value, language) if isinstance(value, int) else value for name, value in values.items()}
        return say(f"demo.{key}", language, **shown)

    partners = _names(store, "Company") + _names(store, "Organization")
    officials, programs, events = (_names(store, label) for label in ("Official", "Program", "Event"))
    planned = store.read("MATCH (e:Event {planned: true}) WHERE e.synthetic IS NULL RETURN count(e) AS n")[0]["n"]
    claims = store.read("MATCH ()-[r]->() WHERE r.synthetic IS NULL RETURN count(r) AS n")[0]["n"]
    invented = sum(bool(row["synthetic"]) for row in found.documents)
    return [
        tell("title"),
        tell("store", store=hide_password(store.url), engine=store.engine),
        tell("documents", count=len(found.documents) - invented),
        tell("facilities", count=len(rows), provinces=len(coverage.provinces(store))),
        tell("officials", count=len(officials), names=_list(officials)),
        tell("partners", count=len(partners), names=_list(partners)),
        tell("programs", count=len(programs), names=_list(programs)),
        tell("events", count=len(events), planned=planned),
        tell("claims", count=claims),
        tell("coverage", active=states["active"], others=len(rows) - states["active"]),
        tell("sample", count=invented),
    ]


def status_table(store: Store, found: Status, language: Language) -> Table:
    """Return a store's status as rows of a name and a value, names in the reader's language."""
    rows = [
        (say("status.store", language), hide_password(store.url)),
        (say("status.engine", language), store.engine),
        (say("status.process", language), _process(store.url)),
        (say("status.version", language), found.version),
        (say("status.documents", language), len(found.documents)),
        (say("status.incomplete", language), ", ".join(found.incomplete) or "-"),
        *((schema().labels[label].name.in_(language), n) for label, n in found.nodes.items() if label != "Document"),
        (say("status.ties", language), sum(found.ties.values())),
    ]
    return Table(["name", "value"], [{"name": name, "value": value} for name, value in rows])


def _process(url: str) -> str:
    server = local.find(Path(url.removeprefix("local:")).expanduser()) if url.startswith("local:") else None
    return f"{server.pid} (127.0.0.1:{server.bolt})" if server else "-"


def _names(store: Store, label: str) -> list[str]:
    return [
        row["name"]
        for row in store.read(f"MATCH (n:{label}) WHERE n.synthetic IS NULL RETURN n.name AS name ORDER BY name")
    ]


def _list(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
