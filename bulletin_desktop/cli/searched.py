"""Saved searches: keeping them, what they find, and freezing that as a collection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.change import Change
from bulletin_desktop.services import Library, searches, searching

COLUMNS = ("id", "name", "query", "sort", "years", "spaces", "articles")


def list_searches(run: Run) -> int:
    """List the saved searches and how many articles each finds now."""
    with run.library() as library:
        rows = [_row(run, library, saved) for saved in searches.all_searches(library)]
    run.tell_rows(rows, COLUMNS, ("id", "name", "query", "articles"))
    return 0


def _row(run: Run, library: Library, saved: searches.SavedSearch) -> dict[str, Any]:
    count = run.finish(searches.count_of(library, saved))
    if run.output.interrupted:
        raise KeyboardInterrupt
    spelling = saved.options.spelling
    return {
        "id": saved.id,
        "name": saved.name,
        "query": saved.query,
        "sort": saved.options.sort,
        "years": spelling.years,
        "spaces": spelling.spaces,
        "articles": count,
    }


def found_by(run: Run, library: Library, name: str) -> tuple[int, ...]:
    """What the saved search of this name finds; one broken off counts for nothing."""
    ids = run.finish(searches.hits_of(library, searches.by_name(library, name)))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return tuple(ids)


def change(run: Run, library: Library) -> Change:
    """Keep a search, change it, or make a collection of what it finds."""
    return _ACTIONS[run.options.action](run, library)


def _add(run: Run, library: Library) -> Change:
    return searches.save(library, run.options.name, run.options.query, _options(run))


def _replace(run: Run, library: Library) -> Change:
    saved = searches.by_name(library, run.options.name)
    return searches.replace(library, saved.id, run.options.query, _options(run))


def _options(run: Run) -> searching.Options:
    spelling = searching.spelled(years=run.options.years, spaces=run.options.spaces)
    return searching.Options(run.options.sort, spelling=spelling)


def _rename(run: Run, library: Library) -> Change:
    saved = searches.by_name(library, run.options.name)
    return searches.rename(library, saved.id, run.options.new)


def _delete(run: Run, library: Library) -> Change:
    return searches.delete(library, searches.by_name(library, run.options.name).id)


def _freeze(run: Run, library: Library) -> Change:
    ids = found_by(run, library, run.options.name)
    return searches.freeze(library, searches.by_name(library, run.options.name).id, ids)


_ACTIONS: dict[str, Callable[[Run, Library], Change]] = {
    "add": _add,
    "replace": _replace,
    "rename": _rename,
    "delete": _delete,
    "freeze": _freeze,
}
