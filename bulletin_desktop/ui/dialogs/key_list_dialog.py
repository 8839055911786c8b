"""The keys in force, by group, to read and not to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.ui import actions
from bulletin_desktop.ui.actions import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent

    from bulletin_desktop.ui.actions import Act
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(980, 640)
_EDGE = 40  # what stays free of the screen around the dialog
_COLUMN = 300
_GAP = 22
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Keys that are no action's, each with the code of its words; a key in small letters is a code too.
_FIXED = (
    (("1–9",), "keys.fixed.digits"),
    (("keys.fixed.space_key",), "keys.fixed.space"),
    (("↑", "↓"), "keys.fixed.rows"),
    (("←", "→"), "keys.fixed.branches"),
    (("Enter",), "keys.fixed.take"),
    (("Esc",), "keys.fixed.escape"),
    (("keys.fixed.wheel_key",), "keys.fixed.wheel"),
)


class KeyListDialog(QDialog):
    """All keys in as many columns as there is room for."""

    change_wanted = Signal()

    def __init__(self, context: Context, acts: Mapping[Act, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(context.text("keys.title"))
        self._scroll = _Columns(_groups(context, acts))
        change = QPushButton(context.text("keys.change"))
        change.setAutoDefault(False)
        change.clicked.connect(self._change)
        close = QPushButton(context.text("settings.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addWidget(change)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 14)
        layout.setSpacing(12)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)
        room = self.screen().availableSize() - QSize(_EDGE, _EDGE)
        self.resize(_SIZE.boundedTo(room).boundedTo(parent.size().expandedTo(QSize(500, 400))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page through the list; nothing in it takes the keyboard."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        if step:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _change(self) -> None:
        self.accept()
        self.change_wanted.emit()


def _groups(context: Context, acts: Mapping[Act, QAction]) -> list[QWidget]:
    """A block for each group that has keys, and one for the keys that are no action's."""
    blocks = []
    for group in GROUPS:
        rows = [
            (native, context.text(act.code).rstrip("…"))
            for act, action in acts.items()
            if act.value.group == group and (native := _native(action.shortcuts()))
        ]
        if rows:
            blocks.append(_block(context.text(f"menu.{group}"), rows))
    fixed = [
        ([context.text(key) if key.islower() else key for key in keys], context.text(code))
        for keys, code in _FIXED
    ]
    return [*blocks, _block(context.text("keys.fixed"), fixed)]


def _native(keys: Sequence[QKeySequence]) -> list[str]:
    return [actions.key_text(key) for key in keys]


def _block(name: str, rows: Sequence[tuple[Sequence[str], str]]) -> QWidget:
    """A group's heading, and below it each row's keys after its words."""
    block = QWidget()
    lines = QVBoxLayout(block)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(7)
    heading = QLabel(name)
    heading.setObjectName("heading")
    lines.addWidget(heading)
    for keys, words in rows:
        line = QHBoxLayout()
        line.setSpacing(12)
        label = QLabel(words)
        label.setWordWrap(True)
        line.addWidget(label, 1)
        line.addWidget(_caps(keys), 0, _RIGHT)
        lines.addLayout(line)
    return block


def _caps(keys: Sequence[str]) -> QWidget:
    caps = QWidget()
    row = QHBoxLayout(caps)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for key in keys:
        cap = QLabel(key)
        cap.setObjectName("key")
        row.addWidget(cap)
    return caps


class _Columns(QScrollArea):
    """Blocks in order, set in columns of about one length."""

    def __init__(self, blocks: Sequence[QWidget]) -> None:
        super().__init__()
        self._blocks = blocks
        self._columns: list[QVBoxLayout] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = body = QWidget()
        body.setObjectName("keyColumns")
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(20, 18, 20, 6)
        self._row.setSpacing(2 * _GAP)
        self.setWidget(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the blocks anew where another number of columns fits."""
        super().resizeEvent(event)
        fitting = max(1, min(len(self._blocks), self.width() // _COLUMN))
        if fitting != len(self._columns):
            self._set(fitting)

    def _set(self, number: int) -> None:
        for column in self._columns:
            self._row.removeItem(column)
            column.deleteLater()
        self._columns = [QVBoxLayout() for _ in range(number)]
        for column in self._columns:
            column.setSpacing(_GAP)
            self._row.addLayout(column, 1)
        heights = [block.sizeHint().height() + _GAP for block in self._blocks]
        filled = [0] * number
        for block, height, place in zip(
            self._blocks, heights, _share(heights, number), strict=True
        ):
            self._columns[place].addWidget(block)
            filled[place] += height
        for column in self._columns:
            column.addStretch(1)
        self._body.setMinimumHeight(max(filled))  # Qt would rather squeeze than scroll


def _share(heights: Sequence[int], columns: int) -> list[int]:
    """The column of each block: in order, the next one begun where its share is full."""
    share = sum(heights) / columns
    reached, found = 0.0, []
    for height in heights:
        found.append(min(columns - 1, int((reached + height / 2) // share)))
        reached += height
    return found
