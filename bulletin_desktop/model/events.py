"""What was done to one article, as its history tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.model.change import Message


class NoteState(NamedTuple):
    """What a note said at one time: the note on ``target``, which is of a ``kind``."""

    kind: NoteKind
    target: int
    text: str


class Event(NamedTuple):
    """One thing that was done to an article: in which step, when, by whom, and what.

    One that is ``undone`` counts at present no more; ``note`` is what a note said after it.
    """

    step: int
    at: str
    annotator: str
    undone: bool
    told: Message
    note: NoteState | None = None
