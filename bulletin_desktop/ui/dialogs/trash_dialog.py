"""The trash: what is in it comes back, or goes for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTreeView

from bulletin_desktop.services import labels, trash
from bulletin_desktop.ui.asking import sure
from bulletin_desktop.ui.dialogs.log_dialog import LogDialog
from bulletin_desktop.ui.models.log_model import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.annotations import Trashed
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_COLUMNS = (("trash.kind", 96), ("trash.name", 0), ("log.who", 110), ("log.when", 140))
_TEXTS = ("article", "issue")  # what stays in the library, and so in its trash


class TrashDialog(LogDialog):
    """Articles, issues, themes, highlights and what else was deleted, the newest first."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        title = context.text("action.trash").rstrip("…")
        super().__init__(context, parent, title, _COLUMNS)
        self.table.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.restore_button = self.button("trash.restore", "Enter", self._restore)
        self.delete_button = self.button("trash.delete", "Del", self._delete)
        self.empty_button = self.button("trash.empty", "", self._empty)
        self.table.doubleClicked.connect(self._restore)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.rows.modelReset.connect(self._enable)
        self._enable()

    def lines(self, library: Library) -> list[Line]:
        """What is in the trash."""
        text = self._context.text
        return [
            Line(
                entry,
                (
                    text(f"trash.kind.{entry.kind}"),
                    entry.name or text("tree.untitled"),
                    entry.annotator,
                    labels.moment(entry.at),
                ),
            )
            for entry in trash.trashed(library)
        ]

    def words(self) -> str:
        """What becomes of what is there, where there is anything."""
        return self._context.text("trash.nothing" if self.rows.is_empty else "trash.hint")

    @property
    def chosen(self) -> list[Trashed]:
        """The selected entries."""
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        lines = [self.rows.line(row) for row in sorted(rows)]
        return [line.of for line in lines if line is not None]

    def _enable(self) -> None:
        chosen = self.chosen
        self.restore_button.setEnabled(bool(chosen))
        self.delete_button.setEnabled(any(entry.kind not in _TEXTS for entry in chosen))
        self.empty_button.setEnabled(not self.rows.is_empty)

    def _restore(self) -> None:
        entries = [entry.id for entry in self.chosen]
        if entries:
            self.act(lambda library: trash.restore(library, entries))

    def _delete(self) -> None:
        self._delete_for_good(self.chosen)

    def _empty(self) -> None:
        self._delete_for_good(trash.trashed(self._context.library))

    def _delete_for_good(self, entries: Sequence[Trashed]) -> None:
        """Ask, and delete what is no text of the library."""
        text = self._context.text
        gone = [entry.id for entry in entries if entry.kind not in _TEXTS]
        stays = len(entries) - len(gone)
        if not gone:
            self.said.setText(text("trash.texts_stay", n=stays))
            return
        question = text("trash.sure", n=len(gone))
        if stays:
            question += "\n\n" + text("trash.texts_stay", n=stays)
        if sure(self, text("trash.delete"), question):
            self.act(lambda library: trash.empty(library, gone))
