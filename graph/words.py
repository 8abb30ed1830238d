"""All that a user reads, in Indonesian and English, from one catalog: `graph/words.yaml`."""

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
CATALOG = Path(__file__).with_name("words.yaml")


@cache
def catalog() -> Mapping[str, Mapping[str, str]]:
    """Return every key of the catalog with its sentence per language."""
    entries: dict[str, dict[str, str]] = yaml.load(CATALOG.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return entries


def say(key: str, language: Language, /, **values: Any) -> str:
    """Return the sentence `key` in `language`, its `{placeholders}` filled from `values`.

    A value that itself exists in both languages (it has `in_`) is filled in the same one. Raises KeyError for an
    unknown key: a programmer's mistake, which the tests look for.
    """
    filled = {name: value.in_(language) if hasattr(value, "in_") else value for name, value in values.items()}
    return catalog()[key][language].format(**filled)


def day(value: datetime.date | None, language: Language) -> str:
    """Return a date as the language writes it: 5 Maret 2020 in Indonesian, 5 March 2020 in English; "" for none."""
    return f"{value.day} {say(f'month.{value.month}', language)} {value.year}" if value else ""


def number(value: float, language: Language) -> str:
    """Return a number as the language writes it: 1.234,5 in Indonesian, 1,234.5 in English."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "id" else text
