"""The themes as a tree with their counts, to be renamed and moved in it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from PySide6.QtCore import QObject

    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.ui.context import Context

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("name", "key", "articles", "highlights")
KEY, ARTICLES, HIGHLIGHTS = 1, 2, 3
MIME = "application/x-bulletin-themes"
_TOP = 0  # what stands for the place above all themes
_NOWHERE = QModelIndex()
_ROW = QSize(0, 28)
SQUARE = 9
_SHARP = 3  # pixels to a device-independent one


class ThemesModel(QAbstractItemModel):
    """Each theme is a row below its parent; an index carries the theme's id."""

    renamed = Signal(int, str)  # theme, the words that were typed
    dropped = Signal(tuple, object)  # themes, the one they are to stand below or None

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._themes: dict[int, Theme] = {}
        self._below: dict[int, list[int]] = {}
        self._fitting: frozenset[int] | None = None
        self.editable = False

    def show(self, themes: Sequence[Theme], fitting: Collection[int] | None = None) -> None:
        """Show themes; where some are ``fitting``, these alone with those above them.

        Rows stay where they are, unless the tree is another.
        """
        known = {theme.id: theme for theme in themes}
        self._fitting = None if fitting is None else frozenset(fitting)
        shown = known if fitting is None else _with_those_above(known, fitting)
        below: dict[int, list[int]] = {}
        for theme in themes:
            if theme.id in shown:
                below.setdefault(_parent(theme, known), []).append(theme.id)
        if below == self._below:
            self._themes = known
            self._tell_all()
            return
        self.beginResetModel()
        self._themes, self._below = known, below
        self.endResetModel()

    def _tell_all(self) -> None:
        for ids in self._below.values():
            first, last = self.find(ids[0]), self.find(ids[-1])
            self.dataChanged.emit(first, last.siblingAtColumn(len(COLUMNS) - 1))

    # What stands where

    def theme(self, index: Index) -> Theme | None:
        """The theme of a row, None for what is above all."""
        return self._themes[index.internalId()] if index.isValid() else None

    def find(self, theme: int) -> QModelIndex:
        """The row of a theme; an invalid index where it is not shown."""
        if theme not in self._themes:
            return QModelIndex()
        siblings = self._below.get(_parent(self._themes[theme], self._themes), [])
        if theme not in siblings:
            return QModelIndex()
        return self.createIndex(siblings.index(theme), 0, theme)

    def shown(self) -> list[int]:
        """The themes that are shown, those above before those below."""
        found, waiting = [], list(self._below.get(_TOP, []))
        while waiting:
            found.append(waiting.pop(0))
            waiting[:0] = self._below.get(found[-1], [])
        return found

    def fits(self, theme: int) -> bool:
        """Whether a theme is looked for, and not shown for one below it alone."""
        return self._fitting is None or theme in self._fitting

    def unused(self, theme: Theme) -> bool:
        """Whether nothing carries a theme."""
        return not theme.articles and not theme.highlights

    def _above(self, theme: int) -> Iterable[int]:
        """A theme and all above it."""
        at = theme
        while at != _TOP:
            yield at
            at = _parent(self._themes[at], self._themes)

    # Qt

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """See Qt."""
        below = self._below.get(self._id(parent), [])
        if not (0 <= row < len(below) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def _id(self, index: Index) -> int:
        return index.internalId() if index.isValid() else _TOP

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """See Qt."""
        theme = self.theme(index)
        return self.find(_parent(theme, self._themes)) if theme is not None else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return len(self._below.get(self._id(parent), [])) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """See Qt."""
        return len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._context.text(f"themes.column.{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        theme = self.theme(index)
        if theme is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(theme, column)
        if role == Qt.ItemDataRole.EditRole:
            return theme.name if column == 0 else None
        if role == Qt.ItemDataRole.DecorationRole:
            return square(theme.colour) if column == 0 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._context.tokens.colour(self._ink(theme, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(theme, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignCenter
        return _ROW if role == Qt.ItemDataRole.SizeHintRole else None

    def _words(self, theme: Theme, column: int) -> str:
        if column == ARTICLES and self.unused(theme):
            return self._context.text("themes.unused")
        value = (theme.name, theme.key, theme.articles, theme.highlights)[column]
        return str(value) if value else ""

    def _ink(self, theme: Theme, column: int) -> str:
        """Counts lead somewhere and look like it; what is there for those below it is faint."""
        if column in (ARTICLES, HIGHLIGHTS):
            return "faint" if self.unused(theme) else "accent"
        return "text" if column == 0 and self.fits(theme.id) else "muted"

    def _tip(self, theme: Theme, column: int) -> str:
        if column in (ARTICLES, HIGHLIGHTS) and not self.unused(theme):
            return self._context.text("themes.show_articles")
        lines = [theme.name]
        if theme.aliases:
            lines.append(self._context.text("unit.also", names="、".join(theme.aliases)))
        return "\n".join([*lines, theme.description] if theme.description else lines)

    # Renaming and moving

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        flags = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name is told; the row has it when the library has."""
        theme, name = self.theme(index), " ".join(str(value).split())
        if theme is not None and name and name != theme.name:
            self.renamed.emit(theme.id, name)
        return False

    def supportedDropActions(self) -> Qt.DropAction:
        """See Qt."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """See Qt."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See Qt."""
        ids = list(dict.fromkeys(index.internalId() for index in indexes))
        data = QMimeData()
        data.setData(MIME, json.dumps(ids).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Whether the themes may stand there: not below themselves."""
        if not data.hasFormat(MIME):
            return False
        place = self._id(parent)
        return not set(_ids(data)) & set(self._above(place))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """The move is told; the rows are moved when the library has it."""
        if self.canDropMimeData(data, action, row, column, parent):
            self.dropped.emit(tuple(_ids(data)), self._id(parent) or None)
        return False


@cache
def square(colour: str) -> QIcon:
    """A theme's colour as on its chips, in selected rows too."""
    canvas = QPixmap(SQUARE * _SHARP, SQUARE * _SHARP)
    canvas.fill(Qt.GlobalColor.transparent)
    canvas.setDevicePixelRatio(_SHARP)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(0, 0, SQUARE, SQUARE, 2, 2)
    painter.end()
    icon = QIcon(canvas)
    icon.addPixmap(canvas, QIcon.Mode.Selected)
    return icon


def _ids(data: QMimeData) -> list[int]:
    ids: list[int] = json.loads(bytes(data.data(MIME).data()))
    return ids


def _parent(theme: Theme, known: Collection[int]) -> int:
    """The theme above one, or what stands for the top."""
    return theme.parent if theme.parent is not None and theme.parent in known else _TOP


def _with_those_above(known: dict[int, Theme], fitting: Collection[int]) -> set[int]:
    shown: set[int] = set()
    for theme in fitting:
        at = theme if theme in known else _TOP
        while at != _TOP and at not in shown:
            shown.add(at)
            at = _parent(known[at], known)
    return shown
