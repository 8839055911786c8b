"""Setting text: a paragraph becomes rows of glyphs, each filling its measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from bulletin_desktop.exporting.pdf.faces import TWIPS, UNIT, Faces
from bulletin_desktop.exporting.pdf.rows import Glyphs, Ground, Link, Row
from bulletin_desktop.exporting.text_file import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtGui import QFont, QGlyphRun, QTextLine

    from bulletin_desktop.exporting.template import Style

_ROUNDING = 40.0  # twips: a line that is so much too long is drawn together
_ASCENT = 0.88  # of the em box of a Chinese character
_RAISED = 0.36
_SMALL = 0.62
# A line that would have to be stretched by more than so many ems at each place stays ragged.
_WIDEST_GAP = 0.4
_LATIN = re.compile(r"[!-~\u00a1-\u00b6\u00b8-\u024f]+(?: +[!-~\u00a1-\u00b6\u00b8-\u024f]+)*")
BLACK = "000000"
_BREAK = "\u2028"  # where Qt begins a new line
_TINTED = 1.2  # ems


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look: ``font`` other than the style's by its name, ``tint`` of the
    ground, ``raised`` as the mark of a note is; ``feet`` go to the foot of its page. It leads to
    the heading of its ``anchor`` (0 for none).
    """

    text: str
    font: str = ""
    tint: str = ""
    raised: bool = False
    feet: tuple[Row, ...] = ()
    anchor: int = 0


class _Span(NamedTuple):
    """A run, or a piece of one in a single font, by its UTF-16 units in the paragraph."""

    start: int
    end: int
    run: Run
    font: QFont


_Found = tuple["QGlyphRun", list[QPointF], list[int]]


