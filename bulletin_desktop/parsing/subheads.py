"""Subheads in an article's body: numbered heads of paragraphs, run in or whole, and 一是 … 二是 ….

A number by itself proves nothing (一、二季度, 1.5万元, 5、6月份): only numbers that follow one
another are a series.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.records import Subhead
from bulletin_desktop.parsing.numerals import number
from bulletin_desktop.parsing.sentences import first_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

INLINE = 5  # the level of 一是 … 二是 …
_WORDS_LIMIT = 40  # code points of a first sentence that can be a subhead
_WHOLE_LIMIT = 60  # the same for a paragraph that does not end as a sentence does
_STEP = 2  # how far two numbers of a series lie apart, where one was left out
_LABEL_LIMIT = 14  # the same before a colon

_NUMERALS = "一二三四五六七八九十"
_DIGITS = "0123456789０１２３４５６７８９"
_BLANKS = " \t\u00a0\u3000"
_LONGEST = 3  # digits of a number in a series, such as 二十一
# Numbers that are one character: its first, how many, level and style.
_ENCLOSED = {
    chr(ord(first) + k): (level, style, k + 1)
    for first, count, level, style in (
        ("㈠", 10, 2, "（一）"), ("①", 20, 3, "①"), ("⒈", 20, 3, "1."), ("⑴", 20, 4, "（1）"),
    )
    for k in range(count)
}  # fmt: skip
# Level and style by bracket before, Chinese numeral or not, and mark behind.
_STYLES = {
    (False, True, "、"): (1, "一、"),
    (True, True, "）"): (2, "（一）"),
    (False, False, "、"): (3, "1."),
    (False, False, "）"): (3, "1）"),
    (True, False, "）"): (4, "（1）"),
}
_FIRST = frozenset(f"{_NUMERALS}{_DIGITS}（(")
_SAME = {".": "、", "．": "、", ")": "）"}
# A clause may begin behind these; 一是 also behind the softer ones.
_ENDS = frozenset("。；：！？;:!?”’）)")
_SOFT_ENDS = _ENDS | frozenset("，,“即")
# A class of characters takes long to compile, and this is wanted before the window stands.
_INLINE = re.compile(rf"第?[{_NUMERALS}]+|首先|其次|再次|最后")
_VERBS = frozenset("是要抓靠看")
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_NEAR = 4  # blanks that may stand before a clause
_BREAKS = frozenset("，。；、：:,;")
_SPEECH = (
    "指出", "强调", "要求", "认为", "提出", "表示", "指示", "说", "如下", "包括", "例如",
)  # fmt: skip
_STOPS = "。！？!?：:．.；;"


class _Candidate(NamedTuple):
    """A number that may begin a subhead; ``start`` and ``end`` enclose the number.

    ``head`` says that the paragraph begins with it. ``until`` is where the next one begins in the
    same paragraph, or where that ends.
    """

    level: int
    style: str
    value: int
    paragraph: int
    start: int
    end: int
    head: bool
    until: int


def find_subheads(paragraphs: Sequence[str]) -> tuple[Subhead, ...]:
    """The subheads of these paragraphs in their order; their ranges do not overlap."""
    numbered = [c for k, words in enumerate(paragraphs) for c in _numbers(k, words)]
    series: list[list[_Candidate]] = []
    for level in range(1, INLINE):
        above = [candidate for run in series for candidate in run]
        series += _runs([c for c in numbered if c.level == level], above)
    chosen = [candidate for run in series for candidate in run]
    until = _ends(chosen)
    found = [
        head
        for run in series
        for head in _headed(
            [c._replace(until=until.get(_place(c), c.until)) for c in run], paragraphs
        )
    ]
    taken = {(head.paragraph, k) for head in found for k in range(head.start, head.end)}
    inline = [c for k, words in enumerate(paragraphs) for c in _clauses(k, words)]
    for run in _runs([c for c in inline if _place(c) not in taken], chosen):
        found += [_number_of(candidate) for candidate in run]
    return tuple(sorted(found, key=lambda head: (head.paragraph, head.start)))


def _place(candidate: _Candidate) -> tuple[int, int]:
    return candidate.paragraph, candidate.start


def _ends(chosen: Iterable[_Candidate]) -> dict[tuple[int, int], int]:
    """For the place of each number behind which another stands in its paragraph, that one's."""
    places = sorted(map(_place, chosen))
    return {a: b[1] for a, b in pairwise(places) if a[0] == b[0]}


