"""Paragraphs as a reader meets them, with the rows of tables as lines."""

from __future__ import annotations

from bulletin_desktop.parsing.readers.outline import row_lines

INDENT = "　　"  # how a text shows that the first line of a paragraph is set in
_DEEPEST = 20  # tables in tables; what is deeper counts as text of its cell


class _Table:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines  # where its rows go
        self.cells: list[list[str]] = []


class Flow:
    """Collects a text: words into paragraphs, cells into rows."""

    def __init__(self) -> None:
        self.lead = ""  # a label or an indent that comes before the first words of a paragraph
        self._lines: list[str] = []
        self._words: list[str] = []
        self._tables: list[_Table] = []
        self._too_deep = 0

    @property
    def is_empty(self) -> bool:
        """Whether the paragraph at hand has no words yet."""
        return not self._words

    def add(self, words: str) -> None:
        """Words that go on the paragraph at hand."""
        if not words:
            return
        if self.lead:
            set_in = self.lead == INDENT and words[0].isspace()  # by the words themselves
            self._words.append("" if set_in else self.lead)
            self.lead = ""
        self._words.append(words)

    def end_line(self) -> None:
        """The paragraph at hand is complete; one without words is a blank line."""
        self._lines.append("".join(self._words))
        self._words.clear()

    def end_block(self) -> None:
        """The paragraph at hand is complete, if there is one."""
        if self._words:
            self.end_line()

    def add_lines(self, lines: list[str]) -> None:
        """Whole paragraphs, after the one at hand."""
        self.end_block()
        self._lines.extend(lines)

    def add_lines_before(self, lines: list[str]) -> None:
        """Whole paragraphs, before the one at hand."""
        self._lines.extend(lines)

    def open_table(self) -> None:
        """What follows stands in the cells of a table."""
        self.end_block()
        if len(self._tables) >= _DEEPEST:
            self._too_deep += 1
            return
        self._tables.append(_Table(self._lines))
        self._lines = []

    def end_cell(self) -> None:
        """The cell at hand is complete."""
        self.end_block()
        if self._tables and not self._too_deep:
            self._tables[-1].cells.append(self._lines)
            self._lines = []

    def end_row(self) -> None:
        """The row at hand is complete; what stands in no cell is one of its own."""
        self.end_block()
        if self._tables and not self._too_deep:
            table = self._tables[-1]
            if self._lines:
                self.end_cell()
            table.lines.extend(row_lines(table.cells))
            table.cells = []

    def close_table(self) -> None:
        """The table at hand is complete."""
        self.end_block()
        if self._too_deep:
            self._too_deep -= 1
        elif self._tables:
            self.end_row()
            self._lines = self._tables.pop().lines

    def finish(self) -> list[str]:
        """All paragraphs; tables that are open are closed."""
        self._too_deep = 0
        while self._tables:
            self.close_table()
        self.end_block()
        return self._lines
