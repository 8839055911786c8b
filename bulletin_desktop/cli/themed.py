"""Subcommands on themes: the tree, what a theme is known by, splitting, theme sets as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, searching, theme_sets, themes
from bulletin_desktop.services.files import failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulletin_desktop.cli.run import Run
    from bulletin_desktop.model.change import Change, Message
    from bulletin_desktop.model.records import Theme

    Verb = Callable[[Library, Any], Change]


def change(run: Run, library: Library) -> Change:
    """Carry out an action of ``theme`` that changes the library."""
    if run.options.action == "split":
        return _split(run, library)
    return _ACTIONS[run.options.action](library, run.options)


def _named(library: Library, options: Any) -> Theme:
    return themes.by_name(library, options.name)


def _add(library: Library, options: Any) -> Change:
    parent = themes.by_name(library, options.parent).id if options.parent else None
    return themes.add(
        library,
        options.name,
        parent=parent,
        colour=options.colour,
        key=options.key,
        aliases=options.alias,
    )


def _rename(library: Library, options: Any) -> Change:
    return themes.rename(library, _named(library, options).id, options.new)


def _merge(library: Library, options: Any) -> Change:
    gone = [themes.by_name(library, name).id for name in options.names]
    return themes.merge_all(library, gone, themes.by_name(library, options.into).id)


def _move(library: Library, options: Any) -> Change:
    parent = themes.by_name(library, options.parent).id if options.parent else None
    return themes.move(library, _named(library, options).id, parent)


def _delete(library: Library, options: Any) -> Change:
    return themes.delete(library, _named(library, options).id)


def _describe(library: Library, options: Any) -> Change:
    return themes.describe(library, _named(library, options).id, options.text)


def _alias(library: Library, options: Any) -> Change:
    theme = _named(library, options)
    return themes.set_aliases(library, theme.id, _changed(theme.aliases, options))


def _words(library: Library, options: Any) -> Change:
    theme = _named(library, options)
    return themes.set_words(library, theme.id, _changed(theme.words, options))


def _changed(names: Iterable[str], options: Any) -> list[str]:
    """The names with those that were given, or without them."""
    kept = [name for name in names if name not in options.given]
    return kept if options.remove else [*names, *options.given]


def _colour(library: Library, options: Any) -> Change:
    named = {name: each.hex for each in themes.colours() for name in (each.name_zh, each.name_en)}
    colour = named.get(options.colour, options.colour)
    return themes.set_colour(library, _named(library, options).id, colour)


def _key(library: Library, options: Any) -> Change:
    return themes.set_key(library, _named(library, options).id, options.key)


def _split(run: Run, library: Library) -> Change:
    options = run.options
    theme = _named(library, options)
    found = run.finish(searching.matching(library, options.query))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return themes.split(
        library, theme.id, options.new, found, beside=options.beside, keep=options.keep
    )


_ACTIONS: dict[str, Verb] = {
    "add": _add,
    "rename": _rename,
    "merge": _merge,
    "move": _move,
    "delete": _delete,
    "describe": _describe,
    "alias": _alias,
    "words": _words,
    "colour": _colour,
    "key": _key,
}


def export_set(run: Run) -> int:
    """Write all themes to a file."""
    file = run.options.output
    with run.library() as library:
        written = theme_sets.export_set(library, file)
    if run.json:
        remarks = _said(run, written.remarks)
        run.output.json({"file": str(file), "themes": written.themes, "remarks": remarks})
        return 0
    run.output.line(run.catalogue.text("cli.set_written", n=written.themes, file=file))
    _tell(run, written.remarks)
    return 0


def import_set(run: Run) -> int:
    """Take in the themes of a file."""
    file = run.options.file
    try:
        given = theme_sets.read_set(file)
    except KnownError as error:
        run.output.failures([failure(file, error)])
        return 1
    with run.library(create=True) as library:
        report = theme_sets.add_set(library, given, file.name)
    if run.json:
        run.output.json(
            {
                "step": report.change.step,
                "name": run.catalogue.message(report.change.name),
                "changed": report.change.changed,
                "added": report.added,
                "same": report.same,
                "completed": report.completed,
                "remarks": _said(run, report.remarks),
            }
        )
        return 0
    counts = {name: getattr(report, name) for name in ("added", "same", "completed")}
    run.output.line(run.catalogue.text("cli.set_read", **counts))
    _tell(run, report.remarks)
    return 0


def _said(run: Run, remarks: Iterable[Message]) -> list[str]:
    return [run.catalogue.message(remark) for remark in remarks]


def _tell(run: Run, remarks: Iterable[Message]) -> None:
    for sentence in _said(run, remarks):
        run.output.say(sentence)
