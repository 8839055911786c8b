"""The trash: putting articles and issues there, and taking anything back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import documents, passages, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.library.trash import trashed
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import tagging

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["discard_articles", "discard_issues", "empty", "restore", "trashed"]

# What may look different when something comes back.
_TOPICS: dict[str, tuple[Topic, ...]] = {
    "issue": ("documents", "tags", "highlights"),
    "article": ("documents", "tags", "highlights"),
    "theme": ("themes", "tags", "highlights", "notes", "rules"),
    "highlight": ("highlights", "notes"),
    "collection": ("collections",),
    "search": ("searches",),
    "rule": ("rules",),
}


@atomic
def discard_articles(library: Library, article_ids: Sequence[int]) -> Change:
    """Put articles into the trash, with all that is on them, as one step."""
    tagging.require(library, article_ids)
    message = Message("step.trash_articles", {"n": len(article_ids)})
    with library.change(message, *_TOPICS["article"], "trash") as recording:
        for found in tagging.records(library, article_ids):
            trash.put(library, "article", found.id, found.heading)
    return recording.result()


@atomic
def discard_issues(library: Library, issue_ids: Sequence[int]) -> Change:
    """Put whole issues into the trash, as one step. Raises KnownError("issue.missing")."""
    found = documents.issues(library, tuple(issue_ids))
    missing = set(issue_ids) - {issue.id for issue in found}
    if missing:
        raise KnownError("issue.missing", id=min(missing))
    message = Message("step.trash_issues", {"n": len(found)})
    with library.change(message, *_TOPICS["issue"], "trash") as recording:
        for issue in found:
            pieces = (issue.title, issue.number and f"第{issue.number}期", issue.date)
            trash.put(library, "issue", issue.id, " ".join(filter(None, pieces)))
    return recording.result()


@atomic
def restore(library: Library, entries: Sequence[int]) -> Change:
    """Take things out of the trash, as one step.

    Raises KnownError("trash.missing"), KnownError("trash.name_taken") and
    KnownError("trash.replaced").
    """
    names: list[str] = []
    topics: set[Topic] = {"trash"}
    with library.change(Message("step.restore", {"name": ""}), *topics) as recording:
        for entry in entries:
            what = trash.restore(library, entry)
            names.append(what.name)
            topics.update(_TOPICS[what.kind])
            if what.kind == "highlight":
                for document in passages.documents_of(library, what.item):
                    passages.refit(library, document)
        recording.topics = frozenset(topics)
        recording.message = Message("step.restore", {"name": "、".join(names)[:60]})
    return recording.result()


@atomic
def empty(library: Library, entries: Sequence[int] | None = None) -> Change:
    """Delete for good what is in the trash, or some of it; texts of articles and issues stay."""
    with library.change(Message("step.empty_trash"), "trash") as recording:
        trash.forget(library, entries)
    return recording.result()
