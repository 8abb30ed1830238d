"""Text as it can be shown or kept elsewhere: on one line, shortened, or in a file of XML."""

import re
import unicodedata

_MOST = 1_600
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: object) -> str:
    """Return a text on one line without control characters, broken code points and marks that turn the direction.

    Of more than 1,600 letters the first are kept.
    """
    kept = str(text)[:_MOST]
    if kept.isprintable():  # nearly every text, and a picture asks for hundreds
        return " ".join(kept.split())
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in kept)
    kept = "".join(c for c in kept if unicodedata.category(c) not in {"Cs", "Cn"})
    return " ".join(_BIDI.sub("", kept).split())


def shortened(text: object, longest: int) -> str:
    """Return the plain text, of at most so many letters, the last an ellipsis where something was cut off."""
    line = plain(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def for_xml(text: object) -> str:
    """Return a text with what XML cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", str(text))
