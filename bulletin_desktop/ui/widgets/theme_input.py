"""The one input for themes: completes by characters, pinyin and initials, and makes new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView

from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.recent_themes import RecentThemes
from bulletin_desktop.ui.widgets.theme_entries import BELOW, ENTRY, ROW, EntryPainter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services.completing import Completed
    from bulletin_desktop.ui.context import Context

_MOST = 8


class ThemeInput(QLineEdit):
    """A line in which themes are found and made; its list opens below it inside the window."""

    picked = Signal(int)
    created = Signal(str, object)  # a name or path, and the id of the theme above, or None
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._recent = RecentThemes(context)
        self._entries = QStandardItemModel(self)
        self._below: QStandardItem | None = None  # the row that makes a child
        self._list: QListView | None = None
        self._asked: str | None = None  # what an answer is wanted for
        self._answered: str | None = None  # what the rows are the answer to
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
            popup.setItemDelegate(EntryPainter(self._context, popup))
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.setAccessibleName(self._context.text("themes.completions"))
            popup.clicked.connect(self._take)
            popup.selectionModel().currentChanged.connect(self._name_child)
            popup.hide()
            self._list = popup
            self.window().installEventFilter(self)
        return self._list

    def restyle(self) -> None:
        """Forget the list; it is made anew in the colours that hold now."""
        self.close_list()
        if self._list is not None:
            self._list.deleteLater()
            self._list = None

    # Completions

    def _ask(self, typed: str) -> None:
        """Look for completions off the GUI thread; only the newest answer counts."""
        self._asked = typed
        known, recent = list(self._context.themes().values()), self._recent.ids()
        from bulletin_desktop.services import completing

        self._context.runner.read(
            "complete",
            lambda _: (typed, completing.complete(typed, known, recent)),
            self._show,
            ignore,
        )

    def _catch_up(self) -> None:
        """Keys may come faster than completions: look here and now for what is typed by now."""
        typed = self.text()
        if self._answered != typed:
            from bulletin_desktop.services import completing

            known = list(self._context.themes().values())
            self._fill(typed, completing.complete(typed, known, self._recent.ids()))
        self._asked = None

    def _show(self, answer: tuple[str, Sequence[Completed]]) -> None:
        typed, found = answer
        if typed == self._asked and self.hasFocus():
            self._fill(typed, found)
            self._open()

    def _fill(self, typed: str, found: Sequence[Completed]) -> None:
        """One row for each theme that fits, and for the new ones that the words may mean."""
        self._answered = typed
        self._below = None
        self._entries.clear()
        for entry in found:
            item = QStandardItem(entry.theme.name)
            item.setData(entry, ENTRY)
            self._entries.appendRow(item)
        name = typed.strip()
        if name and not self._named(name):
            self._offer_new(name)
        first = self._entries.index(0, 0) if name else QModelIndex()
        self._popup().setCurrentIndex(first)
        self._name_child(first)

    def _offer_new(self, name: str) -> None:
        *above, last = _parts(name)
        if above and not (above[-1] and last):
            return  # the path is not at its end yet
        code = "themes.input.child" if above else "themes.new"
        words = self._context.text(code, name=last, parent=above[-1] if above else "")
        self._entries.appendRow(QStandardItem(words))
        if not above:
            self._below = QStandardItem()
            self._entries.appendRow(self._below)

    def _named(self, name: str) -> bool:
        """Whether there is a theme of this name; the last one of a path stands for it."""
        last = _parts(name)[-1]
        return any(theme.name in (name, last) for theme in self._context.themes().values())

    def _name_child(self, current: QModelIndex) -> None:
        """The row that makes a child says below which theme: the current one, or the last used."""
        if self._below is None or current.row() == self._below.row():
            return
        entry: Completed | None = current.data(ENTRY) if current.isValid() else None
        last = self._recent.ids()[:1]
        parent = entry.theme.id if entry is not None else next(iter(last), None)
        if parent is None:
            self._drop_child()
            return
        name = self._context.themes()[parent].name
        words = self._context.text("themes.input.child", name=self.text().strip(), parent=name)
        self._below.setText(words)
        self._below.setData(parent, BELOW)

    def _drop_child(self) -> None:
        """No theme is at hand for the row; one that it has said already stays."""
        if self._below is not None and not self._below.text():
            self._entries.removeRow(self._below.row())
            self._below = None

    def _open(self) -> None:
        popup = self._popup()
        rows = self._entries.rowCount()
        if not rows:
            popup.hide()
            return
        corner = self.mapTo(self.window(), self.rect().bottomLeft())
        room = self.window().height() - corner.y() - 8
        height = min(min(rows, _MOST) * ROW + 4, room)
        popup.setGeometry(QRect(corner.x(), corner.y() + 4, self.width(), height))
        popup.show()
        popup.raise_()

    def close_list(self) -> None:
        """Hide the completions."""
        self._asked = self._answered = None
        if self._list is not None:
            self._list.hide()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose, Enter takes, Ctrl+Enter makes a child, Escape gives up."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            below = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._enter_child() if below else self._enter()
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
        popup = self._popup()
        if self.text().strip():
            self._catch_up()
        elif not popup.isVisible():
            return
        if popup.currentIndex().isValid():
            self._take(popup.currentIndex())

    def _enter_child(self) -> None:
        """Make a theme of the typed name below another one; where that cannot be, it is Enter."""
        if self.text().strip():
            self._catch_up()
            self._take(self._below.index()) if self._below is not None else self._enter()

    def _take(self, index: QModelIndex) -> None:
        entry: Completed | None = index.data(ENTRY)
        below: int | None = index.data(BELOW)
        name = self.text().strip()
        self.clear()
        self.close_list()
        self._below = None
        self._entries.clear()
        if entry is not None:
            self.picked.emit(entry.theme.id)
        elif name:
            self.created.emit(name, below)

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


def _parts(path: str) -> list[str]:
    from bulletin_desktop.services.tagging import PATH_MARK

    return [part.strip() for part in PATH_MARK.split(path)]
