"""What was done, and what was deleted: the history and the trash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.changing import tell
from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.change import Change
from bulletin_desktop.services import Library, history, trash

TRASH = ("id", "kind", "item", "name", "at", "annotator")
_STEPS = ("step", "name", "at", "undone", "annotator")
_EVENTS = (*_STEPS, "note")


def list_history(run: Run) -> int:
    """List the steps of the history, or what was done to one article, newest first."""
    article = run.options.article
    with run.library() as library:
        rows = _steps(run, library) if article is None else _events(run, library, article)
    if run.json:
        run.output.json(rows)
    else:
        run.output.table(_STEPS if article is None else _EVENTS, rows)
    return 0


def _steps(run: Run, library: Library) -> list[dict[str, Any]]:
    return [
        {
            "step": step.id,
            "name": run.catalogue.text(step.code, **step.params),
            "at": step.at,
            "undone": step.undone,
            "annotator": step.annotator,
        }
        for step in history.steps(library)
    ]


def _events(run: Run, library: Library, article: int) -> list[dict[str, Any]]:
    return [
        {
            "step": event.step,
            "name": run.catalogue.message(event.told),
            "at": event.at,
            "undone": event.undone,
            "annotator": event.annotator,
            "note": event.note.text if event.note else None,
        }
        for event in history.events(library, article)
    ]


def trash_command(run: Run) -> int:
    """Put articles and issues into the trash, list it, restore what is in it, or empty it."""
    options = run.options
    if options.action == "list":
        return _list(run)
    if options.action == "put" and not (options.articles or options.issues):
        raise UsageError(run.catalogue.text("cli.trash_what"))
    with run.library() as library:
        return tell(run, _VERBS[options.action](library, options))


def trashed(library: Library) -> list[dict[str, Any]]:
    """What is in the trash, the newest first."""
    return [entry._asdict() for entry in trash.trashed(library)]


def _list(run: Run) -> int:
    with run.library() as library:
        rows = trashed(library)
    run.tell_rows(rows, TRASH)
    return 0


def _put(library: Library, options: Any) -> Change:
    articles, issues = (list(dict.fromkeys(ids)) for ids in (options.articles, options.issues))
    return trash.discard(library, articles, issues)


def _restore(library: Library, options: Any) -> Change:
    return trash.restore(library, list(dict.fromkeys(options.entries)))


def _empty(library: Library, options: Any) -> Change:
    return trash.empty(library, options.entries or None)


_VERBS: dict[str, Callable[[Library, Any], Change]] = {
    "put": _put,
    "restore": _restore,
    "empty": _empty,
}
COMMANDS: dict[str, Callable[[Run], int]] = {"history": list_history, "trash": trash_command}
