"""Invented people and the posts they hold, one after the other."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from loaders.sample.dice import Dice, words

TODAY = datetime.date(2026, 11, 24)
"""The day on which the invented registers say what they say."""
DAY = datetime.timedelta(days=1)
GROUP = 4
"""So many units pass their heads around among them."""
OVERLAP_EVERY, OVERLAP_AT = 15, 4
"""Of every fifteen units the fifth has, on purpose, two heads at a time: its register contradicts itself."""


@dataclass(frozen=True, slots=True)
class Post:
    """A person's time in a post; `status` is what the register's column says."""

    person: str
    degree: str
    title: str
    since: datetime.date
    until: datetime.date | None
    status: str

    @property
    def written(self) -> str:
        """The person's name with the degree."""
        return f"{self.person}, {self.degree}" if self.degree else self.person

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the person is in the post on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def holder(posts: Iterable[Post], day: datetime.date | None) -> str:
    """Return who is in office on a day, the latest to come if there are two; empty if nobody is, or there is no day."""
    return next((post.person for post in reversed(list(posts)) if day and post.holds_on(day)), "")


def person(*named: object) -> tuple[str, str]:
    """Return the name and degree (or "") of the person that the words name."""
    dice, called = Dice(*named), dict[str, None]()
    while len(called) < 3:
        called[dice.one(words()["people"])] = None
    return f"{' '.join(called)} Rekaan", dice.one(words()["degrees"]) if dice.chance(0.6) else ""


def heads(seed: int, unit: int, title: str) -> tuple[Post, ...]:
    """Return the heads of a unit in order of time: people move on within the group of units, some leave, some join.

    None is in office while another is, but for the overlaps on purpose.
    """
    group, place = divmod(unit, GROUP)
    changes = _changes(seed, group)
    dice, posts = Dice(seed, "heads", unit), list[Post]()
    for term, change in enumerate(changes):
        since = change + DAY * dice.whole(1, 25) if term else change
        until = changes[term + 1] if term + 1 < len(changes) else None
        name, degree = _rotated(seed, group, (place - term) % GROUP, term)
        posts.append(Post(name, degree, title, since, until, "berakhir" if until else "aktif"))
    if unit % OVERLAP_EVERY == OVERLAP_AT:
        posts[-2:] = _overlapping(posts[-2], posts[-1], dice.whole(30, 80))
    elif dice.chance(0.03):
        posts[-1:] = _announced(posts[-1], *person(seed, "next", unit), on=dice.whole(40, 250))
    return tuple(posts)


def _changes(seed: int, group: int) -> list[datetime.date]:
    """Return the days on which a group's heads change; the last lies well before today."""
    dice = Dice(seed, "changes", group)
    days = [dice.day(datetime.date(2019, 1, 2), datetime.date(2023, 4, 28))]
    while (following := days[-1] + DAY * dice.whole(600, 1150)) <= TODAY - 120 * DAY:
        days.append(following)
    return days


def _rotated(seed: int, group: int, line: int, term: int) -> tuple[str, str]:
    """Return who stands in a line of a group in a term: whoever stood there before, unless that one has left."""
    left = sum(Dice(seed, "left", group, line, each).chance(0.35) for each in range(1, term + 1))
    return person(seed, "person", group, line, left)


def _overlapping(before: Post, after: Post, days: int) -> tuple[Post, Post]:
    remarks = words()["remarks"]
    first = replace(before, until=after.since + days * DAY, status=remarks["overlap_before"])
    return first, replace(after, status=remarks["overlap_after"])


def _announced(last: Post, name: str, degree: str, on: int) -> tuple[Post, Post]:
    begins = TODAY + on * DAY
    return replace(last, until=begins - DAY), Post(name, degree, last.title, begins, None, "direncanakan")


def terms(seed: int, number: int, title: str) -> tuple[Post, ...]:
    """Return who leads a partner: one person, or one and a successor."""
    dice = Dice(seed, "leads", number)
    begin = dice.day(datetime.date(2016, 1, 4), datetime.date(2019, 12, 30))
    change = dice.day(datetime.date(2021, 1, 4), datetime.date(2026, 6, 30)) if dice.chance(0.3) else None
    first = Post(*person(seed, "lead", number, 0), title, begin, change, "berakhir" if change else "aktif")
    if change is None:
        return (first,)
    return first, Post(*person(seed, "lead", number, 1), title, change + DAY, None, "aktif")
