"""Posts, the organisation they are held at, and who holds them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from loaders.article.lexicon import Phrases, listed, words
from loaders.article.mentions import Held, Named
from loaders.article.organisations import headed, joined
from loaders.article.people import degree_before, name_before, person
from loaders.article.tokens import Token
from loaders.article.units import bracket, name_like, office_tail, place, regions, unit_tail

_REACH = 12
Lookup = Callable[[Sequence[Token], int, bool], Named | None]
"""Finds the organisation named at a token."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A post in reading: where it ends, what it is called, whose it is."""

    end: int
    position: str
    body: Named | None
    in_unit: bool = False
    unit: str = ""
    in_office: bool = False


@cache
def _contracted() -> Phrases[Mapping[str, Any]]:
    return Phrases(words("posts")["contracted"].items())


@cache
def _heads() -> Phrases[Mapping[str, Any]]:
    return Phrases((form, head) for head in words("posts")["heads"] for form in head["words"])


@cache
def _before() -> Phrases[str]:
    return Phrases((form, tenure) for tenure, forms in words("posts")["before"].items() for form in forms)


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(words("posts")["modifiers"])


@cache
def _nobody() -> Phrases[str]:
    return listed(words("posts")["nobody"])


@cache
def _which() -> Phrases[str]:
    return Phrases((form, tenure) for tenure, forms in words("posts")["which"].items() for form in forms)


@cache
def _holds() -> Phrases[str]:
    return listed(words("posts")["holds"])


@cache
def openings() -> frozenset[str]:
    """Return the words that a post may begin with: `held` finds none at any other."""
    return _before().firsts | _contracted().firsts | _heads().firsts


def held(tokens: Sequence[Token], index: int, text: str, lookup: Lookup) -> tuple[int, Held] | None:
    """Return the index behind the post at `index` and the post, with its holder if the text names one beside it."""
    tenure, start = _tenure(tokens, index)
    if _nobody().at(tokens, start):
        return None
    read = _contraction(tokens, start) or _headed_post(tokens, start, lookup)
    if not read:
        return None
    post = Held(
        read.position,
        read.body,
        "",
        tokens[index].begin,
        tokens[read.end - 1].end,
        tenure,
        read.in_unit,
        read.unit,
        read.in_office,
    )
    if _weak(tokens, start) and not read.body:
        return None
    which = _which().at(tokens, read.end)
    behind = _holder_behind(tokens, which[0] if which else read.end, text)
    if behind and which and tenure == "current":
        post = replace(post, tenure=which[1])
    if behind:
        return behind[0], replace(post, person=behind[1], end=behind[2])
    return None if _weak(tokens, start) else (read.end, post)


