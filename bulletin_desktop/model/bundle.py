"""What one annotator hands another: themes, tags, passages and notes with the texts they are on.

All ids count within the bundle alone: nobody finds anything again by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_desktop.model.annotations import Highlight, Note
    from bulletin_desktop.model.records import Article, Erratum, Theme
    from bulletin_desktop.model.text import Kind

_SHOWN = 30  # code points


class BundledIssue(NamedTuple):
    """The issue of an article, as it names itself."""

    id: int
    title: str | None
    number: str | None
    date: str | None


class BundledArticle(NamedTuple):
    """An article by which that of another library is known again; ``body`` as it is shown."""

    id: int
    issue: int
    kind: Kind
    title: str | None
    source: str | None
    body: str
    errata: tuple[Erratum, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a list: its title on one line, or its first words."""
        return (self.title or self.body[:_SHOWN]).replace("\n", "")

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """A stretch of the body, in code points, with its misprints as they are printed."""
        end = len(self.body) if end is None else end
        pieces, at = [], start
        for erratum in self.errata:
            if start <= erratum.start and erratum.end <= end:
                pieces += [self.body[at : erratum.start], erratum.printed]
                at = erratum.end
        return "".join([*pieces, self.body[at:end]])


class Tagging(NamedTuple):
    """Somebody's word that a theme is an article's; ``counts`` says that the article has it."""

    article: int
    theme: int
    annotator: str
    counts: bool


class Marked(NamedTuple):
    """A highlight with the words before and after it; its note is among the others."""

    highlight: Highlight
    before: str
    after: str


class BundledDocument(NamedTuple):
    """A whole text with the ids of its articles, for a library that has it not."""

    path: str
    sha256: str
    encoding: str | None
    text: str
    articles: tuple[int, ...] = ()


_OfIssue = TypeVar("_OfIssue", "Article", BundledArticle)


class Bundle(NamedTuple):
    """All that one library tells another; ``annotator`` is who "" among the annotators means.

    Parents stand before the themes below them. No note is private.
    """

    annotator: str
    themes: tuple[Theme, ...] = ()
    issues: tuple[BundledIssue, ...] = ()
    articles: tuple[BundledArticle, ...] = ()
    taggings: tuple[Tagging, ...] = ()
    marked: tuple[Marked, ...] = ()
    notes: tuple[Note, ...] = ()
    documents: tuple[BundledDocument, ...] = ()

    def bearing(self, articles: Iterable[_OfIssue]) -> list[_OfIssue]:
        """Those of the articles that something is on, or on whose issues a note is."""
        ids = {said.article for said in self.taggings}
        ids |= {marked.highlight.article or 0 for marked in self.marked}
        ids |= {note.target for note in self.notes if note.kind == "article"}
        noted = {note.target for note in self.notes if note.kind == "issue"}
        return [x for x in articles if x.id in ids or x.issue in noted]
