"""The left pane while a search is on: what was found, where, in what order, of what kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bulletin_desktop.ui import icons, settings
from bulletin_desktop.ui.widgets.hit_list import HitList
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.facets import Facets

SORTS = ("relevance", "date", "source")


class ResultsPane(QWidget):
    """Count and choices above, the hits, and the kinds of hits below."""

    sorted = Signal(str)
    scoped = Signal(int)  # the number of a part that was offered
    narrowed = Signal(str, str, str)  # Field, value, query_terms.State

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.count = QLabel()
        self.count.setObjectName("resultCount")
        self.remark = QLabel()
        self.remark.setObjectName("hint")
        self.remark.setWordWrap(True)
        self.remark.hide()
        self.scope, self.sort = self._choice("scope"), self._choice("sort")
        self.sort.addItems([context.text(f"search.sort.{x}") for x in SORTS])
        self.list = HitList(context)
        self.fold = QPushButton(context.text("facets.name"))
        self.fold.setObjectName("facetsFold")
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fold.hide()
        self._facets: Facets | None = None
        self._counted: tuple[dict[str, dict[str, int]], str] = ({}, "")
        self._lay_out()
        self._connect()
        self._restyle()

    def _choice(self, name: str) -> QComboBox:
        """A small field with a few things to choose from."""
        box = QComboBox()
        box.setObjectName("resultChoice")
        box.setAccessibleName(self._context.text(f"search.{name}"))
        box.setToolTip(self._context.text(f"search.{name}"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        return box

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setContentsMargins(10, 0, 10, 0)
        choices.setSpacing(6)
        choices.addWidget(self.scope, 3)
        choices.addWidget(self.sort, 2)
        said = QVBoxLayout()
        said.setContentsMargins(12, 0, 12, 0)
        said.setSpacing(2)
        said.addWidget(self.count)
        said.addWidget(self.remark)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(choices)
        self._column.addLayout(said)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.fold)
        tab_through([self.scope, self.sort, self.list, self.fold])

    def _connect(self) -> None:
        self.scope.activated.connect(self.scoped)
        self.sort.activated.connect(self._on_sort)
        self.fold.clicked.connect(self._toggle)
        self._context.restyled.connect(self._restyle)

    def _on_sort(self, number: int) -> None:
        self.sorted.emit(SORTS[number])

    def _restyle(self) -> None:
        tokens, shown = self._context.tokens, self._are_facets_shown
        drawing = icons.icon("down" if shown else "forward", tokens.colour("muted"))
        self.fold.setIcon(drawing)
        self.list.viewport().update()

    # What is said

    def offer_scopes(self, names: Sequence[str], chosen: int) -> None:
        """Offer parts of the library to search; where there is but one, it is shown as it is."""
        blocker = QSignalBlocker(self.scope)
        self.scope.clear()
        self.scope.addItems(list(names))
        for number, name in enumerate(names):
            self.scope.setItemData(number, name, Qt.ItemDataRole.ToolTipRole)
        self.scope.setCurrentIndex(chosen)
        blocker.unblock()

    def show_sort(self, sort: str) -> None:
        """Show in which order the hits stand."""
        self.sort.setCurrentIndex(SORTS.index(sort))

    def say(self, count: str, remark: str = "") -> None:
        """Say how much was found, and what holds of it."""
        self.count.setText(count)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    # Kinds

    @property
    def _are_facets_shown(self) -> bool:
        return bool(self._context.settings.get(settings.FACETS))

    @property
    def facets(self) -> Facets:
        """The counts by kind, made when they are first shown."""
        if self._facets is None:
            from bulletin_desktop.ui.panes.facets import Facets

            self._facets = Facets(self._context)
            self._facets.wanted.connect(self.narrowed)
            self._column.addWidget(self._facets)
        return self._facets

    def count_kinds(self, facets: dict[str, dict[str, int]], query: str) -> None:
        """Show how many hits of a query there are of each kind."""
        self._counted = facets, query
        some = any(facets.values())
        self.fold.setVisible(some)
        if some and self._are_facets_shown:
            self.facets.show_counts(facets, query)
            self.facets.show()
        elif self._facets is not None:
            self._facets.hide()

    def count_anew(self) -> None:
        """Grey the counts: they are those of another query."""
        if self._facets is not None:
            self._facets.set_stale(stale=True)

    def _toggle(self) -> None:
        self._context.settings.put(settings.FACETS, not self._are_facets_shown)
        self._restyle()
        self.count_kinds(*self._counted)
