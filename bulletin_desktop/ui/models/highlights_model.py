"""The highlights of the library as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.model.annotations import Passage
    from bulletin_desktop.services.highlight_list import Listed
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

COLUMNS = ("quote", "themes", "article", "source", "date", "note")
QUOTE, THEMES = COLUMNS.index("quote"), COLUMNS.index("themes")
# The themes of a row as (name, colour), the first of which gives it its colour.
CHIPS = Qt.ItemDataRole.UserRole


class HighlightsModel(TableModel):
    """A row for each highlight that fits, in the order of a view."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [f"highlights.{name}" for name in COLUMNS], parent)
        self._listed: Sequence[Listed] = ()
        self._rows: Sequence[int] = ()

    def show(self, listed: Sequence[Listed], rows: Sequence[int]) -> None:
        """Show some of these highlights in this order."""
        self.beginResetModel()
        self._listed, self._rows = listed, rows
        self.endResetModel()

    def passage(self, row: int) -> Passage:
        """The highlight of a row, with its article."""
        return self._listed[self._rows[row]].passage

    def row_of(self, highlight: int) -> int:
        """The row of a highlight, or −1."""
        places = (row for row, n in enumerate(self._rows) if self._id(n) == highlight)
        return next(places, -1)

    def _id(self, number: int) -> int:
        return self._listed[number].passage.highlight.id

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; what has no place in the text is quieter; all words as the tip."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        passage, column = self.passage(index.row()), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(passage, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(passage, column)
        if role == Qt.ItemDataRole.ForegroundRole and not passage.highlight.placed:
            return self._context.tokens.colour("faint")
        if role == CHIPS:
            known = self._context.themes()
            chosen = [known[x] for x in passage.highlight.themes if x in known]
            return [(theme.name, theme.colour) for theme in chosen]
        return None

    def _cell(self, passage: Passage, column: str) -> str:
        mark, article = passage.highlight, passage.article
        if column == "quote":
            quote = " ".join(mark.quote.split("\n"))
            return quote if mark.placed else self._context.text("highlights.lost", quote=quote)
        if column == "note":
            return " ".join(mark.note.split("\n"))
        if column == "themes":
            known = self._context.themes()
            return "、".join(known[x].name for x in mark.themes if x in known)
        if article is None:
            return ""
        if column == "article":
            return article.heading or self._context.text("tree.untitled")
        if column == "source":
            return article.source or ""
        date = date_label(article.date, article.date_basis, self._context.catalogue)
        return date.text if article.date else ""

    def _tip(self, passage: Passage, column: str) -> str:
        words = {"quote": passage.highlight.quote, "note": passage.highlight.note}
        tip = words.get(column) or self._cell(passage, column)
        if passage.highlight.placed or column != "quote":
            return tip
        return f"{tip}\n{self._context.text('highlights.unplaced_tip')}"
