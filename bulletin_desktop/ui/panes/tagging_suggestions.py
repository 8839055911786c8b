"""Themes that are suggested for the articles, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from bulletin_desktop.services import suggesting
from bulletin_desktop.ui.panes.tagging_parts import Section
from bulletin_desktop.ui.widgets.chip import Chip
from bulletin_desktop.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.services.suggesting import Suggestion
    from bulletin_desktop.ui.context import Context

_KEY = "Y"


class Suggestions(Section):
    """A click or Enter on a chip accepts; × or Delete refuses."""

    accepted = Signal(int)
    refused = Signal(int)
    emptied = Signal()  # the keyboard was on a chip, and none is left

    def __init__(self, context: Context) -> None:
        super().__init__(context.text("suggest.title"), _KEY)
        self._context = context
        self._found: list[Suggestion] = []
        self.chips = FlowLayout()
        self.body.addLayout(self.chips)

    def show_found(self, found: Sequence[Suggestion]) -> None:
        """Show these, and nothing where there are none."""
        themes = self._context.themes()
        self._found = [suggestion for suggestion in found if suggestion.theme_id in themes]
        focused = any(chip.hasFocus() for chip in self.chips.widgets())
        self.chips.clear()
        for suggestion in self._found:
            self.chips.addWidget(self._chip(suggestion))
        self.chips.invalidate()
        self.setVisible(bool(self._found))
        in_text = all(_times(suggestion) for suggestion in self._found)
        basis = self._context.text("suggest.basis")
        self.head.right.setText(f"{basis}　{_KEY}" if in_text else _KEY)
        if focused and self._found:
            self.chips.widgets()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused:
            self.emptied.emit()

    def without(self, themes: set[int]) -> None:
        """These themes need not be suggested any more."""
        left = [suggestion for suggestion in self._found if suggestion.theme_id not in themes]
        if len(left) < len(self._found):
            self.show_found(left)

    @property
    def first(self) -> int | None:
        """The theme that is suggested first."""
        return self._found[0].theme_id if self._found else None

    def _chip(self, suggestion: Suggestion) -> Chip:
        context, theme = self._context, suggestion.theme_id
        word = f"{context.themes()[theme].name}{self._basis(suggestion)}"
        made = Chip(context, word, dashed=True, removable=True)
        reason = suggesting.reason_text(context.catalogue, suggestion, context.themes())
        made.setToolTip(context.text("suggest.accept", reason=reason))
        made.setAccessibleDescription(reason)
        made.activated.connect(lambda: self.accepted.emit(theme))
        made.removed.connect(lambda: self.refused.emit(theme))
        return made

    def _basis(self, suggestion: Suggestion) -> str:
        """How often the theme's words stand in the text, or what else speaks for it, in a word."""
        times = _times(suggestion)
        if times:
            return f" ×{times}" if times > 1 else ""
        kind = suggestion.reasons[0].kind
        return "" if kind == "learned" else f" · {self._context.text(f'suggest.by.{kind}')}"


def _times(suggestion: Suggestion) -> int:
    found = (reason.words for reason in suggestion.reasons if reason.kind == "words")
    return sum(count for words in found for _, count in words)
