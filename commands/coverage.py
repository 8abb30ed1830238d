"""The terminal's way to coverage: who has a partner, what ends, what is to come, whom one would miss, what changed."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click

from graph import coverage as cover
from graph.errors import BadInput
from graph.insight import agreements, departure, forecast, matrix, need, paper, rotation, umbrella
from graph.insight import changes as changing
from graph.loading import Failure, load_all
from graph.schema import schema
from graph.store import Store, local, open_store
from graph.tables import Table
from graph.words import say
from loaders.sources import find_sources
from terminal import Worded, as_of, day, in_form, language, opened, option, rests_on, show, synthetic, tell

Command = TypeVar("Command", bound=Callable[..., Any])
ENDINGS = {"expiring": "coverage.expiring", "lapsed": "coverage.lapsed"}
province = option("--province", words="province")
kind = option("--kind", words="facility_kind", metavar="|".join(schema().vocabularies["facility_kind"]))
by_area = option("--area", words="area", metavar="|".join(schema().vocabularies["area"]))


def of_facilities(command: Command) -> Command:
    """Give a command the options that choose facilities, the day, invented data and the form."""
    return province(kind(as_of(synthetic(in_form(command)))))


def _on(as_of: datetime.date | None) -> datetime.date:
    return as_of or datetime.date.today()


def _ground(**wanted: Any) -> cover.Ground:
    with opened() as store:
        return cover.narrowed(store, **wanted)


def _counted(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{schema().term('coverage_state', state, language())} {n}" for state, n in counts.items())


@click.command(cls=Worded)
@by_area
@of_facilities
def gaps(form: str, as_of: datetime.date | None, area: str | None, **wanted: Any) -> None:
    """`cli.gaps` of the catalog."""
    answer = need.gaps(_ground(area=area, **wanted), as_of=_on(as_of), area=area)
    columns = ["facility_id", "name", "kind", "province", "state", "need", "months", "occupants", "capacity"]
    rows = [
        {"facility_id": row.unit.id, "state": row.state, "need": row.need, "months": row.months}
        | {key: getattr(row.unit, key) for key in ("name", "kind", "province", "occupants", "capacity")}
        for row in answer.rows
    ]
    show(Table(columns, rows), form)
    if form == "table":
        click.echo(_counted(cover.tally(row.state for row in answer.rows)))
    rests_on(form, answer)


@click.command("matrix", cls=Worded)
@option("--provinces", "by_province", words="matrix_provinces", is_flag=True)
@of_facilities
def matrix_command(form: str, by_province: bool, as_of: datetime.date | None, **wanted: Any) -> None:
    """`cli.matrix` of the catalog."""
    ground = _ground(**wanted)
    names = {area: area or "any" for area in matrix.areas()}
    if by_province:
        provinces = matrix.by_province(ground, as_of=_on(as_of))
        rows: list[dict[str, Any]] = [
            {"province": row.province, "name": row.name, "facilities": row.facilities}
            | {names[area]: row.counts[area]["active"] for area in names}
            for row in provinces.rows
        ]
        show(Table(["province", "name", "facilities", *names.values()], rows), form)
        rests_on(form, provinces)
    else:
        facilities = matrix.by_facility(ground, as_of=_on(as_of))
        rows = [
            {"facility_id": row.unit.id, "province": row.unit.province}
            | {names[area]: row.states[area] for area in names}
            for row in facilities.rows
        ]
        show(Table(["facility_id", "province", *names.values()], rows), form)
        rests_on(form, facilities)


@click.command("forecast", cls=Worded)
@by_area
@of_facilities
def forecast_command(form: str, as_of: datetime.date | None, area: str | None, **wanted: Any) -> None:
    """`cli.forecast` of the catalog."""
    answer = forecast.forecast(_ground(area=area, **wanted), as_of=_on(as_of), area=area)
    (found,) = answer.rows
    if form == "table":
        for months, counts in found.counts.items():
            tell("coverage.in_months", months=months, counts=_counted(counts))
    later = [f"in_{months}" for months in found.counts if months]
    rows = [
        {"facility_id": row.unit.id, "name": row.unit.name, "province": row.unit.province, "ends_on": row.until}
        | {f"in_{months}": state for months, state in row.states.items() if months}
        for row in found.falling
    ]
    show(Table(["facility_id", "name", "province", "ends_on", *later], rows), form)
    rests_on(form, answer)


@click.command("departure", cls=Worded)
@of_facilities
def departure_command(form: str, as_of: datetime.date | None, **wanted: Any) -> None:
    """`cli.departure` of the catalog."""
    answer = departure.departures(_ground(**wanted), as_of=_on(as_of))
    rows = [
        {"partner": row.partner, "serves": len(row.serves), "lost": list(row.lost)}
        | {"lost_areas": [f"{facility} ({area})" for facility, area in row.lost_areas]}
        for row in answer.rows
    ]
    show(Table(["partner", "serves", "lost", "lost_areas"], rows), form)
    rests_on(form, answer)


@contextmanager
def _kept(url: str) -> Iterator[Store]:
    """Give the store at a URL, or one that holds what was exported to a folder, for as long as it is looked into."""
    if not Path(url).is_dir():
        with open_store(url) as store:
            yield store
        return
    with TemporaryDirectory(prefix="mitra-against-") as folder:
        try:
            with open_store(f"local:{folder}") as store:
                for result in load_all(store, find_sources(Path(url))):
                    if isinstance(result, Failure):
                        raise result.error
                yield store
        finally:
            local.stop(Path(folder))


@click.command("changes", cls=Worded)
@option("--since", words="since", metavar="YYYY-MM-DD", callback=day)
@option("--against", words="against", metavar="URL|FOLDER")
@option("--partner", words="partner", metavar="ID")
@of_facilities
def changes_command(
    form: str,
    since: datetime.date | None,
    against: str | None,
    partner: str | None,
    as_of: datetime.date | None,
    **wanted: Any,
) -> None:
    """`cli.changes` of the catalog."""
    if (since is None) == (against is None):
        raise BadInput("coverage.since_or_against")
    now = _ground(**wanted)
    if since:
        answer = changing.between_days(now, first=since, last=_on(as_of), partner=partner)
    else:
        with _kept(against or "") as other:
            before = cover.narrowed(other, **wanted)
        answer = changing.between_loads(before, now, as_of=_on(as_of), partner=partner)
    (found,) = answer.rows
    rows: list[dict[str, Any]] = [
        {"facility_id": row.facility, "area": row.area, "what": f"{row.before} → {row.after}"} for row in found.states
    ]
    for turn in found.facts:
        about = {key: getattr(turn.fact, key) for key in ("area", "partner", "through", "source")}
        rows.append({"facility_id": turn.fact.facility, "what": turn.what, "day": turn.day} | about)
    show(Table(["what", "facility_id", "area", "day", "partner", "through", "source"], rows), form)
    rests_on(form, answer)


@click.command("agreements", cls=Worded)
@option("--within", words="within", type=click.IntRange(min=0), default=90, show_default=True, metavar="DAYS")
@option("--renewed", words="renewed", is_flag=True)
@as_of
@synthetic
@in_form
def agreements_command(form: str, within: int, as_of: datetime.date | None, renewed: bool, synthetic: bool) -> None:
    """`cli.agreements` of the catalog."""
    with opened() as store:
        answer = agreements.endings(store, as_of=_on(as_of), within=within, renewed=renewed, synthetic=synthetic)
    rows = [
        {
            "agreement": row.terms.id,
            "ending": say(ENDINGS[row.state], language()) if form == "table" else row.state,
        }
        | {"ends_on": row.terms.ends, "days_left": row.days, "without_successor": [f"{a} – {b}" for a, b in row.left]}
        | {"renews": list(row.renews), "renewed_by": list(row.renewed_by)}
        for row in answer.rows
    ]
    show(
        Table(["agreement", "ending", "ends_on", "days_left", "without_successor", "renews", "renewed_by"], rows), form
    )
    rests_on(form, answer)


@click.command("paper", cls=Worded)
@option("--months", words="silent_months", type=click.IntRange(min=1), default=12, show_default=True)
@as_of
@synthetic
@in_form
def paper_command(form: str, months: int, as_of: datetime.date | None, synthetic: bool) -> None:
    """`cli.paper` of the catalog."""
    with opened() as store:
        answer = paper.paper_partners(store, as_of=_on(as_of), months=months, synthetic=synthetic)
    rows = [
        {"partner": row.partner, "silent_since": row.silent_since, "silent_months": row.months, "sign": row.sign}
        | {"agreements": list(row.agreements)}
        for row in answer.rows
    ]
    show(Table(["partner", "silent_since", "silent_months", "sign", "agreements"], rows), form)
    rests_on(form, answer)


@click.command("umbrella", cls=Worded)
@as_of
@synthetic
@in_form
def umbrella_command(form: str, as_of: datetime.date | None, synthetic: bool) -> None:
    """`cli.umbrella` of the catalog."""
    with opened() as store:
        ground = cover.read_ground(store, synthetic=synthetic)
        answer = umbrella.umbrellas(store, ground, as_of=_on(as_of), synthetic=synthetic)
    rows: list[dict[str, Any]] = [
        {"agreement": row.terms.id, "state": row.state, "ends_on": row.terms.ends, "partners": list(row.terms.partners)}
        | {"named": list(row.named), "implied": len(row.implied) if form == "table" else list(row.implied)}
        for row in answer.rows
    ]
    show(Table(["agreement", "state", "ends_on", "partners", "named", "implied"], rows), form)
    rests_on(form, answer)


@click.command("rotation", cls=Worded)
@option("--since", words="left_since", metavar="YYYY-MM-DD", callback=day)
@option("--all", "known_too", words="known_too", is_flag=True)
@of_facilities
def rotation_command(
    form: str,
    since: datetime.date | None,
    known_too: bool,
    as_of: datetime.date | None,
    synthetic: bool,
    **wanted: Any,
) -> None:
    """`cli.rotation` of the catalog."""
    with opened() as store:
        ground = cover.narrowed(store, synthetic=synthetic, **wanted)
        answer = rotation.to_renew(store, ground, as_of=_on(as_of), since=since, synthetic=synthetic)
    columns = ["facility_id", "former", "title", "until", "partner", "signed", "met", "latest", "known_by"]
    rows = [
        {"facility_id": row.facility, "signed": list(row.signed), "met": list(row.met), "known_by": list(row.known_by)}
        | {key: getattr(row, key) for key in ("former", "title", "until", "partner", "latest")}
        for row in answer.rows
        if known_too or not row.known_by
    ]
    show(Table(columns, rows), form)
    rests_on(form, answer)


COMMANDS: list[click.Command] = [
    gaps,
    matrix_command,
    agreements_command,
    paper_command,
    forecast_command,
    departure_command,
    umbrella_command,
    rotation_command,
    changes_command,
]
