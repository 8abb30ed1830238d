"""The work list of the Gaps page: for each ticked unit whom to win, why, whom to ask; to be taken away as a file."""

import datetime
from collections.abc import Sequence

import streamlit as st

from graph.insight.introductions import Path, introduced
from graph.insight.need import Gap
from graph.insight.projection import Projection
from graph.insight.suggestions import Market
from graph.insight.worklist import Task, chain, table, work_list
from graph.store import Store
from graph.tables import SPREADSHEET, render, workbook
from graph.words import number
from views.card_coverage import suggestion
from views.page import address, language, remembered, synthetic, text, word
from views.readings import the_market, the_projection
from views.states import state_name

MOST_TICKED = 50
_SHOWN = 6


def worklist(ticked: Sequence[Gap], area: str | None, as_of: datetime.date) -> None:
    """Show suggestions with reasons for the ticked units, and the work list to download."""
    if not ticked:
        st.caption(word("gaps.none_ticked"))
        return
    if len(ticked) > MOST_TICKED:
        st.warning(word("gaps.most_ticked", most=MOST_TICKED))
    gaps = tuple(ticked[:MOST_TICKED])
    with st.spinner(word("gaps.computing")):
        graph, market = the_projection(as_of), the_market(as_of)
        tasks = remembered(
            "worklist",
            lambda store: _tasks(store, gaps, area, graph, market),
            tuple(gap.unit.id for gap in gaps),
            area,
            as_of,
            synthetic(),
        )
    _downloads(tasks)
    st.caption(word("gaps.ticked", units=len(gaps), rows=sum(task.partner is not None for task in tasks)))
    for gap in gaps[:_SHOWN]:
        _unit(gap, [task for task in tasks if task.gap.unit.id == gap.unit.id])


def _tasks(store: Store, gaps: Sequence[Gap], area: str | None, graph: Projection, market: Market) -> list[Task]:
    def introduce(one: str, other: str) -> Path | None:
        return next(iter(introduced(store, graph, one, other, k=1)), None)

    return work_list(gaps, market, introduce, area=area)


def _downloads(tasks: Sequence[Task]) -> None:
    made, name = table(tasks, language()), word("gaps.worklist_file")
    one, two, _ = st.columns([2, 2, 3])
    csv, xlsx = word("gaps.worklist_csv"), word("gaps.worklist_xlsx")
    one.download_button(csv, render(made, "csv", language()), f"{name}.csv", "text/csv", width="stretch")
    two.download_button(xlsx, workbook(made, language()), f"{name}.xlsx", SPREADSHEET, width="stretch")


def _unit(gap: Gap, tasks: Sequence[Task]) -> None:
    need = "" if gap.need is None else f" · {word('column.need')} {number(gap.need, language())}"
    st.markdown(
        f"**[{text(gap.unit.name)}]({address('card', node=gap.unit.id)})** · {text(state_name(gap.state))}{text(need)}"
    )
    found = [(task, task.partner, task.why) for task in tasks if task.partner and task.why]
    if not found:
        st.caption(word("card.no_suggestions"))
        return
    for column, (task, partner, why) in zip(st.columns(len(tasks)), found, strict=False):
        with column:
            suggestion(gap.unit.id, partner, why, chain(task.path))
