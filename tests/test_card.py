"""Cards: every statement with its document, what differs side by side, ties counted though not all are named."""

import datetime

from graph.card import moments, read_card
from graph.publish import publish
from graph.store import Store
from tests.made import COMPANIES, DAY, FACILITIES, PROGRAMS, document, hashed, mention, reading, tie

UNIT, OTHER = FACILITIES[0], FACILITIES[1]
PARTNER = COMPANIES[0]


def put(store: Store, name: str, claims: list[object], **more: object) -> None:
    made = document(name, **more)
    publish(store, reading(hashed(made, claims), claims))  # type: ignore[arg-type]


def test_a_value_that_documents_give_differently_stands_beside_the_other_the_trusted_first(store: Store) -> None:
    put(store, "berita", [mention(UNIT, "muat 90 orang", capacity=90)])
    put(store, "daftar", [mention(UNIT, "kapasitas: 80", capacity=80, kind="lapas")], kind="register")
    card = read_card(store, UNIT.id)
    assert card is not None
    facts = {fact.key: fact for fact in card.facts}
    assert [(each.value, each.title, each.where) for each in facts["capacity"].sayings] == [
        (80, "Daftar", "kapasitas: 80"),
        (90, "Berita", "muat 90 orang"),
    ]
    assert facts["capacity"].conflicting
    assert not facts["kind"].conflicting
    assert card.node.properties["capacity"] == 80


def test_ties_are_counted_by_kind_and_the_newest_are_named(store: Store) -> None:
    old, new = datetime.date(2020, 1, 1), datetime.date(2022, 1, 1)
    for name, day in (("lama", old), ("baru", new)):
        claims = [mention(UNIT), mention(PARTNER), tie("PARTNERS_WITH", PARTNER, UNIT, name, area="health")]
        put(store, name, claims, published=day)
    card = read_card(store, UNIT.id, most=1)
    assert card is not None
    (kind,) = card.kinds
    assert (kind.type, kind.onward, kind.count) == ("PARTNERS_WITH", False, 2)
    (tied,) = kind.ties
    assert (tied.other.id, tied.said["where"], tied.title, tied.own) == (PARTNER.id, "baru", "Baru", {"area": "health"})


def test_what_is_invented_is_left_out_unless_it_is_asked_for(store: Store) -> None:
    put(store, "nyata", [mention(UNIT), mention(PROGRAMS[0]), tie("RUNS", UNIT, PROGRAMS[0])])
    put(
        store,
        "rekaan",
        [mention(UNIT, capacity=7), mention(PARTNER), tie("PARTNERS_WITH", PARTNER, UNIT)],
        synthetic=True,
    )
    real, all_ = read_card(store, UNIT.id), read_card(store, UNIT.id, synthetic=True)
    assert real is not None
    assert all_ is not None
    assert [kind.type for kind in real.kinds] == ["RUNS"]
    assert "capacity" not in {fact.key for fact in real.facts}
    assert {kind.type for kind in all_.kinds} == {"RUNS", "PARTNERS_WITH"}


def test_there_is_no_card_of_what_is_not_there(store: Store) -> None:
    assert read_card(store, UNIT.id) is None
    assert read_card(store, "no id at all") is None
    assert read_card(store, "facility:'}) DETACH DELETE n //") is None


def test_the_timeline_takes_a_ties_own_days_before_its_documents(store: Store) -> None:
    since, until = datetime.date(2019, 5, 1), datetime.date(2020, 4, 30)
    claims = [
        mention(UNIT),
        mention(PARTNER),
        mention(PROGRAMS[0]),
        tie("PARTNERS_WITH", PARTNER, UNIT, since=since, until=until),
        tie("RUNS", UNIT, PROGRAMS[0]),
    ]
    put(store, "satu", claims)
    card = read_card(store, UNIT.id)
    assert card is not None
    told = [(each.tied.type, each.begins, each.ends, each.exact, each.lasting) for each in moments(card)]
    assert told == [("PARTNERS_WITH", since, until, True, True), ("RUNS", DAY, None, False, False)]
