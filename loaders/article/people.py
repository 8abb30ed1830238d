"""Names of people as they stand beside a post."""

import re
from collections.abc import Sequence
from functools import cache

from graph.names import fold, parts
from loaders.article.lexicon import Phrases, listed, places, words
from loaders.article.organisations import heads, joined
from loaders.article.tokens import Token
from loaders.article.units import name_like, unit

_LONGEST = 5
_LONGEST_DEGREES = 16
_DEGREE = re.compile(
    r"\s*,?\s*(?:A\.?\s?[Mm]d\.?\s?I\.?P\b\.?|(?:[A-Z][a-z]{0,3}\.\s?){1,3}[A-Z][A-Za-z]{0,4}\b\.?(?:[A-Z]{1,3}\b\.?)?|(?:SH|MH|SE|MM|MBA|MSi|SSos|SPd|MPd|SAg|Lc|Ph\.D|CLA|SIK)\b\.?)"
)


@cache
def _titles() -> Phrases[str]:
    return listed([*parts()["honorifics"], *words("posts")["titles"]])


@cache
def _post_words() -> Phrases[str]:
    lists = words("posts")
    return listed([*lists["contracted"], *(form for head in lists["heads"] for form in head["words"])])


def title_end(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind titles of respect: "Hj.", "AKBP", "K.H."."""
    while found := _titles().at(tokens, index):
        behind = found[0]
        if behind < len(tokens) and tokens[behind].text == ".":
            behind += 1
        elif len(tokens[index].text) < 3 and found[0] == index + 1 and tokens[index].text not in ("Hj", "Dr"):
            return index
        index = behind
    return index


def name(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind a person's name without titles that begins at `index`; `index` if none does."""
    end = index
    while end < len(tokens) and end - index < 2 * _LONGEST:
        token = tokens[end]
        if _initial(tokens, end):
            end += 2
        elif _name_word(tokens, end, index):
            end += 1
        elif end > index and token.lower in words("posts")["name_particles"] and _name_word(tokens, end + 1, index):
            end += 2
        else:
            break
    return end if any(len(token.text) > 1 for token in tokens[index:end]) else index


def _initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether an initial or a short first name with a full stop stands here: "R.", "Muh."."""
    if index + 1 >= len(tokens) or tokens[index + 1].text != "." or not tokens[index].capital:
        return False
    short = len(tokens[index].text) == 1 or tokens[index].lower in words("posts")["short_names"]
    return short and index + 2 < len(tokens) and name_like(tokens[index + 2])


def _name_word(tokens: Sequence[Token], index: int, begin: int) -> bool:
    if index >= len(tokens) or not name_like(tokens[index]) or tokens[index].text[-1].isdigit():
        return False
    if _post_words().at(tokens, index) or unit(tokens, index):
        return False
    found = heads().at(tokens, index)
    if found and (found[1].label != "Company" or found[1].dot) and tokens[index].lower not in ("man", "po", "bri"):
        return False
    return index > begin or not _is_place(tokens, index)


def _is_place(tokens: Sequence[Token], index: int) -> bool:
    """Whether a whole run of capitals is a place: "Jawa Tengah", but not "Metro Wijaya"."""
    found = places().at(tokens, index)
    return found is not None and not (found[0] < len(tokens) and name_like(tokens[found[0]]))


def person(tokens: Sequence[Token], index: int, text: str) -> tuple[int, str, int] | None:
    """Return the index behind a name with titles and degrees, the bare name, and the character behind it all."""
    begin = title_end(tokens, index)
    end = name(tokens, begin)
    if end == begin and begin > index and name_like(tokens[index]):
        begin, end = index, name(tokens, index)
    if end == begin:
        return None
    said = joined(tokens[begin:end])
    last = _behind_degrees(text, tokens[end - 1].end)
    while end < len(tokens) and tokens[end].begin < last:
        end += 1
    return end, said, last


def _behind_degrees(text: str, position: int) -> int:
    while match := _DEGREE.match(text, position):
        if not _is_degree(match[0]):
            break
        position = match.end()
    return position


def degree_before(tokens: Sequence[Token], index: int) -> int:
    """Return where a run of degrees behind commas begins that ends right before `index`; `index` if none does."""
    begin = index
    for start in range(index - 1, max(1, index - _LONGEST_DEGREES), -1):
        if tokens[start].text not in ".," and not tokens[start].capital:
            break
        said = "".join(token.text for token in tokens[start + 1 : index])
        if tokens[start].text == "," and all(_is_degree(part) for part in said.split(",")):
            begin = start
    return begin


def _is_degree(said: str) -> bool:
    compact = fold(said).replace(" ", "")
    return (
        compact in parts()["degrees"]
        or compact.startswith(("amd", "bcip", "sp", "ph"))
        or (compact[:1] in "sm" and said.strip(" ,").count(".") >= 1 and len(compact) <= 6)
    )


def name_before(tokens: Sequence[Token], index: int) -> int:
    """Return where a name begins that ends right before `index`; `index` if none does."""
    begin = index
    while begin > 0 and index - begin < 2 * _LONGEST:
        if name_like(tokens[begin - 1]) and not tokens[begin - 1].text[0].isdigit():
            begin -= 1
        elif (
            tokens[begin - 1].text == "."
            and begin > 1
            and len(tokens[begin - 2].text) < 4
            and tokens[begin - 2].capital
        ):
            begin -= 2
        else:
            break
    while begin < index and (_post_words().at(tokens, begin) or heads().at(tokens, begin) or unit(tokens, begin)):
        begin += 1
    return begin
