"""The list of what a search found: a row for each article, its words fetched when it is seen."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex

    from bulletin_desktop.model.records import Hit

HIT = Qt.ItemDataRole.UserRole
# So many rows keep their words; those that are not near what is seen are let go beyond that.
_KEPT = 3_000
_NOWHERE = QModelIndex()


class HitsModel(QAbstractListModel):
    """Search hits in their order; rows are articles, which may have no words yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = array("q")
        self._hits: dict[int, Hit] = {}
        self._gone: set[int] = set()  # articles that could not be fetched

    def show(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._ids = array("q", (hit.article.id for hit in hits))
        self._hits = {hit.article.id: hit for hit in hits}
        self._gone = set()
        self.endResetModel()

    def show_all(self, ids: array[int]) -> None:
        """Show all that was found; rows that are there already stay, with what is selected."""
        shown = len(self._ids)
        if shown == len(ids) and self._ids == ids:
            return
        if shown and self._ids == ids[:shown]:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()

    def put(self, asked: Sequence[int], hits: Sequence[Hit], near: range) -> None:
        """Give articles that were asked for their words; ``near`` are the rows that are seen."""
        if len(self._hits) > _KEPT:
            kept = set(self.articles(near))
            self._hits = {article: hit for article, hit in self._hits.items() if article in kept}
        self._hits.update((hit.article.id, hit) for hit in hits)
        self._gone.update(set(asked).difference(hit.article.id for hit in hits))
        self.dataChanged.emit(self.index(near.start), self.index(near.stop - 1))

    def lacking(self, rows: range) -> list[int]:
        """The articles of rows that have no words yet."""
        known = self._hits.keys() | self._gone
        return [article for article in self.articles(rows) if article not in known]

    def articles(self, rows: range) -> tuple[int, ...]:
        """The articles of rows that follow one another."""
        return tuple(self._ids[rows.start : rows.stop])

    def article(self, row: int) -> int:
        """The article of a row."""
        return self._ids[row]

    def hit(self, row: int) -> Hit | None:
        """The hit in a row, None where it was not fetched yet."""
        return self._hits.get(self._ids[row])

    def row_of(self, article: int) -> int:
        """The row of an article's hit, or −1."""
        try:
            return self._ids.index(article)
        except ValueError:
            return -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._ids)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The title, the snippet as tool tip, or the hit itself for the delegate."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        hit = self.hit(index.row())
        if role == HIT or hit is None:
            return hit if role == HIT else None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.article.heading
        return hit.snippet.text if role == Qt.ItemDataRole.ToolTipRole else None
