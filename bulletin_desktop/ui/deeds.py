"""What the actions do: each asks the services, and the views hear of the change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections, history, tagging, themes
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import Choice
    from bulletin_desktop.ui.jobs import Jobs
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.panes.tagging_pane import TaggingPane


# The endings of the formats that can be read.
_PATTERNS = "*.txt *.md *.docx *.doc *.rtf *.html *.htm *.pdf *.zip"


class Deeds(QObject):
    """Turns what the user asks for into verbs of the services."""

    def __init__(
        self, context: Context, jobs: Jobs, outline: OutlinePane, tagging_pane: TaggingPane,
        reader: ReaderPane, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._context = context
        self._jobs = jobs
        self._outline = outline
        self._tagging = tagging_pane
        self._reader = reader
        self._window = window
        self._settings = context.settings
        # Asked first by the digit keys: puts a theme on the words that are selected on the page.
        self.passages: Callable[[int], bool] | None = None

    # Tagging

    def digit(self, digit: str) -> Callable[[], None]:
        """What a digit key does: toggle the theme that has it."""

        def toggle() -> None:
            for found in self._context.themes().values():
                if found.key == digit and not (self.passages and self.passages(found.id)):
                    self._tagging.toggle(found.id)

        return toggle

    def repeat_theme(self) -> None:
        """Put the theme that was applied last on the articles, or on the passage that is shown."""
        self._tagging.repeat()

    def star(self) -> None:
        """Star the articles of the tagging pane, or take the star off where all have it."""
        ids = self._tagging.articles
        records = browsing.in_scope(self._context.library, Scope(ids=ids)) if ids else []
        if records:
            starred = not all(record.starred for record in records)
            self._context.act(lambda library: tagging.star(library, ids, starred=starred))

    def add_starter_themes(self) -> None:
        """Add the starter set."""
        self._context.act(themes.add_starter)

    # Collections

    def collect(self) -> None:
        """Add the articles of the tagging pane to the current collection."""
        ids = self._tagging.articles
        if not ids:
            return
        current = collections.current(self._context.library)
        name = current.name if current else self._context.text("collection.first")
        self._context.runner.write(
            lambda library: collections.add_articles(library, name, ids),
            lambda change: self._on_collected(change, name),
            self._context.failed.emit,
        )

    def _on_collected(self, change: Change, name: str) -> None:
        self._context.announce(change)
        if change.step is None:
            self._context.said.emit(self._context.text("collection.already", name=name))

    def new_collection(self) -> None:
        """Ask for a name and make a collection, which becomes the current one."""
        from PySide6.QtWidgets import QInputDialog

        name, accepted = QInputDialog.getText(
            self._window,
            self._context.text("action.new_collection").rstrip("…"),
            self._context.text("menu.name"),
        )
        if accepted and name.strip():
            self._context.act(
                lambda library: collections.create(library, name), self._show_newest_collection
            )

    def _show_newest_collection(self) -> None:
        newest = collections.all_collections(self._context.library)[-1]
        self._outline.show_collection(newest.id)
        self._context.runner.write(
            lambda library: collections.choose(library, newest.id), self._context.changed.emit
        )

    def move_in_collection(self, step: int) -> None:
        """Move the selected articles of a collection up (−1) or down (1)."""
        if self._outline.searching or not self._outline.tree.move_selected(step):
            self._context.said.emit(self._context.text("collection.move_where"))

    # History

    def undo(self) -> None:
        """Take back the last step; what is being written counts as one."""
        self._tagging.note.save()
        self._context.travel("action.undo")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._context.travel("action.redo")

    def name_steps(self, acts: Mapping[Act, QAction]) -> None:
        """Let the menu say what undo and redo would do."""
        library, text = self._context.library, self._context.text
        steps = {Act.UNDO: history.next_undo(library), Act.REDO: history.next_redo(library)}
        for act, step in steps.items():
            words = text(act.code)
            name = text(step.code, **step.params) if step else ""
            acts[act].setText(text("action.of", act=words, name=name) if name else words)
            acts[act].setEnabled(step is not None)

    # Import and export

    def import_files(self) -> None:
        """Ask for files and import them."""
        from PySide6.QtWidgets import QFileDialog

        text = self._context.text
        files, _ = QFileDialog.getOpenFileNames(
            self._window,
            text("import.files"),
            self._settings.get(settings.LAST_FOLDER),
            f"{text('import.texts')} ({_PATTERNS});;{text('import.all_files')} (*)",
        )
        self.import_paths([Path(file) for file in files])

    def import_folder(self) -> None:
        """Ask for a folder and import it."""
        from PySide6.QtWidgets import QFileDialog

        folder = QFileDialog.getExistingDirectory(
            self._window,
            self._context.text("import.folder"),
            self._settings.get(settings.LAST_FOLDER),
        )
        self.import_paths([Path(folder)] if folder else [])

    def import_clipboard(self) -> None:
        """Import the words that were copied elsewhere."""
        from PySide6.QtGui import QGuiApplication

        words = QGuiApplication.clipboard().text()
        if words.strip():
            self._jobs.import_text(words)
        else:
            self._context.said.emit(self._context.text("import.nothing_copied"))

    def import_sample(self) -> None:
        """Bring in the sample bulletins."""
        self._jobs.import_sample(starter=self._wants_starter())

    def import_paths(self, paths: list[Path], *, opening: bool = False) -> None:
        """Import files and folders that were chosen or dropped.

        Those that the program was started with are opened: the first one is shown.
        """
        if not paths:
            return
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        self._settings.put(settings.LAST_FOLDER, str(folder))
        self._jobs.import_files(paths, starter=self._wants_starter(), opening=opening)

    def _wants_starter(self) -> bool:
        invited = self._reader.invites and self._reader.welcome.starter.isChecked()
        return invited and not self._context.themes()

    def export_collection(self, collection: int) -> None:
        """Ask as ``export`` does, with a collection first."""
        from bulletin_desktop.ui.panes.export_choices import export_choices

        known = export_choices(self._context, self._outline)
        scope = Scope(collection=collection)
        self.export([choice for choice in known if choice.scope == scope])

    def export(self, first: Sequence[Choice] = ()) -> None:
        """Ask what to export, what is meant ``first``, and where to, and write it."""
        from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
        from bulletin_desktop.ui.panes.export_choices import export_choices

        others = export_choices(self._context, self._outline)
        meant = [choice.scope for choice in first]
        choices = [*first, *(choice for choice in others if choice.scope not in meant)]
        if not choices:
            self._context.said.emit(self._context.text("export.nothing"))
            return
        dialog = ExportDialog(self._context, choices, self._window)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self._jobs.export(dialog.order())
        dialog.deleteLater()
