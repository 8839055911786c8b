"""Arranging a collection: its order, headings and introduction, and what of each is printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import collection_list, collections
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.dialogs.parts import row, shortcut
from bulletin_desktop.ui.widgets.collection_table import CollectionTable
from bulletin_desktop.ui.widgets.collection_words import PROPOSING, Intro, SummaryLine
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Collection, Extent
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.collection_list import Row
    from bulletin_desktop.services.collections import Level, SortBy
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(900, 680)
_FRAME = QSize(40, 60)  # what the desktop wants around a dialog
_PAUSE_MILLISECONDS = 250  # changes that follow each other are read at once
_PAGES_MILLISECONDS = 700  # pages are counted when nothing has changed for so long
_LISTED = frozenset({"collections", "documents", "highlights", "trash"})
_SORTS: tuple[SortBy, ...] = ("date", "source", "theme", "title")
_EXTENTS: tuple[tuple[Extent, str], ...] = (("full", "F"), ("excerpt", "E"), ("summary", "S"))
_PAGES, _LIST, _NEW = "pages of a collection", "collection", "new hits"


class CollectionDialog(QDialog):
    """Stays open beside the reading; each change counts at once and can be undone."""

    article_wanted = Signal(int)
    export_wanted = Signal(int)  # the collection

    def __init__(self, context: Context, collection: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._id = collection
        self._collection: Collection | None = None
        text = context.text
        self.intro, self.summary = Intro(context), SummaryLine(context)
        self.origin, self.figures, self.words = ElidedLabel(), QLabel(), ElidedLabel()
        self.update_button = QPushButton(text("collection.update"), autoDefault=False)
        self.sort_button = QPushButton(text("collection.sort"), autoDefault=False)
        self.export_button = QPushButton(text("collection.export"), autoDefault=False)
        self.close_button = QPushButton(text("notice.close"), autoDefault=False)
        self.table = CollectionTable(context)
        self.deeds: dict[str, QPushButton] = {}
        self._stale = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._idle = QTimer(self, singleShot=True, interval=_PAGES_MILLISECONDS)
        self._make_deeds()
        self._fill_sorts()
        self._lay_out()
        self._connect()
        self._read()
        self.table.setFocus()

    def _make_deeds(self) -> None:
        """The buttons, with the keys that do the same in the list."""
        text = self._context.text
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            ("heading", "H", lambda: self._add_heading(1)),
            ("subheading", "Shift+H", lambda: self._add_heading(2)),
            *((name, key, partial(self._set_extent, name)) for name, key in _EXTENTS),
            ("take_out", "Del", self._take_out),
        ]
        for name, key, deed in deeds:
            words = text("unit.button", words=text(f"collection.do_{name}"), key=key)
            button = QPushButton(words, autoDefault=False)
            button.clicked.connect(lambda _, deed=deed: deed())
            self.deeds[name] = button
            shortcut(key, self.table, button.click)

    def _fill_sorts(self) -> None:
        menu = QMenu(self.sort_button)
        for by in _SORTS:
            for down in (False, True):
                code = f"collection.by_{by}_down" if down else f"collection.by_{by}"
                action = menu.addAction(self._context.text(code))
                action.triggered.connect(partial(self._sort, by, descending=down))
        self.sort_button.setMenu(menu)

    def _lay_out(self) -> None:
        for label in (self.origin, self.figures, self.words):
            label.setObjectName("hint")
        self.update_button.setObjectName("link")
        deeds = FlowLayout()
        for button in self.deeds.values():
            deeds.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(deeds, 1)
        middle.addWidget(self.sort_button, 0, Qt.AlignmentFlag.AlignTop)
        foot = row(self.figures, self.words, self.export_button, self.close_button)
        foot.setStretch(1, 1)
        source = row(self.origin, self.update_button)
        source.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(source)
        layout.addWidget(self.intro)
        layout.addWidget(self.table, 1)
        layout.addLayout(middle)
        layout.addWidget(self.summary)
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _connect(self) -> None:
        context, table = self._context, self.table
        self.intro.written.connect(lambda id_, words: self._act(collections.set_intro, id_, words))
        self.summary.written.connect(
            lambda item, words: self._act(collections.set_summary, item, words)
        )
        for field in (self.intro, self.summary):
            field.left.connect(table.setFocus)
        table.picked.connect(self._on_picked)
        table.rows.renamed.connect(self._rename)
        table.rows.dropped.connect(self._move)
        table.activated.connect(self._open)
        self.update_button.clicked.connect(self._update)
        self.export_button.clicked.connect(lambda: self.export_wanted.emit(self._id))
        self.close_button.clicked.connect(self.close)
        for key, where, deed in (
            ("F2", table, table.rename),
            ("Alt+Up", table, partial(self._step, -1)), ("Alt+Down", table, partial(self._step, 1)),
            ("Alt+Left", table, partial(self._set_level, 1)),
            ("Alt+Right", table, partial(self._set_level, 2)),
            ("Ctrl+Z", self, partial(context.travel, "action.undo")),
            ("Ctrl+Shift+Z", self, partial(context.travel, "action.redo")),
            ("Ctrl+E", self, self.export_button.click),
        ):  # fmt: skip
            shortcut(key, where, deed)
        self._stale.timeout.connect(self._read)
        self._idle.timeout.connect(self._count_pages)
        context.changed.connect(self._on_change)
        context.restyled.connect(table.viewport().update)
        context.said.connect(self.words.setText)
        context.failed.connect(self._on_failure)

    # What is shown

    def _read(self) -> None:
        catalogue, collection = self._context.catalogue, self._id
        self._context.runner.read(
            _LIST, lambda library: collection_list.gather(library, collection, catalogue),
            self._show, self._on_lost,
        )  # fmt: skip

    def _on_lost(self, error: KnownError) -> None:
        """The collection is in the trash now, or something else is wrong."""
        if error.code == "collection.missing":
            self.close()
        else:
            self._on_failure(error)

    def _show(self, rows: Sequence[Row]) -> None:
        try:
            found = collections.by_id(self._context.library, self._id)
        except KnownError as error:
            self._on_lost(error)
            return
        text = self._context.text
        self._collection = found
        self.setWindowTitle(text("collection.title", name=found.name))
        self.table.setAccessibleName(self.windowTitle())
        self.intro.show_text(found.id, found.intro)
        self.origin.setText(text("collection.origin", query=found.origin))
        self.origin.setToolTip(found.origin)
        for part in (self.origin, self.update_button):
            part.setVisible(bool(found.origin))
        self.table.show_rows(rows)
        self.figures.setText(self._figures())
        self.export_button.setEnabled(bool(found.articles))
        self.sort_button.setEnabled(found.articles > 1)
        self._idle.start()

    def _figures(self) -> str:
        articles, characters = collection_list.figures(self.table.rows.rows)
        return self._context.text("collection.figures", n=articles, characters=f"{characters:,}")

    def _count_pages(self) -> None:
        catalogue, collection = self._context.catalogue, self._id
        self._context.runner.count(
            _PAGES, lambda library: collection_list.pages(library, collection, catalogue),
            self._show_pages, ignore,
        )  # fmt: skip

    def _show_pages(self, pages: int) -> None:
        if pages:
            words = self._context.text("collection.with_pages", figures=self._figures(), n=pages)
            self.figures.setText(words)

    def _on_picked(self) -> None:
        chosen = set(self.table.chosen())
        picked = [each for each in self.table.rows.rows if each.item.id in chosen]
        self.deeds["take_out"].setEnabled(bool(picked))
        for name, _ in _EXTENTS:
            self.deeds[name].setEnabled(any(each.article for each in picked))
        self.summary.show_row(self.table.one)

    def _on_change(self, change: Change) -> None:
        if "collections" in change.topics:
            self._read()
        elif change.topics & _LISTED:
            self._stale.start()

    def _on_failure(self, error: KnownError) -> None:
        self.words.setText(self._context.explain(error))

    def done(self, result: int) -> None:
        """A closed window works for nobody, and follows nothing; what is typed is kept."""
        self.intro.save()
        self.summary.save()
        for timer in (self._stale, self._idle):
            timer.stop()
        for key in (_LIST, _NEW, PROPOSING):
            self._context.runner.stop_reading(key)
        self._context.runner.stop_counting(_PAGES)
        self._context.changed.disconnect(self._on_change)
        self._context.failed.disconnect(self._on_failure)
        super().done(result)

    # Deeds

    def _act(self, verb: Callable[..., Change], *given: object, **named: object) -> None:
        self._context.act(partial(_on, verb, given, named))

    def _add_heading(self, level: Level) -> None:
        """Ask for the words of a heading above the row at hand."""
        text, before = self._context.text, self.table.current
        words, accepted = QInputDialog.getText(
            self, text("collection.do_heading" if level == 1 else "collection.do_subheading"),
            text("collection.heading_words"),
        )  # fmt: skip
        if accepted and words.strip():
            self._act(collections.add_heading, self._id, words, level, before)
        self.table.setFocus()

    def _rename(self, item: int, words: str) -> None:
        level = self.table.rows.rows[self.table.rows.row_of(item)].item.level
        self._act(collections.set_heading, item, words, level)

    def _set_level(self, level: Level) -> None:
        one = self.table.one
        if one is not None and one.article is None:
            self._act(collections.set_heading, one.item.id, one.item.text, level)

    def _set_extent(self, extent: Extent) -> None:
        if self.deeds[extent].isEnabled():
            self._act(collections.set_extent, self.table.chosen(), extent)

    def _take_out(self) -> None:
        if chosen := self.table.chosen():
            self._act(collections.remove_items, self._id, chosen)

    def _move(self, items: Sequence[int], before: int | None) -> None:
        self._act(collections.move_items, self._id, items, before)

    def _step(self, step: int) -> None:
        """Move what is chosen one place up (−1) or down (1)."""
        order, chosen = [each.item.id for each in self.table.rows.rows], self.table.chosen()
        if not chosen:
            return
        first, last = order.index(chosen[0]), order.index(chosen[-1])
        if step < 0 and first:
            self._move(chosen, order[first - 1])
        elif step > 0 and last + 1 < len(order):
            self._move(chosen, order[last + 2] if last + 2 < len(order) else None)

    def _sort(self, by: SortBy, *_: object, descending: bool) -> None:
        self._act(collections.sort, self._id, by, descending=descending)

    def _open(self) -> None:
        one = self.table.one
        if one is not None and one.article is not None:
            self.article_wanted.emit(one.article.id)

    def _update(self) -> None:
        """Add at the end what the search that this is a copy of finds now."""
        collection = self._id
        self._context.runner.read(
            _NEW, lambda library: collection_list.new_hits(library, collection),
            self._take_in, self._on_failure,
        )  # fmt: skip

    def _take_in(self, articles: Sequence[int]) -> None:
        if articles and self._collection is not None:
            self._act(collections.add_articles, self._collection.name, articles)
        else:
            self.words.setText(self._context.text("collection.nothing_new"))


def _on(
    verb: Callable[..., Change], given: Sequence[object], named: dict[str, object], library: Library
) -> Change:
    return verb(library, *given, **named)
