"""The settings: each has words, the right control, and one that is live both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_driver import sweep

from bulletin_desktop.catalogue import Catalogue, Language
from bulletin_desktop.services import Library
from bulletin_desktop.ui import settings, theme
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.dialogs.settings_dialog import PAGES, SettingsDialog
from bulletin_desktop.ui.reader import typefaces
from bulletin_desktop.ui.settings import ASKED, Setting, Settings
from bulletin_desktop.ui.widgets.segmented import Segmented
from bulletin_desktop.ui.widgets.setting_editors import editor, name_label

LANGUAGES: list[Language] = ["zh", "en"]
Make = Callable[..., Context]


_DAMAGED = ["x", "[5, null]", "[[]]", "{}", "[1e999]", "[-1, 5]", '[-1, "a"]', "", None]


@pytest.mark.parametrize("kept", _DAMAGED)
def test_a_damaged_list_is_no_list(qapp: QApplication, kept: object) -> None:
    read = Settings()
    for setting in (settings.RECENT, settings.RUN, settings.VISITED, settings.KEYS):
        read._store.setValue(setting.key, kept)
        found = read.get(setting)
        sound = found and all(isinstance(one, setting.each) for one in found)
        assert sound or found == setting.default


@pytest.fixture
def make_context(qapp: QApplication, tmp_path: Path) -> Iterator[Make]:
    """Makes contexts without a window; in Chinese and light unless asked otherwise."""
    made: list[Context] = []

    def make(language: Language = "zh", style: str = "light") -> Context:
        tokens = theme.Tokens(style)
        theme.apply(tokens)
        library = Library(tmp_path / f"{len(made)}.bdlib", create=True)
        made.append(Context(library, Catalogue(language), tokens))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(make_context: Make) -> Context:
    return make_context()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[QWidget], Any]]:
    """Shows widgets and takes them apart at the end."""
    held: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        held.append(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    yield show
    for widget in reversed(held):
        widget.close()
        widget.deleteLater()
    sweep()


Shown = Callable[[QWidget], Any]


def other_value(setting: Setting) -> Any:
    """A value that is not the default's."""
    if setting.choices:
        return setting.choices[-1]
    if setting.span:
        return type(setting.default)(setting.span[1])
    return not setting.default if isinstance(setting.default, bool) else str(Path.home())


def value_in(control: QWidget, setting: Setting) -> Any:
    """What a control shows."""
    if isinstance(control, Segmented):
        return setting.choices[control.current]
    if isinstance(control, QComboBox):
        return control.currentData()
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if setting.span:
        label = control.findChild(QLabel)
        assert label is not None
        return type(setting.default)(label.text().split()[0])
    return field_of(control).text()


def field_of(control: QWidget) -> QLineEdit:
    return control if isinstance(control, QLineEdit) else control.findChild(QLineEdit)


def use(control: QWidget, setting: Setting, value: Any) -> None:
    """Set a control by hand."""
    if isinstance(control, Segmented):
        QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(control.width() - 4, 8))
    elif isinstance(control, QComboBox):
        control.setFocus()
        QTest.keyClick(control, Qt.Key.Key_End)
    elif isinstance(control, QCheckBox):
        control.click()
    elif setting.span:
        QTest.keyClick(control.findChild(QSlider), Qt.Key.Key_End)
    else:
        QTest.keyClicks(field_of(control), str(value))
        QTest.keyClick(field_of(control), Qt.Key.Key_Return)


ids = [setting.key for setting in ASKED]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("setting", ASKED, ids=ids)
def test_every_setting_has_its_words(setting: Setting, language: Language) -> None:
    text, code = Catalogue(language).text, f"setting.{setting.key}"
    assert setting.page in PAGES
    words = [text(code), text(f"{code}.help")]
    words += [text(f"{code}.{choice}") for choice in setting.choices]
    words += [text(f"{code}.unit")] if setting.span else []
    assert all(words)
    assert len(set(words)) == len(words)


