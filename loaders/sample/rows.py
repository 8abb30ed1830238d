"""The rows of the invented registers: what a unit, a partner and a national agreement put into each of them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loaders.sample.dice import Dice, words
from loaders.sample.papers import Paper, umbrella
from loaders.sample.partners import Bond, Partner
from loaders.sample.people import DAY, TODAY, Post, holder
from loaders.sample.units import Unit

Row = tuple[str, Mapping[str, object]]
"""A register and a row of it by column; columns that are not named are blank."""
COLUMNS = {
    "facilities": "name kind purpose class province_code regency_code regional_office latitude longitude position "
    "capacity occupants counted_on",
    "officials": "name title organisation since until status",
    "companies": "name place facility area since until status",
    "public_bodies": "name parent place facility area since until status",
    "organizations": "name place facility area since until status",
    "agreements": "kind number subject facility partner signed_on starts_on ends_on period status area program "
    "signed_by_facility signed_by_partner",
    "programs": "name facility area partner status",
    "events": "kind date venue planned facility partner attended agreement_number agreement_kind",
    "checks": "facility on found area checked_by",
}
"""The columns of each register that is written."""


def of_unit(seed: int, unit: Unit) -> Iterator[Row]:
    """Yield a unit's own rows: itself, its heads, its programs, and the checks and inspections of some."""
    yield (
        "facilities",
        {
            "name": unit.name,
            "kind": unit.kind,
            "purpose": unit.purpose,
            "class": unit.klass,
            "province_code": unit.spot.province_code,
            "regency_code": unit.spot.code,
            "regional_office": unit.office,
            "latitude": f"{unit.latitude:.4f}",
            "longitude": f"{unit.longitude:.4f}",
            "position": "regency",
            "capacity": unit.capacity,
            "occupants": unit.occupants,
            "counted_on": unit.counted_on,
        },
    )
    yield from (_official(post, unit.name) for post in (*unit.posts, *filter(None, [unit.second])))
    for name, area in unit.programs.items():
        yield "programs", {"name": name, "facility": unit.name, "area": area, "status": "aktif"}
    yield from _looked_at(Dice(seed, "looked at", unit.number), unit)


def _official(post: Post, organisation: str) -> Row:
    row = {"name": post.written, "title": post.title, "organisation": organisation}
    return "officials", row | {"since": post.since, "until": post.until, "status": post.status}


def _looked_at(dice: Dice, unit: Unit) -> Iterator[Row]:
    day = dice.day(datetime.date(2024, 1, 2), TODAY)
    if dice.chance(0.15):
        present = _present((unit, day))
        yield "events", {"kind": "inspection", "date": day, "venue": unit.name, "facility": unit.name} | present
    if unit.alone and dice.chance(0.6):
        area = dice.one(list(words()["areas"])) if dice.chance(0.25) else ""
        yield "checks", _check(dice, unit, day, "none", area)


def _check(dice: Dice, unit: Unit, day: datetime.date, found: str, area: str) -> Mapping[str, object]:
    return {
        "facility": unit.name,
        "on": day,
        "found": found,
        "area": area,
        "checked_by": dice.one(words()["surveyors"]),
    }


def _present(*where: tuple[Unit | Partner, datetime.date]) -> dict[str, object]:
    """Return the cell of who was present: whoever led these on the day."""
    leaders = [(holder(each.posts, day), each.name) for each, day in where]
    return {"attended": "; ".join(f"{person} ({name})" for person, name in leaders if person)}


def of_partner(partner: Partner) -> Iterator[Row]:
    """Yield a partner's own rows: itself and who leads it."""
    yield partner.register, _partner(partner)
    yield from (_official(post, partner.name) for post in partner.posts)


def _partner(partner: Partner) -> dict[str, object]:
    row: dict[str, object] = {"name": partner.name, "place": partner.code}
    if partner.name.startswith("Dinas "):
        row["parent"] = f"Pemerintah Provinsi Contoh {partner.province}"
    return row


