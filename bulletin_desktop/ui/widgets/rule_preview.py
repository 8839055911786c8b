"""What rules would do: a sentence with counts, and the first articles or a line a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_desktop.model.annotations import Rule
    from bulletin_desktop.services.rules import Preview, Previewed
    from bulletin_desktop.ui.context import Context

_LINES = 7


class RulePreview(QWidget):
    """Stands below the rules."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.words = QLabel(wordWrap=True)
        self.words.setObjectName("hint")
        self.shown = QPlainTextEdit(readOnly=True)
        self.shown.setAccessibleName(context.text("rules.shown"))
        self.shown.setFixedHeight((_LINES + 1) * self.shown.fontMetrics().lineSpacing())
        self.shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.shown.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.shown.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.shown)
        self.say("")

    def say(self, words: str) -> None:
        """A sentence alone."""
        self.words.setText(words or " ")
        self.shown.clear()

    def count(self, preview: Previewed) -> str:
        """In few words what a rule would do."""
        text = self._context.text
        if isinstance(preview, KnownError):
            return text("rules.cannot")
        return text("rules.gets", n=preview.gets, found=preview.found)

    def show_one(self, preview: Previewed, theme: int) -> None:
        """What one rule would do, or why it cannot."""
        known = self._context.themes()
        if isinstance(preview, KnownError):
            self.say(self._context.explain(preview))
        elif theme in known:
            given = {"found": preview.found, "have": preview.have, "n": preview.gets}
            self.say(self._context.text("rules.preview", theme=known[theme].name, **given))
            self._show_first(preview)

    def _show_first(self, preview: Preview) -> None:
        text = self._context.text
        lines = [article.heading or text("tree.untitled") for article in preview.first]
        if preview.gets > len(lines):
            lines.append(text("rules.more", n=preview.gets - len(lines)))
        self.shown.setPlainText("\n".join(lines))

    def show_several(self, chosen: Sequence[Rule], previews: Mapping[int, Previewed]) -> None:
        """What each of several rules would do."""
        names = self._context.themes()
        self.say(self._context.text("rules.several", n=len(chosen)))
        lines = [
            f"{rule.query} → {names[rule.theme].name}　{self.count(previews[rule.id])}"
            for rule in chosen
            if rule.id in previews and rule.theme in names
        ]
        self.shown.setPlainText("\n".join(lines))
