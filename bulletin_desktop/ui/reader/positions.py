"""Code points to Qt's UTF-16 units and back: the one place where the two meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has: one a character, two beyond the basic plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of code points as a start and a length in UTF-16 units."""
    before = utf16_length(text[:start])
    return before, utf16_length(text[start:end])


def utf16_ranges(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of code points in their order, none over another, as UTF-16 starts and ends."""
    if utf16_length(text) == len(text):
        return list(ranges)
    found: list[tuple[int, int]] = []
    at = unit = 0
    for start, end in ranges:
        begun = unit + utf16_length(text[at:start])
        at, unit = end, begun + utf16_length(text[start:end])
        found.append((begun, unit))
    return found


def utf16_points(text: str, points: Iterable[int]) -> dict[int, int]:
    """The UTF-16 units of code points."""
    wanted = sorted(set(points))
    found = utf16_ranges(text, [(point, point) for point in wanted])
    return {point: unit for point, (unit, _) in zip(wanted, found, strict=True)}


def code_point(text: str, unit: int) -> int:
    """The code point that a UTF-16 position falls on."""
    if utf16_length(text) == len(text):
        return max(0, min(unit, len(text)))
    at = 0
    for number, character in enumerate(text):
        if at >= unit:
            return number
        at += 2 if character > "\uffff" else 1
    return len(text)


def shown_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of code points as a start and a length in a text document made of the text.

    There a carriage return and a line feed are one end of line.
    """
    return utf16_range(text.replace("\r\n", "\n"), _in_lines(text, start), _in_lines(text, end))


def _in_lines(text: str, position: int) -> int:
    return position - text.count("\r\n", 0, position)
