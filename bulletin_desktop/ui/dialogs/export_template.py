"""Choosing the template of an export; copying one to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QMenu, QToolButton, QWidget

from bulletin_desktop import paths
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import exporting
from bulletin_desktop.services.exporting import Parts
from bulletin_desktop.ui.opening import open_file

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context


class TemplateChoice(QWidget):
    """The templates there are by their names, and what can be done with them."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.names = QComboBox()
        self.names.setObjectName("templates")
        self.names.setAccessibleName(context.text("export.template"))
        self.names.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._more = QToolButton()
        self._more.setText("⋯")
        self._more.setToolTip(context.text("export.template_more"))
        self._more.setAccessibleName(self._more.toolTip())
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._more.setFixedHeight(self.names.sizeHint().height())
        layout.addWidget(self.names, 1)
        layout.addWidget(self._more)
        self._fill()
        self.names.currentIndexChanged.connect(self.changed)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self._context.text("export.template_copy"), self._copy)
        menu.addAction(self._context.text("export.template_folder"), self._open_folder)
        return menu

    def _fill(self) -> None:
        text, language = self._context.text, self._context.catalogue.language
        self._seen = _written()
        self.names.clear()
        for known in exporting.templates():
            name = known.titles.get(language) or known.name
            self.names.addItem(name if known.error is None else text("export.broken", name=name))
            row = self.names.count() - 1
            self.names.setItemData(row, known.name)
            if known.error is not None:
                self._disable(row, self._context.explain(known.error))

    def _disable(self, row: int, why: str) -> None:
        model = self.names.model()
        assert isinstance(model, QStandardItemModel)
        model.item(row).setEnabled(False)
        self.names.setItemData(row, why, Qt.ItemDataRole.ToolTipRole)

    @property
    def name(self) -> str:
        """The name of the chosen template."""
        return self.names.currentData() or ""

    def choose(self, name: str) -> None:
        """Choose a template, where there is one of that name."""
        row = self.names.findData(name)
        if row >= 0:
            self.names.setCurrentIndex(row)

    def parts(self) -> Parts:
        """What the chosen template prints."""
        try:
            return exporting.template_of(self.name).parts
        except KnownError:  # it was spoilt meanwhile, which the preview tells
            return Parts()

    def follow(self) -> None:
        """Show what was changed in the user's folder meanwhile, if anything was."""
        if self._seen != _written():
            self.look_again()

    def look_again(self) -> None:
        """Show what stands in the user's folder now."""
        name = self.name
        self.names.blockSignals(True)
        self._fill()
        self.choose(name)
        self.names.blockSignals(False)
        self.changed.emit()

    def _copy(self) -> None:
        text = self._context.text
        name, sure = QInputDialog.getText(
            self, text("export.template_copy").rstrip("…"), text("export.template_name_ask"),
            text=text("export.template_proposed", name=self.names.currentText()),
        )  # fmt: skip
        if not sure:
            return
        try:
            file = exporting.copy_template(self.name, name.strip())
        except KnownError as error:
            self._say(error)
            return
        self.look_again()
        self.choose(name.strip())
        open_file(file.parent)

    def _say(self, error: KnownError) -> None:
        from PySide6.QtWidgets import QMessageBox

        title = self._context.text("export.template_copy").rstrip("…")
        QMessageBox.warning(self, title, self._context.explain(error))

    def _open_folder(self) -> None:
        folder = paths.user_templates()
        folder.mkdir(parents=True, exist_ok=True)
        open_file(folder)


def _written() -> frozenset[tuple[str, int]]:
    """The user's own templates, and when each was written."""
    known = paths.user_templates().glob("*.json")
    return frozenset((file.name, file.stat().st_mtime_ns) for file in known)
