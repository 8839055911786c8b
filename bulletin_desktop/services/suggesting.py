"""Suggesting themes for articles, each with its reasons; what is accepted and refused teaches.

Nothing that is learned is kept: each answer asks the library for what was put on the articles that
share words, source or section with the one in question. So it is as true as the library.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.language import learning
from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.keywords import keywords, most_common
from bulletin_desktop.language.learning import Decided, Holding, Usual
from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.language.suggest import Reason, Suggestion, ThemeWords, suggest
from bulletin_desktop.library import articles, lookup, suggestions
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import like, tagging, themes, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.records import Article, ArticleText, Theme

__all__ = ["Reason", "Suggester", "Suggestion", "reason_text", "refuse"]

# How common a word is shows in so many articles, spread over the library.
_SAMPLE = 500
# In fewer articles than this nothing can be said about how common a word is.
_FEW = 20
# So many characteristic words of an article are looked up; of a long one the beginning counts.
_WORDS = 12
_READ = 30_000
# Of many articles so many are looked at, spread over them.
_TOGETHER = 12
# So many of the newest articles with a characteristic word are looked through for tagged ones, and
# of those with a theme's own word.
_ALIKE = 1000
_PROVING = 300
# As if so many more articles were tagged, with none of the themes.
_DOUBT = 10
_SHOWN = 3  # words of a reason in a sentence


@dataclass(slots=True)
class _Sample:
    """Folded texts of a library in one state, and how often words stand in it, as found so far."""

    state: tuple[object, ...]
    texts: list[str]
    total: int
    shares: dict[str, float] = field(default_factory=dict)
    frequencies: dict[str, int] = field(default_factory=dict)

    def share(self, word: str) -> float:
        """The share of the articles that hold a word, 0 to 1."""
        folded = fold(word)
        if folded not in self.shares:
            count = sum(folded in text for text in self.texts)
            self.shares[folded] = count / len(self.texts)
        return self.shares[folded]

    def frequency(self, library: Library, word: str) -> int:
        """In how many articles of the index a word stands, up to where it says nothing.

        The index is not asked where the sample tells: counting common words takes long.
        """
        if word not in self.frequencies:
            most = most_common(self.total) + 1
            common = self.share(word) * self.total > 2 * most if self.texts else False
            counted = most if common else like.frequency(library, self.total)(word)
            self.frequencies[word] = counted
        return self.frequencies[word]


class _Tags(NamedTuple):
    """How often themes were put on articles, in one state of the library."""

    state: tuple[object, ...]
    tagged: int
    carrying: dict[int, int]

    @property
    def share(self) -> dict[int, float]:
        """The share of the tagged articles that carry each theme; of few it is not known well."""
        return {theme: n / (self.tagged + _DOUBT) for theme, n in self.carrying.items()}


class Suggester:
    """Suggests themes; keep one for the life of the program. Threads may share it."""

    def __init__(self) -> None:
        self._segmenter = Segmenter()
        self._lock = threading.Lock()
        self._sample: _Sample | None = None
        self._tags: _Tags | None = None

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
        """Themes for the articles taken together, best first, without those that all of them have
        and those that were refused.

        Scores compare within one answer only. Raises KnownError("article.missing").
        """
        found = articles.in_scope(library, Scope(ids=tuple(article_ids)))
        missing = set(article_ids) - {article.id for article in found}
        if missing:
            raise KnownError("article.missing", id=min(missing))
        wanted = _wanted(library, found)
        looked_at = found[:: -(-len(found) // _TOGETHER) or 1]
        with self._lock:
            words.teach(library, self._segmenter)
            given = [self._of_one(library, article, wanted) for article in looked_at]
        return given[0][:limit] if len(given) == 1 else _together(given)[:limit]

    def _of_one(
        self, library: Library, article: Article, wanted: Sequence[ThemeWords]
    ) -> list[Suggestion]:
        refused = suggestions.marks(library, [article.id])[article.id][1]
        themes_of = [theme for theme in wanted if theme.theme_id not in refused]
        known = {theme.theme_id for theme in themes_of}
        text = articles.text_of(library, article.id)
        reasons = [
            *self._by_words(library, text, themes_of),
            *self._by_others(library, text),
            *_by_passages(library, article.id),
        ]
        return learning.blend([x for x in reasons if x[0] in known], len(wanted))

    # Words

    def _by_words(
        self, library: Library, text: ArticleText, wanted: Sequence[ThemeWords]
    ) -> Iterator[tuple[int, Reason]]:
        sample = self._sampled(library)
        common = sample.share if len(sample.texts) >= _FEW else None
        asked: dict[str, Mapping[int, Decided]] = {}

        def trust(theme: int, word: str) -> float:
            if word not in asked:
                found = _with_word(library, word, text.article.id, _PROVING)
                asked[word] = _decided(library, (x for x, _ in found[: learning.MOST]))
            on = asked[word].values()
            carrying = sum(theme in each.themes for each in on)
            decided = sum(bool(each.themes) or theme in each.refused for each in on)
            return learning.trust(carrying, decided)

        body = f"{text.article.heading}\n{text.body}"
        for found in suggest(body, wanted, self._segmenter, common, len(wanted), trust):
            yield found.theme_id, found.reasons[0]

    def _sampled(self, library: Library) -> _Sample:
        total = lookup.count_rows(library)
        state = (library.path, total, *articles.state(library))
        if self._sample is None or self._sample.state != state:
            texts = [fold(text) for text in articles.sample(library, _SAMPLE)]
            self._sample = _Sample(state, texts, total)
        return self._sample

    # Others

    def _by_others(self, library: Library, text: ArticleText) -> Iterator[tuple[int, Reason]]:
        """What the articles say that share words, source or section with this one."""
        share = self._tagged(library).share
        if share:
            yield from self._by_shared_words(library, text, share)
            for found in _usual(library, text.article):
                yield from learning.usual(found, share).items()

    def _by_shared_words(
        self, library: Library, text: ArticleText, share: Mapping[int, float]
    ) -> Iterator[tuple[int, Reason]]:
        sample = self._sampled(library)
        article, body = text.article, text.body[:_READ]
        best = keywords(
            article.heading, body, self._segmenter,
            lambda word: sample.frequency(library, word), sample.total, article.source or "",
            _WORDS,
        )  # fmt: skip
        holding = [
            Holding(word, _with_word(library, word.text, article.id, _ALIKE)) for word in best
        ]
        near = learning.nearest(holding, article.characters)
        asked = {x for each in holding for x, _ in each.articles[: learning.MOST]}
        decided = _decided(library, asked | near.keys())
        folded = fold(f"{article.heading}\n{body}")
        counts = {word.text: folded.count(word.text) for word in best}
        yield from learning.similar(near, decided).items()
        yield from learning.learned(holding, decided, share, counts).items()

    def _tagged(self, library: Library) -> _Tags:
        state = (library.path, *suggestions.state(library))
        if self._tags is None or self._tags.state != state:
            self._tags = _Tags(state, *suggestions.carrying(library))
        return self._tags


def _wanted(library: Library, found: Sequence[Article]) -> list[ThemeWords]:
    """The themes that at least one of the articles does not have."""
    shared = set.intersection(*(set(article.themes) for article in found)) if found else set()
    return [
        ThemeWords(theme.id, theme.name, (*theme.aliases, *theme.words))
        for theme in suggestions.themes(library)
        if theme.id not in shared
    ]


def _with_word(library: Library, word: str, but: int, newest: int) -> list[tuple[int, int]]:
    phrase = like.phrase_of(word)
    found = suggestions.decided_with(library, phrase, newest) if phrase else []
    return [each for each in found if each[0] != but]


def _decided(library: Library, ids: Iterable[int]) -> dict[int, Decided]:
    return {article: Decided(*each) for article, each in suggestions.marks(library, ids).items()}


def _usual(library: Library, article: Article) -> Iterator[Usual]:
    if article.source:
        found = suggestions.of_source(library, article.source, article.id)
        yield Usual("source", article.source, *found)
    if article.section:
        found = suggestions.of_section(library, article.section, article.id)
        yield Usual("section", article.section, *found)


def _by_passages(library: Library, article: int) -> Iterator[tuple[int, Reason]]:
    for theme, n in suggestions.on_passages(library, article).items():
        yield theme, Reason("passage", 1.0, n=n)


def _together(given: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """The suggestions for several articles as one list: scores and counts added up."""
    scores: dict[int, float] = {}
    reasons: dict[int, dict[tuple[str, str], Reason]] = {}
    for suggestion in (suggestion for one in given for suggestion in one):
        theme = suggestion.theme_id
        scores[theme] = scores.get(theme, 0.0) + suggestion.score
        of = reasons.setdefault(theme, {})
        for reason in suggestion.reasons:
            key = (reason.kind, reason.name)
            of[key] = _added(of[key], reason) if key in of else reason
    best = sorted(scores, key=lambda theme: -scores[theme])
    return [
        Suggestion(
            theme,
            round(scores[theme], 3),
            tuple(sorted(reasons[theme].values(), key=lambda reason: -reason.worth)),
        )
        for theme in best
    ]


def _added(one: Reason, other: Reason) -> Reason:
    counts = dict(one.words)
    for word, count in other.words:
        counts[word] = counts.get(word, 0) + count
    return one._replace(
        worth=one.worth + other.worth,
        words=tuple(counts.items()),
        articles=tuple(dict.fromkeys([*one.articles, *other.articles])),
        n=one.n + other.n,
        of=one.of + other.of,
    )


@atomic
def refuse(library: Library, article_ids: Sequence[int], theme: int) -> Change:
    """Suggest a theme for these articles no more; it teaches what others are like, too.

    Raises KnownError("theme.missing") or KnownError("article.missing").
    """
    name = themes.by_id(library, theme).name
    tagging.require(library, article_ids)
    message = Message("step.refuse", {"theme": name, "n": len(article_ids)})
    with library.change(message, "tags") as recording:
        recording.articles = frozenset(article_ids)
        suggestions.add_refusals(library, article_ids, theme)
    return recording.result()


def reason_text(catalogue: Catalogue, suggestion: Suggestion, themes: Mapping[int, Theme]) -> str:
    """All reasons of a suggestion as one sentence; ``themes`` are those of the library by id."""
    told = (_told(catalogue.text, reason) for reason in suggestion.reasons)
    name = themes[suggestion.theme_id].name
    joined = catalogue.text("reason.and").join(told)
    return catalogue.text("reason.sentence", theme=name, reasons=joined)


def _told(text: Callable[..., str], reason: Reason) -> str:
    shown = text("reason.list").join(
        text("reason.times", word=word, n=n) if n > 1 else text("reason.once", word=word)
        for word, n in reason.words[:_SHOWN]
    )
    return text(f"reason.{reason.kind}", words=shown, name=reason.name, n=reason.n, of=reason.of)
