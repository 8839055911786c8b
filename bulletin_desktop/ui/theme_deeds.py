"""What is done with themes: making, renaming, moving, merging, splitting, deleting, files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QMessageBox

from bulletin_desktop.services import themes
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.asking import sure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Message
    from bulletin_desktop.model.records import Theme
    from bulletin_desktop.services.theme_sets import SetReport, Written
    from bulletin_desktop.services.themes import Overlap
    from bulletin_desktop.ui.context import Context

_JOIN = "、"


def rename(context: Context, window: QWidget, theme: int, name: str) -> None:
    """Give a theme another name; where another theme has it, merging the two is offered."""
    clean = " ".join(name.split())
    others = (each for each in context.themes().values() if each.id != theme)
    other = next((each.id for each in others if each.name == clean), None)
    if other is None:
        context.act(partial(themes.rename, theme=theme, name=name))
    else:
        _offer_merging(context, window, [theme], other)


def _offer_merging(context: Context, window: QWidget, gone: Sequence[int], into: int) -> None:
    def ask(found: Overlap) -> None:
        words = merging_words(context, gone, into, found)
        question = context.text("themes.merge_instead", name=context.themes()[into].name)
        if sure(window, context.text("themes.merge_title"), f"{question}\n\n{words}"):
            context.act(partial(themes.merge_all, themes=gone, into=into))

    context.runner.read(
        "theme merging",
        lambda library: themes.merge_preview(library, gone, into),
        ask,
        context.failed.emit,
    )


def merging_words(context: Context, gone: Sequence[int], into: int, found: Overlap) -> str:
    """What merging themes into another one does, in figures."""
    known = context.themes()
    return context.text(
        "themes.merging",
        names=_JOIN.join(known[each].name for each in gone if each in known),
        into=known[into].name,
        **found._asdict(),
    )


class ThemeDeeds(QObject):
    """Asks what has to be asked, and changes the themes of a library."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def _names(self, ids: Sequence[int]) -> str:
        known = self._context.themes()
        return _JOIN.join(known[each].name for each in ids)

    # The tree

    def add(self, parent: int | None, then: Callable[[str], None]) -> None:
        """Ask for the name of a new theme; ``then`` is told the name when it is there."""
        text = self._context.text
        title = text("themes.new_title")
        if parent is not None:
            title = text("themes.new_below", name=self._names([parent]))
        name, accepted = QInputDialog.getText(
            self._window, title, text("menu.name"), QLineEdit.EchoMode.Normal, ""
        )
        clean = " ".join(name.split())
        if accepted and clean:
            self._context.act(partial(themes.add, name=clean, parent=parent), lambda: then(clean))

    def rename(self, theme: int, name: str) -> None:
        """Give a theme another name, or merge it into the one that has it."""
        rename(self._context, self._window, theme, name)

    def move(self, ids: Sequence[int], parent: int | None) -> None:
        """Put themes below another one, or at the top."""
        self._context.act(partial(themes.move_all, themes=ids, parent=parent))

    def ask_where(self, ids: Sequence[int]) -> None:
        """Ask for the theme that themes are to stand below."""
        from bulletin_desktop.ui.dialogs.theme_picker import ThemePicker

        title = self._context.text("themes.move_title", names=self._names(ids))
        hidden = self._with_those_below(ids)
        picker = ThemePicker(self._context, title, self._window, hidden, top=True)
        if picker.exec() == QDialog.DialogCode.Accepted and picker.picked is not None:
            self.move(ids, picker.picked or None)
        picker.deleteLater()

    def _with_those_below(self, ids: Sequence[int]) -> set[int]:
        known = self._context.themes().values()
        found: set[int] = set()
        more = set(ids)
        while more:
            found |= more
            more = {each.id for each in known if each.parent in found} - found
        return found

    def merge(self, ids: Sequence[int]) -> None:
        """Ask for the theme that themes are to be merged into."""
        from bulletin_desktop.ui.dialogs.theme_picker import ThemePicker

        title = self._context.text("themes.merge_into", names=self._names(ids))
        picker = ThemePicker(self._context, title, self._window, ids, merged=ids)
        if picker.exec() == QDialog.DialogCode.Accepted and picker.picked:
            self._context.act(partial(themes.merge_all, themes=ids, into=picker.picked))
        picker.deleteLater()

    def split(self, theme: Theme) -> None:
        """Ask for the search that a new theme is split off by."""
        from bulletin_desktop.ui.dialogs.theme_split_dialog import ThemeSplitDialog

        dialog = ThemeSplitDialog(self._context, theme, self._window)
        dialog.exec()
        dialog.deleteLater()

    def delete(self, ids: Sequence[int]) -> None:
        """Put themes into the trash; one that is undone needs no question."""
        self._context.act(partial(themes.delete_all, themes=ids))

    # Files

    def export_set(self) -> None:
        """Ask for a file and write all themes into it."""
        from bulletin_desktop.ui.dialogs.write_dialog import export_folder

        text = self._context.text
        own, codebook = f"{text('themes.own_format')} (*.json)", "REFI-QDA (*.qdc)"
        chosen, kind = QFileDialog.getSaveFileName(
            self._window,
            text("themes.export").rstrip("…"),
            str(export_folder(self._context) / f"{text('themes.title')}.json"),
            f"{own};;{codebook}",
        )
        if not chosen:
            return
        file = Path(chosen)
        if file.suffix.lower() not in (".json", ".qdc"):
            file = file.with_name(file.name + (".qdc" if kind == codebook else ".json"))
        self._context.settings.put(settings.EXPORT_FOLDER, str(file.parent))
        self._write(file)

    def _write(self, file: Path) -> None:
        from bulletin_desktop.services import theme_sets

        def done(written: Written) -> None:
            words = self._context.text("themes.exported", n=written.themes, name=file.name)
            self._report(words, written.remarks)

        self._context.runner.read(
            "theme set", lambda library: theme_sets.export_set(library, file), done,
            self._context.failed.emit,
        )  # fmt: skip

    def import_set(self) -> None:
        """Ask for a file and take in its themes."""
        from bulletin_desktop.services import theme_sets

        text = self._context.text
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            text("themes.import").rstrip("…"),
            self._context.settings.get(settings.LAST_FOLDER),
            f"{text('themes.files')} (*.json *.qdc)",
        )
        if not chosen:
            return

        def done(report: SetReport) -> None:
            self._context.announce(report.change)
            figures = report._asdict()
            counts = {name: figures[name] for name in ("added", "same", "completed")}
            self._report(text("themes.imported", **counts), report.remarks)

        self._context.runner.write(
            lambda library: theme_sets.import_set(library, Path(chosen)), done,
            self._context.failed.emit,
        )  # fmt: skip

    def _report(self, words: str, remarks: Sequence[Message]) -> None:
        """Say what was done; what was left out stays to be read."""
        self._context.said.emit(words)
        if remarks:
            box = QMessageBox(self._window)
            box.setWindowTitle(self._context.text("themes.title"))
            box.setText(words)
            box.setInformativeText("\n\n".join(map(self._context.catalogue.message, remarks)))
            box.open()
