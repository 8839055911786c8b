"""An article while it is being put together, and its finished form."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import Literal

from bulletin_desktop.model.text import Kind, ParsedArticle, Part, PartRole
from bulletin_desktop.parsing import marks
from bulletin_desktop.parsing.lines import Kind as LineKind
from bulletin_desktop.parsing.lines import Line
from bulletin_desktop.parsing.sources import Credit

Stretch = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """The stretches of text that belong to the fields of one article, in order."""

    section: int | None
    kind: Kind
    start: int
    end: int
    marked: Literal["bullet", "number", ""] = ""
    kicker: list[Stretch] = field(default_factory=list)
    title: list[Stretch] = field(default_factory=list)
    subtitle: list[Stretch] = field(default_factory=list)
    author: Stretch | None = None
    source: Stretch | None = None
    body: list[Stretch] = field(default_factory=list)
    omitted: list[Stretch] = field(default_factory=list)
    ordinal: tuple[str, int] | None = None  # the style and value of its number
    led: bool = False  # its title is the first sentence of a paragraph
    attached: bool = False  # an annex has begun
    heads: int = 0  # lines in it that might have been titles
    _heading: bool = False  # the annex has had no line but its title
    _signer: Stretch | None = None  # the author, where the source's line names him
    _whole: dict[str, tuple[int, Stretch]] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether a source or author after the body says that the article is complete."""
        return bool(self._whole) and not self.attached

    def attach(self) -> None:
        """An annex begins, which follows the source and belongs to the article."""
        self.attached = self._heading = True

    def appends(self, line: Line) -> bool:
        """Whether a line belongs to the annex that is open: its heading, or the title below."""
        if marks.ATTACHMENT.match(line.text):
            return True
        self._heading = self._heading and line.kind is LineKind.TITLE
        return self._heading

    def add_paragraph(self, start: int, end: int) -> None:
        """A paragraph of the body."""
        self.body.append((start, end))
        self.end = max(self.end, end)

    def close(self, credit: Credit, line: Stretch, paragraph: int | None) -> None:
        """Take the credit that closes the article; ``line`` is all that it was cut from.

        ``paragraph`` is the body paragraph that it was cut off, or None for a line of its own.
        Below a byline whoever closes the article is its source.
        """
        place = (line[0] + credit.start, line[0] + credit.end)
        role = "source" if self.author and "author" not in self._whole else credit.role
        self.reopen(role)
        if role == "source":
            self.source = place
        else:
            self.author = place
        if credit.author and self.author is None:
            self._signer = self.author = (line[0] + credit.author[0], line[0] + credit.author[1])
        if credit.rest_end:
            self.omitted.append((line[0] + credit.rest, line[0] + credit.rest_end))
        self._whole[role] = (-1 if paragraph is None else paragraph, line)
        self.end = max(self.end, line[1])

    def reopen(self, role: str | None = None) -> None:
        """Give the closing credits (or the one of a role) back to the body: it goes on."""
        for name in [role] if role else list(self._whole):
            if name not in self._whole:
                continue
            paragraph, line = self._whole.pop(name)
            self._restore(line)
            if paragraph < 0:
                insort(self.body, line)
            else:
                self.body[paragraph] = (self.body[paragraph][0], line[1])
            if name == "author" or self.author == self._signer:
                self.author = None
            if name == "source":
                self.source = None

    def _restore(self, line: Stretch) -> None:
        """Omit no longer what stands in a line; only the last ones can."""
        later: list[Stretch] = []
        while self.omitted and self.omitted[-1][0] >= line[0]:
            omitted = self.omitted.pop()
            if omitted[0] >= line[1]:
                later.append(omitted)
        self.omitted += reversed(later)

    def finish(self, text: str) -> ParsedArticle:
        """The article with its words cut out of the text."""
        return ParsedArticle(
            section=self.section,
            kind=self.kind,
            kicker=_joined(text, self.kicker),
            title=_joined(text, self.title),
            subtitle=_joined(text, self.subtitle),
            author=_unbroken(text, self.author),
            source=_unbroken(text, self.source),
            body="\n".join(text[a:b] for a, b in self.body),
            start=self.start,
            end=self.end,
            parts=self._parts(),
            omitted=tuple(s for s in self.omitted if s[1] <= self.end),
        )

    def _parts(self) -> tuple[Part, ...]:
        fields: list[tuple[PartRole, list[Stretch]]] = [
            ("kicker", self.kicker),
            ("title", self.title),
            ("subtitle", self.subtitle),
            ("author", [self.author] if self.author else []),
            ("body", self.body),
            ("source", [self.source] if self.source else []),
        ]
        return tuple(Part(role, a, b) for role, stretches in fields for a, b in stretches)


def _unbroken(text: str, stretch: Stretch | None) -> str | None:
    """The words of a stretch, put together where a line break stands in them."""
    if stretch is None:
        return None
    return "".join(x.strip() for x in text[stretch[0] : stretch[1]].splitlines())


def _joined(text: str, stretches: list[Stretch]) -> str | None:
    return "\n".join(text[a:b] for a, b in stretches) or None
