"""Name, numbers and date of an issue, with the words that an inferred date rests on."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from bulletin_desktop.services import correcting
from bulletin_desktop.services.labels import SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Issue
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

_FIELDS = ("title", "number", "total_number", "editor", "date")
_DATE = re.compile(r"(?:\d{4}(?:-\d{2}){0,2})?")
_WIDTH = 460


class IssueFactsDialog(QDialog):
    """Changes what is changed; of an inferred date it can also just be said that it is right."""

    def __init__(self, context: Context, issue: Issue, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._issue = issue
        self._confirms = False
        self.setWindowTitle(context.text("action.facts").rstrip("…"))
        self.fields = {name: QLineEdit(getattr(issue, name) or "") for name in _FIELDS}
        self._hint = QLabel(context.text("facts.date_form"))
        self.confirm = QPushButton(context.text("facts.confirm"), autoDefault=False)
        self.save = QPushButton(context.text("facts.save"), default=True)
        self._cancel = QPushButton(context.text("export.cancel"), autoDefault=False)
        self._lay_out()
        self.confirm.clicked.connect(self._confirm)
        self.save.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self.fields["date"].textChanged.connect(self._check)
        self.setMinimumWidth(_WIDTH)

    @property
    def _inferred(self) -> bool:
        return bool(self._issue.date) and self._issue.date_basis not in SETTLED

    def _lay_out(self) -> None:
        text = self._context.text
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        for name, field in self.fields.items():
            form.addRow(text(f"facts.{name}"), field)
        self._hint.setObjectName("hint")
        form.addRow("", self._hint)
        self.evidence = QLabel(self._evidence())
        self.evidence.setWordWrap(True)
        self.evidence.setVisible(bool(self.evidence.text()))
        form.addRow("", self.evidence)
        if self._issue.distribution:
            sent = QLineEdit(self._issue.distribution.replace("\n", " "), readOnly=True)
            sent.setCursorPosition(0)
            form.addRow(text("facts.distribution"), sent)
        row = QHBoxLayout()
        row.addWidget(self.confirm)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self.save)
        self.confirm.setVisible(self._inferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the quoted words need at this width."""
        super().showEvent(event)
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _evidence(self) -> str:
        """What an inferred date rests on."""
        if not self._inferred or not self._issue.date_evidence:
            return ""
        code = "facts.by_name" if self._issue.date_basis == "name" else "facts.by_events"
        return self._context.text(code, quote=self._issue.date_evidence)

    def _check(self) -> None:
        """Another date is saved, not confirmed; what is no date cannot be saved."""
        date = self.fields["date"].text().strip()
        self.confirm.setEnabled(date == (self._issue.date or ""))
        self.save.setEnabled(bool(_DATE.fullmatch(date)))

    def _confirm(self) -> None:
        self._confirms = True
        self.accept()

    def verb(self) -> Callable[[Library], Change]:
        """What was asked for: the fields that were changed, or that the date is right."""
        issue = self._issue
        values = {name: field.text().strip() for name, field in self.fields.items()}
        changed = {
            name: value for name, value in values.items() if value != (getattr(issue, name) or "")
        }
        if self._confirms and not changed:
            return partial(correcting.confirm_date, issue=issue.id)
        if self._confirms:
            changed["date"] = issue.date or ""
        return partial(_set_facts, issue.id, changed)


def _set_facts(issue: int, changed: dict[str, str], library: Library) -> Change:
    return correcting.set_facts(library, issue, **changed)
