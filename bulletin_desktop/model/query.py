"""What a query asks for, as a tree, and its terms as they stand in the typed text.

Spans (``start``, ``end``) are code points of the typed text, ends exclusive; they cover a term's
minus sign, field name and quotation marks. Nodes are equal where they ask for the same, wherever
they stand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

TextField = Literal["title", "body", "author", "note", "quote"]
FactField = Literal["theme", "source", "section", "issue", "kind", "collection"]
PeriodField = Literal["year", "date"]
Field = Literal[TextField, FactField, PeriodField, "regex"]
FlagName = Literal["starred", "unread", "untagged", "noted", "highlighted"]
TokenKind = Literal["word", "phrase", "fact", "flag", "pattern", "not", "or", "open", "close"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What stands at one place of a query."""

    start: int = dataclasses.field(default=0, compare=False)
    end: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Word(Term):
    """A text that must occur, as typed and never empty, in one field or (None) in any.

    The field ``quote`` is what highlights mark.
    """

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Fact(Term):
    """What is known of an article; ``value`` is as typed and never empty.

    ``exact`` means this very name: no theme below it, no other source or section that holds it. The
    field ``kind`` has a ``model.text.Kind`` for its value.
    """

    field: FactField
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Period(Term):
    """A stretch of time: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, both ends inclusive.

    None leaves an end open; one of them is set.
    """

    field: PeriodField
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Flag(Term):
    """A mark that an article has or has not."""

    name: FlagName


@dataclass(frozen=True, slots=True)
class Pattern(Term):
    """A regular expression that can be compiled and must be found."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    of: Node


@dataclass(frozen=True, slots=True)
class All:
    """Two parts or more that must hold together."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Two parts or more, one of which must hold at least."""

    of: tuple[Node, ...]


Node = Word | Fact | Period | Flag | Pattern | Not | All | Either


class Token(NamedTuple):
    """One term, sign or bracket of the typed text, to be shown as a chip.

    ``value`` is what was typed without quotation marks, and for a flag its ``FlagName``; ``exact``
    is that of a Fact. The minus of a group is a token of its own (``not``), that of a term belongs
    to it (``negated``).
    """

    kind: TokenKind
    start: int
    end: int
    value: str = ""
    field: Field | None = None
    exact: bool = False
    negated: bool = False


class Spelling(NamedTuple):
    """Which ways of writing count as the same, beyond what is always folded.

    ``lines``: a title that runs over lines is read as one line. ``years``: 2008 is 二〇〇八, with
    zeros in any form. ``spaces``: 简 报 in a title, kicker or subtitle is 简报.
    """

    lines: bool = True
    years: bool = False
    spaces: bool = False


class Query(NamedTuple):
    """What to look for, None where nothing was typed, and the terms in the order of the text."""

    root: Node | None
    tokens: tuple[Token, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self.root is None


def marked_words(query: Query) -> tuple[Word, ...]:
    """The words that are looked for, in their order; those that must not occur are left out."""
    return () if query.root is None else tuple(_words(query.root, wanted=True))


def _words(node: Node, *, wanted: bool) -> Iterator[Word]:
    if isinstance(node, Word):
        if wanted:
            yield node
    elif isinstance(node, Not):
        yield from _words(node.of, wanted=not wanted)
    elif isinstance(node, (All, Either)):
        for part in node.of:
            yield from _words(part, wanted=wanted)
