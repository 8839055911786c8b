"""Where annotating leads: managing themes, rules, lists, history, trash, another's work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.jobs import Jobs
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.search import Search
    from bulletin_desktop.ui.settings import Setting


class Annotations(QObject):
    """Opens what is wanted; windows that stay open beside the reading are made once."""

    highlight_wanted = Signal(int, int)  # article, highlight
    theme_wanted = Signal(int)  # the articles of a theme
    export_wanted = Signal(int)  # a collection

    def __init__(
        self, context: Context, outline: OutlinePane, reader: ReaderPane, search: Search,
        jobs: Jobs, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._context = context
        self._outline = outline
        self._reader = reader
        self._search = search
        self._jobs = jobs
        self._window = window
        self._open: dict[str, QDialog] = {}
        context.settings.changed.connect(self._on_setting)
        self.sign()

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog beside the window, in the place of an earlier one of its kind."""
        self._close(type(dialog))
        self._open[type(dialog).__name__] = dialog
        dialog.show()

    def _close(self, kind: type[QDialog]) -> None:
        """Close the dialog of a kind; before the next one begins to read, where closing ends its
        reading.
        """
        if earlier := self._open.pop(kind.__name__, None):
            earlier.close()
            earlier.deleteLater()

    # Themes and rules

    def manage_themes(self) -> None:
        """Open the theme manager."""
        from bulletin_desktop.ui.dialogs.themes_dialog import ThemesDialog

        dialog = ThemesDialog(self._context, self._window)
        dialog.articles_wanted.connect(self.theme_wanted)
        dialog.note_wanted.connect(self.note_on_theme)
        self._show(dialog)

    def show_rules(self) -> None:
        """Open the rules, with the query that is typed at the moment for a new one."""
        from bulletin_desktop.ui.dialogs.rules_dialog import RulesDialog

        self._show(RulesDialog(self._context, self._window, self._search.query_text))

    def show_words(self) -> None:
        """Open the user's words for the dictionary."""
        from bulletin_desktop.ui.dialogs.words_dialog import WordsDialog

        self._show(WordsDialog(self._context, self._window))

    # Collections

    def arrange_meant(self) -> None:
        """Open the collection that is selected, or stands above what is; else the current one."""
        from bulletin_desktop.services import collections

        nodes = [] if self._outline.searching else self._outline.tree.selected_nodes()
        above = (each for node in nodes for each in (node, node.parent) if each is not None)
        chosen = next((each.data for each in above if each.kind == "collection"), None)
        current = collections.current(self._context.library)
        if chosen is None and current is None:
            self._context.said.emit(self._context.text("tree.empty_collections"))
        else:
            self.arrange(chosen or (current.id if current else 0))

    def arrange(self, collection: int) -> None:
        """Open a collection to be arranged."""
        from bulletin_desktop.ui.dialogs.collection_dialog import CollectionDialog

        self._close(CollectionDialog)
        dialog = CollectionDialog(self._context, collection, self._window)
        dialog.article_wanted.connect(self._reader.wanted)
        dialog.export_wanted.connect(self.export_wanted)
        self._show(dialog)

    # Lists

    def show_highlights(self) -> None:
        """Open the list of all highlights."""
        from bulletin_desktop.ui.dialogs.highlights_dialog import HighlightsDialog

        self._close(HighlightsDialog)
        dialog = HighlightsDialog(self._context, self._window)
        dialog.wanted.connect(self.highlight_wanted)
        self._show(dialog)

    def show_notes(self) -> None:
        """Open the list of all notes."""
        from bulletin_desktop.ui.dialogs.notes_dialog import NotesDialog

        dialog = NotesDialog(self._context, self._window)
        dialog.article_wanted.connect(self._reader.wanted)
        dialog.highlight_wanted.connect(self.highlight_wanted)
        dialog.theme_wanted.connect(self.theme_wanted)
        self._show(dialog)

    def note_on_issue(self) -> None:
        """Open the note on the issue of the article that is read."""
        if self._reader.article is not None:
            self._open_note("issue", self._reader.article.issue)

    def note_on_theme(self, theme: int) -> None:
        """Open the note on a theme."""
        self._open_note("theme", theme)

    def _open_note(self, kind: NoteKind, target: int) -> None:
        from bulletin_desktop.ui.dialogs.note_dialog import NoteDialog

        dialog = NoteDialog(self._context, self._window, kind, target)
        dialog.article_wanted.connect(self._reader.wanted)
        dialog.exec()
        dialog.deleteLater()

    # History and trash

    def show_history(self) -> None:
        """Open the list of all steps."""
        from bulletin_desktop.ui.dialogs.history_dialog import HistoryDialog

        self._show(HistoryDialog(self._context, self._window))

    def show_article_history(self) -> None:
        """Open the list of what was done to the article that is read."""
        from bulletin_desktop.ui.dialogs.history_dialog import ArticleHistoryDialog

        if self._reader.article is not None:
            self._show(ArticleHistoryDialog(self._context, self._window, self._reader.article))

    def show_trash(self) -> None:
        """Open the trash."""
        from bulletin_desktop.ui.dialogs.trash_dialog import TrashDialog

        self._show(TrashDialog(self._context, self._window))

    def trash_articles(self) -> None:
        """Put the selected articles into the trash, or the selected issues as a whole."""
        from bulletin_desktop.ui.trash_deeds import put_into_trash

        put_into_trash(self._context, self._outline, self._reader)

    # Two people

    def sign(self) -> None:
        """Let the library know who works on it, where the user has said a name."""
        if self._context.settings.get(settings.ANNOTATOR):
            self._put_name()

    def _on_setting(self, setting: Setting) -> None:
        if setting is settings.ANNOTATOR:
            self._put_name()

    def _put_name(self) -> None:
        from bulletin_desktop.services import annotators

        context, given = self._context, self._context.settings.get(settings.ANNOTATOR)
        if annotators.name(context.library) != given:

            def done(_: str) -> None:
                context.library.others_wrote()  # that was the window's own writer

            verb = partial(annotators.set_name, given=given)
            context.runner.write(verb, done, context.failed.emit)

    def merge(self) -> None:
        """Ask for a library or bundle of another annotator, and take in what is in it."""
        from bulletin_desktop.ui.merging import merge

        merge(self._context, self._jobs, self._window)

    def export_bundle(self) -> None:
        """Ask which articles' annotations go into an exchange bundle, and write it."""
        from bulletin_desktop.ui.merging import export_bundle

        export_bundle(self._context, self._jobs, self._outline, self._window)

    def show_agreement(self) -> None:
        """Open the table of how far two annotators agree."""
        from bulletin_desktop.ui.dialogs.agreement_dialog import AgreementDialog

        self._show(AgreementDialog(self._context, self._window))
