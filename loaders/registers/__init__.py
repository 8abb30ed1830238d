"""Registers: the spreadsheets that offices have, loaded by what `kinds.yaml` declares."""

from loaders.registers.claiming import WEAK
from loaders.registers.kinds import kinds
from loaders.registers.reading import RegisterReading, RowReject, read_register
from loaders.registers.rows import file_name
from loaders.registers.tables import SUFFIXES

REGISTERS = kinds()
"""The kinds of register by name."""

__all__ = ["REGISTERS", "SUFFIXES", "WEAK", "RegisterReading", "RowReject", "file_name", "read_register"]
