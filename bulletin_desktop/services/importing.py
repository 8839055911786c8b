"""Importing files into a library: whole files, many to a transaction, one step of the history."""

from __future__ import annotations

import time
from collections import deque
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library import documents
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import encodings, files, indexing, reprints, storing, units
from bulletin_desktop.services.files import Failure, Loaded, shown
from bulletin_desktop.services.moved import Moved

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from bulletin_desktop.library.documents import State
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.ahead import Ahead
    from bulletin_desktop.services.files import Input

# A commit waits for the disk; files that are read within this time share one. Storing them takes
# about as long, and until then a cancel waits.
BATCH_SECONDS = 0.12
# Reprints of so many articles are looked for at once; those of more take longer than all the rest
# and are left to whoever has the time (``upkeep``).
_COMPARED = 5000
# Where a process reads ahead, reading takes no time: then so many code points are a batch.
_BATCH_LENGTH = 120_000
_OF_RULES = {"rules.unknown": "import.rule_unknown", "rules.too_slow": "import.rule_too_slow"}
_TOPICS: tuple[Topic, ...] = ("documents", "tags", "notes", "collections")


@dataclass(slots=True)
class ImportReport:
    """What an import did. ``stopped`` is why the library took no more, if it did not.

    ``documents`` are those that came in, ``issues`` their issues, ``new`` the articles that no
    earlier one became; rules gave ``ruled`` of these a theme.
    """

    imported: int = 0
    unchanged: int = 0
    updated: int = 0
    skipped: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    issues: list[int] = field(default_factory=list)
    articles: int = 0
    new: list[int] = field(default_factory=list)
    ruled: int = 0
    cancelled: bool = False
    stopped: KnownError | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that was read; ``loaded`` is None where the library has its content already."""

    path: str
    place: str
    sha256: str
    loaded: Loaded | None


@dataclass(slots=True)
class _Work:
    library: Library
    queue: deque[Input]
    total: int
    report: ImportReport
    encodings: encodings.Choices
    moved: Moved
    ahead: Ahead | None = None
    step: int | None = None


def import_paths(
    library: Library, paths: Iterable[Path], chosen: Mapping[str, str] | None = None
) -> Generator[Progress, bool | None, ImportReport]:
    """Import files and folders; yields Progress in files, and a true value sent in cancels.

    Each file comes in whole or not at all. What was finished before a cancel or a full disk stays,
    as one undoable step. The same content again, also under another name, changes nothing and is
    counted as unchanged. A new state of a file takes the old one's place, together with what the
    user put on its articles and with his corrections, and is counted as updated; where an article
    with such work is no longer in it, both stay. ``chosen`` names the encodings of some files by
    their paths as ``files.Input.path`` has them.
    """
    # Deferred: the window starts without processes.
    from bulletin_desktop.services.ahead import Ahead

    roots = list(paths)
    found = yield from _find(roots)
    if found is None:
        return ImportReport(cancelled=True)
    report = ImportReport(skipped=found.skipped, failed=found.failed)
    choices = encodings.Choices(library, dict(chosen or {}))
    moved = Moved(library, roots, found.inputs)
    work = _Work(library, deque(found.inputs), len(found.inputs), report, choices, moved)
    with closing(Ahead(found.inputs)) as work.ahead:
        yield from _import_all(work)
    return report


def _find(roots: Sequence[Path]) -> Generator[Progress, bool | None, files.Found | None]:
    """What stands under the paths; None where the user cancelled meanwhile."""
    finding = files.finding(roots)
    while True:
        try:
            next(finding)
        except StopIteration as end:
            found: files.Found = end.value
            return found
        if (yield Progress(0, 0, Message("import.looking"))):
            return None


def import_text(library: Library, text: str) -> Generator[Progress, bool | None, ImportReport]:
    """Import text that no file holds, such as what was pasted."""
    loaded = files.pasted(text)
    report = ImportReport()
    if not loaded.parsed.issues:
        warning = loaded.parsed.warning or Message("parse.empty")
        report.failed.append(Failure(loaded.path, warning))
        return report
    report.warnings += _remarks(loaded.path, loaded)
    work = _Work(
        library, deque(), 1, report, encodings.Choices(library, {}), Moved(library, [], [])
    )
    yield Progress(0, 1, Message("import.progress", {"name": loaded.path}))
    _store_batch(work, [_Ready(loaded.path, loaded.path, loaded.sha256, loaded)])
    yield from indexing.catch_up(library)
    yield from _apply_rules(work)
    return report


def _import_all(work: _Work) -> Generator[Progress, bool | None, None]:
    report = work.report
    while work.queue and not report.cancelled and report.stopped is None:
        ready: list[_Ready] = []
        try:
            yield from _read_batch(work, ready)
            _store_batch(work, ready)
        except KnownError as error:
            _stop(work, ready, error)
    if not report.cancelled and report.stopped is None:
        with suppress(KnownError):  # then it is done the next time
            yield from indexing.catch_up(work.library)
    yield from _apply_rules(work)
    if not report.cancelled and report.stopped is None:
        with suppress(KnownError):  # then it is done the next time
            if not reprints.is_many_new(work.library, _COMPARED):
                yield from reprints.compare_new(work.library)


def _apply_rules(work: _Work) -> Generator[Progress, bool | None, None]:
    """Let the rules for imports put their themes on the articles that are new."""
    report = work.report
    if report.change is None or not report.new:
        return
    from bulletin_desktop.services import rules  # deferred: most imports need no search

    if not any(rule.at_import for rule in rules.all_rules(work.library)):
        return
    ended = report.cancelled or report.stopped is not None
    ruled = yield from rules.apply_to_new(work.library, report.new, report.change, ended=ended)
    report.ruled = ruled.articles
    report.warnings += [Failure(each.rule.query, _why(each.error)) for each in ruled.failed]
    if ruled.change.step is not None:
        topics = report.change.topics | ruled.change.topics
        report.change = report.change._replace(step=ruled.change.step, topics=topics)


def _why(error: KnownError) -> Message:
    """Why a rule did nothing, where no window or command asked for it."""
    if error.code.startswith("query."):
        return Message("import.rule_unreadable")
    return Message(_OF_RULES.get(error.code, error.code), error.params)


def first_article(library: Library, paths: Iterable[Path]) -> int | None:
    """The first article of the first of these files that the library has."""
    for path in paths:
        document = documents.at_path(library, shown(path.absolute()))
        if document is not None:
            return first_article_of(library, document)
    return None


def first_article_of(library: Library, document: int) -> int | None:
    """The first article of a document, if it has one."""
    found = documents.article_titles(library, document)
    return found[0][0] if found else None


def _stop(work: _Work, ready: Sequence[_Ready], error: KnownError) -> None:
    """The library takes no more: what is not in it has failed."""
    work.report.stopped = error
    left = [*(file.path for file in ready), *(each.path for each in work.queue)]
    work.report.failed.extend(files.failure(path, error) for path in left)


def _read_batch(work: _Work, ready: list[_Ready]) -> Generator[Progress, bool | None, None]:
    """Read and parse files for a short while; the library is not locked meanwhile."""
    deadline = time.monotonic() + BATCH_SECONDS
    begun = False
    while work.queue and not work.report.cancelled:
        if begun and (time.monotonic() > deadline or _length(ready) > _BATCH_LENGTH):
            return
        begun = True
        if work.ahead:
            work.ahead.look(
                lambda x: documents.state(work.library, x) is None, work.encodings.chosen
            )
        if not (yield from _read_next(work, ready)):
            return


def _length(ready: Iterable[_Ready]) -> int:
    return sum(len(file.loaded.decoded.text) for file in ready if file.loaded)


def _read_next(work: _Work, ready: list[_Ready]) -> Generator[Progress, bool | None, bool]:
    """Read the next file and take it off the queue; says whether to go on."""
    file = yield from _read(work, work.queue[0])
    if work.report.cancelled:
        return False
    if file is not None:
        ready.append(file)
    work.queue.popleft()
    work.report.cancelled = bool((yield _progress(work)))
    return not work.report.cancelled


def _progress(work: _Work) -> Progress:
    """How far the work has come; named after the next file, which may take long."""
    name = work.queue[0].name if work.queue else ""
    done = work.total - len(work.queue)
    return Progress(done, work.total, Message("import.progress", {"name": name}))


def _read(work: _Work, each: Input) -> Generator[Progress, bool | None, _Ready | None]:
    """A file that has something for the library, or None with its fate in the report."""
    report = work.report
    try:
        data = each.read()
        sha256 = files.fingerprint(data)
        known = documents.state(work.library, sha256)
        if known is not None and _is_there(work, each, known):
            return _without_loading(work, _Ready(each.path, each.place, sha256, None), known)
        loaded = yield from _load(work, each, data)
    except KnownError as error:
        report.failed.append(files.failure(each.path, error))
        return None
    if loaded is None:
        return None
    report.warnings += _remarks(each.path, loaded)
    if not loaded.parsed.issues:
        report.skipped += 1
        return None
    return _Ready(each.path, each.place, sha256, loaded)


def _remarks(path: str, loaded: Loaded) -> list[Failure]:
    """What is to be said of a file that was read."""
    said = [loaded.parsed.warning] if loaded.parsed.warning else []
    return [Failure(path, remark) for remark in (*said, *loaded.decoded.remarks)]


def _is_there(work: _Work, each: Input, known: State) -> bool:
    """Whether a document that is known need not be read again.

    It must be in the encoding that the user chose; and what the user corrected, on this state of a
    file or on the present one, is made again on a text that is read anew.
    """
    if work.encodings.chosen.get(each.path, known.encoding) != known.encoding:
        return False
    present = documents.at_path(work.library, each.place) if known.trashed else None
    return present is None or not (known.corrected or present in work.moved.corrected)


def _without_loading(work: _Work, file: _Ready, known: State) -> _Ready | None:
    """The file if there is something to store for it; else it is counted as unchanged."""
    if known.trashed or work.moved.is_elsewhere(known, file.place):
        return file
    work.report.unchanged += 1
    return None


def _load(work: _Work, each: Input, data: bytes) -> Generator[Progress, bool | None, Loaded | None]:
    """A file's text and parts; None where the user cancelled while it was read."""
    loading = work.encodings.loading(each, data, work.ahead)
    while True:
        try:
            next(loading)
        except StopIteration as end:
            loaded: Loaded = end.value
            return loaded
        if (yield _progress(work)):
            work.report.cancelled = True
            loading.close()
            return None


