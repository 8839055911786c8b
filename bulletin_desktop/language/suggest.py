"""Themes suggested for an article by their own words, each with the words that suggest it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.segment import Segmenter

# What a hit is worth: the theme's name, a word of its own, and one that was cut out of its name.
_NAME = 3.0
_OWN_WORD = 2.0
_NAME_PART = 1.0

# A mention in the title counts as so many in the body.
_TITLE_MENTIONS = 4

# A word that a greater share of the articles holds says nothing about one of them.
_COMMON_SHARE = 0.5

# A suggestion much weaker than the best one is only noise beneath it.
_WORTH_SHOWING = 0.2

# Parts of names that stand in any bulletin of this field, whatever an article is about.
_EVERYDAY = frozenset(
    "工会 总工会 职工 员工 工作 活动 建设 管理 组织 服务 自身 开展 推进 加强 发展 企业 单位 "  # noqa: SIM905
    "基层 会议 制度 机制 相关 其他 方面 问题 情况 关系 群众 全市 全省 全国 中心 重点 通知".split()
)


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme and the words that speak for it: its aliases and its own words."""

    theme_id: int
    name: str
    words: tuple[str, ...] = ()


# Why a theme is suggested: its own words stand in the article; words do that stand in articles that
# carry it; articles alike carry it; so do most of this source or section; a passage carries it.
ReasonKind = Literal["words", "learned", "similar", "source", "section", "passage"]


class Reason(NamedTuple):
    """One reason of a suggestion; which fields say something depends on its kind.

    ``words`` are as the article has them, with how often; ``articles`` are ids, the most alike
    first; ``name`` is that of the source or section; ``n`` of ``of`` articles carry the theme, or
    ``n`` passages.
    """

    kind: ReasonKind
    worth: float
    words: tuple[tuple[str, int], ...] = ()
    articles: tuple[int, ...] = ()
    name: str = ""
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme for an article, with its reasons, the strongest first."""

    theme_id: int
    score: float
    reasons: tuple[Reason, ...]

    @property
    def evidence(self) -> tuple[tuple[str, int], ...]:
        """The words of all reasons as the article has them, and how often."""
        return tuple(word for reason in self.reasons for word in reason.words)


class _Hit(NamedTuple):
    word: str
    times: int
    score: float


def suggest(
    article_text: str,
    themes: Sequence[ThemeWords],
    segmenter: Segmenter,
    common: Callable[[str], float] | None = None,
    limit: int = 5,
    trust: Callable[[int, str], float] | None = None,
) -> list[Suggestion]:
    """At most ``limit`` themes that the article speaks of, best first.

    The first line of ``article_text`` is its title and counts more. ``common`` gives the share of
    the library's articles, 0 to 1, that hold a word: the greater, the less the word says, and words
    in more than half of the articles say nothing; leave it out while the library holds only a few
    articles. ``trust`` gives what a word of a theme has proved to be worth, 0 to 1. Scores compare
    within one article only. The segmenter is needed, and loaded, only for
    themes without words of their own.
    """
    folded = fold(article_text)
    found = []
    for theme in themes:
        hits = _hits(article_text, folded, _weights(theme, segmenter), common)
        if trust is not None:
            hits = [hit._replace(score=hit.score * trust(theme.theme_id, hit.word)) for hit in hits]
        if hits:
            found.append(_suggestion(theme.theme_id, hits))
    found.sort(key=lambda suggestion: -suggestion.score)
    return [s for s in found[:limit] if s.score >= _WORTH_SHOWING * found[0].score]


def _weights(theme: ThemeWords, segmenter: Segmenter) -> dict[str, float]:
    """The folded words that speak for a theme, and what each is worth."""
    weights = {fold(word.strip()): _OWN_WORD for word in theme.words}
    if not theme.words:
        parts = {fold(part) for part in segmenter.words(theme.name)} - _EVERYDAY
        weights = dict.fromkeys(parts, _NAME_PART)
    weights[fold(theme.name.strip())] = _NAME
    # A single character is part of too many words to say anything.
    return {word: weight for word, weight in weights.items() if len(word) > 1}


def _hits(
    text: str,
    folded: str,
    weights: dict[str, float],
    common: Callable[[str], float] | None,
) -> list[_Hit]:
    hits = []
    for word, place, in_title, count in _counts(folded, weights):
        rarity = _rarity(common(word)) if common else 1.0
        if rarity > 0:
            mentions = count + in_title * (_TITLE_MENTIONS - 1)
            score = weights[word] * rarity * _length(word) * math.log2(1 + mentions)
            hits.append(_Hit(text[place : place + len(word)], count, score))
    return hits


def _counts(folded: str, words: dict[str, float]) -> Iterator[tuple[str, int, int, int]]:
    """For each word that occurs: its first place, how often in the title, how often at all.

    Longest first, and what a word covers is blotted out, so that 工资集体协商 is not counted once
    more as 集体协商.
    """
    title = folded.partition("\n")[0]
    for word in sorted(words, key=lambda word: (-len(word), word)):
        count = folded.count(word)
        if count:
            yield word, folded.find(word), title.count(word), count
            blot = "\0" * len(word)
            folded, title = folded.replace(word, blot), title.replace(word, blot)


def _rarity(share: float) -> float:
    """What a word is worth that this share of the articles holds: the more, the less."""
    return 0.0 if share > _COMMON_SHARE else 1.0 - math.sqrt(share)


def _length(word: str) -> float:
    """What a word's length is worth: a long one is seldom met by chance, a short one is."""
    return math.sqrt(min(len(word), 6) / 2)


def _suggestion(theme_id: int, hits: list[_Hit]) -> Suggestion:
    ordered = sorted(hits, key=lambda hit: -hit.score)
    score = round(sum(hit.score for hit in hits), 3)
    words = tuple((hit.word, hit.times) for hit in ordered)
    return Suggestion(theme_id, score, (Reason("words", score, words),))
