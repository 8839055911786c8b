"""The date of an issue that prints none, from the events that its articles tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_desktop.model.text import IssueDate
from bulletin_desktop.parsing.events import PLAN_MARKS, Event, Events, known_events
from bulletin_desktop.parsing.numerals import number

_YEAR = re.compile(r"((?:19|20)(?<![\d.]..)\d\d)(?:年|(?=[—－\-~～至]+(?:19|20)\d\d年))")
_MONTH_DAY = re.compile(r"月(?:(\d{1,2})日|[上中下]旬)?")
_LAST_DIGITS = re.compile(r"[0-9]+$")
_FULL = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?")
_STOPS = "。；！？\n\r"
_CLAUSE_STOPS = "。；！？，：\n\r"
_REACH = 30
_TOLD_TWICE = 2  # a year that is named once, without a month, may be any
_QUOTE = 40
_WINDOW = 24

# What stands before a date that is still ahead, or long ago.
_AHEAD = re.compile(
    r"(?:将于|将在|定于|拟于|计划|预计|力争|争取|到|至|截止|限|直至|规划|目标|确保)[^，。；]{0,8}$"
)
_AHEAD_AFTER = re.compile(r"^(?:底?前|之前|以前|末|远景|规划|实现|力争)")
_LONG_AGO = re.compile(
    r"(?:自|从|早在|始建于|建于|成立于|创办于|创建于|生于|去年|上年|前年|次换届是在|曾在|曾于|参加工作|毕业于)[^，。；]{0,3}$"
)
_LONG_AGO_AFTER = re.compile(
    r"^(?:以来|起|至今|后|成立|建成|建厂|出生|毕业|参加工作|创办|开始|[^，。；]{0,6}取得成功后)"
)
_REVIEWED = re.compile(r"^(?:度)?(?:的)?(?:工作)?(?:总结|回顾|述职)")
_REVIEWING = re.compile(r"(?:总结|回顾|表彰)[了]?$")
_TO_COME = re.compile(
    r"即将|将召开|将要|将于|迎接|喜迎|迎[“]?|前夕|之前|召开前|召开之际|倒计时|胜利召开$"
)
_JUST_HELD = re.compile(r"刚刚|日前|闭幕|胜利召开|圆满")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A moment that the text names, and where."""

    value: int
    start: int
    end: int
    day: int = 0


@dataclass(slots=True)
class _Bounds:
    """Months (YYYY-MM) that the issue cannot be before or after, and a year known outright."""

    after: str = ""
    before: str = ""
    year: _Mention | None = None


def infer_date(text: str, start: int, end: int) -> IssueDate | None:
    """The date that a stretch of text gives by its own events, to the month where that is known.

    The month is that of the latest day that is past, the year comes from the years named and from
    public events. The evidence is a clause of the text.
    """
    bounds = _bounds(text, start, end, known_events())
    months = list(_past_months(text, start, end))
    year = _latest_year(text, start, end, bounds) or bounds.year
    if year is None:
        return None
    months += _months_of_year(text, start, end, year.value)
    month = _latest_month([m for m in months if not _too_late(year, m, bounds)])
    if month is None:
        if not bounds.year and text.count(text[year.start : year.end], start, end) < _TOLD_TWICE:
            return None
        return IssueDate(str(year.value), "inferred", _quotation(text, year))
    value = _fitted(year.value, month.value, bounds)
    return IssueDate(value, "inferred", _quotation(text, month))


def _fitted(year: int, month: int, bounds: _Bounds) -> str:
    """The month in the year, or in the next one where a past event forbids the year."""
    value = f"{year}-{month:02d}"
    if bounds.after and value < bounds.after:
        return f"{year + 1}-{month:02d}"
    return value


def _too_late(year: _Mention, month: _Mention, bounds: _Bounds) -> bool:
    return bool(bounds.before) and f"{year.value}-{month.value:02d}" > bounds.before


def _past_months(text: str, start: int, end: int) -> Iterator[_Mention]:
    """Months of days without a year that are neither ahead nor in an earlier year."""
    for match in _MONTH_DAY.finditer(text, start, end):
        digits = _digits_before(text, match.start())
        first = match.start() - len(digits)
        exact = len(match.group()) > 1 and text[first - 1 : first] not in ("年", ".")
        if not digits or not (exact or text[max(0, first - 2) : first] == "今年"):
            continue
        if 1 <= int(digits) <= 12 and not _is_elsewhere(text, first, match.end()):
            yield _Mention(int(digits), first, match.end(), int(match.group(1) or 0))
    for match in known_events().holiday_words.finditer(text, start, end):
        month = known_events().holidays[match.group(1)]
        yield _Mention(month, match.start(), match.end())


