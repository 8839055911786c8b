"""Copying an open library; moving one that nobody has open. Apart, since few starts do either."""

from __future__ import annotations

from bulletin_desktop.library.copying import copy_library, move_library

__all__ = ["copy_library", "move_library"]
