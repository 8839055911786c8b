"""Looking over how files were cut: the unsure cuts are walked with one key and put right by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from bulletin_desktop.services import correcting, history
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.corrections import Corrections, confirmed
from bulletin_desktop.ui.review import commands, work
from bulletin_desktop.ui.review.bench import Bench, framed
from bulletin_desktop.ui.review.encoding import EncodingPreview
from bulletin_desktop.ui.review.head import ReviewHead
from bulletin_desktop.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.review.cutting import Cutting

_SIZE = QSize(1320, 860)
_EDGE = QSize(40, 60)  # what stays free of the screen around it


class ReviewDialog(QDialog):
    """A window of its own, beside which the library's stays usable."""

    def __init__(
        self, context: Context, parent: QWidget, documents: Sequence[int] | None = None
    ) -> None:
        """``documents`` are those to look over; None for all."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(context.text("review.title"))
        self._context = context
        self._documents = documents
        self._paths: set[str] = set()  # of all that was listed: it may come back in a later state
        self._making = False  # a change of its own is being told
        self._touched: set[int] = set()  # documents whose counts may be others now
        self._corrections = Corrections(context, self)
        self.bench = Bench(context)
        self.head = ReviewHead(context, self.bench.menu)
        self.preview = EncodingPreview(context, "encoding.reread")
        self.all = QPushButton(context.text("review.all"), autoDefault=False)
        self.all.setVisible(documents is not None)
        self.said = ElidedLabel()
        self.said.setObjectName("crumbs")
        self._close = QPushButton(context.text("notice.close"), autoDefault=False)
        self._lay_out()
        self._connect()
        self._read_list()

    def _lay_out(self) -> None:
        below = framed("reviewFoot")
        foot = QHBoxLayout(below)
        foot.setContentsMargins(14, 8, 14, 8)
        foot.setSpacing(12)
        foot.addWidget(self.all)
        foot.addWidget(self.said, 1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.preview)
        layout.addWidget(self.bench, 1)
        layout.addWidget(below)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _EDGE))
        self.bench.view.setFocus()

    def _connect(self) -> None:
        own = {
            commands.NEXT: partial(self._step, 1),
            commands.PREVIOUS: partial(self._step, -1),
            commands.CONFIRM: self._confirm,
            commands.NEXT_CUT: partial(self.bench.step_cut, 1),
            commands.PREVIOUS_CUT: partial(self.bench.step_cut, -1),
            Act.UNDO.code: partial(self._travel, Act.UNDO),
            Act.REDO.code: partial(self._travel, Act.REDO),
        }
        for code, action in self.bench.actions_of.items():
            act = action.data().act
            action.triggered.connect(own.get(code) or partial(self._correct, act))
        self._corrections.done.connect(self._on_done)
        self._corrections.failed.connect(self._on_failure)
        self.bench.wanted.connect(self._read)
        self.bench.said.connect(self.say)
        self.head.encoding.wanted.connect(self._preview)
        self.preview.chosen.connect(self._reread)
        self.preview.declined.connect(self._on_declined)
        self.preview.turned.connect(self.bench.make_room)
        self.all.clicked.connect(self._show_all)
        self._close.clicked.connect(self.close)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self.update)

    def open_at(self, document: int, at: int | None = None) -> None:
        """Show a document, at a code point of it or else at its first doubt."""
        self.bench.open_at(document, at)

    def say(self, sentence: str) -> None:
        """Say something quietly at the foot."""
        self.said.setText(sentence)
        self.said.setToolTip(sentence)

    # Reading

    def _read_list(self) -> None:
        """The documents that were asked for; later those that have taken their places."""
        documents, paths = self._documents, set(self._paths)

        def read(library: Library) -> list[Reviewed]:
            if documents is None or not paths:
                return correcting.to_review(library, documents)
            return work.later(library, paths)

        self._context.runner.read("review list", read, self._show_list, self._on_failure)

    def _show_list(self, found: list[Reviewed]) -> None:
        """Another list where other documents are in it; else the counts alone are others."""
        self._paths |= {each.path for each in found}
        listed = {each.document for each in self.bench.documents.documents}
        if listed and listed == {each.document for each in found}:
            self.bench.documents.renew(found)
        else:
            self.bench.show_list(found)
        self._count()
        if not found:
            self._show_cutting(None)
            self.say(self._context.text("review.nothing"))

    def _count(self) -> None:
        text, doubts = self._context.text, self.bench.documents.doubts
        count = text("review.doubts", n=doubts) if doubts else text("review.all_sure")
        self.setWindowTitle(f"{text('review.title')} — {count}")

    def _read(self, document: int) -> None:
        self.preview.hide()
        shown = self.bench.cutting
        self._context.runner.read(
            "review",
            lambda library: work.read_cutting(library, document, shown),
            self._show_cutting,
            self._on_lost,
        )

    def _show_cutting(self, cutting: Cutting | None) -> None:
        self.bench.show_cutting(cutting)
        self.head.show_layout(cutting.layout if cutting is not None else None)

    def _on_lost(self, error: KnownError) -> None:
        """Where a document cannot be read, the one that is shown stays."""
        self.say(self._context.explain(error))
        self._show_cutting(self.bench.cutting)

    def _show_all(self) -> None:
        self._documents = None
        self.all.hide()
        self._read_list()
        self.bench.view.setFocus()

    # What the keys do

    def _step(self, step: int) -> None:
        self.say("")
        self.bench.step(step)

    def _confirm(self) -> None:
        """Let the doubt at the line stand as it was cut, and go on."""
        spot, cutting = self.bench.spot, self.bench.cutting
        if spot is None or cutting is None:
            return
        doubtful = self.bench.view.line in cutting.doubts
        self._step(1)
        if doubtful:
            self._touched.add(spot.layout.document)
            self._corrections.run(confirmed(spot))

    def _correct(self, act: Act) -> None:
        self.say("")
        spot = self.bench.spot
        if spot is not None:
            self._touched.add(spot.layout.document)
            self._corrections.carry_out(act, spot)

    def _travel(self, act: Act) -> None:
        verb = history.undo if act is Act.UNDO else history.redo
        self._context.runner.write(verb, partial(self._on_travelled, act), self._on_failure)

    def _on_travelled(self, act: Act, change: Change) -> None:
        self._context.announce(change)
        text, name = self._context.text, self._context.catalogue.message(change.name)
        self.say(text("action.of", act=text(act.code), name=name))

    # The encoding

    def _preview(self, encoding: str) -> None:
        cutting = self.bench.cutting
        if cutting is None or not encoding:
            self.preview.hide()
        else:
            self.preview.show_preview(cutting.layout.path, encoding)

    def _on_declined(self) -> None:
        self.head.encoding.put_back()
        self.bench.view.setFocus()

    def _reread(self, encoding: str) -> None:
        document = self.bench.document
        if document is not None:
            self._touched.add(document)
            self._corrections.run(lambda library: correcting.reread(library, document, encoding))
        self.bench.view.setFocus()

    # Changes

    def _on_done(self, change: Change) -> None:
        """Tell all views; after a correction the list needs no more than some counts."""
        self._making = True
        self._context.announce(change)
        self._making = False
        self.say(self._context.catalogue.message(change.name) if change.step is not None else "")

    def _on_change(self, change: Change) -> None:
        if "documents" not in change.topics:
            return
        document = self.bench.document
        if document is not None:
            self._read(document)
        if self._making:
            touched = list(self._touched)
            self._context.runner.read(
                "review row",
                lambda library: correcting.to_review(library, touched),
                self._renew,
                self._on_failure,
            )
        else:
            self._read_list()

    def _renew(self, found: list[Reviewed]) -> None:
        """The counts of what was corrected; where one of them is gone, another list."""
        self.bench.documents.renew(found)
        self._count()
        if self._touched - {each.document for each in found}:
            self._touched.clear()
            self._read_list()

    def _on_failure(self, error: KnownError) -> None:
        self.say(self._context.explain(error))
        self.head.encoding.put_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the preview before it closes the window."""
        if event.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self.preview.decline()
        else:
            super().keyPressEvent(event)
