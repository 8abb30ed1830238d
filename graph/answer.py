"""What every answer carries beside its rows: the question, the day and the data that it rests on."""

import datetime
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """The rows of an answer, the name of its query, the day it holds on, and the version of the data it was read from.

    `version` is `graph.status.data_version` at the time of asking: two answers of equal query, day, version and
    parameters have equal rows.
    """

    query: str
    as_of: datetime.date
    version: str
    rows: list[Row]