def _digits_before(text: str, at: int) -> str:
    """The one or two digits that end here; none where there are more."""
    digits = _LAST_DIGITS.search(text[max(0, at - 3) : at])
    return digits.group() if digits and len(digits.group()) < 3 else ""


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the words around a date put it ahead or into an earlier year."""
    before = text[max(0, start - 12) : start]
    after = text[end : end + 6]
    if _AHEAD.search(before) and not before.endswith("截至"):
        return True
    return bool(_LONG_AGO.search(before) or _AHEAD_AFTER.match(after))


def _latest_month(months: list[_Mention]) -> _Mention | None:
    """The latest month; around the turn of the year January follows December."""
    values = {m.value for m in months}
    turned = values & {11, 12} and values & {1, 2} and not values & set(range(4, 10))
    return max(
        (m for m in months if not turned or m.value < 3),
        key=lambda m: (m.value, m.day),
        default=None,
    )


def _months_of_year(text: str, start: int, end: int, year: int) -> Iterator[_Mention]:
    """Months named together with the year: 2012年4月20日."""
    for match in _FULL.finditer(text, start, end):
        value = int(match.group(2))
        elsewhere = _is_elsewhere(text, match.start(), match.end())
        if int(match.group(1)) == year and 1 <= value <= 12 and not elsewhere:
            yield _Mention(value, match.start(), match.end(), int(match.group(3) or 0))


def _latest_year(text: str, start: int, end: int, bounds: _Bounds) -> _Mention | None:
    """The latest year that the text names as its own time."""
    found = [m for m in _years(text, start, end) if _within(m.value, bounds)]
    return max(found, key=lambda m: m.value, default=None)


def _within(year: int, bounds: _Bounds) -> bool:
    return not bounds.before or year <= int(bounds.before[:4])


def _years(text: str, start: int, end: int) -> Iterator[_Mention]:
    for match in _YEAR.finditer(text, start, end):
        before = text[max(0, match.start() - 12) : match.start()]
        after = text[match.end() : match.end() + 12]
        value = int(match.group(1))
        if _is_far(before, after):
            continue
        if _REVIEWED.match(after) or _REVIEWING.search(before):
            value += 0 if "12月" in text[start:end] else 1
        yield _Mention(value, match.start(), match.end())


def _is_far(before: str, after: str) -> bool:
    if _LONG_AGO.search(before) or _LONG_AGO_AFTER.match(after):
        return True
    dated = re.match(r"\d{1,2}月", after) and not re.match(r"\d{1,2}月底前", after)
    return not dated and bool(_AHEAD.search(before) or _AHEAD_AFTER.match(after))


def _bounds(text: str, start: int, end: int, events: Events) -> _Bounds:
    bounds = _Bounds()
    for match in events.event_words.finditer(text, start, end):
        # 省工会十七大 and 团十七大 are other congresses than the party's.
        if text[match.start() - 1 : match.start()] not in tuple("会团联"):
            _bound_by_event(text, match, events.events[match.group()], bounds)
    bounds.year = bounds.year or next(_years_by_count(text, start, end, events), None)
    return bounds


def _years_by_count(text: str, start: int, end: int, events: Events) -> Iterator[_Mention]:
    """Years that an anniversary (建党90周年) or a plan (“十二五”开局之年) fixes."""
    for at in _finds(text, "周年", start, end):
        match = events.anniversary_words.search(text, max(start, at - _WINDOW), at + 2)
        if match:
            year = events.anniversaries[match.group(1)] + number(match.group(2))
            yield _Mention(year, match.start(), match.end())
    for mark, is_last in PLAN_MARKS.items():
        for at in _finds(text, mark, start, end):
            match = events.plan_words.search(text, max(start, at - _WINDOW), at + len(mark))
            if match:
                year = events.plans[match.group(1)][is_last]
                yield _Mention(year, match.start(), match.end())


def _finds(text: str, words: str, start: int, end: int) -> Iterator[int]:
    at = text.find(words, start, end)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, end)


def _bound_by_event(text: str, match: re.Match[str], event: Event, bounds: _Bounds) -> None:
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 12]
    clause = re.split(f"[{_STOPS}]", before)[-1]
    if _TO_COME.search(clause) or re.match(r".{0,4}(?:即将召开|前夕|之前|召开前|召开之际)", after):
        bounds.before = min(bounds.before or event.start, event.start)
        if "今年" in text[max(0, match.start() - _REACH) : match.start()]:
            bounds.year = bounds.year or _Mention(int(event.start[:4]), match.start(), match.end())
    elif not bounds.before:
        bounds.after = max(bounds.after, event.start)
        if _JUST_HELD.search(clause):
            bounds.year = bounds.year or _Mention(int(event.end[:4]), match.start(), match.end())


def _quotation(text: str, mention: _Mention) -> str:
    """The clause around a mention, as it stands in the text."""
    first = mention.start
    while first > 0 and mention.start - first < _REACH and text[first - 1] not in _CLAUSE_STOPS:
        first -= 1
    last = mention.end
    while last < len(text) and last - mention.end < _QUOTE and text[last] not in _STOPS:
        last += 1
    return text[first:last].strip()
