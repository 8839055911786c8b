"""Controls for settings, each made from the declaration alone and live both ways."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QMouseEvent

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.settings import Setting

# What fits into a segmented control: so many choices, none longer than so many letters.
_SEGMENTS = 4
_SEGMENT_LETTERS = 12
_SLIDER_WIDTH = 150


def editor(context: Context, setting: Setting) -> QWidget:
    """A control, without a label, that shows a setting, puts what is chosen, and follows changes
    from elsewhere.
    """
    if setting.choices:
        words = _choice_words(context, setting)
        few = len(words) <= _SEGMENTS and max(map(len, words)) <= _SEGMENT_LETTERS
        return (_Segments if few else _Box)(context, setting, words)
    if setting.span:
        return _Number(context, setting)
    if isinstance(setting.default, bool):
        return _Check(context, setting)
    return (_Folder if setting.folder else _Line)(context, setting)


def name_label(context: Context, setting: Setting, control: QWidget) -> QLabel:
    """A setting's name; a click on it goes to the control."""
    return _Name(context.text(f"setting.{setting.key}"), control)


def help_words(context: Context, setting: Setting) -> str:
    """What a setting is for."""
    return context.text(f"setting.{setting.key}.help")


def _choice_words(context: Context, setting: Setting) -> list[str]:
    words = [context.text(f"setting.{setting.key}.{choice}") for choice in setting.choices]
    if setting is settings.FACE:
        faces = zip(setting.choices, words, strict=True)
        words = [_face_words(context, face, word) for face, word in faces]
    return words


def _face_words(context: Context, face: str, word: str) -> str:
    """A face's name, with what stands in for it where it is not installed."""
    from bulletin_desktop.ui.reader import typefaces

    if typefaces.installed(face):
        return word
    song = face in ("fang", "kai") and typefaces.installed("song")
    other = context.text("setting.face.song" if song else "settings.system_face")
    return context.text("settings.missing_face", face=word, other=other)


def _describe(context: Context, setting: Setting, *widgets: QWidget) -> None:
    """The setting's name for those who hear it, its help for the mouse."""
    for widget in widgets:
        widget.setAccessibleName(context.text(f"setting.{setting.key}"))
        widget.setToolTip(help_words(context, setting))


class _Kept(QObject):
    """A setting as a control sees it."""

    came = Signal(object)  # its value, at first and whenever it has become another one

    def __init__(self, context: Context, setting: Setting, control: QWidget) -> None:
        super().__init__(control)
        self._settings = context.settings
        self._setting = setting
        self._settings.changed.connect(self._on_change)

    @property
    def value(self) -> Any:
        """The value in force."""
        return self._settings.get(self._setting)

    def put(self, value: Any) -> None:
        """Keep another value."""
        self._settings.put(self._setting, value)

    def tell(self) -> None:
        """Give the value in force to who shows it."""
        self.came.emit(self.value)

    def _on_change(self, setting: Setting) -> None:
        if setting is self._setting:
            self.tell()


