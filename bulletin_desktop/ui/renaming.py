"""Asking for another name of what stands in a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QLineEdit

from bulletin_desktop.services import collections, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node


def rename(context: Context, window: QWidget, node: Node) -> bool:
    """Ask for another name of a theme, collection, saved search or unit.

    False for what has none to change.
    """
    if node.kind not in ("theme", "collection", "search", "unit"):
        return False
    old = context.units().units[node.unit].name if node.kind == "unit" else node.label
    name, accepted = QInputDialog.getText(
        window,
        context.text("menu.rename").rstrip("…"),
        context.text("menu.name"),
        QLineEdit.EchoMode.Normal,
        old,
    )
    if accepted and name.strip() and name.strip() != old:
        if node.kind == "theme":
            from bulletin_desktop.ui import theme_deeds

            theme_deeds.rename(context, window, node.data, name)
        else:
            context.act(_verb(node, name))
    return True


def _verb(node: Node, name: str) -> Callable[[Library], Change]:
    if node.kind == "collection":
        return lambda library: collections.rename(library, node.data, name)
    if node.kind == "search":
        from bulletin_desktop.services import searches  # deferred: a start asks for none

        return lambda library: searches.rename(library, node.data, name)
    return lambda library: units.rename(library, node.unit, name)
