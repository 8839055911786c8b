"""The order in which Tab goes through controls that are made late."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def tab_through(controls: Sequence[QWidget]) -> None:
    """Have Tab go from each control to the next."""
    for one, following in pairwise(controls):
        QWidget.setTabOrder(one, following)


def tab_before(control: QWidget, made: Sequence[QWidget]) -> None:
    """Have Tab come to new controls before it comes to one that stands below them."""
    at = control.previousInFocusChain() if made else None
    while at is not None and at is not control:
        if at.focusPolicy() != Qt.FocusPolicy.NoFocus:
            tab_through([at, *made])
            return
        at = at.previousInFocusChain()
