"""Highlights and rules: marking passages, and themes that searches give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bulletin_desktop.cli.changing import tell
from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.annotations import Rule
from bulletin_desktop.model.change import Change
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, passages, rules, searches, searching, themes

HIGHLIGHTS = (
    "id", "article", "start", "end", "quote", "themes", "note", "annotator", "private", "placed",
)  # fmt: skip
_RULES = ("id", "query", "theme", "at_import", "years", "spaces", "found", "have")
_TABLE = ("id", "query", "theme", "at_import", "found", "have")


def highlight(run: Run) -> int:
    """Mark a passage, delete highlights, or put a theme on them or take it off."""
    with run.library() as library:
        return tell(run, _HIGHLIGHT[run.options.action](library, run.options))


def _add(library: Library, options: Any) -> Change:
    chosen = _themes(library, options.theme)
    return passages.mark(
        library, options.article, options.start, options.end, chosen, options.note or ""
    )


def _themes(library: Library, names: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(themes.by_name(library, name).id for name in names))


def _delete(library: Library, options: Any) -> Change:
    return passages.delete(library, _once(options.highlights))


def _theme(library: Library, options: Any) -> Change:
    verb = passages.take_theme if options.remove else passages.put_theme
    return verb(library, _once(options.highlights), themes.by_name(library, options.theme).id)


def _once(ids: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(ids))


def highlights(library: Library) -> list[dict[str, Any]]:
    """The highlights as they are listed: places are code points of the body of their article."""
    names = {theme.id: theme.name for theme in themes.all_themes(library)}
    rows = []
    for passage in passages.listed(library):
        row = passage.highlight._asdict()
        row["themes"] = [names[theme] for theme in passage.highlight.themes]
        row["note"] = passage.highlight.note or None
        rows.append({column: row[column] for column in HIGHLIGHTS})
    return rows


def rule(run: Run) -> int:
    """Make a rule, list rules with what they would do, apply or delete them."""
    if run.options.action == "list":
        return _list(run)
    with run.library() as library:
        return tell(run, _RULE[run.options.action](run, library))


def _add_rule(run: Run, library: Library) -> Change:
    options = run.options
    spelling = searching.spelled(years=options.years, spaces=options.spaces)
    written = searches.written_options(searching.Options(spelling=spelling))
    theme = themes.by_name(library, options.theme).id
    return rules.add(library, theme, options.query, written, at_import=options.at_import)


def _apply(run: Run, library: Library) -> Change:
    every = [each.id for each in rules.all_rules(library)]
    change = run.finish(rules.apply(library, _once(run.options.rules) or every))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return change


def _delete_rules(run: Run, library: Library) -> Change:
    return rules.delete(library, _once(run.options.rules))


def _list(run: Run) -> int:
    with run.library() as library:
        names = {theme.id: theme.name for theme in themes.all_themes(library)}
        kept = rules.all_rules(library)
        told = run.finish(rules.previews(library, kept))
        if told is None:
            raise KeyboardInterrupt
    rows = [_row(each, told[each.id], names[each.theme]) for each in kept]
    for each, preview in told.items():
        if isinstance(preview, KnownError):
            run.output.say(f"{each}  {run.catalogue.error(preview)}")
    run.tell_rows(rows, _RULES, _TABLE)
    return 0


def _row(each: Rule, preview: rules.Previewed, theme: str) -> dict[str, Any]:
    """A rule with how many articles it finds and how many of them have the theme; None where it
    cannot be applied.
    """
    spelling = searches.read_options(each.options).spelling
    told = preview if isinstance(preview, rules.Preview) else None
    return {
        "id": each.id,
        "query": each.query,
        "theme": theme,
        "at_import": each.at_import,
        "years": spelling.years,
        "spaces": spelling.spaces,
        "found": told.found if told else None,
        "have": told.have if told else None,
    }


_HIGHLIGHT: dict[str, Callable[[Library, Any], Change]] = {
    "add": _add,
    "delete": _delete,
    "theme": _theme,
}
_RULE: dict[str, Callable[[Run, Library], Change]] = {
    "add": _add_rule,
    "apply": _apply,
    "delete": _delete_rules,
}
COMMANDS: dict[str, Callable[[Run], int]] = {"highlight": highlight, "rule": rule}
