"""Links to articles in a note: completed while they are typed after [[."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor

from bulletin_desktop.services.labels import date_label
from bulletin_desktop.ui.context import ignore
from bulletin_desktop.ui.reader.positions import code_point, utf16_length
from bulletin_desktop.ui.widgets.query_list import Entry, QueryList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bulletin_desktop.model.records import Article
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.widgets.note_edit import NoteEdit

_BEGUN = re.compile(r"\[\[([^\[\]\n]*)$")
_MOST = 8


class _Offer(NamedTuple):
    article: Article
    link: str


def begun(edit: NoteEdit) -> str | None:
    """What of a link stands before the cursor, without its brackets; None where none is begun."""
    cursor = edit.textCursor()
    line = cursor.block().text()
    found = _BEGUN.search(line[: code_point(line, cursor.positionInBlock())])
    return found[1] if found else None


class LinkCompletions(QObject):
    """Offers the articles whose titles have the words that are typed."""

    def __init__(self, context: Context, edit: NoteEdit) -> None:
        super().__init__(edit)
        self._context = context
        self._edit = edit
        self._list: QueryList | None = None
        edit.installEventFilter(self)

    def look(self) -> None:
        """Something was typed."""
        typed = begun(self._edit)
        if not typed or not self._edit.hasFocus():
            self.close()
            return

        def find(library: Library) -> tuple[str, list[_Offer]]:
            from bulletin_desktop.services import completing, noting

            found = [each.article for each in completing.titled(library, typed, _MOST)]
            links = noting.links_to(library, found)
            return typed, [_Offer(*one) for one in zip(found, links, strict=True)]

        self._context.runner.read("note links", find, self._offer, ignore)

    def _offer(self, answer: tuple[str, Sequence[_Offer]]) -> None:
        typed, found = answer
        if typed != begun(self._edit) or not self._edit.hasFocus():
            return
        if not found:
            self.close()
            return
        catalogue = self._context.catalogue
        entries = [
            Entry(
                offer.article.heading, offer.link,
                date_label(offer.article.date, offer.article.date_basis, catalogue).text,
            )
            for offer in found
        ]  # fmt: skip
        self._open(entries)

    def _open(self, entries: list[Entry]) -> None:
        """Below the note, or above it where the window ends."""
        if self._list is None:
            self._list = QueryList(self._context, self._edit)
            self._list.setAccessibleName(self._context.text("note.completions"))
            self._list.taken.connect(self._take)
        self._list.offer(entries, chosen=True)
        window = self._edit.window()
        if self._list.geometry().bottom() > window.height():
            top = self._edit.mapTo(window, QPoint(0, 0)).y() - self._list.height() - 4
            self._list.move(self._list.x(), max(4, top))

    def close(self) -> None:
        """Offer nothing."""
        if self._list is not None:
            self._list.hide()

    def _take(self, link: str) -> None:
        """Write the whole link in the place of what was typed of it."""
        cursor = self._edit.textCursor()
        typed = begun(self._edit) or ""
        back = QTextCursor.MoveOperation.Left
        keep = QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(back, keep, utf16_length(typed) + 2)
        cursor.insertText(link)
        self._edit.setTextCursor(cursor)
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While titles are offered, keys choose among them."""
        shown = self._list
        if shown is None or not shown.isVisible():
            return False
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.InputMethod):
            shown.hide()  # what an input method brings is looked at when it has come
        return event.type() == QEvent.Type.KeyPress and self._press(shown, event)

    def _press(self, shown: QueryList, event: Any) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            shown.move_on(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            shown.take()
        elif key == Qt.Key.Key_Escape:
            shown.hide()
        else:
            return False
        return True
