"""Notes: the user's words on an article, a passage, an issue or a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import articles, documents, noting, passages
from bulletin_desktop.library.noting import note, notes
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import themes

if TYPE_CHECKING:
    from bulletin_desktop.model.annotations import NoteKind

__all__ = ["note", "notes", "set_note"]


@atomic
def set_note(
    library: Library,
    kind: NoteKind,
    target: int,
    text: str,
    *,
    private: bool | None = None,
    typing: bool = True,
) -> Change:
    """Write a note (empty removes it); ``private`` None leaves that as it is.

    While ``typing``, going on in the same note belongs to the same step of the history. Raises
    KnownError where the article, highlight, issue or theme is missing.
    """
    clean = text.strip()
    message = Message("step.note", {"title": _name(library, kind, target)})
    merge_key = f"note {kind} {target}" if typing else ""
    with library.change(message, "notes", merge_key=merge_key) as recording:
        if kind == "article":
            recording.articles = frozenset([target])
        noting.set_note(library, kind, target, clean, private=private)
    return recording.result()


def _name(library: Library, kind: NoteKind, target: int) -> str:
    """What the note is on, for the name of the step. Raises KnownError where it is missing."""
    if kind == "article":
        return articles.by_id(library, target).heading
    if kind == "highlight":
        return passages.laid_of(library, target).quote[:20]
    if kind == "theme":
        return themes.by_id(library, target).name
    found = documents.issues(library, (target,))
    if not found:
        raise KnownError("issue.missing", id=target)
    return " ".join(filter(None, (found[0].title, found[0].number, found[0].date)))
