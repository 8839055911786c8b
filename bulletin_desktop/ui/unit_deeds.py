"""What is done with units: another name, merging, moving, other names, what sources mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.units import Unit
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.models.nodes import Node
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane


class UnitDeeds(QObject):
    """Acts on the units that are selected in the left pane."""

    def __init__(self, context: Context, outline: OutlinePane, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._outline = outline
        self._window = window

    def _nodes(self) -> list[Node]:
        return [] if self._outline.searching else self._outline.tree.selected_nodes()

    def _selected(self) -> list[Unit]:
        """The selected units; where there are none, the user hears what to select."""
        known = self._context.units().units
        found = [known[node.unit] for node in self._nodes() if node.unit in known]
        if not found:
            self._context.said.emit(self._context.text("unit.select_first"))
        return found

    def rename(self) -> None:
        """Give the selected theme, collection or unit another name."""
        from bulletin_desktop.ui.renaming import rename

        nodes = self._nodes()
        if len(nodes) != 1 or not rename(self._context, self._window, nodes[0]):
            self._context.said.emit(self._context.text("menu.rename_what"))

    def merge(self) -> None:
        """Let the selected units be one with another, which is asked for."""
        from bulletin_desktop.services import units
        from bulletin_desktop.ui.dialogs.unit_picker import pick_unit

        gone = [unit.key for unit in self._selected()]
        into = pick_unit(self._context, self._window, "action.merge_unit", gone) if gone else None
        if into:
            self._context.act(lambda library: units.merge(library, gone, into))

    def move(self) -> None:
        """Put the selected unit below another, or at the top."""
        from bulletin_desktop.services import units
        from bulletin_desktop.ui.dialogs.unit_picker import pick_unit

        selected = self._selected()
        if not selected:
            return
        key, known = selected[0].key, self._context.units()
        below = [x.key for x in known.all() if key in known.path(x.key)]
        parent = pick_unit(self._context, self._window, "action.move_unit", below, top=True)
        if parent is not None:
            self._context.act(lambda library: units.move(library, key, parent or None))

    def show_names(self) -> None:
        """Show the names of the selected unit, to add and to take away."""
        from bulletin_desktop.ui.dialogs.unit_names_dialog import UnitNamesDialog

        if selected := self._selected():
            dialog = UnitNamesDialog(self._context, selected[0].key, self._window)
            dialog.exec()
            dialog.deleteLater()

    def show_sources(self) -> None:
        """Show what all sources were taken for, to mend it."""
        from bulletin_desktop.ui.dialogs.units_dialog import UnitsDialog

        dialog = UnitsDialog(self._context, self._window)
        dialog.exec()
        dialog.deleteLater()
