"""What parsing gives: the parts of a bulletin as spans of its decoded text.

All positions are Unicode code points in the decoded text (byte order mark stripped, line ends as in
the file); ends are exclusive.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from bulletin_desktop.model.change import Message

Role = Literal["masthead", "contents", "section", "article", "distribution", "remainder", "blank"]
PartRole = Literal["kicker", "title", "subtitle", "author", "body", "source"]
Kind = Literal["article", "brief"]
DateBasis = Literal["printed", "inferred", "name"]


class DecodedText(NamedTuple):
    """The text of a file as it stands, and the encoding that it was read with."""

    text: str
    encoding: str


class Span(NamedTuple):
    """A stretch of the document that belongs to one role; a document's spans tile its text."""

    role: Role
    start: int
    end: int


class Part(NamedTuple):
    """The words of one field of an article: a title line, a body paragraph or a source."""

    role: PartRole
    start: int
    end: int


class IssueDate(NamedTuple):
    """The date of an issue: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, and the words it rests on."""

    value: str
    basis: DateBasis
    evidence: str


class ParsedArticle(NamedTuple):
    """One article: its fields without marks, and the spans that they were cut from.

    ``section`` counts in the issue's sections. ``body`` has the trimmed paragraphs joined by a line
    feed; ``parts`` with role ``body`` are the same paragraphs as spans, in order. ``omitted`` are
    page numbers and running heads that stand inside the article and in no field.
    """

    section: int | None
    kind: Kind
    kicker: str | None
    title: str | None
    subtitle: str | None
    author: str | None
    source: str | None
    body: str
    start: int
    end: int
    parts: tuple[Part, ...]
    omitted: tuple[tuple[int, int], ...] = ()


class ParsedIssue(NamedTuple):
    """One number of a bulletin with its sections and articles in the order of the file."""

    title: str | None
    number: str | None
    total_number: str | None
    date: IssueDate | None
    masthead: str | None
    distribution: str | None
    sections: tuple[str, ...]
    articles: tuple[ParsedArticle, ...]


class ParsedText(NamedTuple):
    """A whole document, parsed: spans that tile ``[0, len(text))`` and the issues in them."""

    spans: tuple[Span, ...]
    issues: tuple[ParsedIssue, ...]
    warning: Message | None = None
