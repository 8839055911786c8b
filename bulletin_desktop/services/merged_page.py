"""An article of this library as another annotator's passages are found on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bulletin_desktop.language.anchors import Anchor, place
from bulletin_desktop.library import documents, merging, passages
from bulletin_desktop.library.passages import Laid

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.model.bundle import BundledArticle, Marked


class Page:
    """An article with its highlights; ``theirs`` is the same one of the other library.

    ``themes`` are those of its highlights by their ids, kept by who adds some.
    """

    def __init__(self, library: Library, article: int, theirs: BundledArticle) -> None:
        self._library = library
        self._article = article
        self.theirs = theirs
        self.document, self._places = passages.body_map(library, article)
        self.themes = defaultdict(set, merging.mark_themes(library, article))
        self._known = {
            _key(laid): laid.id
            for laid in passages.laid(library, self.document)
            if laid.article == article
        }

    def known(self, laid: Laid) -> int | None:
        """The highlight that lies there already."""
        return self._known.get(_key(laid))

    def insert(self, laid: Laid, annotator: str, at: str) -> int:
        """Make a highlight of somebody's; gives its id."""
        library, span = self._library, (laid.start, laid.end)
        new = passages.insert(library, self.document, span, self._article, laid.quote)
        if not laid.placed:
            passages.move(library, new, laid)
        passages.name(library, new, annotator, at)
        self._known[_key(laid)] = new
        return new

    def find(self, marked: Marked) -> Laid:
        """Where a highlight lies here; its article is known also where its words are gone."""
        mark = marked.highlight
        depth = mark.start / max(1, len(self.theirs.body))
        anchor = Anchor(mark.quote, marked.before, marked.after, depth)
        lost = Laid(
            0, self.document, self._article, 0, 0, mark.quote, marked.before, marked.after, False
        )
        span = self._as_told(mark) or self._in_body(anchor) or self._in_document(anchor, mark)
        shown = self._places.to_body(*span) if span is not None else None
        if span is None or shown is None:
            return lost
        quote = self._places.body[shown[0] : shown[1]]
        return lost._replace(start=span[0], end=span[1], quote=quote, placed=True)

    def _as_told(self, mark: Highlight) -> tuple[int, int] | None:
        """Where the position says, if both show the same text."""
        body = self._places.body
        if not mark.placed or body != self.theirs.body or body[mark.start : mark.end] != mark.quote:
            return None
        return self._places.to_document(mark.start, mark.end)

    def _in_body(self, anchor: Anchor) -> tuple[int, int] | None:
        found = place(self._places.body, anchor)
        return self._places.to_document(*found) if found is not None else None

    def _in_document(self, anchor: Anchor, mark: Highlight) -> tuple[int, int] | None:
        """Where the words stand as they are printed, in case a misprint was mended in one."""
        if mark.placed:
            anchor = anchor._replace(quote=self.theirs.printed(mark.start, mark.end))
        begin, end = passages.extents(self._library, self.document)[self._article]
        found = place(documents.text(self._library, self.document)[begin:end], anchor)
        return (found[0] + begin, found[1] + begin) if found is not None else None


def _key(laid: Laid) -> tuple[object, ...]:
    """What two highlights of one article have in common that are the same."""
    return (laid.start, laid.end) if laid.placed else (laid.quote,)
