"""Long work that the window starts: imports, the sample, exports; one at a time is shown."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from bulletin_desktop.model.change import Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import libraries, themes
from bulletin_desktop.ui.opening import open_file
from bulletin_desktop.ui.runner import Job

# Import and export are loaded when they are first asked for: a start does not pay for them.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services import Library
    from bulletin_desktop.services.exporting import ExportReport
    from bulletin_desktop.services.importing import ImportReport
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import ExportOrder
    from bulletin_desktop.ui.widgets.notice import Notice

Work = Generator[Progress, bool | None, Any]


class Jobs(QObject):
    """Starts long work and tells how it went."""

    begun = Signal()
    progressed = Signal(object)  # Progress
    ended = Signal()
    imported = Signal(object)  # ImportReport
    review_wanted = Signal(object)  # ImportReport whose files are to be looked over
    opened = Signal(int)  # the article to show of the files that were to be opened

    def __init__(self, context: Context, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._notice = notice
        self._window = window
        self._running: list[Job] = []

    @property
    def is_running(self) -> bool:
        """Whether long work is under way."""
        return bool(self._running)

    def cancel(self) -> None:
        """Stop what runs; what is finished stays."""
        for job in self._running:
            job.cancel()

    def run(self, verb: Callable[[Library], Work], done: Callable[[Any], None]) -> None:
        """Do other long work; ``done`` gets what it gives."""
        self._start(verb, done)

    def _start(self, verb: Callable[[Library], Work], done: Callable[[Any], None]) -> None:
        self._begin()
        job = self._context.runner.write(
            verb,
            lambda result: self._end(job, done, result),
            lambda error: self._end(job, self._context.failed.emit, error),
            self.progressed.emit,
        )
        self._running.append(job)

    def _begin(self) -> None:
        self._notice.hide()
        self.begun.emit()

    def _end(self, job: Job, then: Callable[[Any], None], value: Any) -> None:
        self._running.remove(job)
        if not self._running:
            self.ended.emit()
        then(value)

    def _start_here(self, work: Work, done: Callable[[Any], None]) -> None:
        """Work on the window's own connection, bit by bit, where no other can be opened."""
        job = Job(lambda _: None, None, None, "")
        timer = QTimer(self)

        def step() -> None:
            try:
                self.progressed.emit(work.send(job.cancelled or None))
            except StopIteration as stop:
                timer.deleteLater()
                self._end(job, done, stop.value)
            except KnownError as error:
                timer.deleteLater()
                self._end(job, self._context.failed.emit, error)

        self._begin()
        self._running.append(job)
        timer.timeout.connect(step)
        timer.start()

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        starter: bool,
        opening: bool = False,
        quiet: bool = False,
    ) -> None:
        """Import files and folders; with the starter themes where the user left them chosen.

        ``opening`` leads to their first article, also where the library had them before; a
        ``quiet`` import says nothing where nothing came in.
        """

        def work(library: Library) -> Work:
            from bulletin_desktop.services.importing import import_paths

            if starter:
                themes.add_starter(library)
            return (yield from import_paths(library, paths))

        def done(report: ImportReport) -> None:
            from bulletin_desktop.services.importing import first_article

            if not quiet or report.documents or report.failed or report.stopped:
                self._on_imported(report)
            article = first_article(self._context.library, paths) if opening else None
            if article is not None:
                self.opened.emit(article)

        self._start(work, done)

    def import_text(self, words: str) -> None:
        """Import words that were copied elsewhere, and show what they became."""

        def work(library: Library) -> Work:
            from bulletin_desktop.services.importing import import_text

            return import_text(library, words)

        def done(report: ImportReport) -> None:
            from bulletin_desktop.services.importing import first_article_of

            self._on_imported(report)
            if report.documents:
                article = first_article_of(self._context.library, report.documents[0])
                if article is not None:
                    self.opened.emit(article)

        self._start(work, done)

    def _import_again(self, encodings: Mapping[str, str]) -> None:
        """Import files anew in encodings that were chosen for them."""

        def work(library: Library) -> Work:
            from bulletin_desktop.services.files import file_of
            from bulletin_desktop.services.importing import import_paths

            # Of an archive the rest is there already.
            paths = dict.fromkeys(file_of(path) for path in encodings)
            return (yield from import_paths(library, paths, encodings))

        self._start(work, self._on_imported)

    def import_sample(self, *, starter: bool) -> None:
        """Import the sample bulletins into this library."""

        def work(library: Library) -> Work:
            return libraries.fill_sample(library, starter=starter)

        self._start(work, self._on_imported)

    def _on_imported(self, report: ImportReport) -> None:
        if report.change is not None:
            self._context.announce(report.change)
        self._context.said.emit(self._summary(report))
        problems = [*report.failed, *report.warnings]
        if report.stopped is not None:
            words = self._context.explain(report.stopped)
            self._notice.show_words(f"{words} {self._summary(report)}", *self._details(report))
        elif len(problems) == 1:
            problem = problems[0]
            why = self._context.catalogue.message(problem.reason)
            words = self._context.text("import.one_problem", name=Path(problem.path).name, why=why)
            more = problem.reason.code == "file.undecodable"  # there an encoding can be chosen
            self._notice.show_words(words, *(self._details(report) if more else ()))
        elif problems:
            self._notice.show_words(self._summary(report), *self._details(report))
        self.imported.emit(report)

    def _details(self, report: ImportReport) -> tuple[str, Callable[[], object]]:
        def show() -> None:
            from bulletin_desktop.ui.dialogs.report_dialog import ReportDialog

            problems = [*report.failed, *report.warnings]
            dialog = ReportDialog(self._context, self._summary(report), problems, self._window)
            dialog.offer_review(bool(report.documents))
            dialog.again_wanted.connect(self._import_again)
            if dialog.exec() == dialog.ON:
                self.review_wanted.emit(report)
            dialog.deleteLater()

        return self._context.text("import.details"), show

    def _summary(self, report: ImportReport) -> str:
        text = self._context.text
        parts = []
        if report.imported or not (report.updated or report.unchanged):
            parts.append(text("import.imported", n=report.imported, articles=report.articles))
        for code in ("updated", "unchanged", "skipped"):
            if count := getattr(report, code):
                parts.append(text(f"import.{code}", n=count))
        if report.failed:
            parts.append(text("import.failed", n=len(report.failed)))
        if report.cancelled:
            parts.append(text("import.cancelled"))
        return text("import.join").join(parts)

    def export(self, order: ExportOrder) -> None:
        """Write a document and offer to open it."""
        catalogue = self._context.catalogue

        def work(library: Library) -> Work:
            from bulletin_desktop.services import exporting

            if order.format in exporting.EXCHANGE:
                from bulletin_desktop.services import exchange

                return exchange.write(library, order.scope, order.file, order.format)
            return exporting.export(
                library, order.scope, order.file, order.choices, catalogue,
                format_name=order.format, template=order.template,
            )  # fmt: skip

        self._start(work, self._on_exported)

    def _on_exported(self, report: ExportReport) -> None:
        from bulletin_desktop.services import exporting

        if report.cancelled:
            self._context.said.emit(self._context.text("export.cancelled"))
            return
        code = "export.codebook_done" if report.format == "qdc" else "export.done"
        words = self._context.text(code, n=report.articles, file=str(report.file))
        told = [self._context.catalogue.message(remark) for remark in report.remarks]
        # What other programs read may have none here that opens it.
        is_exchanged = report.format in exporting.EXCHANGE
        self._notice.show_words(
            "\n".join([words, *told]),
            self._context.text("original.folder" if is_exchanged else "export.open"),
            lambda: open_file(report.file.parent if is_exchanged else report.file),
            good=True,
        )

    def copy_library(self, target: Path) -> None:
        """Write a copy of the library, of one whose file has gone too."""

        def done(whole: bool) -> None:
            if not whole:
                self._context.said.emit(self._context.text("library.copy_cancelled"))
                return
            words = self._context.text("library.copied", file=str(target))
            self._notice.show_words(words, good=True)

        def work(library: Library) -> Work:
            from bulletin_desktop.services.copying import copy_library

            return copy_library(library, target)

        if self._context.library.vanished():
            self._start_here(work(self._context.library), done)
        else:
            self._start(work, done)

    def show_success(self, words: str) -> None:
        """A sentence that stays, of what went well."""
        self._notice.show_words(words, good=True)

    def show_error(self, error: KnownError) -> None:
        """An error of the user's environment, as a sentence that stays."""
        self._notice.show_words(self._context.explain(error))
