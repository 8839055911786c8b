"""The head of an issue: its name, number, running number and printed date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin_desktop.parsing import marks
from bulletin_desktop.parsing.numerals import DIGITS, NUMERALS, number

_N = rf"[{DIGITS}{NUMERALS}]"
_NUMBER_LIMIT = 70
_TOTAL = re.compile(rf"(?:总|累计|总计)\s*第?\s*((?:{_N}\s*){{1,6}})\s*[期号]")
_ISSUE = re.compile(
    rf"(?<!总)(?<!总\s)第\s*((?:{_N}\s*){{1,5}})\s*(?:[（(]?\s*总?\s*合?刊?\s*[）)]?\s*)期"
    rf"|[〔\[［【（(]\s*(?:19|20|１９|２０|二[〇○零])(?:{_N}){{2}}\s*[〕\]］】）)]\s*第?\s*((?:{_N}){{1,4}})\s*[号期]"
    rf"|(?:^|\s)(?:NO|No|no|Ｎｏ)[.．:：]?\s*([{DIGITS}]{{1,4}})(?=\s|$)"
    rf"|[（(]\s*((?:{_N}){{1,3}})\s*[）)]\s*期?$"
    rf"|(?<=年)\s*第?\s*((?:{_N}){{1,4}})\s*[期号]"
)
_VOLUME = re.compile(rf"第\s*((?:{_N}\s*){{1,4}})\s*(?:辑|卷|周(?!年))")
_YEAR = (
    rf"((?:[12１２]\s*(?:[{DIGITS}]\s*){{3}})|(?:[一二]\s*(?:[〇○零Ｏ一二三四五六七八九]\s*){{3}}))"
)
_MONTH = rf"((?:[{DIGITS}]\s*){{1,2}}|[一二三四五六七八九十]{{1,2}})"
_DAY = rf"((?:[{DIGITS}]\s*){{1,2}}|[一二三四五六七八九十]{{1,3}})"
_DATE = re.compile(
    rf"{_YEAR}\s*年\s*(?:{_MONTH}\s*月\s*(?:(?:份|{_DAY}\s*[日号]))?)?"
    rf"|(?P<republic>民[国國]\s*(?:[{DIGITS}]{{1,3}}|[{NUMERALS}]{{1,5}}))\s*年\s*(?:{_MONTH}\s*月\s*(?:{_DAY}\s*[日号])?)?"
    rf"|(?<!\d)([12]\d{{3}})\s*[-./．－—]\s*(\d{{1,2}})(?:\s*[-./．－—]\s*(\d{{1,2}}))?(?!\d)"
)
_REPUBLIC = 1911  # the year 0 of 民国
_WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][）)]?")
_FILLERS = re.compile(
    r"中华(?=\s)|[\s（）()〔〕\[\]［］《》:：·,，、.．|｜/\-—－]+|出版日期|编印日期|印发日期|日期|时间|印|出版|至|[春夏秋冬]季?(?:号|刊)?"
)
_DAY_ALONE = re.compile(rf"^{_MONTH}\s*月\s*{_DAY}\s*[日号]$")
_MONTH_DAY = re.compile(rf"(?<![{DIGITS}{NUMERALS}年]){_MONTH}\s*月\s*{_DAY}\s*[日号]")
_DATED_END = re.compile(rf"\s(?:{_MONTH})月{_DAY}[日号](?:出版|编印|印发|发刊|印)?$")
_COLUMN = re.compile(r"\t+|\s{2,}|\u3000+|\s*[│|｜┃]\s*")
_HEAD_LABEL = re.compile(r"^[^：:，。“”/／]{1,8}[：:/／]\s*(?=\S|$)")
_HOUR = re.compile(rf"(?<=日)\s*[{DIGITS}]{{1,2}}[时:：][{DIGITS}]{{0,2}}分?$")
_EDITORS = re.compile(
    r"^(?:责任|本期|执行|美术|值班)?(?:编辑|主编|总编|副主编|责编|编委|校对)[\s\u3000]"
)
_EDITED_BY = re.compile(
    r"(?:^|[\s│|])(?:主办|编辑|编印|主编|编发|责任编辑|责编|承办|出版)(?:单位|部门)?\s*[:：]\s*"
    r"(?P<who>\S.*?)(?=\s{4,}|[│|]|[\s\u3000]+\S{2,8}\s*[:：]|$)"
)
_EDITED = re.compile(
    r"^(?P<who>[\u4e00-\u9fff、]{3,40}?(?: [\u4e00-\u9fff]{2,30})?) ?"
    r"(?:主办|编印|编发|编制|编辑|编写|出版|主编|(?<![汇选])编)(?: (?:出版|印发|发刊))?$"
)
_SPACED_NAME = 6  # a name of two or three characters with blanks between
_SHORT_UNIT = 3
_SECRET = re.compile(r"^(?:绝密|机密|秘密|内部)\s*[★☆]")
_PERIODS = frozenset({"月刊", "双月刊", "半月刊", "季刊", "周刊", "旬刊", "不定期"})
_LABEL = re.compile(r"^(?:刊名|名称|主办|主办单位)[:：]")
_QUOTED_NAME = re.compile(r"^《[^《》]{2,16}》$")
_FULL_NAME = re.compile(r"《([^》]{2,20})》")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed: its value as YYYY, YYYY-MM or YYYY-MM-DD and its words."""

    value: str
    words: str


