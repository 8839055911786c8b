"""Printing the pages of an export, one after the other, without holding up the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from bulletin_desktop.ui.context import ignore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.previewing import Picture, Preview
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import ExportOrder
    from bulletin_desktop.ui.jobs import Work

_LAID_OUT, _DRAWN = "export print", "export printed page"  # keys of jobs
_DOTS = 300  # an inch
_POINTS = 72


class PagePrinter(QObject):
    """Lays all pages out, asks for the printer, and prints."""

    told = Signal(str)  # how far it is, "" at the end
    ended = Signal()

    def __init__(self, context: Context, order: ExportOrder, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._order = order
        self._window = parent
        self._preview: Preview | None = None
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._painter = QPainter()
        self._page = self._last = 0

    def start(self) -> None:
        """Begin; ``ended`` comes in any case."""
        self.told.emit(self._context.text("export.print_layout"))
        verb = partial(_all_pages, self._order, self._context.catalogue)
        self._context.runner.count(_LAID_OUT, verb, self._on_pages, self._on_error)

    def stop(self) -> None:
        """Print no further page."""
        if self._painter.isActive():
            self._printer.abort()
        self._end()

    def _on_error(self, error: KnownError) -> None:
        self._end()
        self.told.emit(self._context.explain(error))

    def _on_pages(self, preview: Preview | None) -> None:
        self._preview = preview
        if preview is None or not self._ask(preview):
            self._end()
            return
        self._page = (self._printer.fromPage() or 1) - 1
        self._last = min(self._printer.toPage() or preview.count, preview.count) - 1
        if self._painter.begin(self._printer):
            self._draw()
        else:
            self._end()
            self.told.emit(self._context.text("print.failed"))

    def _ask(self, preview: Preview) -> bool:
        """The printer and the pages; the paper is that of the pages, up to its edges."""
        width, height = preview.size(0)
        upright = width <= height
        paper = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
        ways = QPageLayout.Orientation
        way = ways.Portrait if upright else ways.Landscape
        self._printer.setDocName(self._order.choices.title)
        self._printer.setPageLayout(QPageLayout(paper, way, QMarginsF()))
        self._printer.setFullPage(True)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setWindowTitle(self._context.text("export.print").rstrip("…"))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, preview.count)
        sure = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return bool(sure)

    def _draw(self) -> None:
        assert self._preview is not None
        words = {"page": self._page + 1, "pages": self._preview.count}
        self.told.emit(self._context.text("export.printing", **words))
        verb = partial(_drawn, self._preview, self._page)
        self._context.runner.read(_DRAWN, verb, self._on_drawn)

    def _on_drawn(self, picture: Picture) -> None:
        if not self._painter.isActive():
            return
        image = QImage(picture.data, picture.width, picture.height, QImage.Format.Format_RGB32)
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        self._painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image)
        self._page += 1
        if self._page > self._last or not self._printer.newPage():
            self._end()
        else:
            self._draw()

    def _end(self) -> None:
        self._context.runner.stop_counting(_LAID_OUT)
        self._context.runner.stop_reading(_DRAWN)
        if self._painter.isActive():
            self._painter.end()
        preview, self._preview = self._preview, None
        if preview is not None:
            self._context.runner.read("", lambda _: preview.close(), ignore)
        self.told.emit("")
        self.ended.emit()
        self.deleteLater()


def _all_pages(order: ExportOrder, catalogue: Catalogue, library: Library) -> Work:
    from bulletin_desktop.services import previewing

    return previewing.preview(library, order.scope, order.choices, catalogue, order.template, None)


def _drawn(preview: Preview, page: int, _: Library) -> Picture:
    return preview.page(page, round(preview.size(page)[0] / _POINTS * _DOTS))
