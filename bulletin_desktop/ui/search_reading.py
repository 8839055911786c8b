"""Reading a query while it is typed: its terms become chips, what is wrong a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from bulletin_desktop.model.query import Query
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.query_fault import QueryFault
    from bulletin_desktop.ui.panes.search_box import SearchBox
    from bulletin_desktop.ui.search_completions import SearchCompletions

# Most faults are words that are not finished yet: they are told of when one stops typing.
_REST_MILLISECONDS = 600
# A text that was pasted may be longer than a query that one can look at.
_LONGEST = 2_000


class QueryReading(QObject):
    """Keeps what the search box's text asks for, or what is wrong with it."""

    def __init__(self, context: Context, box: SearchBox, completions: SearchCompletions) -> None:
        super().__init__(box)
        self._context = context
        self._box = box
        self._completions = completions
        self._made_line: QueryFault | None = None
        self.query: Query | None = None  # nothing was typed yet, or it cannot be read
        self._fault: KnownError | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self._tell_at_rest)
        box.textChanged.connect(self._read)
        box.left.connect(self.tell)

    @property
    def _line(self) -> QueryFault:
        if self._made_line is None:
            from bulletin_desktop.ui.panes.query_fault import QueryFault

            self._made_line = QueryFault(self._box)
        return self._made_line

    def _read(self, text: str) -> None:
        told = self._fault.code if self._fault is not None and self._is_told else ""
        self.query, self._fault = self._parsed(text)
        fault = self._fault
        if told and (fault is None or fault.code != told):
            self._line.say("")
        if fault is None:
            self._rest.stop()
            tokens = () if self.query is None else self.query.tokens
            self._box.mark(tokens if len(text) <= _LONGEST else ())
        elif fault.code == told:
            self.tell()
        else:
            self._mark(underlined=False)
            self._rest.start()

    @property
    def is_wrong(self) -> bool:
        """Whether what stands in the box cannot be read."""
        return self._fault is not None

    @property
    def _is_told(self) -> bool:
        return self._made_line is not None and self._made_line.isVisible()

    def _parsed(self, text: str) -> tuple[Query | None, KnownError | None]:
        from bulletin_desktop.services import searching

        try:
            return searching.parse(text), None
        except KnownError as error:
            return None, error

    def _mark(self, *, underlined: bool) -> None:
        """Show the terms before the fault, and where that is."""
        if self._fault is None:
            return
        text = self._box.text()
        start, end = (int(str(self._fault.params[x])) for x in ("start", "end"))
        before, _ = self._parsed(text[:start])
        tokens = before.tokens if before is not None and len(text) <= _LONGEST else ()
        self._box.mark(tokens, (start, end) if underlined else None)

    def _tell_at_rest(self) -> None:
        if self._completions.is_open:
            self._rest.start()  # what is offered may end the fault
        elif self._box.hasFocus():
            self.tell()

    def tell(self) -> None:
        """Say now what is wrong, if anything is; without the keyboard in the box, be quiet."""
        self._rest.stop()
        if self._fault is not None:
            self._mark(underlined=True)
            self._line.say(self._context.explain(self._fault) if self._box.hasFocus() else "")
