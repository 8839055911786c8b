"""The names of a unit: its own, others that mean it, and how bulletins print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.services import units

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.ui.context import Context

_SIZE = (440, 400)


class UnitNamesDialog(QDialog):
    """A list of names, of which those that the user gave can be taken away; a field for more."""

    def __init__(self, context: Context, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._key = key
        self.setWindowTitle(context.text("action.unit_names").rstrip("…"))
        self.head = QLabel()
        self.head.setObjectName("heading")
        self.list = QListWidget()
        self.words = QLabel(context.text("unit.names_hint"))
        self.field = QLineEdit()
        self.add = QPushButton(context.text("unit.add_name"), default=True)
        self.remove = QPushButton(context.text("unit.remove_name"), autoDefault=False)
        self._close = QPushButton(context.text("notice.close"), autoDefault=False)
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self._close.clicked.connect(self.accept)
        self.list.currentItemChanged.connect(self._offer)
        delete = QShortcut(QKeySequence("Del"), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        context.regrouped.connect(self._on_regrouped)
        context.failed.connect(self._on_failure)
        self._fill()
        self.field.setFocus()

    def _lay_out(self) -> None:
        text = self._context.text
        self.list.setObjectName("unitTable")
        self.list.setAccessibleName(self.windowTitle())
        self.words.setObjectName("hint")
        self.words.setWordWrap(True)
        self.field.setPlaceholderText(text("unit.other_name"))
        self.field.setAccessibleName(text("unit.other_name"))
        entry = QHBoxLayout()
        entry.addWidget(self.field, 1)
        entry.addWidget(self.add)
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.head)
        layout.addLayout(entry)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.words)
        layout.addLayout(row)
        self.resize(*_SIZE)

    def _fill(self) -> None:
        unit = self._context.units().units[self._key]
        self.head.setText(unit.name)
        self.list.clear()
        for name in unit.names:
            self.list.addItem(name)
        muted = self._context.tokens.colour("muted")
        for source in dict.fromkeys(printed.source for printed in unit.printed):
            item = QListWidgetItem(self._context.text("unit.as_printed", name=source))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setForeground(muted)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if unit.names else -1)
        self._offer()

    def _offer(self) -> None:
        item = self.list.currentItem()
        self.remove.setEnabled(item is not None and bool(item.flags() & _TAKEABLE))

    def _on_regrouped(self) -> None:
        if self._key in self._context.units().units:
            self._fill()
        else:  # undone in the window behind, or by another program
            self.reject()

    def _on_failure(self, error: KnownError) -> None:
        self.words.setText(self._context.explain(error))

    def _add(self) -> None:
        key, name = self._key, self.field.text()
        if name.strip():
            self._context.act(lambda library: units.add_name(library, key, name), self.field.clear)

    def _remove(self) -> None:
        item, key = self.list.currentItem(), self._key
        if self.remove.isEnabled() and item is not None:
            name = item.text()
            self._context.act(lambda library: units.remove_name(library, key, name))


_TAKEABLE = Qt.ItemFlag.ItemIsSelectable
