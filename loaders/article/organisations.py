"""Names of partners: public bodies, companies, foundations, schools and the like."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from graph.names import fold, parts
from loaders.article.lexicon import Phrases, listed, places, words
from loaders.article.mentions import Named
from loaders.article.tokens import Token
from loaders.article.units import bracket, class_at, name_like, place, regional_office, regions, unit

_LONGEST_NAME = 9


@dataclass(frozen=True, slots=True)
class Head:
    """A head of organisations' names: see `words/organisations.yaml`."""

    words: tuple[str, ...]
    label: str
    tail: str
    kind: str | None = None
    bare: bool = False
    dot: bool = False
    titles: bool = False
    nests: bool = False
    in_capitals: bool = False
    needs_name: bool = False
    only_in_post: bool = False
    expand: str = ""
    generic: str = ""


@cache
def heads() -> Phrases[Head]:
    """Return every head, found by any of its forms."""
    known = [Head(**{**entry, "words": tuple(entry["words"])}) for entry in words("organisations")["heads"]]
    return Phrases((form, head) for head in known for form in head.words)


@cache
def _subjects() -> frozenset[str]:
    return frozenset(words("organisations")["subjects"])


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(words("organisations")["name_ends"])


@cache
def _honorifics() -> Phrases[str]:
    return listed([*parts()["honorifics"], *words("posts")["titles"]])


@cache
def _post_words() -> Phrases[str]:
    lists = words("posts")
    strong = [form for head in lists["heads"] if not head.get("weak") for form in head["words"]]
    return listed([*lists["contracted"], *strong, "plt", "plh"])


def organisation(tokens: Sequence[Token], index: int, in_post: bool = False) -> Named | None:
    """Return the organisation named at `index`, a unit or a partner; its name is empty for a bare head."""
    named = unit(tokens, index) or regional_office(tokens, index)
    if named:
        return named
    found = heads().at(tokens, index)
    if not found:
        return _by_last_word(tokens, index) if name_like(tokens[index]) else None
    end, head = found
    if head.only_in_post and not in_post:
        return None
    return headed(tokens, index, end, head)


def headed(tokens: Sequence[Token], begin: int, index: int, head: Head) -> Named | None:
    """Return the organisation with this head before `index`."""
    word = " ".join(token.lower for token in tokens[begin:index])
    if index < len(tokens) and tokens[index].text == "." and (head.dot or word in ("kab", "prov")):
        index += 1
    if (head.dot or head.in_capitals) and not tokens[begin].capital:
        return None
    head_end = index
    index, short = bracket(tokens, index)
    end, region = _TAILS[head.tail](tokens, index, head)
    if end == index:
        return _without_tail(tokens, begin, head_end, index, word, head, short)
    short = short or next((found for at in range(index, end) if (found := bracket(tokens, at)[1])), "")
    if not short:
        behind, short = bracket(tokens, end)
        if short and head.tail in ("subjects", "name", "region"):
            further, more = _region(tokens, behind, head)
            end, region = (further, more or region) if further > behind else (behind, region)
    name = _name(tokens, begin, end, head, head_end)
    return Named(head.label, name, word, tokens[begin].begin, tokens[end - 1].end, head.kind, region, short)


def _name(tokens: Sequence[Token], begin: int, end: int, head: Head, head_end: int) -> str:
    """Return the name as written, without brackets, legal forms at the end and blanks before marks."""
    kept, depth = [], 0
    for token in tokens[begin:end]:
        depth += token.text == "("
        if depth == 0:
            kept.append(token)
        depth -= token.text == ")"
    while len(kept) > 1 and (kept[-1].lower in _name_ends() or kept[-1].text in ",.&"):
        kept.pop()
    if head.expand:
        return " ".join([head.expand, *(token.text for token in tokens[head_end:end])])
    return joined(kept)


