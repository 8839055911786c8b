"""Handing annotations to the other programs of the field, and to other copies of this one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.replacing import replacing
from bulletin_desktop.services import bundles, theme_sets
from bulletin_desktop.services.exporting import ExportReport

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.bundle import Bundle
    from bulletin_desktop.model.scope import Scope


class _CancelledError(Exception):
    """The user wants no file any more."""


def write(
    library: Library, scope: Scope, file: Path, format_name: str
) -> Generator[Progress, bool | None, ExportReport]:
    """Write what is on the articles of a scope as "qdpx", "qdc", "jsonld" or "bundle".

    A codebook ("qdc") has all themes and no articles. Private notes stay here. A true value sent in
    cancels. Raises KnownError ``export.nothing`` where the scope is empty, "theme_set.empty" where
    a codebook would be, and ``write.*`` as ``replacing.placing`` does.
    """
    if format_name == "bundle":
        report = yield from bundles.write(library, scope, file)
        return ExportReport(file, report.articles, format_name, report.cancelled)
    if format_name == "qdc":
        if (yield Progress(0, 0, Message("exchange.writing"))):
            return ExportReport(file, 0, format_name, cancelled=True)
        written = theme_sets.export_codebook(library, file)
        return ExportReport(file, 0, format_name, remarks=written.remarks)
    bundle = yield from bundles.collect(library, scope, every=True, documents=False)
    if bundle is None:
        return ExportReport(file, 0, format_name, cancelled=True)
    if not bundle.articles:
        raise KnownError("export.nothing")
    with suppress(_CancelledError):
        yield from _written(bundle, file, _writer(format_name))
        remarks = _without_place(bundle, format_name)
        return ExportReport(file, len(bundle.articles), format_name, remarks=remarks)
    return ExportReport(file, 0, format_name, cancelled=True)


def _writer(format_name: str) -> Callable[[Bundle, BinaryIO], Iterator[int]]:
    # Deferred: most runs need neither.
    if format_name == "qdpx":
        from bulletin_desktop.exporting import qdpx

        return qdpx.write
    from bulletin_desktop.exporting import web_annotation

    return web_annotation.write


def _written(
    bundle: Bundle, file: Path, writer: Callable[[Bundle, BinaryIO], Iterator[int]]
) -> Generator[Progress, bool | None, None]:
    total = len(bundle.articles)
    with replacing(file) as stream:
        for done in writer(bundle, stream):
            if (yield Progress(done, total, Message("exchange.writing"))):
                raise _CancelledError


def _without_place(bundle: Bundle, format_name: str) -> tuple[Message, ...]:
    """What stays behind: passages whose words are gone, and what a code has not."""
    found: list[Message] = []
    lost = sum(not marked.highlight.placed for marked in bundle.marked)
    if lost and format_name == "qdpx":
        found.append(Message("exchange.leaves_passages", {"n": lost}))
    if format_name == "qdpx":
        found += theme_sets.without_place(bundle.themes)
    return tuple(found)
