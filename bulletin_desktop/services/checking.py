"""Checking and repairing a library."""

from __future__ import annotations

from bulletin_desktop.library.integrity import problems, repair

__all__ = ["problems", "repair"]
