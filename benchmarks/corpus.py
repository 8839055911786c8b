"""Makes bulletins of the seeds' shape from the seeds' own sentences: the same seed gives the same.

About one sentence in seven gets other names, dates and figures, so that words of every frequency
occur: some in a third of the articles, some in one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from bulletin_desktop import paths
from bulletin_desktop.parsing.build import parse_text

ARTICLES = 10  # of an issue
_CHANGED = 0.15
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_FIGURE = re.compile(r"\d+")
_NAME = re.compile(r"(?:昆山|常熟|张家港|太仓|吴江|相城|吴中|平江|沧浪|金阊|苏州)")
_SYLLABLES = (
    "松柏梅竹兰荷枫桂杉榆槐柳溪林川山亭塘桥湖坪关荫河岭浦湾洲滩泉源峰崖洞谷原野城堡镇乡村港渡"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩"
    "冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌红梅志鹏海燕春雷雪峰晓东宏图"


class _Pool(NamedTuple):
    sections: list[str]
    titles: list[str]
    sentences: list[str]
    sources: list[str]


def _pool() -> _Pool:
    sections: list[str] = []
    titles: list[str] = []
    sentences: list[str] = []
    sources: list[str] = []
    for file in sorted(paths.seeds().glob("*.txt")):
        text = file.read_text("utf-8")
        for issue in parse_text(text).issues:
            sections += issue.sections
            for article in issue.articles:
                if article.kind == "article" and article.title:
                    titles.append(article.title.replace("\n", ""))
                if article.source:
                    sources.append(article.source)
                sentences += _SENTENCE.findall(article.body)
    return _Pool(sections, titles, [s for s in sentences if len(s) > 8], sources)


def issues(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """File names and texts of so many issues of ten articles each."""
    pool, pick = _pool(), random.Random(seed)
    for number in range(count):
        yield f"{number:06d}.txt", _issue(pool, pick, 1990 + number * 30 // max(count, 30))


def _issue(pool: _Pool, pick: random.Random, year: int) -> str:
    lines = [f" 【{pick.choice(pool.sections)}】"]
    half = pick.randint(3, 7)
    for number in range(ARTICLES):
        if number == half:
            lines.append(f" 【{pick.choice(pool.sections)}】")
        lines += _article(pool, pick, year)
    return "\n".join([*lines, ""])


def _article(pool: _Pool, pick: random.Random, year: int) -> list[str]:
    place = pick.choice(_SYLLABLES) + pick.choice(_SYLLABLES)
    title = _varied(pick.choice(pool.titles), pick, place)
    lead = f"{year}年{pick.randint(1, 12)}月{pick.randint(1, 28)}日，{place}"
    paragraphs = []
    for number in range(pick.choice((1, 2, 2, 3, 4))):
        words = "".join(
            _varied(pick.choice(pool.sentences), pick, place)
            if pick.random() < _CHANGED
            else pick.choice(pool.sentences)
            for _ in range(pick.randint(2, 6))
        )
        paragraphs.append((lead if number == 0 else "") + words.rstrip("，；"))
    paragraphs[-1] += f"（{pick.choice(pool.sources)}）"
    return [title, "", *paragraphs, ""]


def _varied(words: str, pick: random.Random, place: str) -> str:
    """The words with another place, other figures, and a person who is named."""
    person = pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN)
    words = _FIGURE.sub(lambda found: str(pick.randint(1, 10 ** min(len(found[0]), 4))), words)
    words = _NAME.sub(place, words)
    return words if pick.random() < 0.7 else f"{person}{words}"
