"""Where the words of a query stand in the fields of an article: what is marked, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.matching import Needle
from bulletin_desktop.library.schema_search import HEADS
from bulletin_desktop.model.query import Pattern, marked_words
from bulletin_desktop.services.search_plan import FIELDS, words_in
from bulletin_desktop.services.search_texts import pattern, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.language.matching import Range
    from bulletin_desktop.model.query import Query, Spelling


class Marker:
    """Finds the words of a query, and what fits its regular expressions.

    ``stopped`` says that a regular expression took too long and is looked for no more. Raises
    KnownError ``query.pattern`` as ``search_texts.pattern`` does.
    """

    def __init__(self, query: Query, spelling: Spelling) -> None:
        words = marked_words(query)
        self._needles = [(_fields(word.field), Needle(word.text, spelling)) for word in words]
        self._patterns = [pattern(x) for x in words_in(query.root) if isinstance(x, Pattern)]
        self.stopped = False

    def places(self, text: str, field: str) -> list[Range]:
        """All places in a field, in their order; they may overlap.

        A field is one of an article (title, body …) or its note.
        """
        found: set[Range] = set()
        folded = fold(text) if self._needles else ""
        for fields, needle in self._needles:
            if field in fields:
                found.update(needle.places(folded, head=field in HEADS))
        if self._patterns and field in FIELDS[None]:
            found.update(self._fitting(text))
        return sorted(found)

    def _fitting(self, text: str) -> Iterator[Range]:
        for expression in list(self._patterns):
            try:
                yield from ranges(expression, text)
            except TimeoutError:  # it would take as long in the next text
                self._patterns.remove(expression)
                self.stopped = True


def _fields(asked: str | None) -> tuple[str, ...]:
    """The fields in which a word of a query is looked for; in any it may stand in the note too."""
    if asked is None:
        return (*FIELDS[None], "note")
    return FIELDS.get(asked, (asked,))
