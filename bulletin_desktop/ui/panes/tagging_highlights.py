"""The highlights of the article in the order of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from bulletin_desktop.ui.panes.tagging_parts import Section
from bulletin_desktop.ui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.ui.context import Context

_MOST = 6  # rows; more are scrolled to


class Highlights(Section):
    """Each with the colour of its first theme, its words, its themes and whether it has a note."""

    wanted = Signal(int)  # the highlight

    def __init__(self, context: Context) -> None:
        super().__init__(context.text("pane.highlights"))
        self._context = context
        self.list = RowList(context, context.text("pane.highlights"), two_lines=True, most=_MOST)
        self.list.taken.connect(self.wanted.emit)
        self.body.addWidget(self.list)

    def show_found(self, found: Sequence[Highlight]) -> None:
        """Show these, and nothing where there are none."""
        self.list.show_rows([self._row(highlight) for highlight in found])
        self.head.right.setText(str(len(found)))
        self.setVisible(bool(found))

    def _row(self, highlight: Highlight) -> Row:
        text, tokens = self._context.text, self._context.tokens
        known = self._context.themes()
        themes = [known[theme] for theme in highlight.themes if theme in known]
        facts = ["、".join(theme.name for theme in themes) or text("pane.no_theme")]
        if highlight.note:
            facts.append(text("pane.noted"))
        if not highlight.placed:
            facts.append(text("pane.unplaced"))
        return Row(
            " ".join(highlight.quote.split()), highlight.id, below=" · ".join(facts),
            colour=themes[0].colour if themes else tokens["faint"], quiet=not highlight.placed,
        )  # fmt: skip
