"""What the name of a file or of its folder tells of an issue: its number and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_desktop.model.text import IssueDate
from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS, number

_N = rf"[{DIGITS}{NUMERALS}]"
_YEAR = r"(?<![0-9a-f])((?:19|20)\d\d)"
_TOTAL = re.compile(rf"(?:总|累计|總)\s*第?\s*({_N}{{1,5}})\s*[期号號]?")
_ISSUE = re.compile(
    rf"第\s*({_N}{{1,4}})\s*[期号號辑輯]"
    rf"|[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]\s*第?({_N}{{1,4}})\s*[号號期]"
    rf"|{_YEAR}[-_.年\s]*第?\s*(\d{{1,3}})\s*[期号號]"
    rf"|(?<![\d{NUMERALS}])({_N}{{1,3}})\s*期"
    r"|[Nn][Oo]\.?\s*(\d{1,4})(?!\d)"
)
_DATE = re.compile(
    rf"{_YEAR}(?:\s*年\s*(?:(\d{{1,2}})\s*月(?:\s*(\d{{1,2}})\s*日)?)?"
    r"|[-_.]?(?=\d{1,3}\s*期)"
    r"|(?:[-_.](\d{1,2})(?:[-_.](\d{1,2}))?|(0[1-9]|1[0-2])([0-2]\d|3[01])?|)(?![0-9A-Za-z]))"
)
_SERIAL = re.compile(r"0*([1-9]\d{0,2})")
_ENDING = re.compile(r"\.[A-Za-z]{2,4}$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a name gives; each is None where it is silent."""

    number: str | None = None
    total_number: str | None = None
    date: IssueDate | None = None


def facts_in_name(name: str) -> Named:
    """What a path tells of an issue, the file's name before its nearest folder's.

    2011年第5期.txt, 2011/第5期.txt, 2011/05.txt, 第十二期(总128期).txt; the evidence of the date
    is the name that gives it, whole.
    """
    parts = [p for p in reversed(re.split(r"[/\\]", name)) if p]
    date = next((d for p in parts if (d := _date_in(p))), None)
    total = next(_found(_TOTAL, parts), None)
    bare = [_TOTAL.sub(" ", p) for p in parts]
    own = next(_found(_ISSUE, bare), None) or _serial(parts, date)
    return Named(own, total, date)


def _found(pattern: re.Pattern[str], parts: list[str]) -> Iterator[str]:
    for part in parts:
        match = pattern.search(part)
        if match:
            yield str(number(next(g for g in reversed(match.groups()) if g)))


def _serial(parts: list[str], date: IssueDate | None) -> str | None:
    """A file that is named by a number alone, in the folder of a year."""
    match = _SERIAL.fullmatch(_ENDING.sub("", parts[0])) if parts else None
    in_year = date is not None and len(date.value) == 4 and date.evidence != parts[0]
    return match.group(1) if match and in_year else None


def _date_in(part: str) -> IssueDate | None:
    match = _DATE.search(part)
    if match is None:
        return None
    year, *rest = (g for g in match.groups() if g)
    limits = (12, 31)
    fits = all(1 <= int(g) <= limit for g, limit in zip(rest, limits, strict=False))
    value = "-".join([year, *(f"{int(g):02d}" for g in rest)]) if fits else year
    return IssueDate(value, "name", part)
