"""The list of a collection: headings with the articles below them, in an order that is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from bulletin_desktop.ui.models.collection_model import (
    CHARACTERS,
    DATE,
    DEPTH,
    EXTENT,
    SOURCE,
    TITLE,
    CollectionModel,
)
from bulletin_desktop.ui.widgets.keeps_hue import KeepsHue
from bulletin_desktop.ui.widgets.row_painter import paint_hint
from bulletin_desktop.ui.widgets.row_state import row_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from bulletin_desktop.services.collection_list import Row
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.item_painter import Index

_DEEPER = 18
_WIDTHS = {SOURCE: 150, DATE: 124, EXTENT: 92, CHARACTERS: 84}
# In a narrower table these columns give their room to the titles.
_LEAST = {SOURCE: 620, DATE: 500, CHARACTERS: 400}
_ROWS = QItemSelectionModel.SelectionFlag.Rows


class CollectionTable(QTreeView):
    """Like all lists it takes no input method, so that single keys act in it."""

    picked = Signal()  # other rows are chosen

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows = CollectionModel(context, self)
        self.setModel(self.rows)
        self.setObjectName("unitTable")
        self.setItemDelegate(_Cells(context, self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header, mode = self.header(), QHeaderView.ResizeMode
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(TITLE, mode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, mode.Fixed)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        self.selectionModel().selectionChanged.connect(self.picked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, titles come before facts."""
        super().resizeEvent(event)
        for column, least in _LEAST.items():
            self.setColumnHidden(column, self.width() < least)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what was chosen stays chosen, and a new heading is."""
        chosen, at = self.chosen(), self.currentIndex().row()
        current = self.rows.rows[at].item.id if at >= 0 else 0
        known = {row.item.id for row in self.rows.rows}
        self.rows.show(rows)
        new = [row.item.id for row in rows if row.item.id not in known and row.article is None]
        if known and len(new) == 1:  # the heading that was just made
            chosen, current = new, new[0]
        place = self.rows.row_of(current)
        self.choose(chosen, place if place >= 0 else min(max(at, 0), len(rows) - 1))
        self.picked.emit()

    def chosen(self) -> list[int]:
        """The chosen items, from the top down."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.rows[row].item.id for row in rows]

    @property
    def current(self) -> int | None:
        """The item where the keyboard is."""
        at = self.currentIndex().row()
        return self.rows.rows[at].item.id if at >= 0 else None

    @property
    def one(self) -> Row | None:
        """The row that is chosen alone."""
        chosen = self.chosen()
        return self.rows.rows[self.rows.row_of(chosen[0])] if len(chosen) == 1 else None

    def choose(self, items: Iterable[int], current: int) -> None:
        """Choose items, where there are none the row ``current``; the keyboard is in that row."""
        flag, selection = QItemSelectionModel.SelectionFlag, QItemSelection()
        for row in filter(lambda row: row >= 0, map(self.rows.row_of, items)):
            index = self.rows.index(row, 0)
            selection.select(index, index)
        index = self.rows.index(current, 0)
        if selection.isEmpty():
            selection.select(index, index)
        self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
        self.selectionModel().select(selection, flag.ClearAndSelect | _ROWS)
        self.scrollTo(index)

    def rename(self) -> None:
        """Edit the heading at hand in its row."""
        index = self.currentIndex().siblingAtColumn(TITLE)
        if index.isValid() and self.rows.rows[index.row()].article is None:
            self.rows.editable = True  # and no longer: Qt lets an input method into such a list
            self.edit(index)
            self.rows.editable = False

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump through the rows: they are keys here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says how articles get in."""
        super().paintEvent(event)
        if not self.rows.rowCount():
            paint_hint(
                self.viewport(), self._context.tokens, self._context.text("collection.empty")
            )


class _Cells(KeepsHue):
    """Titles stand below their headings; the ground of a row is whole."""

    def __init__(self, context: Context, view: QWidget) -> None:
        super().__init__(view)
        self._context = context

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        if index.column() == TITLE:
            state, left = row_state(option), _DEEPER * index.data(DEPTH)
            if state.selected or state.hovered:
                token = "selection" if state.selected else "hover"
                painter.fillRect(option.rect, self._context.tokens.colour(token))
            option.rect.adjust(left, 0, 0, 0)
        super().paint(painter, option, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """A field behind the heading's indent."""
        editor.setGeometry(option.rect.adjusted(_DEEPER * index.data(DEPTH), 0, 0, 0))
