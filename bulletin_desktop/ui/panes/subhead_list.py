"""The outline of an article: its title and subheads, to go to one of them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from bulletin_desktop.ui.panes.popover import Popover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.reader.page import Sheet

_WIDTH = 380
_ROW = 28
_ROWS = 16
_INDENT = "　"
# An article that is so long is outlined by its paragraphs where it has no subheads.
_LONG = 2000
_BEGINNING = 40
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class Entry(NamedTuple):
    """A place in an article: its words, how deep it lies, and the code point of the body."""

    words: str
    depth: int
    place: int


def entries_of(sheet: Sheet) -> list[Entry]:
    """The outline: the title and the subheads, or a long article's paragraphs where it has none.

    Where no subhead has words of its own, the numbers that stand out (一是 … 二是 …) take the
    words behind them.
    """
    starts, at = [], 0
    for paragraph in sheet.text.paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    found = list(_subheads(sheet, starts)) or list(_points(sheet, starts))
    if not found and len(starts) > 1 and at > _LONG:
        pairs = zip(sheet.text.paragraphs, starts, strict=True)
        found = [Entry(words[:_BEGINNING], 0, start) for words, start in pairs]
    heading = sheet.text.article.heading
    return [Entry(heading, 0, 0), *found] if found and heading else found


def _subheads(sheet: Sheet, starts: list[int]) -> Iterator[Entry]:
    named = [head for head in sheet.subheads if head.named and head.level < 5]
    highest = min((head.level for head in named), default=1)
    for head in named:
        words = sheet.text.paragraphs[head.paragraph][head.start : head.end]
        place = starts[head.paragraph] + head.start
        yield Entry(words.strip().rstrip("。：:；;"), head.level - highest, place)


def _points(sheet: Sheet, starts: list[int]) -> Iterator[Entry]:
    places = [(head.paragraph, head.start) for head in sheet.subheads]
    for (paragraph, start), following in zip_longest(places, places[1:]):
        end = start + _BEGINNING
        if following is not None and following[0] == paragraph:
            end = min(end, following[1])
        words = sheet.text.paragraphs[paragraph][start:end]
        yield Entry(words.strip().rstrip("，。：:；;"), 0, starts[paragraph] + start)


class _Filter(QLineEdit):
    """Takes letters for itself, and hands on the keys that move in the list."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class SubheadList(Popover):
    """Lists the outline; typing narrows it, Enter or a click goes there."""

    chosen = Signal(int)

    def __init__(self, context: Context, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._entries = entries
        name = context.text("action.outline")
        self.setAccessibleName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        self.setFixedWidth(_WIDTH)
        self._filter = _Filter()
        self._filter.setPlaceholderText(context.text("reader.filter_subheads"))
        self._filter.setAccessibleName(context.text("reader.filter_subheads"))
        self._list = QListWidget()
        self._list.setObjectName("entries")
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setUniformItemSizes(True)
        layout.addWidget(self._filter)
        layout.addWidget(self._list)
        self._filter.textChanged.connect(self._narrow)
        self._filter.returnPressed.connect(self._choose)
        self._filter.stepped.connect(self._step)
        self._list.itemClicked.connect(self._choose)
        self._fill(range(len(self._entries)))
        self._list.setFixedHeight(min(_ROWS, self._list.count()) * _ROW + 2)
        self._filter.setFocus()

    def _fill(self, numbers: Iterable[int]) -> None:
        self._list.clear()
        for number in numbers:
            entry = self._entries[number]
            item = QListWidgetItem(_INDENT * entry.depth + entry.words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(entry.words)
        self._list.setCurrentRow(0)

    def _narrow(self, typed: str) -> None:
        from bulletin_desktop.services import completing

        labels = [entry.words for entry in self._entries]
        found = completing.find(typed, labels, len(labels))
        self._fill(sorted(each.index for each in found))

    def _step(self, step: int) -> None:
        row = self._list.currentRow() + step
        self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))

    def _choose(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            number = self._list.item(row).data(Qt.ItemDataRole.UserRole)
            self.close()
            self.chosen.emit(self._entries[number].place)
