"""Whether words have the room that they need: none cut, none over others, none off the screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionSpinBox,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from bulletin_desktop.ui.panes.library_switcher import LibrarySwitcher
from bulletin_desktop.ui.panes.status_bar import StatusBar
from bulletin_desktop.ui.widgets.chip import Chip
from bulletin_desktop.ui.widgets.elided import ElidedButton, ElidedLabel
from bulletin_desktop.ui.widgets.segmented import Segmented

# They show what bulletins and users wrote, which may be of any length.
_DATA = (ElidedButton, ElidedLabel, LibrarySwitcher, Chip)
_WORDY = (QLabel, QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, Segmented, Chip)
# They lie over the window on purpose.
_OVERLAYS = ("dropSheet", "toast", "completions", "palette")
# QLineEdit keeps so many pixels free at both sides of its words.
_LINE_MARGIN = 2


def faults(root: QWidget) -> list[str]:
    """All that is wrong with the room in a window, dialog or menu."""
    return [*clipped(root), *overlapping(root), *off_screen(root)]


def clipped(root: QWidget) -> list[str]:
    """Visible words that have less room than they need."""
    found = []
    for widget in _shown(root):
        given, needed = _room(widget)
        if given.width() < needed.width() or given.height() < needed.height():
            found.append(f"{_name(widget)} has {_size(given)}, needs {_size(needed)}")
        elif _speaks(widget) and (lost := _hidden(widget)):
            found.append(f"{_name(widget)} is seen in {lost} only")
        if isinstance(widget, QAbstractItemView):
            found += _narrow_rows(widget)
        if isinstance(widget, QMenu):
            found += _cut_entries(widget)
    return found


def overlapping(root: QWidget) -> list[str]:
    """Visible words that lie over others."""
    places = [(w, _place(w, root)) for w in _shown(root) if _speaks(w) and not _overlaid(w)]
    return [
        f"{_name(one)} lies over {_name(other)}"
        for (one, here), (other, there) in combinations(places, 2)
        if here.intersects(there) and not one.isAncestorOf(other) and not other.isAncestorOf(one)
    ]


def off_screen(root: QWidget) -> list[str]:
    """A window that is larger than its screen, or stands in part beside it."""
    screen = root.screen().availableGeometry()
    if not root.isWindow() or screen.contains(root.geometry()):
        return []
    return [f"{_name(root)} at {root.geometry()} is not inside {screen}"]


def _shown(root: QWidget) -> list[QWidget]:
    """What can be seen; a part that is scrolled away or under no size counts as not shown."""
    return [
        w for w in [root, *root.findChildren(QWidget)]
        if w.isVisible() and w.window() is root.window() and not _scrolled_away(w)
    ]  # fmt: skip


def _scrolled_away(widget: QWidget) -> bool:
    return _scrolls(widget) and widget.visibleRegion().isEmpty()


def _scrolls(widget: QWidget) -> bool:
    """Whether it stands in something that scrolls up and down."""
    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        if isinstance(at, QScrollArea):
            return True
        at = at.parentWidget()
    return False


def _speaks(widget: QWidget) -> bool:
    return isinstance(widget, _WORDY) and not (isinstance(widget, QLabel) and not widget.text())


def _overlaid(widget: QWidget) -> bool:
    at: QWidget | None = widget
    while at is not None:
        if at.objectName() in _OVERLAYS:
            return True
        at = at.parentWidget()
    return False


def _place(widget: QWidget, root: QWidget) -> QRect:
    """Where the part of a widget that is seen stands."""
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(root, QPoint(0, 0)))


def _hidden(widget: QWidget) -> str:
    """What is left of a widget that what holds it cuts; up and down one may scroll."""
    seen = widget.visibleRegion().boundingRect()
    cut = seen.width() < widget.width()
    if not _scrolls(widget):
        cut = cut or seen.height() < widget.height()
    return _size(seen.size()) if cut else ""


# Room, each kind in its way


def _room(widget: QWidget) -> tuple[QSize, QSize]:
    """The room that a widget gives its words, and what they need."""
    if isinstance(widget, _DATA) and not _is_said(widget):
        return widget.size(), QSize(0, min(widget.sizeHint().height(), _line(widget)))
    if isinstance(widget, QLabel):
        return widget.size(), _label_needs(widget)
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.sizeHint()
        return widget.size(), QSize(hint.width(), min(hint.height(), _line(widget) + 4))
    if isinstance(widget, QComboBox):
        return _combo_room(widget), _words(widget, widget.currentText())
    if isinstance(widget, QAbstractSpinBox):
        return _spin_room(widget), _words(widget, widget.text())
    if isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QAbstractSpinBox):
        return _line_room(widget), _words(widget, "" if widget.text() else widget.placeholderText())
    if isinstance(widget, QPlainTextEdit) and not widget.toPlainText():
        return _note_room(widget), _note_needs(widget)
    if isinstance(widget, Segmented):
        return widget.size(), widget.minimumSizeHint()
    return widget.size(), QSize()


def _is_said(widget: QWidget) -> bool:
    """Whether it is the status bar's message, which is the program's."""
    bar = widget.parent()
    return isinstance(bar, StatusBar) and widget is bar._said


def _label_needs(label: QLabel) -> QSize:
    if not label.text():
        return QSize()
    if label.wordWrap():
        return QSize(0, label.heightForWidth(label.width()))
    hint = label.sizeHint()
    return QSize(hint.width(), min(hint.height(), _line(label) + 4))


def _line(widget: QWidget) -> int:
    return widget.fontMetrics().height()


def _words(widget: QWidget, text: str) -> QSize:
    return QSize(widget.fontMetrics().horizontalAdvance(text), _line(widget))


def _combo_room(box: QComboBox) -> QSize:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, part, box
    ).size()  # fmt: skip


def _spin_room(box: QAbstractSpinBox) -> QSize:
    option = QStyleOptionSpinBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_SpinBoxEditField
    size = box.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, box).size()
    return size - QSize(2 * _LINE_MARGIN, 0)


def _line_room(field: QLineEdit) -> QSize:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    inner = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    return inner.marginsRemoved(field.textMargins()).size() - QSize(2 * _LINE_MARGIN, 0)


def _note_room(field: QPlainTextEdit) -> QSize:
    margin = 2 * round(field.document().documentMargin())
    return field.viewport().size() - QSize(margin, margin)


def _note_needs(field: QPlainTextEdit) -> QSize:
    room = QRect(QPoint(0, 0), QSize(_note_room(field).width(), 10_000))
    flags = Qt.TextFlag.TextWordWrap.value
    return field.fontMetrics().boundingRect(room, flags, field.placeholderText()).size()


def _narrow_rows(view: QAbstractItemView) -> list[str]:
    """Rows and headings of a list that would end in …"""
    found = []
    if isinstance(view, QHeaderView):
        for at in range(view.count()):
            if not view.isSectionHidden(at) and view.sectionSize(at) < view.sectionSizeHint(at):
                found.append(f"heading {at} of {_name(view)} is too narrow")
        return found
    for index in _rows(view):
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect = view.visualRect(index)
        needed = view.itemDelegateForIndex(index).sizeHint(option, index)
        seen = option.rect.intersected(view.viewport().rect())
        if not seen.isEmpty() and seen.width() < needed.width():
            words = index.data() or ""
            found.append(f"“{words}” has {seen.width()}, needs {needed.width()}")
    return found


def _rows(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """What a list shows of its first level; deeper rows are bulletins' and users' words."""
    model = view.model()
    columns = range(view.header().count()) if isinstance(view, QTreeView) else range(1)
    for row in range(model.rowCount(view.rootIndex())):
        yield from (model.index(row, column, view.rootIndex()) for column in columns)


def _cut_entries(menu: QMenu) -> list[str]:
    inside = menu.rect()
    return [
        f"entry {action.text()} is cut"
        for action in menu.actions()
        if not inside.contains(menu.actionGeometry(action))
        or _entry_width(menu, action.text()) > menu.actionGeometry(action).width()
    ]


def _entry_width(menu: QMenu, words: str) -> int:
    metrics: QFontMetrics = menu.fontMetrics()
    return metrics.horizontalAdvance(words.replace("&&", "&").split("\t")[0])


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", lambda: "")() or widget.accessibleName()
    words = words or widget.windowTitle() or widget.objectName()
    return f"{type(widget).__name__} “{words}”"


def _size(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"


def wait_for_paint() -> None:
    """Let Qt lay out and paint what has just changed."""
    for _ in range(3):
        QApplication.processEvents()
