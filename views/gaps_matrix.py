"""The matrix of the Gaps page: every province or every facility by area, as a table that is read by sign and colour."""

import datetime
from collections.abc import Iterable

import streamlit as st

from graph.coverage import Ground
from graph.insight.matrix import FacilityRow, ProvinceRow, areas, by_facility, by_province
from graph.text import plain
from graph.words import number
from views.page import address, beginning, escaped, language, one_of, to_address, word
from views.states import SIGNS, area_name, key_html, paint

MOST_ROWS = 700
_GROUP = f"<th class='group' scope='rowgroup' colspan='{len(areas()) + 1}'>"
_BLUE, _DARK = "24,100,171", 0.5
_STYLE = """<style>
.mitra-matrix{max-height:40rem;overflow:auto;border:1px solid rgba(128,128,128,.3);border-radius:.4rem}
.mitra-matrix table{border-collapse:separate;border-spacing:1px;font-size:.82rem;width:100%}
.mitra-matrix thead th{position:sticky;top:0;z-index:2;background:#f1f3f5;background:light-dark(#f1f3f5,#2b2d31);
color:#212529;color:light-dark(#212529,#f1f3f5);vertical-align:bottom;
padding:.4rem .1rem;font-weight:500;height:8.5rem;min-width:1.7rem}
.mitra-matrix thead th span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.mitra-matrix thead th:first-child{z-index:3;left:0;text-align:left;padding-left:.5rem}
.mitra-matrix tbody th{position:sticky;left:0;z-index:1;background:#f1f3f5;background:light-dark(#f1f3f5,#2b2d31);
color:#212529;color:light-dark(#212529,#f1f3f5);text-align:left;
font-weight:400;padding:.1rem .5rem;min-width:9rem;max-width:18rem;overflow-wrap:anywhere}
.mitra-matrix tbody th a{color:inherit}
.mitra-matrix tbody th.group{font-weight:700;background:#dee2e6;background:light-dark(#dee2e6,#3b3e44)}
.mitra-matrix td{text-align:center;padding:.1rem;min-width:1.7rem;height:1.3rem;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
@media print{.mitra-matrix{max-height:none;overflow:visible}.mitra-matrix th{position:static!important}}
</style>"""


@st.fragment
def matrix(ground: Ground, as_of: datetime.date) -> None:
    """Show the matrix by province or by facility; the page's address keeps which."""
    forms = {form: word(f"gaps.matrix_{form}") for form in ("provinces", "facilities")}
    form = st.segmented_control(
        word("gaps.matrix_as"),
        list(forms),
        format_func=lambda each: forms[each],
        default=beginning("matrix", one_of(forms), "provinces"),
        key="matrix",
        required=True,
    )
    to_address("matrix")
    if form == "facilities":
        _facilities(by_facility(ground, as_of=as_of).rows)
    else:
        _provinces(by_province(ground, as_of=as_of).rows, as_of)


def _provinces(rows: Iterable[ProvinceRow], as_of: datetime.date) -> None:
    st.caption(word("gaps.matrix_provinces_key"))
    body = "".join(_province(row, as_of) for row in rows)
    areas_table(word("column.province"), body)


def _province(row: ProvinceRow, as_of: datetime.date) -> str:
    name = escaped(plain(row.name or word("gaps.no_province")))
    if row.province:
        link = escaped(address("gaps", province=row.province, as_of=as_of, matrix="facilities"))
        name = f"<a href='{link}' target='_self'>{name}</a>"
    cells = "".join(share(row.counts[area]["active"], row.facilities) for area in areas())
    return f"<tr><th scope='row'>{name}</th>{cells}</tr>"


def share(active: int, of: int) -> str:
    """Return a cell: how many of how many, the deeper the larger the share; a point where there are none."""
    if not active:
        return "<td>·</td>"
    share = active / of
    ink = "color:#fff;" if share >= _DARK else ""
    told = f"{number(active, language())}/{number(of, language())}"
    return f"<td style='{ink}background:rgba({_BLUE},{max(0.12, share):.2f})'>{told}</td>"


def _facilities(rows: list[FacilityRow]) -> None:
    st.html(key_html())
    if len(rows) > MOST_ROWS:
        reader = language()
        st.caption(word("gaps.matrix_first", shown=number(MOST_ROWS, reader), all=number(len(rows), reader)))
    ordered = sorted(rows, key=lambda row: (row.unit.province_name or "\uffff", row.unit.name, row.unit.id))[:MOST_ROWS]
    body, province = [], ""
    for row in ordered:
        here = row.unit.province_name or word("gaps.no_province")
        if here != province:
            province = here
            body.append(f"<tr>{_GROUP}{escaped(plain(here))}</th></tr>")
        body.append(_facility(row))
    areas_table(word("column.name"), "".join(body))


def _facility(row: FacilityRow) -> str:
    link = escaped(address("card", node=row.unit.id))
    name = f"<a href='{link}' target='_self'>{escaped(plain(row.unit.name))}</a>"
    cells = "".join(f"<td style='{paint(row.states[area])}'>{SIGNS[row.states[area]]}</td>" for area in areas())
    return f"<tr><th scope='row'>{name}</th>{cells}</tr>"


def areas_table(first: str, body: str) -> None:
    """Show rows of HTML, a cell an area, under their heads; `first` is that of the rows' names."""
    heads = "".join(f"<th scope='col'><span>{escaped(area_name(area))}</span></th>" for area in areas())
    title = escaped(word("gaps.matrix"))
    st.html(
        f"{_STYLE}<div class='mitra-matrix' tabindex='0' role='region' aria-label='{title}'><table>"
        f"<thead><tr><th scope='col'>{escaped(first)}</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
