"""Completing a query as it is typed, and coming back to what was searched for before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.reader.positions import code_point, utf16_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.services.query_completing import Completer, Offer
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.search_box import SearchBox
    from bulletin_desktop.ui.widgets.query_list import QueryList

_MOST_RECENT = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SearchCompletions(QObject):
    """Opens a list under the search box where there is something to offer."""

    recalled = Signal(str)  # a query of before

    def __init__(self, context: Context, box: SearchBox) -> None:
        super().__init__(box)
        self._context = context
        self._box = box
        self._list: QueryList | None = None
        self._completer: Completer | None = None
        self._scope = str(context.library.path)
        box.helper = self._on_key
        box.textEdited.connect(self._ask)
        box.clicked.connect(self._offer_recent)
        box.left.connect(self.close)
        context.changed.connect(self._forget)
        context.regrouped.connect(self._forget)

    @property
    def is_open(self) -> bool:
        """Whether something is offered now."""
        return self._list is not None and self._list.isVisible()

    @property
    def list(self) -> QueryList:
        """The list, made when it first has something to offer."""
        if self._list is None:
            from bulletin_desktop.ui.widgets.query_list import QueryList

            self._list = QueryList(self._context, self._box)
            self._list.hide()
            self._list.taken.connect(self._take)
            self._box.window().installEventFilter(self)
        return self._list

    def close(self) -> None:
        """Offer nothing more."""
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would stay behind when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.close()
        return False

    def _forget(self) -> None:
        self._completer = None

    # Completions

    def _ask(self) -> None:
        """Look for completions off the GUI thread; only the newest answer counts."""
        from bulletin_desktop.services.query_completing import Completer

        text = self._box.text()
        cursor = code_point(text, self._box.cursorPosition())
        if not text.strip():
            self.close()
            return
        if self._completer is None:
            known = self._context.units_at_hand
            self._completer = Completer(self._context.catalogue.language, known)
        completer = self._completer
        self._context.runner.read(
            "query",
            lambda library: (text, completer.offers(library, text, cursor)),
            self._show,
        )

    def _show(self, answer: tuple[str, Sequence[Offer]]) -> None:
        from bulletin_desktop.ui.widgets.query_list import Entry

        text, offers = answer
        if text != self._box.text() or not self._box.hasFocus():
            return
        if not offers:
            self.close()
            return
        entries = [
            Entry(x.words, x, self._context.text(f"search.about.{x.about}") if x.about else "",
                  x.colour)
            for x in offers
        ]  # fmt: skip
        self.list.offer(entries, chosen=offers[0].meant)

    def _take(self, taken: Offer | str | None) -> None:
        if taken is None:
            self._context.settings.forget(settings.SEARCHES, self._scope)
        elif isinstance(taken, str):
            self._box.setText(taken)
            self.recalled.emit(taken)
        else:
            self._put(taken)

    def _put(self, offer: Offer) -> None:
        """Write what was offered; behind a field's name its values are offered at once."""
        text = self._box.text()
        ended = offer.about is None and offer.end == len(text)
        self._box.setSelection(*utf16_range(text, offer.start, offer.end))
        self._box.insert(offer.typed + " " * ended)
        if offer.typed.endswith(":"):
            self._ask()

    # What was searched for before

    def keep(self, query: str) -> None:
        """Remember a query that was meant."""
        kept = self._context.settings
        query = query.strip()
        if query:
            before = (x for x in kept.get(settings.SEARCHES, self._scope) if x != query)
            kept.put(settings.SEARCHES, (query, *before)[:_MOST_RECENT], self._scope)

    def _offer_recent(self) -> None:
        """In an empty box, the last queries, the newest first, and a way to forget them."""
        from bulletin_desktop.ui.widgets.query_list import Entry

        recent = self._context.settings.get(settings.SEARCHES, self._scope)
        if self._box.text() or not recent or self.is_open:
            return
        clear = Entry(self._context.text("search.forget"), None, quiet=True)
        self.list.offer([*(Entry(x, x) for x in recent), clear], chosen=False)

    def _recall(self) -> bool:
        """Go down into the queries of before; says whether there are any to go to."""
        self._offer_recent()
        if self.is_open:
            self.list.move_on(1)
        return self.is_open

    # Keys

    def _on_key(self, key: Qt.Key) -> bool:
        """Do what a key means while the list is open; says whether it meant anything here."""
        if not self.is_open:
            return key == Qt.Key.Key_Down and self._recall()
        if key in _STEPS:
            self.list.move_on(_STEPS[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key == Qt.Key.Key_Tab:
            return self.list.take(first=True)
        if key in _ENTER:
            taken = self.list.take()
            self.close()
            return taken
        return False
