"""Saved searches as the window shows them: which there are, and how much each finds now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from bulletin_desktop.ui.context import ignore

if TYPE_CHECKING:
    from collections.abc import Generator
    from collections.abc import Set as AbstractSet

    from bulletin_desktop.model.change import Change, Progress, Topic
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.searches import SavedSearch
    from bulletin_desktop.ui.context import Context

# What changes often is counted once.
_QUIET_MILLISECONDS = 300
_KEY = "saved searches"

Key = tuple[object, ...]


class _Counted(NamedTuple):
    """How many articles a search finds (None: cannot be told), and what may alter that."""

    key: Key
    articles: int | None
    altered_by: frozenset[Topic]


class SavedSearches(QObject):
    """Counts in the background, one search at a time; old counts stand until new ones come."""

    counted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._known: dict[Key, _Counted] = {}
        self._stale: set[Key] = set()
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self.count_anew)
        context.changed.connect(self._on_change)

    def all(self) -> list[SavedSearch]:
        """All saved searches in the order in which they were made."""
        from bulletin_desktop.services import searches  # deferred: a start asks for none

        return searches.all_searches(self._context.library)

    def count(self, saved: SavedSearch) -> str:
        """How many articles a search found last; "…" while that is not known, "" if it never is."""
        found = self._known.get(_key(saved))
        if found is None:
            return "…"
        return "" if found.articles is None else str(found.articles)

    def count_anew(self) -> None:
        """Count what is not known, or perhaps not true any more."""
        fresh = frozenset(self._known.keys() - self._stale)
        self._context.runner.count(
            _KEY, lambda library: _count_one(library, fresh), self._take, ignore
        )

    def _take(self, found: _Counted | None) -> None:
        if found is not None:
            self._known[found.key] = found
            self._stale.discard(found.key)
            self.counted.emit()
            self.count_anew()

    def _on_change(self, change: Change) -> None:
        stale = {key for key, found in self._known.items() if found.altered_by & change.topics}
        if stale or "searches" in change.topics:
            self._stale |= stale
            self._context.runner.stop_counting(_KEY)
            self._quiet.start()


def _key(saved: SavedSearch) -> Key:
    return (saved.query, saved.options.spelling)


def _count_one(
    library: Library, fresh: AbstractSet[Key]
) -> Generator[Progress, bool | None, _Counted | None]:
    """Count the first search that was not counted yet, None where all were."""
    from bulletin_desktop.services import searches

    for saved in searches.all_searches(library):
        if _key(saved) not in fresh:
            count = yield from searches.count_of(library, saved)
            return _Counted(_key(saved), count, searches.altered_by(saved))
    return None
