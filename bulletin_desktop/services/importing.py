"""Importing files into a library: whole files, many to a transaction, one step of the history."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating, documents
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import files
from bulletin_desktop.services.files import Failure, Loaded, shown

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from bulletin_desktop.library.store import Library

# A commit waits for the disk; files that are read within this time share one.
BATCH_SECONDS = 0.3
# A file is a new state of the document from its path if so many of the old titles are in it.
_SAME_SHARE = 0.5
_TOPICS: tuple[Topic, ...] = ("documents", "tags", "notes", "collections")


@dataclass(slots=True)
class ImportReport:
    """What an import did. ``stopped`` is why the library took no more, if it did not."""

    imported: int = 0
    unchanged: int = 0
    updated: int = 0
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    issues: list[int] = field(default_factory=list)
    articles: int = 0
    cancelled: bool = False
    stopped: KnownError | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that was read; ``loaded`` is None where the library has its content already."""

    path: Path
    sha256: str
    loaded: Loaded | None


@dataclass(slots=True)
class _Work:
    library: Library
    queue: deque[Path]
    total: int
    report: ImportReport
    step: int | None = None


def import_paths(
    library: Library, paths: Iterable[Path]
) -> Generator[Progress, bool | None, ImportReport]:
    """Import files and folders; yields Progress in files, and a true value sent in cancels.

    Each file comes in whole or not at all. What was finished before a cancel or a full disk stays,
    as one undoable step. The same content again changes nothing and is counted as unchanged. A new
    state of a file takes the old one's place, together with what the user put on its articles,
    and is counted as updated; where an article with such work is no longer in it, both stay.
    """
    found = files.find(paths)
    report = ImportReport(skipped=found.skipped, failed=found.failed)
    work = _Work(library, deque(found.files), len(found.files), report)
    while work.queue and not report.cancelled and report.stopped is None:
        ready: list[_Ready] = []
        try:
            yield from _read_batch(work, ready)
            _store_batch(work, ready)
        except KnownError as error:
            _stop(work, ready, error)
    return report


def first_article(library: Library, paths: Iterable[Path]) -> int | None:
    """The first article of the first of these files that the library has."""
    for path in paths:
        document = documents.at_path(library, shown(path.absolute()))
        if document is not None:
            found = documents.article_titles(library, document)
            return found[0][0] if found else None
    return None


def _stop(work: _Work, ready: list[_Ready], error: KnownError) -> None:
    """The library takes no more: what is not in it has failed."""
    work.report.stopped = error
    left = [*(file.path for file in ready), *work.queue]
    work.report.failed.extend(files.failure(path, error) for path in left)


def _read_batch(work: _Work, ready: list[_Ready]) -> Generator[Progress, bool | None, None]:
    """Read and parse files for a short while; the library is not locked meanwhile."""
    deadline = time.monotonic() + BATCH_SECONDS
    begun = False
    while work.queue and not work.report.cancelled:
        if begun and time.monotonic() > deadline:
            return
        begun = True
        path = work.queue[0]
        file = _read(work, path)
        if file is not None:
            ready.append(file)
        work.queue.popleft()
        done = work.total - len(work.queue)
        progress = Progress(
            done, work.total, Message("import.progress", {"name": shown(path.name)})
        )
        work.report.cancelled = bool((yield progress))


def _read(work: _Work, path: Path) -> _Ready | None:
    """A file that has something for the library, or None with its fate in the report."""
    report = work.report
    try:
        data = files.read_bytes(path)
    except KnownError as error:
        report.failed.append(files.failure(path, error))
        return None
    sha256 = files.fingerprint(data)
    known = documents.state(work.library, sha256)
    if known is not None:
        return _Ready(path, sha256, None)
    try:
        loaded = files.load(path, data)
    except KnownError as error:
        report.failed.append(files.failure(path, error))
        return None
    if loaded.parsed.warning is not None:
        report.warnings.append(Failure(shown(path), loaded.parsed.warning))
    if not loaded.parsed.issues:
        report.skipped += 1
        return None
    return _Ready(path, sha256, loaded)


def _store_batch(work: _Work, ready: list[_Ready]) -> None:
    """Store what was read in one transaction; only after its commit does the report count it."""
    batch, report = ImportReport(), work.report
    with work.library.change(
        Message("step.import", {"n": 0}), *_TOPICS, step=work.step
    ) as recording:
        for file in ready:
            _store(work.library, file, batch)
        stored = report.imported + report.updated + batch.imported + batch.updated
        recording.message = Message("step.import", {"n": stored})
    report.imported += batch.imported
    report.unchanged += batch.unchanged
    report.updated += batch.updated
    report.issues += batch.issues
    report.articles += batch.articles
    change = recording.result()
    if change.step is not None:
        report.change = change
        work.step = change.step


def _store(library: Library, file: _Ready, report: ImportReport) -> None:
    known = documents.state(library, file.sha256)
    if known is not None and not known[1]:
        report.unchanged += 1
        return
    path = shown(file.path.absolute())
    old = documents.at_path(library, path)
    stored = _put(library, file, path, known)
    if old is not None and _replace(library, old, stored.document):
        report.updated += 1
    else:
        report.imported += 1
    report.issues.extend(stored.issues)
    report.articles += stored.articles


def _put(
    library: Library, file: _Ready, path: str, known: tuple[int, bool] | None
) -> documents.Stored:
    """Take a document out of the trash, or store a new one."""
    if known is not None:
        return documents.restore(library.connection, known[0])
    if file.loaded is None:
        raise RuntimeError("a document went from the library while it was open")
    return documents.insert(
        library.connection, path, file.sha256, file.loaded.decoded, file.loaded.parsed
    )


def _replace(library: Library, old: int, new: int) -> bool:
    """Let a new state of a document take the old one's place; says whether it is one.

    It is not where most of the old titles are gone (another issue under the same file name) or
    where the user's work on an article would lose its place.
    """
    pairs = _pairs(library, old, new)
    before = [article for article, _ in documents.article_titles(library, old)]
    if len(pairs) < _SAME_SHARE * len(before) or annotating.annotated(library, before) - set(pairs):
        return False
    for article, onto in pairs.items():
        annotating.carry_over(library, article, onto)
    documents.trash(library.connection, old)
    return True


def _pairs(library: Library, old: int, new: int) -> dict[int, int]:
    """For articles of one document those of the other with the same title, in order, each once."""
    free: dict[str, deque[int]] = {}
    for article, title in documents.article_titles(library, new):
        if title:
            free.setdefault(title, deque()).append(article)
    titled = documents.article_titles(library, old)
    return {
        article: free[title].popleft() for article, title in titled if title and free.get(title)
    }
