"""What stands on a page: rows of glyphs and of ruled or shaded ground. No Qt is needed to place
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtGui import QGlyphRun


class Glyphs(NamedTuple):
    """Glyphs of one font, placed from a row's top left corner; ``texts`` is what each one says."""

    run: QGlyphRun
    texts: tuple[str, ...]
    x: float
    y: float
    colour: str


class Ground(NamedTuple):
    """A filled rectangle, from a row's top left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Link(NamedTuple):
    """A stretch of a row that leads to a heading."""

    x: float
    width: float
    anchor: int


@dataclass(slots=True)
class Row:
    """One line of print; lengths in twips. ``feet`` stand at the foot of the same page, and
    ``end`` is where its words end.
    """

    height: float
    glyphs: list[Glyphs] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    feet: tuple[Row, ...] = ()
    end: float = 0


class Mark(NamedTuple):
    """A heading of the outline: ``anchor`` as in the blocks, level from 1."""

    anchor: int
    level: int
    text: str


@dataclass(slots=True)
class Piece:
    """A paragraph to be placed: its rows and the space around them.

    ``keep`` holds it on the page of the next piece and ``whole`` on one page; ``repeat`` are rows
    that stand again at the top of each page it reaches. ``article`` is the number of one that
    begins here.
    """

    rows: list[Row]
    before: float = 0
    after: float = 0
    keep: bool = False
    whole: bool = False
    new_page: bool = False
    repeat: tuple[Row, ...] = ()
    mark: Mark | None = None
    article: int = 0

    @property
    def height(self) -> float:
        """All rows with the space around them."""
        return self.before + sum(row.height for row in self.rows) + self.after

    @property
    def least(self) -> int:
        """How many rows must stand together at its beginning, so that none is alone."""
        return len(self.rows) if self.whole or self.keep or len(self.rows) <= 3 else 2


@dataclass(slots=True)
class Sheet:
    """A filled page: rows with their distance from the top of the type area, and its notes."""

    placed: list[tuple[float, Row]] = field(default_factory=list)
    feet: list[Row] = field(default_factory=list)
    marks: list[tuple[float, Mark]] = field(default_factory=list)
    used: float = 0
    article: int = 0

    @property
    def feet_height(self) -> float:
        """The height of the notes, without the rule above them."""
        return sum(row.height for row in self.feet)
