"""Lines of a CSV table as spreadsheets want them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Stands before the first line: without it Chinese is not read as UTF-8.
MARK = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula, some after blanks or in full width too.
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\ufeff]*(?:[=+@＝＋－＠]|-(?![\d.]+\Z))")


def is_formula(words: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; a number is none."""
    return _FORMULA.match(words) is not None


def record(cells: Iterable[str]) -> str:
    """One line; what would be a formula has an apostrophe before it, a number has not."""
    text = io.StringIO()
    safe = (f"'{words}" if is_formula(words) else words for words in cells)
    csv.writer(text, lineterminator="\r\n").writerow(safe)
    return text.getvalue()
