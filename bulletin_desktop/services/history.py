"""The history as verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library.history import go_to, next_redo, next_undo, redo, steps, undo
from bulletin_desktop.library.store import MAX_STEPS

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.events import Event

__all__ = ["MAX_STEPS", "events", "go_to", "next_redo", "next_undo", "redo", "steps", "undo"]


def events(library: Library, article: int) -> list[Event]:
    """All that was done to an article as far as the history reaches, the newest first.

    Raises KnownError("article.missing").
    """
    from bulletin_desktop.library import history_of  # the window's start needs none of it

    return history_of.events(library, article)
