"""The window: three panes between two bars. All wiring stands in one block."""

from __future__ import annotations

import gc
import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from bulletin_desktop.services import browsing, libraries
from bulletin_desktop.ui import actions, icons, settings
from bulletin_desktop.ui.actions import DIGITS, Act
from bulletin_desktop.ui.annotations import Annotations
from bulletin_desktop.ui.asking import may_leave
from bulletin_desktop.ui.companions import Companions
from bulletin_desktop.ui.concordances import Concordances
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.deeds import Deeds
from bulletin_desktop.ui.drop import DropTarget
from bulletin_desktop.ui.finding import Finding
from bulletin_desktop.ui.going import Going
from bulletin_desktop.ui.jobs import Jobs
from bulletin_desktop.ui.marking import Marking
from bulletin_desktop.ui.panes.library_switcher import library_name
from bulletin_desktop.ui.panes.outline_pane import OutlinePane
from bulletin_desktop.ui.panes.reader_corrections import ReaderCorrections
from bulletin_desktop.ui.panes.reader_pane import ReaderPane
from bulletin_desktop.ui.panes.status_bar import StatusBar
from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
from bulletin_desktop.ui.panes.top_bar import TopBar
from bulletin_desktop.ui.reading_mode import ReadingMode
from bulletin_desktop.ui.reprint_deeds import ReprintDeeds
from bulletin_desktop.ui.reviews import Reviews
from bulletin_desktop.ui.saved_deeds import SavedDeeds
from bulletin_desktop.ui.search import Search
from bulletin_desktop.ui.search import prepare as prepare_search
from bulletin_desktop.ui.slots import slots_of
from bulletin_desktop.ui.unit_deeds import UnitDeeds
from bulletin_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.panes.welcome import Welcome
    from bulletin_desktop.ui.settings import Setting
    from bulletin_desktop.ui.theme import Tokens
    from bulletin_desktop.ui.watching import Watch

_SIZE = (1440, 900)
# What the desktop puts around a window; at the start it has none yet.
_FRAME = QSize(4, 32)
_WIDTHS = (292, 830, 318)
_LEAST_WIDTHS = (200, 324, 210)
_ASIDE = QPoint(28, 28)
# What asks for an article that is shown.
_OF_ARTICLE = (
    Act.PRINT, Act.COPY_CITED, Act.OUTLINE, Act.READ, Act.ORIGINAL, Act.FOLDER, Act.BESIDE,
    Act.READING_MODE, Act.STAR, Act.COLLECT, Act.THEME, Act.NOTE, Act.TYPOGRAPHY,
    Act.REPRINTS, Act.NEXT_DIFFERENCE, Act.PREVIOUS_DIFFERENCE,
    Act.FIND, Act.NEXT_HIT, Act.PREVIOUS_HIT, Act.LIKE_THIS, Act.REPEAT,
    Act.ACCEPT_SUGGESTION, Act.SENTENCE, Act.CLAUSE,
    Act.MARK, Act.UNMARK, Act.MARK_NOTE, Act.ISSUE_NOTE, Act.ARTICLE_HISTORY, Act.TRASH_ARTICLE,
)  # fmt: skip


