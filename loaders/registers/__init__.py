"""Registers: the spreadsheets that offices have, loaded by what `kinds.yaml` declares."""

from loaders.registers.claiming import WEAK
from loaders.registers.kinds import kinds
from loaders.registers.reading import RegisterReading, RowReject, read_register
from loaders.registers.rejects import write_rejects
from loaders.registers.rows import file_name
from loaders.registers.tables import SUFFIXES
from loaders.registers.template import FORMS, template

REGISTERS = kinds()
"""The kinds of register by name."""

__all__ = [
    "FORMS",
    "REGISTERS",
    "SUFFIXES",
    "WEAK",
    "RegisterReading",
    "RowReject",
    "file_name",
    "read_register",
    "template",
    "write_rejects",
]
