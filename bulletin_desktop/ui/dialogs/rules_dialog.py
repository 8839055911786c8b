"""The rules: made of a query and a theme, looked at beforehand, applied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.model.annotations import Rule
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import rules, searches, searching
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.dialogs.parts import row, shortcut
from bulletin_desktop.ui.models.rules_model import RulesModel
from bulletin_desktop.ui.widgets.rule_preview import RulePreview
from bulletin_desktop.ui.widgets.rule_table import RuleTable
from bulletin_desktop.ui.widgets.theme_box import ThemeBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from bulletin_desktop.model.change import Change, Progress
    from bulletin_desktop.services.rules import Preview, Previewed
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.runner import Job

_SIZE = QSize(860, 620)
_EDGE = QSize(40, 60)  # what stays free of the screen around it
_PATIENCE_MILLISECONDS = 600
_TYPING_MILLISECONDS = 400
# After such changes a rule may find something else.
_COUNTED = frozenset({"documents", "tags", "themes", "collections", "notes", "highlights", "units"})


class RulesDialog(QDialog):
    """What is typed above makes a new rule or changes the chosen one; below stands what the chosen
    ones would do.
    """

    def __init__(self, context: Context, parent: QWidget, query: str) -> None:
        super().__init__(parent)
        self._context = context
        self._edited = 0  # the rule in the fields, 0 for a new one
        self._previews: dict[int, Previewed] = {}
        self._job: Job | None = None  # rules are being applied
        self._is_over = False
        self.setWindowTitle(context.text("action.rules").rstrip("…"))
        self.rows = RulesModel(context, self)
        self.query = QLineEdit(clearButtonEnabled=True)
        self.themes = ThemeBox(context)
        self.at_import = QCheckBox(context.text("rules.at_import"))
        self.keep = QPushButton(autoDefault=False)
        self.table = RuleTable(context, self.rows)
        self.preview = RulePreview(context)
        self.apply = QPushButton(autoDefault=False)
        self.all = QPushButton(autoDefault=False)
        self.edit = QPushButton(autoDefault=False)
        self.delete = QPushButton(autoDefault=False)
        self.cancel = QPushButton(context.text("work.cancel"), autoDefault=False)
        self.close_button = QPushButton(context.text("notice.close"), autoDefault=False)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MILLISECONDS)
        self._name_all()
        self._lay_out()
        self._connect()
        self._begin_new(query)
        self._read()
        (self.query if query or not self.rows.rowCount() else self.table).setFocus()

    def _name_all(self) -> None:
        text = self._context.text
        self.query.setPlaceholderText(text("rules.query"))
        for widget, code in (
            (self.query, "rules.query"), (self.themes, "rules.theme"), (self.table, "action.rules"),
        ):  # fmt: skip
            widget.setAccessibleName(text(code))
        for button, code, key in (
            (self.apply, "apply", "Ctrl+Enter"), (self.edit, "edit", "F2"),
            (self.delete, "delete", "Del"), (self.all, "select_all", "Ctrl+A"),
        ):  # fmt: skip
            button.setText(text("unit.button", words=text(f"rules.{code}"), key=key))
        self.keep.setObjectName("primary")
        self.cancel.setObjectName("link")

    def _lay_out(self) -> None:
        upper = row(self.query, self.themes, self.at_import, self.keep, spacing=8)
        upper.setStretch(0, 3)
        upper.setStretch(1, 1)
        foot = row(self.apply, self.all, self.edit, self.delete, spacing=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(upper)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.preview)
        layout.addLayout(foot)
        self.cancel.hide()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _EDGE))

    def _connect(self) -> None:
        self.query.textChanged.connect(self._typing.start)
        self.query.returnPressed.connect(self._keep)
        self.themes.activated.connect(self._typing.start)
        self._typing.timeout.connect(self._preview_typed)
        self._patience.timeout.connect(self.cancel.show)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.doubleClicked.connect(self._edit)
        self.rows.ticked.connect(self._change)
        for button, deed in (
            (self.keep, self._keep), (self.apply, self._apply), (self.all, self._select_all),
            (self.edit, self._edit), (self.delete, self._delete), (self.cancel, self._cancel),
            (self.close_button, self.close),
        ):  # fmt: skip
            button.clicked.connect(deed)
        for key, where, deed in (
            ("Del", self.table, self._delete), ("F2", self.table, self._edit),
            ("Return", self.table, self._edit), ("Enter", self.table, self._edit),
            ("Ctrl+Return", self, self._apply), ("Ctrl+Enter", self, self._apply),
            ("Space", self.table, self._tick), ("Ctrl+Z", self.table, self._undo),
        ):  # fmt: skip
            shortcut(key, where, deed)
        self._context.changed.connect(self._on_change)
        self._context.failed.connect(self._on_failure)

    # Rules

    def _read(self) -> None:
        """Show the rules as they are now, and find out what they would do."""
        chosen = {rule.id for rule in self._chosen()}
        found = rules.all_rules(self._context.library)
        self._previews = {}
        self.rows.show(found)
        self.table.select(self.rows.row_of(rule) for rule in chosen)
        self._enable()
        self._context.runner.count("rules", lambda x: rules.previews(x, found), self._tell, ignore)

    def _tell(self, found: dict[int, Previewed] | None) -> None:
        self._previews = found or {}
        for rule, preview in self._previews.items():
            self.rows.tell(rule, self.preview.count(preview))
        self._on_selection()

    def _chosen(self) -> list[Rule]:
        return [rule for row in self.table.selected() if (rule := self.rows.rule(row)) is not None]

    def _on_change(self, change: Change) -> None:
        if "themes" in change.topics:
            self.themes.fill()
        if change.topics & (_COUNTED | {"rules", "trash"}):
            self._read()
            self._typing.start()

    def _on_failure(self, error: KnownError) -> None:
        self.preview.say(self._context.explain(error))

    # What they would do

    def _on_selection(self) -> None:
        chosen = self._chosen()
        self._enable()
        if len(chosen) == 1 and chosen[0].id in self._previews:
            self.preview.show_one(self._previews[chosen[0].id], chosen[0].theme)
        elif len(chosen) > 1:
            self.preview.show_several(chosen, self._previews)

    def _typed(self) -> Rule | None:
        """The rule in the fields, None where one is empty."""
        theme, query = self.themes.currentData(), self.query.text().strip()
        if theme is None or not query:
            return None
        known = self._context.settings
        years, spaces = (known.get(way) for way in (settings.YEARS, settings.SPACES))
        spelling = searching.spelled(years=years, spaces=spaces)
        written = searches.written_options(searching.Options(spelling=spelling))
        return Rule(self._edited, theme, query, written, self.at_import.isChecked())

    def _preview_typed(self) -> None:
        rule = self._typed()
        self._enable()
        if rule is not None:
            show = partial(self._show_typed, rule)
            self._context.runner.count(
                "typed rule", lambda x: rules.preview(x, rule), show, self._on_failure
            )

    def _show_typed(self, rule: Rule, preview: Preview | None) -> None:
        if preview is not None and self._typed() == rule:
            self.preview.show_one(preview, rule.theme)

    def _enable(self) -> None:
        chosen, free = self._chosen(), self._job is None
        ready = all(isinstance(self._previews.get(x.id), rules.Preview) for x in chosen)
        self.keep.setEnabled(free and self._typed() is not None)
        self.apply.setEnabled(free and bool(chosen) and ready)
        self.all.setEnabled(free and self.rows.rowCount() > 0)
        self.edit.setEnabled(free and len(chosen) == 1)
        self.delete.setEnabled(free and bool(chosen))

    # Deeds

    def _begin_new(self, query: str = "") -> None:
        self._edited = 0
        self.keep.setText(self._context.text("rules.add"))
        self.query.setText(query)
        self.at_import.setChecked(False)
        self._enable()

    def _edit(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            rule = chosen[0]
            self._edited = rule.id
            self.keep.setText(self._context.text("rules.keep"))
            self.query.setText(rule.query)
            self.themes.choose(rule.theme)
            self.at_import.setChecked(rule.at_import)
            self.query.setFocus()
            self.query.selectAll()

    def _keep(self) -> None:
        """Add what stands in the fields, or write the rule that is edited anew."""
        rule = self._typed()
        if rule is None:
            return
        if self._edited:
            self._change(rule)
        else:
            _, theme, query, options, at_import = rule
            self._context.act(
                lambda x: rules.add(x, theme, query, options, at_import=at_import), self._begin_new
            )

    def _change(self, rule: Rule) -> None:
        self._context.act(lambda library: rules.change(library, rule), self._begin_new)

    def _tick(self) -> None:
        for rule in self._chosen()[:1]:
            self._change(rule._replace(at_import=not rule.at_import))

    def _delete(self) -> None:
        if chosen := [rule.id for rule in self._chosen()]:
            self._context.act(lambda library: rules.delete(library, chosen))

    def _undo(self) -> None:
        self._context.travel("action.undo")

    def _apply(self) -> None:
        if self.apply.isEnabled():
            self._run([rule.id for rule in self._chosen()])

    def _select_all(self) -> None:
        self.table.selectAll()
        self.table.setFocus()

    def _run(self, chosen: list[int]) -> None:
        job = self._context.runner.write(
            lambda library: rules.apply(library, chosen), self._done, self._failed, self._progress
        )
        self._job = job
        self._patience.start()
        self._enable()

    def _progress(self, progress: Progress) -> None:
        if not self._is_over:
            self.preview.say(self._context.catalogue.message(progress.message))

    def _done(self, change: Change) -> None:
        self._context.announce(change)
        if self._is_over:
            return
        self._end()
        words = self._context.catalogue.message(change.name)
        nothing = self._context.text("rules.nothing")
        self.preview.say(words if change.step is not None else nothing)

    def _failed(self, error: KnownError) -> None:
        if self._is_over:
            self._context.failed.emit(error)
            return
        self._end()
        self._on_failure(error)

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        self.cancel.hide()
        self._enable()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the rule that is edited, and then the window."""
        if event.key() == Qt.Key.Key_Escape and self._edited:
            self._begin_new()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """A closed window works for nobody, and follows nothing."""
        self._is_over = True
        self._cancel()
        for timer in (self._typing, self._patience):
            timer.stop()
        for key in ("rules", "typed rule"):
            self._context.runner.stop_counting(key)
        self._context.changed.disconnect(self._on_change)
        self._context.failed.disconnect(self._on_failure)
        super().done(result)
