"""Public dated events (resources/dated_events.json), ready to be found in a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bulletin_desktop import paths
from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS

# What is said of the years of a five-year plan: True for the last year, False for the first.
PLAN_MARKS = {
    "开局": False,
    "起步之年": False,
    "第一年": False,
    "首年": False,
    "收官": True,
    "最后一年": True,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A public event: the months (YYYY-MM) in which it began and ended."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Events:
    """Tables by words, and patterns that find those words.

    The patterns for anniversaries and plans end at 周年 and at the words of PLAN_MARKS.
    """

    events: dict[str, Event]
    anniversaries: dict[str, int]
    plans: dict[str, tuple[int, int]]
    holidays: dict[str, int]
    event_words: re.Pattern[str]
    anniversary_words: re.Pattern[str]
    plan_words: re.Pattern[str]
    holiday_words: re.Pattern[str]


@cache
def known_events() -> Events:
    """The data file, read once."""
    data = json.loads(paths.resource("dated_events.json").read_text(encoding="utf-8"))
    events = {w: Event(e["start"][:7], e["end"][:7]) for e in data["events"] for w in e["words"]}
    anniversaries = {w: int(a["year"]) for a in data["anniversaries"] for w in a["words"]}
    plans = {p["words"]: (int(p["first"]), int(p["last"])) for p in data["plans"]}
    holidays = {w: int(h["month"]) for h in data["holidays"] for w in h["words"]}
    return Events(
        events,
        anniversaries,
        plans,
        holidays,
        re.compile(_any(events)),
        re.compile(rf"({_any(anniversaries)})([{DIGITS}{NUMERALS}]{{1,4}})周年$"),
        re.compile(rf"({_any(plans)})[”\"']?(?:规划)?的?(?:{_any(PLAN_MARKS)})$"),
        re.compile(rf"欢度[“\"']?({_any(holidays)})"),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
