"""The theme manager: the tree of all themes, what each of them is, and what is done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.ui.dialogs.parts import shortcut
from bulletin_desktop.ui.theme_deeds import ThemeDeeds
from bulletin_desktop.ui.widgets.elided import ElidedLabel
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout
from bulletin_desktop.ui.widgets.theme_details import ThemeDetails
from bulletin_desktop.ui.widgets.theme_tree import ThemeTree

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(920, 660)
_FRAME = QSize(40, 60)  # what the desktop wants around a dialog


class ThemesDialog(QDialog):
    """Stays open beside the reading; each change counts at once and can be undone."""

    articles_wanted = Signal(int)  # the articles of a theme
    note_wanted = Signal(int)  # the note on a theme

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted_name = ""
        text = context.text
        self.setWindowTitle(text("action.themes").rstrip("…"))
        self.filter = QLineEdit(clearButtonEnabled=True)
        self.unused = QCheckBox(text("themes.only_unused"))
        self.count = QLabel()
        self.tree = ThemeTree(context, "theme manager")
        self.details = ThemeDetails(context)
        self.words = ElidedLabel()
        self.deeds = ThemeDeeds(context, self)
        self._buttons: dict[str, QPushButton] = {}
        self._make_deeds()
        self._lay_out()
        self._connect()
        self.tree.reload()
        self.tree.setFocus()

    def _make_deeds(self) -> None:
        """The buttons, with the keys that do the same in the tree."""
        text = self._context.text
        for name, key, deed in (
            ("new", "N", self._add),
            ("rename", "F2", self.tree.rename),
            ("move", "P", lambda: self.deeds.ask_where(self.tree.chosen())),
            ("merge", "M", lambda: self.deeds.merge(self.tree.chosen())),
            ("split", "S", self._split),
            ("delete", "Del", lambda: self.deeds.delete(self.tree.chosen())),
        ):
            words = text("unit.button", words=text(f"themes.do_{name}"), key=key)
            button = QPushButton(words, autoDefault=False)
            button.clicked.connect(deed)
            self._buttons[name] = button
            shortcut(key, self.tree, button.click)
        for name, deed in (("import", self.deeds.import_set), ("export", self.deeds.export_set)):
            self._buttons[name] = QPushButton(text(f"themes.{name}"), autoDefault=False)
            self._buttons[name].clicked.connect(deed)

    def _lay_out(self) -> None:
        text = self._context.text
        self.filter.setPlaceholderText(text("themes.filter"))
        self.filter.setAccessibleName(text("themes.filter"))
        self.tree.allow_changes()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.filter, 1)
        top.addWidget(self.unused)
        top.addWidget(self.count)
        deeds = FlowLayout()
        for name in ("new", "rename", "move", "merge", "split", "delete"):
            deeds.addWidget(self._buttons[name])
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.tree, 1)
        left.addLayout(deeds)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        middle.addWidget(self.details)
        for label in (self.count, self.words):
            label.setObjectName("hint")
        self.close_button = QPushButton(text("notice.close"), autoDefault=False)
        foot = QHBoxLayout()
        for name in ("import", "export"):
            foot.addWidget(self._buttons[name])
        foot.addSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self.tree.setFocus)
        self.unused.toggled.connect(self._narrow)
        self.tree.narrowed.connect(self._show)
        self.tree.selectionModel().selectionChanged.connect(self._show)
        self.tree.rows.renamed.connect(self.deeds.rename)
        self.tree.rows.dropped.connect(self.deeds.move)
        self.tree.count_clicked.connect(self.articles_wanted)
        self.details.articles_wanted.connect(self.articles_wanted)
        self.details.note_wanted.connect(self.note_wanted)
        self.details.left.connect(self.tree.setFocus)
        self.close_button.clicked.connect(self.close)
        for key, where, deed in (
            ("Ctrl+Return", self.tree, self._want_articles),
            ("Alt+Left", self.tree, self._move_out),
            ("Alt+Right", self.tree, self._move_in),
            ("Ctrl+F", self, self.filter.setFocus),
            ("Ctrl+Z", self, partial(self._context.travel, "action.undo")),
            ("Ctrl+Shift+Z", self, partial(self._context.travel, "action.redo")),
        ):
            shortcut(key, where, deed)
        self.tree.activated.connect(self._open_details)
        self._context.changed.connect(self._on_change)
        self._context.restyled.connect(self.tree.viewport().update)
        self._context.said.connect(self.words.setText)
        self._context.failed.connect(self._on_failure)

    # What is shown

    def _narrow(self) -> None:
        self.tree.narrow(self.filter.text(), unused=self.unused.isChecked())

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and change.topics & {"themes", "tags", "highlights", "documents"}:
            self.tree.reload()

    def _on_failure(self, error: KnownError) -> None:
        self.words.setText(self._context.explain(error))

    def _show(self) -> None:
        """Show what is chosen, and offer what can be done with it."""
        self._go_to_new()
        chosen, theme = self.tree.chosen(), self.tree.theme
        self.details.show_theme(theme if chosen else None, len(chosen))
        for name in ("move", "merge", "delete"):
            self._buttons[name].setEnabled(bool(chosen))
        for name in ("rename", "split"):
            self._buttons[name].setEnabled(len(chosen) == 1)
        known = self._context.themes().values()
        unused = sum(map(self.tree.rows.unused, known))
        words = self._context.text("themes.count", n=len(known), unused=unused)
        self.count.setText(words)

    def _go_to_new(self) -> None:
        """The theme that was just made is the one at hand."""
        known = self._context.themes().values()
        new = next((each for each in known if each.name == self._wanted_name), None)
        if new is not None and self.tree.rows.find(new.id).isValid():
            self._wanted_name = ""
            self.tree.go(new.id)

    def hideEvent(self, event: object) -> None:
        """What is being typed is kept."""
        self.details.save()
        super().hideEvent(event)  # type: ignore[arg-type]

    # Deeds

    @property
    def _one(self) -> Theme | None:
        return self.tree.theme if len(self.tree.chosen()) == 1 else None

    def _add(self) -> None:
        """A new theme below the one at hand, where there is one."""
        self.deeds.add(self._one.id if self._one else None, self._want)

    def _want(self, name: str) -> None:
        self._wanted_name = name
        self._show()

    def _split(self) -> None:
        if self._one is not None:
            self.deeds.split(self._one)

    def _open_details(self) -> None:
        if self._one is not None:
            self.details.description.setFocus()

    def _want_articles(self) -> None:
        if self._one is not None and not self.tree.rows.unused(self._one):
            self.articles_wanted.emit(self._one.id)

    def _move_out(self) -> None:
        """A level up: beside the theme above it."""
        theme, known = self._one, self._context.themes()
        if theme is not None and theme.parent in known:
            self.deeds.move([theme.id], known[theme.parent].parent)

    def _move_in(self) -> None:
        """A level down: below the theme that stands before it."""
        index = self.tree.currentIndex()
        before = self.tree.rows.theme(index.siblingAtRow(index.row() - 1))
        if self._one is not None and before is not None:
            self.deeds.move([self._one.id], before.id)
