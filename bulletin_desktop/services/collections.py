"""Collections: making, filling, ordering and deleting them, and what is printed of each article."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from bulletin_desktop.library import annotating, articles, collecting, outline, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.naming import clean_name
from bulletin_desktop.services.tagging import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletin_desktop.model.records import Article, Collection, CollectionItem, Extent

SortBy = Literal["date", "source", "theme", "title"]
Level = Literal[1, 2]

_CURRENT = "current collection"
_LONGEST_HEADING = 200


def all_collections(library: Library) -> list[Collection]:
    """All collections in the order in which they were made."""
    return outline.collections(library)


def find(library: Library, name: str) -> Collection | None:
    """The collection with this name, or None."""
    return next((c for c in outline.collections(library) if c.name == name), None)


def by_id(library: Library, collection: int) -> Collection:
    """The collection with this id. Raises KnownError("collection.missing")."""
    for found in outline.collections(library):
        if found.id == collection:
            return found
    raise KnownError("collection.missing", name=collection)


def by_name(library: Library, name: str) -> Collection:
    """The collection with this name. Raises KnownError("collection.missing")."""
    found = find(library, name.strip())
    if found is None:
        raise KnownError("collection.missing", name=name)
    return found


def current(library: Library) -> Collection | None:
    """The collection that articles are added to: the one chosen last, if it still exists."""
    chosen = annotating.setting(library, _CURRENT)
    known = outline.collections(library)
    return next((c for c in known if str(c.id) == chosen), known[-1] if known else None)


@atomic
def choose(library: Library, collection: int) -> Change:
    """Make a collection the one that articles are added to; no step of the history."""
    chosen = by_id(library, collection)
    annotating.set_setting(library, _CURRENT, str(collection))
    message = Message("step.collection_choose", {"name": chosen.name})
    return Change(None, message, 1, frozenset(["collections"]))


def _clean(library: Library, name: str, but: int | None = None) -> str:
    clean = clean_name(name, "collection")
    if any(c.name == clean and c.id != but for c in outline.collections(library)):
        raise KnownError("collection.exists", name=clean)
    return clean


@atomic
def create(library: Library, name: str) -> Change:
    """A new empty collection. Raises KnownError where the name is taken or empty."""
    clean = _clean(library, name)
    message = Message("step.collection_add", {"name": clean})
    with library.change(message, "collections") as recording:
        collecting.insert_collection(library, clean)
    return recording.result()


@atomic
def rename(library: Library, collection: int, name: str) -> Change:
    """Give a collection another name."""
    old, clean = by_id(library, collection), _clean(library, name, but=collection)
    message = Message("step.collection_rename", {"old": old.name, "name": clean})
    with library.change(message, "collections") as recording:
        if old.name != clean:
            collecting.rename_collection(library, collection, clean)
    return recording.result()


@atomic
def delete(library: Library, collection: int) -> Change:
    """Put a collection into the trash; its articles stay in the library."""
    gone = by_id(library, collection)
    message = Message("step.collection_delete", {"name": gone.name})
    with library.change(message, "collections", "trash") as recording:
        trash.put(library, "collection", collection, gone.name)
    return recording.result()


# What it lists


def items(library: Library, collection: int) -> list[CollectionItem]:
    """What a collection lists, in its order: headings, and articles outside the trash."""
    by_id(library, collection)
    live = set(articles.ids_in_scope(library, Scope(collection=collection)))
    found = collecting.items(library, collection)
    return [item for item in found if item.article is None or item.article in live]


@atomic
def add_articles(library: Library, name: str, article_ids: Sequence[int]) -> Change:
    """Add articles at the end of the collection of this name, which is made where missing."""
    require(library, article_ids)
    known = find(library, name.strip())
    clean = known.name if known else _clean(library, name)
    message = Message("step.collect", {"name": clean, "n": len(article_ids)})
    with library.change(message, "collections") as recording:
        collection = known.id if known else collecting.insert_collection(library, clean)
        have = {item.article for item in collecting.items(library, collection)}
        new = [article for article in dict.fromkeys(article_ids) if article not in have]
        collecting.insert_articles(library, collection, new)
    return recording.result()


@atomic
def remove_articles(library: Library, collection: int, article_ids: Sequence[int]) -> Change:
    """Take articles out of a collection."""
    known = by_id(library, collection)
    message = Message("step.uncollect", {"name": known.name, "n": len(article_ids)})
    with library.change(message, "collections") as recording:
        items, gone = collecting.items(library, collection), set(article_ids)
        collecting.delete_items(library, (item.id for item in items if item.article in gone))
    return recording.result()


@atomic
def remove_items(library: Library, collection: int, item_ids: Sequence[int]) -> Change:
    """Take headings and articles out of a collection."""
    known, listed = _listed(library, item_ids, collection)
    message = Message("step.items_remove", {"name": known.name, "n": len(listed)})
    with library.change(message, "collections") as recording:
        collecting.delete_items(library, item_ids)
    return recording.result()


@atomic
def move_items(
    library: Library, collection: int, item_ids: Sequence[int], before: int | None
) -> Change:
    """Move headings and articles of a collection before another item of it (None: to the end).

    They keep their order.
    """
    known, _ = _listed(library, item_ids, collection)
    message = Message("step.reorder", {"name": known.name})
    with library.change(message, "collections") as recording:
        have, chosen = [item.id for item in collecting.items(library, known.id)], set(item_ids)
        behind = have[have.index(before) :] if before in have else []
        at = next((item for item in behind if item not in chosen), None)
        rest = [item for item in have if item not in chosen]
        place = rest.index(at) if at is not None else len(rest)
        moved = [item for item in have if item in chosen]
        collecting.arrange(library, known.id, [*rest[:place], *moved, *rest[place:]])
    return recording.result()


@atomic
def sort(library: Library, collection: int, by: SortBy, *, descending: bool = False) -> Change:
    """Put the articles between two headings into an order; the headings stay where they are.

    Themes come in the order in which they were made, sources and titles by their characters.
    Articles without a date, source, theme or title come last.
    """
    known = by_id(library, collection)
    keys = _sort_keys(library, articles.in_scope(library, Scope(collection=collection)), by)
    message = Message(f"step.sort_{by}", {"name": known.name})
    with library.change(message, "collections") as recording:
        have, order = collecting.items(library, collection), []
        for _, run in groupby(have, lambda item: item.article is None):
            order += _in_order(run, keys, descending=descending)
        collecting.arrange(library, collection, order)
    return recording.result()


def _sort_keys(library: Library, found: Iterable[Article], by: SortBy) -> dict[int | None, Any]:
    """By article; those that have nothing to be sorted by are left out."""
    if by == "theme":
        rank = {theme.id: place for place, theme in enumerate(annotating.themes(library))}
        return {x.id: min(rank[theme] for theme in x.themes) for x in found if x.themes}
    keys = ((x.id, x.heading if by == "title" else getattr(x, by)) for x in found)
    return {article: key for article, key in keys if key}


def _in_order(
    run: Iterable[CollectionItem], keys: Mapping[int | None, Any], *, descending: bool
) -> list[int]:
    """The items of a run of articles or headings; what has no key stands last, as it stood."""
    listed = list(run)
    having = [item for item in listed if item.article in keys]
    having.sort(key=lambda item: keys[item.article], reverse=descending)
    return [item.id for item in (*having, *(x for x in listed if x.article not in keys))]


# Headings, introduction, and what is printed of an article


@atomic
def set_intro(library: Library, collection: int, text: str) -> Change:
    """Give a collection an introduction, by lines; an empty one is none."""
    known, clean = by_id(library, collection), "\n".join(text.splitlines()).strip()
    message = Message("step.intro", {"name": known.name})
    with library.change(message, "collections") as recording:
        if known.intro != clean:
            collecting.set_intro(library, collection, clean)
    return recording.result()


@atomic
def add_heading(
    library: Library, collection: int, text: str, level: Level = 1, before: int | None = None
) -> Change:
    """Put a heading before an item of a collection (None: at the end).

    Raises KnownError where the text is empty or too long.
    """
    known, clean = by_id(library, collection), _heading(text)
    message = Message("step.heading_add", {"name": known.name, "text": clean})
    with library.change(message, "collections") as recording:
        have = [item.id for item in collecting.items(library, collection)]
        place = have.index(before) if before in have else len(have)
        new = collecting.insert_heading(library, collection, level, clean)
        collecting.arrange(library, collection, [*have[:place], new, *have[place:]])
    return recording.result()


@atomic
def set_heading(library: Library, item: int, text: str, level: Level) -> Change:
    """Change what a heading says, and whether it stands below another one (``level`` 2).

    Raises KnownError("collection.no_heading") for an article.
    """
    known, [listed] = _listed(library, [item])
    if listed.article is not None:
        raise KnownError("collection.no_heading", id=item)
    clean = _heading(text)
    message = Message("step.heading_set", {"name": known.name, "text": clean})
    with library.change(message, "collections") as recording:
        if (listed.text, listed.level) != (clean, level):
            collecting.set_item(library, item, level=level, text=clean, extent=listed.extent)
    return recording.result()


def _heading(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise KnownError("collection.empty_heading")
    if len(clean) > _LONGEST_HEADING:
        raise KnownError("collection.long_heading", n=_LONGEST_HEADING)
    return clean


@atomic
def set_extent(library: Library, item_ids: Sequence[int], extent: Extent) -> Change:
    """Say what is printed of articles of one collection; headings among them stay as they are."""
    known, listed = _listed(library, item_ids)
    listed = [item for item in listed if item.article is not None]
    message = Message(f"step.extent_{extent}", {"name": known.name, "n": len(listed)})
    with library.change(message, "collections") as recording:
        for item in listed:
            if item.extent != extent:
                collecting.set_item(library, item.id, level=0, text=item.text, extent=extent)
    return recording.result()


@atomic
def set_summary(library: Library, item: int, text: str) -> Change:
    """Write the line that is printed in the place of an article, which is then what is printed.

    An empty one lets its first sentence stand there. Raises KnownError("collection.no_article")
    for a heading.
    """
    known, [listed] = _listed(library, [item])
    if listed.article is None:
        raise KnownError("collection.no_article", id=item)
    clean = " ".join(text.split())
    message = Message("step.summary", {"name": known.name})
    with library.change(message, "collections") as recording:
        if (listed.text, listed.extent) != (clean, "summary"):
            collecting.set_item(library, item, level=0, text=clean, extent="summary")
    return recording.result()


def _listed(
    library: Library, given: Sequence[int], collection: int | None = None
) -> tuple[Collection, list[CollectionItem]]:
    """The items of these ids in the order of their list, and the collection that has them all.

    Raises KnownError("collection.no_item").
    """
    first = next(iter(given), 0)
    within = collection or collecting.collection_of(library, first)
    found = [item for item in collecting.items(library, within or 0) if item.id in given]
    missing = set(given) - {item.id for item in found}
    if within is None or missing or not found:
        raise KnownError("collection.no_item", id=min(missing, default=first))
    return by_id(library, within), found