class MainWindow(QMainWindow):
    """Puts the panes together."""

    closed = Signal()
    used = Signal()  # it came to the front
    asked = Signal(object)  # Act: of libraries, or to end the program
    library_wanted = Signal(object)  # Path

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.outline = OutlinePane(context)
        self.reader = ReaderPane(context)
        self.tagging = TaggingPane(context)
        self.status = StatusBar(context)
        self.notice = Notice(context)
        self.jobs = Jobs(context, self.notice, self)
        self.deeds = Deeds(context, self.jobs, self.outline, self.tagging, self.reader, self)
        self.units = UnitDeeds(context, self.outline, self)
        self.reprints = ReprintDeeds(context, self.reader, self)
        self.acts = actions.make(self, context.catalogue, context.settings)
        self.companions = Companions(context, self.acts, self)
        self.finding = Finding(context, self.reader, self.outline, self.acts)
        self.corrections = ReaderCorrections(context, self.reader, self.acts)
        self.reviews = Reviews(context, self.outline, self.notice, self)
        self.top = TopBar(context, self.acts, actions.menu(self, context.catalogue, self.acts))
        self.search = Search(context, self.top.search, self.outline, self.notice)
        self.saved = SavedDeeds(context, self.search, self.outline, self.reader, self.deeds, self)
        self.mode = ReadingMode(
            context, self, self.reader, (self.top, self.outline, self.tagging, self.status)
        )
        self.concordances = Concordances(context, self.search, self.reader, self)
        self.marking = Marking(context, self.reader, self.tagging, self.acts)
        self.annotations = Annotations(
            context, self.outline, self.reader, self.search, self.jobs, self
        )
        self.going = Going(context, self.outline, self.reader, self.tagging, self.search, self.mode)
        self._drop = DropTarget(context, self)
        self._watch: Watch | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._wire()
        self._restore()
        self._open()

    def _lay_out(self) -> None:
        name = library_name(self.library_path, self._context.catalogue)
        self.setWindowTitle(self._context.text("window.title", library=name))
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
        self.resize(QSize(*_SIZE))

    def _wire(self) -> None:
        """Everything that is connected, in one place; the actions' deeds stand in ``slots``."""
        for act, deed in slots_of(self, self._context).items():
            self.acts[act].triggered.connect(deed)
        self.search.marked.connect(self.finding.set_finder)
        self.outline.reading.connect(self.reader.show_article)
        self.outline.turned.connect(self._on_shown)
        self.outline.paged.connect(self.reader.page_or_step)
        self.outline.selected.connect(self.tagging.show_articles)
        self.outline.menu_wanted.connect(self._open_menu)
        self.outline.search_wanted.connect(self.saved.open)
        for act in (Act.SAVE_SEARCH, Act.CONCORDANCE):
            self.search.add_action(self.acts[act])
        self.reader.shown.connect(self._on_shown)
        self.reader.stepped.connect(self.outline.step)
        self.reader.wanted.connect(self.going.go_to)
        self.reader.mode_wanted.connect(self.going.toggle_mode)
        self.mode.escaped.connect(self.going.toggle_mode)
        self.reader.welcome_made.connect(self._wire_welcome)
        self.deeds.passages = self.marking.digit
        self.tagging.left.connect(self.outline.focus_list)
        self.tagging.highlight_wanted.connect(self.marking.go_to)
        self.tagging.article_wanted.connect(self.going.go_to)
        self.tagging.history_wanted.connect(self.annotations.show_article_history)
        self.tagging.starter_wanted.connect(self.deeds.add_starter_themes)
        self.top.switcher.chosen.connect(self.library_wanted)
        self._drop.dropped.connect(self._take_files)
        self.status.cancelled.connect(self.jobs.cancel)
        self.jobs.opened.connect(self.going.go_to)
        self.jobs.imported.connect(self.reviews.offer)
        self.jobs.review_wanted.connect(self.reviews.show_imported)
        self.corrections.wanted.connect(self.going.go_to)
        self.concordances.wanted.connect(self.going.go_to)
        self.annotations.highlight_wanted.connect(self.marking.go_to)
        self.annotations.theme_wanted.connect(self.search.leave)
        self.annotations.theme_wanted.connect(self.outline.show_theme)
        self.annotations.export_wanted.connect(self.deeds.export_collection)
        self.marking.wanted.connect(self.going.go_to)
        self.jobs.begun.connect(self.status.begin)
        self.jobs.progressed.connect(self.status.progress)
        self.jobs.ended.connect(self.status.finish)
        self._context.failed.connect(self._on_failure)
        self._context.changed.connect(self._on_change)
        self._context.settings.changed.connect(self._on_setting)
        escape = QShortcut(QKeySequence("Escape"), self.outline)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.search.leave)
        for digit in DIGITS:
            QShortcut(QKeySequence(digit), self).activated.connect(self.deeds.digit(digit))

    def _wire_welcome(self, welcome: Welcome) -> None:
        welcome.import_wanted.connect(self.deeds.import_files)
        welcome.folder_wanted.connect(self.deeds.import_folder)
        welcome.sample_wanted.connect(self.deeds.import_sample)
        self.jobs.begun.connect(partial(welcome.set_busy, True))
        self.jobs.ended.connect(partial(welcome.set_busy, False))

    # Start and end

    @property
    def library_path(self) -> Path:
        """The file of the library that is shown."""
        return self._context.library.path

    @property
    def is_empty(self) -> bool:
        """Whether the library has no article yet."""
        return browsing.totals(self._context.library).articles == 0

    @property
    def has_lost_file(self) -> bool:
        """Whether the library's file has gone, so that it can only be saved from here."""
        return self._context.library.vanished()

    def speaks(self, catalogue: Catalogue) -> bool:
        """Whether its words are in a catalogue's language."""
        return self._context.catalogue.language == catalogue.language

    def _restore(self) -> None:
        kept = self._context.settings
        self.restoreGeometry(kept.get(settings.GEOMETRY))
        if not self.isMaximized():
            self.resize(self.size().boundedTo(self.screen().availableSize() - _FRAME))
        self._splitter.restoreState(kept.get(settings.SPLITTER))

    def step_aside(self, other: QWidget) -> None:
        """Stand a little beside another window, so that both are seen, but on the screen."""
        from bulletin_desktop.ui.widgets.placing import on_screen

        self.move(on_screen(QRect(other.pos() + _ASIDE, self.size()), self))

    def come_forward(self, token: str = "") -> None:
        """Be the window before the user's eyes; ``token`` is the desktop's leave to do so."""
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt hands it over on Wayland
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _open(self) -> None:
        last = self._context.settings.get(settings.LAST_ARTICLE, str(self.library_path))
        self.status.count()
        self.deeds.name_steps(self.acts)
        if not self.outline.open_first(last):
            self.reader.show_welcome()
        self._enable()
        self.outline.focus_list()

    def start_background_work(self) -> None:
        """Load what the first key press will want, once the window stands."""
        if not self.isVisible():  # it was closed meanwhile
            return
        from bulletin_desktop.services import completing

        gc.enable()  # the start had switched it off
        self.setWindowIcon(icons.seal())
        suggester = self._context.suggester

        def load(_: object) -> None:
            completing.prepare()
            prepare_search()
            suggester.load()

        self._context.runner.think("", load, ignore)
        self._context.read_units()
        self._context.saved.count_anew()
        self.reprints.begin()
        self.look_at_watched()

    def look_at_watched(self) -> None:
        """Look through the folders that are to be watched."""
        from bulletin_desktop.ui.watching import Watch

        if self._watch is None:
            self._watch = Watch(self._context, self.jobs, self)
        self._watch.look()

    def restyle(self, tokens: Tokens) -> None:
        """Take on other colours."""
        self._context.tokens = tokens
        self._context.restyled.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window, the user sees what was done elsewhere meanwhile."""
        super().changeEvent(event)
        came = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if came and self.isVisible():  # one that was closed may be told late
            self.used.emit()
            self._context.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being written, remember the window, end all work."""
        geometry = self.mode.geometry
        self.mode.leave()
        self.tagging.note.save()
        self.marking.save()
        self.reader.keep_place()
        self._context.runner.finish_writing()
        unsaved = self.tagging.note.unsaved or self.marking.unsaved
        if not may_leave(self, self._context, unsaved=unsaved):
            event.ignore()
            return
        kept = self._context.settings
        kept.put(settings.GEOMETRY, geometry)
        kept.put(settings.SPLITTER, self._splitter.saveState())
        article = self.reader.article.id if self.reader.article else 0
        kept.put(settings.LAST_ARTICLE, article, str(self.library_path))
        self._context.close()
        event.accept()
        self.closed.emit()

    # Reading

    def _on_shown(self) -> None:
        self.outline.read = self.reader.article.id if self.reader.article else None
        self.reader.show_neighbours(self.outline.neighbour(-1), self.outline.neighbour(1))
        self._enable()

    def _enable(self) -> None:
        """An action is offered where it can do something."""
        self.acts[Act.BACK].setEnabled(self.reader.way.can_go_back)
        self.acts[Act.FORWARD].setEnabled(self.reader.way.can_go_forward)
        shown = self.reader.article is not None
        for act in (*_OF_ARTICLE, *actions.CORRECTIONS):
            self.acts[act].setEnabled(shown)

    def _open_menu(self, node: Node, where: QPoint) -> None:
        from bulletin_desktop.ui.panes.outline_menu import OutlineMenu

        of_units = [self.acts[act] for act in actions.OF_UNITS]
        discard = self.acts[Act.TRASH_ARTICLE]
        menu = OutlineMenu(
            self._context, self, self.deeds.collect, self.saved, of_units, discard,
            self.annotations.arrange,
        )  # fmt: skip
        menu.open(node, self.outline.selected_articles(), where)

    def _take_files(self, files: list[Path]) -> None:
        """Libraries open, all other files and folders are imported."""
        opened, others = libraries.parted(files)
        for file in opened:
            self.library_wanted.emit(file)
        self.deeds.import_paths(others)

    # Settings

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.KEYS:
            actions.follow_keys(self.acts, self._context.settings)
        elif setting is settings.THEME:
            actions.follow_choices(self.acts, self._context.settings)

    # Changes

    def _on_failure(self, error: KnownError) -> None:
        """Say what is wrong; a library that has gone from under the window can be saved anew."""
        if self._context.library.vanished():
            error = self._context.vanished_error()
            words = self._context.text("library.save_copy")
            save = self.acts[Act.COPY_LIBRARY].trigger
            self.notice.show_words(self._context.explain(error), words, save)
        else:
            self.jobs.show_error(error)

    def _on_change(self, change: Change) -> None:
        self.deeds.name_steps(self.acts)
        self.acts[Act.STARTER_THEMES].setEnabled(not self._context.themes())
        self._on_shown()  # the neighbours may be others now
        if "documents" not in change.topics:
            return
        invited = self.reader.invites
        if self.reader.article is None and not self.outline.open_first(0):
            self.mode.leave()
            self.reader.show_welcome()
            self.outline.clear_selection()
        elif invited:
            self.outline.focus_list()


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
