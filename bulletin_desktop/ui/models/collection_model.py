"""What a collection lists: headings and articles, with what is printed of each, to be moved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, QSize, Qt, Signal

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.services.collection_list import Row
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

COLUMNS = ("title", "source", "date", "extent", "characters")
TITLE, SOURCE, DATE, EXTENT, CHARACTERS = range(len(COLUMNS))
DEPTH = Qt.ItemDataRole.UserRole  # how many headings a row stands below
MIME = "application/x-bulletin-items"
_ROW = QSize(0, 28)
# Put together once: a view asks them of each row that it lays out.
_BEHIND = Qt.ItemFlag.ItemIsDropEnabled
_ROW_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CollectionModel(TableModel):
    """One item a row."""

    renamed = Signal(int, str)  # a heading's item, the words that were typed
    dropped = Signal(tuple, object)  # items, the one they are to stand before or None

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [f"collection.column.{name}" for name in COLUMNS], parent)
        self._depths: list[int] = []
        self.editable = False

    def show(self, rows: Sequence[Row]) -> None:
        """Show these; where they are as many, views have nothing to lay out anew."""
        same = len(rows) == len(self._rows)
        if not same:
            self.beginResetModel()
        self._rows, self._depths, below = rows, [], 0
        for row in rows:
            below = row.item.level if row.article is None else below
            self._depths.append(below - (row.article is None))
        if not same:
            self.endResetModel()
        elif rows:
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    def row_of(self, item: int) -> int:
        """Where an item stands, −1 where it does not."""
        return next((n for n, row in enumerate(self._rows) if row.item.id == item), -1)

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Figures stand under the end of their head."""
        return _RIGHT if column == CHARACTERS else super().side(column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return row.item.text if row.article is None and column == TITLE else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._context.tokens.colour(_ink(row, column))
        if role == Qt.ItemDataRole.FontRole:
            return theme.sans(13 if column == TITLE else 12, bold=row.article is None)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.side(column)
        if role == DEPTH:
            return self._depths[index.row()]
        return _ROW if role == Qt.ItemDataRole.SizeHintRole else None

    def _words(self, row: Row, column: int) -> str:
        article, text = row.article, self._context.text
        if article is None:
            return row.item.text if column == TITLE else ""
        if column == TITLE:
            return article.heading or text("tree.untitled")
        if column == SOURCE:
            return article.source or ""
        if column == DATE:
            label = date_label(article.date, article.date_basis, self._context.catalogue)
            return label.text if article.date else ""
        if column == CHARACTERS:
            return f"{row.characters:,}"
        words = text(f"collection.extent.{row.item.extent}")
        if _prints_nothing(row):
            return text("collection.without_excerpts")
        if row.item.extent == "excerpt":
            return text("collection.excerpts", words=words, n=row.excerpts)
        return words

    def _tip(self, row: Row, column: int) -> str:
        if column == EXTENT and row.article is not None:
            if _prints_nothing(row):
                return self._context.text("collection.no_excerpts")
            return row.item.text if row.item.extent == "summary" else ""
        return self._words(row, column)

    # Renaming and moving

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are dropped between rows; headings are edited."""
        if not index.isValid():
            return _BEHIND
        if not self.editable or index.column() != TITLE:
            return _ROW_FLAGS
        heading = self._rows[index.row()].article is None
        return _ROW_FLAGS | Qt.ItemFlag.ItemIsEditable if heading else _ROW_FLAGS

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Other words are told; the row has them when the library has."""
        item, words = self._rows[index.row()].item, " ".join(str(value).split())
        if words and words != item.text:
            self.renamed.emit(item.id, words)
        return False

    def supportedDropActions(self) -> Qt.DropAction:
        """See Qt."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """See Qt."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See Qt."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(MIME, json.dumps([self._rows[row].item.id for row in rows]).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """The move is told; the rows are moved when the library has it."""
        if data.hasFormat(MIME):
            items: list[int] = json.loads(bytes(data.data(MIME).data()))
            before = self._rows[row].item.id if 0 <= row < len(self._rows) else None
            self.dropped.emit(tuple(items), before)
        return False


def _prints_nothing(row: Row) -> bool:
    """Whether an article is to be excerpted and has no highlights, so that its title is left."""
    return row.article is not None and row.item.extent == "excerpt" and not row.excerpts


def _ink(row: Row, column: int) -> str:
    """What is printed otherwise than usual stands out; what prints nothing warns."""
    if column == EXTENT and row.article is not None:
        if _prints_nothing(row):
            return "accent"
        return "faint" if row.item.extent == "full" else "text"
    return "text" if column == TITLE else "muted"
