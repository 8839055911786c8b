"""Marking passages of the article that is read: highlights, their themes and their notes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bulletin_desktop.ui.shown_highlights import ShownHighlights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.actions import Act
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.panes.tagging_pane import TaggingPane


class Marking(ShownHighlights):
    """Turns what is selected on the page, or the highlight at hand, into verbs of the services."""

    def __init__(
        self, context: Context, reader: ReaderPane, tagging: TaggingPane,
        acts: Mapping[Act, QAction],
    ) -> None:  # fmt: skip
        super().__init__(context, reader, tagging, acts)
        tagging.passage_picked.connect(self.put_theme)
        tagging.passage_created.connect(self.create_theme)

    # Selecting

    def select_sentence(self) -> None:
        """Select the sentence that is read, or one more."""
        self._extend(clauses=False)

    def select_clause(self) -> None:
        """Select the clause that is read, or one more."""
        self._extend(clauses=True)

    def _extend(self, *, clauses: bool) -> None:
        if self._article is not None:
            self._page.setFocus()
            self.desk.walk.extend(clauses=clauses)

    # Marking

    def mark(self) -> None:
        """Make a highlight of the selected words; without any say how."""
        if not self._mark(()):
            self._context.said.emit(self._context.text("mark.how"))

    def _mark(self, themes: Sequence[int], then: Callable[[], object] | None = None) -> bool:
        from bulletin_desktop.services import passages

        selected, article = self._selected(), self._article
        if selected is None or article is None:
            return False
        verb = partial(passages.mark, article=article, theme_ids=tuple(themes))
        self._make(lambda library: verb(library, start=selected[0], end=selected[1]), then)
        return True

    def _make(self, verb: Callable[[Library], Change], then: Callable[[], object] | None) -> None:
        """Have words marked; after that their highlight is at hand instead of the selection."""
        selected = self._selected()
        known = {h.id for h in self._highlights}

        def made() -> None:
            if selected is not None:
                self._pick_up(selected, known)
            if then is not None:
                then()

        self._act(verb, lambda: self._when_read(made))

    def _pick_up(self, selected: tuple[int, int], known: set[int]) -> None:
        if self._selected() == selected:
            self._unselect()
        start, end = selected
        new = [h for h in self._highlights if h.id not in known]
        found = max(
            new or [h for h in self._highlights if h.placed],
            key=lambda h: min(end, h.end) - max(start, h.start) - abs(len(h.quote) - end + start),
            default=None,
        )
        self.choose(found.id if found is not None else None)

    def unmark(self) -> None:
        """Put the highlight at hand into the trash, or all of those under the selected words."""
        from bulletin_desktop.services import passages

        selected, current = self._selected(), self.current
        ids = [current.id] if current is not None else []
        if selected is not None:
            start, end = selected
            ids = [h.id for h in self._highlights if h.placed and h.start < end and h.end > start]
        if ids:
            self.desk.close_note()
            self._act(lambda library: passages.delete(library, ids))
        else:
            self._context.said.emit(self._context.text("mark.none"))

    # Themes

    def digit(self, theme: int) -> bool:
        """Mark the selected words with a theme, or put it on the highlight at hand or take it off;
        says whether there was any of these.
        """
        if self._mark([theme]):
            return True
        current = self.current
        if current is None:
            return False
        from bulletin_desktop.services import passages

        self._act(lambda library: passages.toggle_theme(library, [current.id], theme))
        return True

    def put_theme(self, theme: int) -> None:
        """Put a theme on the selected words or on the highlight at hand."""
        from bulletin_desktop.services import passages

        current = self.current
        if not self._mark([theme]) and current is not None:
            self._act(lambda library: passages.put_theme(library, [current.id], theme))

    def create_theme(self, name: str) -> None:
        """Put a theme of this name, which is made where missing, on the selected words or on the
        highlight at hand.
        """
        from bulletin_desktop.services import passages

        selected, current, article = self._selected(), self.current, self._article
        if selected is not None and article is not None:
            start, end = selected
            self._make(lambda library: passages.mark_new(library, article, start, end, name), None)
        elif current is not None:
            self._act(lambda library: passages.put_new(library, [current.id], name))

    # Notes

    def write_note(self) -> None:
        """Write the note on the highlight at hand; selected words become one first."""
        if not self._mark((), self._write_on_current) and not self._write_on_current():
            self._context.said.emit(self._context.text("mark.how"))

    def _write_on_current(self) -> bool:
        current = self.current
        if current is not None:
            self._open_note(current.id)
        return current is not None
