"""What the printed sources were taken for, the doubtful ones first, to be put right by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
)

from bulletin_desktop.services import history, units
from bulletin_desktop.ui.dialogs.parts import shortcut
from bulletin_desktop.ui.models.sources_model import SourcesModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.model.units import Printed
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(860, 560)
_FRAME = QSize(40, 60)  # what the desktop wants around a dialog
_WIDTHS = (0, 0, 64, 110, 84)  # 0: what is left


class UnitsDialog(QDialog):
    """A table of sources with their units; below it why, and what can be done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(context.text("action.sources").rstrip("…"))
        self.rows = SourcesModel(context, self)
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.table = QTreeView()
        self.reason = QLabel()
        self.count = QLabel()
        self._deeds: dict[str, tuple[QPushButton, Callable[[], None], tuple[str, ...]]] = {
            "change": (QPushButton(), self._change, ("Enter", "Return", "F2")),
            "confirm": (QPushButton(), self._confirm, ("Space",)),
            "no_unit": (QPushButton(), self._no_unit, ("Del",)),
            "infer": (QPushButton(), self._infer, ("Backspace",)),
        }
        self._lay_out()
        self._connect()
        self._count()
        self._go(0)

    def _lay_out(self) -> None:
        text = self._context.text
        self.filter.setPlaceholderText(text("unit.filter"))
        self.filter.setAccessibleName(text("unit.filter"))
        self.table.setModel(self.rows)
        self.table.setObjectName("unitTable")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        header = self.table.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            fixed, rest = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, fixed if width else rest)
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        self.reason.setWordWrap(True)
        self.reason.setMinimumHeight(2 * self.reason.fontMetrics().lineSpacing())
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.count.setObjectName("hint")
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addWidget(self.count)
        top.setSpacing(12)
        row = QHBoxLayout()
        for name, (button, _, keys) in self._deeds.items():
            key = text("keys.fixed.space_key") if keys[0] == "Space" else keys[0]
            button.setText(text("unit.button", words=text(f"unit.{name}"), key=key))
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.close_button = QPushButton(text("notice.close"), autoDefault=False)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason)
        layout.addLayout(row)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.table.doubleClicked.connect(self._change)
        self.close_button.clicked.connect(self.accept)
        for button, deed, keys in self._deeds.values():
            button.clicked.connect(deed)
            for key in keys:
                shortcut(key, self.table, deed)
        shortcut("Ctrl+F", self, self.filter.setFocus)
        shortcut("Ctrl+Z", self, lambda: self._act(history.undo))
        self._context.regrouped.connect(self._on_regrouped)
        self._context.failed.connect(self._on_failure)

    # Rows

    @property
    def source(self) -> Printed | None:
        """The current source."""
        return self.rows.source(self.table.currentIndex().row())

    def _go(self, row: int) -> None:
        last = self.rows.rowCount() - 1
        self.table.setCurrentIndex(self.rows.index(min(row, last), 0))
        self.table.setFocus()
        self._explain()

    def _narrow(self, words: str) -> None:
        self.rows.narrow(words)
        self._count()
        self.table.setCurrentIndex(self.rows.index(0, 0))
        self._explain()

    def _explain(self, _current: QModelIndex | None = None) -> None:
        source = self.source
        self.reason.setText(self.rows.reasons(source) if source is not None else "")
        for button, _, _ in self._deeds.values():
            button.setEnabled(source is not None)
        decided = source is not None and self.rows.reading(source).decided
        self._deeds["confirm"][0].setEnabled(source is not None and not decided)
        self._deeds["infer"][0].setEnabled(decided)

    def _count(self) -> None:
        n, doubtful = self.rows.rowCount(), self.rows.doubtful
        self.count.setText(self._context.text("unit.count", n=n, doubtful=doubtful))

    def _on_regrouped(self) -> None:
        """What was doubtful and is no more goes down; the next one comes in its place."""
        row = max(0, self.table.currentIndex().row())
        self.rows.reload()
        self._count()
        self._go(row)

    def _on_failure(self, error: KnownError) -> None:
        self.reason.setText(self._context.explain(error))

    # Deeds

    def _act(self, verb: Callable[[Library], Change]) -> None:
        self._context.act(verb)

    def _set(self, keys: Sequence[str] | None) -> None:
        source = self.source
        if source is not None:
            self._act(lambda library: units.set_units(library, source, keys))

    def _change(self) -> None:
        from bulletin_desktop.ui.dialogs.unit_picker import pick_units

        source = self.source
        if source is None:
            return
        chosen = pick_units(self._context, self, source.source, self.rows.reading(source).units)
        if chosen is not None:
            self._set(chosen)

    def _confirm(self) -> None:
        if self.source is not None:
            self._set(self.rows.reading(self.source).units)

    def _no_unit(self) -> None:
        self._set(())

    def _infer(self) -> None:
        self._set(None)
