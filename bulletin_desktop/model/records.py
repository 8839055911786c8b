"""What a library holds, as the rooms above it see it: rows without SQL."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_desktop.model.text import Kind


@dataclass(frozen=True, slots=True)
class Document:
    """An imported file; ``length`` counts code points of its decoded text."""

    id: int
    path: str
    sha256: str
    encoding: str
    length: int
    imported_at: str
    issues: int
    articles: int


@dataclass(frozen=True, slots=True)
class Issue:
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


@dataclass(frozen=True, slots=True)
class Article:
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


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as it is read: its record, its paragraphs, the issue's name and the note."""

    article: Article
    issue_title: str | None
    issue_number: str | None
    date_evidence: str | None
    paragraphs: tuple[str, ...]
    note: str

    @property
    def body(self) -> str:
        """The paragraphs joined by a line feed."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: ``aliases`` are other names, ``words`` suggest it, ``key`` is a digit 1–9."""

    id: int
    name: str
    parent: int | None
    colour: str
    key: str | None
    aliases: tuple[str, ...]
    words: tuple[str, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Collection:
    """An ordered hand-picked list of articles; ``articles`` is their count."""

    id: int
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the bulletins print it, with the count of its articles."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Note:
    """The user's words on an article."""

    article: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A branch of a tree over articles: a year, section, source, theme or collection."""

    kind: str
    id: int
    name: str | None
    articles: int
    children: int = 0
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One named entry of the history; ``code`` and ``params`` make its name."""

    id: int
    code: str
    params: dict[str, object]
    at: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """What the library holds altogether."""

    issues: int
    articles: int
    themes: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text around a hit, and the hits in it as ranges of code points."""

    text: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a query found."""

    article: Article
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a library: what, where, and how it can be mended."""

    what: str
    where: str
    mend: str
