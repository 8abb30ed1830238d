"""The texts that the cells of a workbook share: few in memory, many in a file."""

import array
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from typing import IO

from loaders.registers.sheets_xml import local, parsed
from loaders.registers.values import LONGEST
