"""A page's address restores its view: every control shows what the address names, and the address keeps it."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages import opened, still

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNIT = "facility:lapas-bukittinggi"
VIEWS = {
    "gaps?province=ID-SB&kind=rutan&area=fishery&as_of=2024-01-05&matrix=facilities": (
        ["Sumatera Barat", "Detention house (Rutan)", "Fishery", "2024-01-05"],
        ["By facility"],
    ),
    "map?measure=lapsed&area=fishery&province=ID-SB&as_of=2024-01-05&ahead=12": (
        ["Share of facilities: Lapsed", "Fishery", "Sumatera Barat", "2024-01-05"],
        ["In 12 months"],
    ),
    "agreements?province=ID-SB&as_of=2024-01-05&days=365": (["Sumatera Barat", "2024-01-05", "365"], []),
    f"connections?from={UNIT}&to=facility:lapas-padang&avoid=Place&paths=2&as_of=2024-01-05": (["2", "2024-01-05"], []),
    f"card?node={UNIT}&as_of=2024-01-05": (["2024-01-05"], []),
    "query?name=facilities-without-partner&p.province=ID-SB&p.as_of=2024-01-05": (["ID-SB", "2024-01-05"], []),
    f"network?node={UNIT}&areas=fishery&on=2024-01-05&newest=true": (["2024-01-05"], []),
}

SHOWN = """(fields) => {
  const shown = [...document.querySelectorAll("[data-testid=stMain] input")].map((input) => input.value);
  return fields.every((field) => shown.includes(field));
}"""


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_restores_every_control(browser: "Browser", app: str, view: str) -> None:
    fields, pressed = VIEWS[view]
    with opened(browser, app, view, "en") as page:
        still(page)
        page.wait_for_function(SHOWN, arg=fields, timeout=60_000)  # a field may be drawn after the run has ended
        for name in pressed:
            page.get_by_role("radio", name=name, checked=True).wait_for(state="attached")
        kept, asked = parse_qs(urlsplit(page.url).query), parse_qs(urlsplit(f"/{view}").query)
        assert {key: kept.get(key) for key in asked} == asked
