"""Which articles of this library are those of another: known by their words, never by numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bulletin_desktop.language.fingerprint import Compared, fingerprint, words_of
from bulletin_desktop.library import documents, merging, reprints
from bulletin_desktop.library.articles import in_scope
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.reprints import note

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.bundle import BundledArticle, BundledIssue

# So much of the longer of two texts stands in the other one where both are the same article.
_SAME = 0.8
# Of two such texts the fingerprints have this share in common at least; so many are looked at.
_SHARED = 0.25
_CANDIDATES = 8
# Articles compared between two signs of life.
_STRIDE = 20


def recognise(
    library: Library, articles: Sequence[BundledArticle], issues: Iterable[BundledIssue]
) -> Generator[Progress, bool | None, dict[int, int] | None]:
    """For articles of another library those of this one; None where that was cancelled.

    The same title and the same body are the same article; else one whose text is nearly the same.
    Of several, that of the same issue is meant. Articles in the trash are not found. Keeps
    fingerprints that are missing, inside a transaction.
    """
    work = _Recognising(library, {issue.id: issue for issue in issues})
    found: dict[int, int] = {}
    rest: list[BundledArticle] = []
    for done, article in enumerate(articles):
        same = work.same(article)
        if same is None:
            rest.append(article)
        else:
            found[article.id] = same
        if done % _STRIDE == 0 and (yield _progress(done, articles)):
            return None
    work.look_closer(rest)
    for done, article in enumerate(rest):
        alike = work.alike(article)
        if alike is not None:
            found[article.id] = alike
        if done % _STRIDE == 0 and (yield _progress(len(articles) - len(rest) + done, articles)):
            return None
    return found


def _progress(done: int, articles: Sequence[BundledArticle]) -> Progress:
    return Progress(done, len(articles), Message("merge.recognising"))


class _Recognising:
    def __init__(self, library: Library, issues: dict[int, BundledIssue]) -> None:
        self._library = library
        self._issues = issues
        self._texts = reprints.Words(library)
        self._words: dict[int, str] = {}
        self._titled: dict[str, list[int]] = defaultdict(list)
        for article, title in merging.titles(library):
            self._titled[words_of(title)].append(article)
        self._candidates: dict[int, list[int]] = {}
        self._facts: dict[int, tuple[str | None, ...]] = {}

    def same(self, article: BundledArticle) -> int | None:
        """The article with the same title and the same words."""
        title = words_of(article.title or "")
        titled = self._titled.get(title, ())
        # Whether it is a brief, whose title is part of its text, may be seen otherwise here.
        words = words_of(_text(article)).removeprefix(title) if titled else ""
        same = (each for each in titled if self._words_of(each).removeprefix(title) == words)
        return self._best(article, dict.fromkeys(same, 1.0))

    def _words_of(self, article: int) -> str:
        if article not in self._words:
            self._words[article] = words_of(self._texts.of(article))
        return self._words[article]

    def look_closer(self, articles: Sequence[BundledArticle]) -> None:
        """Find the articles that have much of the fingerprints of some."""
        bearing: dict[int, list[int]] = defaultdict(list)
        sizes: dict[int, int] = {}
        for article in articles:
            numbers = fingerprint(_text(article))
            sizes[article.id] = len(numbers)
            for number in numbers:
                bearing[number].append(article.id)
        if not bearing:
            return
        for document in reprints.documents_without(self._library):
            note(self._library, document)
        shared: dict[int, Counter[int]] = defaultdict(Counter)
        for own, numbers in merging.fingerprints(self._library):
            for number in bearing.keys() & set(numbers):
                for article_id in bearing[number]:
                    shared[article_id][own] += 1
        for article_id, counts in shared.items():
            least = max(1, _SHARED * sizes[article_id])
            best = counts.most_common(_CANDIDATES)
            self._candidates[article_id] = [own for own, count in best if count >= least]

    def alike(self, article: BundledArticle) -> int | None:
        """The article whose text is nearly the same."""
        candidates = self._candidates.get(article.id)
        if not candidates:
            return None
        text = Compared(_text(article))
        shares: dict[int, float] = {}
        for own in candidates:
            words = self._texts.of(own)
            like = text.same(words)
            longer = max(len(text.words), len(words_of(words)))
            if like is not None and like.characters >= _SAME * longer:
                shares[own] = like.characters / longer
        return self._best(article, shares)

    def _best(self, article: BundledArticle, shares: dict[int, float]) -> int | None:
        """Of articles of the same words the one of the same issue, then the most alike."""
        if len(shares) < 2:
            return next(iter(shares), None)
        self._learn(shares)
        issue = self._issues[article.issue]
        facts = (issue.date, issue.title, issue.number, article.source, article.title)

        def fitness(own: int) -> tuple[int, float, int]:
            equal = sum(a == b for a, b in zip(self._facts[own], facts, strict=True))
            return equal, shares[own], -own

        return max(shares, key=fitness)

    def _learn(self, articles: Iterable[int]) -> None:
        """Read what tells articles of the same words apart."""
        new = tuple(each for each in articles if each not in self._facts)
        if not new:
            return
        records = in_scope(self._library, Scope(ids=new))
        only = tuple({record.issue for record in records})
        issues = {issue.id: issue for issue in documents.issues(self._library, only)}
        for record in records:
            issue = issues[record.issue]
            facts = (issue.date, issue.title, issue.number, record.source, record.title)
            self._facts[record.id] = facts


def _text(article: BundledArticle) -> str:
    return reprints.printed(article.kind, article.title, article.printed())
