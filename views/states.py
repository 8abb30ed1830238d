"""The five states of coverage as all pages show them: by colour, by sign and by name."""

from collections.abc import Mapping

from graph.schema import schema
from views.page import escaped, language, word

# Ordered from covered to unknown; told apart by lightness as well as by hue, so also by the colour-blind and in grey.
COLORS: Mapping[str, str] = {
    "active": "#1864ab",
    "lapsed": "#e8590c",
    "planned": "#74a9d8",
    "none": "#862e9c",
    "unknown": "#ced4da",
}
SIGNS: Mapping[str, str] = {"active": "●", "lapsed": "◐", "planned": "○", "none": "×", "unknown": "·"}
"""What a state is told by where there is no colour."""

UNKNOWN = "rgba(134,142,150,.32)"
"""What is not known, on a page light or dark: it stands back behind what is."""

_INK = {"active": "#ffffff", "lapsed": "#000000", "planned": "#000000", "none": "#ffffff"}


def state_name(state: str) -> str:
    """Return a state as the reader's language names it."""
    return schema().term("coverage_state", state, language())


def terms(vocabulary: str) -> dict[str, str]:
    """Return a vocabulary's names in the reader's language, by value."""
    return {value: name.in_(language()) for value, name in schema().vocabularies[vocabulary].items()}


def area_name(area: str | None) -> str:
    """Return an area as the reader's language names it; None stands for any."""
    return word("column.any") if area is None else schema().term("area", area, language())


def paint(state: str) -> str:
    """Return the CSS declarations that paint a field in the colour of a state, its letters readable."""
    if state == "unknown":
        return f"background:{UNKNOWN};color:inherit"
    return f"background:{COLORS[state]};color:{_INK[state]}"


def key_html() -> str:
    """Return the legend of the states as HTML."""
    marks = "".join(
        f"<li><span style='{paint(state)}'>{SIGNS[state]}</span> {escaped(state_name(state))}</li>" for state in COLORS
    )
    return f"{KEY_STYLE}<ul class='mitra-key'>{marks}</ul>"


KEY_STYLE = """<style>
.mitra-key{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:0 0 .5rem!important;
padding:0!important;font-size:.85rem}
.mitra-key li{margin:0!important;padding:0!important}
.mitra-key span{display:inline-block;width:1.3rem;text-align:center;border-radius:.2rem;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
</style>"""
