"""What tagged articles teach about another one: by words that they share, by source and section."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language.suggest import Reason, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletin_desktop.language.keywords import Keyword
    from bulletin_desktop.language.suggest import ReasonKind

# So many of the most similar articles have a say.
_NEAR = 8
# A word is learned where so many articles with it carry the theme, and this share of them.
_LEAST_CARRYING = 2
_LEAST_SHARE = 0.5
# So many articles with a word are asked what they carry.
MOST = 60
# As if so many articles with a word, or of a source, carried a theme as often as all articles do:
# what few say counts for little.
_DOUBT_OF_WORD = 2
_DOUBT_OF_USUAL = 4
# As if something quite as similar were there that carried nothing, this much of it.
_DOUBT_OF_SIMILAR = 1.0
# As if so many articles with a theme's own word had carried the theme.
_TRUST = 4
# Words of a theme that are worth so much are half of what they can be.
_HALF = 4.0
# What each kind of reason weighs at most, or where it is certain.
_WEIGHT: dict[ReasonKind, float] = {
    "words": 1.0,
    "similar": 1.0,
    "learned": 0.5,
    "source": 0.25,
    "section": 0.25,
    "passage": 2.0,
}
# A weaker suggestion, and one much weaker than the best one, is only noise.
_WORTH_SHOWING = 0.15
_SHARE_OF_BEST = 0.2
# A reason that adds less than this, or than this share of the whole, is not worth saying.
_WORTH_SAYING = 0.03
_SHARE_OF_SCORE = 0.05


class Decided(NamedTuple):
    """What the user put on an article and refused for it."""

    themes: frozenset[int]
    refused: frozenset[int]


class Holding(NamedTuple):
    """A word of an article, and the articles that have it and about which something is decided:
    ids, each with the characters of its body.
    """

    word: Keyword
    articles: Sequence[tuple[int, int]]


class Usual(NamedTuple):
    """How many tagged articles a source or section has, and how many of them carry each theme."""

    kind: ReasonKind
    name: str
    of: int
    carrying: Mapping[int, int]


def nearest(holding: Sequence[Holding], characters: int) -> dict[int, float]:
    """The articles most similar to one of so many characters, and how alike they are, 0 to 1.

    They are by the words that they share, long ones less.
    """
    shared: dict[int, float] = defaultdict(float)
    length: dict[int, int] = {}
    for word, articles in holding:
        for article, size in articles:
            shared[article] += word.weight
            length[article] = size
    whole = sum(word.weight for word, _ in holding) / _long(characters)
    alike = {x: min(1.0, shared[x] / _long(length[x]) / whole) for x in shared}
    near = heapq.nlargest(_NEAR, alike, key=lambda article: (alike[article], article))
    return {article: alike[article] for article in near}


def _long(characters: int) -> float:
    """How many words an article of this length is to have in common with others by chance."""
    return math.log(2 + characters / 100)


def similar(near: Mapping[int, float], decided: Mapping[int, Decided]) -> dict[int, Reason]:
    """For each theme what the most similar articles say: they carry it, or it was refused there.

    Each has as much to say as it is alike; a few that are hardly so say little.
    """
    total = sum(near.values()) + _DOUBT_OF_SIMILAR
    said: dict[int, float] = defaultdict(float)
    carrying: dict[int, list[int]] = defaultdict(list)
    for article, likeness in near.items():
        for theme in decided[article].themes:
            said[theme] += likeness / total
            carrying[theme].append(article)
        for theme in decided[article].refused:
            said[theme] -= likeness / total
    return {
        theme: Reason(
            "similar", share, articles=tuple(carrying[theme]), n=len(carrying[theme]), of=len(near)
        )
        for theme, share in said.items()
    }


def learned(
    holding: Sequence[Holding],
    decided: Mapping[int, Decided],
    share: Mapping[int, float],
    counts: Mapping[str, int],
) -> dict[int, Reason]:
    """For each theme the words that stand mostly in articles that carry it.

    ``share`` is how many of all tagged articles carry a theme, 0 to 1; ``counts`` how often the
    article has a word.
    """
    worth: dict[int, float] = defaultdict(float)
    words: dict[int, list[tuple[float, str]]] = defaultdict(list)
    total = sum(word.weight for word, _ in holding)
    for word, articles in holding:
        carrying: dict[int, int] = defaultdict(int)
        tagged = [decided[x].themes for x, _ in articles[:MOST] if decided[x].themes]
        for themes in tagged:
            for theme in themes:
                carrying[theme] += 1
        for theme, count in carrying.items():
            if count >= max(_LEAST_CARRYING, _LEAST_SHARE * len(tagged)):
                more = _lift(count, len(tagged), share.get(theme, 0.0), _DOUBT_OF_WORD)
                worth[theme] += max(0.0, more) * word.weight / total
                words[theme].append((-more * word.weight, word.text))
    return {
        theme: Reason(
            "learned", each, tuple((text, counts.get(text, 1)) for _, text in sorted(words[theme]))
        )
        for theme, each in worth.items()
        if each > 0
    }


def usual(found: Usual, share: Mapping[int, float]) -> dict[int, Reason]:
    """For each theme how much more or less usual it is for a source or section than elsewhere."""
    themes = found.carrying.keys() | share.keys() if found.of else ()
    return {
        theme: Reason(
            found.kind,
            _lift(n, found.of, share.get(theme, 0.0), _DOUBT_OF_USUAL),
            name=found.name, n=n, of=found.of,
        )
        for theme in themes
        for n in [found.carrying.get(theme, 0)]
    }  # fmt: skip


def _lift(count: int, of: int, share: float, doubt: float) -> float:
    """How much larger a share of some articles is than of all, drawn to nothing where they are
    few.
    """
    return (count + doubt * share) / (of + doubt) - share


def trust(carrying: int, of: int) -> float:
    """What a theme's own word is worth, 0 to 1: of so many articles with it that were decided on,
    some carry the theme.
    """
    return (carrying + _TRUST) / (of + _TRUST)


def blend(reasons: Iterable[tuple[int, Reason]], limit: int) -> list[Suggestion]:
    """The themes that have enough speaking for them, best first; reasons against count too."""
    of: dict[int, list[Reason]] = defaultdict(list)
    for theme, reason in reasons:
        worth = reason.worth / (reason.worth + _HALF) if reason.kind == "words" else reason.worth
        of[theme].append(reason._replace(worth=round(worth * _WEIGHT[reason.kind], 3)))
    found = []
    for theme, each in of.items():
        score = round(sum(reason.worth for reason in each), 3)
        found.append(Suggestion(theme, score, _shown(each, score)))
    found.sort(key=lambda suggestion: (-suggestion.score, suggestion.theme_id))
    if not found:
        return []
    least = max(_WORTH_SHOWING, _SHARE_OF_BEST * found[0].score)
    return [suggestion for suggestion in found[:limit] if suggestion.score >= least]


def _shown(reasons: Iterable[Reason], score: float) -> tuple[Reason, ...]:
    """The reasons that are worth saying, the strongest first; the strongest always is."""
    ordered = sorted((x for x in reasons if x.worth > 0), key=lambda reason: -reason.worth)
    least = max(_WORTH_SAYING, _SHARE_OF_SCORE * score)
    return tuple(x for x in ordered if x is ordered[0] or x.worth >= least)
