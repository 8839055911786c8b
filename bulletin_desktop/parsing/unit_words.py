"""The words of a source as they stand: a division, a body and an office, or none of these."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from bulletin_desktop.parsing import divisions

Kind = Literal["nation", "named", "zone", "relative", "short", "office", "bare"]

UNION = "总工会"
_HAN = r"[\u4e00-\u9fff]"
_BETWEEN = re.compile(r"[、，,；;／/\s]+")
_NATION = re.compile(r"^(?:中华全国总工会|全国总工会|全总)")
_DOUBLED = re.compile(rf"({_HAN}{{2,6}})\1")
# 市总, 区教育局, 校工会; not 市场, 区域, 县城.
_RELATIVE = re.compile(
    r"^(?:本|我|全)?([省市县区镇乡校院厂])(?=.)(?![场民容域间内长营友舍庆城]|政(?!府|协|法|研))"
)
_SHAPED = re.compile(
    rf"^({_HAN}{{2,4}}?(?:街道|[市县旗镇乡]|(?<![社园校小厂库景矿山地新发税度技创])区))"
    r"(?=$|[总工委政人机直教卫成农环城交公民文体财司商妇团水税])"
)
_ZONE = re.compile(
    rf"^({_HAN}{{0,6}}?)((?:高新技术产业开发|高新技术开发|高新|经济技术开发|经济开发|经开|开发|工业园|产业园"
    r"|科技园|软件园|综合保税|保税港|保税|旅游度假|度假|风景名胜|风景|新|园)区)"
    r"(?=$|总|工会|管委|党|机关)"
)
# 总 for 总工会: not in 总公司, 总站, 总医院.
_SHORT_UNION = re.compile(r"^总(?![公队站商会医院厂社店校行局支台馆务])")
_OFFICE = re.compile(
    rf"^(?:{_HAN}{{0,8}}(?:办公室|办事处|[部室处科组]|委员会|中心|俱乐部|[大支]队)|{_HAN}{{0,3}}办"
    r"|女职委|经审委|机关)$"
)
_INSIDE = re.compile(rf"^({_HAN}*?工会(?:联合会|(?:工作)?委员会)?)({_HAN}{{1,12}})$")
_FULL_OFFICES = {"办": "办公室"}


class Words(NamedTuple):
    """One part of a source, by its looks alone.

    ``division`` is a full name, for ``relative`` the level that was named (市), for ``short``
    and ``zone`` the words before (苏州); ``zone`` is 高新区. ``body`` is 总工会, 教育局工会, or ""
    where the division stands alone. ``doubled`` are words that were printed twice in a row.
    """

    kind: Kind
    division: str
    zone: str
    body: str
    office: str
    doubled: str = ""


def parts_of(source: str) -> list[str]:
    """The units that a source names side by side, 张家港、常熟市总工会 with what they share."""
    parts = [part for part in _BETWEEN.split(source) if part]
    for at in range(len(parts) - 1):
        short, meant = divisions.short_prefix_of(parts[at])
        if short == parts[at] and meant and parts[at + 1].endswith(UNION):
            parts[at] = meant[0] + UNION
    return parts


@lru_cache(maxsize=20_000)
def words_of(part: str) -> Words:
    """What stands in one part of a source."""
    doubled = _DOUBLED.search(part)
    if doubled:
        part = part[: doubled.end(1)] + part[doubled.end() :]
    kind, division, zone, rest = _divided(part)
    body, office = _body_and_office(kind, rest)
    return Words(kind, division, zone, body, office, doubled[0] if doubled else "")


def _divided(part: str) -> tuple[Kind, str, str, str]:
    """The kind of a part, its division and zone, and the rest of it."""
    if nation := _NATION.match(part):
        return "nation", "", "", UNION + part[nation.end() :]
    full = ""
    while name := divisions.prefix_of(part):
        full, part = name, part[len(name) :]
    if zone := _ZONE.match(part):
        return "zone", full or zone[1], zone[2], part[zone.end() :]
    if full:
        return "named", full, "", part
    if relative := _RELATIVE.match(part):
        return "relative", relative[1], "", part[relative.end() :]
    if shaped := _SHAPED.match(part):
        return "named", shaped[1], "", part[shaped.end() :]
    short, meant = divisions.short_prefix_of(part)
    if meant:
        return "short", short, "", part[len(short) :]
    return ("office" if _is_office(part) else "bare"), "", "", part


def _is_office(words: str) -> bool:
    return bool(_OFFICE.match(words)) and "工会" not in words


def _body_and_office(kind: Kind, rest: str) -> tuple[str, str]:
    if kind == "office":
        return "", _FULL_OFFICES.get(rest, rest)
    if rest.startswith(UNION):
        body, office = UNION, rest[len(UNION) :]
    elif kind not in ("short", "bare") and _SHORT_UNION.match(rest):
        body, office = UNION, rest[1:]
    elif kind in ("named", "zone") and rest.startswith("工会") and _may_follow(rest[2:]):
        body, office = UNION, rest[2:]
    elif (inside := _INSIDE.match(rest)) and _is_office(inside[2]):
        body, office = inside[1], inside[2]
    else:
        body, office = rest, ""
    return body, _FULL_OFFICES.get(office, office)


def _may_follow(words: str) -> bool:
    return not words or _is_office(words)