def _number_of(candidate: _Candidate) -> Subhead:
    """The number alone as what stands out."""
    level, _, _, paragraph, start, end, *_ = candidate
    return Subhead(level, paragraph, start, end, False, False)


def _numbers(paragraph: int, words: str) -> Iterator[_Candidate]:
    """Each number at the head of the paragraph or of a clause in it."""
    end = 0
    for clause in (0, *(k for k, c in enumerate(words, 1) if c in _ENDS)):
        start = _behind(words, clause, _BLANKS)
        found = _number_at(words, start) if start >= end else None
        if found:
            level, style, value, end = found
            yield _Candidate(level, style, value, paragraph, start, end, not clause, len(words))


def _behind(words: str, start: int, characters: str) -> int:
    """Where from ``start`` on the first other character stands, or the words end."""
    while start < len(words) and words[start] in characters:
        start += 1
    return start


def _digits(words: str, start: int) -> int:
    """The end of the digits, or of the Chinese numerals, that begin here."""
    return max(_behind(words, start, kind) for kind in (_NUMERALS, _DIGITS))


def _number_at(words: str, start: int) -> tuple[int, str, int, int] | None:
    """Level, style, value and end of the number that stands here, unless it is none of a series."""
    if words[start : start + 1] in _ENCLOSED:
        return *_ENCLOSED[words[start]], _behind(words, start + 1, "、.．")
    if words[start : start + 1] not in _FIRST:
        return None
    bracket = words[start] in "（("
    first = _behind(words, start + bracket, _BLANKS)
    last = _digits(words, first)
    digits, place = words[first:last], _behind(words, last, _BLANKS)
    mark, end = words[place : place + 1], place + 1
    found = _STYLES.get((bracket, digits[:1] in _NUMERALS, _SAME.get(mark, mark)))
    if not digits or found is None or len(digits) > _LONGEST:
        return None
    if _goes_on(words, number(digits), mark, end):
        return None
    return *found, number(digits), end + (mark in ")）" and words.startswith("、", end))


def _goes_on(words: str, value: int, mark: str, end: int) -> bool:
    """Whether digits behind the mark belong to its number: 1.5万元; 一、二季度 and 5、6月份."""
    following = words[end : _digits(words, end)]
    if not following or mark in ")）":
        return False
    if mark == "、":
        return len(following) <= _LONGEST and number(following) == value + 1
    is_year = len(following) == 4 and words.startswith("年", end + 4)
    return following[0] not in _NUMERALS and not is_year


def _clauses(paragraph: int, words: str) -> Iterator[_Candidate]:
    """Each 一是, 二要, 第三，or 首先 that opens a clause."""
    for match in _INLINE.finditer(words):
        before = words[max(0, match.start() - _NEAR) : match.start()].rstrip()[-1:]
        style = _style_of(match[0], words[match.end() : match.end() + 2])
        start, mark = match.start(), match[0]
        head = not before and start <= _NEAR
        if style and (head or before in _SOFT_ENDS):
            value = _ORDER.get(mark) or number(mark.removeprefix("第"))
            end = match.end() + (style[-1] in _VERBS)
            yield _Candidate(INLINE, style, value, paragraph, start, end, head, len(words))


def _style_of(mark: str, behind: str) -> str:
    """What the members of a series have in common, by a mark and what follows it; or ""."""
    if mark in _ORDER:
        return "首先"
    if behind[:1] in _VERBS:
        return f"{mark[:1] if mark[0] == '第' else ''}一{behind[0]}"
    pauses = behind[:1] in _BREAKS and behind != "、第"
    return "第" if mark[0] == "第" and pauses else ""


