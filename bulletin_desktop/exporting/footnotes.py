"""Citations as numbered notes: at the foot of each article, or all at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.exporting.compiled import CitationsAs


class Footnote(NamedTuple):
    """A note and its number, from 1 through the whole document."""

    number: int
    text: str


class Footnotes:
    """Gathers notes until their place comes."""

    def __init__(self, citations: CitationsAs) -> None:
        self._each = citations != "endnotes"
        self._waiting: list[Footnote] = []
        self._count = 0

    def add(self, text: str) -> int:
        """Keep a note for its place and give its number."""
        self._count += 1
        self._waiting.append(Footnote(self._count, text))
        return self._count

    def of_article(self) -> list[Footnote]:
        """The notes that stand at the foot of the article that ends here."""
        return self.rest() if self._each else []

    def rest(self) -> list[Footnote]:
        """The notes that have not been set yet."""
        waiting, self._waiting = self._waiting, []
        return waiting
