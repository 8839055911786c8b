"""The bar at the top: import, back and forward, the search box, menu and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from bulletin_desktop.ui import actions, icons
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.panes.library_switcher import LibrarySwitcher
from bulletin_desktop.ui.panes.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QAbstractButton, QMenu

    from bulletin_desktop.ui.context import Context


class TopBar(QWidget):
    """Buttons for the actions that the mouse wants, and the search box in the middle."""

    def __init__(self, context: Context, acts: Mapping[Act, QAction], menu: QMenu) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(48)
        self._context = context
        self.search = SearchBox(context)
        text = context.text
        self.switcher = LibrarySwitcher(context, acts)
        self._import = _button(text("top.import"), acts[Act.IMPORT_FILES])
        self._back = _tool(acts[Act.BACK])
        self._forward = _tool(acts[Act.FORWARD])
        self._menu = QToolButton()
        self._menu.setText(text("top.menu"))
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._export = _button(text("top.export"), acts[Act.EXPORT])
        self._export.setObjectName("primary")
        self._lay_out()
        self._draw_icons()
        context.restyled.connect(self._draw_icons)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 1)
        layout.setSpacing(12)
        for button in (self.switcher, self._back, self._forward, self._menu):
            button.setFixedHeight(self._export.sizeHint().height())
        for widget in (self.switcher, self._import, self._back, self._forward):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.search, 6)
        layout.addStretch(1)
        layout.addWidget(self._menu)
        layout.addWidget(self._export)

    def _draw_icons(self) -> None:
        tokens = self._context.tokens
        for button, name in ((self._back, "back"), (self._forward, "forward")):
            drawing = icons.icon(name, tokens.colour("text"), tokens.colour("scroll"))
            button.defaultAction().setIcon(drawing)
            button.setIconSize(QSize(14, 14))


def _button(words: str, action: QAction) -> QPushButton:
    button = QPushButton(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    _Follow(button, action)
    return button


class _Follow(QObject):
    """Keeps a button as its action is: enabled or not, with its words and keys as the tool tip."""

    def __init__(self, button: QAbstractButton, action: QAction) -> None:
        super().__init__(button)
        self._button = button
        self._action = action
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._button.setEnabled(self._action.isEnabled())
        self._button.setToolTip(actions.hint(self._action))


def _tool(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    _Follow(button, action)
    return button
