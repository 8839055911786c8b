"""The tree of themes as a list that is narrowed by what is typed, for managing and choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from bulletin_desktop.services import completing
from bulletin_desktop.ui import icons
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.models.themes_model import (
    ARTICLES,
    COLUMNS,
    HIGHLIGHTS,
    KEY,
    SQUARE,
    ThemesModel,
)
from bulletin_desktop.ui.widgets.keeps_hue import KeepsHue
from bulletin_desktop.ui.widgets.row_painter import paint_hint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.ui.context import Context

_WIDTHS = (0, 52, 64, 64)  # 0: what is left
_ARROW = 11
# In a narrower tree these columns give their room to the names.
_LEAST = {KEY: 340, HIGHLIGHTS: 380}


class ThemeTree(QTreeView):
    """Themes below each other; like all lists it takes no input method."""

    count_clicked = Signal(int)  # the theme whose counts were clicked
    narrowed = Signal()  # what is shown has changed

    def __init__(self, context: Context, job: str) -> None:
        """``job`` names what narrows this tree among other work."""
        super().__init__()
        self._context = context
        self._job = job
        self._hidden: frozenset[int] = frozenset()
        self._typed, self._unused = "", False
        self._folded: set[int] = set()
        self.rows = ThemesModel(context, self)
        self.setModel(self.rows)
        self.setObjectName("unitTable")
        self.setIconSize(QSize(SQUARE, SQUARE))
        self.setItemDelegate(KeepsHue(self))
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setIndentation(18)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(context.text("themes.title"))
        self._set_widths()
        self.collapsed.connect(self._fold)
        self.expanded.connect(self._unfold)
        self.rows.modelReset.connect(self._open_all)

    def _set_widths(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for column, width in enumerate(_WIDTHS):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(column, mode.Fixed if width else mode.Stretch)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))

    def name_only(self, hidden: Collection[int]) -> None:
        """Show no counts, and never the hidden themes: for choosing one."""
        self._hidden = frozenset(hidden)
        for column in range(1, len(COLUMNS)):
            self.setColumnHidden(column, True)
        self.setHeaderHidden(True)

    def allow_changes(self) -> None:
        """Let rows be dragged below others, and several be selected."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, names come before figures."""
        super().resizeEvent(event)
        if not self.isHeaderHidden():
            for column, least in _LEAST.items():
                self.setColumnHidden(column, self.width() < least)

    # What is shown

    def reload(self) -> None:
        """Show the themes as they are now, narrowed as before, with the same rows chosen."""
        self.narrow(self._typed, unused=self._unused)

    def narrow(self, typed: str, *, unused: bool = False) -> None:
        """Show the themes that fit what is typed, of these all or the ``unused`` ones alone."""
        self._typed, self._unused = typed, unused
        known = [t for t in self._context.themes().values() if t.id not in self._hidden]
        offered = [t for t in known if self.rows.unused(t)] if unused else known
        if typed.strip():
            self._context.runner.think(
                self._job,
                lambda _: (typed, known, completing.complete(typed, offered)),
                self._show_found,
                ignore,
            )
        else:
            self._show(known, [theme.id for theme in offered] if unused else None)

    def _show_found(
        self, answer: tuple[str, Sequence[Theme], Sequence[completing.Completed]]
    ) -> None:
        typed, known, found = answer
        if typed == self._typed:
            best = [each.theme.id for each in found]
            self._show(known, best)
            if best and not self.rows.fits(self.theme.id if self.theme else 0):
                self.go(best[0])

    def _show(self, known: Sequence[Theme], fitting: Collection[int] | None) -> None:
        chosen, at = self.chosen(), self.theme
        row = self.currentIndex().row()
        self.rows.show(known, fitting)
        if at is not None and not self.currentIndex().isValid():
            self.choose(chosen, at.id)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            last = self.rows.rowCount() - 1
            self._select(self.rows.index(max(0, min(row, last)), 0))
        self.narrowed.emit()

    def _open_all(self) -> None:
        self.expandAll()
        for theme in self._folded.copy() if not self._typed else ():
            self.collapse(self.rows.find(theme))

    def _fold(self, index: QModelIndex) -> None:
        self._folded.add(index.internalId())

    def _unfold(self, index: QModelIndex) -> None:
        self._folded.discard(index.internalId())

    # What is chosen

    @property
    def theme(self) -> Theme | None:
        """The current theme."""
        return self.rows.theme(self.currentIndex())

    def chosen(self) -> list[int]:
        """The selected themes, from the top down."""
        selected = {index.internalId() for index in self.selectionModel().selectedRows()}
        return [theme for theme in self.rows.shown() if theme in selected]

    def choose(self, themes: Iterable[int], current: int) -> None:
        """Select themes, as far as they are shown."""
        self._select(self.rows.find(current))
        flag = QItemSelectionModel.SelectionFlag
        for theme in themes:
            index = self.rows.find(theme)
            self.selectionModel().select(index, flag.Select | flag.Rows)

    def go(self, theme: int) -> None:
        """Select one theme and show it."""
        index = self.rows.find(theme)
        if index.isValid():
            self._select(index)
            self.scrollTo(index)

    def _select(self, index: QModelIndex) -> None:
        """Select a row alone, whatever keys are held down: ``setCurrentIndex`` looks at them."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    # Keys and mouse

    def rename(self) -> None:
        """Edit the name of the current theme in its row."""
        self.setFocus()
        self.rows.editable = True  # and no longer: Qt lets an input method into an editable list
        self.edit(self.currentIndex().siblingAtColumn(0))
        self.rows.editable = False

    def keyboardSearch(self, search: str) -> None:
        """Letters do not jump through the rows: they are keys here."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a count leads to what is counted."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        theme = self.rows.theme(index)
        if (
            theme is not None
            and index.column() in (ARTICLES, HIGHLIGHTS)
            and event.button() == Qt.MouseButton.LeftButton
            and not event.modifiers()
            and not self.rows.unused(theme)
        ):
            self.count_clicked.emit(theme.id)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """An arrow before what has others below it."""
        if not self.rows.rowCount(index):
            return
        scale = _ARROW / 16
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.right() - _ARROW, rect.center().y() - 7 * scale)
        painter.scale(scale, scale)
        shape = icons.triangle("down" if self.isExpanded(index) else "right")
        painter.fillPath(shape, self._context.tokens.colour("muted"))
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty tree says why."""
        super().paintEvent(event)
        if not self.rows.rowCount():
            code = "themes.none_fit" if self._context.themes() else "themes.none_yet"
            paint_hint(self.viewport(), self._context.tokens, self._context.text(code))
