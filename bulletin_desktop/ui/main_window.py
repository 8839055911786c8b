"""The window: three panes between two bars. All wiring stands in one block."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from bulletin_desktop import paths
from bulletin_desktop.services import browsing, completing, history
from bulletin_desktop.ui import actions, icons, settings, theme
from bulletin_desktop.ui.actions import DIGITS, Act
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.deeds import Deeds
from bulletin_desktop.ui.jobs import Jobs
from bulletin_desktop.ui.panes.outline_pane import OutlinePane
from bulletin_desktop.ui.panes.reader_pane import ReaderPane
from bulletin_desktop.ui.panes.status_bar import StatusBar
from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
from bulletin_desktop.ui.panes.top_bar import TopBar
from bulletin_desktop.ui.settings import Settings
from bulletin_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
    )

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services.searching import Found
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node

_SIZE = (1440, 900)
_WIDTHS = (292, 830, 318)
_LEAST_WIDTHS = (200, 348, 210)


class MainWindow(QMainWindow):
    """Puts the panes together."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settings = Settings()
        self.outline = OutlinePane(context)
        self.reader = ReaderPane(context)
        self.tagging = TaggingPane(context)
        self.status = StatusBar(context)
        self.notice = Notice(context)
        self.jobs = Jobs(context, self.notice, self)
        self.deeds = Deeds(
            context, self.jobs, self.outline, self.tagging, self.reader.welcome, self
        )
        self.acts = actions.make(self, context.catalogue, self._slots())
        self.top = TopBar(context, self.acts, actions.menu(self, self.acts))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._wire()
        self._restore()
        self._open()

    def _lay_out(self) -> None:
        self.setWindowTitle(self._context.text("window.title", library=self._library_name()))
        self.setAcceptDrops(True)
        middle = _stacked(self.notice, self.reader)
        panes = (self.outline, middle, self.tagging)
        for pane, least in zip(panes, _LEAST_WIDTHS, strict=True):
            pane.setMinimumWidth(max(least, pane.minimumSizeHint().width()))
            self._splitter.addWidget(pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(_WIDTHS)
        self.setCentralWidget(_stacked(self.top, self._splitter, self.status, stretch=1))
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize()))

    def _library_name(self) -> str:
        """What the title calls the library: the program's own two by a word, others by file."""
        path = self._context.library.path
        words = {paths.default_library(): "window.own", paths.sample_library(): "window.sample"}
        return self._context.text(words[path]) if path in words else path.stem

    def _wire(self) -> None:
        """Everything that is connected, in one place."""
        welcome, search = self.reader.welcome, self.top.search
        self.outline.reading.connect(self.reader.show_article)
        self.outline.turned.connect(self._on_shown)
        self.outline.paged.connect(self.reader.page_or_step)
        self.outline.selected.connect(self.tagging.show_articles)
        self.outline.menu_wanted.connect(self._open_menu)
        self.reader.shown.connect(self._on_shown)
        self.reader.stepped.connect(self.outline.step)
        welcome.import_wanted.connect(self.deeds.import_files)
        welcome.folder_wanted.connect(self.deeds.import_folder)
        welcome.sample_wanted.connect(self.deeds.import_sample)
        self.tagging.left.connect(self.outline.focus_list)
        self.tagging.starter_wanted.connect(self.deeds.add_starter_themes)
        search.wanted.connect(self._search)
        search.ended.connect(self._end_search)
        search.entered.connect(self.outline.focus_first_hit)
        self.status.cancelled.connect(self.jobs.cancel)
        self.jobs.begun.connect(self.status.begin)
        self.jobs.progressed.connect(self.status.progress)
        self.jobs.ended.connect(self.status.finish)
        self._context.failed.connect(self.jobs.show_error)
        self._context.changed.connect(self._on_change)
        escape = QShortcut(QKeySequence("Escape"), self.outline)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._show_all)
        for digit in DIGITS:
            QShortcut(QKeySequence(digit), self).activated.connect(self.deeds.digit(digit))

    def _slots(self) -> dict[Act, Callable[[], object]]:
        return {
            Act.IMPORT_FILES: self.deeds.import_files,
            Act.IMPORT_FOLDER: self.deeds.import_folder,
            Act.EXPORT: self.deeds.export,
            Act.UNDO: self.deeds.undo,
            Act.REDO: self.deeds.redo,
            Act.SEARCH: self._focus_search,
            Act.NEXT: self._next,
            Act.PREVIOUS: self._previous,
            Act.BACK: self._back,
            Act.FORWARD: self._forward,
            Act.THEME: self._focus_themes,
            Act.NOTE: self._focus_note,
            Act.STAR: self.deeds.star,
            Act.COLLECT: self.deeds.collect,
            Act.NEW_COLLECTION: self.deeds.new_collection,
            Act.STARTER_THEMES: self.deeds.add_starter_themes,
            Act.QUIT: self.close,
        }

    # Start and end

    @property
    def is_empty(self) -> bool:
        """Whether the library has no article yet."""
        return browsing.totals(self._context.library).articles == 0

    def _restore(self) -> None:
        self.restoreGeometry(self._settings.get(settings.GEOMETRY))
        self._splitter.restoreState(self._settings.get(settings.SPLITTER))

    def _open(self) -> None:
        last = self._settings.get(settings.LAST_ARTICLE, str(self._context.library.path))
        self.status.count()
        self._name_history()
        self.acts[Act.BACK].setEnabled(False)
        self.acts[Act.FORWARD].setEnabled(False)
        if not self.outline.open_first(last):
            self.reader.show_welcome()
        self.outline.focus_list()

    def start_background_work(self) -> None:
        """Load what the first key press will want, once the window stands."""
        gc.enable()  # the start had switched it off
        self.setWindowIcon(icons.seal())
        suggester = self._context.suggester

        def load(_: object) -> None:
            completing.prepare()
            suggester.load()

        self._context.runner.think("", load, ignore)

    def follow_system_theme(self) -> None:
        """Take the colours that the desktop has now."""
        self._context.tokens = theme.Tokens(theme.system_theme())
        theme.apply(self._context.tokens)
        self._context.restyled.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window, the user sees what was done elsewhere meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._context.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being written, remember the window, end all work."""
        self.tagging.note.save()
        self._context.runner.finish_writing()
        if self.tagging.note.unsaved and not self._gives_note_up():
            event.ignore()
            return
        self._settings.put(settings.GEOMETRY, self.saveGeometry())
        self._settings.put(settings.SPLITTER, self._splitter.saveState())
        article = self.reader.article.id if self.reader.article else 0
        self._settings.put(settings.LAST_ARTICLE, article, str(self._context.library.path))
        self._context.close()
        event.accept()

    def _gives_note_up(self) -> bool:
        """Ask whether to close although a note could not be saved."""
        from PySide6.QtWidgets import QMessageBox

        answer = QMessageBox.question(
            self, self._context.text("note.title"), self._context.text("note.give_up")
        )
        return answer == QMessageBox.StandardButton.Yes

    # Reading

    def _on_shown(self) -> None:
        self.outline.read = self.reader.article.id if self.reader.article else None
        self.reader.show_neighbours(self.outline.neighbour(-1), self.outline.neighbour(1))
        self.acts[Act.BACK].setEnabled(self.reader.can_go_back)
        self.acts[Act.FORWARD].setEnabled(self.reader.can_go_forward)

    def _next(self) -> None:
        self.outline.step(1)

    def _previous(self) -> None:
        self.outline.step(-1)

    def _back(self) -> None:
        self._travel(-1)

    def _forward(self) -> None:
        self._travel(1)

    def _travel(self, step: int) -> None:
        article = self.reader.travel(step)
        if article is not None and not self.outline.show_article(article):
            self.reader.show_article(article)
            self.outline.clear_selection()

    def _focus_themes(self) -> None:
        self.tagging.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_note(self) -> None:
        if self.tagging.note.isVisible():
            self.tagging.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open_menu(self, node: Node, where: QPoint) -> None:
        from bulletin_desktop.ui.panes.outline_menu import OutlineMenu

        menu = OutlineMenu(self._context, self, self.deeds.collect)
        menu.open(node, self.outline.selected_articles(), where)

    # Search

    def _focus_search(self) -> None:
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def _search(self, text: str) -> None:
        from bulletin_desktop.services import searching

        self._context.runner.read(
            "search",
            lambda library: searching.search(library, searching.parse(text)),
            self._show_found,
            self._search_failed,
        )

    def _show_found(self, found: Found) -> None:
        if self.top.search.text().strip():
            self.top.search.say(self._context.text("search.found", n=len(found.hits)))
            self.outline.show_hits(found.hits)

    def _search_failed(self, error: KnownError) -> None:
        self.notice.show_words(self._context.explain(error))

    def _end_search(self) -> None:
        self.notice.hide()
        self.outline.end_search()
        if self.top.search.hasFocus():
            self.outline.focus_list()

    def _show_all(self) -> None:
        """Escape in the left pane ends what narrows it: the search, else the filter."""
        if self.outline.searching:
            self.top.search.clear()
        else:
            self.outline.clear_filter()

    # Changes

    def _name_history(self) -> None:
        """The menu says what undo and redo would do."""
        library, text = self._context.library, self._context.text
        steps = {Act.UNDO: history.next_undo(library), Act.REDO: history.next_redo(library)}
        for act, step in steps.items():
            words = text(f"action.{act.name.lower()}")
            name = text(step.code, **step.params) if step else ""
            self.acts[act].setText(text("action.of", act=words, name=name) if name else words)
            self.acts[act].setEnabled(step is not None)

    def _on_change(self, change: Change) -> None:
        self._name_history()
        self.acts[Act.STARTER_THEMES].setEnabled(not self._context.themes())
        self._on_shown()  # the neighbours may be others now
        if "documents" not in change.topics:
            return
        invited = self.reader.welcome.isVisible()
        if self.reader.article is None and not self.outline.open_first(0):
            self.reader.show_welcome()
            self.outline.clear_selection()
        elif invited:
            self.outline.focus_list()

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
            self.reader.welcome.set_over(True)
            self.status.say(self._context.text("import.drop"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self.reader.welcome.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self.reader.welcome.set_over(False)
        event.acceptProposedAction()
        self.deeds.import_paths(_dropped(event.mimeData()))


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _stacked(*widgets: QWidget, stretch: int | None = None) -> QWidget:
    """Widgets above one another without gaps; the one that grows is ``stretch``, else the last."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for number, widget in enumerate(widgets):
        grows = number == (len(widgets) - 1 if stretch is None else stretch)
        layout.addWidget(widget, int(grows))
    return whole
