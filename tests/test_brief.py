"""The brief says what the graph says, the same way each time, and hostile names are only letters in it."""

import datetime
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from graph import atlas, typeset
from graph import coverage as cover
from graph.brief import brief, short
from graph.claims import Claim, Evidence, Mention, Node, Tie, properties
from graph.errors import BadInput
from graph.insight import need
from graph.insight.suggestions import suggestions
from graph.store import Store
from tests.made import COMPANIES, FACILITIES, document, hashed, mention, tie
from tests.networks import HOSTILE
from tests.terminal import mitra
from tests.test_atlas import places
from tests.test_insight import put

DAY = datetime.date(2024, 1, 10)
LAST = datetime.date(2024, 3, 1)
PKS = Node("Agreement", "agreement:pks-1")


def network() -> list[Claim]:
    """Three units, two of them in one province, one with an agreement that ends soon, one checked without result."""
    named = [Mention(unit, f"Lapas Kelas II {unit.id[15:].title()}", Evidence("r")) for unit in FACILITIES]
    company = Mention(COMPANIES[0], "PT. Satu", Evidence("r"))
    signed = mention(PKS, kind="pks", status="signed", signed_on=datetime.date(2023, 3, 2), ends_on=LAST)
    said: list[Claim] = [*places(), *named, company, signed]
    said += [tie("PARTY_TO", FACILITIES[0], PKS), tie("PARTY_TO", COMPANIES[0], PKS)]
    found = properties(on=datetime.date(2023, 6, 1), found="none")
    return [*said, Tie("CHECKED", Node("Document", "document:daftar"), FACILITIES[1], Evidence("r"), "active", found)]


def stored(store: Store, claims: list[Claim]) -> cover.Ground:
    register = document("daftar", kind="register", published=datetime.date(2023, 1, 1))
    return put(store, [(hashed(register, claims), claims)])


def words(found: dict[str, Any]) -> str:
    """The text of a brief's PDF in one line."""
    pages = PdfReader(io.BytesIO(typeset.pdf(found))).pages
    assert len(pages) <= 2
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("province", [None, "ID-SB"])
def test_the_page_holds_the_figures_of_the_graph(store: Store, language: Any, province: str | None) -> None:
    ground = stored(store, network())
    found = brief(store, language=language, as_of=DAY, province=province)
    read = words(found)
    part = ground.of(province=province)
    counts = cover.counts(cover.rows_of(part, as_of=DAY))
    told = {each["state"]: int(each["count"]) for each in found["states"]}
    assert told == counts
    assert counts["active"] == counts["none"] == 1
    for each in found["states"]:
        assert f"{each['count']} {each['name']}" in read
    for row in atlas.by_province(ground, as_of=DAY).rows:
        assert f"{row.measured('active').percent} {row.counts['active']}/{row.units}" in read
    served = {fact.facility for fact in part.facts if fact.partner and cover.says(fact, DAY) == "active"}
    assert [row[0] for row in found["sections"]["served"]["rows"]] == sorted(part.units[unit].name for unit in served)
    open_ = [row for row in need.gaps(part, as_of=DAY).rows if row.need is not None]
    for gap in open_:
        assert gap.unit.name in read
        (best,) = suggestions(store, gap.unit.id, k=1, as_of=DAY).rows
        assert best[0].name in read
    assert "PT. Satu" in read
    assert ("1 Maret 2024" if language == "id" else "1 March 2024") in read
    for query in ("coverage-facts/map", "coverage-facts/matrix", "coverage-facts/changes", "coverage-facts/gaps"):
        assert query in read
    assert "agreement-terms" in read
    assert re.sub(r"\s", "", ground.version) in re.sub(r"\s", "", read)


def test_the_same_graph_and_day_give_the_same_bytes_in_every_process(store: Store, tmp_path: Path) -> None:
    stored(store, network())
    found = brief(store, language="id", as_of=DAY)
    assert brief(store, language="id", as_of=DAY) == found
    (tmp_path / "brief.json").write_text(json.dumps(found), "utf-8")
    code = (
        "import json,sys; from graph import typeset; sys.stdout.buffer.write(typeset.pdf(json.load(open(sys.argv[1]))))"
    )
    env = {**os.environ, "TZ": "Asia/Jayapura"}
    told = subprocess.run([sys.executable, "-c", code, str(tmp_path / "brief.json")], capture_output=True, env=env)
    assert told.stdout == typeset.pdf(found)


