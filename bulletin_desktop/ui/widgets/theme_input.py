"""The one input for themes: completes by characters, pinyin and initials, and makes new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
)

from bulletin_desktop.ui import theme
from bulletin_desktop.ui.widgets.row_painter import chip, paint_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import (
        QObject,
        QPersistentModelIndex,
    )
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
    )
    from PySide6.QtWidgets import (
        QStyleOptionViewItem,
        QWidget,
    )

    from bulletin_desktop.services.completing import Completed
    from bulletin_desktop.ui.context import Context

_ROW = 30
_MOST = 8
ENTRY = Qt.ItemDataRole.UserRole


class _EntryPainter(QStyledItemDelegate):
    """A completion: square, name, reading, digit key."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows of one height."""
        return QSize(100, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one completion."""
        from bulletin_desktop.ui.widgets.row_state import row_state

        tokens = self._context.tokens
        entry: Completed | None = index.data(ENTRY)
        row = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, row, row_state(option), tokens, focused=True)
        painter.setFont(theme.sans(13))
        left = row.left() + 10
        right = row.right() - 10
        if entry is not None:
            left = chip(painter, QColor(entry.theme.colour), left, row) + 7
            right = self._key(painter, entry, row, right)
        self._words(painter, index, entry, QRect(left, row.top(), right - left, row.height()))
        painter.restore()

    def _key(self, painter: QPainter, entry: Completed, row: QRect, right: int) -> int:
        if entry.theme.key is None:
            return right
        box = QRect(right - 17, row.center().y() - 8, 17, 17)
        painter.setPen(QPen(self._context.tokens.colour("scroll"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._context.tokens.colour("faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.theme.key)
        return box.left() - 8

    def _words(
        self,
        painter: QPainter,
        index: QModelIndex | QPersistentModelIndex,
        entry: Completed | None,
        box: QRect,
    ) -> None:
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._context.tokens.colour("text"))
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, middle, name)
        if entry is not None and entry.reading:
            rest = box.adjusted(metrics.horizontalAdvance(name) + 6, 0, 0, 0)
            painter.setPen(self._context.tokens.colour("faint"))
            reading = metrics.elidedText(entry.reading, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, reading)


class ThemeInput(QLineEdit):
    """A line in which themes are found and made; its list opens below it inside the window."""

    picked = Signal(int)
    created = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries = QStandardItemModel(self)
        self._list: QListView | None = None
        self._asked = ""
        self._wanted_enter = False
        self.textEdited.connect(self._ask)

    def _popup(self) -> QListView:
        """The list is a child of the window, so it never takes the keyboard from the input."""
        if self._list is None:
            popup = QListView(self.window())
            popup.setFrameShape(QFrame.Shape.NoFrame)
            popup.setObjectName("completions")
            tokens = self._context.tokens
            popup.setStyleSheet(
                f"QListView {{ background: {tokens['paper']}; border: 1px solid {tokens['line']};"
                " border-radius: 6px; }"
            )
            popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            popup.setModel(self._entries)
            popup.setItemDelegate(_EntryPainter(self._context, popup))
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setAccessibleName(self._context.text("themes.completions"))
            popup.clicked.connect(self._take)
            self._list = popup
            self.window().installEventFilter(self)
        return self._list

    def restyle(self) -> None:
        """Forget the list; it is made anew in the colours that hold now."""
        if self._list is not None:
            self._list.deleteLater()
            self._list = None

    # Completions

    def _ask(self, typed: str) -> None:
        """Look for completions off the GUI thread; only the newest answer counts."""
        self._asked = typed
        known = list(self._context.themes().values())
        from bulletin_desktop.services import completing

        self._context.runner.think(
            "complete",
            lambda _: (typed, completing.complete(typed, known)),
            self._show,
        )

    def _show(self, answer: tuple[str, Sequence[Completed]]) -> None:
        typed, found = answer
        if typed != self._asked or not self.hasFocus():
            return
        self._entries.clear()
        for entry in found:
            item = QStandardItem(entry.theme.name)
            item.setData(entry, ENTRY)
            self._entries.appendRow(item)
        name = typed.strip()
        if name and all(entry.theme.name != name for entry in found):
            self._entries.appendRow(QStandardItem(self._context.text("themes.new", name=name)))
        self._open()
        if self._wanted_enter:
            self._wanted_enter = False
            self._accept()

    def _open(self) -> None:
        popup = self._popup()
        rows = self._entries.rowCount()
        if not rows:
            popup.hide()
            return
        corner = self.mapTo(self.window(), self.rect().bottomLeft())
        height = min(rows, _MOST) * _ROW + 4
        room = self.window().height() - corner.y() - 8
        popup.setGeometry(corner.x(), corner.y() + 4, self.width(), min(height, room))
        popup.setCurrentIndex(self._entries.index(0, 0) if self.text().strip() else QModelIndex())
        popup.show()
        popup.raise_()

    def close_list(self) -> None:
        """Hide the completions."""
        if self._list is not None:
            self._list.hide()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose, Enter takes, Escape gives up."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        popup = self._popup()
        if not popup.isVisible():
            self._ask(self.text())
            return
        row = popup.currentIndex().row() + step
        popup.setCurrentIndex(self._entries.index(row % max(1, self._entries.rowCount()), 0))

    def _enter(self) -> None:
        """Enter may come before the answer to what was typed last; then it waits for it."""
        if not self.text().strip():
            popup = self._popup()
            if popup.isVisible() and popup.currentIndex().isValid():
                self._take(popup.currentIndex())
            return
        if self._popup().isVisible() and self._asked == self.text() and self._answered():
            self._accept()
        else:
            self._wanted_enter = True
            self._ask(self.text())

    def _answered(self) -> bool:
        return self._entries.rowCount() > 0

    def _accept(self) -> None:
        index = self._popup().currentIndex()
        if index.isValid():
            self._take(index)

    def _take(self, index: QModelIndex) -> None:
        entry: Completed | None = index.data(ENTRY)
        name = self.text().strip()
        self.clear()
        self.close_list()
        self._entries.clear()
        if entry is not None:
            self.picked.emit(entry.theme.id)
        elif name:
            self.created.emit(name)

    def _escape(self) -> None:
        if self._list is not None and self._list.isVisible():
            self.close_list()
            return
        self.clear()
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show all themes to choose from."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._ask(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list."""
        super().focusOutEvent(event)
        self.close_list()

    def mousePressEvent(self, event: object) -> None:
        """A click opens the list again."""
        super().mousePressEvent(event)  # type: ignore[arg-type]
        if self._list is None or not self._list.isVisible():
            self._ask(self.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would stay behind when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.close_list()
        return super().eventFilter(watched, event)
