"""Empty registers to be filled in: headers in the reader's language, a worked example, notes and drop-downs."""

import csv
import datetime
import io
import re

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import BadInput
from graph.schema import Name, schema
from graph.words import Language, say
from loaders.registers.formulas import neutral
from loaders.registers.kinds import Column, Kind, kinds

FORMS = ("xlsx", "csv")
_NOTES = Name(id="Petunjuk", en="Notes")
_CHOICES = Name(id="Pilihan", en="Choices")
_EXAMPLE = Name(id="[contoh]", en="[example]")
_ANSWERS = (Name(id="ya", en="yes"), Name(id="tidak", en="no"))
_LAST_ROW = 5_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def template(kind: str, language: Language, form: str = "xlsx") -> bytes:
    """Return an empty register of this kind as a file: `xlsx` with drop-downs and notes, or `csv`.

    Its second row is an example, marked as such and skipped when the file is loaded. Raises BadInput for an unknown
    kind or form.
    """
    if kind not in kinds():
        raise BadInput("register.no_kind", kind=kind, known=", ".join(kinds()))
    if form not in FORMS:
        raise BadInput("register.no_form", form=form, known=", ".join(FORMS))
    return _csv(kinds()[kind], language) if form == "csv" else _workbook(kinds()[kind], language)


def _headers(kind: Kind, language: Language) -> list[str]:
    return [column.name.in_(language) for column in kind.columns.values()]


def _example(kind: Kind, language: Language) -> list[str]:
    row = [_shown(column, language) for column in kind.columns.values()]
    return [f"{_EXAMPLE.in_(language)} {row[0]}".strip(), *row[1:]]


def _shown(column: Column, language: Language) -> str:
    text = column.called(language)
    return schema().term(column.vocabulary, text, language) if column.vocabulary and text else text


def _csv(kind: Kind, language: Language) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_headers(kind, language))
    writer.writerow([neutral(cell) for cell in _example(kind, language)])
    return text.getvalue().encode("utf-8-sig")


def _workbook(kind: Kind, language: Language) -> bytes:
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = kind.name.in_(language)[:31]
    page.append(_headers(kind, language))
    page.append([_cell(cell) for cell in _example(kind, language)])
    page.freeze_panes = "A2"
    choices = book.create_sheet(_CHOICES.in_(language))
    choices.sheet_state = "hidden"
    for number, column in enumerate(kind.columns.values(), 1):
        _set_up(page, choices, number, column, language)
    _notes(book.create_sheet(_NOTES.in_(language), 1), kind, language)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cell(text: str) -> str | datetime.date:
    return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else neutral(text)


def _set_up(page: Worksheet, choices: Worksheet, number: int, column: Column, language: Language) -> None:
    """Give a column its look, its note and, where its values are few, its drop-down."""
    letter = get_column_letter(number)
    header = page.cell(1, number)
    header.font = Font(bold=True)
    header.fill = PatternFill("solid", fgColor="FFD8A8" if column.required else "E9ECEF")
    header.comment = Comment(_note(column, language), "Mitra", height=120, width=280)
    page.cell(2, number).font = Font(italic=True, color="868E96")
    page.column_dimensions[letter].width = max(14, len(column.name.in_(language)) + 4)
    if column.type in ("code", "place"):
        page.column_dimensions[letter].number_format = "@"
    if column.type == "date":
        page.column_dimensions[letter].number_format = "yyyy-mm-dd"
    words = _accepted(column, language)
    if words and not column.many:
        for row, word in enumerate(words, 1):
            choices.cell(row, number, word)
        listed = f"'{choices.title}'!${letter}$1:${letter}${len(words)}"
        dropdown = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=not column.remark)
        dropdown.add(f"{letter}2:{letter}{_LAST_ROW}")
        page.add_data_validation(dropdown)


def _accepted(column: Column, language: Language) -> list[str]:
    if column.type == "flag":
        return [answer.in_(language) for answer in _ANSWERS]
    return (
        [name.in_(language) for name in schema().vocabularies[column.vocabulary].values()] if column.vocabulary else []
    )


def _note(column: Column, language: Language) -> str:
    need = say("register.template.required" if column.required else "register.template.optional", language)
    words = ", ".join(_accepted(column, language))
    return "\n".join(filter(None, [column.says.in_(language), need, words]))


def _notes(page: Worksheet, kind: Kind, language: Language) -> None:
    """Write what the register is for and what each column means."""
    page.append([kind.says.in_(language)])
    page.append([say("register.template.how", language)])
    page.append([])
    page.append([say(f"register.template.{key}", language) for key in ("column", "meaning", "needed", "example")])
    for column in kind.columns.values():
        need = say("register.template.required" if column.required else "register.template.optional", language)
        words = ", ".join(_accepted(column, language))
        meaning = f"{column.says.in_(language)} ({words})" if words else column.says.in_(language)
        page.append([column.name.in_(language), neutral(meaning), need, neutral(_shown(column, language))])
    for cell in page[4]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (24, 80, 14, 30), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=5, min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