def joined(found: Sequence[Token]) -> str:
    """Return tokens as text: blanks as in prose, whatever stood between them."""
    text = ""
    for before, token in zip([None, *found], found, strict=False):
        tight = before is None or token.text in ",.;:)/" or before.text in "(/" or token.begin == before.end
        if before is not None and before.text == "." and token.begin == before.end and token.capital and len(text) > 2:
            tight = not text.lower().startswith(("pt.", "cv.", "ud."))
        text += token.text if tight else f" {token.text}"
    return text


def _without_tail(
    tokens: Sequence[Token], begin: int, head_end: int, index: int, word: str, head: Head, short: str
) -> Named | None:
    """Return a bare head: a whole name for bodies of the state, a reference for the others that allow it."""
    capital = tokens[begin].capital
    if head.tail in ("state", "none") and capital:
        end = index + 1 if index < len(tokens) and tokens[index].text == "RI" else index
        name = joined(tokens[begin:head_end])
        return Named(head.label, name, word, tokens[begin].begin, tokens[end - 1].end, head.kind, short=short)
    pointed = head_end < len(tokens) and tokens[head_end].lower in words("organisations")["pointing"]
    if word in words("organisations")["need_pointing"] and not pointed:
        return None
    if head.bare and (capital or word in words("organisations")["stand_ins"] or len(word) > 4):
        return Named(head.label, "", word, tokens[begin].begin, tokens[head_end - 1 + pointed].end, head.kind)
    return None


def _region(tokens: Sequence[Token], index: int, _: Head | None = None) -> tuple[int, str]:
    """Return the index behind a region ("Kabupaten Agam", "Agam") and its place."""
    opened = regions().at(tokens, index)
    if opened and tokens[index].capital:
        start = opened[0]
        if start < len(tokens) and tokens[start].text == ".":
            start += 1
        end, where, _guessed = place(tokens, start, guess=True)
        return (end, where) if end > start else (index, "")
    if index < len(tokens) and not tokens[index].capital:
        return index, ""
    end, where, _guessed = place(tokens, index, guess=False)
    if (
        end > index
        and end < len(tokens)
        and tokens[end].capital
        and tokens[end].lower in words("organisations")["quarters"]
    ):
        where, end = f"{where} {tokens[end].text}", end + 1
    return end, where


def _region_or_name(tokens: Sequence[Token], index: int, head: Head) -> tuple[int, str]:
    end, where = _region(tokens, index, head)
    return (end, where) if end > index else _name_tail(tokens, index, head)


def _place(tokens: Sequence[Token], index: int, _: Head) -> tuple[int, str]:
    end, where, _guessed = place(tokens, index, guess=True)
    return (end, where) if index < len(tokens) and tokens[index].capital else (index, "")


def _state(_: Sequence[Token], index: int, _head: Head) -> tuple[int, str]:
    return index, ""


def _military(tokens: Sequence[Token], index: int, head: Head) -> tuple[int, str]:
    """A number and a place: "Kodim 0307/Tanah Datar"."""
    end = index
    while end < len(tokens) and (tokens[end].text[0].isdigit() or tokens[end].text in "/-"):
        end += 1
    return _region_or_name(tokens, end, head) if end > index else _region(tokens, index, head)


def _subject_tail(tokens: Sequence[Token], index: int, head: Head) -> tuple[int, str]:
    """What an agency is for, then its region: "Ketahanan Pangan, Pertanian dan Perikanan Kota Metro"."""
    end = _subject_words(tokens, index)
    if end == index:
        return index, ""
    behind, _ = bracket(tokens, end)
    further, where = _region(tokens, behind, head)
    return (further, where) if further > behind else (end, "")


def _subject_words(tokens: Sequence[Token], index: int) -> int:
    end = index
    while end < len(tokens):
        other = name_like(tokens[end]) and not places().at(tokens, end)
        if _subject(tokens[end]) or (other and (end == index or not _stops(tokens, end))):
            end += 1
        else:
            behind = _continues(tokens, end)
            if end == index or not behind:
                return end
            end = behind
    return end


def _subject(token: Token) -> bool:
    return token.capital and token.lower in _subjects()


