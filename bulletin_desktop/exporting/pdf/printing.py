"""Printing filled pages into a PDF, and noting what its reader needs besides: headings, links,
what each glyph says.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from bulletin_desktop.exporting.pdf.composing import foot_rule
from bulletin_desktop.exporting.pdf.faces import TWIPS, UNIT
from bulletin_desktop.exporting.pdf.setting import Run

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin_desktop.exporting.pdf.composing import Composer
    from bulletin_desktop.exporting.pdf.rows import Glyphs, Ground, Mark, Row, Sheet

_UNITS_AN_INCH = 1440 // UNIT


class Place(NamedTuple):
    """A heading on a page (from 0, as printed), so many twips below the paper's upper edge."""

    page: int
    y: float
    mark: Mark


class Area(NamedTuple):
    """A stretch of a page that leads to a heading; twips from the paper's upper left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float
    anchor: int


@dataclass
class Printed:
    """What is known of printed pages. ``said`` has for each font, in the order in which they were
    first used, the glyphs in theirs, each with the characters it stands for.
    """

    count: int = 0
    places: list[Place] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    said: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)


class Printer:
    """Prints sheets on the paper of a template."""

    def __init__(self, path: Path, composer: Composer) -> None:
        self.printed = Printed()
        self._composer = composer
        self._page = page = composer.template.page
        self._writer = QPdfWriter(str(path))
        self._writer.setResolution(_UNITS_AN_INCH)
        size = QSizeF(page.width / TWIPS, page.height / TWIPS)
        exact = QPageSize.SizeMatchPolicy.ExactMatch
        paper = QPageSize(size, QPageSize.Unit.Point, "", exact)
        upright = QPageLayout.Orientation.Portrait
        layout = QPageLayout(paper, upright, QMarginsF(0, 0, 0, 0))
        self._writer.setPageLayout(layout)
        self._painter = QPainter(self._writer)

    def print(self, sheet: Sheet, label: str = "", *, even: bool = False) -> None:
        """Print a page with this number at its foot; on ``even`` ones the margins may swap."""
        if self.printed.count:
            self._writer.newPage()
        page = self._page
        x = float(page.right if even and page.mirror_margins else page.left)
        for y, row in sheet.placed:
            self._row(row, x, page.top + y)
        self._feet(sheet, x)
        if label:
            self._label(label, x, even)
        top = [Place(self.printed.count, page.top + y, mark) for y, mark in sheet.marks]
        self.printed.places.extend(top)
        self.printed.count += 1

    def close(self) -> Printed:
        """Finish the file; gives what is known of it."""
        self._painter.end()
        return self.printed

    def _feet(self, sheet: Sheet, x: float) -> None:
        if not sheet.feet:
            return
        y = self._page.top + self._page.text_height - sheet.feet_height
        self._ground(foot_rule(self._page.text_width), x, y)
        for row in sheet.feet:
            self._row(row, x, y)
            y += row.height

    def _label(self, label: str, x: float, even: bool) -> None:
        numbers = self._composer.template.numbers
        if numbers.place == "none":
            return
        before, after = numbers.around
        style = self._composer.style("footer")
        outside = "left" if even else "right"
        align = outside if numbers.place == "outside" else "center"
        words = [Run(f"{before}{label}{after}")]
        (row, *_) = self._composer.setter.rows(
            words, replace(style, align=align), self._composer.width
        )
        self._row(row, x, self._page.height - self._page.footer - row.height)

    def _row(self, row: Row, x: float, y: float) -> None:
        for ground in row.grounds:
            self._ground(ground, x, y)
        for glyphs in row.glyphs:
            self._glyphs(glyphs, x, y)
        for link in row.links:
            area = Area(self.printed.count, x + link.x, y, link.width, row.height, link.anchor)
            self.printed.areas.append(area)

    def _ground(self, ground: Ground, x: float, y: float) -> None:
        corner = QPointF(x + ground.x, y + ground.y) / UNIT
        area = QRectF(corner, QSizeF(ground.width, ground.height) / UNIT)
        self._painter.fillRect(area, QColor(f"#{ground.colour}"))

    def _glyphs(self, glyphs: Glyphs, x: float, y: float) -> None:
        self._painter.setPen(QColor(f"#{glyphs.colour}"))
        self._painter.drawGlyphRun(QPointF(x + glyphs.x, y + glyphs.y) / UNIT, glyphs.run)
        font = glyphs.run.rawFont()
        if font.pixelSize() < 0:
            return  # Qt's boxes for what no font has: nothing to be named, and its name a crash
        said = self.printed.said.setdefault((font.familyName(), font.styleName()), {})
        for glyph, text in zip(glyphs.run.glyphIndexes(), glyphs.texts, strict=True):
            if glyph:  # 0 is what a font shows for what it has not
                said.setdefault(glyph, text)
