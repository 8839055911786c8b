"""What is found out for the articles of the tagging pane: suggestions, highlights, articles alike.

Each section is made when it first has something to show.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.widgets.tab_order import tab_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.suggesting import Suggestion
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.tagging_highlights import Highlights
    from bulletin_desktop.ui.panes.tagging_pane import TaggingPane
    from bulletin_desktop.ui.panes.tagging_related import Related, RelatedArticles
    from bulletin_desktop.ui.panes.tagging_suggestions import Suggestions

# So many articles are suggested for at once.
_SUGGEST_MOST = 50


class Facts(QObject):
    """Asks off the GUI thread; an answer for other articles than those shown is dropped."""

    def __init__(self, context: Context, pane: TaggingPane) -> None:
        super().__init__(pane)
        self._context = context
        self._pane = pane
        self._ids: tuple[int, ...] = ()
        self._related_to: int | None = None  # articles alike stay as long as the article does
        self.suggestions: Suggestions | None = None
        self.highlights: Highlights | None = None
        self.related: RelatedArticles | None = None
        context.restyled.connect(self._restyle)

    def find(self, ids: tuple[int, ...]) -> None:
        """Find out all for these articles."""
        self._ids = ids
        self._find_suggestions(ids[:_SUGGEST_MOST])
        if len(ids) == 1:
            self._find_highlights(ids[0])
            self._find_related(ids[0])

    def clear(self) -> None:
        """Show nothing until it is known for other articles."""
        self._ids, self._related_to = (), None
        for section in (self.suggestions, self.highlights, self.related):
            if section is not None:
                section.show_found([])

    def leave_out(self, themes: set[int]) -> None:
        """Do not suggest themes that the articles have by now."""
        if self.suggestions is not None:
            self.suggestions.without(themes)

    @property
    def first_suggestion(self) -> int | None:
        """The theme that is suggested first."""
        return self.suggestions.first if self.suggestions is not None else None

    def _restyle(self) -> None:
        """Colours of themes stand in the rows."""
        if len(self._ids) == 1:
            self._find_highlights(self._ids[0])

    # Suggestions

    def _find_suggestions(self, ids: tuple[int, ...]) -> None:
        if not self._context.themes():
            return
        suggester = self._context.suggester
        self._context.runner.think(
            "suggest",
            lambda library: suggester.suggest(library, ids),
            partial(self._show_suggestions, ids),
            ignore,  # an article may be gone by now, its import undone
        )

    def _show_suggestions(self, ids: tuple[int, ...], found: Sequence[Suggestion]) -> None:
        if ids != self._ids[:_SUGGEST_MOST]:
            return
        if self.suggestions is None:
            if not found:
                return
            self.suggestions = self._make_suggestions()
        self.suggestions.show_found(found)
        below = self._pane.history if self.highlights is None else self.highlights.list
        tab_before(below, self.suggestions.chips.widgets())

    def _make_suggestions(self) -> Suggestions:
        from bulletin_desktop.ui.panes.tagging_suggestions import Suggestions

        made = Suggestions(self._context)
        made.accepted.connect(self._pane.put_on_articles)
        made.refused.connect(self._pane.refuse)
        made.emptied.connect(self._pane.input.setFocus)
        self._pane.above_note.insertWidget(0, made)
        return made

    # Highlights

    def _find_highlights(self, article: int) -> None:
        def find(library: Library) -> list[Highlight]:
            from bulletin_desktop.services import passages

            return passages.highlights(library, article)

        done = partial(self._show_highlights, article)
        self._context.runner.read("highlights of article", find, done, ignore)

    def _show_highlights(self, article: int, found: Sequence[Highlight]) -> None:
        if self._ids != (article,):
            return
        if self.highlights is None:
            if not found:
                return
            from bulletin_desktop.ui.panes.tagging_highlights import Highlights

            self.highlights = Highlights(self._context)
            self.highlights.wanted.connect(self._want_highlight)
            self._pane.above_note.addWidget(self.highlights)
            tab_before(self._pane.history, [self.highlights.list])
        self.highlights.show_found(found)

    def _want_highlight(self, highlight: int) -> None:
        self._pane.highlight_wanted.emit(self._ids[0], highlight)

    # Articles alike

    def _find_related(self, article: int) -> None:
        if self._related_to == article:
            return
        from bulletin_desktop.ui.panes.tagging_related import related

        suggester = self._context.suggester
        self._context.runner.think(
            "related",
            lambda library: related(library, article, suggester),
            self._show_related,
            ignore,  # as with suggestions
        )

    def _show_related(self, answer: Related) -> None:
        if self._ids != (answer.article,):
            return
        self._related_to = answer.article
        if self.related is None:
            if not answer.found:
                return
            from bulletin_desktop.ui.panes.tagging_related import RelatedArticles

            self.related = RelatedArticles(self._context)
            self.related.wanted.connect(self._pane.article_wanted)
            self._pane.below_note.addWidget(self.related)
        self.related.show_found(answer.found)