def _runs(
    candidates: Iterable[_Candidate], above: Iterable[_Candidate]
) -> Iterator[list[_Candidate]]:
    """Numbers of one style that follow one another between two subheads of a higher level."""
    borders = sorted(map(_place, above))
    series: dict[tuple[int, str], list[list[_Candidate]]] = defaultdict(list)
    for candidate in candidates:
        runs = series[bisect(borders, _place(candidate)), candidate.style]
        if runs and 0 < candidate.value - runs[-1][-1].value <= _STEP:
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    last: dict[str, int] = {}
    for (_, style), runs in series.items():
        for run in runs:
            if _is_series(run, last.get(style, 0)):
                last[style] = run[-1].value
                yield run


def _is_series(run: Sequence[_Candidate], before: int) -> bool:
    """Whether the numbers are a series: two at least, or one that goes on from the last one.

    In running text one must begin with its first number.
    """
    if all(candidate.head for candidate in run) and run[0].level != INLINE:
        return len(run) > 1 or (before > 0 and run[0].value == before + 1)
    return len(run) > 1 and run[0].value == 1


def _headed(run: Sequence[_Candidate], paragraphs: Sequence[str]) -> list[Subhead]:
    """The subheads of a series; only their numbers where it heads nothing.

    That is a list, in which one stands right behind the other, or most are long sentences.
    """
    heads = [_worded(candidate, paragraphs[candidate.paragraph]) for candidate in run]
    named = sum(head.named for head in heads)
    if named * 2 < len(run) or (len(run) > 1 and _is_list(heads, run, paragraphs)):
        return [_number_of(candidate) for candidate in run]
    return heads


def _is_list(
    heads: Sequence[Subhead], run: Sequence[_Candidate], paragraphs: Sequence[str]
) -> bool:
    adjacent = all(b.paragraph - a.paragraph <= 1 for a, b in pairwise(run))
    return adjacent and all(
        not paragraphs[head.paragraph][head.end : candidate.until].strip(_STOPS + " \u3000")
        for head, candidate in zip(heads, run, strict=True)
    )


def _worded(candidate: _Candidate, paragraph: str) -> Subhead:
    """A subhead with as many of its words as stand out."""
    words = paragraph[candidate.end : candidate.until].rstrip()
    begin = len(words) - len(words.lstrip())
    length = _length(words[begin:])
    if not length:
        return _number_of(candidate)
    end = candidate.end + len(words[: begin + length].rstrip(_STOPS))
    whole = candidate.head and not paragraph[end:].strip(_STOPS).strip()
    return Subhead(candidate.level, candidate.paragraph, candidate.start, end, whole)


def _length(words: str) -> int:
    """How many code points of the words behind a number are its subhead; 0 where none are."""
    head = _label(words) or _before_gap(words)
    if head:
        return head
    sentence = first_sentence(words)
    ended = words[sentence - 1 : sentence] in ("。", "！", "？", "!", "?")
    if words[-1:] in "；;，," and not ended:
        return 0
    return sentence if sentence <= (_WORDS_LIMIT if ended else _WHOLE_LIMIT) else 0


def _label(words: str) -> int:
    """The length of a short label before a colon (工作目标：), but not of 会议指出：."""
    label = words[: _LABEL_LIMIT + 1].replace(":", "：").partition("：")[0]
    is_label = 1 < len(label) <= _LABEL_LIMIT and _BREAKS.isdisjoint(label)
    return len(label) if is_label and not label.endswith(_SPEECH) else 0


def _before_gap(words: str) -> int:
    """The length of the words before a wide gap, where sentences follow."""
    head = words.partition(" ")[0].partition("\u3000")[0]
    wide = words.startswith(("\u3000", "  "), len(head))
    fits = 1 < len(head) <= _WORDS_LIMIT and _BREAKS.isdisjoint(head)
    return len(head) if wide and fits and words.endswith("。") else 0