def _continues(tokens: Sequence[Token], index: int) -> int:
    """Return the index of a subject word behind a comma, "dan", "serta" or "&", 0 if the name ends here."""
    step = index
    while step < len(tokens) and tokens[step].lower in (",", "dan", "serta", "&", "dan/atau") and step - index < 2:
        step += 1
    if step == index or step >= len(tokens) or not _subject(tokens[step]):
        return 0
    return 0 if heads().at(tokens, step) and tokens[step].lower not in _subjects() else step


def _ministry_tail(tokens: Sequence[Token], index: int, _: Head) -> tuple[int, str]:
    end = _subject_words(tokens, index)
    if end > index and end < len(tokens) and tokens[end].text == "RI":
        end += 1
    return end, ""


def _stops(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name ends before this word: a unit, a post, a title of respect or a day begins."""
    token = tokens[index]
    if token.lower in words("organisations")["ends_names"]:
        return True
    return bool(_post_words().at(tokens, index) or (_honorifics().at(tokens, index) and _is_title(tokens, index)))


def _is_title(tokens: Sequence[Token], index: int) -> bool:
    """Whether this is a title before a person's name, and not a word of the organisation's ("H" in "Jenderal H. X")."""
    following = tokens[index + 1 : index + 3]
    return bool(following) and (following[0].text == "." or len(fold(tokens[index].text)) > 3)


def _name_tail(tokens: Sequence[Token], index: int, head: Head) -> tuple[int, str]:
    """Words with capitals and numbers; "dan" or "&" between two of them; titles where the head allows them."""
    end = index
    if head.titles:
        while (title := _honorifics().at(tokens, end)) and end - index < 4:
            end = title[0] + (title[0] < len(tokens) and tokens[title[0]].text == ".")
    while end < len(tokens) and end - index < _LONGEST_NAME:
        token = tokens[end]
        if _part_of_name(tokens, end) and not (end > index and _begins_other(tokens, end)):
            end += 1
        elif end > index and token.lower in ("dan", "&", "bin") and _joins(tokens, end + 1):
            end += 2
        elif token.text == "." and len(tokens[end - 1].text) == 1 and end > index:
            end += 1
        elif token.text == "(" and end > index and bracket(tokens, end)[1].lower().rstrip(".") in _name_ends():
            end = bracket(tokens, end)[0]
        else:
            break
    return end, ""


def _part_of_name(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text[0].isdigit():
        numbered = index + 1 < len(tokens) and tokens[index + 1].text in ".)"
        return len(token.text) <= 4 and not numbered
    return token.capital and not _stops(tokens, index)


def _begins_other(tokens: Sequence[Token], index: int) -> bool:
    """Whether a unit begins here, so that the name before it is complete."""
    if tokens[index - 1].lower in words("organisations")["keeps_unit"]:
        return False
    return tokens[index].capital and bool(unit(tokens, index))


def _joins(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word behind "dan" is a further word of the name before it, and not a name of its own."""
    if index >= len(tokens) or not name_like(tokens[index]):
        return False
    if organisation(tokens, index) or _stops(tokens, index) or places().at(tokens, index):
        return False
    return index + 1 >= len(tokens) or not tokens[index + 1].capital


def _by_last_word(tokens: Sequence[Token], index: int) -> Named | None:
    """Return a name that its last word marks as an organisation's: "Lentera Global School"."""
    labels = words("organisations")["last_words"]
    end = index
    if tokens[index].lower in words("posts")["modifiers"]:
        return None
    while (
        end < len(tokens) and end - index < 6 and name_like(tokens[end]) and not (end > index and _stops(tokens, end))
    ):
        end += 1
        if tokens[end - 1].lower in labels and end - index > 1:
            label = labels[tokens[end - 1].lower]
            return Named(
                label, joined(tokens[index:end]), tokens[end - 1].lower, tokens[index].begin, tokens[end - 1].end
            )
    return None


_TAILS = {
    "none": _state,
    "state": _state,
    "region": _region_or_name,
    "place": _place,
    "subjects": _subject_tail,
    "ministry": _ministry_tail,
    "unit": _military,
    "name": _name_tail,
}
__all__ = ["Head", "class_at", "headed", "heads", "joined", "organisation"]
