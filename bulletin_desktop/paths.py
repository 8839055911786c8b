"""Where things are: the program's own resources and the user's folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_FOLDER = "bulletin-desktop"


def _data_root() -> Path:
    """The folder that holds resources/ and seeds/: frozen app, checkout or installed wheel."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "resources").is_dir():
        return checkout
    return checkout / "bulletin_desktop_data"


def resource(name: str) -> Path:
    """The path of a file or folder under resources/, by its name relative to it."""
    return _data_root() / "resources" / name


def seeds() -> Path:
    """The folder with the sample bulletins."""
    return _data_root() / "seeds"


def portable() -> Path | None:
    """The folder ``portable`` beside a frozen program, where there is one: everything stays in it.

    None in an installed program and in a checkout.
    """
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve()
    bundle = next((place for place in program.parents if place.suffix == ".app"), program)
    folder = bundle.parent / "portable"
    return folder if folder.is_dir() else None


def user_data() -> Path:
    """The folder for the user's own libraries; not created here.

    That of a portable program stands beside it. Else it follows the XDG base directories on
    Linux, %APPDATA% on Windows, Application Support on macOS.
    """
    if (beside := portable()) is not None:
        return beside
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / APP_FOLDER


def user_templates() -> Path:
    """The folder of the user's own export templates; it may not exist."""
    return user_data() / "templates"


def default_library() -> Path:
    """The user's own library file."""
    return user_data() / "library.bdlib"


def sample_library() -> Path:
    """The library with the sample bulletins, apart from the user's own."""
    return user_data() / "sample.bdlib"


def log_file() -> Path:
    """Where errors are written."""
    return user_data() / "bulletin-desktop.log"


def fault_file() -> Path:
    """Where a fault that ends the program at once leaves its trace, until the next start."""
    return user_data() / "fault.txt"
