"""Highlights of the article that is read: which there are, which one is at hand, going to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.context import ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.reader_pane import ReaderPane
    from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
    from bulletin_desktop.ui.reader.mark_desk import MarkDesk

# The highlights of an article with more characters, which may take 50 ms, are read off the GUI
# thread.
_LONG = 400_000
# The first paint of a start comes first.
_SETTLED_MILLISECONDS = 60


class ShownHighlights(QObject):
    """Keeps the page to what the library has, and the tagging pane to the passage at hand."""

    wanted = Signal(int)  # an article that the window shall show

    def __init__(
        self, context: Context, reader: ReaderPane, tagging: TaggingPane,
        acts: Mapping[Act, QAction],
    ) -> None:  # fmt: skip
        super().__init__(reader)
        self._context = context
        self._reader = reader
        self._page = reader.page
        self._tagging = tagging
        self._made_desk: MarkDesk | None = None
        self._highlights: Sequence[Highlight] = ()
        self._article: int | None = None
        self._landing: int | None = None  # the highlight that one goes to in another article
        self._told = ""
        self._reading = False
        self._waiting: list[Callable[[], None]] = []
        self._first = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._first.timeout.connect(self._load)
        self._telling = QTimer(self, singleShot=True, interval=0)
        self._telling.timeout.connect(self._tell)
        reader.shown.connect(self._on_shown)
        reader.emptied.connect(self._on_emptied)
        context.changed.connect(self._on_change)
        self._page.selectionChanged.connect(self._telling.start)
        tagging.passage_left.connect(self._leave_passage)
        for act in (Act.UNDO, Act.REDO):  # before their own deeds
            acts[act].triggered.connect(self.save)

    @property
    def desk(self) -> MarkDesk:
        """What marks the page and hears its keys and its mouse; made when first wanted."""
        if self._made_desk is None:
            from bulletin_desktop.ui.reader.mark_desk import MarkDesk

            self._made_desk = MarkDesk(self._context, self._page)
            self._made_desk.chosen.connect(self.choose)
            self._made_desk.note_wanted.connect(self._open_note)
            self._made_desk.acted.connect(self._act)
        return self._made_desk

    # What is shown

    def _on_shown(self, article: int) -> None:
        if article != self._article:
            self.save()
            self._forget()
            self._article = article
        if self._reader.isVisible():
            self._load()
        else:
            self._first.start()

    def _on_emptied(self) -> None:
        self._forget()
        self._article = None

    def _forget(self) -> None:
        """Before another article is shown nothing is marked."""
        self._highlights = ()
        self._reading = False
        self._waiting = []
        if self._made_desk is not None:
            self._made_desk.clear()
        self._show_passage("")  # at once: the next key may be for the article

    def _on_change(self, change: Change) -> None:
        concerned = change.articles is None or self._article in change.articles
        if self._article is None or self._reader.article is None:
            return
        if "themes" in change.topics or (
            concerned and change.topics & {"highlights", "notes", "documents"}
        ):
            self._load()

    def _load(self) -> None:
        """Read the highlights of the article and mark them."""
        shown = self._reader.article
        if shown is None or shown.id != self._article or self._context.closed:
            return
        from bulletin_desktop.services import passages

        article, take = shown.id, partial(self._take, shown.id)
        if shown.characters <= _LONG:
            take(passages.highlights(self._context.library, article))
        else:
            self._reading = True
            self._context.runner.read(
                "highlights", lambda library: passages.highlights(library, article), take, ignore
            )

    def _when_read(self, then: Callable[[], None]) -> None:
        """Do something once the highlights are as the library has them."""
        if self._reading:
            self._waiting.append(then)
        else:
            then()

    def _take(self, article: int, found: Sequence[Highlight]) -> None:
        if article != self._article:
            return
        self._reading = False
        self._highlights = found
        if found or self._made_desk is not None:
            self.desk.show(found)
        if self._landing is not None:
            self._land()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        self._telling.start()

    # What is at hand

    @property
    def current(self) -> Highlight | None:
        """The highlight at hand."""
        chosen = self._made_desk.marks.current if self._made_desk is not None else None
        return self._by_id(chosen) if chosen is not None else None

    def _by_id(self, highlight: int) -> Highlight | None:
        return next((h for h in self._highlights if h.id == highlight), None)

    def choose(self, highlight: int | None) -> None:
        """Take a highlight of the page in hand, or none."""
        self.desk.choose(self._by_id(highlight) if highlight is not None else None)
        self._telling.start()

    def _selected(self) -> tuple[int, int] | None:
        """The selected words of the body, as code points."""
        if self._article is None or not self._page.textCursor().hasSelection():
            return None
        from bulletin_desktop.ui.reader.page_words import selected_range

        return selected_range(self._page)

    def _tell(self) -> None:
        """Have the tagging pane show the passage that themes would go to; who selects words lets go
        of the highlight.
        """
        selected = self._selected()
        if selected is not None and self.current is not None:
            self.choose(None)
        current = self.current
        words = current.quote if current is not None else ""
        self._page.marked = words
        if selected is not None and self._page.sheet is not None:
            words = self._page.sheet.text.body[slice(*selected)].strip()
        self._show_passage(words)

    def _show_passage(self, words: str) -> None:
        if words != self._told:
            self._told = words
            self._tagging.show_passage(words)

    def _open_note(self, highlight: int) -> None:
        self.choose(highlight)
        current = self.current
        if current is not None and current.placed:
            self.desk.open_note(current)

    def _leave_passage(self) -> None:
        """Have nothing in hand any more."""
        self._unselect()
        self.choose(None)

    def _unselect(self) -> None:
        if self._page.textCursor().hasSelection():
            from bulletin_desktop.ui.reader.page_words import unselect

            unselect(self._page)

    def _act(
        self, verb: Callable[[Library], Change], then: Callable[[], None] | None = None
    ) -> None:
        """Change the library; where that fails the page shows again what is."""
        self._context.act(verb, then, self._load)

    @property
    def unsaved(self) -> bool:
        """Whether there is a note that the library could not take."""
        return self._made_desk is not None and self._made_desk.unsaved

    def save(self) -> None:
        """Keep what is being written or moved at the moment."""
        if self._made_desk is not None:
            self._made_desk.save()

    # Going

    def step(self, step: int) -> None:
        """Go to the next highlight (1) or the one before (−1), on in other articles too."""
        if self._article is None:
            return
        mark = self.desk.marks.beyond(step)
        if mark is not None:
            self._go(mark.id)
            return
        from bulletin_desktop.services import reading

        article = self._article
        self._context.runner.read(
            "next highlight", lambda library: reading.next_marked(library, article, step),
            partial(self._go_on, step), self._context.failed.emit,
        )  # fmt: skip

    def _go_on(self, step: int, found: Highlight | None) -> None:
        if found is not None and found.article is not None:
            self.go_to(found.article, found.id)
        else:
            code = "mark.no_next" if step > 0 else "mark.no_previous"
            self._context.said.emit(self._context.text(code))

    def go_to(self, article: int, highlight: int) -> None:
        """Show an article and a highlight in it."""
        self._landing = highlight
        if article == self._article:
            self._load()
        else:
            self.wanted.emit(article)

    def _land(self) -> None:
        landing, self._landing = self._landing, None
        if landing is not None:
            self._go(landing)

    def _go(self, highlight: int) -> None:
        self._unselect()
        self.choose(highlight)
        mark = self.desk.marks.mark
        if mark is not None:
            self._page.look_at(mark.start)