class Setter:
    """Sets paragraphs in the styles of a template."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._option.setUseDesignMetrics(True)

    def rows(self, runs: Sequence[Run], style: Style, width: float) -> list[Row]:
        """The lines of a paragraph in a measure so many twips wide, its indents within it.

        The marks of notes at its end stand behind its last line, however full that is.
        """
        behind = len(runs)
        while behind > 1 and runs[behind - 1].raised:
            behind -= 1
        rows = self._lines(runs[:behind], style, width)
        if behind < len(runs):
            flush = replace(style, align="left", first_line=0, left=0)
            last, (marks, *_) = rows[-1], self._lines(runs[behind:], flush, width)
            last.glyphs += [glyphs._replace(x=glyphs.x + last.end) for glyphs in marks.glyphs]
            last.feet += marks.feet
        return rows

    def _lines(self, runs: Iterable[Run], style: Style, width: float) -> list[Row]:
        runs = [run for each in runs if (run := _cleaned(each)).text]
        spans = list(self._spans(runs, style))
        text = "".join(run.text for run in runs)
        layout = QTextLayout(text, self._faces.font(style))
        layout.setTextOption(self._option)
        layout.setCacheEnabled(True)  # its glyphs are asked for line by line
        layout.setFormats([_format(span) for span in spans])
        pitch = self._faces.pitch(style)
        left, room = style.left * pitch, width - (style.left + style.right) * pitch
        made: list[tuple[QTextLine, float, float]] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            inset = 0.0 if made else style.first_line * pitch
            line.setLineWidth((max(room - inset, pitch) + _ROUNDING) / UNIT)
            made.append((line, left + inset, room - inset))
        layout.endLayout()
        units = [unit for sign in text for unit in ((sign,) if sign < "\U00010000" else (sign, ""))]
        lines = [_Line(line, units, spans, style) for line, _, _ in made]
        rows = [
            line.row(x, measure, fills=style.align == "both" and line is not lines[-1])
            for line, (_, x, measure) in zip(lines, made, strict=True)
        ]
        return rows or [Row(style.line * TWIPS)]

    def _spans(self, runs: Sequence[Run], style: Style) -> Iterator[_Span]:
        """The runs, parted where Latin words begin and end."""
        at = 0
        for run in runs:
            small = _SMALL if run.raised else 1.0
            for text, latin in _parted(run.text):
                end = at + _units(text)
                font = self._faces.font(style, named=run.font, small=small, latin=latin)
                yield _Span(at, end, run, font)
                at = end


class _Line:
    """One line of a layout, to be turned into a row."""

    def __init__(
        self, line: QTextLine, units: Sequence[str], spans: Sequence[_Span], style: Style
    ) -> None:
        self._line = line
        self._style = style
        start, end = line.textStart(), line.textStart() + line.textLength()
        self._spans = [span for span in spans if span.start < end and span.end > start]
        self._begins = start
        self._runs = [
            (run, run.positions(), places)
            for run in line.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll)
            if (places := run.stringIndexes())
        ]
        places = sorted({place for _, _, places in self._runs for place in places})
        self._texts = {
            place: "".join(units[place:follows]) for place, follows in pairwise([*places, end])
        }
        self._shifts = dict.fromkeys(places, 0.0)

    def row(self, x: float, measure: float, *, fills: bool) -> Row:
        """The row, aligned in a measure from ``x`` on; one that ``fills`` it is stretched."""
        size, height = self._style.size * TWIPS, self._style.line * TWIPS
        natural = self._line.naturalTextWidth() * UNIT
        free = measure - natural
        if fills:
            self._stretch(free)
        x += {"center": free / 2, "right": free}.get(self._style.align, 0)
        feet = tuple(
            foot for span in self._spans if span.start >= self._begins for foot in span.run.feet
        )
        return Row(
            height,
            [self._glyphs(run, x, (height - size) / 2 + _ASCENT * size) for run in self._runs],
            list(self._tints(x, height, size)),
            list(self._links(x)),
            feet,
            end=x + natural,
        )

    def _stretch(self, free: float) -> None:
        """Spread the room that is left, or take away a little, between the characters."""
        places = list(self._shifts)
        while places and not self._texts[places[-1]].strip():
            places.pop()
        if places and self._texts[places[-1]].endswith(_BREAK):
            return
        open_ = [parts(self._texts[one], self._texts[two]) for one, two in pairwise(places)]
        if not any(open_) or free > sum(open_) * self._style.size * TWIPS * _WIDEST_GAP:
            return
        gap, shift = free / sum(open_), 0.0
        for place, is_open in zip(places[1:], open_, strict=True):
            shift += gap * is_open
            self._shifts[place] = shift

    def _glyphs(self, found: _Found, x: float, y: float) -> Glyphs:
        run, positions, places = found
        if self._span_at(places[0]).run.raised:
            y -= _RAISED * self._style.size * TWIPS
        run.setPositions(
            [
                QPointF(at.x() + self._shifts[place] / UNIT, 0)
                for at, place in zip(positions, places, strict=True)
            ]
        )
        # Of glyphs that make up one character together the first one says it.
        texts = tuple(
            self._texts[place] if place not in places[:number] else ""
            for number, place in enumerate(places)
        )
        return Glyphs(run, texts, x, y, self._style.colour or BLACK)

    def _span_at(self, place: int) -> _Span:
        return next(span for span in self._spans if span.start <= place < span.end)

    def _tints(self, x: float, height: float, size: float) -> Iterator[Ground]:
        """The ground under tinted words, a little higher than they are."""
        top = (height - size * _TINTED) / 2
        for span in self._spans:
            if span.run.tint and (edges := self._edges(span)):
                start, end = edges
                yield Ground(x + start, top, end - start, size * _TINTED, span.run.tint)

    def _links(self, x: float) -> Iterator[Link]:
        for span in self._spans:
            if span.run.anchor and (edges := self._edges(span)):
                start, end = edges
                yield Link(x + start, end - start, span.run.anchor)

    def _edges(self, span: _Span) -> tuple[float, float] | None:
        """Where the words of a span begin and end in this line."""
        within = [place for place in self._shifts if span.start <= place < span.end]
        if not within:
            return None
        first, last = within[0], within[-1]
        start = _x_of(self._line, first) + self._shifts[first]
        end = _x_of(self._line, last + _units(self._texts[last])) + self._shifts[last]
        return start, end


def parts(one: str, two: str) -> bool:
    """Whether a line may be stretched between two characters: not within a Latin word."""
    return not (_LATIN.fullmatch(one) and _LATIN.fullmatch(two))


def _units(text: str) -> int:
    """How long a text is for Qt, in UTF-16 units."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _parted(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut where Latin words begin and end, each piece with whether it is Latin."""
    at = 0
    for found in _LATIN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def _cleaned(run: Run) -> Run:
    text = clean(run.text).replace("\n", _BREAK)
    return run if text == run.text else replace(run, text=text)


def _format(span: _Span) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = span.start, span.end - span.start
    looks = QTextCharFormat()
    looks.setFont(span.font)
    made.format = looks
    return made


def _x_of(line: QTextLine, place: int) -> float:
    """Where the cursor stands before a place; the binding gives the place back beside it."""
    found: Any = line.cursorToX(place)
    return UNIT * float(found[0] if isinstance(found, tuple) else found)
