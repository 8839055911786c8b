"""What a reader puts on articles: passages, notes, rules, and what went into the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.model.records import Article

NoteKind = Literal["article", "highlight", "issue", "theme"]
TrashKind = Literal["issue", "article", "theme", "highlight", "collection", "search", "rule"]


class Highlight(NamedTuple):
    """A marked passage of an article.

    ``start`` and ``end`` are code points of the article's shown body, which has ``quote`` there.
    ``themes`` are ids, the first of which gives the colour; ``annotator`` is "" for who has no name
    yet. One that is not ``placed`` found no place in the present text, or lies in none of its
    articles: then ``start`` and ``end`` are 0.
    """

    id: int
    article: int | None
    start: int
    end: int
    quote: str
    themes: tuple[int, ...] = ()
    note: str = ""
    private: bool = False
    annotator: str = ""
    at: str = ""
    placed: bool = True


class Passage(NamedTuple):
    """A highlight in a list over the library, with the article that it is in (None: in none)."""

    highlight: Highlight
    article: Article | None


class Note(NamedTuple):
    """The user's words on an article, a passage, an issue or a theme, whose id is ``target``.

    ``article`` is the one it belongs to, or the first one of the issue; a theme's note has none.
    A ``private`` note leaves the library in no export. ``at`` is when it was written last.
    """

    kind: NoteKind
    target: int
    text: str
    private: bool = False
    annotator: str = ""
    at: str = ""
    article: int | None = None


class Trashed(NamedTuple):
    """Something in the trash: ``id`` is its place there, ``item`` the id that it had."""

    id: int
    kind: TrashKind
    item: int
    name: str
    at: str
    annotator: str


class Rule(NamedTuple):
    """Articles that a search finds get a theme; ``at_import`` says that new ones do too.

    ``options`` is how a saved search keeps its options.
    """

    id: int
    theme: int
    query: str
    options: str
    at_import: bool
