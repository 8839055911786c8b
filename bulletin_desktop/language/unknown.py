"""Words that stand in no dictionary, found by how texts use them."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.language.segment import Segmenter

# A word stands in so many texts, with so many different neighbours on both sides, and takes up such
# a share of what its rarer part is used for.
_LEAST_TEXTS = 3
_LEAST_NEIGHBOURS = 3
_TOGETHER = 0.5
_LONGEST = 8
_PARTS = 3
_RUN = re.compile(r"[\u4e00-\u9fff]+")
# A word neither begins nor ends with what joins words, counts, or places them.
_GRAMMAR = frozenset(
    "的了和与及在是为对将把被从向到以于等并且或就也都又还不各其这那有着中上下内外前后一二三四五六七八九十百千万亿两第年月日时个名家次项条件人元"
)


class _Found(NamedTuple):
    """A run of words: how often each stands, in which texts, and what stands beside it."""

    counts: Counter[tuple[str, ...]]
    texts: dict[tuple[str, ...], set[int]]
    before: dict[tuple[str, ...], set[str]]
    after: dict[tuple[str, ...], set[str]]


def unknown_words(texts: Sequence[str], segmenter: Segmenter, limit: int) -> list[tuple[str, int]]:
    """At most ``limit`` words that no dictionary has, each with in how many of the texts it stands.

    They are what the segmenter guesses, and two or three of its words that seldom stand apart. The
    segmenter is loaded.
    """
    single, found = _runs(texts, segmenter)
    words: dict[str, int] = {}
    for run, count in found.counts.items():
        word = "".join(run)
        if _is_word(word, segmenter) and _stands_freely(run, found):
            rarest = min(single[part] for part in run)
            if len(run) == 1 or count >= _TOGETHER * rarest:
                words[word] = len(found.texts[run])
    best = heapq.nlargest(2 * limit, words, key=lambda word: (words[word] * len(word), word))
    return [(word, words[word]) for word in _apart(best, words)][:limit]


def _runs(texts: Iterable[str], segmenter: Segmenter) -> tuple[Counter[str], _Found]:
    single: Counter[str] = Counter()
    found = _Found(Counter(), defaultdict(set), defaultdict(set), defaultdict(set))
    for number, text in enumerate(texts):
        for clause in _RUN.findall(text):
            parts = ["", *segmenter.words(clause), ""]
            single.update(parts)
            for at in range(1, len(parts) - 1):
                for end in range(at + 1, min(at + _PARTS, len(parts) - 1) + 1):
                    run = tuple(parts[at:end])
                    found.counts[run] += 1
                    found.texts[run].add(number)
                    found.before[run].add(parts[at - 1])
                    found.after[run].add(parts[end])
    return single, found


def _is_word(word: str, segmenter: Segmenter) -> bool:
    return (
        2 <= len(word) <= _LONGEST
        and word[0] not in _GRAMMAR
        and word[-1] not in _GRAMMAR
        and not segmenter.has(word)
    )


def _stands_freely(run: tuple[str, ...], found: _Found) -> bool:
    """Whether it is used in several texts and surroundings, as a part of a fixed saying is not."""
    return (
        len(found.texts[run]) >= _LEAST_TEXTS
        and len(found.before[run]) >= _LEAST_NEIGHBOURS
        and len(found.after[run]) >= _LEAST_NEIGHBOURS
    )


def _apart(best: Iterable[str], texts: dict[str, int]) -> list[str]:
    """The words without those that hardly stand outside a longer one among them."""
    kept: list[str] = []
    for word in sorted(best, key=len, reverse=True):
        if not any(word in other and texts[word] <= 1.2 * texts[other] for other in kept):
            kept.append(word)
    return sorted(kept, key=lambda word: -texts[word] * len(word))
