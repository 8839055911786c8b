"""Who sent an article in or wrote it: closing brackets, labelled lines and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bulletin_desktop.parsing import marks

CREDIT_LIMIT = 60  # characters inside a closing bracket
_LINE_LIMIT = 80
_NAMES_LIMIT = 20
_BYLINE_LIMIT = 24
DASHES = "-—―－–─ \u3000"


CreditRole = Literal["source", "author"]


@dataclass(frozen=True, slots=True)
class Credit:
    """A source or author: where its words are, and where what closes the paragraph begins.

    ``start`` and ``end`` are offsets in the line, without brackets and labels; ``cut`` is where the
    paragraph before it ends; from ``rest`` to ``rest_end`` stand further columns (审核：…), which
    are no field of an article. ``author`` is the person that a source names beside the unit.
    """

    role: CreditRole
    start: int
    end: int
    cut: int
    rest: int = 0
    rest_end: int = 0
    author: tuple[int, int] | None = None


_NO_SOURCE = re.compile(
    r"^(?:见|详见|参见|附|如|即|含|其中|不含|包括|以下|简称|下称|注|图|表|略|完|全文完|未完|待续|续|下转|上接"
    r"|上|下|[一二三四五六七八九十百]+(?:[个天年月次人项是至到]|[^\u4e00-\u9fff]|$)|共|约|按|写于|写在|作于|限|至|截至|第|原|此|根据|鼓掌|掌声|热烈"
    r"|笑|长时间|例|因|该|除|试行|草案|修订|征求意见|扩大|暂行|括号|节选|摘要|连载|编者|本文"
    r"|\S{0,8}(?:下期|续登|待续))"
)
_REMARK = re.compile(r"^(?:作者[系是为]|\S{0,8}见附)")
_PLAIN_NUMBER = re.compile(r"^[\d\s０-９.,．，%％\-—－～~:：/／、]+$")
_DATED = re.compile(r"^[\d０-９一二三四五六七八九十〇○零年月日号\s.．\-—－/至到上下午]+$")
_SENTENCE = re.compile("[。！？!?]")
_EXCERPT = re.compile(r"^(?:摘自|据|选自|转自|转载自|原载|来源于|综合)[《“]?[^。]{2,40}$")

_SOURCE_LABEL = re.compile(
    r"^(?:供\s*稿|来\s*源|供稿单位|来稿单位|报送单位|信息来源|稿件来源|稿\s*源|供稿部门|作者单位|提供单位|提\s*供|来\s*稿"
    r"|报送|上报单位|单\s*位|文章来源|资料来源)\s*[:：/／|｜]\s*"
)
_AUTHOR_LABEL = re.compile(
    r"^(?:作\s*者|撰\s*稿|撰稿人|供稿人|撰\s*文|执\s*笔|执笔人|记\s*者|通\s*讯\s*员|文\s*字|文|图\s*文|文并?图|图/文"
    r"|本[报刊网]记者|本[报刊网]通讯员|特约记者|特约通讯员|整\s*理|采\s*写|编\s*写|报告人|主讲人|口\s*述|讲\s*述)"
    r"\s*(?:[:：/／|｜]|\s)\s*"
)
_BYLINE = re.compile(
    r"^(?:本[报刊网]|特约)?(?:记者|通讯员|特约撰稿人|特约评论员)(?=[\s\u4e00-\u9fff])\s*"
)
_SQUARE = re.compile(r"^□\s*(?:本[报刊网])?(?:记者|通讯员)?[:：\s]*")
_SUFFIX_LABEL = re.compile(
    r"(?<=[\u4e00-\u9fff）)])\s*[/／]?\s*(?:供稿|撰稿|提供|报送|整理|推荐|(?:摄影)?报[道导])$"
)
_DASHED_END = re.compile(r"(?<=[。！？”])([\s\u3000]*)——\s*([^，。：；“”\s]{2,16})$")
_SENT_IN = re.compile(
    r"^([^，。：“”]{2,20}?)[\s　/／]*(?:供稿|来稿|撰稿|报送"
    r"|(?<=[\s　/／])(?:整理|提供|推荐|执笔|摘编))$"
)
_COLUMN = re.compile(r"\s{2,}|\t|\u3000|\s+(?=[\u4e00-\u9fff]{1,6}\s*[:：])")
_BETWEEN = re.compile(
    r"[\s/／、，,]+(?:(?:通讯员|记者|(?:口述)?整理|执笔|文)[\s:：]*)?|(?:通讯员|记者)[\s:：]*"
)
_OTHER_LABEL = re.compile(r"[\s　]+(?:图|摄影?|制图|绘图|整理|记录|执笔)[:：/／\s]")
SPACED_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
_GAP = re.compile(r"[ \u3000\t]+")
_SEPARATORS = re.compile(r"[\s、，,/／]+")
_BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")
_BEFORE_NAME = re.compile(
    r"\s+(?:执笔|撰稿|整理|文|通讯员|记者)?[:：]?\s*|(?<=[\u4e00-\u9fff])[:：]\s*"
)
_POST_LIMIT = 14
# 薄 雪 松: letters apart are a name below a title, whatever the surname.
_LETTERS = re.compile(
    r"^[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){0,2}"
    r"[ \u3000]+(?![书告知讯录事语报信言话])[\u4e00-\u9fff]$"
)
_NICKNAME = re.compile(r"^[阿小老][\u4e00-\u9fff]$")
_DONE_BY = re.compile(
    r"^(\S{2,16})[\s　/／]+(?:搜集)?(?:整理|供稿|撰稿|撰文|执笔|编写|编辑|编译|口述|采写|选编|摘编"
    r"|记录|记述|讲述)$"
)
_PEN_NAME = re.compile(r"^[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}$")
_LABELS: tuple[tuple[CreditRole, re.Pattern[str]], ...] = (
    ("source", _SOURCE_LABEL),
    ("author", _AUTHOR_LABEL),
    ("author", _BYLINE),
)


def bracket_at_end(words: str) -> tuple[int, int] | None:
    """Where the bracket that closes the trimmed words opens and closes; pairs may nest."""
    if not words or words[-1] not in marks.CLOSING:
        return None
    depth, floor = 0, max(0, len(words) - CREDIT_LIMIT - 2)
    for at in range(len(words) - 1, floor - 1, -1):
        if words[at] in marks.CLOSING:
            depth += 1
        elif words[at] in marks.OPENING:
            depth -= 1
            if depth == 0:
                return at, len(words) - 1
    return None


def trailing_credit(words: str, lenient: bool = False) -> Credit | None:
    """The source or author in the bracket that closes a paragraph, or None.

    A bracket counts where a sentence has ended before it or a wide gap stands there; otherwise
    (市总工会…成效明显（市总办公室）) only the name of a unit does, and only if ``lenient``.
    """
    bracket = bracket_at_end(words)
    if bracket is None:
        return _dashed_end(words)
    if bracket[0] == 0:
        return None
    before = words[: bracket[0]]
    stem = before.rstrip()
    if not stem:
        return None
    settled = len(before) - len(stem) >= 2 or _closes(stem)
    inner = words[bracket[0] + 1 : bracket[1]].strip()
    if not settled and not (lenient and marks.UNIT.search(inner)):
        return None
    return _bracketed(words, bracket, len(stem))


def _dashed_end(words: str) -> Credit | None:
    """A unit or name after a dash that stands behind the last sentence: ……很好。　——城中所."""
    dashed = _DASHED_END.search(words[-_BYLINE_LIMIT:])
    if dashed is None:
        return None
    at = max(0, len(words) - _BYLINE_LIMIT)
    name = dashed.group(2)
    if not (dashed.group(1) or is_names(name) or marks.UNIT.search(name)):
        return None
    role: CreditRole = "author" if is_names(name) else "source"
    return Credit(role, at + dashed.start(2), len(words), at + dashed.start(1))


def _closes(stem: str) -> bool:
    last = stem.rstrip("”’\"'）)》」』")[-1:]
    return last in "。！？!?…；." or stem[-1] in "。！？!?"


def _bracketed(words: str, bracket: tuple[int, int], cut: int) -> Credit | None:
    start, end = _trim(words, bracket[0] + 1, bracket[1])
    if not is_credit(words[start:end]):
        return None
    if words[bracket[0]] not in marks.ROUND and not _is_named(words[start:end]):
        return None
    return _without_label(words, start, end, cut)


def _is_named(inner: str) -> bool:
    """Whether the words in brackets that mark sections too end as a unit, or have a label."""
    if _SOURCE_LABEL.match(inner) or _AUTHOR_LABEL.match(inner):
        return True
    return bool(marks.UNIT.search(inner.rstrip(marks.CLOSING))) and not marks.SECTION_NAME.match(
        inner
    )


def is_credit(inner: str) -> bool:
    """Whether the words inside a bracket can name who sent or wrote the article."""
    if not 2 <= len(inner) <= CREDIT_LIMIT or _SENTENCE.search(inner) or _REMARK.match(inner):
        return False
    if _PLAIN_NUMBER.match(inner) or _DATED.match(inner):
        return False
    if not any("\u4e00" <= c <= "\u9fff" for c in inner):
        return False
    return not _NO_SOURCE.match(inner) or bool(marks.UNIT.search(inner))


def _without_label(words: str, start: int, end: int, cut: int) -> Credit | None:
    """The credit in a stretch, its label (供稿：, 文/, 通讯员) and a second column left out."""
    stretch = words[start:end]
    role: CreditRole
    for role, pattern in _LABELS:
        label = pattern.match(stretch)
        if label:
            start += label.end()
            column = _COLUMN.search(words, start, end) if role == "source" else None
            if column and names_unit(words[column.end() : end]):
                column = None
            rest = (column.end(), end) if column and column.end() < end else (0, 0)
            start, end = _trim(words, start, column.start() if column else end)
            return _divided(words, Credit(role, start, end, cut, *rest))
    role = "author" if is_names(stretch) else "source"
    suffix = _SUFFIX_LABEL.search(stretch) if role == "source" else None
    end = start + suffix.start() if suffix else end
    return _divided(words, Credit(role, start, end, cut))


def names_unit(words: str) -> bool:
    """Whether words without a label end as the name of a unit does: 药学部　护理部."""
    label = "：" in words or ":" in words or "/" in words
    return not label and bool(marks.UNIT.search(words))


def _divided(words: str, credit: Credit) -> Credit | None:
    """The credit with a unit and a person that stand side by side told apart."""
    start, end = credit.start, credit.end
    stretch = words[start:end]
    if end <= start or is_names(stretch):
        return credit if end > start else None
    for match in _BETWEEN.finditer(stretch):
        head, tail = (start, start + match.start()), (start + match.end(), end)
        for unit, person in ((head, tail), (tail, head)):
            if is_names(words[slice(*person)]) and marks.UNIT.search(words[slice(*unit)]):
                return replace(credit, role="source", start=unit[0], end=unit[1], author=person)
    return credit


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    stretch = words[start:end]
    lead = len(stretch) - len(stretch.lstrip())
    return start + lead, start + max(lead, len(stretch.rstrip()))


def credit_of_line(words: str) -> Credit | None:
    """The source or author that a whole line gives: in brackets, after a label, or 摘自《…》."""
    if len(words) > _LINE_LIMIT:
        return None
    if words[0] in marks.OPENING:
        bracket = bracket_at_end(words)
        return _bracketed(words, bracket, 0) if bracket and bracket[0] == 0 else None
    if words[-1:] in marks.SENTENCE_ENDS:
        return None
    dashed = len(words) - len(words.lstrip(DASHES))
    if dashed:
        named = is_names(words[dashed:])
        unit = names_unit(words) and len(words) <= _BYLINE_LIMIT
        role: CreditRole = "author" if named else "source"
        return Credit(role, dashed, len(words), 0) if named or unit else None
    square = _SQUARE.match(words)
    if square:
        named = is_names(words[square.end() :])
        return Credit("author", square.end(), len(words), 0) if named else None
    return _labelled_line(words)


def _labelled_line(words: str) -> Credit | None:
    if both := _both_labels(words):
        return both
    if _SOURCE_LABEL.match(words):
        return _without_label(words, 0, len(words), 0)
    author = _AUTHOR_LABEL.match(words) or _BYLINE.match(words)
    if author:
        other = _OTHER_LABEL.search(words, author.end())
        end = other.start() if other else len(_BRACKETED_END.sub("", words))
        name = words[author.end() : end]
        marked = len(name) <= _NAMES_LIMIT and author.group().rstrip()[-1] in ":：/／|｜"
        if is_names(name) or _PEN_NAME.match(name) or (marked and names_unit(name)):
            rest = (end, len(words)) if end < len(words) else (0, 0)
            return Credit("author", author.end(), end, 0, *rest)
    if words == "综合来稿":
        return Credit("source", 0, len(words), 0)
    sent_in = _SENT_IN.match(words)
    if sent_in and is_names(sent_in.group(1)):
        return Credit("author", 0, sent_in.end(1), 0)
    if sent_in and names_unit(sent_in.group(1)):
        return Credit("source", 0, sent_in.end(1), 0)
    if _EXCERPT.match(words) and words.startswith(("摘自", "选自", "转自", "转载自", "原载")):
        return Credit("source", 0, len(words), 0)
    return None


def _both_labels(words: str) -> Credit | None:
    """A person and a unit with a label each: 作者：洪波　　来源：局工会, or the other way about."""
    for gap in _GAP.finditer(words):
        head, tail = words[: gap.start()], words[gap.end() :]
        for first, second in ((_AUTHOR_LABEL, _SOURCE_LABEL), (_SOURCE_LABEL, _AUTHOR_LABEL)):
            one, two = first.match(head), second.match(tail)
            if one and two:
                left, right = (one.end(), len(head)), (gap.end() + two.end(), len(words))
                person, unit = (left, right) if first is _AUTHOR_LABEL else (right, left)
                return Credit("source", *unit, 0, author=person)
    return None


def is_names(words: str) -> bool:
    """Whether the words are names of people: 李明, 王 强, 张三　李四, 欧阳修、赵普."""
    if not words or len(words) > _NAMES_LIMIT or words[-1] in marks.UNIT_ENDS:
        return False
    joined = words.strip(" ：:")
    letters = joined.split()
    if len(letters) > 1 and not all(len(x) == 1 for x in letters):
        joined = SPACED_NAME.sub(r"\1\2", joined)
    tokens = [t for t in _SEPARATORS.split(joined) if t]
    if not tokens or len(tokens) > 4:
        return False
    if all(len(t) == 1 for t in tokens):
        return len(tokens) in (2, 3) and _is_name("".join(tokens))
    return all(_is_name(t) for t in tokens)


def marked_byline(words: str) -> int | None:
    """Where the name begins in a line like ■李小明 or ◆李小明（机床厂）; None for other lines."""
    rest = words.lstrip("".join(marks.BULLETS) + " \xa0\u3000").lstrip()
    names = _BRACKETED_END.sub("", rest)
    return len(words) - len(rest) if is_names(names) else None


def byline(words: str) -> tuple[int, int] | None:
    """Where a line below a title names who wrote it: names, a post and a name, or a unit.

    What stands before the name (县纪委　乔磊) and in brackets behind it is left out.
    """
    names = _BRACKETED_END.sub("", words)
    if len(names) > _BYLINE_LIMIT or not names:
        return None
    if is_names(names):
        return 0, len(names)
    for gap in _BEFORE_NAME.finditer(names):
        name = names[gap.end() :]
        if gap.start() <= _POST_LIMIT and (is_names(name) or _NICKNAME.match(name)):
            return gap.end(), len(names)
    if _LETTERS.match(names):
        return 0, len(names)
    by_unit = _DONE_BY.match(words)
    if by_unit:
        return 0, by_unit.end(1)
    unit = names == words and len(words.split()) == 1 and marks.OFFICE.search(words)
    return (0, len(words)) if unit else None


def _is_name(token: str) -> bool:
    if not all("\u4e00" <= c <= "\u9fff" for c in token):
        return False
    if token.startswith(marks.DOUBLE_SURNAMES):
        return 3 <= len(token) <= 4
    return 2 <= len(token) <= 3 and token[0] in marks.SURNAMES and token[-1] not in marks.UNIT_ENDS
