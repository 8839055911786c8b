"""From code points of an article's shown body to those of its document, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library.overlay import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.overlay import Mending


class _Piece(NamedTuple):
    """Words that stand in both; those of a mended misprint only as a whole."""

    shown: tuple[int, int]
    printed: tuple[int, int]
    mended: bool


class BodyMap:
    """Where the words of a shown body stand in the document; ``body`` is the body itself.

    ``paragraphs`` are the printed ones, each with where it begins in the document.
    """

    def __init__(self, paragraphs: Sequence[tuple[str, int]], mends: Sequence[Mending]) -> None:
        self._pieces: list[_Piece] = []
        shown: list[str] = []
        at = 0
        for words, start in paragraphs:
            place, paragraph = start, []
            for piece, printed in pieces(words, start, mends):
                length = len(piece if printed is None else printed)
                if length:
                    shown_at = (at, at + len(piece))
                    span = (place, place + length)
                    self._pieces.append(_Piece(shown_at, span, printed is not None))
                paragraph.append(piece)
                at += len(piece)
                place += length
            shown.append("".join(paragraph))
            at += 1
        self.body = "\n".join(shown)

    def to_document(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the document behind a stretch of the body; None where that is blank."""
        return self._mapped(start, end, 0)

    def to_body(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of the body that shows a stretch of the document; None where none does."""
        return self._mapped(start, end, 1)

    def _mapped(self, start: int, end: int, given: int) -> tuple[int, int] | None:
        """A stretch in the terms of a piece's range number ``given`` in those of the other."""
        pieces = self._pieces
        low = bisect_right(pieces, start, key=lambda piece: _range(piece, given)[1])
        high = bisect_left(pieces, end, key=lambda piece: _range(piece, given)[0]) - 1
        if low > high or start >= end:
            return None
        first, last = pieces[low], pieces[high]
        begun = max(0, start - _range(first, given)[0])
        short = max(0, _range(last, given)[1] - end)
        return (
            _range(first, 1 - given)[0] + (0 if first.mended else begun),
            _range(last, 1 - given)[1] - (0 if last.mended else short),
        )


def _range(piece: _Piece, which: int) -> tuple[int, int]:
    return piece.printed if which else piece.shown
