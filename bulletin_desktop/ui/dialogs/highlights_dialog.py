"""All highlights of the library: narrowed, cited, given themes, gone to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.services import highlight_list, passages
from bulletin_desktop.services.highlight_list import NO_THEME, View
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.dialogs.parts import row, shortcut
from bulletin_desktop.ui.models.highlights_model import COLUMNS, QUOTE, HighlightsModel
from bulletin_desktop.ui.widgets.highlight_table import HighlightTable
from bulletin_desktop.ui.widgets.theme_box import ThemeBox, in_tree
from bulletin_desktop.ui.widgets.theme_input import ThemeInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.highlight_list import Listed
    from bulletin_desktop.ui.context import Context

_SIZE = QSize(1120, 660)
_EDGE = QSize(40, 60)  # what stays free of the screen around it
_TYPING_MILLISECONDS = 150
_PAUSE_MILLISECONDS = 250  # changes that follow each other are read at once
_LISTED = frozenset({"highlights", "notes", "documents", "themes", "trash"})
_STATES = ("all", "noted", "plain", "unplaced")
_SORTS = {"themes", "source", "date"}
_SHORTCUTS = "123456789"


class HighlightsDialog(QDialog):
    """A table that stands open beside the window and follows what is done there."""

    wanted = Signal(int, int)  # article, highlight

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._listed: list[Listed] = []
        self._is_read = False
        self._current = 0  # the highlight to stand on when other rows come
        self.setWindowTitle(context.text("action.highlights").rstrip("…"))
        self.rows = HighlightsModel(context, self)
        self.table = HighlightTable(context)
        self.filter = QLineEdit(clearButtonEnabled=True)
        none = (context.text("highlights.no_theme"), NO_THEME)
        self.themes = ThemeBox(context, [(context.text("highlights.any_theme"), None), none])
        self.sources, self.years = QComboBox(), QComboBox()
        self.annotators, self.states = QComboBox(), QComboBox()
        self.input = ThemeInput(context)
        self.count = QLabel()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MILLISECONDS)
        self._stale = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._deeds: dict[str, tuple[QPushButton, Callable[[], None], tuple[str, ...]]] = {
            "go": (QPushButton(), self._go, ("Enter", "Return")),
            "copy": (QPushButton(), self._copy, ("Ctrl+C",)),
            "theme": (QPushButton(), self.input.setFocus, ("T",)),
            "delete": (QPushButton(), self._delete, ("Del",)),
        }
        self._name_all()
        self._lay_out()
        self._connect()
        self._read()

    def _name_all(self) -> None:
        text = self._context.text
        for field, code in ((self.filter, "filter"), (self.input, "give_theme")):
            field.setPlaceholderText(text(f"highlights.{code}"))
            field.setAccessibleName(text(f"highlights.{code}"))
        for name, box in self._boxes().items():
            box.setAccessibleName(text(f"highlights.by_{name}"))
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(7)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setModel(self.rows)
        self.table.fit()
        for state in _STATES:
            self.states.addItem(text(f"highlights.state.{state}"), state)

    def _boxes(self) -> dict[str, QComboBox]:
        return {
            "theme": self.themes, "source": self.sources, "year": self.years,
            "annotator": self.annotators, "state": self.states,
        }  # fmt: skip

    def _lay_out(self) -> None:
        text = self._context.text
        self.count.setObjectName("hint")
        upper = row(self.filter, self.count)
        upper.setStretch(0, 1)
        narrowing = row(*self._boxes().values(), self.input)
        for place in range(narrowing.count()):
            narrowing.setStretch(place, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for name, (button, _, keys) in self._deeds.items():
            words, key = text(f"highlights.{name}"), keys[0]
            button.setText(text("unit.button", words=words, key=key))
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        self.close_button = QPushButton(text("notice.close"), autoDefault=False)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(upper)
        layout.addLayout(narrowing)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _EDGE))
        self.table.setFocus()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typing.start)
        self.filter.returnPressed.connect(self.table.setFocus)
        self._typing.timeout.connect(self._arrange)
        self._stale.timeout.connect(self._read)
        for box in self._boxes().values():
            box.activated.connect(self._arrange)
        header = self.table.horizontalHeader()
        header.sortIndicatorChanged.connect(self._sort)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(self._go)
        self.input.picked.connect(self._toggle)
        self.input.created.connect(self._create)
        self.input.left.connect(self.table.setFocus)
        self.close_button.clicked.connect(self.close)
        for button, deed, keys in self._deeds.values():
            button.clicked.connect(deed)
            for key in keys:
                shortcut(key, self.table, deed)
        for key in _SHORTCUTS:
            shortcut(key, self.table, partial(self._digit, key))
        shortcut("Ctrl+F", self, self.filter.setFocus)
        shortcut("Ctrl+Z", self.table, partial(self._context.travel, "action.undo"))
        shortcut("Ctrl+Shift+Z", self.table, partial(self._context.travel, "action.redo"))
        self._context.changed.connect(self._on_change)
        self._context.failed.connect(self._on_failure)
        self._context.restyled.connect(self.input.restyle)

    # Reading

    def _read(self) -> None:
        self._context.runner.read(
            "highlights", highlight_list.gather, self._show_all, self._context.failed.emit
        )

    def _show_all(self, listed: list[Listed]) -> None:
        self._listed, self._is_read = listed, True
        found = highlight_list.choices(listed)
        text = self._context.text
        _fill(self.sources, text("highlights.any_source"), ((x, x) for x in found.sources))
        _fill(self.years, text("highlights.any_year"), ((x, x) for x in found.years))
        nobody = text("highlights.no_annotator")
        names = ((x or nobody, x) for x in found.annotators)
        _fill(self.annotators, text("highlights.any_annotator"), names)
        self.annotators.setVisible(len(found.annotators) > 1)
        self._arrange()

    def _sort(self, section: int) -> None:
        """Only some columns make an order; a click on another one changes nothing."""
        if COLUMNS[section] in _SORTS:
            self._arrange()

    def _arrange(self) -> None:
        listed, view = self._listed, self._view()
        known = [theme for theme, _ in in_tree(list(self._context.themes().values()))]
        self._context.runner.read(
            "highlight order",
            lambda _: (listed, highlight_list.arranged(listed, view, known)),
            self._show,
            ignore,
        )

    def _view(self) -> View:
        header = self.table.horizontalHeader()
        column = COLUMNS[header.sortIndicatorSection()]
        chosen: Any = {name: box.currentData() for name, box in self._boxes().items()}
        return View(
            words=self.filter.text(),
            sort=column if column in _SORTS else "date",  # type: ignore[arg-type]
            backwards=header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
            **chosen,
        )

    def _show(self, found: tuple[list[Listed], list[int]]) -> None:
        if found[0] is not self._listed:
            return  # others have come since
        at = self.table.currentIndex()
        row = at.row()
        self._current = self.rows.passage(row).highlight.id if row >= 0 else self._current
        self.rows.show(*found)
        self._say()
        known = self.rows.row_of(self._current)
        row = known if known >= 0 else min(max(row, 0), self.rows.rowCount() - 1)
        self.table.setCurrentIndex(self.rows.index(row, QUOTE))
        self._enable()

    def _say(self) -> None:
        text, n, total = self._context.text, self.rows.rowCount(), len(self._listed)
        code = "highlights.count" if n == total else "highlights.shown"
        self.count.setText(text(code, n=n, total=total))
        self.table.empty_words = text("highlights.none_fit" if total else "highlights.none")

    def _on_change(self, change: Change) -> None:
        if "themes" in change.topics:
            self.themes.fill()
        if change.topics & _LISTED:
            self._stale.start()

    def _on_failure(self, error: KnownError) -> None:
        self.count.setText(self._context.explain(error))

    # Deeds

    def _chosen(self) -> list[int]:
        """The selected highlights, as they stand in the table."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.rows.passage(row).highlight.id for row in rows]

    def _enable(self) -> None:
        chosen = self._chosen()
        for button, _, _ in self._deeds.values():
            button.setEnabled(bool(chosen))
        self.input.setEnabled(bool(chosen))
        row = self.table.currentIndex().row()
        here = row >= 0 and self.rows.passage(row).article is not None
        self._deeds["go"][0].setEnabled(here)

    def _go(self, _index: QModelIndex | bool = False) -> None:
        row = self.table.currentIndex().row()
        if row < 0:
            return
        passage = self.rows.passage(row)
        if passage.article is not None:
            self.wanted.emit(passage.article.id, passage.highlight.id)

    def _copy(self) -> None:
        """Put the selected highlights on the clipboard, each with where it is from."""
        chosen, catalogue = self._chosen(), self._context.catalogue
        if not chosen:
            return
        self._context.runner.read(
            "quotations",
            lambda library: passages.citations(library, chosen, catalogue),
            partial(self._copied, len(chosen)),
            self._context.failed.emit,
        )

    def _copied(self, count: int, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.count.setText(self._context.text("highlights.copied", n=count))

    def _act(self, verb: Callable[[Library], Change]) -> None:
        self._context.act(verb)
        self.table.setFocus()

    def _toggle(self, theme: int) -> None:
        if chosen := self._chosen():
            self._act(lambda library: passages.toggle_theme(library, chosen, theme))

    def _digit(self, key: str) -> None:
        known = self._context.themes().values()
        theme = next((theme.id for theme in known if theme.key == key), None)
        if theme is not None:
            self._toggle(theme)

    def _create(self, name: str, parent: int | None) -> None:
        if chosen := self._chosen():
            self._act(lambda library: passages.put_new(library, chosen, name, parent))

    def done(self, result: int) -> None:
        """A closed window works for nobody, and follows nothing."""
        for timer in (self._typing, self._stale):
            timer.stop()
        for key in ("highlights", "highlight order", "quotations"):
            self._context.runner.stop_reading(key)
        self._context.changed.disconnect(self._on_change)
        self._context.failed.disconnect(self._on_failure)
        super().done(result)

    def _delete(self) -> None:
        if chosen := self._chosen():
            self._act(lambda library: passages.delete(library, chosen))


def _fill(box: QComboBox, every: str, items: Iterable[tuple[str, object]]) -> None:
    """Give a box other entries below the one for all; what was chosen stays where it is there."""
    chosen = box.currentData()
    box.clear()
    box.addItem(every, None)
    for words, value in items:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
