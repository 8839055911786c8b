"""Another annotator's work: taking it in, and handing over one's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services import Library
    from bulletin_desktop.services.bundles import BundleReport
    from bulletin_desktop.services.merging import MergeReport
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.jobs import Jobs, Work
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane

_PATTERNS = "*.bdlib *.zip *.qdpx *.qde *.qdc *.jsonld *.json"


def merge(context: Context, jobs: Jobs, window: QWidget) -> None:
    """Ask for another's work, in whichever form, take in what is in it, and show the report."""
    text, kept = context.text, context.settings
    folder = kept.get(settings.LAST_FOLDER) or str(Path.home())
    kinds = f"{text('merge.files')} ({_PATTERNS});;{text('import.all_files')} (*)"
    title = text("action.merge").rstrip("…")
    chosen, _ = QFileDialog.getOpenFileName(window, title, folder, kinds)
    if chosen:
        _merge(context, jobs, window, Path(chosen), with_articles=False)


def _merge(
    context: Context, jobs: Jobs, window: QWidget, file: Path, *, with_articles: bool
) -> None:
    def work(library: Library) -> Work:
        from bulletin_desktop.services import merging

        return merging.merge(library, file, with_articles=with_articles)

    jobs.run(work, partial(_on_merged, context, jobs, window, file))


def _on_merged(
    context: Context, jobs: Jobs, window: QWidget, file: Path, report: MergeReport
) -> None:
    from bulletin_desktop.ui.dialogs.merge_dialog import MergeDialog, summary

    if report.cancelled:
        context.said.emit(context.text("merge.cancelled"))
        return
    if report.change is not None:
        context.announce(report.change)
    if not (report.conflicts or report.unplaced):
        jobs.show_success(summary(context, report))
        return
    dialog = MergeDialog(context, report, window)
    wanted = dialog.exec()
    dialog.deleteLater()
    if wanted == MergeDialog.ON:
        _merge(context, jobs, window, file, with_articles=True)


def export_bundle(context: Context, jobs: Jobs, outline: OutlinePane, window: QWidget) -> None:
    """Ask which articles' annotations go into a bundle and where to, and write it."""
    from bulletin_desktop.ui.dialogs.bundle_dialog import BundleDialog
    from bulletin_desktop.ui.panes.export_choices import export_choices

    choices = export_choices(context, outline)
    if not choices:
        context.said.emit(context.text("export.nothing"))
        return
    # All, unless several articles are selected.
    first = choices[0] if len(outline.selected_articles()) > 1 else choices[-1]
    ordered = [first, *(choice for choice in choices if choice is not first)]
    dialog = BundleDialog(context, ordered, window)
    if dialog.exec() == BundleDialog.DialogCode.Accepted:
        scope, file = dialog.order()

        def work(library: Library) -> Work:
            from bulletin_desktop.services import bundles

            return bundles.write(library, scope, file)

        jobs.run(work, partial(_on_written, context, jobs))
    dialog.deleteLater()


def _on_written(context: Context, jobs: Jobs, report: BundleReport) -> None:
    if report.cancelled:
        context.said.emit(context.text("export.cancelled"))
    else:
        told = {"n": report.articles, "file": str(report.file)}
        jobs.show_success(context.text("bundle.written", **told))
