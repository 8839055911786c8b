"""What Qt tells a delegate of a row: selected, under the mouse, where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStyle

from bulletin_desktop.ui.widgets.item_painter import RowState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

_State = QStyle.StateFlag


def row_state(option: QStyleOptionViewItem) -> RowState:
    """The state of the row that is painted."""
    return RowState(
        selected=bool(option.state & _State.State_Selected),
        hovered=bool(option.state & _State.State_MouseOver),
        current=bool(option.state & _State.State_HasFocus),
    )
