"""Reprints: articles of the same text are found, linked and compared; none is ever changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bulletin_desktop.language.comparing import compare
from bulletin_desktop.language.fingerprint import Compared, fingerprint, likeness
from bulletin_desktop.library import articles, documents, reprints
from bulletin_desktop.library.reprints import Link
from bulletin_desktop.library.store import atomic
from bulletin_desktop.model.change import Change, Message, Progress
from bulletin_desktop.model.records import Reprint
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.working import finish_by

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services.files import Loaded

# So many articles are found by their numbers at once, whichever comes first.
BATCH = 100
# So many batches, unless they have more numbers, are compared between two commits, which wait for
# the disk and touch most of the index. Meanwhile nothing is locked, so that others can write.
_BATCHES = 10
_NUMBERS = 20_000
# Between two signs of life.
_SECONDS = 0.05
# Texts whose lengths differ by a smaller share are equally long.
_LENGTH = 0.1

__all__ = [
    "allow", "catch_up", "compare", "compare_new", "deny", "fingerprints", "groups",
    "is_many_new", "note", "note_loaded", "of_article", "refresh",
]  # fmt: skip

is_many_new = reprints.is_many_new


def fingerprints(loaded: Loaded) -> list[list[int]]:
    """The fingerprints of a file's articles, in their order."""
    found = [article for issue in loaded.parsed.issues for article in issue.articles]
    return [fingerprint(reprints.printed(x.kind, x.title, x.body)) for x in found]


def note_loaded(library: Library, document: int, loaded: Loaded) -> None:
    """Keep the fingerprints of a document that was just stored as it is in its file, inside a
    transaction.
    """
    made = loaded.fingerprints if loaded.fingerprints is not None else fingerprints(loaded)
    ids = [article for article, _ in documents.article_titles(library, document)]
    reprints.put(library, zip(ids, made, strict=True))


def note(library: Library, document: int) -> None:
    """Keep the fingerprints of a document's articles that have none, inside a transaction."""
    found = [(x.article, fingerprint(x.text)) for x in reprints.without(library, document)]
    reprints.put(library, found)


def refresh(library: Library) -> Generator[Progress, bool | None, int]:
    """Fingerprint what is new or was changed, and link what is the same; a true value stops it.

    What was done before stays; the rest is done the next time. Gives the number of new links.
    """
    waiting = reprints.documents_without(library)
    for done, document in enumerate(waiting):
        with library.transaction():
            note(library, document)
        if (yield Progress(done, len(waiting), Message("reprints.progress"))):
            return 0
    return (yield from compare_new(library))


def compare_new(library: Library) -> Generator[Progress, bool | None, int]:
    """Link the articles that have a fingerprint but were not compared yet; a true value stops it.

    What was done before stays; the rest is done the next time. Gives the number of new links.
    """
    total, work = reprints.count_new(library), _Comparing(library)
    deadline = time.monotonic() + _SECONDS
    for _ in work.steps():
        if time.monotonic() > deadline:
            if (yield Progress(min(work.done, total), total, Message("reprints.progress"))):
                work.keep()
                break
            deadline = time.monotonic() + _SECONDS
    return work.found


class _Comparing:
    """The articles that were compared, of which some, with their links, are not kept yet."""

    def __init__(self, library: Library) -> None:
        self.done = self.found = 0
        self._library = library
        self._words = reprints.Words(library)
        self._compared: dict[int, list[int]] = {}
        self._links: list[Link] = []

    def steps(self) -> Iterator[None]:
        """Compare article by article, and keep what was found now and then."""
        while batches := _batches(self._library):
            yield from self._compare(batches)
            self.keep()
            yield

    def keep(self) -> None:
        """Put into the library what is not there."""
        with self._library.transaction():
            reprints.link(self._library, self._links)
            reprints.mark_compared(self._library, self._compared)
        self.found += len(self._links)
        self._compared, self._links = {}, []

    def _compare(self, batches: list[dict[int, list[int]]]) -> Iterator[None]:
        numbers = (each for new in batches for own in new.values() for each in own)
        bearing = reprints.Bearing(self._library, numbers)
        for new in batches:
            for article, own in new.items():
                bearing.add(article, own)
            for article, own in new.items():
                # The new ones after it look for it.
                others = [x for x in bearing.alike(article, own) if x < article or x not in new]
                self._links += _links(self._words, article, others)
                self._compared[article] = own
                self.done += 1
                yield


