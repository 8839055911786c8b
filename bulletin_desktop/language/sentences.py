"""Where the sentences and clauses of a Chinese text begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A quotation or remark that is longer than this is cut at its own sentences.
_WHOLE = 120
_OPENING, _CLOSING = "“‘「『（(《〈【〔[", "”’」』）)》〉】〕]"
_MARKS = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_CLOSE_OF = dict(zip(_OPENING, _CLOSING, strict=True))
_CLOSERS = f"[{re.escape(_CLOSING)}]*"
# Stops; a full stop in the Latin manner ends a sentence neither in a number nor after one.
_STOP = (
    r"[。！？；]+|…+|[!?;]+(?![\w=&])|\.{3,}"
    r"|(?<=[A-Za-z]{2})\.(?=\s|$)"
    r"|(?<=[\u4e00-\u9fff])(?<![一二三四五六七八九十百零〇])\.(?=[\u4e00-\u9fff“《（]|\s|$)"
)
# A comma or colon parts no number and no time, and 、 after a leading number no heading.
_PAUSE = r"|(?<!\d)[，,：:]|[，,：:](?!\d)|、"
_SENTENCE = re.compile(f"(?:{_STOP})(?:{_STOP})*{_CLOSERS}")
_CLAUSE = re.compile(f"(?:{_STOP}{_PAUSE})(?:{_STOP})*{_CLOSERS}")
_NUMBER = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十百\d]+[）)]?)、")
# What goes on after a closing mark or an ellipsis; it belongs to the sentence before.
_GOES_ON = re.compile(r"\s*[，、：；。！？,:;!?.]|[的地得之等和与及或]")
_BEFORE_SPEECH = frozenset("，。；：！？…,;:!?“‘（( \u3000")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as code points in their order, without the blanks around them.

    A line feed ends one too. A stop inside quotation marks or brackets ends the sentence only where
    these are the whole sentence, introduce speech or are very long; closing marks belong to it.
    """
    return _stretches(text, _SENTENCE)


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a text, which end at commas, colons and 、 too; otherwise as ``sentences``."""
    return _stretches(text, _CLAUSE)


def _stretches(text: str, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        begun = 0
        for end in [*_ends(line, ends), len(line)]:
            words = line[begun:end]
            start = begun + len(words) - len(words.lstrip())
            if words.strip():
                found.append((at + start, at + begun + len(words.rstrip())))
            begun = end
        at += len(line) + 1
    return found


def _ends(line: str, ends: re.Pattern[str]) -> Iterator[int]:
    pairs = _pairs(line)
    closes = [close for _, close in pairs]
    number = _NUMBER.match(line)
    least = number.end() if number else 0
    for found in ends.finditer(line):
        end = found.end()
        if end <= least or _goes_on(line, found):
            continue
        start, close = _around(pairs, closes, found.start())
        if start == close or (close < end and _speaks(line, start)):
            yield end


def _goes_on(line: str, found: re.Match[str]) -> bool:
    """Whether what looks like an end is none, since its sentence goes on behind it."""
    trailing = found[0].endswith(("…", *_CLOSING)) or found[0].endswith("...")
    return trailing and _GOES_ON.match(line, found.end()) is not None


def _pairs(line: str) -> list[tuple[int, int]]:
    """Where short quotations and remarks open and close, outermost alone, in their order."""
    open_marks: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for mark in _MARKS.finditer(line):
        if mark[0] in _OPENING:
            open_marks.append((_CLOSE_OF[mark[0]], mark.start()))
            continue
        wanted = [number for number, (close, _) in enumerate(open_marks) if close == mark[0]]
        if not wanted:
            continue
        start = open_marks[wanted[-1]][1]
        del open_marks[wanted[-1] :]
        if mark.start() - start <= _WHOLE:
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, mark.start()))
    return pairs


def _around(pairs: list[tuple[int, int]], closes: list[int], position: int) -> tuple[int, int]:
    """The quotation or remark that a position lies in; an empty range where it lies in none."""
    number = bisect_left(closes, position)
    inside = number < len(pairs) and pairs[number][0] < position
    return pairs[number] if inside else (position, position)


def _speaks(line: str, start: int) -> bool:
    """Whether a quotation or remark stands for itself: nothing or a mark is before it."""
    return not line[:start].strip() or line[start - 1] in _BEFORE_SPEECH
