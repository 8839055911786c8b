"""Subcommands that change a library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bulletin_desktop.cli import themed
from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.run import Run
from bulletin_desktop.cli.searched import change as change_saved
from bulletin_desktop.model.change import Change, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import (
    Library,
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

_STDIN = Path("-")
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
        theme_ids = [themes.by_name(library, name).id for name in once(options.theme)]
        articles = once(options.articles)
        if options.query is not None:
            articles = matching(run, library)
        return tell(run, verb(library, articles, theme_ids))


def once(items: Sequence[Any]) -> list[Any]:
    """Each of them once, in their order."""
    return list(dict.fromkeys(items))


def matching(run: Run, library: Library) -> list[int]:
    """The articles of ``--query``; a search broken off counts for nothing."""
    found = run.finish(searching.matching(library, run.options.query))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return found


def _note(library: Library, options: Any) -> Change:
    return noting.set_note(library, "article", options.article, options.text, typing=False)


def _star(library: Library, options: Any) -> Change:
    return tagging.star(library, once(options.articles), starred=not options.off)


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
    names = None if options.infer else once(options.units)
    return units.set_units_of(library, options.source, options.place, names)


def _reprint(library: Library, options: Any) -> Change:
    verb = reprints.deny if options.action == "deny" else reprints.allow
    return verb(library, options.article, options.other)


def _undo(library: Library, _options: Any) -> Change:
    return history.undo(library)


def _redo(library: Library, _options: Any) -> Change:
    return history.redo(library)


_THEME_FILES = {"export": themed.export_set, "import": themed.import_set}
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


def _unit(library: Library, options: Any) -> Change:
    units.place_all(library)
    return _UNIT_ACTIONS[options.action](library, options)


def _saved(run: Run) -> int:
    with run.library() as library:
        return tell(run, change_saved(run, library))


COMMANDS: dict[str, Callable[[Run], int]] = {
    "import": import_files,
    "tag": tag,
    "untag": untag,
    "theme": _theme,
    "note": _changing(_note),
    "star": _changing(_star),
    "saved": _saved,
    "unit": _changing(_unit),
    "reprint": _changing(_reprint),
    "undo": _changing(_undo),
    "redo": _changing(_redo),
}
