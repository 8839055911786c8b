"""Splitting a theme: those of its articles that a search finds get a theme of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.services import searching, themes

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_WIDTH = 520
_PAUSE = 250  # milliseconds after the last key
_JOB = "theme split"


class ThemeSplitDialog(QDialog):
    """Search, name and place of the new theme; what would be split off is counted meanwhile."""

    def __init__(self, context: Context, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = theme
        self._found: list[int] = []
        text = context.text
        self.setWindowTitle(text("themes.split_title", name=theme.name))
        self.query, self.name = QLineEdit(), QLineEdit()
        self.place = QComboBox()
        self.place.addItem(text("themes.place_below", name=theme.name), False)
        self.place.addItem(text("themes.place_beside"), True)
        self.keep = QCheckBox(text("themes.keep", name=theme.name))
        self.words = QLabel(text("themes.split_hint"), wordWrap=True)
        self.split = QPushButton(text("themes.split_now"), default=True)
        self._cancel = QPushButton(text("export.cancel"), autoDefault=False)
        self._named = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._timer.timeout.connect(self._count)
        self.query.textChanged.connect(self._on_query)
        self.name.textEdited.connect(self._on_name)
        self.split.clicked.connect(self._split)
        self._cancel.clicked.connect(self.reject)
        context.failed.connect(self._fail)

    def _lay_out(self) -> None:
        text = self._context.text
        self.query.setPlaceholderText(text("themes.split_query_hint"))
        form = QFormLayout()
        form.setSpacing(10)
        for code, field in (
            ("split_query", self.query), ("split_name", self.name), ("split_place", self.place),
        ):  # fmt: skip
            form.addRow(text(f"themes.{code}"), field)
            field.setAccessibleName(text(f"themes.{code}"))
        form.addRow("", self.keep)
        self.words.setObjectName("hint")
        self.split.setObjectName("primary")
        self.split.setEnabled(False)
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    # Counting

    def _on_query(self, query: str) -> None:
        """The new theme is named after the search until the user names it."""
        if not self._named:
            self.name.setText(query.strip())
        self._found = []
        self._enable()
        self._timer.start()

    def _on_name(self, name: str) -> None:
        self._named = bool(name)
        self._enable()

    def _enable(self) -> None:
        self.split.setEnabled(bool(self._found and self.name.text().strip()))

    def _count(self) -> None:
        query, theme = self.query.text(), self._theme.id
        if not query.strip():
            self._context.runner.stop_reading(_JOB)
            self.words.setText(self._context.text("themes.split_hint"))
            return

        def work(library: Library) -> Generator[Progress, bool | None, tuple[list[int], int]]:
            found = yield from searching.matching(library, query)
            return found, themes.split_preview(library, theme, found)

        self._context.runner.read(_JOB, work, self._show, self._fail)

    def _show(self, answer: tuple[list[int], int]) -> None:
        found, concerned = answer
        self._found = found if concerned else []
        self._enable()
        words = self._context.text(
            "themes.split_found", name=self._theme.name, total=self._theme.articles, n=concerned
        )
        self.words.setText(words)

    def _fail(self, error: KnownError) -> None:
        self.words.setText(self._context.explain(error))

    # Splitting

    def _split(self) -> None:
        name, found, theme = self.name.text(), self._found, self._theme.id
        beside, keep = bool(self.place.currentData()), self.keep.isChecked()
        self._context.act(
            lambda library: themes.split(library, theme, name, found, beside=beside, keep=keep),
            self.accept,
        )
