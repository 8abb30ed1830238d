"""Two thousand mangled texts, and mangled files of every form: read or refused, and nothing is ungrounded."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.article import read_article
from tests import article_files as files
from tests.articles.scoring import names, text
from tests.test_article_properties import assert_grounded

ARTICLES = [text(name) for name in names()]
FOREIGN = (
    "監獄長は月曜日に会社と覚書に署名した。",
    "وقع مدير السجن اتفاقية مع الشركة يوم الاثنين.",
    "Начальник тюрьмы подписал соглашение с компанией.",
    "The warden of Lapas Padang signed an MoU with PT Maju Jaya on Monday (5/3/2024).",
    "เรือนจำลงนามบันทึกความเข้าใจ",
    "Kepala Lapas nganakake rapat karo PT Maju Jaya, dinten Senin Pahing.",
)
MARKS = "\x00\x0b\x1b\u200b\u202e\ufeff\ud800\udfff\U0001f600§{}[]()<>&;:,.…–—-/\\\"'“”’*#@"
Dice = random.Random


def truncated(raw: str, dice: Dice) -> str:
    begin = dice.randrange(len(raw))
    return dice.choice([raw[:begin], raw[begin:], raw[begin : begin + dice.randrange(400)]])


def mojibake(raw: str, dice: Dice) -> str:
    once = raw.encode("utf-8", "surrogatepass").decode(dice.choice(["latin-1", "cp1252"]), "replace")
    return once.encode("utf-8", "surrogatepass").decode("latin-1") if dice.random() < 0.3 else once


def soup(raw: str, dice: Dice) -> str:
    tags = ("<p>", "</div>", "<br/>", "&nbsp;", "&#8220;", "<a href='x'>", "<script>", "<!--", "]]>", "<td")
    return "".join(word + (dice.choice(tags) if dice.random() < 0.2 else " ") for word in raw.split(" "))


def one_line(raw: str, dice: Dice) -> str:
    return " ".join(raw.split()) * dice.randrange(1, 6)


def foreign(raw: str, dice: Dice) -> str:
    said = raw.split(". ")
    said.insert(dice.randrange(len(said) + 1), dice.choice(FOREIGN))
    return ". ".join(said if dice.random() < 0.7 else FOREIGN)


def marked(raw: str, dice: Dice) -> str:
    letters = list(raw)
    for _ in range(dice.randrange(1, 60)):
        letters[dice.randrange(len(letters))] = dice.choice(MARKS) * dice.choice([1, 1, 1, 40])
    return "".join(letters)


def shuffled(raw: str, dice: Dice) -> str:
    words = raw.split(" ")
    begin = dice.randrange(len(words))
    part = words[begin : begin + 30]
    dice.shuffle(part)
    return " ".join([*words[:begin], *part, *words[begin + 30 :]])


def doubled(raw: str, dice: Dice) -> str:
    other = dice.choice(ARTICLES)
    return raw[: dice.randrange(len(raw))] + other[dice.randrange(len(other)) :]


def without_marks(raw: str, dice: Dice) -> str:
    return raw.translate({ord(mark): dice.choice(["", " "]) for mark in dice.sample(".,()–-\n:;'\"/", 5)})


WAYS: tuple[Callable[[str, Dice], str], ...] = (
    truncated, mojibake, soup, one_line, foreign, marked, shuffled, doubled, without_marks,
)  # fmt: skip


def mangled(number: int) -> str:
    """The mangled text of this number: an article that went through one to three ways of mangling."""
    dice = Dice(number)
    raw = dice.choice(ARTICLES)
    for way in dice.sample(WAYS, dice.randrange(1, 4)):
        raw = way(raw, dice) or raw
    return raw


@pytest.mark.slow
@pytest.mark.parametrize("begin", range(0, 2_000, 250))
def test_mangled_texts_are_read_and_nothing_is_ungrounded(begin: int) -> None:
    for number in range(begin, begin + 250):
        assert_grounded(mangled(number))


def bytes_mangled(raw: bytes, dice: Dice) -> bytes:
    """A file with some bytes changed, cut out, or taken away at its end."""
    kept = bytearray(raw)
    for _ in range(dice.randrange(1, 30)):
        kept[dice.randrange(len(kept))] = dice.randrange(256)
    if dice.random() < 0.4:
        del kept[dice.randrange(len(kept)) :]
    if dice.random() < 0.3:
        begin = dice.randrange(len(kept) + 1)
        del kept[begin : begin + dice.randrange(200)]
    return bytes(kept)


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "txt"])
def test_mangled_files_are_read_or_refused(tmp_path: Path, form: str) -> None:
    for number in range(25):
        dice = Dice(number)
        said = dice.choice(ARTICLES)
        path = tmp_path / f"{number}.{form}"
        if form in ("pdf", "docx"):
            raw = {"pdf": files.pdf, "docx": files.docx}[form](path, said).read_bytes()
        else:
            raw = (files.news_page(said) if form == "html" else said).encode()
        path.write_bytes(bytes_mangled(raw, dice))
        assert_read_or_refused(path)


def assert_read_or_refused(path: Path) -> None:
    try:
        reading = read_article(path)
    except BadInput as error:
        said = str(error)
    else:
        said = path.name
        for claim in reading.claims:
            claim.check()
            begin, end = claim.evidence.span or (0, 0)
            assert claim.evidence.where
            assert str(reading.document.text)[begin:end] == claim.evidence.where
    assert path.name in said
    assert "\n" not in said
