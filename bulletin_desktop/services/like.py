"""Articles that speak of the same as another one: those that share its characteristic words."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language import query_parser
from bulletin_desktop.language.keywords import keywords, most_common
from bulletin_desktop.language.matching import Needle
from bulletin_desktop.library import articles, lookup
from bulletin_desktop.library.lookup import Phrases
from bulletin_desktop.model.query import Either, Spelling, Word
from bulletin_desktop.services import words
from bulletin_desktop.services.search_plan import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_desktop.language.keywords import Keyword
    from bulletin_desktop.language.query_lexer import Language
    from bulletin_desktop.language.segment import Segmenter
    from bulletin_desktop.library.store import Library

_SPELLING = Spelling()
# An article that shares fewer words is like the other one only by chance.
_LEAST_SHARED = 2


class Likeness(NamedTuple):
    """What an article is about, and the articles that share most of it, the most alike first."""

    words: tuple[str, ...]
    ids: tuple[int, ...]

    def query(self, language: Language) -> str:
        """The query for articles with any of the words, as a user may change it; "" for none."""
        any_of = tuple(Word(word) for word in self.words)
        return (
            query_parser.write(Either(any_of), language) if len(any_of) > 1 else "".join(self.words)
        )


def articles_like(
    library: Library, article: int, segmenter: Segmenter, limit: int = 50
) -> Likeness:
    """At most ``limit`` articles that share at least two characteristic words with another one.

    Articles that wait for the search index are not found. The segmenter is loaded, which takes half
    a second the first time; the rest some tens of milliseconds. Raises
    KnownError("article.missing").
    """
    best = _keywords(library, article, segmenter)
    alike = _sharing(library, best)
    alike.pop(article, None)
    close = {one: shared for one, shared in alike.items() if len(shared) >= _LEAST_SHARED}
    ids = heapq.nlargest(limit, close, key=lambda one: (sum(close[one]), one))
    return Likeness(tuple(word.text for word in best), tuple(ids))


def _keywords(library: Library, article: int, segmenter: Segmenter) -> list[Keyword]:
    text = articles.text_of(library, article)
    total = lookup.count_rows(library)
    words.teach(library, segmenter)
    source = text.article.source or ""
    counted = frequency(library, total)
    return keywords(text.article.heading, text.body, segmenter, counted, total, source)


def frequency(library: Library, total: int) -> Callable[[str], int]:
    """What tells in how many of the ``total`` articles of the index a word stands, counted up to
    where it says nothing any more.
    """
    most = most_common(total) + 1

    def count(word: str) -> int:
        phrase = phrase_of(word)
        return lookup.frequency(library, phrase, most) if phrase else 0

    return count


def phrase_of(word: str) -> Phrases | None:
    """What the index is asked for a word, None where it cannot tell."""
    asked = Word(word)
    match = Words({asked: Needle(word, _SPELLING)}, _SPELLING).phrases(asked)
    return Phrases("search_pairs", match) if match else None


def _sharing(library: Library, best: list[Keyword]) -> dict[int, list[float]]:
    """The articles with some of the words, and the weights of those that they have."""
    shared: dict[int, list[float]] = {}
    for word in best:
        phrase = phrase_of(word.text)
        for article in lookup.having(library, phrase) if phrase else ():
            shared.setdefault(article, []).append(word.weight)
    return shared
