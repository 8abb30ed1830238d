"""The registers that ship with the project: provinces, regencies and facilities, one document a file."""

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from graph import names
from graph.claims import Claim, Document, Evidence, Mention, Node, Reading, Reject, Tie, properties
from graph.errors import BadInput
from loaders.table import TableRow, read_table

WEAK = 0.5
_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2})?")
RowReader = Callable[[TableRow], Iterator[Claim]]


def read_register(path: Path, kind: str, document: Document) -> Reading:
    """Return what a register file of this kind (a key of `REGISTERS`) says; rows that say nothing valid are rejected.

    Each row is checked as a whole: a rejected row makes no claim. The file is read through once before the first
    claim, so that BadInput for a broken file is raised here, when nothing has been published yet.
    """
    columns, row_reader = REGISTERS[kind]
    for _ in read_table(path, columns):
        pass
    reading = Reading(document, ())
    reading.claims = _claims(path, columns, row_reader, reading)
    return reading


def _claims(path: Path, columns: set[str], row_reader: RowReader, reading: Reading) -> Iterator[Claim]:
    said: set[int] = set()
    for row in read_table(path, columns):
        reading.rows += 1
        try:
            row.check_width()
            claims = list(row_reader(row))
            for claim in claims:
                claim.check()
        except BadInput as error:
            reading.rejects.append(Reject(row.place, error))
            continue
        yield from _unsaid(claims, said)


def _unsaid(claims: list[Claim], said: set[int]) -> Iterator[Claim]:
    """Yield a row's claims without mentions that an earlier row made in the same words, of its province, say.

    The first claim is of what the row is about, and always stays.
    """
    yield from claims[:1]
    for claim in claims[1:]:
        if isinstance(claim, Mention):
            told = hash((claim.node, claim.name, claim.named, claim.properties, claim.evidence.confidence))
            if told in said:
                continue
            said.add(told)
        yield claim


def _place(code: str) -> Node:
    return Node("Place", names.place_id(code))


def _position(row: TableRow) -> dict[str, float | None]:
    return {"latitude": row.number("latitude", -90, 90), "longitude": row.number("longitude", -180, 180)}


def _code(row: TableRow, column: str) -> str:
    """Return a cell as an official code; a spreadsheet makes 11.1 of 11.10, which is another place or none."""
    code = row.text(column)
    if not _CODE.fullmatch(code):
        raise BadInput("register.code", column=column, value=code)
    return code


def _province(row: TableRow) -> Iterator[Claim]:
    said = properties(
        kind="province",
        code=_code(row, "code"),
        iso=row.text("iso"),
        capital=row.cells.get("capital"),
        **_position(row),
    )
    yield Mention(_place(_code(row, "code")), row.text("name"), Evidence(row.where()), said)


def _regency(row: TableRow) -> Iterator[Claim]:
    code, province_code = _code(row, "code"), _code(row, "province_code")
    place, province = _place(code), _place(province_code)
    said = properties(kind=row.text("kind"), code=code, capital=row.cells.get("capital"), **_position(row))
    evidence = Evidence(row.where())
    yield Mention(place, row.text("name"), evidence, said)
    yield Mention(province, province_code, evidence, named=False)
    yield Tie("LOCATED_IN", place, province, evidence)


def _facility(row: TableRow) -> Iterator[Claim]:
    name = row.text("name")
    unit = Node("Facility", names.facility_id(name))
    weak = row.cells.get("needs_review") == "yes"
    evidence = Evidence(row.where())
    said = properties(
        kind=row.text("kind"),
        purpose=row.cells.get("purpose"),
        needs_review=weak or None,
        position=row.cells.get("position"),
        **{"class": row.cells.get("class")},
        **_position(row),
    )
    yield Mention(unit, name, evidence, said)
    yield from _occupancy(row, unit)
    office = Node("PublicBody", names.public_body_id(row.text("regional_office")))
    yield Mention(office, row.text("regional_office"), evidence, properties(kind="corrections"))
    yield Tie("PART_OF", unit, office, evidence)
    code = _code(row, "regency_code" if "regency_code" in row.cells else "province_code")
    guessed = Evidence(evidence.where, confidence=WEAK if weak else 1.0)
    yield Mention(_place(code), code, guessed, named=False)
    yield Tie("LOCATED_IN", unit, _place(code), guessed)


def _occupancy(row: TableRow, unit: Node) -> Iterator[Claim]:
    capacity, occupants = row.count("capacity"), row.count("occupants")
    if capacity is None and occupants is None:
        return
    where = row.where("name", "capacity", "occupants", "counted_on", "count_source")
    said = properties(capacity=capacity, occupants=occupants, counted_on=_day(row.cells.get("counted_on", "")))
    yield Mention(unit, row.text("name"), Evidence(where), said)


def _day(text: str) -> datetime.date | None:
    """A month without a day ("2018-07") is no date; the claim's `where` still shows it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


# Which columns a register of this kind must have, and what a row of it says.
REGISTERS: dict[str, tuple[set[str], RowReader]] = {
    "provinces": ({"code", "name", "iso"}, _province),
    "regencies": ({"code", "name", "province_code", "kind"}, _regency),
    "facilities": ({"name", "kind", "regional_office", "province_code"}, _facility),
}
