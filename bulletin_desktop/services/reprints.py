"""Reprints: articles of the same text are found, linked and compared; none is ever changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bulletin_desktop.language.comparing import compare
from bulletin_desktop.language.fingerprint import fingerprint, likeness, same
from bulletin_desktop.library import articles, reprints
from bulletin_desktop.library.reprints import Link
from bulletin_desktop.library.store import atomic
from bulletin_desktop.model.change import Change, Message, Progress
from bulletin_desktop.model.records import Reprint
from bulletin_desktop.model.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterable, Iterator

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Article

# So many articles are compared between two commits, which wait for the disk. Meanwhile nothing is
# locked, so that others can write.
BATCH = 100
# Between two signs of life.
_SECONDS = 0.05
# Texts whose lengths differ by a smaller share are equally long.
_LENGTH = 0.1

__all__ = [
    "allow", "catch_up", "compare", "compare_new", "deny", "groups", "note", "of_article",
    "refresh",
]  # fmt: skip


def note(library: Library, document: int) -> None:
    """Keep the fingerprints of a document's articles that have none, inside a transaction."""
    found = [(x.article, fingerprint(x.text)) for x in reprints.without(library, document)]
    reprints.put(library, found)


def refresh(library: Library) -> Generator[Progress, bool | None, int]:
    """Fingerprint what is new or was changed, and link what is the same; a true value stops it.

    What was done before stays; the rest is done the next time. Gives the number of new links.
    """
    documents = reprints.documents_without(library)
    for done, document in enumerate(documents):
        with library.transaction():
            note(library, document)
        if (yield Progress(done, len(documents), Message("reprints.progress"))):
            return 0
    return (yield from compare_new(library))


def compare_new(library: Library) -> Generator[Progress, bool | None, int]:
    """Link the articles that have a fingerprint but were not compared yet; a true value stops it.

    What was done before stays; the rest is done the next time. Gives the number of new links.
    """
    total, words = reprints.count_new(library), reprints.Words(library)
    done = found = 0
    stopped: bool | None = False
    deadline = time.monotonic() + _SECONDS
    while done < total and not stopped:
        with library.transaction():
            new = reprints.take_new(library, BATCH)
        links: list[Link] = []
        compared: list[int] = []
        for article, numbers in new.items():
            links += _links(library, words, article, numbers, new)
            compared.append(article)
            if time.monotonic() > deadline:
                count = done + len(compared)
                stopped = yield Progress(count, total, Message("reprints.progress"))
                deadline = time.monotonic() + _SECONDS
                if stopped:
                    break
        with library.transaction():
            reprints.link(library, links)
            reprints.mark_compared(library, compared)
        if not new:  # another program has done it
            break
        done += len(compared)
        found += len(links)
    return found


def _links(
    library: Library,
    words: reprints.Words,
    article: int,
    numbers: list[int],
    new: Container[int],
) -> list[Link]:
    """The links of an article to all others but the new ones after it, which look for it."""
    others = reprints.alike(library, article, numbers)
    others = [other for other in others if other < article or other not in new]
    if not others:
        return []
    text = words.of(article)
    found = [(other, same(text, words.of(other))) for other in others]
    return [Link(article, other, like.share) for other, like in found if like]


def catch_up(library: Library, seconds: float) -> bool:
    """Do some of what ``refresh`` does, for about so many seconds; says whether more is to do."""
    deadline = time.monotonic() + seconds
    work = refresh(library)
    try:
        next(work)
        while True:
            work.send(time.monotonic() > deadline)
    except StopIteration:
        return bool(reprints.count_new(library) or reprints.documents_without(library))


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
