"""What the program remembers of itself between two runs, declared once."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QSettings


class Setting(NamedTuple):
    """A remembered value: its key and what holds while nothing is remembered."""

    key: str
    default: Any


GEOMETRY = Setting("window/geometry", QByteArray())
SPLITTER = Setting("window/splitter", QByteArray())
LAST_FOLDER = Setting("folders/import", "")
EXPORT_FOLDER = Setting("folders/export", "")
EXPORT_GROUP = Setting("export/group", "issue")
EXPORT_NOTES = Setting("export/notes", False)
LAST_ARTICLE = Setting("reading/article", 0)


class Settings:
    """Typed reading and writing of remembered values."""

    def __init__(self) -> None:
        self._store = QSettings()

    def get(self, setting: Setting, scope: str = "") -> Any:
        """The remembered value in the type of the default; ``scope`` tells libraries apart."""
        value: Any = self._store.value(_key(setting, scope), setting.default)
        if isinstance(setting.default, bool):
            return value in (True, "true", 1, "1")
        if isinstance(setting.default, int):
            return int(value) if str(value).isdecimal() else setting.default
        return value if isinstance(value, type(setting.default)) else setting.default

    def put(self, setting: Setting, value: Any, scope: str = "") -> None:
        """Remember a value."""
        self._store.setValue(_key(setting, scope), value)


def _key(setting: Setting, scope: str) -> str:
    return f"{setting.key}/{scope.replace('/', '|')}" if scope else setting.key
