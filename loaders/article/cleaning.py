"""From a file's text to the text that is stored, and that all offsets count in."""

import re
import unicodedata

from loaders.article.lexicon import words

LONGEST = 100_000
"""So many characters of an article are read; what stands behind them is not."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")
_WRAPPED = re.compile(r"(?<=[a-z,;0-9]) ?\n(?=[a-z])")
_DATELINE = re.compile(r"^([A-Z][A-Z .]{2,30}[A-Z]) ?([-–—]) ?(?=[A-Z][a-z])", re.MULTILINE)
_GAP = re.compile(r" ?\n(?: ?\n)+ ?")


def clean(text: str) -> str:
    """Return the text with one kind of line break and blank, without page furniture, wrapped lines joined.

    Cleaning a cleaned text changes nothing.
    """
    text = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text)
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    text = _GAP.sub("\n\n", _without_furniture(text))
    text = _DATELINE.sub(r"\1 \2 ", re.sub(r" ?\n ?", "\n", text))
    return _WRAPPED.sub(" ", text).strip()[:LONGEST].strip()


def _without_furniture(text: str) -> str:
    match = _furniture().search(text)
    return text[: match.start()] if match else text


def _furniture() -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?:{line})" for line in words("sentences")["furniture"]), re.IGNORECASE | re.MULTILINE
    )
