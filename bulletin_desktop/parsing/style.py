"""How an issue is set as a whole: what its titles, paragraphs and sections look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulletin_desktop.parsing.headings import (
    colon_sections,
    numbered_sections,
    plain_sections,
    section_bullets,
    unit_heads,
)
from bulletin_desktop.parsing.lines import Kind, Line

CENTRED = 5  # columns: titles that are set in so far stand in the middle, each at its own place
_PARAGRAPH = 30  # a line this long shows how the body is indented
_OFTEN = 2  # words that come more often are no title


@dataclass(frozen=True, slots=True)
class Style:
    """How an issue is set: indents in columns, how often gaps and credits occur, its contents.

    ``entries`` are the bare words of the contents, ``listed`` those of them that name sections.
    ``section_bullets`` are marks that stand before the names of sections; ``numbered`` are the
    starts of the lines 一、… and …： that are such names, ``units`` those of units above titles,
    ``plain`` those of names without marks, with how sure they are. ``repeated`` are bare words
    that come again and again.
    """

    body_indent: int
    title_indent: int
    spaced: bool  # blank lines stand between paragraphs too
    gapped: bool  # blank lines stand above titles
    credited: bool
    bracketed: bool
    entries: frozenset[str]
    listed: frozenset[str]
    section_bullets: frozenset[str]
    numbered: frozenset[int]
    units: frozenset[int]
    units_are_sections: bool
    plain: Mapping[int, float]
    repeated: frozenset[str]


@dataclass(slots=True)
class _Tally:
    """What is counted of an issue's lines."""

    indents: Counter[int] = field(default_factory=Counter)
    titles: Counter[int] = field(default_factory=Counter)
    pairs: int = 0  # paragraphs that follow one another
    gaps: int = 0  # blank lines between them
    settled: int = 0  # titles below a source
    title_gaps: int = 0  # blank lines between the two
    credits: int = 0

    def count(self, lines: Sequence[Line], heads: frozenset[int], bullets: frozenset[str]) -> None:
        """Count the lines; ``heads`` and ``bullets`` tell which of them name sections."""
        before: Line | None = None
        credited, headed = False, True
        for line in lines:
            text = line.kind is Kind.TEXT
            if text:
                self.indents[line.indent] += len(line.text) >= _PARAGRAPH
                if before is not None and before.kind is Kind.TEXT and not line.wrapped:
                    self.pairs += 1
                    self.gaps += bool(line.gap)
            elif line.kind is Kind.TITLE and (headed or credited):
                self.titles[min(line.indent, CENTRED)] += 1
                self.settled += credited
                self.title_gaps += credited and bool(line.gap)
            headed = line.kind is Kind.SECTION or line.start in heads or line.text[0] in bullets
            credited = line.kind is Kind.CREDIT or (text and line.credited)
            self.credits += credited
            before = line


def read_style(lines: Sequence[Line], entries: frozenset[str], listed: frozenset[str]) -> Style:
    """The style that most lines of an issue follow."""
    units, units_are_sections = unit_heads(lines)
    bullets = frozenset(section_bullets(lines))
    numbered = frozenset([*numbered_sections(lines), *colon_sections(lines)])
    plain = plain_sections(lines, units)
    tally = _Tally()
    tally.count(lines, units | numbered | plain.keys(), bullets)
    return Style(
        body_indent=_commonest(tally.indents),
        title_indent=_commonest(tally.titles),
        spaced=tally.gaps * 3 > tally.pairs,
        gapped=tally.title_gaps * 2 > tally.settled,
        credited=tally.credits > 1,
        bracketed=any(x.kind is Kind.SECTION for x in lines),
        entries=entries,
        listed=listed,
        section_bullets=bullets,
        numbered=numbered,
        units=units,
        units_are_sections=units_are_sections,
        plain=plain,
        repeated=frozenset(_repeated(lines)),
    )


def _commonest(counts: Counter[int]) -> int:
    return counts.most_common(1)[0][0] if counts else 0


def _repeated(lines: Sequence[Line]) -> Iterator[str]:
    counts = Counter(x.bare for x in lines if x.kind is Kind.TITLE)
    yield from (words for words, count in counts.items() if count > _OFTEN)
