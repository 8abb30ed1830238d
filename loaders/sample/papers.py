"""Invented agreements: signed, renewed, lapsed or announced, with the durations that such agreements have."""

import datetime
from dataclasses import dataclass

from loaders.sample.dice import Dice, words, years_on
from loaders.sample.people import DAY, TODAY

YEARS = {"mou": (2, 5), "pks": (1, 3)}
"""How long an agreement of a kind lasts, in years."""
FIRST, LAST = datetime.date(2018, 1, 2), datetime.date(2027, 12, 31)
"""The days between which agreements are signed and begin."""
UMBRELLA_YEARS = 5
_RENEWED = 0.45


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement. One without `signed_on` is announced; `renewal` counts from 0; its `number` may be empty."""

    kind: str
    number: str
    subject: str
    signed_on: datetime.date | None
    starts_on: datetime.date
    ends_on: datetime.date
    years: int
    renewal: int
    status: str

    def in_force(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.signed_on is not None and self.starts_on <= day <= self.ends_on


def chain(dice: Dice, mark: str, program: str) -> tuple[Paper, ...]:
    """Return an agreement and its renewals, each of which begins on the day after the one before has ended.

    `mark` goes into the numbers and makes them unique.
    """
    kind = dice.weighted({"mou": 35, "pks": 65})
    begins = dice.day(TODAY + 20 * DAY, LAST) if dice.chance(0.06) else dice.day(FIRST + 20 * DAY, TODAY)
    papers: list[Paper] = []
    while begins <= LAST:
        papers.append(_paper(dice, kind, mark, program, begins, len(papers)))
        begins = papers[-1].ends_on + DAY
        if papers[-1].signed_on is None or not dice.chance(_RENEWED):
            break
    return tuple(papers)


def _paper(dice: Dice, kind: str, mark: str, program: str, begins: datetime.date, renewal: int) -> Paper:
    years = dice.whole(*YEARS[kind])
    subject = words()["subjects"]["renewal" if renewal else "first"].format(program=program, n=renewal)
    return _dated(dice, kind, mark, subject, begins, years, renewal)


def _dated(dice: Dice, kind: str, mark: str, subject: str, begins: datetime.date, years: int, renewal: int) -> Paper:
    signed = begins - dice.whole(0, 20) * DAY
    ends = years_on(begins, years)
    known = signed <= TODAY
    number = f"CTH-{kind.upper()}.{mark}.{renewal + 1}/{signed.year}" if known and not dice.chance(0.08) else ""
    running = "berlaku" if not dice.chance(0.15) else "ditandatangani"
    status = ("berakhir" if ends < TODAY else running) if known else "akan ditandatangani"
    return Paper(kind, number, subject, signed if known else None, begins, ends, years, renewal, status)


def umbrella(seed: int, number: int) -> Paper:
    """Return a national umbrella agreement: a memorandum for five years; of three the first has lapsed."""
    dice = Dice(seed, "umbrella", number)
    begins = datetime.date((2019, 2022, 2025)[number % 3], dice.whole(2, 10), dice.whole(1, 28))
    subject = words()["subjects"]["umbrella"]
    return _dated(dice, "mou", f"N{number + 1:03}", subject, begins, UMBRELLA_YEARS, 0)
