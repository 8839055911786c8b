"""The page of the settings on which every action's keys can be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.ui import actions, settings
from bulletin_desktop.ui.actions import GROUPS, RESERVED, Act
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.key_edit import KeyEdit
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.settings import Setting

_NAME = Qt.ItemDataRole.UserRole  # an action's name, in its row
_KEYS_WIDTH = 210
_CHANGED_WIDTH = 90


class KeysPage(QWidget):
    """All actions with their keys; below, the chosen one's keys to take off and to add."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.filter.setPlaceholderText(context.text("keys.filter"))
        self.filter.setAccessibleName(context.text("keys.filter"))
        self.list = KeyTable(context)
        self.panel = KeyPanel(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.panel)
        self.filter.textChanged.connect(self.list.narrow)
        self.list.chosen.connect(self.panel.show_act)
        self.list.activated.connect(self.panel.await_key)
        self.panel.left.connect(self.list.setFocus)
        self.list.choose_first()

    def restore(self) -> None:
        """Give every action its own keys again."""
        actions.usual_keys(self._context.settings)


def _cell(words: str = "") -> QStandardItem:
    """A cell to be read; for one that could be edited Qt would call the input method."""
    made = QStandardItem(words)
    made.setEditable(False)
    return made


class KeyTable(QTreeView):
    """The actions by group, each with its keys in force."""

    chosen = Signal(object)  # Act, or None where a group is chosen

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._cells: dict[Act, tuple[QStandardItem, QStandardItem]] = {}
        self._shown = QSortFilterProxyModel(self)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setRecursiveFilteringEnabled(True)
        self._shown.setAutoAcceptChildRows(True)
        self._shown.setSourceModel(self._fill())
        self.setModel(self._shown)
        self.setObjectName("keyTable")
        self.setAccessibleName(context.text("keys.list"))
        self.setToolTip(context.text("keys.hint"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._set_widths()
        self._open()
        self.selectionModel().currentChanged.connect(self._on_current)
        context.settings.changed.connect(self._on_setting)

    def _fill(self) -> QStandardItemModel:
        model = QStandardItemModel(0, 3, self)
        heads: dict[str, QStandardItem] = {}
        for group in GROUPS:
            heads[group] = _cell(self._context.text(f"menu.{group}"))
            heads[group].setSelectable(False)
            font = heads[group].font()
            font.setBold(True)
            heads[group].setFont(font)
            model.appendRow(heads[group])
        for act in Act:
            name = _cell(self._context.text(act.code).rstrip("…"))
            name.setData(act.name, _NAME)
            self._cells[act] = (_cell(), _cell())
            heads[act.value.group].appendRow([name, *self._cells[act]])
            self._write(act)
        return model

    def _write(self, act: Act) -> None:
        keys, changed = self._cells[act]
        keys.setText(native(actions.keys_of(act, self._context.settings)))
        usual = actions.keys_of(act, self._context.settings) == act.value.keys
        changed.setText("" if usual else self._context.text("keys.changed"))

    def _set_widths(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, _KEYS_WIDTH), (2, _CHANGED_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)

    def _open(self) -> None:
        self.expandAll()
        for row in range(self._shown.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)

    def narrow(self, words: str) -> None:
        """Show what has these words in its group, its name or its keys."""
        self._shown.setFilterFixedString(words.strip())
        self._open()
        self.choose_first()

    def choose_first(self) -> None:
        """Make the first action that is shown the current one."""
        first = self._shown.index(0, 0, self._shown.index(0, 0))
        if first.isValid():
            self.setCurrentIndex(first)
            self.scrollToTop()

    def _on_current(self, current: QModelIndex) -> None:
        name = current.siblingAtColumn(0).data(_NAME)
        self.chosen.emit(Act[name] if name else None)

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.KEYS:
            for act in Act:
                self._write(act)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A list without rows says so."""
        super().paintEvent(event)
        if not self._shown.rowCount():
            paint_hint(self.viewport(), self._context.tokens, self._context.text("keys.none"))


class KeyPanel(QWidget):
    """The keys of one action; a clash is said at once, with the choice to take the key over."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._act: Act | None = None
        self._wanted: tuple[str, ...] = ()
        self._name = QLabel()
        self._name.setObjectName("heading")
        self.clear = _link(context.text("keys.clear"))
        self.default = _link(context.text("keys.default"))
        self._keys = QWidget()
        self._flow = FlowLayout(self._keys)
        self.field = KeyEdit(context)
        self.words = QLabel()
        self.words.setObjectName("clash")
        self.words.setWordWrap(True)
        self.leave = _button(context.text("keys.leave"))
        self.take = _button(context.text("keys.take"))
        self._lay_out()
        self.field.pressed.connect(self._add)
        self.field.left.connect(self.left)
        self.clear.clicked.connect(self._clear)
        self.default.clicked.connect(self._restore)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._leave)
        context.settings.changed.connect(self._on_setting)
        self._say("")

    def _lay_out(self) -> None:
        head, row, clash = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self.clear)
        head.addWidget(self.default)
        row.addWidget(self._keys, 1)
        row.addWidget(self.field)
        self.field.setFixedWidth(_KEYS_WIDTH)
        clash.addWidget(self.words, 1)
        clash.addWidget(self.leave)
        clash.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (head, row, clash):
            part.setSpacing(14 if part is head else 8)
            layout.addLayout(part)

    def show_act(self, act: Act | None) -> None:
        """Show the keys of an action."""
        self._act = act
        self._say("")
        self._show()

    def await_key(self) -> None:
        """Wait for a key for the action."""
        if self._act is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        act = self._act
        keys = self._in_force()
        self._flow.clear()
        before: QWidget = self.default
        for key in keys:
            cap = self._cap(key)
            self._flow.addWidget(cap)
            self.setTabOrder(before, cap)
            before = cap
        self.setEnabled(act is not None)
        self._name.setText(self._context.text(act.code).rstrip("…") if act else "")
        self.clear.setVisible(bool(keys))
        self.default.setVisible(act is not None and keys != act.value.keys)

    def _cap(self, key: str) -> QPushButton:
        cap = QPushButton(f"{native([key])}  ×", autoDefault=False)
        cap.setObjectName("cap")
        cap.setToolTip(self._context.text("keys.remove", key=native([key])))
        cap.setAccessibleName(cap.toolTip())
        cap.clicked.connect(partial(self._remove, key))
        return cap

    def _in_force(self) -> tuple[str, ...]:
        return actions.keys_of(self._act, self._context.settings) if self._act else ()

    def _add(self, key: str) -> None:
        if key in RESERVED:
            self._say(self._context.text("keys.reserved", key=native([key])))
        elif key not in self._in_force():
            self._want((*self._in_force(), key))

    def _remove(self, key: str) -> None:
        self._want(tuple(other for other in self._in_force() if other != key))

    def _clear(self) -> None:
        self._want(())

    def _restore(self) -> None:
        if self._act is not None:
            self._want(self._act.value.keys)

    def _want(self, keys: tuple[str, ...]) -> None:
        """Give the action these keys, or first ask where another one has them."""
        if self._act is None:
            return
        self._wanted = keys
        clashes = [
            self._context.text(
                "keys.clash",
                key=native([key]),
                act=self._context.text(other.code).rstrip("…"),
            )
            for key in keys
            for other in actions.clashes(self._act, [key], self._context.settings)
        ]
        if clashes:
            self._say(" ".join(clashes), ask=True)
        else:
            self._take()

    def _take(self) -> None:
        if self._act is not None:
            actions.give_keys(self._act, self._wanted, self._context.settings)
        self._leave()

    def _leave(self) -> None:
        self._say("")
        self.left.emit()

    def _say(self, words: str, *, ask: bool = False) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        for button in (self.take, self.leave):
            button.setVisible(ask)
        if ask:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.KEYS:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the key while that is asked, Escape leaves it where it is."""
        asked = self.take.isVisible()
        if asked and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.leave if self.leave.hasFocus() else self.take).click()
        elif asked and event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


def native(keys: Sequence[str]) -> str:
    """Portable keys as they are called on this system."""
    return actions.keys_text([QKeySequence(key) for key in keys])


def _button(words: str) -> QPushButton:
    return QPushButton(words, autoDefault=False)


def _link(words: str) -> QPushButton:
    link = _button(words)
    link.setObjectName("link")
    return link
