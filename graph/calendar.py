"""The calendar of ending agreements: one whole-day event each, in the form that calendar programs read (RFC 5545)."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping

from icalendar import Calendar, Event

from graph.insight.agreements import Terms
from graph.words import Language, say


def calendar(terms: Iterable[Terms], names: Mapping[str, str], as_of: datetime.date, language: Language) -> bytes:
    """Return the last days of agreements as the text of an `.ics` file; those without a last day are left out.

    `names` gives the names of parties by id. Equal agreements and days give equal bytes: an event keeps its id from
    file to file, so that a calendar takes it as the same one, and its stamp is the day asked about, not the hour of
    asking.
    """
    made = Calendar()
    made.add("prodid", "-//Mitra//Mitra//ID")
    made.add("version", "2.0")
    made.add("x-wr-calname", say("calendar.name", language))
    for each in terms:
        if each.ends:
            made.add_component(_event(each, each.ends, names, as_of, language))
    written: bytes = made.to_ical()
    return written


def _event(
    terms: Terms, ends: datetime.date, names: Mapping[str, str], as_of: datetime.date, language: Language
) -> Event:
    parties = [_plain(names.get(id_, id_)) for id_ in (*terms.facilities, *terms.partners, *terms.offices)]
    event = Event()
    event.add("uid", f"{hashlib.sha256(terms.id.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}@mitra")
    event.add("dtstamp", datetime.datetime.combine(as_of, datetime.time(), datetime.UTC))
    event.add("dtstart", ends)
    event.add("dtend", ends + datetime.timedelta(1) if ends < datetime.date.max else ends)
    event.add("summary", say("calendar.ends", language, name=_plain(terms.name)))
    event.add("description", say("calendar.parties", language, parties="; ".join(parties)))
    event.add("transp", "TRANSPARENT")
    return event


def _plain(text: str) -> str:
    """Return a text without what RFC 5545 forbids in one: control characters, and halves of characters."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(kept.encode("utf-8", "replace").decode("utf-8").split())