def of_bond(seed: int, partner: Partner, bond: Bond) -> Iterator[Row]:
    """Yield what a partner's work with a unit puts into the registers; an idle one leaves its agreements alone."""
    dice = Dice(seed, "work", partner.number, bond.unit.number)
    if not bond.papers:
        said = {"facility": bond.unit.name, "area": bond.area, "since": bond.since, "until": bond.until}
        yield partner.register, _partner(partner) | said | {"status": bond.status}
    for paper in bond.papers:
        yield "agreements", _agreement(dice, paper, [bond.unit], [partner], bond)
        yield from _signing(dice, paper, [bond.unit], [partner], bond.unit.name)
    if not partner.idle:
        yield from _work(dice, partner, bond)


def _agreement(
    dice: Dice, paper: Paper, units: Sequence[Unit], partners: Sequence[Partner], bond: Bond | None
) -> Mapping[str, object]:
    term = {"period": f"{paper.years} tahun"} if dice.chance(0.35) else {"ends_on": paper.ends_on}
    about = {"area": bond.area, "program": "" if partners[0].idle else bond.program} if bond else {}
    return {
        "kind": paper.kind,
        "number": paper.number,
        "subject": paper.subject,
        "facility": _list(each.name for each in units),
        "partner": _list(each.name for each in partners),
        "signed_on": paper.signed_on,
        "starts_on": paper.starts_on,
        "status": paper.status,
        "signed_by_facility": holder(units[0].posts, paper.signed_on),
        "signed_by_partner": holder(partners[0].posts, paper.signed_on),
    } | (term | about)


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _signing(dice: Dice, paper: Paper, units: Sequence[Unit], partners: Sequence[Partner], venue: str) -> Iterator[Row]:
    if not dice.chance(0.55):
        return
    day = paper.signed_on or paper.starts_on
    people: list[tuple[Unit | Partner, datetime.date]] = []
    if paper.signed_on:
        people = [*((each, day) for each in units), *((each, day) for each in partners)]
    yield (
        "events",
        {
            "kind": "signing",
            "date": day,
            "venue": venue,
            "planned": "" if paper.signed_on else "ya",
            "facility": _list(each.name for each in units),
            "partner": _list(each.name for each in partners),
            "agreement_number": paper.number,
            "agreement_kind": paper.kind if paper.number else "",
        }
        | _present(*people),
    )


def _work(dice: Dice, partner: Partner, bond: Bond) -> Iterator[Row]:
    """Yield what shows that the work is real: meetings, visits, a program supported, a check that found it."""
    begun = bond.since <= TODAY
    if dice.chance(0.35) and begun:
        yield _event(dice, "meeting", bond.since - dice.whole(25, 90) * DAY, partner, bond)
    for kind, probability in (("visit", 0.35), ("training", 0.15), ("inauguration", 0.1)):
        day = bond.since + dice.whole(30, 300) * DAY
        if dice.chance(probability) and day <= min(TODAY, bond.until or TODAY):
            yield _event(dice, kind, day, partner, bond)
    if dice.chance(0.5):
        row = {"name": bond.program, "facility": bond.unit.name, "area": bond.area, "partner": partner.name}
        yield "programs", row | {"status": bond.status}
    day = bond.since + dice.whole(10, 330) * DAY
    if dice.chance(0.3) and day <= min(TODAY, bond.until or TODAY):
        yield "checks", _check(dice, bond.unit, day, "some", bond.area)


def _event(dice: Dice, kind: str, day: datetime.date, partner: Partner, bond: Bond) -> Row:
    venue = partner.name if kind == "meeting" and dice.chance(0.4) else bond.unit.name
    row = {"kind": kind, "date": day, "venue": venue, "facility": bond.unit.name, "partner": partner.name}
    return "events", row | _present((bond.unit, day), (partner, day))


def of_umbrella(seed: int, number: int, units: Sequence[Unit], partners: Sequence[Partner]) -> Iterator[Row]:
    """Yield a national umbrella agreement between the national partners and the units that it names."""
    paper, dice = umbrella(seed, number), Dice(seed, "umbrella work", number)
    yield "agreements", _agreement(dice, paper, units, partners, None)
    yield from _signing(dice, paper, units, partners, "DKI Jakarta")
