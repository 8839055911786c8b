"""Keeping the search index: what changed waits in a queue, and is put in here."""

from __future__ import annotations

import re
import time
from collections import deque
from typing import TYPE_CHECKING

from bulletin_desktop.language import folding, grams
from bulletin_desktop.language.folding import fold
from bulletin_desktop.library import search_index
from bulletin_desktop.library.schema_search import FIELDS, HEADS
from bulletin_desktop.library.search_index import Entry, Printed
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.records import Problem
from bulletin_desktop.services.working import finish

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from bulletin_desktop.library.store import Library

# By which rules the index is made. One that was made by others is made anew.
VERSION = f"{folding.VERSION}.{grams.VERSION}"

# From so many articles on merging is left to the end.
_MANY = 5000
# So long the words of articles are gathered for one transaction; storing them takes about as long.
_SECONDS = 0.1
# So many transactions leave their words apart before they are merged with each other: FTS5 can only
# count to two thousand, and a merge of very many needs twice the room.
_APART = 300
# From so many articles in no order on, and such a share of all, the order is made anew.
_LATE = 5000
_LATE_SHARE = 0.2
# Articles that a check looks at, from all parts of the library.
_CHECKED = 300
# So many articles are put in on the way out of a change.
_SMALL = 2000
_SPACE = re.compile(r"\s")


def is_usable(library: Library) -> bool:
    """Whether the index was made by the present rules."""
    return search_index.version(library) == VERSION


def entry(printed: Printed) -> Entry:
    """An article as the index takes it."""
    found = ((name, getattr(printed, name, None)) for name in FIELDS)
    texts = {name: fold(text) for name, text in found if text}
    heads = [texts.get(name, "") for name in HEADS]
    if any("\n" in head for head in heads):
        texts["heading"] = "\n".join(head.replace("\n", "") for head in heads)
    if any(_SPACE.search(head) for head in heads):
        texts["tight"] = "\n".join(_SPACE.sub("", head) for head in heads)
    safe = {name: grams.safe(text) for name, text in texts.items()}
    searched = "".join(safe.get(name, "") for name in (*HEADS, "source", "body"))
    fields = tuple(grams.pairs(safe.get(name, "")) for name in FIELDS)
    return Entry(printed, fields, grams.letters(searched))


def catch_up(library: Library) -> Generator[Progress, bool | None, bool]:
    """Put all articles that wait into the index; a true value sent in ends it.

    What was done stays, the rest is done the next time: until then a search asks those articles
    themselves. Says whether all is done.
    """
    if not is_usable(library):
        with library.transaction():
            search_index.begin_anew(library, VERSION)
    done = yield from _put_waiting(library)
    if not done:
        return False
    late, total = search_index.count_late(library)
    if late > max(_LATE, total * _LATE_SHARE):
        with library.transaction():
            search_index.begin_anew(library, VERSION)
        done = yield from _put_waiting(library)
    return done


def settle(library: Library) -> None:
    """Put in what a small change left waiting; more waits for an import or the window."""
    if is_usable(library) and 0 < search_index.count_waiting(library) <= _SMALL:
        finish(catch_up(library))


def _put_waiting(library: Library) -> Generator[Progress, bool | None, bool]:
    issues = deque(search_index.waiting_issues(library))
    total = sum(count for _, count in issues)
    if total > _MANY:
        with library.transaction():
            search_index.let_scatter(library)
    done = apart = 0
    while issues:
        if (yield Progress(done, total, Message("indexing.progress"))):
            return False
        with library.transaction():
            done += _put_some(library, issues)
        apart += 1
        if apart % _APART == 0 and not (yield from _gather(library, done, total, wholly=False)):
            return False
    if search_index.is_scattered(library):
        return (yield from _gather(library, done, total, wholly=True))
    return True


def _put_some(library: Library, issues: deque[tuple[int, int]]) -> int:
    """Put issues into the index for a short while, inside a transaction; gives their articles."""
    deadline = time.monotonic() + _SECONDS
    entries: list[Entry] = []
    done = 0
    while issues and (not done or time.monotonic() < deadline):
        issue, count = issues.popleft()
        entries += map(entry, search_index.waiting_of(library, issue))
        done += count
    search_index.put(library, entries)
    return done


def _gather(
    library: Library, done: int, total: int, *, wholly: bool
) -> Generator[Progress, bool | None, bool]:
    """Merge what came in apart, or the whole index; says whether that was done to the end."""
    first, more = True, True
    while more:
        with library.transaction():
            more = search_index.gather(library, wholly=wholly, first=first)
        first = False
        stopped = yield Progress(done, total, Message("indexing.progress"))
        if stopped and (more or not wholly):
            return False
    return True


def problems(library: Library) -> Iterator[Problem]:
    """What is wrong with the index: damage, articles that are nowhere, words that it does not find.

    Looks at some hundred articles from all parts of the library.
    """
    if not is_usable(library):
        return  # it is made anew before it is used
    faults = search_index.faults(library)
    for where in faults:
        yield Problem("check.index", where, "check.mend_repair")
    if faults:
        return  # what is asked of it may fail
    ids = search_index.some_articles(library, _CHECKED)
    numbers = dict(search_index.entries(library, ids))
    articles = {article: number for number, article in numbers.items()}
    for printed in search_index.words_of(library, list(articles)):
        if not _is_found(library, articles[printed.article], printed):
            yield Problem("check.index", f"articles {printed.article}", "check.mend_repair")


def _is_found(library: Library, number: int, printed: Printed) -> bool:
    """Whether the beginning, the middle and the end of an article's body are in the index."""
    body = fold(printed.body)
    half = len(body) // 2
    pieces = {body[:12], body[half : half + 12], body[-12:]}
    return all(
        search_index.holds(library, number, grams.phrase(piece))
        for piece in pieces
        if grams.indexable(piece)
    )


def repair(library: Library) -> None:
    """Make the index anew where something is wrong with it."""
    if next(problems(library), None) is None:
        return
    with library.transaction():
        search_index.remake(library)
    finish(catch_up(library))
