"""The menus of the trees: what can be done with a theme, a collection or an article."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from bulletin_desktop.services import browsing, collections, themes
from bulletin_desktop.ui.renaming import rename
from bulletin_desktop.ui.trash_deeds import delete

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.saved_deeds import SavedDeeds


class OutlineMenu:
    """Builds a menu for a node and acts on what is chosen."""

    def __init__(
        self, context: Context, window: QWidget, collect: Callable[[], None], saved: SavedDeeds,
        of_units: Sequence[QAction] = (), discard: QAction | None = None,
        arrange: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """``of_units`` are what can be done with units, the last one with any source; ``discard``
        moves what is selected to the trash; ``arrange`` opens a collection.
        """
        self._context = context
        self._window = window
        self._collect = collect
        self._saved = saved
        self._of_units = of_units
        self._discard = discard
        self._arrange = arrange

    def open(self, node: Node, ids: tuple[int, ...], where: QPoint) -> None:
        """Show the menu; ``ids`` are the selected articles."""
        menu = QMenu(self._window)
        fillers = {
            "theme": self._theme, "collection": self._collection, "search": self._search,
            "heading": self._heading,
        }  # fmt: skip
        fill = fillers.get(node.kind)
        if fill is not None:
            fill(menu, node)
        if node.kind in ("unit", "source", "no_units"):
            menu.addActions(self._of_units if node.kind == "unit" else self._of_units[-1:])
        if node.article is not None or node.kind in ("issue", "section"):
            self._articles(menu, node, ids)
        if not menu.isEmpty():
            menu.exec(where)
        menu.deleteLater()

    def _entry(self, menu: QMenu, code: str, slot: Callable[[], object]) -> None:
        # An action tells whether it is checked, which no slot asks for.
        menu.addAction(self._context.text(code)).triggered.connect(lambda *_: slot())

    def _rename(self, node: Node) -> Callable[[], object]:
        return lambda: rename(self._context, self._window, node)

    def _theme(self, menu: QMenu, node: Node) -> None:
        theme = node.data
        self._entry(menu, "menu.rename", self._rename(node))
        keys = menu.addMenu(self._context.text("menu.key"))
        current = self._context.themes()[theme].key
        for key in (None, *"123456789"):
            words = key or self._context.text("menu.no_key")
            action = keys.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(self._key_setter(theme, key))
        self._entry(menu, "menu.trash", partial(delete, self._context, node))

    def _key_setter(self, theme: int, key: str | None) -> Callable[[], None]:
        return lambda: self._context.act(lambda library: themes.set_key(library, theme, key))

    def _collection(self, menu: QMenu, node: Node) -> None:
        collection = node.data
        self._arranging(menu, collection)
        self._entry(menu, "menu.choose", lambda: self._choose(collection))
        self._entry(menu, "menu.rename", self._rename(node))
        self._entry(menu, "menu.trash", partial(delete, self._context, node))

    def _heading(self, menu: QMenu, node: Node) -> None:
        if node.parent is not None:
            self._arranging(menu, node.parent.data)

    def _arranging(self, menu: QMenu, collection: int) -> None:
        if self._arrange is not None:
            self._entry(menu, "action.edit_collection", partial(self._arrange, collection))

    def _search(self, menu: QMenu, node: Node) -> None:
        saved, search = self._saved, node.data
        self._entry(menu, "menu.open", partial(saved.open, search))
        self._entry(menu, "menu.rename", self._rename(node))
        self._entry(menu, "menu.export", partial(saved.export, search))
        self._entry(menu, "menu.freeze", partial(saved.freeze, search))
        self._entry(menu, "menu.trash", partial(delete, self._context, node))

    def _choose(self, collection: int) -> None:
        self._context.runner.write(
            lambda library: collections.choose(library, collection),
            self._context.changed.emit,
            self._context.failed.emit,
        )

    def _articles(self, menu: QMenu, node: Node, ids: tuple[int, ...]) -> None:
        if not ids:
            return
        self._entry(menu, "menu.collect", self._collect)
        parent = node.parent
        if parent is not None and parent.kind == "collection":
            collection = parent.data
            self._entry(
                menu,
                "menu.uncollect",
                lambda: self._context.act(
                    lambda library: collections.remove_articles(library, collection, ids)
                ),
            )
        self._entry(menu, "menu.unread", lambda: self._mark(ids, read=False))
        self._entry(menu, "menu.read", lambda: self._mark(ids, read=True))
        if node.article is not None:
            self._entry(menu, "action.like_this", partial(self._saved.show_like, node.article.id))
        if self._discard is not None:
            menu.addAction(self._discard)

    def _mark(self, ids: tuple[int, ...], *, read: bool) -> None:
        self._context.runner.write(
            lambda library: browsing.mark_read(library, ids, read=read),
            self._context.changed.emit,
            self._context.failed.emit,
        )