class _Name(QLabel):
    """The words before a control."""

    def __init__(self, words: str, control: QWidget) -> None:
        super().__init__(words)
        self._control = control

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the control; one with nothing to go to but yes and no changes."""
        self._control.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(self._control, QCheckBox):
            self._control.click()


class _Check(QCheckBox):
    """Yes or no."""

    def __init__(self, context: Context, setting: Setting) -> None:
        super().__init__()
        _describe(context, setting, self)
        kept = _Kept(context, setting, self)
        kept.came.connect(self.setChecked)
        self.toggled.connect(kept.put)
        kept.tell()


class _Segments(Segmented):
    """A few short choices side by side."""

    def __init__(self, context: Context, setting: Setting, words: list[str]) -> None:
        super().__init__(context, words, "")
        _describe(context, setting, self)
        self._choices = setting.choices
        self._kept = _Kept(context, setting, self)
        self._kept.came.connect(self._show)
        self._kept.tell()
        self.chosen.connect(self._put)

    def _show(self, value: str) -> None:
        self.choose(self._choices.index(value))

    def _put(self, number: int) -> None:
        self._kept.put(self._choices[number])


class _Box(QComboBox):
    """Choices with longer words."""

    def __init__(self, context: Context, setting: Setting, words: list[str]) -> None:
        super().__init__()
        _describe(context, setting, self)
        for word, choice in zip(words, setting.choices, strict=True):
            self.addItem(word, choice)
        self._kept = _Kept(context, setting, self)
        self._kept.came.connect(self._show)
        self._kept.tell()
        self.activated.connect(self._put)
        _leave_wheel(self)

    def _show(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))

    def _put(self, row: int) -> None:
        self._kept.put(self.itemData(row))


class _Number(QWidget):
    """A slider that counts in steps of the setting, and the figure with its unit."""

    def __init__(self, context: Context, setting: Setting) -> None:
        super().__init__()
        assert setting.span is not None
        low, high, self._step = setting.span
        self._kind = type(setting.default)
        self._unit = _unit(context, setting)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(low / self._step), round(high / self._step))
        self._slider.setMinimumWidth(_SLIDER_WIDTH)
        self._figure = QLabel()
        self._figure.setMinimumWidth(_widest_figure(context, self._figure.fontMetrics()))
        _describe(context, setting, self._slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._figure)
        self.setFocusProxy(self._slider)
        _leave_wheel(self._slider)
        self._kept = _Kept(context, setting, self)
        self._kept.came.connect(self._show)
        self._kept.tell()
        self._slider.valueChanged.connect(self._put)

    def _put(self, steps: int) -> None:
        self._kept.put(self._kind(round(steps * self._step, 2)))

    def _show(self, value: float) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(value / self._step))
        self._figure.setText(f"{value} {self._unit}")
        self._slider.setAccessibleDescription(self._figure.text())


def _unit(context: Context, setting: Setting) -> str:
    return context.text(f"setting.{setting.key}.unit")


def _widest_figure(context: Context, metrics: QFontMetrics) -> int:
    """The room for any figure, so that sliders below one another are of one length."""
    numbers = [setting for setting in settings.ASKED if setting.span]
    return max(metrics.horizontalAdvance(f"99 {_unit(context, s)}") for s in numbers) + 4


class _Line(QLineEdit):
    """A few words."""

    def __init__(self, context: Context, setting: Setting) -> None:
        super().__init__()
        _describe(context, setting, self)
        self._kept = _Kept(context, setting, self)
        self._kept.came.connect(self._show)
        self._kept.tell()
        self.textEdited.connect(self._put)

    def _show(self, value: str) -> None:
        if self.text().strip() != value:
            self.setText(value)

    def _put(self, typed: str) -> None:
        self._kept.put(typed.strip())


class _Folder(QWidget):
    """A folder's path, typed or chosen; what is no folder is not kept."""

    def __init__(self, context: Context, setting: Setting) -> None:
        super().__init__()
        self._title = context.text(f"setting.{setting.key}")
        self._path = QLineEdit()
        self._path.setPlaceholderText(context.text("settings.no_folder"))
        self._browse = QPushButton(context.text("settings.browse"))
        self._browse.setAutoDefault(False)
        _describe(context, setting, self._path)
        self._browse.setAccessibleDescription(self._title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._path, 1)
        layout.addWidget(self._browse)
        self.setFocusProxy(self._path)
        self._kept = _Kept(context, setting, self)
        self._kept.came.connect(self._path.setText)
        self._kept.tell()
        self._path.editingFinished.connect(self._take)
        self._browse.clicked.connect(self._choose)

    def _take(self) -> None:
        typed = self._path.text().strip()
        folder = os.path.expanduser(typed)  # noqa: PTH111 - pathlib raises where nobody has the name
        if not folder or Path(folder).is_dir():
            self._kept.put(str(Path(folder)) if folder else "")
        self._kept.tell()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._title, self._kept.value)
        if chosen:
            self._kept.put(chosen)


class _Wheel(QObject):
    """Leaves the wheel to the page around a control that does not have the keyboard."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that is scrolled must not change what passes under the mouse."""
        passing = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and passing:
            event.ignore()
            return True
        return False


def _leave_wheel(*controls: QWidget) -> None:
    for control in controls:
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.installEventFilter(_Wheel(control))