def test_one_changed_claim_changes_only_the_figures_that_rest_on_it(store: Store) -> None:
    stored(store, network())
    before = brief(store, language="en", as_of=DAY)
    added = tie("PARTNERS_WITH", COMPANIES[1], FACILITIES[2], area="health")
    stored(store, [*network(), mention(COMPANIES[1]), added])
    after = brief(store, language="en", as_of=DAY)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"states", "headline", "sections", "foot"}
    sections = {key for key, value in before["sections"].items() if value != after["sections"][key]}
    assert sections == {"map", "served", "matrix", "gaps"}
    tiles = [
        one["name"]
        for one, other in zip(before["sections"]["map"]["tiles"], after["sections"]["map"]["tiles"], strict=True)
        if one != other
    ]
    assert tiles == ["Lampung"]
    rows = [
        one["name"]
        for one, other in zip(before["sections"]["matrix"]["rows"], after["sections"]["matrix"]["rows"], strict=True)
        if one != other
    ]
    assert rows == ["Any area", "Health"]
    apart = brief(store, language="en", as_of=DAY, province="ID-SB")
    assert {each["state"]: each["count"] for each in apart["states"]}["active"] == "1"


TYPST = [
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "= judul #pagebreak()",
    "$ sum $ _a_ *b* `c` <label> @ref",
    '#image("x")',
    "\\ #panic()",
    "]]] #[",
    "${7*7}",
    "#sys.inputs",
    '#include "brief.typ"',
    "// komentar",
    "/* buka",
    '"\\u{41}"',
]


@pytest.mark.slow
def test_sixty_hostile_names_are_only_letters(store: Store) -> None:
    every = [*TYPST, *HOSTILE]
    assert len(set(every)) >= 60
    claims = network()
    program = Node("Place", "place:ID-LA")
    for number, name in enumerate(every):
        unit, partner, signed = (
            Node("Facility", f"facility:f{number}"),
            Node("Company", f"company:c{number}"),
            Node("Agreement", f"agreement:a{number}"),
        )
        own = properties(capacity=10, occupants=1000 - number)
        claims += [Mention(unit, name, Evidence(name), own), Mention(partner, name, Evidence(name))]
        claims += [Mention(signed, name, Evidence(name), properties(kind="pks", status="signed", ends_on=LAST))]
        claims += [tie("LOCATED_IN", unit, program), tie("PARTY_TO", partner, signed), tie("PARTY_TO", unit, signed)]
    stored(store, claims)
    for day in (DAY, LAST + datetime.timedelta(30)):
        found = brief(store, language="en", as_of=day)
        read = words(found)
        printed = [row["name"] for row in found["sections"]["gaps"]["rows"]]
        printed += [row[0] for row in found["sections"]["endings"]["rows"] + found["sections"]["changes"]["rows"]]
        assert printed
        plain = re.sub(r"\W", "", read)
        assert all(re.sub(r"[^\x20-\x7e]|\W", "", name)[:12] in plain for name in printed)
    for name in every:
        one = {**found, "place": short(name)}
        assert typeset.pdf(one).startswith(b"%PDF")
        raw = PdfReader(io.BytesIO(typeset.pdf(one)))
        assert "/JavaScript" not in str(raw.trailer["/Root"])
        if name in TYPST:
            assert re.sub(r"\s", "", short(name)) in re.sub(r"\s", "", raw.pages[0].extract_text())


def test_an_unknown_province_and_another_form_are_refused(demo_url: str, tmp_path: Path) -> None:
    wrong = mitra("--store", demo_url, "brief", "--province", "Atlantis", "--output", str(tmp_path / "a.pdf"))
    assert (wrong.returncode, "Atlantis" in wrong.stderr) == (2, True)
    wrong = mitra("--store", demo_url, "brief", "--output", str(tmp_path / "a.docx"))
    assert (wrong.returncode, "a.docx" in wrong.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_the_terminal_writes_the_page_that_the_library_sets(demo_url: str, demo_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "ringkasan.pdf"
    day = "2026-11-26"
    told = mitra(
        "--store", demo_url, "--lang", "en", "brief", "--province", "ID-SB", "--as-of", day, "--output", str(file)
    )
    assert told.returncode == 0, told.stderr
    found = brief(demo_store, language="en", as_of=datetime.date.fromisoformat(day), province="Sumatera Barat")
    assert file.read_bytes() == typeset.pdf(found)
    with pytest.raises(BadInput, match="Atlantis"):
        brief(demo_store, language="en", province="Atlantis")
