"""HTML as a browser saves it: the article without the page's furniture, and what the page says of it."""

import datetime
import re
from pathlib import Path

from trafilatura import bare_extraction

from loaders.forms.contents import Contents, Unreadable

_MOST_BYTES = 5 << 20
_PICTURE = re.compile(rb"data:[\w/+.;=-]{1,80}base64,[A-Za-z0-9+/=%\s]+")
_SMALL = "translate(@{}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_NAMED = ("cookie", "consent", "related", "terkait", "share", "sharing", "comment", "komentar", "baca-juga", "bacajuga",
          "newsletter", "breadcrumb", "popup", "sidebar")  # fmt: skip
_FURNITURE = [
    f"//body//*[contains({_SMALL.format(name)}, '{word}')][not(self::main or self::article)]"
    for name in ("class", "id")
    for word in _NAMED
]


def read_html(path: Path) -> Contents:
    """Return the article of a saved page, its title first, with day, publisher and address where the page states them.

    Raises Unreadable for a page of more than 5 MB without its pictures.
    """
    raw = _PICTURE.sub(b"", path.read_bytes())
    if len(raw) > _MOST_BYTES:
        raise Unreadable("article.swells")
    found = bare_extraction(
        raw,
        with_metadata=True,
        include_comments=False,
        prune_xpath=_FURNITURE,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        raise Unreadable("article.no_article")
    title = " ".join((found.title or "").split()) or None
    body = [line for line in (found.text or "").splitlines() if line.strip()]
    if title and body and " ".join(body[0].split()).casefold() == title.casefold():
        body = body[1:]
    text = "\n\n".join([title, *body] if title else body)
    return Contents(text, title, _day(found.date), found.sitename or None, found.url or None)


def _day(written: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