def _batches(library: Library) -> list[dict[int, list[int]]]:
    """The articles that are to be compared next, with their numbers."""
    new = list(reprints.new_articles(library, BATCH * _BATCHES).items())
    batches: list[dict[int, list[int]]] = []
    count = 0
    while new and count < _NUMBERS:
        batches.append(dict(new[:BATCH]))
        del new[:BATCH]
        count += sum(map(len, batches[-1].values()))
    return batches


def _links(words: reprints.Words, article: int, others: list[int]) -> list[Link]:
    """The links of an article to those of some others that are the same."""
    if not others:
        return []
    text = Compared(words.of(article))
    found = [(other, text.same(words.of(other))) for other in others]
    return [Link(article, other, like.share) for other, like in found if like]


def catch_up(library: Library, seconds: float) -> bool:
    """Do some of what ``refresh`` does, for about so many seconds; says whether more is to do."""
    finish_by(refresh(library), time.monotonic() + seconds)
    return reprints.is_many_new(library, 0) or bool(reprints.documents_without(library))


def of_article(library: Library, article: int) -> tuple[Reprint, ...]:
    """The other articles of the same text, newest first, beside this one."""
    links = reprints.links_around(library, article)
    group = next((group for group in _groups(links) if article in group), set())
    if not group:
        return ()
    members = (group - reprints.denied(library, article)) | {article}
    records = articles.in_scope(library, Scope(ids=tuple(members)))
    first = next(record for record in records if record.id == article)
    others = [record for record in records if record.id != article]
    return tuple(_beside(library, first, others, _shares(links)))


def groups(library: Library) -> list[tuple[Reprint, ...]]:
    """All groups of articles of the same text, newest first, each beside its newest article."""
    links = reprints.links(library)
    group_of = {article: group for group in _groups(links) for article in group}
    records = articles.in_scope(library, Scope(ids=tuple(group_of)))
    members: dict[int, list[Article]] = {}
    for record in records:
        members.setdefault(id(group_of[record.id]), []).append(record)
    shares = _shares(links)
    return [tuple(_beside(library, group[0], group, shares)) for group in members.values()]


_Shares = dict[tuple[int, int], float]


def _shares(links: Iterable[Link]) -> _Shares:
    return {(link.article, link.other): link.share for link in links}


def _groups(links: Iterable[Link]) -> list[set[int]]:
    """The articles that are linked, directly or by way of others."""
    group_of: dict[int, set[int]] = {}
    for link in links:
        one = group_of.setdefault(link.article, {link.article})
        other = group_of.setdefault(link.other, {link.other})
        if one is not other:
            one |= other
            group_of.update(dict.fromkeys(other, one))
    return list({id(group): group for group in group_of.values()}.values())


def _beside(
    library: Library, first: Article, others: Iterable[Article], shares: _Shares
) -> Iterator[Reprint]:
    """Articles beside one that may be among them."""
    for other in others:
        share = 1.0 if other is first else shares.get((first.id, other.id))
        if share is None:  # of the same text by way of others
            texts = reprints.Words(library)
            words = [texts.of(article) for article in (first.id, other.id)]
            share = likeness(*words).share
        yield Reprint(other, share, _differs(first, other))


def _differs(one: Article, other: Article) -> tuple[str, ...]:
    longer = max(one.characters, other.characters)
    return tuple(
        name
        for name, different in {
            "title": one.heading != other.heading,
            "source": one.source != other.source,
            "length": abs(one.characters - other.characters) > _LENGTH * longer,
        }.items()
        if different
    )


@atomic
def deny(library: Library, article: int, other: int) -> Change:
    """Keep that two articles are not the same: they are linked no longer.

    Raises KnownError("article.missing").
    """
    name = _named("step.deny_reprint", library, article, other)
    with library.change(name, "reprints") as recording:
        reprints.deny(library, article, other)
        recording.articles = frozenset((article, other))
    return recording.result()


@atomic
def allow(library: Library, article: int, other: int) -> Change:
    """Take back that two articles are not the same. Raises KnownError("article.missing")."""
    name = _named("step.allow_reprint", library, article, other)
    with library.change(name, "reprints") as recording:
        reprints.allow(library, article, other)
        recording.articles = frozenset((article, other))
    return recording.result()


def _named(code: str, library: Library, article: int, other: int) -> Message:
    """The name of a step, with the first article's title; makes sure that both are there."""
    articles.by_id(library, other)
    return Message(code, {"title": articles.by_id(library, article).heading})
