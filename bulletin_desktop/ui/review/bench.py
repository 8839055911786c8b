"""The three panes of the review in step: files, the text with its cuts, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.corrections import Spot
from bulletin_desktop.ui.models.layout_model import LAID, LayoutModel
from bulletin_desktop.ui.models.reviewed_model import REVIEWED, ReviewedModel
from bulletin_desktop.ui.review import commands
from bulletin_desktop.ui.review.cutting import article_at, issue_at
from bulletin_desktop.ui.review.legend import Legend
from bulletin_desktop.ui.review.rows import DocumentList, LaidTree
from bulletin_desktop.ui.review.text_view import TextView, explained
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPoint
    from PySide6.QtGui import QResizeEvent

    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.review.cutting import Cutting
    from bulletin_desktop.ui.settings import Setting

_WIDTHS = (220, 760, 320)
_LOW = 440
_LEAST_WIDTHS = (120, 340, 150)


class Bench(QSplitter):
    """Goes from doubt to doubt, and knows which line is meant."""

    wanted = Signal(int)  # a document that is to be shown
    said = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._place: tuple[int, int | None] | None = None  # a document to open, a place in it
        self._step = 1  # from which end a document is entered
        self._led = False  # whether the tree leads and the text follows
        self._coming: int | None = None  # a document that was asked for and is not there yet
        self.actions_of = commands.make(context, self)
        self.menu = QMenu(self)
        commands.fill_menu(self.menu, self.actions_of)
        self.documents = ReviewedModel(context, self)
        self.list = DocumentList(context, self.documents)
        self.view = TextView(context)
        self.view.set_face(context.settings.get(settings.FACE))
        self.laid = LayoutModel(context, self)
        self.tree = LaidTree(context, self.laid)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.legend = Legend(context, self.actions_of)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part, least in zip((self.list, self._middle(), self.tree), _LEAST_WIDTHS, strict=True):
            part.setMinimumWidth(least)
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        self.setSizes(_WIDTHS)
        tab_through([self.list, self.view, self.tree])

    def _middle(self) -> QWidget:
        middle, self._below = framed("reviewMiddle"), framed("reviewBelow")
        walk = QWidget()
        row = FlowLayout(walk, 6)
        for code in (commands.CONFIRM, commands.NEXT, commands.PREVIOUS):
            row.addWidget(self._button(code))
        below = QVBoxLayout(self._below)
        below.setContentsMargins(14, 9, 14, 9)
        below.setSpacing(8)
        for part in (self.detail, walk, self.legend):
            below.addWidget(part)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(1, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._below)
        return middle

    def _button(self, code: str) -> QPushButton:
        action = self.actions_of[code]
        words = commands.with_key(action.text(), action, self._context)
        button = QPushButton(words, autoDefault=False)
        button.setToolTip(commands.hint(action, self._context))
        button.clicked.connect(action.trigger)
        if code == commands.CONFIRM:
            button.setObjectName("primary")
        return button

    def _connect(self) -> None:
        self._context.settings.changed.connect(self._on_setting)
        self.list.selectionModel().currentChanged.connect(self._on_row)
        self.tree.selectionModel().currentChanged.connect(self._on_laid)
        self.view.moved.connect(self._on_line)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.tree.customContextMenuRequested.connect(self._open_tree_menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the legend leaves its room to the text; the menu has what it has."""
        super().resizeEvent(event)
        self.legend.setVisible(self.height() >= _LOW)

    def make_room(self, needed: bool) -> None:
        """Leave out what stands below the text while something else needs the room."""
        self._below.setVisible(not needed)

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.FACE:
            self.view.set_face(self._context.settings.get(settings.FACE))

    # What is shown

    @property
    def cutting(self) -> Cutting | None:
        """The document that is shown."""
        return self.view.cutting

    @property
    def document(self) -> int | None:
        """The document that is shown, or is about to be."""
        shown = self.cutting.layout.document if self.cutting is not None else None
        return shown if self._coming is None else self._coming

    @property
    def spot(self) -> Spot | None:
        """What a correction would be about; None where nothing is shown, or another document is
        about to be.
        """
        if self.cutting is None or not self.cutting.layout.text or self._coming is not None:
            return None
        chosen = self._chosen() if self.tree.hasFocus() else ()
        return Spot(self.cutting.layout, self.view.at, chosen, self.view.selection)

    def _chosen(self) -> tuple[int, ...]:
        """The articles that are selected in the tree."""
        rows = (self.laid.node(index) for index in self.tree.selectionModel().selectedIndexes())
        return tuple(node.key for node in rows if node.is_article)

    def open_at(self, document: int, at: int | None) -> None:
        """Show a document, at a code point of it or else at its first doubt."""
        self._place = (document, at)
        self.go_to_row(self.documents.row_of(document))

    def show_list(self, found: list[Reviewed]) -> None:
        """Show other documents; the one that was shown stays in sight where it is still there."""
        path = self.cutting.layout.path if self.cutting is not None else None
        asked = self._place[0] if self._place is not None else None
        row = max(0, self.list.currentIndex().row())
        self.documents.show(found)
        rows = [at for at, each in enumerate(found) if each.document == asked]
        rows += [at for at, each in enumerate(found) if each.path == path]
        self.go_to_row(rows[0] if rows else min(row, len(found) - 1))

    def go_to_row(self, row: int) -> None:
        """Show the document in a row of the list."""
        if 0 <= row < self.documents.rowCount():
            self.list.setCurrentIndex(self.documents.index(row))

    def _on_row(self, index: QModelIndex) -> None:
        found: Reviewed | None = index.data(REVIEWED)
        if found is not None:
            self._coming = found.document
            self.wanted.emit(found.document)

    def show_cutting(self, cutting: Cutting | None) -> None:
        """Show a document; the same one keeps its place."""
        before, self._coming = self.cutting, None
        same = (
            cutting is not None and before is not None
            and cutting.layout.document == before.layout.document
        )  # fmt: skip
        self.view.show_cutting(cutting)
        blocker = QSignalBlocker(self.tree.selectionModel())
        self.laid.show(cutting.layout if cutting is not None else None)
        blocker.unblock()
        self.tree.expandAll()
        if cutting is not None and (not same or self._place is not None):
            self._enter(cutting)
        self._on_line()

    def _enter(self, cutting: Cutting) -> None:
        """Go to the place that was asked for, else to the first doubt, or the last one."""
        place, self._place = self._place, None
        doubts = cutting.doubts[:: self._step]
        line = doubts[0] if doubts else 0
        if place is not None and place[0] == cutting.layout.document and place[1] is not None:
            line = cutting.lines.line_of(place[1])
        self._step = 1
        self.view.go_to(line)

    # The line at hand

    def _on_line(self) -> None:
        """Tell of the line, and show its article or issue in the tree."""
        cutting = self.cutting
        if cutting is None or not cutting.layout.text:
            self.detail.clear()
            return
        self.detail.setText(self._about(cutting, self.view.line))
        index, chosen = self._laid_at(cutting), self.tree.selectionModel()
        if not self._led and index.isValid() and not chosen.isSelected(index):
            blocker = QSignalBlocker(chosen)
            chosen.setCurrentIndex(index, chosen.SelectionFlag.ClearAndSelect)
            blocker.unblock()
            self.tree.scrollTo(index)
            self.tree.viewport().update()

    def _laid_at(self, cutting: Cutting) -> QModelIndex:
        """The row of the tree for the line at hand: its article, section or issue."""
        article = article_at(cutting.layout, self.view.at)
        if article is not None:
            return self.laid.find(("article", "brief"), article.id)
        start, end = (at(self.view.line) for at in (cutting.lines.start, cutting.lines.end))
        section = self.laid.section_at(start, end + 1)
        if section.isValid():
            return section
        return self.laid.find(("issue",), issue_at(cutting.layout, self.view.at) or 0)

    def _about(self, cutting: Cutting, line: int) -> str:
        """The cuts at a line, or else what the line is."""
        cuts = cutting.cuts(line)
        if cuts:
            return "\n".join(explained(self._context, cut) for cut in cuts)
        at, segments = self.view.at, cutting.segments(line)
        here = [s.role for s in segments if s.start <= at < s.end] or [s.role for s in segments]
        code = f"role.{here[0]}" if here else "role.blank"
        return self._context.text("review.line", role=self._context.text(code))

    def _on_laid(self, index: QModelIndex) -> None:
        """A row of the tree leads to its place in the text."""
        node = index.data(LAID)
        if node is not None and self.cutting is not None:
            line = self.cutting.lines.line_of(node.start)
            first = self.cutting.next_words(line - 1, 1)
            self._led = True
            self.view.go_to(line if first is None else first)
            self._led = False

    def _open_menu(self, where: QPoint) -> None:
        self.view.take_line_at(where)
        self.menu.popup(self.view.viewport().mapToGlobal(where))

    def _open_tree_menu(self, where: QPoint) -> None:
        self.menu.popup(self.tree.viewport().mapToGlobal(where))

    def step_cut(self, step: int) -> None:
        """Go to where the next article or section begins (1), or the one before (−1)."""
        line = self.cutting.next_cut(self.view.line, step) if self.cutting is not None else None
        if line is not None:
            self.view.go_to(line)

    def step(self, step: int) -> None:
        """Go to the next doubt (1) or the one before (−1), over all documents and round."""
        if self.cutting is None or self._coming is not None:
            return
        line = self.cutting.next_doubt(self.view.line, step)
        row = self.documents.next_doubtful(self.list.currentIndex().row(), step)
        others = [doubt for doubt in self.cutting.doubts[::step] if doubt != self.view.line]
        if line is not None:
            self.view.go_to(line)
        elif row is not None:
            self._step = step
            self.go_to_row(row)
        elif others:
            self.view.go_to(others[0])
        else:
            self.said.emit(self._context.text("review.all_sure"))


def framed(name: str) -> QWidget:
    """A part whose lines are drawn by the style sheet."""
    made = QWidget()
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made
