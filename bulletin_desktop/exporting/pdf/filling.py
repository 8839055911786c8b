"""Filling pages with rows: what belongs together stays together, notes stand at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.exporting.pages import chunks
from bulletin_desktop.exporting.pdf.rows import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_desktop.exporting.pdf.rows import Piece, Row

FOOT_GAP = 240.0  # twips above the notes, with the rule that parts them from the text
_TOLERANCE = 1.0
_PART = 3  # rows of a long note that must stand on its page; the rest may follow on the next


def fill(pieces: Iterable[Piece], height: float) -> Iterator[Sheet]:
    """The pages that pieces take, one after another, each type area so many twips high."""
    filler = _Filler(height)
    for chunk in chunks(pieces):
        yield from filler.place(chunk)
    yield from filler.rest()


class _Filler:
    def __init__(self, height: float) -> None:
        self._height = height + _TOLERANCE
        self._sheet = Sheet()
        self._late: list[Row] = []  # rows of notes that the page before had no room for

    def place(self, chunk: list[Piece]) -> Iterator[Sheet]:
        """Put pieces down that belong together; gives the pages that are full then."""
        if self._sheet.placed and (chunk[0].new_page or not self._fits(chunk)):
            yield from self._turn()
        for piece in chunk:
            yield from self._pour(piece)

    def rest(self) -> Iterator[Sheet]:
        """The last page, and more where its notes go on."""
        while self._sheet.placed or self._sheet.feet:
            yield from self._turn()

    def _turn(self) -> Iterator[Sheet]:
        yield self._sheet
        self._sheet = Sheet()
        late, self._late = self._late, []
        self._add_feet(late)

    def _fits(self, chunk: Sequence[Piece]) -> bool:
        *heads, last = chunk
        rows = [row for piece in heads for row in piece.rows] + last.rows[: last.least]
        between = sum(piece.before + piece.after for piece in heads) + last.before
        return self._has_room(rows, between)

    def _has_room(self, rows: Sequence[Row], between: float = 0) -> bool:
        needed = between + sum(row.height for row in rows)
        noted = self._sheet.feet_height + sum(map(_foot_needed, rows))
        return self._sheet.used + needed + (noted and noted + FOOT_GAP) <= self._height

    def _pour(self, piece: Piece) -> Iterator[Sheet]:
        """Lay a piece down, over as many pages as it takes."""
        self._begin(piece)
        rows = piece.rows
        while rows:
            count = self._count(rows, piece)
            if count:
                if rows is piece.rows:
                    self._note(piece)
                self._put(rows[:count])
            rows = rows[count:]
            if rows:
                yield from self._turn()
                self._put(piece.repeat)
        self._sheet.used += piece.after

    def _begin(self, piece: Piece) -> None:
        """Leave the space above, which a page that just follows another has not at its top."""
        top = not self._sheet.placed
        if not top or piece.new_page:
            self._sheet.used += piece.before
        if top:
            self._put(piece.repeat)

    def _note(self, piece: Piece) -> None:
        """Note what begins on this page."""
        if piece.mark:
            self._sheet.marks.append((self._sheet.used, piece.mark))
        if piece.article:
            self._sheet.article = piece.article

    def _count(self, rows: Sequence[Row], piece: Piece) -> int:
        """How many rows go on this page, so that no row of a paragraph stands alone."""
        top = len(self._sheet.placed) <= len(piece.repeat)
        count = 0
        while count < len(rows) and self._has_room(rows[: count + 1]):
            count += 1
        if count == len(rows):
            return count
        if len(rows) - count == 1 and count > 1:
            count -= 1
        if not top and len(rows) == len(piece.rows) and count < piece.least:
            return 0
        return count if self._sheet.feet or not top else max(count, 1)

    def _put(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._sheet.placed.append((self._sheet.used, row))
            self._sheet.used += row.height
            self._add_feet(row.feet)

    def _add_feet(self, feet: Sequence[Row]) -> None:
        """Put notes at the foot as far as there is room; notes keep their order."""
        for row in feet:
            full = self._sheet.used + self._sheet.feet_height + row.height + FOOT_GAP
            if self._late or full > self._height:
                self._late.append(row)
            else:
                self._sheet.feet.append(row)


def _foot_needed(row: Row) -> float:
    return sum(foot.height for foot in row.feet[:_PART])
