"""Who sent an article in or wrote it: closing brackets, labelled lines and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bulletin_desktop.parsing import marks

CREDIT_LIMIT = 60  # characters inside a closing bracket
_LINE_LIMIT = 80
_NAMES_LIMIT = 20
_BYLINE_LIMIT = 24


@dataclass(frozen=True, slots=True)
class Credit:
    """A source or author: where its words are, and where what closes the paragraph begins.

    ``start`` and ``end`` are offsets in the line, without brackets and labels; ``cut`` is where the
    paragraph before it ends; from ``rest`` to ``rest_end`` stand further columns (审核：…), which
    are no field of an article.
    """

    role: Literal["source", "author"]
    start: int
    end: int
    cut: int
    rest: int = 0
    rest_end: int = 0


_NO_SOURCE = re.compile(
    r"^(?:见|详见|参见|附|如|即|含|其中|不含|包括|以下|简称|下称|注|图|表|略|完|全文完|未完|待续|续|下转|上接"
    r"|上|下|一|二|三|四|五|六|七|八|九|十|共|约|按|写于|写在|作于|限|至|截至|第|原|此|根据|鼓掌|掌声|热烈"
    r"|笑|例|因|该|除|试行|草案|修订|征求意见|扩大|暂行|括号|节选|摘要|连载|编者|本文)"
)
_PLAIN_NUMBER = re.compile(r"^[\d\s０-９.,．，%％\-—－～~:：/／、]+$")
_DATED = re.compile(r"^[\d０-９一二三四五六七八九十〇○零年月日号\s.．\-—－/至到上下午]+$")
_SENTENCE = re.compile("[。！？!?]")
_EXCERPT = re.compile(r"^(?:摘自|据|选自|转自|转载自|原载|来源于|综合)[《“]?[^。]{2,40}$")

_SOURCE_LABEL = re.compile(
    r"^(?:供\s*稿|来\s*源|供稿单位|来稿单位|报送单位|信息来源|稿件来源|稿\s*源|供稿部门|作者单位|提供单位|提\s*供|来\s*稿"
    r"|报送|上报单位|单\s*位|文章来源|资料来源)\s*[:：]\s*"
)
_AUTHOR_LABEL = re.compile(
    r"^(?:作\s*者|撰\s*稿|撰稿人|供稿人|撰\s*文|执\s*笔|执笔人|记\s*者|通\s*讯\s*员|文\s*字|文|图\s*文|文并?图|图/文"
    r"|本[报刊网]记者|本[报刊网]通讯员|特约记者|特约通讯员|整\s*理|采\s*写|编\s*写|报告人|主讲人)"
    r"\s*(?:[:：/／]|\s)\s*"
)
_BYLINE = re.compile(
    r"^(?:本[报刊网]|特约)?(?:记者|通讯员|特约撰稿人|特约评论员)(?=[\s\u4e00-\u9fff])\s*"
)
_SQUARE = re.compile(r"^□\s*(?:本[报刊网])?(?:记者|通讯员)?[:：\s]*")
_SUFFIX_LABEL = re.compile(r"(?<=[\u4e00-\u9fff）)])\s*(?:供稿|撰稿|提供|报送|整理|推荐)$")
_COLUMN = re.compile(r"\s{2,}|\t|\u3000|\s+(?=[\u4e00-\u9fff]{1,6}\s*[:：])")
_SPACES = re.compile(r"\s+")


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
    if bracket is None or bracket[0] == 0:
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
    if not 2 <= len(inner) <= CREDIT_LIMIT or _SENTENCE.search(inner):
        return False
    if _PLAIN_NUMBER.match(inner) or _DATED.match(inner):
        return False
    if not any("\u4e00" <= c <= "\u9fff" for c in inner):
        return False
    return not _NO_SOURCE.match(inner) or bool(marks.UNIT.search(inner))


def _without_label(words: str, start: int, end: int, cut: int) -> Credit | None:
    """The credit in a stretch, its label (供稿：, 文/, 通讯员) and a second column left out."""
    stretch = words[start:end]
    for role, pattern in (
        ("source", _SOURCE_LABEL),
        ("author", _AUTHOR_LABEL),
        ("author", _BYLINE),
    ):
        label = pattern.match(stretch)
        if label:
            start += label.end()
            column = _COLUMN.search(words, start, end) if role == "source" else None
            rest = (column.end(), end) if column and column.end() < end else (0, 0)
            start, end = _trim(words, start, column.start() if column else end)
            return Credit(_role(role), start, end, cut, *rest) if end > start else None
    if is_names(stretch):
        return Credit("author", start, end, cut)
    suffix = _SUFFIX_LABEL.search(stretch)
    end = start + suffix.start() if suffix else end
    return Credit("source", start, end, cut)


def _role(role: str) -> Literal["source", "author"]:
    return "author" if role == "author" else "source"


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
    square = _SQUARE.match(words)
    if square:
        named = is_names(words[square.end() :])
        return Credit("author", square.end(), len(words), 0) if named else None
    return _labelled_line(words)


def _labelled_line(words: str) -> Credit | None:
    if _SOURCE_LABEL.match(words):
        return _without_label(words, 0, len(words), 0)
    author = _AUTHOR_LABEL.match(words) or _BYLINE.match(words)
    if author and is_names(words[author.end() :]):
        return Credit("author", author.end(), len(words), 0)
    if _EXCERPT.match(words) and words.startswith(("摘自", "选自", "转自", "转载自", "原载")):
        return Credit("source", 0, len(words), 0)
    return None


def is_names(words: str) -> bool:
    """Whether the words are names of people: 李明, 王 强, 张三　李四, 欧阳修、赵普."""
    if not words or len(words) > _NAMES_LIMIT or words[-1] in marks.UNIT_ENDS:
        return False
    tokens = [t for t in re.split(r"[\s、，,/／]+", words.strip(" ：:")) if t]
    if not tokens or len(tokens) > 4:
        return False
    if all(len(t) == 1 for t in tokens):
        return len(tokens) in (2, 3) and _is_name("".join(tokens))
    return all(_is_name(t) for t in tokens)


def marked_byline(words: str) -> int | None:
    """Where the name begins in a line like ■李小明 or ◆李小明（机床厂）; None for other lines."""
    rest = words.lstrip("".join(marks.BULLETS) + " \xa0\u3000").lstrip()
    names = re.sub(r"[（(][^（）()]*[）)]$", "", rest)
    return len(words) - len(rest) if is_names(names) else None


def is_byline(words: str) -> bool:
    """Whether a line below a title says who wrote: names, a post and a name, or a unit."""
    if is_names(words):
        return True
    tokens = words.split()
    posted = len(tokens) > 1 and len(words) <= _BYLINE_LIMIT and is_names(tokens[-1])
    if posted and marks.POST.search(tokens[-2]):
        return True
    return len(tokens) == 1 and len(words) <= _BYLINE_LIMIT and bool(marks.OFFICE.search(words))


def _is_name(token: str) -> bool:
    if not all("\u4e00" <= c <= "\u9fff" for c in token):
        return False
    if token.startswith(marks.DOUBLE_SURNAMES):
        return 3 <= len(token) <= 4
    return 2 <= len(token) <= 3 and token[0] in marks.SURNAMES and token[-1] not in marks.UNIT_ENDS
