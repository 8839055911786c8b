"""Asking the texts of articles for words: where the index does not count, or cannot answer."""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Any

from bulletin_desktop.language.folding import fold
from bulletin_desktop.library import search_index
from bulletin_desktop.library.schema_search import HEADS
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.query import Pattern, Word
from bulletin_desktop.services.search_plan import FIELDS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from bulletin_desktop.language.matching import Needle, Range
    from bulletin_desktop.library.search_index import Printed
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.search_plan import Asked

# Articles that are read at once, between two signs of life.
_CHUNK = 200
# A regular expression may take so many seconds for one text, and for all together.
_ONE_TEXT = 1.0
_ALL_TEXTS = 20.0


def pattern(node: Pattern) -> Any:
    """The compiled regular expression: letters of either case, each line for itself.

    Raises KnownError("query.pattern") where the library for them reads it otherwise than the
    query's check did.
    """
    import regex  # costly to import, and rarely wanted

    try:
        return regex.compile(node.text, regex.IGNORECASE | regex.MULTILINE | regex.VERSION0)
    except regex.error as error:
        raise KnownError("query.pattern", start=node.start, end=node.end) from error


def ranges(expression: Any, text: str) -> list[Range]:
    """Where a regular expression fits a text, but not to nothing. Raises TimeoutError."""
    found = expression.finditer(text, timeout=_ONE_TEXT)
    return [match.span() for match in found if match.end() > match.start()]


class Texts:
    """Asks articles for the words and regular expressions of a query.

    ``stopped`` says that a regular expression took too long, so that not all were asked; ``ended``
    that the work was ended from outside.
    """

    def __init__(self, needles: Mapping[Word, Needle], notes: Mapping[int, str]) -> None:
        self._needles = needles
        self._notes = notes
        self._deadline: float | None = None
        self._patterns: dict[Pattern, Any] = {}
        self.stopped = False
        self.ended = False

    def ask(
        self, library: Library, articles: Sequence[int], wanted: Iterable[Asked]
    ) -> Generator[Progress, bool | None, dict[Asked, set[int]]]:
        """In which of the articles each is found; a true value sent in ends the work."""
        found: dict[Asked, set[int]] = {leaf: set() for leaf in wanted}
        rest = iter(articles)
        done = 0
        while chunk := list(islice(rest, _CHUNK)):
            if (yield Progress(done, len(articles), Message("search.progress"))):
                self.ended = True
            if self.ended or self.stopped:
                break
            for printed in search_index.words_of(library, chunk):
                for leaf in found:
                    if self.holds(leaf, printed):
                        found[leaf].add(printed.article)
            done += len(chunk)
        return found

    def holds(self, leaf: Asked, printed: Printed) -> bool:
        """Whether an article has a word, or what a regular expression means."""
        if isinstance(leaf, Pattern):
            return self._fits(leaf, printed)
        needle = self._needles[leaf]
        for field in FIELDS.get(leaf.field, ()):
            text = fold(getattr(printed, field) or "")
            if needle.stands_in(text, head=field in HEADS):
                return True
        in_note = leaf.field in (None, "note")
        return in_note and needle.stands_in(self._notes.get(printed.article, ""))

    def _fits(self, leaf: Pattern, printed: Printed) -> bool:
        self._deadline = self._deadline or time.monotonic() + _ALL_TEXTS
        if leaf not in self._patterns:
            self._patterns[leaf] = pattern(leaf)
        texts = [getattr(printed, field) or "" for field in FIELDS[None]]
        try:
            if time.monotonic() > self._deadline:
                raise TimeoutError
            return any(
                self._patterns[leaf].search(text, timeout=_ONE_TEXT) for text in texts if text
            )
        except TimeoutError:
            self.stopped = True
            return False
