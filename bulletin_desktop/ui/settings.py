"""What the user may set and what the program remembers of itself, each declared once."""

from __future__ import annotations

import json
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

Page = Literal["", "appearance", "reading", "person", "folders"]


class Setting(NamedTuple):
    """A value that is kept between two runs.

    The catalogue has the words of one that stands on a ``page`` of the settings dialog: its name
    under ``setting.<key>``, its help under ``setting.<key>.help``, and each of its ``choices``
    under ``setting.<key>.<choice>``. ``span`` is the least and the greatest value and the step of
    a number; ``folder`` says that a text is a folder's path; ``each`` is the type of what a list
    holds.
    """

    key: str
    default: Any
    page: Page = ""
    choices: tuple[str, ...] = ()
    span: tuple[float, float, float] | None = None
    folder: bool = False
    each: type = str


THEME = Setting("theme", "system", "appearance", ("system", "light", "sepia", "dark"))
LANGUAGE = Setting("language", "system", "appearance", ("system", "zh", "en"))

PAPER = Setting("paper", "theme", "reading", ("theme", "light", "sepia", "dark"))
FACE = Setting("face", "song", "reading", ("song", "fang", "kai", "hei"))
SIZE = Setting("size", 17, "reading", span=(12, 48, 1))
MEASURE = Setting("measure", 34, "reading", span=(16, 60, 1))
LEADING = Setting("leading", 1.9, "reading", span=(1.2, 3.0, 0.1))
SPACING = Setting("spacing", 6, "reading", span=(0, 40, 1))
INDENT = Setting("indent", 2, "reading", span=(0, 4, 1))
JUSTIFIED = Setting("justified", True, "reading")
SUBHEADS = Setting("subheads", True, "reading")

ANNOTATOR = Setting("annotator", "", "person")

LIBRARY_FOLDER = Setting("folders/library", "", "folders", folder=True)
LAST_FOLDER = Setting("folders/import", "", "folders", folder=True)
EXPORT_FOLDER = Setting("folders/export", "", "folders", folder=True)

# In the order in which the settings dialog shows them.
ASKED = (
    THEME, LANGUAGE,
    PAPER, FACE, SIZE, MEASURE, LEADING, SPACING, INDENT, JUSTIFIED, SUBHEADS,
    ANNOTATOR,
    LIBRARY_FOLDER, LAST_FOLDER, EXPORT_FOLDER,
)  # fmt: skip

GEOMETRY = Setting("window/geometry", QByteArray())
SPLITTER = Setting("window/splitter", QByteArray())
FACETS = Setting("search/facets", True)
SORT = Setting("search/sort", "relevance", choices=("relevance", "date", "source"))
YEARS = Setting("search/years", False)
SPACES = Setting("search/spaces", False)
# The queries that were meant, the newest first, for each library.
SEARCHES = Setting("search/recent", ())
CONCORDANCE_GEOMETRY = Setting("concordance/geometry", QByteArray())
# Code points on each side of a keyword.
CONCORDANCE_WIDTH = Setting("concordance/width", 20, span=(5, 60, 1))
EXPORT_GROUP = Setting("export/group", "issue")
EXPORT_NOTES = Setting("export/notes", "none", choices=("none", "printed", "comments"))
EXPORT_FORMAT = Setting("export/format", "docx")
EXPORT_TEMPLATE = Setting("export/template", "")
EXPORT_CITATIONS = Setting(
    "export/citations", "line", choices=("line", "footnotes", "endnotes", "none")
)
EXPORT_HIGHLIGHTS = Setting("export/highlights", False)
EXPORT_INDEX = Setting("export/index", False)
EXPORT_MEASURED = Setting("export/measured", True)
EXPORT_AUTHOR = Setting("export/author", "")
# Name, number and unit of the user's own bulletin, and whom it goes to.
EXPORT_MASTHEAD = Setting("export/masthead", ("", "", ""))
EXPORT_DISTRIBUTION = Setting("export/distribution", "")
EXPORT_GEOMETRY = Setting("export/geometry", QByteArray())
# The ids of the themes that were applied last, the newest first, for each library.
RECENT_THEMES = Setting("themes/recent", (), each=int)
LAST_ARTICLE = Setting("reading/article", 0)
VISITED = Setting("reading/visited", (), each=int)
RECENT = Setting("libraries/recent", ())
# The names of the actions that the command palette ran, the newest first.
RUN = Setting("palette/run", ())
# An action's keys, where the user changed them; the action's name is the scope.
KEYS = Setting("keys", None)


class Settings(QObject):
    """Typed reading and writing of settings; there is one for all windows of the program."""

    changed = Signal(object)  # Setting

    def __init__(self) -> None:
        super().__init__()
        self._store = QSettings()

    def get(self, setting: Setting, scope: str = "") -> Any:
        """The kept value in the type of the default, which holds where there is no sensible one.

        ``scope`` tells libraries apart.
        """
        key = _key(setting, scope)
        if not self._store.contains(key):
            return setting.default
        return _read(setting, self._store.value(key))

    def put(self, setting: Setting, value: Any, scope: str = "") -> None:
        """Keep a value, and tell of it where it is another one."""
        if self.get(setting, scope) == value:
            return
        listed = isinstance(value, (tuple, list))
        kept = json.dumps(value, ensure_ascii=False) if listed else value
        self._store.setValue(_key(setting, scope), kept)
        self.changed.emit(setting)

    def forget(self, setting: Setting, scope: str = "") -> None:
        """Go back to the default."""
        if self._store.contains(_key(setting, scope)):
            self._store.remove(_key(setting, scope))
            self.changed.emit(setting)


def _key(setting: Setting, scope: str) -> str:
    return f"{setting.key}/{scope.replace('/', '|')}" if scope else setting.key


def _read(setting: Setting, kept: Any) -> Any:
    """A kept value in the default's type; an INI file gives back nothing but text."""
    default = setting.default
    if default is None or isinstance(default, tuple):
        return _listed(setting, kept)
    if isinstance(default, bool):
        return kept in (True, "true", 1, "1")
    if isinstance(default, (int, float)):
        return _number(setting, kept)
    if setting.choices:
        return kept if kept in setting.choices else default
    return kept if isinstance(kept, type(default)) else default


def _listed(setting: Setting, kept: Any) -> Any:
    try:
        found = json.loads(kept)
    except (TypeError, ValueError):
        return setting.default
    sound = isinstance(found, list) and all(isinstance(one, setting.each) for one in found)
    return tuple(found) if sound else setting.default


def _number(setting: Setting, kept: Any) -> Any:
    try:
        value = type(setting.default)(kept)
    except (TypeError, ValueError):
        return setting.default
    inside = setting.span is None or setting.span[0] <= value <= setting.span[1]
    return value if inside else setting.default
