"""What a load would change, is doing, or has done: counts, examples, notes, rejected rows."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from graph.claims import Reading, Reject
from graph.difference import Difference, Ends
from graph.loading import Failure
from graph.names import label_of
from graph.network import among
from graph.publish import Outcome
from graph.schema import schema
from graph.words import number, say
from loaders.registers import RegisterReading, RowReject, write_rejects
from views.load_files import said
from views.load_job import Job
from views.page import complain, escaped, language, remembered, text, the_store, word

CHANGES = ("added", "changed", "removed")
_MOST_ROWS = 200
_LONGEST_VALUE = 200
_WIDE = 30
_STYLE = """<style>
.mitra-table{overflow-x:auto;max-height:44rem;overflow-y:auto;margin:0 0 .8rem}
.mitra-table table{border-collapse:collapse;font-size:.9rem;width:100%}
.mitra-table th{text-align:left;font-weight:600;opacity:.8}
.mitra-table th,.mitra-table td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid rgba(128,128,128,.3);
  vertical-align:top;overflow-wrap:break-word;min-width:5rem}
.mitra-table .wide{min-width:15rem}
.mitra-table .figure{text-align:right;white-space:nowrap;min-width:3rem;font-variant-numeric:tabular-nums}
</style>"""


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Show rows as a table in which every cell is text; whole numbers stand at the right."""

    def cell(value: Any) -> str:
        if isinstance(value, int):
            return f"<td class='figure'>{number(value, language())}</td>"
        wide = " class='wide'" if len(str(value)) > _WIDE else ""
        return f"<td{wide}>{escaped(value)}</td>"

    rows = list(rows)
    figures = [isinstance(value, int) for value in rows[0]] if rows else [False] * len(head)
    titles = "".join(
        f"<th{' class=figure' * right}>{escaped(title)}</th>" for title, right in zip(head, figures, strict=True)
    )
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    st.html(f"{_STYLE}<div class='mitra-table' tabindex='0'><table><tr>{titles}</tr>{body}</table></div>")


@st.fragment(run_every=0.5)
def progress(job: Job) -> None:
    """Show how far a job is, until it ends; then the whole page is drawn again."""
    if not job.running:
        st.rerun()
    key = "load.comparing" if job.dry_run else "load.loading"
    reading = job.reading
    title = reading.document.title if reading else job.files[0].source.path.name
    label = word(key, title=text(title), place=len(job.results) + 1, all=len(job.files))
    share = 0.0
    if reading and reading.total:
        share = min(reading.rows / reading.total, 1.0)
        label += f" · {_rate(reading, time.monotonic() - job.began)}"
    st.progress(share, label)
    st.caption(word("load.goes_on"))


def _rate(reading: Reading, seconds: float) -> str:
    rate = reading.rows / max(seconds, 0.1)
    total = reading.total or reading.rows
    left = max(total - reading.rows, 0) / rate if rate else 0
    numbers = {"rows": reading.rows, "total": total, "rate": round(rate), "seconds": round(left)}
    return word("load.rate", **{key: number(value, language()) for key, value in numbers.items()})


def report(job: Job) -> None:
    """Show what came of a finished job, file by file."""
    for place, result in enumerate(job.results):
        if isinstance(result, Failure):
            st.error(word("load.failed", file=text(result.path.name), reason=said(result.error)))
            continue
        with st.container(border=True):
            if isinstance(result, Difference):
                _difference(result, job)
            else:
                _outcome(result)
            _notes(result.reading)
            _rejects(result.rejects, result.reading, job, place)
    if job.error:
        complain(job.error)
    if not job.done:
        st.error(word("load.broke_off"))


def _outcome(found: Outcome) -> None:
    title = text(found.document.title)
    if found.skipped:
        st.info(word("load.skipped", title=title))
        return
    counted = {"added": found.added, "removed": found.removed, "kept": found.kept}
    st.success(word("load.loaded", title=title, **{key: number(each, language()) for key, each in counted.items()}))
    _rows(found.reading)


def _rows(reading: Reading) -> None:
    if isinstance(reading, RegisterReading):
        counted = {"rows": reading.rows, "good": reading.rows - len(reading.rejects), "bad": len(reading.rejects)}
        st.markdown(word("load.rows", **{key: number(each, language()) for key, each in counted.items()}))