def _tenure(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    found = _before().at(tokens, index)
    if not found:
        return "current", index
    end = found[0] + (found[0] < len(tokens) and tokens[found[0]].text == ".")
    return ("current" if found[1] == "acting" else found[1]), end


def _weak(tokens: Sequence[Token], index: int) -> bool:
    found = _heads().at(tokens, index)
    return bool(found and found[1].get("weak") and not _contracted().at(tokens, index))


def _contraction(tokens: Sequence[Token], index: int) -> _Read | None:
    found = _contracted().at(tokens, index)
    if not found:
        return None
    end, post = found
    position = str(post["position"])
    if "unit" in post:
        guess = _place_then_name(tokens, end)
        body = unit_tail(tokens, index, end, post["unit"], post.get("purpose", ""), guess)
        return _Read(_end_of(tokens, end, body), position, body if body.name else None, unit=post["unit"])
    if "office" in post:
        body = office_tail(tokens, index, end)
        return _Read(_end_of(tokens, end, body), position, body if body.name else None, in_office=True)
    if "fixed" in post:
        body = Named(
            "PublicBody",
            post["fixed"],
            "ditjenpas",
            tokens[index].begin,
            tokens[end - 1].end,
            "corrections",
            implied=True,
        )
        return _Read(end, position, body)
    return _government(tokens, index, end, post) if "government" in post else _agency(tokens, index, end, post)


def _place_then_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a place and a name follow, a comma between them: "Kalapas Nirwana, Budi Santoso,"."""
    end = index
    while end < len(tokens) and name_like(tokens[end]):
        end += 1
    if not index < end < len(tokens) - 1 or tokens[end].text != ",":
        return False
    behind = end + 1
    while behind < len(tokens) and name_like(tokens[behind]):
        behind += 1
    return behind > end + 1 and (behind >= len(tokens) or tokens[behind].text in ",." or not tokens[behind].capital)


def _end_of(tokens: Sequence[Token], index: int, body: Named) -> int:
    while index < len(tokens) and tokens[index].begin < body.end:
        index += 1
    return index


def _government(tokens: Sequence[Token], begin: int, index: int, post: Mapping[str, Any]) -> _Read | None:
    """The head of a region stands for its government: "Bupati Agam" for Pemerintah Kabupaten Agam."""
    opened = regions().at(tokens, index)
    end, where, _ = place(tokens, opened[0] if opened else index, guess=bool(opened))
    if not where:
        return _Read(index, post["position"], None)
    region = f"{tokens[index].text.title()} " if opened else ""
    name = f"{post['government']} {region if post['government'] == 'Pemerintah' else ''}{where}"
    kind = "local_government"
    body = Named(
        "PublicBody",
        name,
        post["government"].lower(),
        tokens[begin].begin,
        tokens[end - 1].end,
        kind,
        where,
        implied=True,
    )
    return _Read(end, post["position"], body)


def _agency(tokens: Sequence[Token], begin: int, index: int, post: Mapping[str, Any]) -> _Read | None:
    found = next(head for head in _all_heads() if post["head"] in head.words)
    body = headed(tokens, index, index, found) if index < len(tokens) else None
    if body is None or not body.name:
        return None if post.get("needs_tail") else _Read(index, post["position"], None)
    written = joined(tokens[index : _end_of(tokens, index, body)])
    head = post["head"].title() if len(post["head"]) > 4 else post["head"].upper()
    body = replace(body, name=f"{head} {written}", head=post["head"], begin=tokens[begin].begin)
    return _Read(_end_of(tokens, index, body), post["position"], body)


@cache
def _all_heads() -> list[Any]:
    from loaders.article.organisations import Head

    return [Head(**{**entry, "words": tuple(entry["words"])}) for entry in words("organisations")["heads"]]


def _headed_post(tokens: Sequence[Token], index: int, lookup: Lookup) -> _Read | None:
    found = _heads().at(tokens, index)
    if not found:
        return None
    end, head = found
    written = joined(tokens[index:end])
    position = str(head.get("position") or (written if tokens[index].capital else written[0].upper() + written[1:]))
    if head.get("eats_unit_word"):
        kind = "rutan" if {"rutan", "kpr"} & {token.lower for token in tokens[index:end]} else "lapas"
        end = bracket(tokens, end)[0]
        guarded = unit_tail(tokens, index, end, kind, guess=False)
        if guarded.name:
            return _Read(_end_of(tokens, end, guarded), position, guarded, True)
    body, behind, between = _organisation_behind(tokens, end, lookup)
    in_unit, in_office = bool(head.get("in_unit")), bool(head.get("in_office"))
    if body and between and not head.get("position"):
        position = f"{position} {between}"
    if body and written.lower() == "kepala" and not between:
        return _headed_by(behind, body)
    if body:
        return _Read(behind, position, body if body.name else _pointing(body), in_unit, in_office=in_office)
    return _Read(*_own_modifiers(tokens, end, position, bool(head.get("position"))), None, in_unit, in_office=in_office)


def _pointing(body: Named) -> Named | None:
    return body if body.label != "Facility" and body.head != "kanwil" else None


def _organisation_behind(tokens: Sequence[Token], index: int, lookup: Lookup) -> tuple[Named | None, int, str]:
    """Return the organisation behind a post's head, the index behind it, and the words of the post between them."""
    step, limit = index, min(len(tokens), index + _REACH)
    while step < limit:
        behind, _ = bracket(tokens, step)
        if behind > step:
            step = behind
            continue
        body = lookup(tokens, step, True)
        if body and not (step > index and not body.name and tokens[step].lower in _modifiers()):
            return body, max(_end_of(tokens, step, body), step + 1), _between(tokens, index, step)
        if not _inside_post(tokens, step, index):
            break
        step += 1
    return None, index, ""


def _inside_post(tokens: Sequence[Token], index: int, begin: int) -> bool:
    """Whether a word may stand between a post's head and its organisation."""
    token = tokens[index]
    if token.lower in ("dari", "pada", "di") and index == begin:
        return True
    if token.lower in ("dan", "&", "/"):
        return index > begin
    if token.text == ",":
        return index + 1 < len(tokens) and tokens[index + 1].lower in _modifiers() and tokens[index + 1].capital
    return name_like(token) or token.lower in _modifiers()


def _between(tokens: Sequence[Token], begin: int, end: int) -> str:
    kept, depth = [], 0
    for token in tokens[begin:end]:
        depth += token.text == "("
        if not depth and token.lower not in ("dari", "pada", "di"):
            kept.append(token)
        depth -= token.text == ")"
    said = joined(kept)
    return "" if said.lower().startswith("fakultas") else said


def _headed_by(end: int, body: Named) -> _Read:
    """ "Kepala" right before an organisation: the post has the organisation's kind for a name."""
    named = body if body.name else None
    known = words("posts")["headed"].get(body.head)
    if body.label == "Facility":
        return _Read(end, known, named, unit=body.head)
    if body.head == "kanwil":
        return _Read(end, known, named, in_office=True)
    title = body.head.upper() if len(body.head) < 5 else body.head.title()
    return _Read(end, known or f"Kepala {title}", body)


def _own_modifiers(tokens: Sequence[Token], index: int, position: str, fixed: bool) -> tuple[int, str]:
    """Return where a post without an organisation ends, behind known words of posts, and its name."""
    end = index
    while (
        end < len(tokens) and tokens[end].lower in _modifiers() and (tokens[end].capital or tokens[end].text == "dan")
    ):
        end += 1
    while end > index and tokens[end - 1].lower in ("dan", ","):
        end -= 1
    said = joined(tokens[index:end])
    return bracket(tokens, end)[0], position if fixed or not said else f"{position} {said}"


def _holder_behind(tokens: Sequence[Token], index: int, text: str) -> tuple[int, str, int] | None:
    """Return the index behind the holder named behind a post, the name, and where it ends."""
    step = index
    while step < len(tokens) and tokens[step].lower in ("yakni", "yaitu", "bernama", ","):
        step += 1
    if step - index > 2 or step >= len(tokens):
        return None
    found = person(tokens, step, text)
    if not found or (step > index and not _closes(tokens, found[0])):
        return None
    return found


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name behind a comma ends as an apposition does: at a mark, a small letter, or the end."""
    return index >= len(tokens) or not tokens[index].capital or not name_like(tokens[index])


def holder_before(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return the span of the name that a post at `index` is said of: "Marten selaku …", "Budi, Kalapas …"."""
    end = _verb_before(tokens, index)
    if end is None:
        return _apposed(tokens, index)
    while end > 0 and tokens[end - 1].lower in words("posts")["before_holds"]:
        end -= 1
    end = degree_before(tokens, end)
    begin = name_before(tokens, end)
    return (begin, end) if begin < end else None


def _verb_before(tokens: Sequence[Token], index: int) -> int | None:
    for start in range(max(0, index - 3), index):
        found = _holds().at(tokens, start)
        if found and found[0] == index:
            return start
    return None


def _apposed(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    if index > 1 and _contracted().at(tokens, index) and name_like(tokens[index - 1]):
        return _beside(tokens, index)
    if index < 2 or tokens[index - 1].text not in (",", "("):
        return None
    begin = name_before(tokens, index - 1)
    return (begin, index - 1) if index - 1 - begin >= 2 else None


def _beside(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Return the span of a name right before a contracted post, no comma between them: "Budi Santoso Kalapas Agam"."""
    begin = name_before(tokens, index)
    opens = begin == 0 or tokens[begin - 1].text in '.“"' or tokens[begin - 1].lower in _PRESENT
    whole = all(name_like(token) or token.text == "." for token in tokens[begin:index])
    return (begin, index) if begin < index and opens and whole else None


_PRESENT = frozenset({"dihadiri", "oleh", "kata", "ujar", "jelas", "menurut", "ungkap", "tutur", "hadir"})


def said_of_earlier(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a verb of holding stands right before the post: it is said of somebody named earlier."""
    return _verb_before(tokens, index) is not None
