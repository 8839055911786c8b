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
# "confirmed" is a date that the user has given or approved; parsing gives the others.
DateBasis = Literal["printed", "inferred", "name", "confirmed"]


CutRole = Literal["issue", "section", "article", "brief", "distribution", "body"]

# A decision that is less sure than this is shown to the user as a doubt.
DOUBT = 0.75


class DecodedText(NamedTuple):
    """The text of a file as it stands, and the encoding that it was read with.

    ``remarks`` tell what is not in the text (pictures) or was doubtful in reading it.
    """

    text: str
    encoding: str | None
    remarks: tuple[Message, ...] = ()


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


class Cut(NamedTuple):
    """A decision about a line: what begins at it, by which rule, and how sure that is.

    ``start`` is the line's first code point that is no blank; ``role`` what begins there, or
    ``body`` where nothing does though something might; ``rule`` a code of the catalogue
    (``rule.…``); ``certainty`` runs from 0 to 1.
    """

    start: int
    role: CutRole
    rule: str
    certainty: float


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
    """One number of a bulletin with its sections and articles in the order of the file.

    ``editor`` is who makes it, a unit or a person, as the head or the imprint says.
    """

    title: str | None
    number: str | None
    total_number: str | None
    date: IssueDate | None
    masthead: str | None
    distribution: str | None
    sections: tuple[str, ...]
    articles: tuple[ParsedArticle, ...]
    editor: str | None = None


class ParsedText(NamedTuple):
    """A whole document, parsed: spans that tile ``[0, len(text))`` and the issues in them.

    ``cuts`` explain the spans, in the order of the text.
    """

    spans: tuple[Span, ...]
    issues: tuple[ParsedIssue, ...]
    warning: Message | None = None
    cuts: tuple[Cut, ...] = ()
