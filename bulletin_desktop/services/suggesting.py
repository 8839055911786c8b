"""Suggesting themes for articles, with the words that speak for them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.language.suggest import Suggestion, ThemeWords, suggest
from bulletin_desktop.library import annotating, articles
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Article, Theme

__all__ = ["Suggester", "Suggestion"]

# How common a word is shows in so many articles, spread over the library.
_SAMPLE = 500
# In fewer articles than this nothing can be said about how common a word is.
_FEW = 20


@dataclass(slots=True)
class _Sample:
    """Folded texts of a library in one state, and the shares of words counted in them so far."""

    state: tuple[object, ...]
    texts: list[str]
    shares: dict[str, float] = field(default_factory=dict)

    def share(self, word: str) -> float:
        """The share of the articles that hold a word, 0 to 1."""
        folded = fold(word)
        if folded not in self.shares:
            count = sum(folded in text for text in self.texts)
            self.shares[folded] = count / len(self.texts)
        return self.shares[folded]


class Suggester:
    """Suggests themes; keep one for the life of the program. Threads may share it."""

    def __init__(self) -> None:
        self._segmenter = Segmenter()
        self._lock = threading.Lock()
        self._sample: _Sample | None = None

    @property
    def segmenter(self) -> Segmenter:
        """What cuts text into words, for whoever else needs it: the dictionary is loaded once."""
        return self._segmenter

    def load(self) -> None:
        """Load the dictionary ahead of its first use; takes most of a second."""
        self._segmenter.load()

    def suggest(
        self, library: Library, article_ids: Sequence[int], limit: int = 5
    ) -> list[Suggestion]:
        """Themes for the articles taken together, best first, without those that all of them have.

        Scores compare within one answer only. Raises KnownError("article.missing").
        """
        found = articles.in_scope(library, Scope(ids=tuple(article_ids)))
        missing = set(article_ids) - {article.id for article in found}
        if missing:
            raise KnownError("article.missing", id=min(missing))
        wanted = _wanted(annotating.themes(library), found)
        with self._lock:
            common = self._common(library)
            given = [
                suggest(_text(library, article), wanted, self._segmenter, common, len(wanted))
                for article in found
            ]
        return _together(given)[:limit]

    def _common(self, library: Library) -> Callable[[str], float] | None:
        state = (library.path, *articles.state(library))
        if self._sample is None or self._sample.state != state:
            texts = [fold(text) for text in articles.sample(library, _SAMPLE)]
            self._sample = _Sample(state, texts)
        return self._sample.share if len(self._sample.texts) >= _FEW else None


def _wanted(themes: Sequence[Theme], found: Sequence[Article]) -> list[ThemeWords]:
    """The themes that at least one of the articles does not have."""
    shared = set.intersection(*(set(article.themes) for article in found)) if found else set()
    return [
        ThemeWords(theme.id, theme.name, (*theme.aliases, *theme.words))
        for theme in themes
        if theme.id not in shared
    ]


def _text(library: Library, article: Article) -> str:
    return f"{article.heading}\n{articles.text_of(library, article.id).body}"


def _together(given: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """The suggestions for several articles as one list: scores and counts added up."""
    scores: dict[int, float] = {}
    words: dict[int, dict[str, int]] = {}
    for suggestion in (suggestion for one in given for suggestion in one):
        theme = suggestion.theme_id
        scores[theme] = scores.get(theme, 0.0) + suggestion.score
        counts = words.setdefault(theme, {})
        for word, count in suggestion.evidence:
            counts[word] = counts.get(word, 0) + count
    best = sorted(scores, key=lambda theme: -scores[theme])
    return [Suggestion(t, round(scores[t], 3), tuple(words[t].items())) for t in best]
