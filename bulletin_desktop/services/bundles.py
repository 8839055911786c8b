"""Exchange bundles: what a library tells another annotator's, and the files that carry it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bulletin_desktop.exporting import bundle as bundle_file
from bulletin_desktop.library import annotating, articles, merging, noting, passages
from bulletin_desktop.library import documents as stored
from bulletin_desktop.model.bundle import Bundle, BundledArticle, BundledIssue, Marked
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.parsing.readers import zipped
from bulletin_desktop.replacing import replacing
from bulletin_desktop.services import annotators, files

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Highlight
    from bulletin_desktop.model.bundle import BundledDocument
    from bulletin_desktop.model.records import Article, Theme

# Articles read between two signs of life.
_STRIDE = 50
_LARGEST = 2**30  # bytes of all members together
_AROUND = 32  # so many code points beside a passage go with it, to know it again by


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was written; where it was cancelled there is no new file and ``articles`` is 0."""

    file: Path
    articles: int
    cancelled: bool = False
    format: str = "bundle"


# What reading files says, as it is said of a bundle.
_CODES = {
    "file.missing": "bundle.missing",
    "file.no_permission": "bundle.unreadable",
    "file.unreadable": "bundle.unreadable",
    "file.pipe": "bundle.unknown",
    "file.too_large": "bundle.too_large",
    "file.damaged": "bundle.damaged",
    "file.encrypted": "bundle.damaged",
    "file.packing": "bundle.damaged",
}


class _CancelledError(Exception):
    """The user wants no bundle any more."""


def write(
    library: Library, scope: Scope, file: Path
) -> Generator[Progress, bool | None, BundleReport]:
    """Write what is on the articles of a scope, with their texts, as an exchange bundle.

    Private notes stay here. A true value sent in cancels. Raises KnownError ``export.nothing``
    where the scope is empty, and ``write.*`` as ``replacing.placing`` does.
    """
    bundle = yield from collect(library, scope, every=True, documents=True)
    if bundle is None:
        return BundleReport(file, 0, cancelled=True)
    if not bundle.articles:
        raise KnownError("export.nothing")
    try:
        with replacing(file) as stream:
            for done, _ in enumerate(bundle_file.write(bundle, stream)):
                if (yield Progress(done, 0, Message("bundle.writing"))):
                    raise _CancelledError
    except _CancelledError:
        return BundleReport(file, 0, cancelled=True)
    return BundleReport(file, len(bundle.articles))


# From a library


def collect(
    library: Library, scope: Scope, *, every: bool, documents: bool
) -> Generator[Progress, bool | None, Bundle | None]:
    """What another library is told of the articles of a scope; None where that was cancelled.

    ``every`` takes also the articles that nothing is on; ``documents`` adds those of which all
    articles are in the scope.
    """
    records = articles.in_scope(library, scope)
    bundle = _annotations(library, scope, records)
    ids = [article.id for article in (records if every else bundle.bearing(records))]
    told: dict[int, BundledArticle] = {}
    for article in merging.articles(library, ids):
        told[article.id] = article
        stopped = len(told) % _STRIDE == 0 and (
            yield Progress(len(told), len(ids), Message("bundle.reading"))
        )
        if stopped:
            return None
    return bundle._replace(
        articles=tuple(told.values()),
        marked=tuple(_marked(library, each.highlight, told) for each in bundle.marked),
        documents=tuple(_documents(library, [x.id for x in records])) if documents else (),
    )


def _annotations(library: Library, scope: Scope, records: Sequence[Article]) -> Bundle:
    """What is on the articles of a scope, without their texts."""
    whole = scope == Scope()
    ids = {record.id for record in records}
    issues = stored.issues(library, tuple({record.issue for record in records}))
    taggings = merging.taggings(library, sorted(ids))
    marks = [
        mark._replace(note="", private=False)
        for mark in passages.listed(library)
        if mark.article in ids or (whole and mark.article is None)
    ]
    used = {said.theme for said in taggings}.union(*(mark.themes for mark in marks))
    themes = _themes(library, None if whole else used)
    here: dict[str, set[int]] = {
        "article": ids,
        "highlight": {mark.id for mark in marks},
        "issue": {issue.id for issue in issues},
        "theme": {theme.id for theme in themes},
    }
    notes = noting.notes(library)
    return Bundle(
        annotators.name(library),
        themes=tuple(themes),
        issues=tuple(BundledIssue(x.id, x.title, x.number, x.date) for x in issues),
        taggings=tuple(taggings),
        marked=tuple(Marked(mark, "", "") for mark in marks),
        notes=tuple(x for x in notes if not x.private and x.target in here[x.kind]),
    )


def _themes(library: Library, used: set[int] | None) -> list[Theme]:
    """Themes and those above them, which come first; all of them for None."""
    known = {theme.id: theme for theme in annotating.themes(library)}
    found: dict[int, Theme] = {}

    def take(theme: Theme) -> None:
        if theme.parent is not None and theme.parent not in found:
            take(known[theme.parent])
        found[theme.id] = theme

    for theme in known.values():
        if used is None or theme.id in used:
            take(theme)
    return list(found.values())


def _marked(library: Library, mark: Highlight, told: Mapping[int, BundledArticle]) -> Marked:
    """A highlight with the words beside it, as its article shows them."""
    if not mark.placed or mark.article is None:
        laid = passages.laid_of(library, mark.id)
        return Marked(mark, laid.before, laid.after)
    body = told[mark.article].body
    before = body[max(0, mark.start - _AROUND) : mark.start]
    return Marked(mark, before, body[mark.end : mark.end + _AROUND])


def _documents(library: Library, ids: Sequence[int]) -> Iterator[BundledDocument]:
    """The documents of which all articles are meant."""
    meant = set(ids)
    for number, members in merging.documents_of(library, ids).items():
        if meant.issuperset(members):
            yield merging.document(library, number, members)


# From a file


def read(file: Path) -> Generator[Progress, bool | None, Bundle | None]:
    """Read a bundle; None where that was cancelled.

    Raises KnownError "bundle.missing", "bundle.unreadable", "bundle.unknown" where the file is
    none, "bundle.newer", "bundle.too_large" and "bundle.damaged".
    """
    with telling(file), files.opened(file) as stream:
        found = zipped.members(stream)
        members = {each.name: partial(zipped.read_member, stream, each) for each in found}
        if len(members) != len(found):
            raise KnownError("file.damaged")
        if bundle_file.MANIFEST not in members:
            raise KnownError("bundle.unknown", name=file.name)
        manifest = bundle_file.read_manifest(members[bundle_file.MANIFEST]())
        if manifest.version > bundle_file.VERSION:
            raise KnownError("bundle.newer", name=file.name, version=manifest.version)
        if sum(each.size for each in found) > _LARGEST:
            raise KnownError("file.too_large")
        reading, done = bundle_file.read(members, manifest), 0
        while True:
            try:
                next(reading)
            except StopIteration as end:
                bundle: Bundle = end.value
                return bundle
            done += 1
            if (yield Progress(done, len(members), Message("bundle.opening"))):
                return None


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Make sentences about what is to be merged of whatever is wrong with the file."""
    try:
        yield
    except KnownError as error:
        code = _CODES.get(error.code, error.code)
        raise KnownError(code, **{**error.params, "name": file.name}) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise KnownError("bundle.damaged", name=file.name) from error
