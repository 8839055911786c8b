"""What is done with the article that is read: its original, its folder, copying, printing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import reading
from bulletin_desktop.ui import theme
from bulletin_desktop.ui.opening import open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.records import ArticleText, Original
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.reader.page import Sheet

# Less has no room for the preview's buttons.
_PREVIEW = QSize(880, 640)


class Located(NamedTuple):
    """An original and where its file is now: ``folder`` is the nearest one that there is."""

    original: Original
    there: bool
    folder: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.original.path).name

    @property
    def format(self) -> str:
        """The encoding of a text, or which other kind of file it was."""
        kind = Path(self.original.path).suffix.removeprefix(".")
        return (self.original.encoding or kind).upper()


def locate(library: Library, article: int) -> Located:
    """The original of an article. Raises KnownError("article.missing")."""
    from bulletin_desktop.services import files  # a start looks for no original

    original = reading.original_of(library, article)
    path = Path(original.path)
    folder = next((folder for folder in path.parents if folder.is_dir()), Path.home())
    there = files.is_there(original.path) or original.path.startswith(files.PASTED)
    return Located(original, there, folder)


class ArticleDeeds(QObject):
    """Carries out what the menu of an article offers."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._printer: QPrinter | None = None

    def _locate(self, article: int, then: Callable[[Located], None]) -> None:
        self._context.runner.read(
            "original", lambda library: locate(library, article), then, self._context.failed.emit
        )

    def show_original(self, article: int) -> None:
        """Show the article in the text of its document."""
        self._locate(article, self._show)

    def _show(self, located: Located) -> None:
        from bulletin_desktop.ui.dialogs.original_dialog import OriginalDialog

        dialog = OriginalDialog(self._context, located, self._parent)
        dialog.folder_wanted.connect(lambda: self.show_folder(located))
        dialog.show()

    def open_folder(self, article: int) -> None:
        """Open the folder of the article's file."""
        self._locate(article, self.show_folder)

    def show_folder(self, located: Located) -> None:
        """Open the nearest folder that there is, and say so where the file is gone."""
        text, folder = self._context.text, str(located.folder)
        if not open_file(located.folder):
            self._context.said.emit(text("original.no_folder", folder=folder))
        elif not located.there:
            self._context.said.emit(text("original.gone_folder", name=located.name, folder=folder))

    def copy_cited(self, text: ArticleText, selected: str) -> None:
        """Put words, or else the whole body, on the clipboard with where they are from."""
        quoted = reading.quotation(selected.strip() or text.body, text, self._context.catalogue)
        QGuiApplication.clipboard().setText(quoted)
        code = "reader.copied_words" if selected.strip() else "reader.copied_article"
        self._context.said.emit(self._context.text(code))

    def print_article(self, sheet: Sheet) -> None:
        """Open the preview, from which it is printed."""
        from PySide6.QtCore import Qt
        from PySide6.QtPrintSupport import QPrintPreviewDialog
        from PySide6.QtWidgets import QToolButton

        from bulletin_desktop.ui.reader import printing
        from bulletin_desktop.ui.reader.style import page_style

        title = sheet.text.article.heading or self._context.text("tree.untitled")
        source = reading.citation(sheet.text, self._context.catalogue)
        style = page_style(self._context.settings)
        self._printer = printing.new_printer(title)
        dialog = QPrintPreviewDialog(self._printer, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self._context.text("print.title", title=title))
        for button in dialog.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt made them for the mouse alone

        def paint(printer: QPrinter) -> None:
            if not printing.print_sheet(printer, sheet, style, source):
                self._context.failed.emit(KnownError("print.failed"))

        dialog.paintRequested.connect(paint)
        dialog.setStyleSheet(theme.style_sheet(theme.Tokens("light")))  # Qt's drawings are dark
        wanted = self._parent.window().size().expandedTo(_PREVIEW)
        dialog.resize(wanted.boundedTo(self._parent.screen().availableSize()))
        dialog.open()