KINDS: dict[str, type | tuple[type, ...]] = {
    "theme": Segmented, "language": Segmented, "paper": (Segmented, QComboBox),
    "face": (Segmented, QComboBox), "justified": QCheckBox, "annotator": QLineEdit,
}  # fmt: skip


@pytest.mark.parametrize("setting", ASKED, ids=ids)
def test_the_control_is_made_from_the_declaration(
    context: Context, shown: Shown, setting: Setting
) -> None:
    control = shown(editor(context, setting))
    assert isinstance(control, KINDS.get(setting.key, QWidget))
    parts = [control, *control.findChildren(QWidget)]
    focused = [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = focused[0] if not focused[0].focusProxy() else focused[0].focusProxy()
    assert named.accessibleName() == context.text(f"setting.{setting.key}")
    assert named.toolTip() == context.text(f"setting.{setting.key}.help")
    assert bool(control.findChild(QSlider)) == bool(setting.span)
    assert bool(control.findChild(QPushButton)) == setting.folder


@pytest.mark.parametrize("setting", ASKED, ids=ids)
def test_a_control_puts_what_is_chosen_and_follows_what_others_put(
    context: Context, shown: Shown, setting: Setting
) -> None:
    control = shown(editor(context, setting))
    kept = context.settings
    assert value_in(control, setting) == setting.default
    kept.put(setting, other_value(setting))
    assert value_in(control, setting) == other_value(setting)
    kept.forget(setting)
    assert value_in(control, setting) == setting.default
    use(control, setting, other_value(setting))
    assert kept.get(setting) == other_value(setting)
    assert value_in(control, setting) == other_value(setting)


def test_each_step_of_a_slider_holds_at_once(context: Context, shown: Shown) -> None:
    control = shown(editor(context, settings.LEADING))
    seen: list[float] = []
    context.settings.changed.connect(lambda changed: seen.append(context.settings.get(changed)))
    QTest.keyClick(control.findChild(QSlider), Qt.Key.Key_Right)
    QTest.keyClick(control.findChild(QSlider), Qt.Key.Key_Right)
    QTest.keyClick(control.findChild(QSlider), Qt.Key.Key_Left)
    assert seen == [2.0, 2.1, 2.0]
    assert control.findChild(QLabel).text() == "2.0 倍"


def test_the_wheel_scrolls_the_page_and_changes_no_setting(
    context: Context, shown: Shown, qtbot: QtBot
) -> None:
    control = shown(editor(context, settings.SIZE))
    slider = control.findChild(QSlider)

    def roll() -> None:
        middle = QPointF(slider.rect().center())
        event = QWheelEvent(
            middle, slider.mapToGlobal(middle), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(slider, event)

    slider.clearFocus()
    roll()
    assert context.settings.get(settings.SIZE) == settings.SIZE.default
    control.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    roll()
    assert context.settings.get(settings.SIZE) > settings.SIZE.default


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_face_that_is_not_installed_says_what_stands_in_for_it(
    make_context: Make, shown: Shown, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    context = make_context(language)
    there = {"song": "Noto Serif CJK SC", "fang": None, "kai": None, "hei": None}
    monkeypatch.setattr(typefaces, "installed", there.get)
    control = shown(editor(context, settings.FACE))
    words = [control.itemText(row) for row in range(control.count())]
    song, system = context.text("setting.face.song"), context.text("settings.system_face")
    assert words[0] == song
    assert all(song in word and word != song for word in words[1:3])
    assert system in words[3]


def test_a_folder_is_kept_only_where_there_is_one(
    context: Context, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = shown(editor(context, settings.EXPORT_FOLDER))
    field = field_of(control)
    for typed in (str(tmp_path / "nowhere"), "~nobody-of-this-name/texts"):
        field.setText(typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert context.settings.get(settings.EXPORT_FOLDER) == ""
        assert field.text() == ""
    chosen = iter(["", str(tmp_path)])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(chosen))
    browse = control.findChild(QPushButton)
    browse.click()
    assert context.settings.get(settings.EXPORT_FOLDER) == ""
    browse.click()
    assert context.settings.get(settings.EXPORT_FOLDER) == str(tmp_path)
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert context.settings.get(settings.EXPORT_FOLDER) == ""


def test_the_annotators_name_may_have_spaces_within(context: Context, shown: Shown) -> None:
    control = shown(editor(context, settings.ANNOTATOR))
    QTest.keyClicks(control, "Zhang San ")
    assert context.settings.get(settings.ANNOTATOR) == "Zhang San"
    QTest.keyClicks(control, "x")
    assert control.text() == "Zhang San x"


def test_a_click_on_the_name_goes_to_the_control(context: Context, shown: Shown) -> None:
    holder = shown(QWidget())
    box = editor(context, settings.JUSTIFIED)
    label = name_label(context, settings.JUSTIFIED, box)
    for part in (box, label):
        part.setParent(holder)
        part.show()
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert context.settings.get(settings.JUSTIFIED) is False


# The dialog


@pytest.fixture
def dialog(context: Context, shown: Shown) -> SettingsDialog:
    window = shown(QWidget())
    window.resize(1200, 800)
    return shown(SettingsDialog(context, window, "reading"))


def test_the_dialog_shows_each_setting_on_its_page(
    context: Context, dialog: SettingsDialog
) -> None:
    for row, page in enumerate(PAGES):
        dialog._names.setCurrentRow(row)
        assert dialog.page == page
        names = {w.accessibleName() for w in dialog._stack.currentWidget().findChildren(QWidget)}
        for setting in ASKED:
            name = context.text(f"setting.{setting.key}")
            assert setting.page != page or name in names


def test_the_dialog_opens_on_the_page_that_is_asked_for(dialog: SettingsDialog) -> None:
    assert dialog.page == "reading"
    assert not dialog.isModal()


def test_a_page_goes_back_to_its_own_defaults(context: Context, dialog: SettingsDialog) -> None:
    kept = context.settings
    for setting in ASKED:
        if setting is not settings.LANGUAGE:
            kept.put(setting, other_value(setting))
    dialog._restore.click()
    for setting in ASKED:
        changed = kept.get(setting) != setting.default
        assert changed == (setting.page != "reading" and setting is not settings.LANGUAGE)


def test_enter_in_a_field_does_not_close_the_dialog_and_escape_does(
    dialog: SettingsDialog,
) -> None:
    dialog._names.setCurrentRow(PAGES.index("person"))
    field = dialog._stack.currentWidget().findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_through_the_page_and_then_to_the_buttons(
    dialog: SettingsDialog, qtbot: QtBot, page: str
) -> None:
    dialog.activateWindow()
    dialog._names.setCurrentRow(PAGES.index(page))
    dialog._names.setFocus()
    qtbot.waitUntil(dialog._names.hasFocus)
    seen: list[QWidget | None] = []
    while dialog._names is not QApplication.focusWidget() or not seen:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        assert len(seen) < 40
    assert seen[-3:] == [dialog._restore, dialog._close, dialog._names]
    assert all(dialog._made[page].isAncestorOf(part) for part in seen[:-3])
    assert len(seen) > 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_the_dialog_has_room_for_its_words(
    make_context: Make, shown: Shown, language: Language, page: str
) -> None:
    dialog = shown(SettingsDialog(make_context(language), shown(QWidget()), page))
    for widget in [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]:
        if widget.isVisible() and widget.text():
            needed = widget.sizeHint().width()
            wrapped = isinstance(widget, QLabel) and widget.wordWrap()
            assert wrapped or widget.width() >= needed, widget.text()
    QApplication.processEvents()
    for area in dialog.findChildren(QScrollArea):
        assert area.widget().width() <= area.viewport().width()
