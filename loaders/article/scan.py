"""One pass over a sentence: everything that it names, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from loaders.article import posts, units
from loaders.article.dates import Day
from loaders.article.lexicon import Phrases, words
from loaders.article.mentions import Dated, Held, Mention, Named
from loaders.article.organisations import heads, joined, organisation
from loaders.article.sentences import Sentence
from loaders.article.tokens import Token, tokens
from loaders.article.units import place, regions

_LIST_MARKS = frozenset({",", "dan", "serta", "&", ";"})


@dataclass(slots=True)
class Scanner:
    """Reads sentences in order and remembers the abbreviations that earlier ones introduced."""

    text: str
    abbreviations: dict[str, Named] = field(default_factory=dict)

    def sentence(self, sentence: Sentence, days: Sequence[Day]) -> list[Mention]:
        """Return what the sentence names, in order, without overlaps."""
        found: list[Mention] = []
        words_ = tokens(self.text, sentence.begin, sentence.end)
        dated = {day.written.begin: day for day in days}
        index = 0
        while index < len(words_):
            day = dated.get(words_[index].begin)
            if day:
                found.append(Dated(day, day.written.begin, day.written.end))
                index = _behind(words_, index, day.written.end)
                continue
            index = self._at(words_, index, found)
        return _shared_regions(found, self.text)

    def _at(self, words_: Sequence[Token], index: int, found: list[Mention]) -> int:
        token = words_[index]
        opens = token.lower in _openings()
        if not opens and not token.capital and token.text not in self.abbreviations:
            return index + 1
        post = posts.held(words_, index, self.text, self.named) if opens else None
        if post:
            return self._post(words_, index, post, found)
        named = self.named(words_, index) or _stand_in(words_, index)
        if not named:
            return index + 1
        self._remember(named)
        found.append(named)
        return _behind(words_, index, named.end)

    def named(self, words_: Sequence[Token], index: int, in_post: bool = False) -> Named | None:
        """Return the organisation named at `index`, in full or by an abbreviation introduced before."""
        return organisation(words_, index, in_post) or self._abbreviated(words_, index)

    def _post(self, words_: Sequence[Token], index: int, post: tuple[int, Held], found: list[Mention]) -> int:
        end, said = post
        span = posts.holder_before(words_, index)
        if span and (not said.person or posts.said_of_earlier(words_, index)):
            begin, behind = span
            free = not found or found[-1].end <= words_[begin].begin
            if free:
                said = replace(said, person=joined(words_[begin:behind]), begin=words_[begin].begin)
        elif span is None and not said.person and posts.said_of_earlier(words_, index):
            said = replace(said, person="?")
        said = self._tenure(words_, index, said)
        if said.body:
            self._remember(said.body)
        found.append(said)
        return max(end, _behind(words_, index, said.end))

    def _tenure(self, words_: Sequence[Token], index: int, said: Held) -> Held:
        if said.tenure != "current" or not posts.said_of_earlier(words_, index):
            return said
        near = f" {' '.join(token.lower for token in words_[max(0, index - 6) : index])} "
        lists = words("posts")
        if any(f" {phrase} " in near for phrase in lists["former_near"]):
            return replace(said, tenure="former")
        if any(f" {phrase} " in near for phrase in lists["incoming_near"]):
            return replace(said, tenure="incoming")
        return said

    def _remember(self, named: Named) -> None:
        short = named.short
        if short and named.name and short.replace("-", "").replace(" ", "").isalnum() and len(short) > 2:
            self.abbreviations.setdefault(short, named)

    def _abbreviated(self, words_: Sequence[Token], index: int) -> Named | None:
        """Return the organisation whose abbreviation, given in brackets before, stands here."""
        known = self.abbreviations.get(words_[index].text)
        if not known or heads().at(words_, index):
            return None
        end = index + 1
        opened = regions().at(words_, end)
        behind, where, guessed = place(words_, opened[0] if opened else end, guess=bool(opened))
        if (where and not guessed) or opened:
            end = behind
        return replace(known, begin=words_[index].begin, end=words_[end - 1].end, short="")


@cache
def _stand_ins() -> Phrases[list[str]]:
    return Phrases(words("organisations")["stand_ins"].items())


@cache
def _openings() -> frozenset[str]:
    """Return the words that open a mention; others are one only in capitals or as an abbreviation."""
    return posts.openings() | units.openings() | heads().firsts | _stand_ins().firsts


def _stand_in(words_: Sequence[Token], index: int) -> Named | None:
    """Return a reference such as "perusahaan tersebut", or "perusahaan" alone."""
    found = _stand_ins().at(words_, index)
    if not found:
        return None
    end, labels = found
    if end < len(words_) and words_[end].lower in words("organisations")["pointing"]:
        end += 1
    elif words_[index].lower in words("organisations")["need_pointing"]:
        return None
    return Named(labels[0], "", words_[index].lower, words_[index].begin, words_[end - 1].end)


def _behind(words_: Sequence[Token], index: int, end: int) -> int:
    index += 1
    while index < len(words_) and words_[index].begin < end:
        index += 1
    return index


def _shared_regions(found: Sequence[Mention], text: str) -> list[Mention]:
    """Give the agencies of a list the region behind the last: "Dinas A, Dinas B serta Dinas C Kota X"."""
    kept = list(found)
    for index in range(len(kept) - 2, -1, -1):
        one, following = kept[index], kept[index + 1]
        if not (isinstance(one, Named) and isinstance(following, Named)) or one.region or not following.region:
            continue
        if one.head not in ("dinas", "badan") or following.head not in ("dinas", "badan") or not one.name:
            continue
        if set(text[one.end : following.begin].replace(",", " , ").split()) <= _LIST_MARKS:
            tail = following.name[following.name.rfind(_opening(following)) :]
            kept[index] = replace(one, name=f"{one.name} {tail}", region=following.region)
    return kept


def _opening(named: Named) -> str:
    """Return the region of a name as written with the word that opens it, if one does."""
    before = named.name[: named.name.rfind(named.region)].split()
    opened = before[-1] if before else ""
    if opened.lower().rstrip(".") in words("organisations")["regions"]:
        return f"{opened} {named.region}"
    return named.region
