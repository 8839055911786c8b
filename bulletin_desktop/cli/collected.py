"""Collections: filling and arranging them, what is printed of each article, and what they list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.changing import tell
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, collection_list, collections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bulletin_desktop.cli.run import Run
    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Collection

    Verb = Callable[[Run, Library], Change]

COLUMNS = ("item", "article", "title", "level", "text", "extent")


def collection(run: Run) -> int:
    """Carry out an action of ``collection``."""
    with run.library() as library:
        if run.options.action == "show":
            return _show(run, library)
        return tell(run, _ACTIONS[run.options.action](run, library))


def _show(run: Run, library: Library) -> int:
    """What a collection lists, in its order."""
    found = _named(run, library)
    titles = {x.id: x.heading for x in browsing.in_scope(library, Scope(collection=found.id))}
    rows = [
        {
            "item": item.id,
            "article": item.article,
            "title": titles.get(item.article or 0) or None,
            "level": item.level or None,
            "text": item.text or None,
            "extent": item.extent if item.article else None,
        }
        for item in collections.items(library, found.id)
    ]
    if run.json or run.options.csv:
        run.tell_rows(rows, COLUMNS)
    else:
        run.output.table(("id", *COLUMNS[1:]), [{"id": row["item"], **row} for row in rows])
    return 0


def _named(run: Run, library: Library) -> Collection:
    return collections.by_name(library, run.options.name)


def _add(run: Run, library: Library) -> Change:
    return collections.add_articles(library, run.options.name, _once(run.options.articles))


def _remove(run: Run, library: Library) -> Change:
    found = _named(run, library).id
    return collections.remove_articles(library, found, _once(run.options.articles))


def _create(run: Run, library: Library) -> Change:
    return collections.create(library, run.options.name)


def _rename(run: Run, library: Library) -> Change:
    return collections.rename(library, _named(run, library).id, run.options.new)


def _delete(run: Run, library: Library) -> Change:
    return collections.delete(library, _named(run, library).id)


def _heading(run: Run, library: Library) -> Change:
    options, found = run.options, _named(run, library).id
    if options.item is None:
        before = _item(library, found, options.before)
        level: collections.Level = options.level or 1
        return collections.add_heading(library, found, options.text, level, before)
    _item(library, found, options.item)
    have = {x.id: x.level for x in collections.items(library, found)}
    level = options.level or (2 if have[options.item] == 2 else 1)
    return collections.set_heading(library, options.item, options.text, level)


def _item(library: Library, found: int, item: int | None) -> int | None:
    """An item that the collection lists. Raises KnownError("collection.no_item")."""
    if item is not None and item not in {x.id for x in collections.items(library, found)}:
        raise KnownError("collection.no_item", id=item)
    return item


def _move(run: Run, library: Library) -> Change:
    options, found = run.options, _named(run, library).id
    before = _item(library, found, options.before)
    return collections.move_items(library, found, _once(options.items), before)


def _take_out(run: Run, library: Library) -> Change:
    return collections.remove_items(library, _named(run, library).id, _once(run.options.items))


def _extent(run: Run, library: Library) -> Change:
    options, found = run.options, _named(run, library)
    listed = {x.article: x.id for x in collections.items(library, found.id) if x.article}
    articles = _once(options.articles)
    for article in articles:
        if article not in listed:
            raise KnownError("collection.not_listed", name=found.name, id=article)
    if options.summary is None:
        return collections.set_extent(library, [listed[x] for x in articles], options.extent)
    if options.extent != "summary" or len(articles) != 1:
        raise UsageError(run.catalogue.text("cli.one_summary"))
    return collections.set_summary(library, listed[articles[0]], options.summary)


def _intro(run: Run, library: Library) -> Change:
    return collections.set_intro(library, _named(run, library).id, run.options.text)


def _sort(run: Run, library: Library) -> Change:
    options, found = run.options, _named(run, library).id
    return collections.sort(library, found, options.by, descending=options.descending)


def _update(run: Run, library: Library) -> Change:
    found = _named(run, library)
    new = run.finish(collection_list.new_hits(library, found.id))
    if run.output.interrupted:
        raise KeyboardInterrupt
    return collections.add_articles(library, found.name, new)


def _once(ids: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(ids))


_ACTIONS: dict[str, Verb] = {
    "add": _add,
    "remove": _remove,
    "create": _create,
    "rename": _rename,
    "delete": _delete,
    "heading": _heading,
    "move": _move,
    "take-out": _take_out,
    "extent": _extent,
    "intro": _intro,
    "sort": _sort,
    "update": _update,
}
COMMANDS: dict[str, Callable[[Run], int]] = {"collection": collection}
