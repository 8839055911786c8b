"""Choosing a unit, or several, by characters, pinyin or initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
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

from bulletin_desktop.services import completing, units

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services.completing import Found
    from bulletin_desktop.ui.context import Context

_KEY = Qt.ItemDataRole.UserRole
_JOIN = "、"
_SIZE = (460, 420)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


def pick_unit(
    context: Context, parent: QWidget, code: str, hidden: Collection[str], *, top: bool = False
) -> str | None:
    """Ask for a unit but the hidden ones; its key, "" for the top, None where none was chosen."""
    dialog = UnitPicker(context, context.text(code).rstrip("…"), parent, hidden, top=top)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.picked if accepted else None


def pick_units(
    context: Context, parent: QWidget, title: str, chosen: Sequence[str]
) -> list[str] | None:
    """Ask for any number of units, new ones too; None where the user goes back."""
    dialog = UnitPicker(context, title, parent, several=chosen)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.keys() if accepted else None


class UnitPicker(QDialog):
    """A field, and the units that fit what is typed in it; with ``several``, the names stand in
    the field one after another.
    """

    def __init__(
        self, context: Context, title: str, parent: QWidget, hidden: Collection[str] = (),
        *, top: bool = False, several: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context = context
        self._known = context.units()
        self._several = several is not None
        self._entries = [(x.key, x.name) for x in self._known.all() if x.key not in hidden]
        if top:
            self._entries.insert(0, ("", context.text("unit.top")))
        self._asked = ""
        self._answered = False
        self._wanted_enter = False
        self.picked: str | None = None
        self.setWindowTitle(title)
        names = [self._known.units[key].name for key in several or ()]
        self.field = QLineEdit(_JOIN.join(names))
        self.list = QListWidget()
        self.take = QPushButton(context.text("unit.take"), default=True)
        self._cancel = QPushButton(context.text("export.cancel"), autoDefault=False)
        self._lay_out(title)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._ask)
        self.list.itemActivated.connect(self._enter)
        self.take.clicked.connect(self._enter)
        self._cancel.clicked.connect(self.reject)
        self._show(("", completing.find("", self._labels())))
        if self._several:
            self.field.selectAll()
            self.list.setCurrentRow(-1)

    def _lay_out(self, title: str) -> None:
        text = self._context.text
        hint = QLabel(text("unit.several_hint" if self._several else "unit.one_hint"))
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        self.field.setPlaceholderText(text("unit.field"))
        self.field.setAccessibleName(title)
        self.list.setObjectName("unitTable")
        self.list.setAccessibleName(text("unit.list"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.take)
        self.take.setObjectName("primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(hint)
        layout.addLayout(buttons)
        self.resize(*_SIZE)

    def _labels(self) -> list[str]:
        return [name for _, name in self._entries]

    # Finding

    def _typed(self) -> str:
        """The name at hand: all of the field, or what stands after the last mark."""
        text = self.field.text()
        return (text.rpartition(_JOIN)[2] if self._several else text).strip()

    def _ask(self) -> None:
        self._asked, self._answered = self._typed(), False
        wanted, labels = self._asked, self._labels()
        self._context.runner.think(
            "units", lambda _: (wanted, completing.find(wanted, labels)), self._show
        )

    def _show(self, answer: tuple[str, Sequence[Found]]) -> None:
        wanted, found = answer
        if wanted != self._asked:
            return
        self._answered = True
        self.list.clear()
        for one in found:
            key, name = self._entries[one.index]
            item = QListWidgetItem(self._words(key, name))
            item.setData(_KEY, (key, name))
            self.list.addItem(item)
        if self._several and wanted and all(name != wanted for _, name in self._entries):
            item = QListWidgetItem(self._context.text("unit.new", name=wanted))
            item.setData(_KEY, (None, wanted))
            self.list.addItem(item)
        self.list.setCurrentRow(0 if wanted or not self._several else -1)
        if self._wanted_enter:
            self._wanted_enter = False
            self._enter()

    def _words(self, key: str, name: str) -> str:
        """A name, with that of the unit above it where it does not begin with it."""
        above = self._known.units[key].parent if key else None
        upper = self._known.units[above].name if above is not None else ""
        return name if name.startswith(upper) else f"{name}　·　{upper}"

    # Choosing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list's keys are pressed in the field."""
        if event.type() == QEvent.Type.KeyPress and watched is self.field:
            return self._on_key(event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS and self.list.count():
            row = self.list.currentRow() + _STEPS[key]
            self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        return False

    def _enter(self) -> None:
        """Take the current row: the choice itself, or the next name of several. Enter may come
        before the answer to what was typed last; then it waits for it.
        """
        if not self._answered:
            self._wanted_enter = True
            return
        item = self.list.currentItem()
        if not self._several:
            if item is not None:
                self.picked = item.data(_KEY)[0]
                self.accept()
            return
        name = item.data(_KEY)[1] if item is not None else self._typed()
        if name == self._typed():
            self.accept()
        else:
            before = self.field.text().rpartition(_JOIN)[:2]
            self.field.setText("".join(before) + name)

    def keys(self) -> list[str]:
        """The units whose names stand in the field; new ones get a key."""
        names = (name.strip() for name in self.field.text().split(_JOIN))
        return list(dict.fromkeys(units.key_of(self._known, name) for name in names if name))
