"""The pages of an export before it is written, or the first words of one that has none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services.exporting import BY_NAME
from bulletin_desktop.ui import icons, theme
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.dialogs.export_pages import PageArea

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QHideEvent, QShowEvent

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.previewing import Picture, Preview
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import ExportOrder
    from bulletin_desktop.ui.jobs import Work

_PAUSE = 400  # milliseconds without a change, after which the preview follows
_PAGES, _DRAWN = "export preview", "export page"  # keys of jobs
_ENOUGH = 200_000  # characters
_LEAST_WIDTH = 240
_MARGIN, _TEXT = 16, 13  # pixels beside a text, and of its letters
_CELL = 96  # pixels from cell to cell of a workbook's rows


class ExportPreview(QWidget):
    """Follows what is chosen after a pause, off the GUI thread; what is out of date is dropped."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._order: ExportOrder | None = None
        self._preview: Preview | None = None
        self._page = 0
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words.setObjectName("hint")
        self._words.setWordWrap(True)
        self._words.setMargin(40)
        self._area = PageArea(context)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setFont(theme.sans(_TEXT))
        self._text.setTabStopDistance(_CELL)
        self._web = QTextBrowser(openLinks=False)
        for text in (self._text, self._web):
            text.document().setDocumentMargin(_MARGIN)
        self._stack = QStackedWidget()
        self._stack.setObjectName("exportPreview")
        for part in (self._words, self._area, self._text, self._web):
            self._stack.addWidget(part)
            part.setAccessibleName(context.text("export.preview"))
        self._back, self._on = self._button("left"), self._button("right")
        self._count, self._other = QLabel(), QLabel()
        self._wide = QToolButton()
        self._wide.setText(context.text("export.fit_width"))
        self._wide.setCheckable(True)
        self._lay_out()
        self._connect()
        self._draw_icons()
        self.setMinimumWidth(_LEAST_WIDTH)

    def _button(self, direction: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("headButton")
        made.setToolTip(self._context.text(f"export.page_{direction}"))
        made.setAccessibleName(made.toolTip())
        return made

    def _lay_out(self) -> None:
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(10, 6, 10, 6)
        bar.setSpacing(6)
        for part in (self._back, self._count, self._on):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self._other)
        bar.addWidget(self._wide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._bar)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self._back.clicked.connect(partial(self._area.turned.emit, -1))
        self._on.clicked.connect(partial(self._area.turned.emit, 1))
        self._area.turned.connect(self._turn)
        self._area.resized.connect(self._draw)
        self._wide.toggled.connect(self._draw)
        self._web.anchorClicked.connect(self._follow)
        self._context.restyled.connect(self._draw_icons)

    def _draw_icons(self) -> None:
        colour = self._context.tokens.colour("muted")
        self._back.setIcon(icons.icon("back", colour))
        self._on.setIcon(icons.icon("forward", colour))

    # Asking

    def want(self, order: ExportOrder) -> None:
        """Show, after a pause, what an order would write; other articles from their first page."""
        before, self._order = self._order, order
        if before and (before.scope, before.template) != (order.scope, order.template):
            self._page = 0
        self._context.runner.stop_counting(_PAGES)
        if order.format not in BY_NAME:
            self._timer.stop()
            self._say(self._context.text("export.no_preview"))
        elif self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was wanted meanwhile comes when it is seen."""
        super().showEvent(event)
        if self._order is not None:
            self.want(self._order)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.stop()

    def stop(self) -> None:
        """End the work that is under way; the dialog closes, or there is no room."""
        self._timer.stop()
        for key, stop in ((_PAGES, self._context.runner.stop_counting),
                          (_DRAWN, self._context.runner.stop_reading)):  # fmt: skip
            stop(key)
        self._forget()

    def _forget(self) -> None:
        """Give the pages back, after what is being drawn of them."""
        preview, self._preview = self._preview, None
        if preview is not None:
            self._context.runner.read("", lambda _: preview.close(), ignore)

    def _ask(self) -> None:
        order = self._order
        assert order is not None
        if self._stack.currentWidget() is self._words:
            self._say(self._context.text("export.preview_soon"))
        paged = BY_NAME[order.format].kind == "pages"
        verb = partial(_pages if paged else _words, order, self._context.catalogue)
        done = self._on_pages if paged else self._on_words
        self._context.runner.count(_PAGES, verb, done, self._on_error)

    def _on_error(self, error: KnownError) -> None:
        self._say(self._context.explain(error))

    def tell(self, words: str) -> None:
        """Say beside the page what else goes on; "" for nothing."""
        self._other.setText(words)

    def _say(self, words: str) -> None:
        self._forget()
        self._words.setText(words)
        self._show(self._words)

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._bar.setVisible(part is self._area)

    # Texts

    def _on_words(self, words: str | None) -> None:
        if words is None or self._order is None:
            return
        self._forget()
        if self._order.format == "html":
            self._web.setHtml(words)
            self._show(self._web)
        else:
            modes, rows = QPlainTextEdit.LineWrapMode, self._order.format == "xlsx"
            self._text.setLineWrapMode(modes.NoWrap if rows else modes.WidgetWidth)
            self._text.setPlainText(words)
            self._show(self._text)

    def _follow(self, link: QUrl) -> None:
        """Go where a link of the page leads in it; it leads nowhere else from here."""
        self._web.scrollToAnchor(link.fragment())

    # Pages

    def _on_pages(self, preview: Preview | None) -> None:
        if preview is None:
            return
        self._forget()
        self._preview = preview
        self._page = min(self._page, preview.count - 1)
        self._draw()

    def _turn(self, by: int) -> None:
        preview = self._preview
        if preview is not None:
            self._page = max(0, min(preview.count - 1, self._page + by))
            self._draw()

    def _draw(self) -> None:
        """Have the page drawn at the size that there is room for."""
        preview = self._preview
        if preview is None:
            return
        room = self._area.room() * self.devicePixelRatioF()
        verb = partial(_drawn, preview, self._page, room, wide=self._wide.isChecked())
        self._context.runner.read(_DRAWN, verb, self._on_drawn)

    def _on_drawn(self, picture: Picture) -> None:
        preview = self._preview
        if preview is None:
            return
        self._area.show_page(picture_of(picture, self.devicePixelRatioF()))
        code = "export.page" if preview.whole else "export.page_of_first"
        words = self._context.text(code, page=self._page + 1, pages=preview.count)
        self._count.setText(words)
        self._area.setAccessibleDescription(words)
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page < preview.count - 1)
        self._show(self._area)


def picture_of(picture: Picture, ratio: float = 1.0) -> QPixmap:
    """A drawn page for the screen."""
    image = QImage(picture.data, picture.width, picture.height, QImage.Format.Format_RGB32)
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


def _pages(order: ExportOrder, catalogue: Catalogue, library: Library) -> Work:
    from bulletin_desktop.services import previewing

    return previewing.preview(library, order.scope, order.choices, catalogue, order.template)


def _words(order: ExportOrder, catalogue: Catalogue, library: Library) -> Work:
    from bulletin_desktop.services import previewing

    return previewing.sample(
        library, order.scope, order.choices, catalogue, order.format, order.template, _ENOUGH
    )


def _drawn(preview: Preview, page: int, room: QSize, _: Library, *, wide: bool) -> Picture:
    """A page as wide as the room, or so that all of it is seen."""
    width, height = preview.size(page)
    whole = room.height() * width / height
    return preview.page(page, max(1, round(room.width() if wide else min(room.width(), whole))))
