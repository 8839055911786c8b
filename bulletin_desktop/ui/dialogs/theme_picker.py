"""Choosing a theme: to put others below it, or to merge them into it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.services import themes
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.theme_deeds import merging_words
from bulletin_desktop.ui.widgets.theme_tree import ThemeTree

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services.themes import Overlap
    from bulletin_desktop.ui.context import Context

TOP = 0
_SIZE = (440, 460)
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ThemePicker(QDialog):
    """A field, and the tree of themes narrowed by what is typed in it; ``picked`` is an id."""

    def __init__(
        self, context: Context, title: str, parent: QWidget, hidden: Collection[int],
        *, top: bool = False, merged: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """``top`` offers the place above all; ``merged`` are themes whose merging is foretold."""
        super().__init__(parent)
        self._context = context
        self._merged = merged
        self.picked: int | None = None
        self.setWindowTitle(title)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.tree = ThemeTree(context, "theme picker")
        self.words = QLabel(wordWrap=True)
        self.take = QPushButton(context.text("unit.take"), default=True)
        self.to_top = QPushButton(context.text("themes.to_top"), autoDefault=False)
        self._cancel = QPushButton(context.text("export.cancel"), autoDefault=False)
        self._lay_out(title)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.tree.narrow)
        self.tree.selectionModel().currentChanged.connect(self._foretell)
        self.tree.narrowed.connect(self._foretell)
        self.tree.doubleClicked.connect(self._take)
        self.take.clicked.connect(self._take)
        self.to_top.clicked.connect(lambda: self._pick(TOP))
        self._cancel.clicked.connect(self.reject)
        self.to_top.setHidden(not top)
        self.tree.name_only(hidden)
        self.tree.reload()

    def _lay_out(self, title: str) -> None:
        text = self._context.text
        self.field.setPlaceholderText(text("themes.filter"))
        self.field.setAccessibleName(title)
        self.tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.words.setObjectName("hint")
        self.take.setObjectName("primary")
        self.words.setVisible(bool(self._merged))
        self.words.setMinimumHeight(3 * self.words.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self.to_top)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.field)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.resize(*_SIZE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tree's keys are pressed in the field."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in _STEPS:
                QApplication.sendEvent(self.tree, event)
                return True
            if key in _TAKE:
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _foretell(self) -> None:
        """Say what merging into the theme at hand would do."""
        theme = self.tree.theme
        self.take.setEnabled(theme is not None)
        if theme is None or not self._merged:
            return

        self._context.runner.read(
            "theme merging",
            lambda library: themes.merge_preview(library, self._merged, theme.id),
            partial(self._tell, theme.id),
            ignore,
        )

    def _tell(self, theme: int, found: Overlap) -> None:
        self.words.setText(merging_words(self._context, self._merged, theme, found))

    def _take(self) -> None:
        if self.tree.theme is not None:
            self._pick(self.tree.theme.id)

    def _pick(self, theme: int) -> None:
        self.picked = theme
        self.accept()
