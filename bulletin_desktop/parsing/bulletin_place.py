"""Whose bulletin an issue is: a city, a county, or a school or company."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bulletin_desktop.parsing import divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HAN = r"[\u4e00-\u9fff]"
_DIVISION = rf"(?:{_HAN}{{2,7}}?(?:自治区|自治州|自治县|街道|[省市县区州旗镇乡]))"
_OF_DIVISION = re.compile(
    rf"^({_DIVISION})(?:总工会|工会|委|人大|政府|政协|纪委|直|机关|教育|卫生)"
)
_PUBLISHER = (
    re.compile(rf"(?:主办|承办|编印|编辑|编发|主管)(?:单位)?\s*[:：]\s*({_HAN}{{4,30}})"),
    re.compile(
        rf"^\s*({_HAN}{{4,30}}?)\s*(?:编印|编发|编制|主办|承办|主管|编|印)(?=\s|$)", re.MULTILINE
    ),
)
_BODY = re.compile(rf"^({_HAN}{{2,16}}?(?:中学|小学|大学|学院|学校|医院|公司|集团|厂|银行|局))")
# 市总 or 区委: the level of the house that speaks of itself so.
_RELATIVE = re.compile(r"^([省市县区])(?:总|委|政府|教育|直|级)")
_SMALL = ("县", "区")
_LISTED = re.compile(r"各(市|县|区)?[（(]?[、]?(市|县|区)[）)]?")
_TOWNS = re.compile(r"各(?:街道|乡镇|镇|乡)")
_LEAST = 3  # mentions
_SHARE = 0.6
_REACH = 5_000  # characters of the text that are looked through
_ENOUGH = 3  # divisions that sources name, with which the text need not be looked through


def place_of(
    title: str | None,
    masthead: str | None,
    distribution: str | None,
    sources: Sequence[str],
    text: str,
) -> str:
    """The full name of the division or body whose bulletin this is; "" where that is not sure.

    The masthead says it best, then the title; else the house is what its sources and articles name
    most, at the level at which they say 市总 or 区总 of themselves.
    """
    return (
        _printed(masthead or "")
        or _titled(title or "", sources, text)
        or _named(_level(distribution or "", sources), sources, text[:_REACH])
    )


def _printed(masthead: str) -> str:
    found = (match[1] for pattern in _PUBLISHER for match in pattern.finditer(masthead))
    return next(filter(None, map(_of_unit, found)), "")


def _of_unit(words: str) -> str:
    """东湖市 of 东湖市总工会办公室, 清溪中学 of 清溪中学办公室."""
    name = ""
    while known := divisions.prefix_of(words[len(name) :]):
        name += known
    if name:
        return _last(name)
    shaped = _OF_DIVISION.match(words) or _BODY.match(words)
    return shaped[1] if shaped else ""


def _last(name: str) -> str:
    """The last of several divisions that a name is made of: 吴中区 of 苏州市吴中区."""
    while (first := divisions.prefix_of(name)) and first != name:
        name = name[len(first) :]
    return name


def _titled(title: str, sources: Sequence[str], text: str) -> str:
    if (name := _of_unit(title)) and name != title:
        return name
    short, meant = divisions.short_prefix_of(title)
    if len(meant) == 1 and title[len(short) :].startswith(("工", "政", "教", "信", "市", "职")):
        return meant[0]
    stem = re.match(rf"({_HAN}{{2,4}}?)(?:工会|工运|教育|信息|简报)", title)
    if stem is None:
        return ""
    wanted = re.compile(rf"{stem[1]}(?:市|县|区|镇|街道)(?=总工会|委|政府|工会)")
    return _most(match[0] for match in wanted.finditer("\n".join([*sources, text])))


def _level(distribution: str, sources: Sequence[str]) -> str:
    """省, 市, 县 or 区 for the house's own level, as it speaks of itself or lists those below."""
    own = Counter(match[1] for source in sources if (match := _RELATIVE.match(source)))
    if own:
        return own.most_common(1)[0][0]
    if _TOWNS.search(distribution):
        return "县" if "县委" in distribution else "区" if "区委" in distribution else "市"
    return "市" if _LISTED.search(distribution) else ""


def _named(level: str, sources: Sequence[str], text: str) -> str:
    """What sources and text name most; a source counts as three mentions."""
    named = Counter({name: 3 * n for name, n in _mentions("\n".join(sources)).items()})
    if len(named) < _ENOUGH:
        named += _mentions(text)
    votes = Counter[str]()
    for name, count in named.items():
        for division in _meant(name, level):
            votes[division] += count
    return _known(level, votes) or (_shaped(level, sources, text) if level else "")


def _mentions(text: str) -> Counter[str]:
    return Counter(divisions.named_in(text))


def _meant(name: str, level: str) -> tuple[str, ...]:
    """What a mention may mean; 河东 alone says nothing of districts, there are too many of them."""
    known = divisions.known_divisions()
    if name in known.levels:
        return (name,)
    return () if level in _SMALL else known.short[name]


def _known(level: str, votes: Counter[str]) -> str:
    """The division of the level that has most of the votes, its counties' for a city among them."""
    known = divisions.known_divisions()
    if level in _SMALL:
        fitting = {name: n for name, n in votes.items() if name.endswith(level)}
        return _clear(Counter(fitting))
    cities = Counter[str]()
    for name, count in votes.items():
        if known.levels[name] == "city":
            cities[name] += count
        elif known.levels[name] == "county" and len(known.above[name]) == 1:
            cities[known.above[name][0]] += count
    city = _clear(cities)
    counties = [n for n in votes if known.above.get(n) == (city,)]
    if not level and len(counties) < 2:
        return ""
    return _only_county(city, counties, votes) or city


def _only_county(city: str, counties: Iterable[str], votes: Counter[str]) -> str:
    """The county-level city that a bulletin speaks of, where it hardly names the city above it."""
    best = max(counties, key=votes.__getitem__, default="")
    total = votes[city] + sum(votes[name] for name in counties)
    return best if best.endswith("市") and votes[best] > 0.8 * total else ""


def _shaped(level: str, sources: Iterable[str], text: str) -> str:
    """A name of the level's shape that stands before 总工会 again and again."""
    pattern = re.compile(rf"({_HAN}{{2,4}}{level})总工会")
    found = Counter[str]()
    for match in pattern.finditer("\n".join([*sources, text])):
        for size in range(3, len(match[1]) + 1):
            found[match[1][-size:]] += 1
    best = max(found, key=lambda name: (found[name], len(name)), default="")
    return best if found[best] >= _LEAST else ""


def _most(names: Iterator[str]) -> str:
    return next((name for name, _ in Counter(names).most_common(1)), "")


def _clear(votes: Counter[str]) -> str:
    best, count = next(iter(votes.most_common(1)), ("", 0))
    return best if count >= _LEAST and count >= _SHARE * votes.total() else ""
