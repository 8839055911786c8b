"""The way through the library, for back and forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONGEST = 100


class Way:
    """The articles that were read one after another, and where one stands among them."""

    def __init__(self, kept: Sequence[int] = ()) -> None:
        """``kept`` is what ``as_kept`` gave; anything else makes an empty way."""
        sound = len(kept) > 1 and all(isinstance(number, int) for number in kept)
        self._articles = list(kept[1:]) if sound else []
        self._at = max(0, min(kept[0], len(self._articles) - 1)) if sound else -1

    @property
    def articles(self) -> tuple[int, ...]:
        """All articles of the way, some of them perhaps more than once."""
        return tuple(self._articles)

    @property
    def can_go_back(self) -> bool:
        """Whether an article was read before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back before."""
        return self._at + 1 < len(self._articles)

    def add(self, article: int) -> None:
        """Go on to an article; what lay before one is forgotten."""
        if self._at >= 0 and self._articles[self._at] == article:
            return
        self._articles = [*self._articles[: self._at + 1], article][-_LONGEST:]
        self._at = len(self._articles) - 1

    def travel(self, step: int) -> int | None:
        """The article one step back (−1) or forward (1), which becomes the place in the way."""
        if not 0 <= self._at + step < len(self._articles):
            return None
        self._at += step
        return self._articles[self._at]

    def keep_only(self, there: Collection[int]) -> None:
        """Leave out articles that are gone."""
        left: list[int] = []
        for number, article in enumerate(self._articles):
            if article in there and (not left or left[-1] != article):
                left.append(article)
            if number == self._at:
                here = len(left) - 1
        self._at = max(here, 0) if left else -1
        self._articles = left

    def as_kept(self) -> tuple[int, ...]:
        """The place and the articles, for the next start."""
        return (self._at, *self._articles)
