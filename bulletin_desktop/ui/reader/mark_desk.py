"""All that a page has for highlights: their grounds and notes, its keys and its mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bulletin_desktop.services import noting, passages
from bulletin_desktop.ui.reader.edges import Edges, Moved
from bulletin_desktop.ui.reader.highlight_marks import HighlightMarks
from bulletin_desktop.ui.reader.margin_notes import ROOM, MarginNote, MarginNotes
from bulletin_desktop.ui.reader.mark_hand import MarkHand
from bulletin_desktop.ui.reader.mark_keys import MarkKeys
from bulletin_desktop.ui.reader.sentence_walk import SentenceWalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.reader.margin_editor import MarginEditor
    from bulletin_desktop.ui.reader.page_view import PageView


class MarkDesk(QObject):
    """Shows what it is given, and tells what keys and mouse ask for."""

    chosen = Signal(object)  # the id of a highlight, or None
    note_wanted = Signal(int)
    acted = Signal(object)  # a verb that changes the library

    def __init__(self, context: Context, page: PageView) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._highlights: Sequence[Highlight] = ()
        self._editor: MarginEditor | None = None
        self.marks = HighlightMarks(page)
        self.notes = MarginNotes(page)
        self.walk = SentenceWalk(page)
        self._edges = Edges(page, self.marks)
        self._edges.settled.connect(self._resize)
        self._keys = MarkKeys(page, self.walk)
        self._keys.moved.connect(self._move_by_key)
        self._keys.left.connect(self._let_go)
        self._hand = MarkHand(page, self.marks, self.notes)
        self._hand.chosen.connect(self.chosen)
        self._hand.note_wanted.connect(self.note_wanted)
        self._hand.dragged.connect(self._drag)
        self._hand.dropped.connect(self._edges.settle)

    # What is shown

    def show(self, highlights: Sequence[Highlight]) -> None:
        """Mark these highlights of the page's article, those at hand and written staying so."""
        self._highlights = highlights
        themes = self._context.themes()
        inks = {theme.id: theme.colour for theme in themes.values()}
        self.marks.show(highlights, inks)
        moved = self._edges.moved
        if moved is not None and self.marks.by_id(moved.highlight) is not None:
            self._edges.move(moved, moved.end, end=True)
        self._show_notes()
        self._follow()

    def _show_notes(self) -> None:
        shown = []
        for highlight in self._highlights:
            mark = self.marks.by_id(highlight.id) if highlight.note else None
            if mark is not None:
                ink = mark.inks[0] if mark.inks else ""
                note = MarginNote(mark.id, mark.start, highlight.note, highlight.private, ink)
                shown.append(note)
        self.notes.show(shown)

    def _follow(self) -> None:
        """The note that is written follows what the library has."""
        written = self._editor.highlight if self._editor is not None else None
        if self._editor is None or written is None:
            return
        highlight = next((h for h in self._highlights if h.id == written and h.placed), None)
        if highlight is None:
            self.close_note()
        else:
            self._editor.show_note(highlight)

    def clear(self) -> None:
        """Mark nothing; another article comes."""
        self.close_note()
        self.choose(None)
        self.show(())

    def choose(self, highlight: Highlight | None) -> None:
        """Take a highlight in hand."""
        if highlight is None or highlight.id != self.marks.current:
            self._edges.settle()
        self.marks.choose(highlight.id if highlight is not None else None)
        hand = None
        if highlight is not None and highlight.placed:
            hand = Moved(highlight.id, highlight.start, highlight.end)
        self._keys.at_hand = hand
        writing = self._editor.highlight if self._editor is not None else None
        if writing is not None and (highlight is None or writing != highlight.id):
            self.close_note()

    def _let_go(self) -> None:
        self.chosen.emit(None)

    # Edges

    def _move_by_key(self, at: int, end: bool) -> None:
        hand = self._keys.at_hand
        if hand is not None:
            self._edges.move(hand, at, end=end)
            self._keys.at_hand = self._edges.moved

    def _drag(self, edge: str, at: int) -> None:
        hand = self._keys.at_hand
        if hand is not None:
            self._edges.move(hand, at, end=edge == "end", soon=False)
            self._keys.at_hand = self._edges.moved

    def _resize(self, moved: Moved) -> None:
        self.acted.emit(lambda library: passages.resize(library, *moved))

    # Notes

    def open_note(self, highlight: Highlight) -> None:
        """Write the note on a highlight, beside its line."""
        mark = self.marks.by_id(highlight.id)
        if mark is None:
            return
        if self._editor is None:
            from bulletin_desktop.ui.reader.margin_editor import MarginEditor

            self._editor = MarginEditor(self._context, self._page, lambda: self.notes.room)
            self._editor.written.connect(self._write)
            self._editor.left.connect(self.close_note)
        self._page.keep_margin(ROOM)
        self.notes.open = highlight.id
        self._editor.open(highlight, mark.start)

    def close_note(self) -> None:
        """Keep the note that is written, and put its editor away."""
        if self._editor is not None and self._editor.highlight is not None:
            self._editor.close_note()
            self.notes.open = None
            self._show_notes()

    def _write(self, highlight: int, words: str, private: bool) -> None:
        editor = self._editor
        assert editor is not None
        self._context.act(
            lambda library: noting.set_note(
                library, "highlight", highlight, words, private=private
            ),
            lambda: editor.edit.kept(highlight),
            lambda: editor.edit.failed(highlight, words),
        )

    @property
    def unsaved(self) -> bool:
        """Whether there is a note that the library could not take."""
        return self._editor is not None and self._editor.edit.unsaved

    def save(self) -> None:
        """Keep what is written or moved at the moment."""
        self._edges.settle()
        if self._editor is not None:
            self._editor.edit.save()
