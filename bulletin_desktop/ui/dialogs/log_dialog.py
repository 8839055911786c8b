"""What all lists of what was done have in common: a filter, a table that follows, a foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
)

from bulletin_desktop.ui.dialogs.parts import shortcut
from bulletin_desktop.ui.models.log_model import LogModel
from bulletin_desktop.ui.widgets.keeps_hue import KeepsHue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.log_model import Line

_SIZE = QSize(760, 560)
_FRAME = QSize(40, 60)  # what the desktop wants around a dialog


class LogDialog(QDialog):
    """A table of lines, read off the GUI thread whenever the library changes.

    A kind of it says what the lines are in ``lines``, which is called on another thread.
    """

    def __init__(
        self, context: Context, parent: QWidget, title: str, columns: Sequence[tuple[str, int]]
    ) -> None:
        """``columns`` are codes with widths in pixels, 0 for what is left."""
        super().__init__(parent)
        self._context = context
        self._widths = [width for _, width in columns]
        self.setWindowTitle(title)
        self.rows = LogModel(context, [code for code, _ in columns], self)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.table = QTreeView()
        self.said = QLabel()
        self._error = ""
        self.buttons = QHBoxLayout()
        self.close_button = QPushButton(context.text("notice.close"), autoDefault=False)
        self._lay_out()
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.close_button.clicked.connect(self.close)
        shortcut("Ctrl+F", self, self.filter.setFocus)
        context.changed.connect(self._on_change)
        context.failed.connect(self._on_failure)
        self.read()

    def lines(self, library: Library) -> list[Line]:
        """What to show, the newest first."""
        raise NotImplementedError

    def words(self) -> str:
        """What is said below the table."""
        return ""

    def _lay_out(self) -> None:
        text = self._context.text
        self.filter.setPlaceholderText(text("log.filter"))
        self.filter.setAccessibleName(text("log.filter"))
        self.table.setModel(self.rows)
        self.table.setObjectName("unitTable")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setItemDelegate(KeepsHue(self.table))
        self.table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        header = self.table.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(self._widths):
            fixed, rest = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, fixed if width else rest)
            header.resizeSection(column, width)
        self.said.setObjectName("hint")
        self.said.setWordWrap(True)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)
        self.layers = QVBoxLayout(self)
        self.layers.setContentsMargins(20, 18, 20, 16)
        self.layers.setSpacing(10)
        self.layers.addWidget(self.filter)
        self.layers.addWidget(self.table, 1)
        self.layers.addWidget(self.said)
        self.layers.addLayout(self.buttons)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def button(self, code: str, key: str, deed: Callable[[], None]) -> QPushButton:
        """A button below the table, with the key that does the same in the table."""
        text = self._context.text
        words = text("unit.button", words=text(code), key=key) if key else text(code)
        made = QPushButton(words, autoDefault=False)
        made.clicked.connect(deed)
        self.buttons.insertWidget(self.buttons.count() - 2, made)
        for each in ("Return", "Enter") if key == "Enter" else (key,):
            if each:
                shortcut(each, self.table, deed)
        return made

    def act(self, verb: Callable[[Library], Change]) -> None:
        """Change the library; what was wrong before is forgotten."""
        self._error = ""
        self._context.act(verb)

    # Rows

    @property
    def current(self) -> Line | None:
        """The line where the keyboard is."""
        return self.rows.line(self.table.currentIndex().row())

    def read(self) -> None:
        """Show what there is now."""
        self._context.runner.read(type(self).__name__, self.lines, self._show, self._on_failure)

    def _show(self, lines: list[Line]) -> None:
        current, at = self.current, self.table.verticalScrollBar().value()
        row = self.table.currentIndex().row()
        self.rows.show(lines)
        for column, width in enumerate(self._widths):
            self.table.setColumnHidden(column, bool(width) and not self.rows.has_words(column))
        found = self.rows.row_of(current.of) if current is not None else self.rows.present_row
        self._go(found if found >= 0 else min(row, self.rows.rowCount() - 1))
        if current is not None:
            self.table.verticalScrollBar().setValue(at)
        self.said.setText(self._error or self.words())
        self.on_shown()

    def on_shown(self) -> None:
        """Follow up on other lines having come."""

    def _go(self, row: int) -> None:
        self.table.setCurrentIndex(self.rows.index(row, 0))

    def _narrow(self, words: str) -> None:
        current = self.current
        self.rows.narrow(words)
        self._go(max(0, self.rows.row_of(current.of) if current is not None else 0))

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and change.topics - {"reading"}:
            self.read()

    def _on_failure(self, error: KnownError) -> None:
        self._error = self._context.explain(error)
        self.said.setText(self._error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Read no more."""
        self._context.runner.stop_reading(type(self).__name__)
        super().closeEvent(event)
