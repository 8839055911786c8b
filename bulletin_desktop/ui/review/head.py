"""Over the text: the file, its encoding, what was said of reading it, and the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from bulletin_desktop.ui.models.reviewed_model import name_of
from bulletin_desktop.ui.review.encoding import EncodingBox
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Layout
    from bulletin_desktop.ui.context import Context


class ReviewHead(QWidget):
    """Tells of the document that is shown."""

    def __init__(self, context: Context, menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("reviewHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self.name = ElidedLabel()
        self.name.setObjectName("reviewName")
        self.remarks = ElidedLabel()
        self.remarks.setObjectName("crumbs")
        self._words = QLabel(context.text("encoding.name"))
        self._words.setObjectName("crumbs")
        self.encoding = EncodingBox(context)
        self.menu = QToolButton()
        self.menu.setText(f"{context.text('menu.correct')}  ▾")
        self.menu.setAccessibleName(context.text("menu.correct"))
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(self.name, 2)
        row.addWidget(self.remarks, 3)
        for widget in (self._words, self.encoding, self.menu):
            row.addWidget(widget)

    def show_layout(self, layout: Layout | None) -> None:
        """Tell of another document; one without an encoding of its own has none to choose."""
        encoding = layout.encoding if layout is not None else None
        for widget in (self._words, self.encoding):
            widget.setVisible(encoding is not None)
        if encoding is not None:
            self.encoding.show_encoding(encoding)
        self.name.setText(name_of(layout.path) if layout is not None else "")
        self.name.setToolTip(layout.path if layout is not None else "")
        words = self._remarks(layout) if layout is not None else []
        self.remarks.setText(" ".join(words))
        self.remarks.setToolTip("\n".join(words))

    def _remarks(self, layout: Layout) -> list[str]:
        """What was said of the reading, and corrections that found no place."""
        words = [self._context.catalogue.message(remark) for remark in layout.remarks]
        lost = [made for made in layout.corrections if not made.placed]
        if lost:
            quotes = " ".join(
                self._context.text("review.lost_quote", quote=made.quote) for made in lost
            )
            words.append(self._context.text("review.lost", n=len(lost), quotes=quotes))
        return words
