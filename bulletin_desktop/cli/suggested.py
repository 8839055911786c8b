"""Subcommands on suggestions: themes with their reasons, refusing them, the user's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_desktop.cli.changing import tell
from bulletin_desktop.services import themes, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_desktop.cli.run import Run
    from bulletin_desktop.services.suggesting import Reason, Suggestion


def suggest(run: Run) -> int:
    """Suggest themes for each of the articles, with the reasons."""
    from bulletin_desktop.services.suggesting import Suggester, reason_text

    suggester = Suggester()
    with run.library() as library:
        known = {theme.id: theme for theme in themes.all_themes(library)}
        found = [(x, suggester.suggest(library, [x])) for x in run.options.articles]
    if run.json:
        names = {theme.id: theme.name for theme in known.values()}
        run.output.json(
            [
                {"article": article, "suggestions": [_row(each, names) for each in given]}
                for article, given in found
            ]
        )
        return 0
    for article, given in found:
        for each in given:
            run.output.line(f"{article}  {reason_text(run.catalogue, each, known)}")
    return 0


def _row(suggestion: Suggestion, names: dict[int, str]) -> dict[str, Any]:
    return {
        "theme": names[suggestion.theme_id],
        "score": suggestion.score,
        "evidence": [_evidence(reason) for reason in suggestion.reasons],
    }


def _evidence(reason: Reason) -> dict[str, Any]:
    """A reason with those of its fields that say something."""
    fields = {
        "words": [{"word": word, "count": count} for word, count in reason.words],
        "articles": list(reason.articles),
        "name": reason.name,
        "count": reason.n,
        "of": reason.of,
    }
    return {"kind": reason.kind, **{name: value for name, value in fields.items() if value}}


def refuse(run: Run) -> int:
    """Suggest a theme for the articles no more."""
    from bulletin_desktop.services import suggesting

    with run.library() as library:
        theme = themes.by_name(library, run.options.theme).id
        return tell(run, suggesting.refuse(library, run.options.articles, theme))


def _list(run: Run) -> int:
    with run.library() as library:
        rows = [{"word": word} for word in words.all_words(library)]
    return _table(run, ("word",), rows)


def _candidates(run: Run) -> int:
    from bulletin_desktop.services.suggesting import Suggester

    with run.library() as library:
        found = words.candidates(library, Suggester().segmenter)
    return _table(run, ("word", "articles"), [each._asdict() for each in found])


def _table(run: Run, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> int:
    if run.json:
        run.output.json(rows)
    else:
        run.output.table(columns, rows)
    return 0


def _add(run: Run) -> int:
    with run.library() as library:
        return tell(run, words.add(library, run.options.words))


def _remove(run: Run) -> int:
    with run.library() as library:
        return tell(run, words.remove(library, run.options.words))


_WORDS: dict[str, Callable[[Run], int]] = {
    "list": _list,
    "candidates": _candidates,
    "add": _add,
    "remove": _remove,
}


def user_words(run: Run) -> int:
    """List or change the user's words."""
    return _WORDS[run.options.action](run)


COMMANDS: dict[str, Callable[[Run], int]] = {
    "suggest": suggest,
    "refuse": refuse,
    "words": user_words,
}
