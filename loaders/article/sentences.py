"""Sentences and their offsets; what is title, body and signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.article.lexicon import words

_LONGEST = 2_000
_END = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s)|\n")
_DEGREE = re.compile(r"\s(?:[A-Z][a-z]{0,3}\.){1,3}[A-Z]?[A-Za-z]{0,4}[.,](?=\s|,|$)")
_LIST_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-•*–])\s+\S")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text: `text` is what stands between the offsets; `part` is title, body or footer."""

    begin: int
    end: int
    text: str
    paragraph: int
    part: str


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a cleaned text in order, without blanks around them; each is at most 2,000 characters."""
    found: list[Sentence] = []
    title = ""
    for number, (begin, end) in enumerate(_paragraphs(text)):
        for first, last in _split(text, begin, end):
            said = text[first:last]
            title = title or said
            part = "title" if number == 0 or said == title else "footer" if _footer().match(said) else "body"
            found.append(Sentence(first, last, said, number, part))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of lines; a line that opens a list takes the items that follow with it."""
    begin = 0
    while begin < len(text):
        end = _line_end(text, begin)
        while end < len(text):
            item = _LIST_ITEM.match(text, end)
            if not item or not (_opens_list(text, begin, end) or _LIST_ITEM.match(text, begin)):
                break
            end = _line_end(text, item.end())
        if text[begin:end].strip():
            yield begin, end
        begin = end + 1


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return len(text) if end < 0 else end


def _opens_list(text: str, begin: int, end: int) -> bool:
    return ":" in text[max(begin, end - 2) : end] or bool(re.search(r":\s*\n", text[begin:end]))


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    in_list = "\n" in text[begin:end]
    start = begin
    for match in _END.finditer(text, begin, end):
        if in_list or _inside(text, start, match, end):
            continue
        yield from _bounded(text, start, match.end())
        start = match.end()
    yield from _bounded(text, start, end)


def _inside(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether this full stop stands inside a sentence: behind an abbreviation, before a small letter."""
    following = text[match.end() : min(match.end() + 3, end)].lstrip()
    if not following or following[0].islower() or (following[0] in ",;" and match[0] != "\n"):
        return bool(following)
    if match[0] != ".":
        return match[0] == "\n"
    if _DEGREE.match(text, match.end()):
        return True
    before = text[max(start, match.start() - 40) : match.start()].split()[-2:]
    return bool(before) and _abbreviated(before[-1].lstrip('(“"'), before[0].lower() if len(before) > 1 else "")


def _abbreviated(word: str, before: str) -> bool:
    if len(word) == 1 and word.isupper():
        return before not in words("sentences")["lettered"]
    return word.lower().rstrip(".") in _abbreviations()


def _bounded(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    while end - begin > _LONGEST:
        cut = text.rfind(" ", begin + 1, begin + _LONGEST)
        cut = cut if cut > 0 else begin + _LONGEST
        yield begin, cut
        begin = cut + (1 if text[cut] == " " else 0)
    if begin < end:
        yield begin, end


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("sentences")["abbreviations"])


@cache
def _footer() -> re.Pattern[str]:
    return re.compile("|".join(words("sentences")["footers"]), re.IGNORECASE)
