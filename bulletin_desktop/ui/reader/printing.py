"""An article on paper: black on white, with its citation and page numbers at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPaintEngine, QPainter
from PySide6.QtPrintSupport import QPrinter

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.reader.page import Sheet, new_document, set_sheet
from bulletin_desktop.ui.theme import Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from bulletin_desktop.ui.reader.style import PageStyle

# The page is laid out in pixels of 1/96 inch: three quarters of a point.
_DOTS = 96
_SIZE = 16  # 12 points, the 小四 of documents
_FOOT = 40
_FOOT_FONT = 11
_MARGINS = QMarginsF(25, 24, 25, 18)
_NUMBER_ROOM = 80


class _Ink(Tokens):
    """Black, whatever is asked for."""

    def __init__(self) -> None:
        super().__init__("light")

    def colour(self, token: str) -> QColor:
        """Black."""
        return QColor(Qt.GlobalColor.black)


def new_printer(title: str) -> QPrinter:
    """A printer for A4 with the margins of a document."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    page = QPageSize(QPageSize.PageSizeId.A4)
    upright = QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, upright, _MARGINS, QPageLayout.Unit.Millimeter))
    return printer


def print_sheet(printer: QPrinter, sheet: Sheet, style: PageStyle, source: str) -> bool:
    """Print a sheet over the whole width of the paper; ``source`` stands at the foot.

    Says whether the printer, or the file to print to, took it.
    """
    if printer.paintEngine().type() == QPaintEngine.Type.Picture:
        # The preview, where Qt would push the end of a stretched piece of a line below it.
        style = style._replace(justified=False)
    inches = printer.pageRect(QPrinter.Unit.Inch)
    page = QSizeF(inches.width() * _DOTS, inches.height() * _DOTS - _FOOT)
    document = _laid_out(sheet, style, page)
    count = document.pageCount()
    first, last = printer.fromPage() or 1, printer.toPage() or count
    painter = QPainter(printer)
    if not painter.isActive():
        return False
    scale = printer.resolution() / _DOTS
    painter.scale(scale, scale)
    for number in range(first, min(last, count) + 1):
        if number > first:
            printer.newPage()
        _paint(painter, document, number, page)
        _paint_foot(painter, page, source, f"{number} / {count}")
    return painter.end()


def _laid_out(sheet: Sheet, style: PageStyle, page: QSizeF) -> QTextDocument:
    document = new_document()
    document.setUseDesignMetrics(True)
    spacing = round(style.spacing * _SIZE / style.size)
    printed = style._replace(size=_SIZE, spacing=spacing)
    # What the screen marks for the mouse is not for paper.
    plain = sheet._replace(inferred="", text=sheet.text._replace(errata=()))
    set_sheet(document, plain, _Ink(), printed)
    document.setPageSize(page)
    return document


def _paint(painter: QPainter, document: QTextDocument, number: int, page: QSizeF) -> None:
    painter.save()
    top = (number - 1) * page.height()
    painter.translate(0, -top)
    document.drawContents(painter, QRectF(0, top, page.width(), page.height()))
    painter.restore()


def _paint_foot(painter: QPainter, page: QSizeF, source: str, number: str) -> None:
    """The citation at the left and the page's number at the right."""
    painter.setFont(theme.sans(_FOOT_FONT))
    painter.setPen(Qt.GlobalColor.black)
    line = QRectF(0, page.height() + _FOOT / 2, page.width(), _FOOT / 2)
    below = Qt.AlignmentFlag.AlignBottom
    painter.drawText(line, below | Qt.AlignmentFlag.AlignRight, number)
    room = int(page.width()) - _NUMBER_ROOM
    words = painter.fontMetrics().elidedText(source, Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, below | Qt.AlignmentFlag.AlignLeft, words)