def _difference(found: Difference, job: Job) -> None:
    document = found.reading.document
    st.markdown(f"**{text(document.title)}**")
    _rows(found.reading)
    types = [each for each in schema().relationships if any(getattr(found, kind)[each] for kind in CHANGES)]
    if not types:
        st.markdown(word("load.nothing_changes"))
        return
    head = [word("column.relation"), *(word(f"load.{kind}") for kind in CHANGES)]
    rows = [[_relation(each), *(getattr(found, kind)[each] for kind in CHANGES)] for each in types]
    total = [word("load.sum"), *(sum(getattr(found, kind).values()) for kind in CHANGES)]
    table(head, [*rows, total])
    _examples(found, job)


def _relation(type_: str) -> str:
    return word("column.mentions") if type_ == "MENTIONS" else schema().relationships[type_].name.in_(language())


def _examples(found: Difference, job: Job) -> None:
    ids = {id_ for shown in found.examples.values() for ends in shown for id_ in ends[1:]}
    network = remembered("named", lambda store: among(store, ids), tuple(sorted(ids)))
    names = job.names | {id_: data["name"] for id_, data in network.nodes(data=True)}
    lines = [
        f"- {word(f'load.{kind}')}: {text(_example(ends, names))}"
        for kind in CHANGES
        for ends in found.examples.get(kind, ())
    ]
    st.markdown("\n".join([word("load.examples"), "", *lines]))


def _example(ends: Ends, names: dict[str, str]) -> str:
    type_, start, end = ends
    if type_ == "MENTIONS":
        return f"{names.get(start, start)} ({_label(start)})"
    if type_ == "CHECKED":
        return f"{_relation(type_)} {names.get(start, start)}"
    return f"{names.get(start, start)} {_relation(type_)} {names.get(end, end)}"


def _label(id_: str) -> str:
    label = label_of(id_)
    return schema().labels[label].name.in_(language()) if label else id_


def _notes(reading: Reading) -> None:
    if reading.notes:
        lines = [f"- {text(say(each.key, language(), **each.values))}" for each in reading.notes]
        st.markdown("\n".join([word("load.notes"), "", *lines]))


def _rejects(rejects: Sequence[Reject], reading: Reading, job: Job, place: int) -> None:
    if not rejects:
        return
    st.markdown(f"**{word('load.rejected', count=number(len(rejects), language()))}**")
    head = [word(f"column.{each}") for each in ("place", "column", "value", "reason")]
    table(head, [_reject(each) for each in rejects[:_MOST_ROWS]])
    if len(rejects) > _MOST_ROWS:
        st.caption(word("load.more_rejected", shown=_MOST_ROWS))
    if isinstance(reading, RegisterReading):
        file, data = _mendable(reading, Path(job.folder.name), place)
        st.download_button(word("load.download_rejects"), data, file, key=f"rejects-{place}", on_click="ignore")
        st.caption(word("load.mend"))


def _reject(reject: Reject) -> list[str]:
    row = reject if isinstance(reject, RowReject) else None
    value = str(row.value)[:_LONGEST_VALUE] if row and row.value is not None else ""
    reason = say(reject.reason.key, language(), **reject.reason.values)
    return [reject.place, (row.column if row else None) or "", value, reason]


def _mendable(reading: RegisterReading, folder: Path, place: int) -> tuple[str, bytes]:
    """Return name and content of the file that holds the rejected rows, written once for each language."""
    suffix = ".xlsx" if reading.path.suffix.lower() in (".xlsx", ".xlsm") else ".csv"
    name = f"{word('load.rejects_file')}-{reading.path.stem}{suffix}"
    path = folder / f"rejects-{place}-{id(reading)}-{language()}" / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        write_rejects(reading, path, language())
    return name, path.read_bytes()


def replaces(job: Job) -> None:
    """Say which files of a dry run take the place of a document that is loaded already."""
    ids = [each.reading.document.id for each in job.results if isinstance(each, Difference)]
    there = set(among(the_store(), ids).nodes) if ids else set()
    titles = [
        each.reading.document.title
        for each in job.results
        if isinstance(each, Difference) and each.reading.document.id in there
    ]
    if titles:
        st.info(word("load.replaces", titles=text(", ".join(titles))))
