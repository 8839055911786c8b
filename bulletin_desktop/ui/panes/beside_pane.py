"""A second page beside the first: an article that stays while one reads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_desktop.ui import icons
from bulletin_desktop.ui.panes.reader_head import HEIGHT, head_button
from bulletin_desktop.ui.reader.page_view import PageView
from bulletin_desktop.ui.reader.style import page_style
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.compare_bar import CompareBar
    from bulletin_desktop.ui.reader.page import Sheet

_LEAST_WIDTH = 160


class BesidePane(QWidget):
    """The page, and a head with its title."""

    swapped = Signal()
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("besidePane")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._context = context
        self.sheet: Sheet | None = None
        self.page = PageView(page_style(context.settings))
        self.page.setAccessibleName(context.text("reader.beside"))
        self._title = ElidedLabel()
        self._title.setObjectName("crumbs")
        self._swap = head_button()
        self._close = head_button()
        self._swap.clicked.connect(self.swapped)
        self._close.clicked.connect(self.closed)
        for button, code in ((self._swap, "reader.swap"), (self._close, "reader.unpin")):
            button.setToolTip(context.text(code))
            button.setAccessibleName(context.text(code))
        self._head = QWidget()
        self._bar: CompareBar | None = None
        self._lay_out()
        self._draw()
        context.restyled.connect(self._draw)

    def _lay_out(self) -> None:
        self._head.setObjectName("besideHead")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self._title, 1)
        row.addWidget(self._swap)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.page, 1)

    def _draw(self) -> None:
        colour = self._context.tokens.colour("muted")
        self._swap.setIcon(icons.icon("swap", colour))
        self._close.setIcon(icons.icon("close", colour))

    def follow(self, control: QWidget) -> None:
        """Have Tab come here from a control that stands before it."""
        tab_through([control, self._swap, self._close, self.page])

    @property
    def article(self) -> int:
        """The id of the article that is pinned; 0 before any is."""
        return self.sheet.text.article.id if self.sheet is not None else 0

    def show_sheet(self, sheet: Sheet, place: int) -> None:
        """Pin an article."""
        self.sheet = sheet
        title = sheet.text.article.heading or self._context.text("tree.untitled")
        self._title.setText(title)
        self._title.setToolTip(title)
        self.page.wear(self._context.paper, self._context.tokens)
        self.page.show_sheet(sheet, self._context.paper, place)

    @property
    def bar(self) -> CompareBar:
        """The line that says how the pages compare, made when they first do."""
        if self._bar is None:
            from bulletin_desktop.ui.panes.compare_bar import CompareBar

            self._bar = CompareBar(self._context)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self._bar)
            tab_through([self._close, *self._bar.controls(), self.page])
        return self._bar

    def end_comparison(self) -> None:
        """Say no more how the pages compare."""
        if self._bar is not None:
            self._bar.hide()
        self.page.set_marks((), self._context.paper)

    def set_airy(self, airy: bool) -> None:
        """Leave nothing but the page, or bring the head back."""
        self._head.setVisible(not airy)
        self.page.set_airy(airy)