def printed_date(words: str) -> PrintedDate | None:
    """The most exact valid date in the words; 2011年第5期 gives the year alone."""
    found = [d for m in _DATE.finditer(words) if (d := _date_of(m))]
    return max(found, key=lambda d: len(d.value), default=None)


def day_of_year(words: str, year: str) -> PrintedDate | None:
    """A month and day in the words, in a year that is printed elsewhere: 6月5日出版."""
    match = _MONTH_DAY.search(words)
    if match is None:
        return None
    month, day = number(match.group(1)), number(match.group(2))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return PrintedDate(f"{year}-{month:02d}-{day:02d}", match.group())


def _date_of(match: re.Match[str]) -> PrintedDate | None:
    republic = match.group("republic")
    groups = [g for g in match.groups() if g and g != republic]
    if republic:
        groups.insert(0, str(number(republic[2:]) + _REPUBLIC))
    year, *rest = (number(g) for g in groups)
    if not 1900 <= year <= 2100:
        return None
    limits = ((1, 12), (1, 31))
    if any(not low <= n <= high for n, (low, high) in zip(rest, limits, strict=False)):
        return PrintedDate(str(year), match.group().strip())
    value = "-".join([str(year), *(f"{n:02d}" for n in rest)])
    return PrintedDate(value, match.group().strip())


def issue_number(words: str) -> str | None:
    """The number of the issue in digits: 第十二期, 〔2015〕21号, 2011年第5期."""
    match = _ISSUE.search(words)
    groups = [g for g in match.groups() if g] if match else []
    return str(number(groups[0])) if groups else None


def volume_number(words: str) -> str | None:
    """The number in digits of what comes out in volumes or by the week: 第十七辑, 第14周."""
    match = _VOLUME.search(words)
    return str(number(match.group(1))) if match else None


def total_number(words: str) -> str | None:
    """The running number in digits: 总第128期."""
    match = _TOTAL.search(words)
    return str(number(match.group(1))) if match else None


def has_number(words: str) -> bool:
    """Whether a line is made of an issue number and what stands beside one in a masthead.

    市总工会举办第3期培训班 is none: more is left than a name or an editor.
    """
    if len(words) > _NUMBER_LIMIT or not ("期" in words or "号" in words or "o" in words.lower()):
        return False
    rest, count = _ISSUE.subn(" ", _TOTAL.sub(" ", words))
    if not count and rest == words:
        return False
    if count and _TOTAL.search(words):
        return True
    return _is_masthead_rest(rest)


def _is_masthead_rest(rest: str) -> bool:
    """Whether what is left beside numbers and dates is a name, an editor or nothing."""
    left = _FILLERS.sub(" ", _MONTH_DAY.sub(" ", _WEEKDAY.sub(" ", _DATE.sub(" ", rest)))).strip()
    if not left or _QUOTED_NAME.match(rest.strip()):
        return True
    if marks.BULLETIN_NAME.search("".join(left.split())):
        return True
    return all(_is_head_part(p) for p in _COLUMN.split(_DATE.sub("\t", rest)))


def _is_head_part(part: str) -> bool:
    """Whether a column beside a number is of a masthead: a name, an editor, 发行人：林金发."""
    words = _FILLERS.sub(" ", part).strip()
    if not words or _HEAD_LABEL.match(part.strip()):
        return True
    patterns = (marks.BULLETIN_NAME, marks.EDITOR, marks.CAUTION, marks.FILE_CODE)
    return any(p.search(words) for p in patterns)


def _is_spaced(words: str) -> bool:
    return all(len(p) == 1 for p in words.split())


