"""The settings: pages made from the declarations, and the keys. Everything holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.dialogs.keys_page import KeysPage
from bulletin_desktop.ui.widgets import setting_editors
from bulletin_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.settings import Setting

PAGES = ("appearance", "reading", "keys", "person", "folders")
_SIZE = QSize(700, 640)
_EDGE = 16  # how far from the window's right edge it opens, so that the page is seen changing
_TOP = 64
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SettingsDialog(QDialog):
    """Stands beside the window, which takes on what is changed here."""

    def __init__(self, context: Context, parent: QWidget, page: str = "appearance") -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._placed = False
        self.setWindowTitle(context.text("settings.title"))
        self._names = QListWidget()
        self._names.setObjectName("pages")
        self._names.setAccessibleName(context.text("settings.pages"))
        self._names.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._names.addItems([context.text(f"settings.{name}") for name in PAGES])
        self._names.setFixedWidth(self._names.sizeHintForColumn(0) + 44)
        self._stack = QStackedWidget()
        self._made: dict[str, KeysPage | _Page] = {}
        self._restore = QPushButton(autoDefault=False)
        self._close = QPushButton(context.text("settings.close"), autoDefault=False)
        self._lay_out()
        self._restore.clicked.connect(self._on_restore)
        self._close.clicked.connect(self.close)
        self._names.currentRowChanged.connect(self._turn)
        self._names.setCurrentRow(PAGES.index(page))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._restore)
        foot.addStretch(1)
        foot.addWidget(self._close)
        right = QVBoxLayout()
        right.setContentsMargins(22, 20, 22, 16)
        right.setSpacing(14)
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._names)
        layout.addLayout(right, 1)

    @property
    def page(self) -> str:
        """The page that is shown."""
        return PAGES[self._names.currentRow()]

    def _turn(self, row: int) -> None:
        """Show a page, which is made when it is first wanted."""
        page = PAGES[row]
        if page not in self._made:
            made = KeysPage(self._context) if page == "keys" else _Page(self._context, page)
            self._made[page] = made
            self._stack.addWidget(made)
            self._put_buttons_last(made)
        self._stack.setCurrentWidget(self._made[page])
        code = "keys.all_defaults" if page == "keys" else "settings.defaults"
        self._restore.setText(self._context.text(code))

    def _put_buttons_last(self, made: QWidget) -> None:
        """Tab goes through a page before it comes to the buttons below."""
        parts = made.findChildren(QWidget)
        last = [p for p in parts if p.focusPolicy().value & Qt.FocusPolicy.TabFocus.value][-1]
        self.setTabOrder(last, self._restore)
        self.setTabOrder(self._restore, self._close)

    def focus_on(self, setting: Setting) -> None:
        """Give the keyboard to a setting's control, where the page that is shown has it."""
        shown = self._made[self.page]
        if isinstance(shown, _Page) and setting in shown.controls:
            shown.controls[setting].setFocus()

    def _on_restore(self) -> None:
        self._made[self.page].restore()

    def showEvent(self, event: QShowEvent) -> None:
        """Open at the window's right, where it leaves the page in sight."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            room = self.screen().availableGeometry()
            self.resize(_SIZE.boundedTo(room.size() - QSize(2 * _EDGE, 2 * _EDGE)))
            window = self._window.frameGeometry()
            right = min(window.right(), room.right()) - self.width() - _EDGE
            top = min(window.top() + _TOP, room.bottom() - self.height() - _EDGE)
            self.move(max(right, room.left()), max(top, room.top()))


class _Page(QScrollArea):
    """The settings of a page: name, control, and below it what it is for."""

    def __init__(self, context: Context, page: str) -> None:
        super().__init__()
        self._context = context
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("settingsPage")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 10, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        asked = [setting for setting in settings.ASKED if setting.page == page]
        self.controls = {
            setting: _add_row(context, grid, setting, 3 * number)
            for number, setting in enumerate(asked)
        }
        grid.setRowStretch(3 * len(asked), 1)
        self.setWidget(body)

    def restore(self) -> None:
        """Go back to the defaults of this page."""
        for setting in self.controls:
            self._context.settings.forget(setting)


def _add_row(context: Context, grid: QGridLayout, setting: Setting, row: int) -> QWidget:
    control = setting_editors.editor(context, setting)
    small = isinstance(control, Segmented)
    grid.addWidget(setting_editors.name_label(context, setting, control), row, 0, _MIDDLE)
    side = Qt.AlignmentFlag.AlignLeft | _MIDDLE if small else _MIDDLE
    grid.addWidget(control, row, 1, side)
    words = QLabel(setting_editors.help_words(context, setting))
    words.setObjectName("hint")
    words.setWordWrap(True)
    grid.addWidget(words, row + 1, 1)
    grid.setRowMinimumHeight(row + 2, 12)
    return control
