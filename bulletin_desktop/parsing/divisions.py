"""The administrative divisions by name: which city a county belongs to, what a short name means."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from bulletin_desktop import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Level = Literal["province", "city", "county", "town"]

# Cities with the rank of a province.
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_ENDING = re.compile(r"(?:自治区|自治州|自治县|特别行政区|林区|地区|街道|[省市县区州盟旗镇乡])$")
_PEOPLES = re.compile(
    r"(?:(?:壮|满|回|苗|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|黎|哈萨克|傣|畲|傈僳|东乡|仡佬|拉祜|佤|水|纳西"
    r"|羌|土|仫佬|锡伯|柯尔克孜|景颇|达斡尔|撒拉|布朗|毛南|塔吉克|普米|怒|鄂温克|保安|裕固|鄂伦春|独龙|各)族"
    r"|维吾尔|哈萨克|柯尔克孜|(?<!内)蒙古)+$"
)
_LEVELS: dict[str, Level] = {
    "省": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county",
    "旗": "county", "镇": "town", "乡": "town", "道": "town",
}  # fmt: skip
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Divisions:
    """What is in force, or was at any time since 2007.

    ``above`` gives for a county its cities, for a city its provinces: several where counties have
    the same name. ``short`` gives the full names for 苏州 or 张家港.
    """

    levels: Mapping[str, Level]
    above: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]


def short_name(name: str) -> str:
    """苏州 for 苏州市; a name that would be left with one character stays whole."""
    stem = _PEOPLES.sub("", _ENDING.sub("", name))
    return stem if len(stem) > 1 else name


def level_of(name: str) -> Level | None:
    """How high a division stands, by its shape where it is unknown; None for what is none."""
    known = known_divisions().levels.get(name)
    return known or (_LEVELS.get(name[-1:]) if len(name) > 1 else None)


def prefix_of(words: str) -> str:
    """The full name of a known division that words begin with; "" where there is none."""
    levels = known_divisions().levels
    lengths = range(min(_LONGEST, len(words)), 1, -1)
    return next((words[:n] for n in lengths if words[:n] in levels), "")


def short_prefix_of(words: str) -> tuple[str, tuple[str, ...]]:
    """The short name that words begin with and the divisions that it may mean."""
    short = known_divisions().short
    lengths = range(min(_LONGEST, len(words)), 1, -1)
    return next(((words[:n], short[words[:n]]) for n in lengths if words[:n] in short), ("", ()))


def named_in(text: str) -> Iterator[str]:
    """The known divisions that a text names, full or short as it has them, one for each mention.

    东湖 in 东湖市 is no mention of 东湖区.
    """
    starts, levels = _starts(), known_divisions().levels
    text += "\n"
    for start in starts.keys() & set(pairwise(text)):
        at = text.find("".join(start))
        while at >= 0:
            name = next((name for name in starts[start] if text.startswith(name, at)), "")
            if name and (name in levels or text[at + len(name)] not in _LEVELS):
                yield name
            at = text.find("".join(start), at + max(1, len(name)))


@cache
def known_divisions() -> Divisions:
    """The data file, read once."""
    data = json.loads(paths.resource("divisions.json").read_text(encoding="utf-8"))["divisions"]
    above: dict[str, list[str]] = defaultdict(list)
    levels: dict[str, Level] = {}
    for province, cities in data.items():
        levels[province] = "city" if province in MUNICIPALITIES else "province"
        for city, counties in cities.items():
            if city and city != province:
                levels[city] = "city"
                above[city].append(province)
            for county in counties.split():
                levels.setdefault(county, "county")
                above[county].append(city or province)
    short: dict[str, list[str]] = defaultdict(list)
    for name in levels:
        if short_name(name) != name:
            short[short_name(name)].append(name)
    return Divisions(levels, _frozen(above), _frozen(short))


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(names) for name, names in found.items()}


@cache
def _starts() -> dict[tuple[str, str], list[str]]:
    """All names by their first two characters, long ones first."""
    known = known_divisions()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted({*known.levels, *known.short}, key=len, reverse=True):
        found[name[0], name[1]].append(name)
    return dict(found)
