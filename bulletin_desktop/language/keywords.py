"""The words that tell what an article is about and others are not."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulletin_desktop.language.segment import Segmenter

# A mention in the title counts as so many in the body.
_TITLE_MENTIONS = 4
# So many words of an article are looked up, those first that it says most often.
_LOOKED_UP = 60
# A word that a greater share of the articles holds, and more than so many, says nothing of one.
_COMMON_SHARE = 0.08
_FEW = 15
# What has digits or Latin letters alone, and dates in Chinese digits.
_NUMBER = re.compile(r"[0-9a-z.\-%]+|[〇零一二三四五六七八九十百千万亿两]+[年月日号期]?")


class Keyword(NamedTuple):
    """A word as the article has it, and what it is worth: the rarer and the more often said."""

    text: str
    weight: float


def keywords(
    title: str,
    body: str,
    segmenter: Segmenter,
    frequency: Callable[[str], int],
    total: int,
    without: str = "",
    limit: int = 8,
) -> list[Keyword]:
    """At most ``limit`` words that are characteristic of an article, the best first.

    ``frequency`` gives in how many of the ``total`` articles of the library a word stands; words of
    this article alone lead nowhere, and those of very many say nothing. Numbers and dates are left
    out, and what stands in ``without`` (who sent the article in). The segmenter is loaded.
    """
    mentions = _mentions(title, body, segmenter, fold(without))
    often = heapq.nlargest(_LOOKED_UP, mentions, key=lambda word: (mentions[word], word))
    rare = segmenter.naming(often)
    found = []
    for word, in_language in rare.items():
        worth = in_language**2 * math.log2(1 + mentions[word]) * _length(word)
        found.append(Keyword(word, worth * _rarity(frequency(word), total)))
    return _apart(sorted((x for x in found if x.weight), key=lambda x: (-x.weight, x.text)))[:limit]


def most_common(total: int) -> int:
    """In how many articles a word may stand that says something of one of them."""
    return max(int(_COMMON_SHARE * total), _FEW)


def _mentions(title: str, body: str, segmenter: Segmenter, without: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, worth in ((title, _TITLE_MENTIONS), (body, 1)):
        for word in map(fold, segmenter.words(text)):
            if len(word) > 1 and word not in without and not _NUMBER.fullmatch(word):
                counts[word] += worth
    return counts


def _rarity(frequency: int, total: int) -> float:
    """What a word is worth that so many articles hold; nothing where this one alone does."""
    return math.log(1 + total / frequency) if 1 < frequency <= most_common(total) else 0.0


def _length(word: str) -> float:
    """What a word's length is worth: a long one is seldom met by chance, a short one is."""
    return math.sqrt(min(len(word), 6) / 2)


def _apart(found: Iterable[Keyword]) -> list[Keyword]:
    """The words without those that hold a better one, or are a part of it."""
    kept: list[Keyword] = []
    for each in found:
        if not any(each.text in other.text or other.text in each.text for other in kept):
            kept.append(each)
    return kept
