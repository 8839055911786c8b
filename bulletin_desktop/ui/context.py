"""What every part of the window needs: the library to read, words, colours, and acting on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from bulletin_desktop.model.change import ALL_TOPICS, Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import history, themes
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.runner import Runner
from bulletin_desktop.ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.services import Library
    from bulletin_desktop.services.suggesting import Suggester
    from bulletin_desktop.services.units import Directory
    from bulletin_desktop.ui.saved_searches import SavedSearches
    from bulletin_desktop.ui.theme import Tokens


class Context(QObject):
    """One open library with its window's means; handed down, never global."""

    changed = Signal(object)  # Change
    said = Signal(str)  # a short message that passes
    failed = Signal(object)  # KnownError
    restyled = Signal()
    regrouped = Signal()  # the units are others

    def __init__(
        self, library: Library, catalogue: Catalogue, tokens: Tokens, kept: Settings | None = None
    ) -> None:
        """``kept`` are the settings that all windows of the program share."""
        super().__init__()
        self.library = library
        self.catalogue = catalogue
        self.settings = kept or Settings()
        self.tokens = tokens
        self.closed = False  # what comes late must not ask the library any more
        self.runner = Runner(library.path, self)
        self._suggester: Suggester | None = None
        self._saved: SavedSearches | None = None
        self._themes: dict[int, Theme] | None = None
        self._units: Directory | None = None
        self.changed.connect(self._follow_units)

    @property
    def suggester(self) -> Suggester:
        """What suggests themes; made when first asked for, so that a start does not pay for it."""
        if self._suggester is None:
            from bulletin_desktop.services.suggesting import Suggester

            self._suggester = Suggester()
        return self._suggester

    @property
    def saved(self) -> SavedSearches:
        """The saved searches and what they find; made when first asked for."""
        if self._saved is None:
            from bulletin_desktop.ui.saved_searches import SavedSearches

            self._saved = SavedSearches(self)
        return self._saved

    @property
    def paper(self) -> Tokens:
        """The colours of the page, which may be others than the window's."""
        from bulletin_desktop.ui.theme import Tokens

        wanted = self.settings.get(settings.PAPER)
        return self.tokens if wanted in ("theme", self.tokens.name) else Tokens(wanted)

    def text(self, code: str, **params: object) -> str:
        """A sentence of the catalogue."""
        return self.catalogue.text(code, **params)

    def themes(self) -> dict[int, Theme]:
        """All themes by id, in the order in which they were made."""
        if self._themes is None:
            self._themes = {theme.id: theme for theme in themes.all_themes(self.library)}
        return self._themes

    def units(self) -> Directory:
        """The units and what sources were taken for, as they were read last.

        Read here and now only where ``read_units`` has not brought them yet.
        """
        if self._units is None:
            from bulletin_desktop.services import units  # deferred: a start asks for none

            self._take_units(units.directory(self.library))
        assert self._units is not None
        return self._units

    @property
    def units_at_hand(self) -> Directory | None:
        """The units, where they have been read already."""
        return self._units

    def read_units(self) -> None:
        """Read the units off the GUI thread; ``regrouped`` tells when they are there."""
        from bulletin_desktop.services import units

        def done(known: Directory) -> None:
            self._take_units(known)
            self.regrouped.emit()

        self.runner.read("units", units.directory, done, ignore)

    def _take_units(self, known: Directory) -> None:
        """Where it is not known yet whose bulletins some are, that is found out meanwhile."""
        from bulletin_desktop.services import units

        self._units = known
        if not units.is_placed(self.library):
            self.runner.write(units.place_all, self.changed.emit, ignore)

    def _follow_units(self, change: Change) -> None:
        if self._units is not None and change.topics & {"documents", "units"}:
            self.read_units()

    def act(
        self,
        verb: Callable[[Library], Change],
        then: Callable[[], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Change the library off the GUI thread, then tell every view what changed.

        ``then`` and ``failed`` are called after that, for who asked.
        """

        def done(change: Change) -> None:
            self.announce(change)
            if then is not None:
                then()

        def fail(error: KnownError) -> None:
            self.failed.emit(error)
            self.look_again()  # perhaps another program took away what was to be changed
            if failed is not None:
                failed()

        self.runner.write(verb, done, fail)

    def travel(self, code: Literal["action.undo", "action.redo"]) -> None:
        """Go a step through the history, and say which way it went."""

        def done(change: Change) -> None:
            self.announce(change)
            name = self.catalogue.message(change.name)
            self.said.emit(self.text("action.of", act=self.text(code), name=name))

        verb = history.undo if code == "action.undo" else history.redo
        self.runner.write(verb, done, self.failed.emit)

    def announce(self, change: Change) -> None:
        """Tell the views of a change, and the user of its name."""
        if change.step is None:
            return
        self.library.others_wrote()  # that was the window's own writer
        self._themes = None
        self.changed.emit(change)
        self.said.emit(self.catalogue.message(change.name))

    def look_again(self) -> None:
        """Show what another program has done to the library, if it did anything."""
        if self.library.vanished():
            self.failed.emit(self.vanished_error())
        elif self.library.others_wrote():
            self._themes = None
            self.changed.emit(Change(None, Message("step.refresh"), 0, ALL_TOPICS))

    def vanished_error(self) -> KnownError:
        """What to say where the library's file is no longer in its place."""
        return KnownError("library.vanished", path=str(self.library.path))

    def explain(self, error: KnownError) -> str:
        """The sentence of an error."""
        return self.catalogue.error(error)

    def close(self) -> None:
        """End the work and close the library."""
        self.closed = True
        self.runner.close()
        self.library.close()


def ignore(_: Any) -> None:
    """A receiver for results that nobody waits for."""
