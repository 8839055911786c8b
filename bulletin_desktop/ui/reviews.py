"""Opening the review of the cuts: for what was imported, for what is selected, for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.importing import ImportReport
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.review_dialog import ReviewDialog
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.widgets.notice import Notice


class Reviews(QObject):
    """One review stands open at a time; after an import with doubts it is offered."""

    opened = Signal(object)  # ReviewDialog

    def __init__(
        self, context: Context, outline: OutlinePane, notice: Notice, window: QWidget
    ) -> None:
        super().__init__(window)
        self._context = context
        self._outline = outline
        self._notice = notice
        self._window = window
        self._dialog: ReviewDialog | None = None

    def show_selected(self) -> None:
        """Look over the files of what is selected; with one article or none selected, all files,
        from the one at hand on.
        """
        selected = self._outline.selected_articles()
        articles = selected or ((self._outline.read,) if self._outline.read is not None else ())

        def find(library: Library) -> list[tuple[int, int]]:
            return _documents_of(library, articles)

        self._context.runner.read("review at", find, self._show_found, self._fail)

    def _show_found(self, found: list[tuple[int, int]]) -> None:
        documents = list(dict.fromkeys(document for document, _ in found))
        self.show(documents if len(found) > 1 else None)
        if found and self._dialog is not None:
            self._dialog.open_at(documents[0], found[0][1] if len(found) == 1 else None)

    def show(self, documents: Sequence[int] | None) -> None:
        """Look over these files, or all."""
        from bulletin_desktop.ui.dialogs.review_dialog import ReviewDialog

        if self._dialog is not None:
            self._dialog.close()
        self._dialog = ReviewDialog(self._context, self._window, documents)
        self._dialog.destroyed.connect(self._forget)
        self._dialog.show()
        self.opened.emit(self._dialog)

    def show_imported(self, report: ImportReport) -> None:
        """Look over the files that an import brought in."""
        self.show(report.documents)

    def offer(self, report: ImportReport) -> None:
        """After an import, say how many cuts are unsure, where nothing worse is to be said."""
        documents = report.documents
        if documents:
            self._context.runner.read(
                "doubts", lambda library: _reviewed(library, documents), self._offer, self._fail
            )

    def _offer(self, found: list[Reviewed]) -> None:
        doubts = sum(each.doubts for each in found)
        if not doubts or self._notice.isVisible():
            return
        text = self._context.text
        doubtful = [each.document for each in found if each.doubts]
        self._notice.show_words(
            text("review.found", doubts=doubts, n=len(doubtful)),
            text("action.review"),
            lambda: self.show([each.document for each in found]),
            good=True,
        )

    def _fail(self, error: KnownError) -> None:
        self._context.failed.emit(error)

    def _forget(self) -> None:
        self._dialog = None


def _documents_of(library: Library, articles: Sequence[int]) -> list[tuple[int, int]]:
    """The document of each article, and where the article begins in it."""
    from bulletin_desktop.services import correcting, reading

    if len(articles) == 1:
        original = reading.original_of(library, articles[0])
        return [(original.document, original.start)]
    return [(correcting.document_of(library, article), 0) for article in articles]


def _reviewed(library: Library, documents: Sequence[int]) -> list[Reviewed]:
    from bulletin_desktop.services import correcting

    return correcting.to_review(library, documents)
