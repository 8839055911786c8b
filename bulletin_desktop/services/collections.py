"""Collections: making, filling, ordering and deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating, outline, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.naming import clean_name
from bulletin_desktop.services.tagging import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Collection

_CURRENT = "current collection"


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
        annotating.insert_collection(library, clean)
    return recording.result()


@atomic
def rename(library: Library, collection: int, name: str) -> Change:
    """Give a collection another name."""
    old, clean = by_id(library, collection), _clean(library, name, but=collection)
    message = Message("step.collection_rename", {"old": old.name, "name": clean})
    with library.change(message, "collections") as recording:
        if old.name != clean:
            annotating.rename_collection(library, collection, clean)
    return recording.result()


@atomic
def delete(library: Library, collection: int) -> Change:
    """Put a collection into the trash; its articles stay in the library."""
    gone = by_id(library, collection)
    message = Message("step.collection_delete", {"name": gone.name})
    with library.change(message, "collections", "trash") as recording:
        trash.put(library, "collection", collection, gone.name)
    return recording.result()


@atomic
def add_articles(library: Library, name: str, article_ids: Sequence[int]) -> Change:
    """Add articles at the end of the collection of this name, which is made where missing."""
    require(library, article_ids)
    known = find(library, name.strip())
    clean = known.name if known else _clean(library, name)
    message = Message("step.collect", {"name": clean, "n": len(article_ids)})
    with library.change(message, "collections") as recording:
        collection = known.id if known else annotating.insert_collection(library, clean)
        have = annotating.collection_items(library, collection)
        want = list(dict.fromkeys([*have, *article_ids]))
        annotating.set_collection_items(library, collection, want)
    return recording.result()


@atomic
def remove_articles(library: Library, collection: int, article_ids: Sequence[int]) -> Change:
    """Take articles out of a collection."""
    known = by_id(library, collection)
    message = Message("step.uncollect", {"name": known.name, "n": len(article_ids)})
    with library.change(message, "collections") as recording:
        have = annotating.collection_items(library, collection)
        want = [article for article in have if article not in set(article_ids)]
        annotating.set_collection_items(library, collection, want)
    return recording.result()


@atomic
def move_articles(
    library: Library, collection: int, article_ids: Sequence[int], before: int | None
) -> Change:
    """Move articles of a collection before another one of it (None: to the end), in their order."""
    known = by_id(library, collection)
    message = Message("step.reorder", {"name": known.name})
    with library.change(message, "collections") as recording:
        have = annotating.collection_items(library, collection)
        moved = [article for article in have if article in set(article_ids)]
        rest = [article for article in have if article not in set(article_ids)]
        at = rest.index(before) if before in rest else len(rest)
        annotating.set_collection_items(library, collection, [*rest[:at], *moved, *rest[at:]])
    return recording.result()
