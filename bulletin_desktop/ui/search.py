"""Searching from the box in the top bar; the hits stand in the left pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from bulletin_desktop.model.errors import KnownError
    from bulletin_desktop.services.searching import Found
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane
    from bulletin_desktop.ui.panes.top_bar import SearchBox
    from bulletin_desktop.ui.widgets.notice import Notice


class Search(QObject):
    """Joins the search box to the result list."""

    def __init__(
        self, context: Context, box: SearchBox, outline: OutlinePane, notice: Notice
    ) -> None:
        super().__init__(box)
        self._context = context
        self._box = box
        self._outline = outline
        self._notice = notice
        box.wanted.connect(self._search)
        box.ended.connect(self._end)
        box.entered.connect(outline.focus_first_hit)

    def focus(self) -> None:
        """Give the keyboard to the box."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def _search(self, text: str) -> None:
        from bulletin_desktop.services import searching

        self._box.say(self._context.text("search.running"))
        self._context.runner.read(
            "search",
            lambda library: searching.search(library, searching.parse(text)),
            self._show,
            self._on_failure,
        )

    def _show(self, found: Found) -> None:
        if self._box.text().strip():
            self._box.say(self._context.text("search.found", n=len(found.hits)))
            self._outline.show_hits(found.hits)

    def _on_failure(self, error: KnownError) -> None:
        self._box.say("")
        self._notice.show_words(self._context.explain(error))

    def _end(self) -> None:
        self._notice.hide()
        self._outline.end_search()
        if self._box.hasFocus():
            self._outline.focus_list()

    def leave(self) -> None:
        """End what narrows the left pane: the search, else the filter."""
        if self._outline.searching:
            self._box.clear()
        else:
            self._outline.clear_filter()
