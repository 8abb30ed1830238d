"""What the coverage map was asked: the controls, and the same in the page's address."""

import datetime
from dataclasses import dataclass
from typing import Any

import streamlit as st

from graph import coverage as cover
from graph.atlas import AREAS
from graph.insight.forecast import HORIZONS
from graph.insight.need import add_months
from views.page import address, as_of, beginning, choice, one_of, remembered, to_address, word
from views.states import terms

MOST_MONTHS = 180


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured, in which area, on which day, so many months later, and the province looked at (ISO code)."""

    measure: str
    area: str | None
    as_of: datetime.date
    months: int
    province: str | None

    @property
    def on(self) -> datetime.date:
        """The day that the map shows."""
        return add_months(self.as_of, self.months)

    def link(self, province: str | None) -> str:
        """Return the address of the same map with another province looked at."""
        kept = {"measure": self.measure, "area": self.area, "as_of": self.as_of, "ahead": self.months or None}
        return address("map", **kept, province=province)


def measures() -> dict[str, str]:
    """Return what the map can measure, by name."""
    named = terms("coverage_state")
    return {each: word("map.share_of", state=name) for each, name in named.items()} | {AREAS: word("map.by_areas")}


def controls() -> Asked:
    """Show what the map can be asked and return what was chosen."""
    one, two, three = st.columns([4, 3, 3])
    measure = choice(one, word("map.measure"), measures(), "measure", hint=None)
    area = choice(two, word("column.area"), terms("area"), "area", hint=word("filter.all"))
    provinces = remembered("provinces", cover.provinces)
    province = choice(three, word("column.province"), provinces, "province", hint=word("map.nation"))
    left, right = st.columns([4, 6])
    day = as_of(left)
    return Asked(measure or "active", area, day, _ahead(right), province)


def _ahead(column: Any) -> int:
    """Show how many months later the map is asked for, and return them."""
    horizons = ["0", *(str(each) for each in HORIZONS)]
    column.segmented_control(
        word("map.ahead"),
        horizons,
        format_func=lambda each: word("map.in_months", months=each) if each != "0" else word("map.that_day"),
        default=beginning("ahead", one_of(horizons), "0"),
        key="ahead",
        required=True,
        wrap=True,
    )
    to_address("ahead")
    return int(st.session_state.ahead)


def month_slider(ground: cover.Ground, asked: Asked) -> None:
    """Show a slider over the months from the first fact to today; it moves the day to the same one of that month."""
    known = _months(ground, asked.as_of)
    st.session_state.month = max(asked.as_of.replace(day=1), known[0])

    def moved() -> None:
        chosen = st.session_state.month
        apart = 12 * (chosen.year - asked.as_of.year) + chosen.month - asked.as_of.month
        st.session_state.as_of = add_months(asked.as_of, apart)

    st.select_slider(word("map.month"), known, format_func=month_name, key="month", on_change=moved)


def _months(ground: cover.Ground, chosen: datetime.date) -> list[datetime.date]:
    today = datetime.date.today()
    days = [each for fact in ground.facts for each in (fact.known, fact.begins) if each and each <= today]
    first, last = min([*days, chosen, add_months(today, -1)]), max(today, chosen).replace(day=1)
    count = min(12 * (last.year - first.year) + last.month - first.month, MOST_MONTHS)
    return [add_months(last, -back) for back in range(count, -1, -1)]


def month_name(first: datetime.date) -> str:
    """Return a month and its year as the reader's language writes them."""
    return f"{word(f'month.{first.month}')} {first.year}"
