"""Opening the concordance, gathering its lines off the GUI thread, and going to their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from bulletin_desktop.ui.reader.positions import utf16_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.concordance import Concordance, Gathered, Line
    from bulletin_desktop.services.concordance_view import View
    from bulletin_desktop.services.searching import Options
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.concordance_dialog import ConcordanceDialog
    from bulletin_desktop.ui.main_window import MainWindow
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.runner import Job
    from bulletin_desktop.ui.search import Search


class Concordances(QObject):
    """One concordance stands open for a window, beside it and not above it."""

    wanted = Signal(int)  # the article to show

    def __init__(
        self, context: Context, search: Search, reader: ReaderPane, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._context = context
        self._reader = reader
        self._search = search
        self._window = window
        self._dialog: ConcordanceDialog | None = None
        window.closed.connect(self.close)

    def show(self) -> None:
        """Show the places of what is searched for; where nothing is, ask for words."""
        from bulletin_desktop.ui.dialogs.concordance_dialog import ConcordanceDialog

        if self._dialog is None:
            self._dialog = ConcordanceDialog(self._context)
            self._dialog.opened.connect(self._open)
            self._dialog.closed.connect(self._forget)
            self._dialog.show()
        self._dialog.ask(self._search.query_text, self._search.options)
        self._dialog.raise_()
        self._dialog.activateWindow()

    def close(self) -> None:
        """Close it with its window."""
        if self._dialog is not None:
            self._dialog.close()

    def _forget(self) -> None:
        self._dialog = None

    def _open(self, line: Line) -> None:
        """Show the article with the words of a line selected in it."""
        self.wanted.emit(line.where.article.id)
        page = self._reader.page
        if page.sheet is None or page.sheet.text.article.id != line.where.article.id:
            return
        if line.field == "body":
            _select(self._reader, line.start, line.end)
        elif line.field != "source":
            page.go_to(0)
        self._window.come_forward()


def _select(reader: ReaderPane, start: int, end: int) -> None:
    """Select code points of the body that is shown, and have them in sight."""
    page = reader.page
    assert page.sheet is not None
    at, length = utf16_range(page.sheet.text.body, start, end)
    position = page.body_at + at
    page.look_at(position)
    cursor = QTextCursor(page.document())
    cursor.setPosition(position + length)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)


class Gathering(QObject):
    """The lines of a concordance: gathered, arranged and written on the thinker's thread, where
    they keep no search waiting. Of each kind of work only the newest is heard of.
    """

    begun = Signal()
    progressed = Signal(object)  # Progress
    ended = Signal()
    gathered = Signal(object)  # Gathered
    arranged = Signal(object)  # Arranged
    written = Signal(bool)
    failed = Signal(object)  # KnownError

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs: dict[str, Job] = {}
        self._concordance: Concordance | None = None
        self.lines: list[Line] = []

    @property
    def is_long(self) -> bool:
        """Whether work runs that can be cancelled."""
        return bool(self._jobs.keys() & {"gather", "write"})

    def begin(self, text: str, options: Options) -> None:
        """Gather the lines of a query. Raises KnownError ``query.…`` where it cannot be read."""
        from bulletin_desktop.services import concordance, searching

        literal = not options.spelling.lines  # see ``searching.spelled``
        query = searching.parse(text, literal=literal)
        self._concordance = concordance.Concordance(query, options, concordance.WIDEST)
        self.lines = []
        self.go_on()

    def go_on(self) -> None:
        """Gather further lines."""
        found = self._concordance
        assert found is not None

        def done(gathered: Gathered) -> None:
            if found is self._concordance:
                self.lines = [*self.lines, *gathered.lines]
                self.gathered.emit(gathered)

        self._ask("gather", found.more, done)

    def arrange(self, view: View) -> None:
        """Put the lines in order."""
        from bulletin_desktop.services.concordance_view import arranged

        lines = self.lines
        self._ask("arrange", lambda _: arranged(lines, view), self.arranged.emit)

    def write(self, lines: list[Line], file: Path, *, title: str, width: int) -> None:
        """Write lines to a file whose ending says the format."""
        from bulletin_desktop.services import concordance

        written_as = concordance.format_of(file)
        assert written_as is not None
        catalogue = self._context.catalogue

        def work(_: Library) -> Any:
            return concordance.export(
                lines, file, written_as, catalogue=catalogue, title=title, width=width
            )

        self._ask("write", work, self.written.emit)

    def cancel(self) -> None:
        """Stop what runs; lines that were found stay."""
        for job in self._jobs.values():
            job.cancel()

    def close(self) -> None:
        """Stop what runs and hear of nothing any more."""
        self.cancel()
        self._jobs.clear()

    def _ask(self, kind: str, verb: Callable[[Library], Any], done: Callable[[Any], None]) -> None:
        if kind in self._jobs:
            self._jobs[kind].cancel()
        job: Job

        def end(result: Any) -> None:
            if self._jobs.get(kind) is job:
                del self._jobs[kind]
                self.ended.emit()
                done(result)

        def fail(error: KnownError) -> None:
            if self._jobs.get(kind) is job:
                del self._jobs[kind]
                self.ended.emit()
                self.failed.emit(error)

        def tell(progress: object) -> None:
            if self._jobs.get(kind) is job:
                self.progressed.emit(progress)

        job = self._context.runner.think("", verb, end, fail)
        job.progress = tell
        self._jobs[kind] = job
        self.begun.emit()
