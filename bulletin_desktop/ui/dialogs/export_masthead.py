"""The head and the distribution of a bulletin of one's own, as they are to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from bulletin_desktop.services.exporting import Masthead
from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context

_LINES = 3  # of the distribution that are seen at once


class MastheadFields(QObject):
    """Its fields; what was written last stands in them, else what the library's bulletins say."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._proposed = False
        self.name, self.number, self.unit, self.date = (QLineEdit() for _ in range(4))
        self.number.setPlaceholderText(context.text("export.number_example"))
        self.distribution = QPlainTextEdit()
        self.distribution.setPlaceholderText(context.text("export.distribution_example"))
        self.distribution.setTabChangesFocus(True)
        height = self.distribution.fontMetrics().lineSpacing() * _LINES
        self.distribution.setFixedHeight(height + 22)
        for line in (self.name, self.number, self.unit, self.date):
            line.textChanged.connect(self.changed)
        self.distribution.textChanged.connect(self.changed)

    def rows(self) -> tuple[tuple[str, QWidget], ...]:
        """The fields with the codes of what they are called."""
        codes = ("bulletin_name", "bulletin_number", "bulletin_unit", "bulletin_date")
        lines = (self.name, self.number, self.unit, self.date)
        return (*zip(codes, lines, strict=True), ("distribution", self.distribution))

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The fields in their order."""
        return tuple(field for _, field in self.rows())

    def propose(self) -> None:
        """Fill the fields, once, when they are first seen."""
        from bulletin_desktop.services import exporting

        if self._proposed:
            return
        self._proposed = True
        kept = self._context.settings
        self._fill(Masthead(*[*kept.get(settings.EXPORT_MASTHEAD), "", "", ""][:3]))
        self.distribution.setPlainText(kept.get(settings.EXPORT_DISTRIBUTION))
        catalogue = self._context.catalogue
        self._context.runner.read(
            "masthead", lambda library: exporting.proposed_masthead(library, catalogue), self._fill
        )

    def _fill(self, proposed: Masthead) -> None:
        """Put words where there are none."""
        for name in ("name", "number", "unit", "date"):
            field = getattr(self, name)
            if not field.text():
                field.setText(getattr(proposed, name))

    def masthead(self, otherwise: str = "") -> Masthead:
        """The masthead as it is written; its name is the other one where it has none."""
        lines = (self.name, self.number, self.unit, self.date)
        name, *rest = (line.text().strip() for line in lines)
        return Masthead(name or otherwise, *rest)

    def lines(self) -> tuple[str, ...]:
        """The lines of the distribution."""
        given = self.distribution.toPlainText().splitlines()
        return tuple(line.strip() for line in given if line.strip())

    def keep(self) -> None:
        """Keep it for the next time; the date is that of the day."""
        kept, written = self._context.settings, self.masthead()
        kept.put(settings.EXPORT_MASTHEAD, (written.name, written.number, written.unit))
        kept.put(settings.EXPORT_DISTRIBUTION, "\n".join(self.lines()))
