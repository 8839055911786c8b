"""What is asked before an export, besides the articles and the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from bulletin_desktop.services.exporting import (
    BY_NAME,
    NAMES,
    Choices,
    Citations,
    GroupBy,
    Parts,
    Printing,
    ending_of,
)
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.dialogs.export_fields import fields_of, notes_of
from bulletin_desktop.ui.dialogs.export_masthead import MastheadFields
from bulletin_desktop.ui.dialogs.export_template import TemplateChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.dialogs.export_dialog import Choice

_HEAD_ROOM = 10  # pixels above a group


class ExportForm(QWidget):
    """The fields in quiet groups, of which those are shown that the chosen format takes."""

    changed = Signal()  # anything that shows in the document
    format_changed = Signal()

    def __init__(self, context: Context, articles: QComboBox) -> None:
        super().__init__()
        self.setObjectName("settingsPage")
        self._context = context
        self._articles = articles
        self._taken: frozenset[str] = frozenset()
        self.title, self.author = QLineEdit(), QLineEdit()
        self.format = _box((name, self._format_name(name)) for name in NAMES)
        self.template = TemplateChoice(context)
        self.rows = self._choices("row", ("articles", "highlights"))
        self.group = self._choices("by", get_args(GroupBy))
        self.notes = self._choices("notes", ("none", "printed", "comments"))
        self.citations = self._choices("citations", get_args(Citations))
        self.highlights = QCheckBox(context.text("export.with_highlights"))
        self.index = QCheckBox(context.text("export.with_index"))
        self.measured = QCheckBox(context.text("export.measured"))
        self.measured.setToolTip(context.text("export.measured_hint"))
        self.masthead = MastheadFields(context)
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self._form = QFormLayout(self)
        self._heads: dict[str, QLabel] = {}
        self._lay_out()
        self._remember()
        self._adapt()
        self._connect()

    def _format_name(self, name: str) -> str:
        return self._context.text(f"export.format_{name}", ending=ending_of(name))

    def _choices(self, kind: str, names: Iterable[str]) -> QComboBox:
        return _box((name, self._context.text(f"export.{kind}_{name}")) for name in names)

    def _lay_out(self) -> None:
        form = self._form
        form.setContentsMargins(0, 0, 14, 0)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        self._add_rows(
            ("articles", self._articles), ("document_title", self.title), ("author", self.author)
        )
        self._add_head("form")
        self._add_rows(
            ("format", self.format), ("template", self.template), ("rows", self.rows),
            ("group", self.group),
        )  # fmt: skip
        form.addRow(self.hint)
        self._add_head("besides")
        self._add_rows(("notes", self.notes), ("citations", self.citations))
        form.addRow("", self.highlights)
        form.addRow("", self.index)
        form.addRow("", self.measured)
        self._add_head("masthead")
        self._add_rows(*self.masthead.rows())

    def _add_head(self, name: str) -> None:
        head = QLabel(self._context.text(f"export.head_{name}"))
        head.setObjectName("heading")
        head.setContentsMargins(0, _HEAD_ROOM, 0, 0)
        self._form.addRow(head)
        self._heads[name] = head

    def _add_rows(self, *rows: tuple[str, QWidget]) -> None:
        for code, field in rows:
            words = self._context.text(f"export.{code}")
            field.setAccessibleName(words)
            self._form.addRow(words, field)

    def _remember(self) -> None:
        kept = self._context.settings
        _choose(self.format, kept.get(settings.EXPORT_FORMAT))
        for box, setting in self._boxes().values():
            _choose(box, kept.get(setting))
        self.template.choose(kept.get(settings.EXPORT_TEMPLATE))
        self.highlights.setChecked(kept.get(settings.EXPORT_HIGHLIGHTS))
        self.index.setChecked(kept.get(settings.EXPORT_INDEX))
        self.measured.setChecked(kept.get(settings.EXPORT_MEASURED))
        self.author.setText(kept.get(settings.EXPORT_AUTHOR))

    def _boxes(self) -> dict[str, tuple[QComboBox, settings.Setting]]:
        return {
            "group": (self.group, settings.EXPORT_GROUP),
            "notes": (self.notes, settings.EXPORT_NOTES),
            "citations": (self.citations, settings.EXPORT_CITATIONS),
        }

    def _connect(self) -> None:
        for line in (self.title, self.author):
            line.textChanged.connect(self.changed)
        for box in (self.rows, self.group, self.notes, self.citations):
            box.currentIndexChanged.connect(self.changed)
        for check in (self.highlights, self.index, self.measured):
            check.toggled.connect(self.changed)
        self.title.textChanged.connect(self.masthead.name.setPlaceholderText)
        self.masthead.changed.connect(self.changed)
        self.template.changed.connect(self._on_looks)
        self.format.currentIndexChanged.connect(self._on_looks)
        self.format.currentIndexChanged.connect(self.format_changed)

    def _on_looks(self) -> None:
        self._adapt()
        self.changed.emit()

    def _adapt(self) -> None:
        """Show the fields that format and template take."""
        parts = self.template.parts()
        self._taken = fields_of(self.format_name, parts)
        fields = {
            "articles": self._articles, "title": self.title, "author": self.author,
            "template": self.template, "rows": self.rows, "group": self.group,
            "notes": self.notes, "citations": self.citations, "highlights": self.highlights,
            "index": self.index, "measured": self.measured,
        }  # fmt: skip
        for name, field in fields.items():
            self._form.setRowVisible(field, name in self._taken)
        for field in self.masthead.fields:
            part = "distribution" if field is self.masthead.distribution else "masthead"
            self._form.setRowVisible(field, part in self._taken)
        self._heads["besides"].setVisible(bool(self._taken & {"notes", "citations"}))
        self._heads["masthead"].setVisible(bool(self._taken & {"masthead", "distribution"}))
        if self._taken & {"masthead", "distribution"}:
            self.masthead.propose()
        self._adapt_notes(parts)
        exchange = self.format_name not in BY_NAME
        self.hint.setText(self._context.text(f"export.hint_{self.format_name}") if exchange else "")
        self._form.setRowVisible(self.hint, exchange)

    def _adapt_notes(self, parts: Parts) -> None:
        if "notes" not in self._taken:
            return
        names = notes_of(self.format_name, parts)
        wanted = self.notes.currentData()
        self.notes.blockSignals(True)
        self.notes.clear()
        for name in names:
            self.notes.addItem(self._context.text(f"export.notes_{name}"), name)
        _choose(self.notes, wanted if wanted in names else names[-1])
        self.notes.blockSignals(False)

    @property
    def format_name(self) -> str:
        """The format that is chosen."""
        return str(self.format.currentData())

    @property
    def template_name(self) -> str:
        """The template that is meant; "" for a format without."""
        if "rows" in self._taken:
            return "cards" if self.rows.currentData() == "highlights" else ""
        return self.template.name if "template" in self._taken else ""

    def show_choice(self, choice: Choice) -> None:
        """Follow the articles: their title, and a collection's own order."""
        own = choice.scope.collection is not None
        row = self.group.findData("none")
        words = "export.by_own" if own else "export.by_none"
        self.group.setItemText(row, self._context.text(words))
        kept = self._context.settings.get(settings.EXPORT_GROUP)
        _choose(self.group, "none" if choice.ordered else kept)
        self.title.setText(choice.title)

    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return "title" not in self._taken or bool(self.title.text().strip())

    def choices(self) -> Choices:
        """What is asked for."""
        taken = self._taken
        return Choices(
            self.title.text().strip(),
            self.group.currentData(),
            Printing(
                self.notes.currentData() if "notes" in taken else "none",
                self.citations.currentData() if "citations" in taken else "line",
                "highlights" in taken and self.highlights.isChecked(),
                self.measured.isChecked(),
                "index" in taken and self.index.isChecked(),
            ),
            self.author.text().strip(),
            self.masthead.masthead(self.title.text().strip()) if "masthead" in taken else None,
            self.masthead.lines() if "distribution" in taken else (),
        )

    def keep(self, choice: Choice) -> None:
        """Keep what was chosen for the next time; a collection's own order is its own."""
        kept, taken = self._context.settings, self._taken
        kept.put(settings.EXPORT_FORMAT, self.format_name)
        for name, (box, setting) in self._boxes().items():
            if name in taken and not (name == "group" and choice.ordered):
                kept.put(setting, box.currentData())
        if "template" in taken:
            kept.put(settings.EXPORT_TEMPLATE, self.template.name)
        kept.put(settings.EXPORT_HIGHLIGHTS, self.highlights.isChecked())
        kept.put(settings.EXPORT_INDEX, self.index.isChecked())
        kept.put(settings.EXPORT_MEASURED, self.measured.isChecked())
        kept.put(settings.EXPORT_AUTHOR, self.author.text().strip())
        if taken & {"masthead", "distribution"}:
            self.masthead.keep()


def _box(entries: Iterable[tuple[str, str]]) -> QComboBox:
    """A box of names and what they are called; it is no wider than it must be."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for name, words in entries:
        made.addItem(words, name)
    return made


def _choose(box: QComboBox, name: str) -> None:
    box.setCurrentIndex(max(0, box.findData(name)))
