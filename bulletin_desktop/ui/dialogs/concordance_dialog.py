"""The concordance: every place of a query's words in a line of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import concordance
from bulletin_desktop.services.concordance_view import View
from bulletin_desktop.services.searching import Options
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.asking import may_replace
from bulletin_desktop.ui.concordances import Gathering
from bulletin_desktop.ui.dialogs.export_dialog import file_name
from bulletin_desktop.ui.dialogs.parts import row, shortcut
from bulletin_desktop.ui.dialogs.write_dialog import export_folder
from bulletin_desktop.ui.models.concordance_model import COLUMNS, RIGHT, ConcordanceModel
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.line_table import LineTable
from bulletin_desktop.ui.widgets.neighbour_list import NeighbourList

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from bulletin_desktop.model.change import Change, Progress
    from bulletin_desktop.services.concordance import Gathered
    from bulletin_desktop.services.concordance_view import Arranged
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(1180, 720)
_EDGE = QSize(40, 60)  # what stays free of the screen around it
_LEAST_WIDTH = 5
_PATIENCE_MILLISECONDS = 600
_TYPING_MILLISECONDS = 150


class ConcordanceDialog(QDialog):
    """A window of its own beside the library's, which stays usable."""

    opened = Signal(object)  # Line: the place to show
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._options = Options()
        self._asked = ""
        self._query = ""  # the text whose lines are shown
        self._file = Path()
        self._last: Gathered | None = None
        width = context.settings.get(settings.CONCORDANCE_WIDTH)
        self.gathering = Gathering(context, self)
        self.rows = ConcordanceModel(context, width, self)
        self._make_controls(width)
        self._lay_out()
        self._connect()
        self._name()
        self._enable()

    def _make_controls(self, width: int) -> None:
        text = self._context.text
        self.query = QLineEdit(clearButtonEnabled=True)
        self.list = QPushButton(text("concordance.list"), autoDefault=False)
        self.list.setObjectName("primary")
        self.width_box = QSpinBox(minimum=_LEAST_WIDTH, maximum=concordance.WIDEST, value=width)
        self.width_box.setSuffix(text("concordance.characters"))
        self.width_box.setObjectName("contextWidth")
        self.width_box.lineEdit().setTextMargins(6, 0, 0, 0)
        self.pinyin = QCheckBox(text("concordance.pinyin"))
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.table = LineTable(self._context)
        self.neighbours = NeighbourList(self._context)
        self.where = ElidedLabel()
        self.where.setObjectName("crumbs")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(120)
        self.cancel = QPushButton(text("work.cancel"), autoDefault=False)
        self.cancel.setObjectName("link")
        self.more = QPushButton(text("concordance.more"), autoDefault=False)
        self.export = QPushButton(text("concordance.export"), autoDefault=False)
        self._close = QPushButton(text("notice.close"), autoDefault=False)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MILLISECONDS)

    def _lay_out(self) -> None:
        text = self._context.text
        for field, code in ((self.query, "concordance.query"), (self.filter, "concordance.filter")):
            field.setPlaceholderText(text(code))
            field.setAccessibleName(text(code))
        self.width_box.setAccessibleName(text("concordance.width"))
        self.table.setModel(self.rows)
        self.table.fit(())
        asking = row(self.query, self.list)
        asking.setStretch(0, 1)
        label = QLabel(text("concordance.width"))
        narrowing = row(self.filter, label, self.width_box, self.pinyin, self.count)
        narrowing.setStretch(0, 1)
        middle = row(self.table, self.neighbours)
        middle.setStretch(0, 1)
        foot = row(self.where, self._bar, self.cancel, self.more, self.export, self._close)
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        for each in (asking, narrowing):
            layout.addLayout(each)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(_SIZE)
        self.restoreGeometry(self._context.settings.get(settings.CONCORDANCE_GEOMETRY))
        self.resize(self.size().boundedTo(self.screen().availableSize() - _EDGE))
        self._show_work(shown=False)

    def _connect(self) -> None:
        gathering = self.gathering
        gathering.gathered.connect(self._on_gathered)
        gathering.arranged.connect(self._on_arranged)
        gathering.written.connect(self._on_written)
        gathering.failed.connect(self._on_failure)
        gathering.begun.connect(self._patience.start)
        gathering.progressed.connect(self._on_progress)
        gathering.ended.connect(self._on_ended)
        self._patience.timeout.connect(self._on_patience)
        self._typing.timeout.connect(self._arrange)
        self.query.returnPressed.connect(self._begin)
        self.list.clicked.connect(self._begin)
        self.filter.textChanged.connect(self._typing.start)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.width_box.valueChanged.connect(self._widen)
        self.pinyin.toggled.connect(self._arrange)
        self.neighbours.changed.connect(self._arrange)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._arrange)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.doubleClicked.connect(self._open)
        self.cancel.clicked.connect(gathering.cancel)
        self.more.clicked.connect(self._go_on)
        self.export.clicked.connect(self._export)
        self._close.clicked.connect(self.close)
        for key in ("Return", "Enter"):
            shortcut(key, self.table, self._open)
        shortcut("Ctrl+C", self.table, self._copy)
        shortcut("Ctrl+F", self, self.filter.setFocus)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self.update)

    # Gathering

    def ask(self, text: str, options: Options) -> None:
        """List the places of a query; the same as before is not listed again."""
        options = options._replace(sort="date")  # in what order the hits stand says nothing here
        asked, self._options = (self._asked, self._options), options
        if text and (text, options) != asked:
            self._asked = text
            self.query.setText(text)
            self._begin()
        elif not self._query:
            self.query.setFocus()

    def _begin(self) -> None:
        text = self.query.text().strip()
        if not text:
            return
        self._last = None
        try:
            self.gathering.begin(text, self._options)
        except KnownError as error:
            self._on_failure(error)
            return
        self._query = text
        self.neighbours.neighbour = ""
        self._name()
        self._enable()

    def _go_on(self) -> None:
        self.gathering.go_on()
        self._enable()

    def _on_gathered(self, gathered: Gathered) -> None:
        self._last = gathered
        self.table.fit(self.gathering.lines)
        self._arrange()
        self._enable()
        if self.query.hasFocus() and self.gathering.lines:
            self.table.setFocus()

    def _on_failure(self, error: KnownError) -> None:
        self.where.setText(self._context.explain(error))
        self._enable()

    def _on_change(self, change: Change) -> None:
        """Places in documents that were cut anew are others now."""
        if "documents" in change.topics and self._query and self.query.text().strip():
            self._begin()

    # Work that lasts

    def _on_patience(self) -> None:
        self._show_work(shown=self.gathering.is_long)

    def _on_progress(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    def _on_ended(self) -> None:
        if not self.gathering.is_long:
            self._patience.stop()
            self._show_work(shown=False)

    def _show_work(self, *, shown: bool) -> None:
        self._bar.setVisible(shown)
        self.cancel.setVisible(shown)

    # Order

    def _arrange(self) -> None:
        header, beside = self.table.horizontalHeader(), self.neighbours
        view = View(
            sort=COLUMNS[header.sortIndicatorSection()],
            backwards=header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
            pinyin=self.pinyin.isChecked(),
            words=self.filter.text(),
            width=self.rows.width,
            side=beside.side,
            length=beside.length,
            neighbour=beside.neighbour,
        )
        self.gathering.arrange(view)

    def _on_arranged(self, found: Arranged) -> None:
        self.rows.show(self.gathering.lines, found.rows)
        self.neighbours.show_found(found)
        self.table.setCurrentIndex(self.rows.index(0, RIGHT))
        if self._last is not None and self._last.stopped:
            self.where.setText(self._context.text("concordance.stopped"))
        elif not found.rows:
            self.where.clear()
        self._tell()
        self._enable()

    def _tell(self) -> None:
        """Say how many places there are, and which of them are shown."""
        text, last, lines = self._context.text, self._last, self.gathering.lines
        if last is None:
            return
        found = len({line.where.article.id for line in lines})
        words = text("concordance.count", lines=len(lines), n=found)
        if not last.whole:
            done, n = last.done, last.articles
            words = text("concordance.bounded", lines=len(lines), done=done, n=n)
        elif self.rows.rowCount() < len(lines):
            words = text("concordance.shown", shown=self.rows.rowCount(), lines=len(lines))
        self.count.setText(words)
        self.table.say("concordance.none_fit" if lines else "concordance.none")

    def _widen(self, width: int) -> None:
        self._context.settings.put(settings.CONCORDANCE_WIDTH, width)
        self.rows.widen(width)
        if self.filter.text():
            self._typing.start()

    def _enable(self) -> None:
        self.export.setEnabled(self.rows.rowCount() > 0)
        bounded = self._last is not None and not self._last.whole
        self.more.setVisible(bounded)
        self.more.setEnabled(not self.gathering.is_long)

    def _name(self) -> None:
        text = self._context.text
        named = text("concordance.title", query=self._query)
        self.setWindowTitle(named if self._query else text("action.concordance").rstrip("…"))

    # Lines

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            line = self.rows.line(current.row())
            self.where.setText(concordance.cited(line, self._context.catalogue))

    def _open(self) -> None:
        current = self.table.currentIndex()
        if current.isValid():
            self.opened.emit(self.rows.line(current.row()))

    def _copy(self) -> None:
        """Put the selected lines on the clipboard, each with where it is from."""
        chosen = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        catalogue, width = self._context.catalogue, self.rows.width
        quoted = [concordance.quoted(self.rows.line(row), catalogue, width) for row in chosen]
        if quoted:
            QGuiApplication.clipboard().setText("\n".join(quoted))
            self.where.setText(self._context.text("concordance.copied", n=len(quoted)))

    def _export(self) -> None:
        file = _choose_file(self, self._context, self.windowTitle())
        if file is None:
            return
        kept = self._context.settings
        kept.put(settings.EXPORT_FOLDER, str(file.parent))
        title = self._context.text("concordance.title", query=self._query)
        self._file = file
        self.gathering.write(self.rows.shown(), file, title=title, width=self.rows.width)

    def _on_written(self, whole: bool) -> None:
        n, file = self.rows.rowCount(), str(self._file)
        text = self._context.text
        done = text("concordance.exported", n=n, file=file)
        self.where.setText(done if whole else text("concordance.cancelled"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, and stand in the same place next time."""
        self._context.settings.put(settings.CONCORDANCE_GEOMETRY, self.saveGeometry())
        self.gathering.close()
        event.accept()  # QDialog would ask ``reject``, which comes back here
        self.closed.emit()

    def reject(self) -> None:
        """Escape closes the window, and with it the work."""
        self.close()


def _choose_file(parent: QWidget, context: Context, name: str) -> Path | None:
    """The file to write, with the ending of one of the formats; None where the user declines."""
    text = context.text
    endings = {f"{text(f'concordance.{x}')} (*.{x})": x for x in ("csv", "txt", "html")}
    chosen, kind = QFileDialog.getSaveFileName(
        parent,
        text("concordance.export").rstrip("…"),
        str(export_folder(context) / f"{file_name(name)}.csv"),
        ";;".join(endings),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if not chosen:
        return None
    file = Path(chosen)
    if concordance.format_of(file) is None:
        file = file.with_name(f"{file.name}.{endings.get(kind, 'csv')}")
    return file if may_replace(parent, context.catalogue, "action.concordance", file) else None
