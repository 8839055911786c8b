"""Subcommands that change a library or write a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_desktop.cli import themed
from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.run import Run
from bulletin_desktop.cli.searched import change as change_saved
from bulletin_desktop.cli.searched import found_by
from bulletin_desktop.model.change import Change, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    collections,
    exporting,
    files,
    history,
    noting,
    reprints,
    searching,
    tagging,
    themes,
    units,
)
from bulletin_desktop.services.files import Failure
from bulletin_desktop.services.importing import ImportReport, import_paths, import_text

if TYPE_CHECKING:
    from bulletin_desktop.services.bundles import BundleReport
    from bulletin_desktop.services.exporting import ExportReport

_STDIN = Path("-")
# Of an archive whose name says that it is an exchange bundle; ".zip" alone may be anything.
BUNDLE_SUFFIX = ".bundle.zip"
Verb = Callable[[Library, Any], Change]


def _changing(verb: Verb) -> Callable[[Run], int]:
    """The subcommand that carries out one verb and tells its Change."""

    def command(run: Run) -> int:
        with run.library() as library:
            return tell(run, verb(library, run.options))

    return command


def tell(run: Run, change: Change) -> int:
    """Print the Change that a verb gave."""
    name = run.catalogue.message(change.name)
    if run.json:
        run.output.json({"step": change.step, "name": name, "changed": change.changed})
    elif change.step is None:
        run.output.say(run.catalogue.text("cli.nothing_changed"))
    else:
        words = _WORDS.get(run.options.command)
        run.output.say(run.catalogue.text(words, name=name) if words else name)
    return 0


# What stands before the name of a step that is not done but undone or done again.
_WORDS = {"undo": "cli.undone", "redo": "cli.redone"}


def import_files(run: Run) -> int:
    """Import files and folders."""
    with run.library(create=True) as library:
        if run.options.starter_themes:
            themes.add_starter(library)
        report = run.finish(_importing(run, library))
        if not run.output.interrupted and report.stopped is None:
            with suppress(KnownError):  # then it is done the next time
                run.finish(reprints.refresh(library))
    if run.json:
        run.output.json(_report(run, report))
    else:
        run.output.line(_sentence(run, report))
    if report.ruled:
        run.output.say(run.catalogue.text("cli.ruled", n=report.ruled))
    if report.stopped is not None:
        # One sentence for all of them: the library took no more.
        run.output.finish()
        raise report.stopped
    run.output.failures([*report.warnings, *report.failed])
    if report.cancelled or run.output.interrupted:
        run.output.finish()
        raise KeyboardInterrupt
    return 1 if report.failed else 0


def _importing(run: Run, library: Library) -> Generator[Progress, bool | None, ImportReport]:
    """The import of the paths, or of text from standard input, in the encoding asked for."""
    paths, encoding = run.options.paths, run.options.encoding
    if paths == [_STDIN]:
        text = files.text_of(str(_STDIN), sys.stdin.buffer.read(), encoding)
        return import_text(library, text)
    chosen = {each.path: encoding for each in files.find(paths).inputs} if encoding else {}
    return import_paths(library, paths, chosen)


def _report(run: Run, report: ImportReport) -> dict[str, Any]:
    def told(failure: Failure) -> dict[str, str]:
        return {"path": failure.path, "reason": run.catalogue.message(failure.reason)}

    return {
        "imported": report.imported,
        "unchanged": report.unchanged,
        "updated": report.updated,
        "skipped": report.skipped,
        "failed": [told(failure) for failure in report.failed],
        "issues": report.issues,
        "articles": report.articles,
    }


def _sentence(run: Run, report: ImportReport) -> str:
    return run.catalogue.text(
        "cli.imported",
        imported=report.imported,
        articles=report.articles,
        unchanged=report.unchanged,
        updated=report.updated,
        skipped=report.skipped,
        failed=len(report.failed),
    )


def tag(run: Run) -> int:
    """Put themes on articles."""
    return _change_tags(run, tagging.tag)


def untag(run: Run) -> int:
    """Take themes off articles."""
    return _change_tags(run, tagging.untag)


def _change_tags(run: Run, verb: Callable[[Library, Sequence[int], Sequence[int]], Change]) -> int:
    options = run.options
    if bool(options.articles) == (options.query is not None):
        raise UsageError(run.catalogue.text("cli.articles_or_query"))
    with run.library() as library:
        theme_ids = [themes.by_name(library, name).id for name in _once(options.theme)]
        articles = _once(options.articles)
        if options.query is not None:
            articles = _matching(run, library)
        return tell(run, verb(library, articles, theme_ids))


def _once(items: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(items))


def _matching(run: Run, library: Library) -> list[int]:
    """The articles of ``--query``; a search broken off counts for nothing."""
    found = run.finish(searching.matching(library, run.options.query))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return found


def _note(library: Library, options: Any) -> Change:
    return noting.set_note(library, "article", options.article, options.text, typing=False)


def _star(library: Library, options: Any) -> Change:
    return tagging.star(library, _once(options.articles), starred=not options.off)


def _add_to_collection(library: Library, options: Any) -> Change:
    return collections.add_articles(library, options.name, _once(options.articles))


def _remove_from_collection(library: Library, options: Any) -> Change:
    collection = collections.by_name(library, options.name).id
    return collections.remove_articles(library, collection, _once(options.articles))


def _create_collection(library: Library, options: Any) -> Change:
    return collections.create(library, options.name)


def _rename_collection(library: Library, options: Any) -> Change:
    collection = collections.by_name(library, options.name).id
    return collections.rename(library, collection, options.new)


def _delete_collection(library: Library, options: Any) -> Change:
    return collections.delete(library, collections.by_name(library, options.name).id)


def _rename_unit(library: Library, options: Any) -> Change:
    return units.rename(library, units.by_name(library, options.name).key, options.new)


def _merge_units(library: Library, options: Any) -> Change:
    gone = [units.by_name(library, name).key for name in options.names]
    return units.merge(library, gone, units.by_name(library, options.into).key)


def _move_unit(library: Library, options: Any) -> Change:
    parent = units.by_name(library, options.parent).key if options.parent else None
    return units.move(library, units.by_name(library, options.name).key, parent)


def _name_unit(library: Library, options: Any) -> Change:
    unit = units.by_name(library, options.name).key
    if options.remove:
        return units.remove_name(library, unit, options.alias)
    return units.add_name(library, unit, options.alias, options.place or "")


def _set_units(library: Library, options: Any) -> Change:
    names = None if options.infer else _once(options.units)
    return units.set_units_of(library, options.source, options.place, names)


def _reprint(library: Library, options: Any) -> Change:
    verb = reprints.deny if options.action == "deny" else reprints.allow
    return verb(library, options.article, options.other)


def _undo(library: Library, _options: Any) -> Change:
    return history.undo(library)


def _redo(library: Library, _options: Any) -> Change:
    return history.redo(library)


_THEME_FILES = {"export": themed.export_set, "import": themed.import_set}
_COLLECTION_ACTIONS: dict[str, Verb] = {
    "add": _add_to_collection,
    "remove": _remove_from_collection,
    "create": _create_collection,
    "rename": _rename_collection,
    "delete": _delete_collection,
}
_UNIT_ACTIONS: dict[str, Verb] = {
    "rename": _rename_unit,
    "merge": _merge_units,
    "move": _move_unit,
    "alias": _name_unit,
    "source": _set_units,
}


def _theme(run: Run) -> int:
    if run.options.action in _THEME_FILES:
        return _THEME_FILES[run.options.action](run)
    with run.library() as library:
        return tell(run, themed.change(run, library))


def _collection(library: Library, options: Any) -> Change:
    return _COLLECTION_ACTIONS[options.action](library, options)


def _unit(library: Library, options: Any) -> Change:
    units.place_all(library)
    return _UNIT_ACTIONS[options.action](library, options)


def _saved(run: Run) -> int:
    with run.library() as library:
        return tell(run, change_saved(run, library))


def export(run: Run) -> int:
    """Write articles to a document."""
    options = run.options
    name = options.output.name.lower()
    if options.format is None and not name.endswith((".docx", BUNDLE_SUFFIX)):
        raise UsageError(run.catalogue.text("cli.unknown_format", name=options.output.name))
    bundled = options.format == "bundle" or (not options.format and name.endswith(BUNDLE_SUFFIX))
    with run.library() as library:
        scope, title = _scope(run, library)
        report: BundleReport | ExportReport = (
            run.finish(_bundle(library, scope, options.output))
            if bundled
            else run.finish(_document(run, library, scope, title))
        )
    if report.cancelled:
        raise KeyboardInterrupt
    told = {"file": str(report.file), "articles": report.articles, "format": report.format}
    if run.json:
        run.output.json(told)
    else:
        run.output.line(run.catalogue.text("cli.exported", **told, n=report.articles))
    return 0


def _bundle(
    library: Library, scope: Scope, file: Path
) -> Generator[Progress, bool | None, BundleReport]:
    from bulletin_desktop.services import bundles  # deferred: most exports are documents

    return bundles.write(library, scope, file)


def _document(
    run: Run, library: Library, scope: Scope, title: str
) -> Generator[Progress, bool | None, ExportReport]:
    options = run.options
    ordered = scope.collection is not None or bool(options.articles or options.search)
    return exporting.export(
        library,
        scope,
        options.output,
        catalogue=run.catalogue,
        title=options.title or title,
        group_by=options.group_by or ("none" if ordered else "theme"),
        with_notes=options.notes,
    )


def _scope(run: Run, library: Library) -> tuple[Scope, str]:
    """The articles to export, and a title for them where none is given."""
    options, words = run.options, run.catalogue.text
    if options.collection is not None:
        collection = collections.by_name(library, options.collection)
        return Scope(collection=collection.id), collection.name
    if options.theme is not None:
        theme = themes.by_name(library, options.theme)
        return Scope(theme=theme.id), words("export.title_of", name=theme.name)
    if options.search is not None:
        return Scope(ids=found_by(run, library, options.search)), options.search
    if options.query is not None:
        found = tuple(_matching(run, library))
        return Scope(ids=found), words("export.title_of", name=options.query)
    if options.articles is not None:
        articles = _once(options.articles)
        tagging.require(library, articles)
        return Scope(ids=tuple(articles)), words("export.title")
    return Scope(), words("export.title")


COMMANDS: dict[str, Callable[[Run], int]] = {
    "import": import_files,
    "tag": tag,
    "untag": untag,
    "theme": _theme,
    "note": _changing(_note),
    "star": _changing(_star),
    "collection": _changing(_collection),
    "saved": _saved,
    "unit": _changing(_unit),
    "reprint": _changing(_reprint),
    "undo": _changing(_undo),
    "redo": _changing(_redo),
    "export": export,
}
