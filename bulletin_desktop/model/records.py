"""What a library holds, as the rooms above it see it: rows without SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Message
    from bulletin_desktop.model.text import Cut, Kind, Part, Span


class Document(NamedTuple):
    """An imported file; ``length`` counts code points of its decoded text."""

    id: int
    path: str
    sha256: str
    encoding: str | None
    length: int
    imported_at: str
    issues: int
    articles: int


class Issue(NamedTuple):
    """One number of a bulletin; ``articles`` and ``unread`` are counts."""

    id: int
    document: int
    title: str | None
    number: str | None
    total_number: str | None
    date: str | None
    date_basis: str | None
    date_evidence: str | None
    articles: int
    unread: int
    editor: str | None = None
    distribution: str | None = None


class Article(NamedTuple):
    """An article without its body; ``themes`` are theme ids, ``characters`` code points of body."""

    id: int
    issue: int
    section: str | None
    position: int
    kind: Kind
    kicker: str | None
    title: str | None
    subtitle: str | None
    author: str | None
    source: str | None
    date: str | None
    date_basis: str | None
    characters: int
    starred: bool
    unread: bool
    themes: tuple[int, ...]

    @property
    def heading(self) -> str:
        """The title on one line, or what stands in for it."""
        return (self.title or "").replace("\n", "")


class Erratum(NamedTuple):
    """A mended misprint: code points of the shown body, and the words that are printed there."""

    start: int
    end: int
    printed: str


class ArticleText(NamedTuple):
    """An article as it is read: its record, its paragraphs, the issue's name and the note.

    Misprints are mended in the paragraphs; ``errata`` tell which.
    """

    article: Article
    issue_title: str | None
    issue_number: str | None
    date_evidence: str | None
    paragraphs: tuple[str, ...]
    note: str
    errata: tuple[Erratum, ...] = ()

    @property
    def body(self) -> str:
        """The paragraphs joined by a line feed."""
        return "\n".join(self.paragraphs)


class Subhead(NamedTuple):
    """The words that stand out at a paragraph's start, or inside it at level 5.

    ``level`` runs from 1 (一、) to 5 (一是), ``paragraph`` counts paragraphs, ``start`` and ``end``
    are code points in that paragraph; ``whole`` says that the paragraph is nothing else. Where only
    a number stands out, because the sentence behind it is long, ``named`` is false: an outline
    leaves it out.
    """

    level: int
    paragraph: int
    start: int
    end: int
    whole: bool
    named: bool = True


class Original(NamedTuple):
    """The whole text of an article's document, and where the article stands in it.

    ``start`` and ``end`` are code points of ``text``; ``parts`` are the pieces of the article as
    (role, start, end); ``articles`` counts those of the document.
    """

    document: int
    path: str
    encoding: str | None
    text: str
    start: int
    end: int
    parts: tuple[Part, ...]
    articles: int


class LaidArticle(NamedTuple):
    """An article as it lies in its document: its pieces as (role, start, end), in code points."""

    id: int
    issue: int
    section: str | None
    kind: Kind
    heading: str
    start: int
    end: int
    parts: tuple[Part, ...]


class Correction(NamedTuple):
    """A decision of the user's about a document that outranks the parser's.

    ``code`` says what was decided, ``value`` with what; ``start`` and ``end`` are code points of
    the document's text, which hold ``quote`` between ``before`` and ``after``. One that is not
    ``placed`` was made on an older state of the file and found no place in this one.
    """

    id: int
    document: int
    code: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    value: dict[str, object]
    placed: bool


class Layout(NamedTuple):
    """How a document is cut: its text, the spans that tile it, its issues and their articles.

    ``cuts`` tell why, in the order of the text; ``remarks`` what was to be said of the reading.
    """

    document: int
    path: str
    encoding: str | None
    remarks: tuple[Message, ...]
    text: str
    spans: tuple[Span, ...]
    cuts: tuple[Cut, ...]
    issues: tuple[Issue, ...]
    articles: tuple[LaidArticle, ...]
    corrections: tuple[Correction, ...]


class Reviewed(NamedTuple):
    """A document for a list of what is to be looked at: ``doubts`` counts its unsure cuts."""

    document: int
    path: str
    encoding: str | None
    issues: int
    articles: int
    doubts: int
    remarks: int
    unplaced: int


class Reprint(NamedTuple):
    """An article beside another of the same text: ``share`` of the shorter stands in the longer.

    ``differs`` names the fields that are not the same: title, source, length.
    """

    article: Article
    share: float
    differs: tuple[str, ...]


class Theme(NamedTuple):
    """A theme: ``aliases`` are other names, ``words`` suggest it, ``key`` is a digit 1–9.

    ``articles`` and ``highlights`` are counts of what carries it.
    """

    id: int
    name: str
    parent: int | None
    colour: str
    key: str | None
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    articles: int
    description: str = ""
    highlights: int = 0


Extent = Literal["full", "excerpt", "summary"]


class CollectionItem(NamedTuple):
    """One line of a collection: an article, or (``level`` 1 or 2) a heading between articles.

    ``text`` is the heading, or the line that the user wrote to stand for the article; ``extent``
    says what is printed of it: the whole text, its highlights with what is around them, or that
    line.
    """

    id: int
    article: int | None
    level: int
    text: str
    extent: Extent


class Collection(NamedTuple):
    """An ordered hand-picked list of articles; ``articles`` is their count.

    ``intro`` is the user's introduction; ``origin`` the search that it is a copy of, as it was
    typed, "" where it was picked by hand.
    """

    id: int
    name: str
    articles: int
    intro: str = ""
    origin: str = ""


class Source(NamedTuple):
    """A source as the bulletins print it, with the count of its articles."""

    name: str
    articles: int


class Group(NamedTuple):
    """A branch of a tree over articles: a year, section, source, theme or collection."""

    kind: str
    id: int
    name: str | None
    articles: int
    children: int = 0
    colour: str | None = None


class Step(NamedTuple):
    """One named entry of the history; ``code`` and ``params`` make its name."""

    id: int
    code: str
    params: dict[str, object]
    at: str
    undone: bool
    annotator: str = ""


class Totals(NamedTuple):
    """What the library holds altogether."""

    issues: int
    articles: int
    themes: int


class Snippet(NamedTuple):
    """A piece of text around a hit, and the hits in it as ranges of code points."""

    text: str
    ranges: tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """An article that a query found."""

    article: Article
    snippet: Snippet
    score: float


class Problem(NamedTuple):
    """Something wrong in a library: what, where, and how it can be mended."""

    what: str
    where: str
    mend: str
