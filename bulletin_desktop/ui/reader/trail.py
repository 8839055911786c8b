"""What is remembered of reading: the way through the library, and the place in each article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, reading
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.reader.way import Way

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context


class Trail:
    """The way is kept with the settings when the window closes, places in the library at once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._scope = str(context.library.path)
        self._places: dict[int, int] = {}
        self.way = Way(context.settings.get(settings.VISITED, self._scope))
        self.forget_gone()

    def forget_gone(self) -> None:
        """Leave out what the library no longer has."""
        self._places.clear()
        passed = self.way.articles
        if passed:
            there = browsing.ids_in_scope(self._context.library, Scope(ids=passed))
            self.way.keep_only(set(there))

    def place_of(self, article: int) -> int:
        """The code point of the body at which reading of an article stopped."""
        if article not in self._places:
            self._places[article] = reading.place_of(self._context.library, article)
        return self._places[article]

    def keep_place(self, article: int, place: int) -> None:
        """Keep where reading stops, if that is another place than before."""
        if place != self.place_of(article):
            self._places[article] = place
            # A place that cannot be kept is not worth a word: what the user does next will say it.
            self._context.runner.write(
                lambda library: reading.keep_place(library, article, place), ignore, ignore
            )

    def save(self) -> None:
        """Keep the way for the next start."""
        self._context.settings.put(settings.VISITED, self.way.as_kept(), self._scope)