def is_date(words: str) -> bool:
    """Whether a line is a date and nothing else."""
    if _DAY_ALONE.match(words):
        return True
    if len(words) > 30 or words[0] not in "12１２一二（(中民" or printed_date(words) is None:
        return False
    return not _FILLERS.sub("", _WEEKDAY.sub("", _DATE.sub("", words)))


def is_name(words: str) -> bool:
    """Whether a short line can be a bulletin's name: 工 会 简 报, 云岭工会信息, 《职工之声》."""
    bare = "".join(words.split())
    spaced = _is_spaced(words) and 2 <= len(bare) <= 12 and len(bare) < len(words)
    return spaced or (len(bare) <= 16 and bool(marks.BULLETIN_NAME.search(bare)))


def is_evidence(words: str) -> bool:
    """Whether a line in the head belongs to a masthead by itself."""
    if len(words) > _NUMBER_LIMIT or "。" in words:
        return False
    if has_number(words) or marks.CAUTION.search(words) or marks.EDITOR.search(words):
        return True
    if _SECRET.match(words) or _EDITORS.match(words) or _DATED_END.search(words):
        return True
    if _is_labelled(words) or (words[0] in "（(" and marks.COLOPHON.search(words)):
        return True
    undated = _DATE.sub("\t", _HOUR.sub("", words)).strip(" \u3000（）()")
    unit = undated.strip()
    if not unit or "\t" not in undated:
        return False
    return bool(marks.EDITOR.search(unit)) or (undated != unit and bool(marks.UNIT.search(unit)))


def _is_labelled(words: str) -> bool:
    """Whether a line has two labels, as 主编：罗开泰　　编辑：郭红梅, or columns parted by bars."""
    parts = [p for p in _COLUMN.split(words) if p]
    labels = sum(bool(_HEAD_LABEL.match(p)) for p in parts)
    return labels > 1 or (len(parts) > 1 and any(c in words for c in "│|｜┃"))


def issue_title(lines: list[str]) -> str | None:
    """The bulletin's name among the masthead's lines, without letter-spacing and marks."""
    names = [n for line in lines for n in _names_in(line)]
    named = [n for n in names if is_name(n)]
    others = [n for n in names if not marks.OFFICE.match(n)]
    return next(iter(named or others), None)


def editor(head: list[str], tail: list[str]) -> str | None:
    """Who makes the bulletin: by a label (主办：), by an ending (…办公室编印), or the unit that
    stands beside the date; else the editor whom the imprint names.
    """
    for lines, finds in ((head, (_labelled, _ended, _beside_date)), (tail, (_labelled,))):
        for find in finds:
            found = next((who for line in lines if (who := find(line))), None)
            if found:
                return found
    return None


def _labelled(line: str) -> str | None:
    match = _EDITED_BY.search(line)
    who = match.group("who").strip() if match else ""
    return ("".join(who.split()) if len(who) <= _SPACED_NAME else who) or None


def _ended(line: str) -> str | None:
    match = _EDITED.match(" ".join(_MONTH_DAY.sub(" ", _DATE.sub(" ", line)).split()))
    return match.group("who").strip() if match else None


def _beside_date(line: str) -> str | None:
    rest = _MONTH_DAY.sub(" ", _DATE.sub(" ", line))
    who = " ".join(rest.split())
    return who if rest != line and marks.UNIT.search(who) and len(who) > _SHORT_UNIT else None


def _names_in(line: str) -> list[str]:
    """What is left of a masthead line without numbers, dates, editors and cautions."""
    quoted = _FULL_NAME.search(line)
    if quoted:
        return [quoted.group(1)]
    rest = _DATE.sub("\t", _ISSUE.sub("\t", _TOTAL.sub("\t", _WEEKDAY.sub("\t", line))))
    rest = re.sub(r"[（(〔\[]\s*[）)〕\]]", "\t", rest)
    columns = [rest] if _is_spaced(rest) else re.split(r"\t+|\s{2,}|\u3000+", rest)
    coded = "〔" in line or "[" in line
    found = [n for c in columns if (n := _name_of(c))]
    return [n for n in found if not (coded and marks.FILE_CODE.match(n))]


def _name_of(column: str) -> str | None:
    words = column.strip(" \t\u3000（）()〔〕[]【】·|｜═─-—*")
    if len(words) < 2 or words in _PERIODS or marks.CAUTION.search(words) or _LABEL.match(words):
        return None
    if marks.EDITOR.search(words) or marks.RULE.match(column) or _is_filler(words):
        return None
    return "".join(words.split()) if _is_spaced(words) else words


def _is_filler(words: str) -> bool:
    return not _FILLERS.sub("", words)
