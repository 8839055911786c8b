"""The window: three panes between two bars. All wiring stands in one block."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.model.change import Change
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    completing,
    history,
    searching,
    tagging,
    themes,
)
from bulletin_desktop.ui import actions, icons, settings, theme
from bulletin_desktop.ui.actions import DIGITS, Act
from bulletin_desktop.ui.context import Context, ignore
from bulletin_desktop.ui.dialogs.export_dialog import Choice, ExportDialog
from bulletin_desktop.ui.jobs import Jobs
from bulletin_desktop.ui.panes.outline_menu import OutlineMenu, collect
from bulletin_desktop.ui.panes.outline_pane import OutlinePane
from bulletin_desktop.ui.panes.reader_pane import ReaderPane
from bulletin_desktop.ui.panes.status_bar import StatusBar
from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
from bulletin_desktop.ui.panes.top_bar import TopBar
from bulletin_desktop.ui.settings import Settings
from bulletin_desktop.ui.widgets.notice import Notice

_SIZE = (1440, 900)
_WIDTHS = (292, 830, 318)


class MainWindow(QMainWindow):
    """Puts the panes together and turns what they ask for into deeds."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settings = Settings()
        self.acts = actions.make(self, context.catalogue, self._slots())
        self.top = TopBar(context, self.acts, actions.menu(self, self.acts))
        self.outline = OutlinePane(context)
        self.reader = ReaderPane(context)
        self.tagging = TaggingPane(context)
        self.status = StatusBar(context)
        self.notice = Notice(context)
        self.jobs = Jobs(context, self.notice, self)
        self._menu = OutlineMenu(context, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._wire()
        self._restore()
        self._open()

    def _lay_out(self) -> None:
        self.setWindowTitle(
            self._context.text("window.title", library=self._context.library.path.stem)
        )
        self.setWindowIcon(icons.seal())
        self.setAcceptDrops(True)
        middle = QWidget()
        stacked = QVBoxLayout(middle)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        stacked.addWidget(self.notice)
        stacked.addWidget(self.reader, 1)
        for pane, least in ((self.outline, 200), (middle, 320), (self.tagging, 210)):
            pane.setMinimumWidth(least)
            self._splitter.addWidget(pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(_WIDTHS)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self.resize(*_SIZE)

    def _wire(self) -> None:
        """Everything that is connected, in one place."""
        context = self._context
        self.outline.reading.connect(self.reader.show_article)
        self.outline.selected.connect(self.tagging.show_articles)
        self.outline.menu_wanted.connect(self._open_menu)
        self.reader.shown.connect(self._on_shown)
        self.reader.stepped.connect(self.outline.step)
        self.reader.welcome.import_wanted.connect(self._import_files)
        self.reader.welcome.folder_wanted.connect(self._import_folder)
        self.reader.welcome.sample_wanted.connect(self._import_sample)
        self.tagging.left.connect(self.outline.focus_list)
        self.tagging.starter_wanted.connect(self._add_starter)
        self.top.search.wanted.connect(self._search)
        self.top.search.ended.connect(self._end_search)
        self.top.search.entered.connect(self.outline.focus_list)
        self.status.cancelled.connect(self.jobs.cancel)
        self.jobs.begun.connect(self.status.begin)
        self.jobs.progressed.connect(self.status.progress)
        self.jobs.ended.connect(self.status.finish)
        context.failed.connect(self.jobs.show_error)
        context.changed.connect(self._on_change)
        for digit in DIGITS:
            QShortcut(QKeySequence(digit), self).activated.connect(self._digit(digit))

    def _slots(self) -> dict[Act, Callable[[], object]]:
        return {
            Act.IMPORT_FILES: self._import_files,
            Act.IMPORT_FOLDER: self._import_folder,
            Act.EXPORT: self._export,
            Act.UNDO: self._undo,
            Act.REDO: self._redo,
            Act.SEARCH: self._focus_search,
            Act.NEXT: self._next,
            Act.PREVIOUS: self._previous,
            Act.BACK: self._back,
            Act.FORWARD: self._forward,
            Act.THEME: self._focus_themes,
            Act.NOTE: self._focus_note,
            Act.STAR: self._star,
            Act.COLLECT: self._collect,
            Act.NEW_COLLECTION: self._new_collection,
            Act.STARTER_THEMES: self._add_starter,
            Act.QUIT: self.close,
        }

    # Start and end

    @property
    def is_empty(self) -> bool:
        """Whether the library has no article yet."""
        return browsing.totals(self._context.library).articles == 0

    def start_background_work(self) -> None:
        """Load what the first key press will want, once the window stands."""
        suggester = self._context.suggester

        def load(_: object) -> None:
            completing.prepare()
            suggester.load()

        self._context.runner.think("", load, ignore)

    def follow_system_theme(self) -> None:
        """Take the colours that the desktop has now."""
        app = QApplication.instance()
        self._context.tokens = theme.Tokens(theme.system_theme())
        theme.apply(app, self._context.tokens)
        self._context.restyled.emit()

    def _scope_name(self) -> str:
        return str(self._context.library.path)

    def _restore(self) -> None:
        self.restoreGeometry(self._settings.get(settings.GEOMETRY))
        self._splitter.restoreState(self._settings.get(settings.SPLITTER))

    def _open(self) -> None:
        last = self._settings.get(settings.LAST_ARTICLE, self._scope_name())
        self.status.count()
        self._name_history()
        if not self.outline.open_first(last):
            self.reader.show_welcome()
        self.outline.focus_list()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being written, remember the window, end all work."""
        self.tagging.note.save()
        self._settings.put(settings.GEOMETRY, self.saveGeometry())
        self._settings.put(settings.SPLITTER, self._splitter.saveState())
        article = self.reader.article
        self._settings.put(settings.LAST_ARTICLE, article.id if article else 0, self._scope_name())
        self._context.close()
        event.accept()

    # Reading

    def _on_shown(self, article: int) -> None:
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
            self.reader.show_article(article, remember=False)

    # Search

    def _focus_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    def _search(self, text: str) -> None:
        self._context.runner.read(
            "search",
            lambda library: searching.search(library, searching.parse(text)),
            self._show_found,
            self._search_failed,
        )

    def _show_found(self, found: searching.Found) -> None:
        if self.top.search.text().strip():
            self.top.search.say(self._context.text("search.found", n=len(found.hits)))
            self.outline.show_hits(found.hits)

    def _search_failed(self, error: KnownError) -> None:
        self.top.search.say(self._context.explain(error))

    def _end_search(self) -> None:
        self.outline.end_search()
        if self.top.search.hasFocus():
            self.outline.focus_list()

    # Tagging

    def _digit(self, digit: str) -> Callable[[], None]:
        def toggle() -> None:
            for theme in self._context.themes().values():
                if theme.key == digit:
                    self.tagging.toggle(theme.id)

        return toggle

    def _focus_themes(self) -> None:
        self.tagging.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_note(self) -> None:
        if self.tagging.note.isVisible():
            self.tagging.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _star(self) -> None:
        ids = self.outline.selected_articles()
        records = browsing.in_scope(self._context.library, Scope(ids=ids)) if ids else []
        if records:
            starred = not all(record.starred for record in records)
            self._context.act(lambda library: tagging.star(library, ids, starred=starred))

    def _add_starter(self) -> None:
        self._context.act(themes.add_starter)

    # Collections

    def _collect(self) -> None:
        ids = self.outline.selected_articles()
        if ids:
            collect(self._context, ids)

    def _new_collection(self) -> None:
        name, accepted = QInputDialog.getText(
            self,
            self._context.text("action.new_collection").rstrip("…"),
            self._context.text("menu.name"),
        )
        if accepted and name.strip():
            self._context.act(
                lambda library: collections.create(library, name), self._show_newest_collection
            )

    def _show_newest_collection(self) -> None:
        newest = collections.all_collections(self._context.library)[-1]
        self._context.runner.write(
            lambda library: collections.choose(library, newest.id), self.status.count
        )
        self.outline.show_collection(newest.id)

    def _open_menu(self, node: object, where: object) -> None:
        self._menu.open(node, self.outline.selected_articles(), where)  # type: ignore[arg-type]

    # History

    def _undo(self) -> None:
        self.tagging.note.save()
        self._context.act(history.undo)

    def _redo(self) -> None:
        self._context.act(history.redo)

    def _name_history(self) -> None:
        """The menu says what undo and redo would do."""
        library, catalogue = self._context.library, self._context.catalogue
        for act, step in (
            (Act.UNDO, history.next_undo(library)),
            (Act.REDO, history.next_redo(library)),
        ):
            words = self._context.text(f"action.{act.name.lower()}")
            name = catalogue.text(step.code, **step.params) if step else ""
            self.acts[act].setText(
                self._context.text("action.of", act=words, name=name) if name else words
            )
            self.acts[act].setEnabled(step is not None)

    def _on_change(self, change: Change) -> None:
        self._name_history()
        self.acts[Act.STARTER_THEMES].setEnabled(not self._context.themes())
        if "documents" not in change.topics:
            return
        if self.reader.article is None and not self.outline.open_first(0):
            self.reader.show_welcome()
        elif self.reader.article is not None:
            self._on_shown(self.reader.article.id)

    # Import and export

    def _import_files(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(
            self,
            self._context.text("import.files"),
            self._settings.get(settings.LAST_FOLDER),
            f"{self._context.text('import.texts')} (*.txt *.md);;"
            f"{self._context.text('import.all_files')} (*)",
        )
        if files:
            self.import_paths([Path(file) for file in files])

    def _import_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self._context.text("import.folder"), self._settings.get(settings.LAST_FOLDER)
        )
        if folder:
            self.import_paths([Path(folder)])

    def _import_sample(self) -> None:
        self.jobs.import_sample(starter=self._wants_starter())

    def _wants_starter(self) -> bool:
        welcome = self.reader.welcome
        return welcome.isVisible() and welcome.starter.isChecked() and not self._context.themes()

    def import_paths(self, paths: list[Path]) -> None:
        """Import files and folders that were chosen, dropped or given at the start."""
        first = paths[0]
        self._settings.put(settings.LAST_FOLDER, str(first if first.is_dir() else first.parent))
        self.jobs.import_files(paths, starter=self._wants_starter())

    def _export(self) -> None:
        choices = self._export_choices()
        if not choices:
            self._context.said.emit(self._context.text("export.nothing"))
            return
        dialog = ExportDialog(self._context, choices, self)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self.jobs.export(dialog.order())
        dialog.deleteLater()

    def _export_choices(self) -> list[Choice]:
        from bulletin_desktop.ui.panes.export_choices import export_choices

        return export_choices(self._context, self.outline)

    # Drag and drop

    @staticmethod
    def _dropped(data: QMimeData) -> list[Path]:
        return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if self._dropped(event.mimeData()):
            event.acceptProposedAction()
            self.reader.welcome.set_over(True)
            self.status.say(self._context.text("import.drop"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self.reader.welcome.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self.reader.welcome.set_over(False)
        paths = self._dropped(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.import_paths(paths)
