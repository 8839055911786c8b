"""What stands next to the keywords of a concordance, the most frequent first, to narrow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeView, QVBoxLayout, QWidget

from bulletin_desktop.ui.models.concordance_model import NeighboursModel
from bulletin_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from bulletin_desktop.services.concordance_view import Arranged, Side
    from bulletin_desktop.ui.context import Context

_WIDTH = 176
_SIDES: tuple[Side, ...] = ("left", "right")
_LENGTHS = (1, 2)


class NeighbourList(QWidget):
    """One or two characters of one side; ``neighbour`` is the one that is chosen, or ""."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        text = context.text
        self.neighbour = ""
        sides = [text(f"concordance.side.{side}") for side in _SIDES]
        lengths = [text(f"concordance.letters.{length}") for length in _LENGTHS]
        self._sides = Segmented(context, sides, text("concordance.side.name"))
        self._lengths = Segmented(context, lengths, text("concordance.letters"))
        self._sides.choose(_SIDES.index("right"))
        self.rows = NeighboursModel(context, self)
        self.list = QTreeView()
        self.list.setObjectName("neighbours")
        self.list.setModel(self.rows)
        self.list.setAccessibleName(text("concordance.neighbours"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderHidden(True)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self._sides, self._lengths, self.list):
            layout.addWidget(widget)
        self.setFixedWidth(_WIDTH)
        for choice in (self._sides, self._lengths):
            choice.chosen.connect(self._on_side)
        self.list.selectionModel().currentChanged.connect(self._on_current)

    @property
    def side(self) -> Side:
        """The side that is looked at."""
        return _SIDES[self._sides.current]

    @property
    def length(self) -> int:
        """How many characters a neighbour has."""
        return _LENGTHS[self._lengths.current]

    def show_found(self, found: Arranged) -> None:
        """Show the neighbours of other lines; the chosen one stays chosen."""
        self.rows.show(found.total, found.neighbours)
        row = max(0, self.rows.row_of(self.neighbour))
        self.list.setCurrentIndex(self.rows.index(row, 0))

    def _on_side(self) -> None:
        self.neighbour = ""
        self.changed.emit()

    def _on_current(self, current: QModelIndex) -> None:
        words = self.rows.words(current.row())
        if current.isValid() and words != self.neighbour:
            self.neighbour = words
            self.changed.emit()
