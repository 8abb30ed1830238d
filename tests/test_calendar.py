"""The calendar of ending agreements says, when a calendar program reads it back, what the agreements say."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from graph.calendar import calendar
from graph.insight.agreements import Terms, phase
from tests.networks import HOSTILE

DAY = datetime.date(2026, 11, 26)


def terms(number: int, name: str, ends: datetime.date | None, begins: datetime.date | None = None) -> Terms:
    parties = ("facility:a",), ("company:b",), ()
    return Terms(f"agreement:{number}", name, "signed", None, begins, ends, *parties, frozenset())


def shown(text: str) -> str:
    """A name as one line, without control characters and halves of characters."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(kept.encode("utf-8", "replace").decode().split())


@settings(max_examples=60)
@given(
    said=st.lists(st.tuples(st.text(max_size=200) | st.sampled_from(HOSTILE), st.none() | st.dates()), max_size=5),
    party=st.text(max_size=80) | st.sampled_from(HOSTILE),
)
def test_what_is_read_back_is_what_was_written(said: list[tuple[str, datetime.date | None]], party: str) -> None:
    every = [terms(number, name, ends) for number, (name, ends) in enumerate(said)]
    written = calendar(every, {"facility:a": party, "company:b": "PT. B"}, DAY, "en")
    assert calendar(every, {"facility:a": party, "company:b": "PT. B"}, DAY, "en") == written
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    events = Calendar.from_ical(written).walk("VEVENT")
    due = [each for each in every if each.ends]
    assert len({event["uid"] for event in events}) == len(events) == len(due)
    for event, each in zip(events, due, strict=True):
        assert event.decoded("dtstart") == each.ends
        assert str(event["summary"]) == f"Ends: {shown(each.name)}"
        assert str(event["description"]) == f"Parties: {shown(party)}; PT. B"


def test_an_event_is_the_same_one_in_every_file_and_language() -> None:
    one = terms(1, "MoU", DAY)
    files = [calendar([one], {}, day, "id") for day in (DAY, DAY - datetime.timedelta(9))]
    assert len({Calendar.from_ical(file).walk("VEVENT")[0]["uid"] for file in files}) == 1
    assert b"Berakhir: MoU" in files[0]


def test_an_agreement_stands_in_one_phase_on_each_day() -> None:
    week, one = datetime.timedelta(7), datetime.timedelta(1)
    each = terms(1, "MoU", DAY + 4 * week, begins=DAY)
    days = (DAY - one, DAY, DAY + 3 * week, DAY + 4 * week, DAY + 4 * week + one)
    assert [phase(each, day, 7) for day in days] == ["planned", "in_force", "expiring", "expiring", "lapsed"]
    assert [phase(each._replace(status=status), DAY, 7) for status in ("planned", "ended", "unknown")] == [
        "planned",
        "lapsed",
        "unknown",
    ]
