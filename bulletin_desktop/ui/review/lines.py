"""A document's text in the lines in which it is shown, and the way from its code points to them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from bulletin_desktop.ui.reader.positions import code_point, utf16_length

# Qt lays out a line as a whole; a longer one is shown in several.
LONGEST = 20_000
_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# What Qt takes for an end of line, or for no character at all.
_TAKEN = "\x00\ufdd0\ufdd1"


class Lines:
    """The lines of a text, each a block of a text document made of ``shown``.

    Positions are code points of the text; columns count Qt's UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [
            line[at : at + LONGEST]
            for line in text.splitlines(keepends=True)
            for at in range(0, len(line), LONGEST)
        ]
        self._words = [piece.rstrip(_ENDS) for piece in pieces]
        self._starts = [0, *accumulate(map(len, pieces))][:-1] or [0]
        self.shown = "\n".join(self._words)
        for character in _TAKEN:
            self.shown = self.shown.replace(character, "\ufffd")

    def __len__(self) -> int:
        return len(self._starts)

    def words(self, line: int) -> str:
        """A line without its end."""
        return self._words[line] if self._words else ""

    def start(self, line: int) -> int:
        """The code point at which a line begins."""
        return self._starts[line]

    def end(self, line: int) -> int:
        """The code point behind a line's last one."""
        return self._starts[line] + len(self.words(line))

    def first(self, line: int) -> int:
        """The code point of a line's first word; where it has none, of its beginning."""
        words = self.words(line)
        return self._starts[line] + (len(words) - len(words.lstrip()) if words.strip() else 0)

    def is_blank(self, line: int) -> bool:
        """Whether a line has no words."""
        return not self.words(line).strip()

    def line_of(self, at: int) -> int:
        """The line that a code point stands in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def column(self, line: int, at: int) -> int:
        """Where a code point stands in a line, in UTF-16 units; at its end if it lies behind."""
        return utf16_length(self.words(line)[: max(0, at - self._starts[line])])

    def code_point(self, line: int, column: int) -> int:
        """The code point at a column of a line, which counts UTF-16 units."""
        return self._starts[line] + code_point(self.words(line), column)
