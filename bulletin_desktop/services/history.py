"""The history as verbs."""

from __future__ import annotations

from bulletin_desktop.library.history import next_redo, next_undo, redo, steps, undo

__all__ = ["next_redo", "next_undo", "redo", "steps", "undo"]
