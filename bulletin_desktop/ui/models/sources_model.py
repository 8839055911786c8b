"""What printed sources were taken for, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt

from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.ui.models.table_model import TableModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from bulletin_desktop.model.units import Printed, Reading
    from bulletin_desktop.services.units import Directory
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.table_model import Index

_COLUMNS = ("source", "units", "articles", "place", "sure")
_ROW = QSize(0, 26)


class SourcesModel(TableModel):
    """A row for each source and place, the doubtful ones first."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, [f"unit.column.{name}" for name in _COLUMNS], parent)
        self._known: Directory = context.units()
        self._rows: list[Printed] = []
        self._words = ""
        self.reload()

    def reload(self) -> None:
        """Read the units anew."""
        self.beginResetModel()
        self._known = self._context.units()
        self._rows = [x for x in self._known.doubtful_first() if self._fits(x)]
        self.endResetModel()

    def narrow(self, words: str) -> None:
        """Show the sources that have these words in them or in the names of their units."""
        self._words = words.strip()
        self.reload()

    def _fits(self, source: Printed) -> bool:
        return any(self._words in words for words in (*source, self._units(source)))

    def source(self, row: int) -> Printed | None:
        """The source of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def reading(self, source: Printed) -> Reading:
        """What a source was taken for, and why."""
        return self._known.readings[source]

    def reasons(self, source: Printed) -> str:
        """Why a source was taken for what it was."""
        said = (self._context.catalogue.message(x) for x in self._known.reasons(source))
        return self._context.text("unit.join").join(said)

    @property
    def doubtful(self) -> int:
        """How many of the rows are doubtful."""
        return sum(self.reading(source).certainty < DOUBT for source in self._rows)

    def _units(self, source: Printed) -> str:
        keys = self.reading(source).units
        return "、".join(self._known.units[key].name for key in keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; what is doubtful stands out; the reasons are the tip."""
        source = self.source(index.row())
        if source is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(source, _COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.reasons(source)
        if role == Qt.ItemDataRole.SizeHintRole:
            return _ROW
        if role == Qt.ItemDataRole.ForegroundRole and self.reading(source).certainty < DOUBT:
            return self._context.tokens.colour("accent")
        return None

    def _cell(self, source: Printed, column: str) -> str:
        text, reading = self._context.text, self.reading(source)
        if column == "source":
            return source.source
        if column == "articles":
            return str(self._known.counts[source])
        if column == "place":
            return source.place or text("unit.no_place")
        if column == "units":
            return self._units(source) or text("unit.none")
        if reading.decided:
            return text("unit.decided")
        return text("unit.doubtful") if reading.certainty < DOUBT else text("unit.inferred")
