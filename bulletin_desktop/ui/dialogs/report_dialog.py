"""What an import could not take in: each file with its reason, and the ways on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bulletin_desktop.ui.dialogs.told_dialog import ToldDialog

if TYPE_CHECKING:
    from bulletin_desktop.services.files import Failure
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.review.encoding import EncodingPreview

_UNDECODABLE = "file.undecodable"


class ReportDialog(ToldDialog):
    """Paths and reasons; where some files came in, how they were cut can be checked.

    Files whose encoding was not recognised can be imported in one that is chosen here.
    """

    again_wanted = Signal(dict)  # encodings by path

    def __init__(
        self, context: Context, summary: str, failures: list[Failure], parent: QWidget
    ) -> None:
        lines = [f"{f.path}\n    {context.catalogue.message(f.reason)}" for f in failures]
        title, on = context.text("import.report"), context.text("action.review")
        super().__init__(context, title, summary, "\n".join(lines), on, parent)
        self.on.hide()
        undecodable = [f.path for f in failures if f.reason.code == _UNDECODABLE]
        self._lay_out(*([_Encodings(context, undecodable, self)] if undecodable else []))
        self.resize(620, 460 if undecodable else 360)

    def offer_review(self, offered: bool) -> None:
        """Let the user go on to check how the files that came in were cut, or not."""
        self.on.setVisible(offered)

    def import_again(self, encodings: dict[str, str]) -> None:
        """Close, and have files imported in these encodings."""
        self.accept()
        self.again_wanted.emit(encodings)


class _Encodings(QWidget):
    """A file and an encoding to choose, with the first lines that come of it."""

    def __init__(self, context: Context, paths: list[str], dialog: ReportDialog) -> None:
        from bulletin_desktop.services import correcting
        from bulletin_desktop.ui.review.encoding import EncodingPreview

        super().__init__()
        self._context = context
        self._dialog = dialog
        self.files, self.encodings = QComboBox(), QComboBox()
        self.files.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for path in paths:
            self.files.addItem(path.rpartition("/")[2], path)
        for encoding in correcting.ENCODINGS:
            self.encodings.addItem(encoding.upper(), encoding)
        self.encodings.setCurrentIndex(-1)
        self.preview: EncodingPreview = EncodingPreview(context, "encoding.again")
        self.preview.chosen.connect(self._take)
        self.files.activated.connect(self._show)
        self.encodings.activated.connect(self._show)
        self._lay_out()

    def _lay_out(self) -> None:
        text = self._context.text
        row = QHBoxLayout()
        row.setSpacing(8)
        for code, box, stretch in (
            ("encoding.file", self.files, 1),
            ("encoding.name", self.encodings, 0),
        ):
            label = QLabel(text(code))
            label.setBuddy(box)
            box.setAccessibleName(text(code))
            row.addWidget(label)
            row.addWidget(box, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.preview)

    def _show(self) -> None:
        encoding = self.encodings.currentData()
        if encoding is not None:
            self.preview.show_preview(self.files.currentData(), encoding)

    def _take(self, encoding: str) -> None:
        self._dialog.import_again({self.files.currentData(): encoding})
