"""Articles that speak of the same as the one that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.ui.panes.tagging_parts import Section
from bulletin_desktop.ui.widgets.row_list import Row, RowList, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.suggesting import Suggester
    from bulletin_desktop.ui.context import Context

_MOST = 5


class Related(NamedTuple):
    """Articles that are like one, the most alike first."""

    article: int
    found: list[Article]


def related(library: Library, article: int, suggester: Suggester) -> Related:
    """At most five articles like this one. Raises KnownError("article.missing")."""
    from bulletin_desktop.services import browsing, like

    ids = like.articles_like(library, article, suggester.segmenter, _MOST).ids
    records = browsing.in_scope(library, Scope(ids=ids)) if ids else []
    known = {record.id: record for record in records}
    return Related(article, [known[one] for one in ids if one in known])


class RelatedArticles(Section):
    """Titles with their dates."""

    wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        words = context.text("pane.related")
        super().__init__(words)
        self._context = context
        self.list = RowList(context, words, most=_MOST)
        self.list.taken.connect(self.wanted.emit)
        self.body.addWidget(self.list)

    def show_found(self, found: Sequence[Article]) -> None:
        """Show these, and nothing where there are none."""
        untitled = self._context.text("tree.untitled")
        self.list.show_rows([
            Row(article.heading or untitled, article.id, beside=short_date(article.date))
            for article in found
        ])  # fmt: skip
        self.setVisible(bool(found))
