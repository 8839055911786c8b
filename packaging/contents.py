"""What of all that PyInstaller collects belongs into the built program.

PyInstaller takes whole plug-in folders and each library that one of them needs. The program draws
plain widgets: it needs a window system, input methods, pictures, printing, and Qt's words in its
own two languages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

Entry = tuple[str, str, str]  # where it goes, where it comes from, its kind

# Plug-ins by folder; a folder that is not named here is left out.
PLUGINS = {
    "iconengines": "qsvgicon",
    "imageformats": "qgif|qico|qjpeg|qsvg",
    "platforminputcontexts": "compose|fcitx|ibus",
    "platforms": "qcocoa|qoffscreen|qwayland|qwindows|qxcb",
    "platformthemes": "qgtk3|qxdgdesktopportal",
    "printsupport": "",
    "styles": "",
    "wayland-decoration-client": "",
    "wayland-shell-integration": "qt-shell|xdg-shell",
}
_PLUGIN = re.compile(r"^PySide6/(?:Qt/)?plugins/([^/]+)/(.+)$")
_TRANSLATION = re.compile(r"^PySide6/(?:Qt/)?translations/(.+)$")
_QT_LIBRARY = re.compile(r"^PySide6/(?:(?:Qt/)?lib/|Qt6[^/]*\.dll$)")

# Of the building machine's own libraries only these go along: Python's, and the small ones of X11
# that an ordinary desktop may lack. The rest (X11, GTK, fontconfig, C++ …) must fit the system that
# the program runs on, and comes from there.
_BUNDLED = re.compile(r"^lib(python|ssl|crypto|ffi|sqlite3|bz2|lzma|mpdec|xcb-|xkbcommon)")
_SYSTEM = re.compile(r"^lib[^/]+\.so[.0-9]*$")

# Stubs for type checkers; statistics of jieba that the program does not ask for; a graphics driver
# in software that plain widgets do without.
_LEFT_OUT = re.compile(
    r"\.pyi$|/py\.typed$|^jieba/(analyse|lac_small|posseg)/|/opengl32sw\.dll$|^lxml/isoschematron/"
)


def is_wanted(place: str) -> bool:
    """Whether a file that was collected for this place in the built folder goes in."""
    place = str(PurePosixPath(place.replace("\\", "/")))
    if plugin := _PLUGIN.match(place):
        folder, name = plugin.groups()
        return folder in PLUGINS and re.search(PLUGINS[folder], name) is not None
    if translation := _TRANSLATION.match(place):
        return translation[1].startswith("qtbase_zh_CN")
    if sys.platform == "linux" and _SYSTEM.match(place):
        return _BUNDLED.match(place) is not None
    return not _LEFT_OUT.search(place)


def is_qt_library(place: str) -> bool:
    """Whether it is a library of Qt itself, which is there only because something needs it."""
    return _QT_LIBRARY.match(place.replace("\\", "/")) is not None


def needed(entries: Iterable[Entry], imports_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The wanted entries, without the libraries of Qt that none of them needs, even by others.

    ``imports_of`` gives the names of the libraries that a file needs.
    """
    wanted = [entry for entry in entries if is_wanted(entry[0])]
    libraries = {
        PurePosixPath(e[0].replace("\\", "/")).name: e for e in wanted if is_qt_library(e[0])
    }
    kept = [entry for entry in wanted if not is_qt_library(entry[0])]
    for entry in kept:  # it grows while it is walked
        if entry[2] in ("BINARY", "EXTENSION"):
            kept += [libraries.pop(name) for name in imports_of(entry[1]) if name in libraries]
    return kept