def _store_batch(work: _Work, ready: Sequence[_Ready]) -> None:
    """Store what was read in one transaction; only after its commit does the report count it."""
    if not ready:
        return
    batch, report = ImportReport(), work.report
    with work.library.change(
        Message("step.import", {"n": 0}), *_TOPICS, step=work.step
    ) as recording:
        for file in ready:
            _store(work, file, batch)
        units.place_issues(work.library, batch.issues)
        stored = report.imported + report.updated + batch.imported + batch.updated
        recording.message = Message("step.import", {"n": stored})
    for count in ("imported", "unchanged", "updated", "articles"):
        setattr(report, count, getattr(report, count) + getattr(batch, count))
    report.documents += batch.documents
    report.issues += batch.issues
    report.new += batch.new
    report.warnings += batch.warnings
    change = recording.result()
    if change.step is not None:
        report.change = change
        work.step = change.step


def _store(work: _Work, file: _Ready, report: ImportReport) -> None:
    known = documents.state(work.library, file.sha256)
    if known is not None and not known.trashed and _is_read_so(file, known):
        work.moved.follow(known, file.place)
        report.unchanged += 1
        return
    kept = _keep(work, file, known)
    for code, n in (("import.unplaced", kept.unplaced), ("import.lost_highlights", kept.lost)):
        if n:
            report.warnings.append(Failure(file.path, Message(code, {"n": n})))
    report.updated += kept.replaced
    report.imported += not kept.replaced
    report.documents.append(kept.stored.document)
    report.issues.extend(kept.stored.issues)
    report.new.extend(kept.new)
    report.articles += kept.stored.articles


def _is_read_so(file: _Ready, known: State) -> bool:
    return file.loaded is None or file.loaded.decoded.encoding == known.encoding


def _keep(work: _Work, file: _Ready, known: State | None) -> storing.Kept:
    """Store a file beside the document at its path, or as the new state of that."""
    library = work.library
    old = documents.at_path(library, file.place)
    if file.loaded is None:
        if known is None:
            raise RuntimeError("a document went from the library while it was open")
        return storing.restore(library, known.document, old)
    if known is not None and not known.trashed:  # read in another encoding
        return storing.store(library, file.place, file.loaded, known.document, anyway=True)
    return storing.store(library, file.place, file.loaded, old or work.moved.earlier(file.loaded))
