"""The history as verbs."""

from __future__ import annotations

from bulletin_desktop.library.history import go_to, next_redo, next_undo, redo, steps, undo
from bulletin_desktop.library.history_of import events
from bulletin_desktop.library.store import MAX_STEPS

__all__ = ["MAX_STEPS", "events", "go_to", "next_redo", "next_undo", "redo", "steps", "undo"]
