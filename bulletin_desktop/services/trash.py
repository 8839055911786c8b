"""The trash: putting articles and issues there, and taking anything back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.language.anchors import Anchor, place
from bulletin_desktop.library import documents, passages, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.library.trash import trashed
from bulletin_desktop.model.change import Change, Message, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import tagging

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["discard", "discard_articles", "discard_issues", "empty", "restore", "trashed"]

# What may look different when something comes back.
_TOPICS: dict[str, tuple[Topic, ...]] = {
    "issue": ("documents", "tags", "highlights", "notes"),
    "article": ("documents", "tags", "highlights", "notes"),
    "theme": ("themes", "tags", "highlights", "notes", "rules"),
    "highlight": ("highlights", "notes", "themes"),
    "collection": ("collections",),
    "search": ("searches",),
    "rule": ("rules",),
}


def discard_articles(library: Library, article_ids: Sequence[int]) -> Change:
    """Put articles into the trash, with all that is on them, as one step.

    Raises KnownError("article.missing").
    """
    return discard(library, article_ids, ())


def discard_issues(library: Library, issue_ids: Sequence[int]) -> Change:
    """Put whole issues into the trash, as one step. Raises KnownError("issue.missing")."""
    return discard(library, (), issue_ids)


@atomic
def discard(library: Library, article_ids: Sequence[int], issue_ids: Sequence[int]) -> Change:
    """Put articles and whole issues into the trash, as one step; an article of one of the issues
    goes with that. Raises KnownError("article.missing") and KnownError("issue.missing").
    """
    tagging.require(library, article_ids)
    issues = documents.issues(library, tuple(issue_ids))
    if missing := set(issue_ids) - {issue.id for issue in issues}:
        raise KnownError("issue.missing", id=min(missing))
    found = tagging.records(library, article_ids)
    articles = [article for article in found if article.issue not in set(issue_ids)]
    with library.change(_named(len(articles), len(issues)), *_TOPICS["issue"], "trash") as step:
        for article in articles:
            trash.put(library, "article", article.id, article.heading)
        for issue in issues:
            pieces = (issue.title, issue.number and f"第{issue.number}期", issue.date)
            trash.put(library, "issue", issue.id, " ".join(filter(None, pieces)))
    return step.result()


def _named(articles: int, issues: int) -> Message:
    if articles and issues:
        return Message("step.trash", {"articles": articles, "n": issues})
    code = "step.trash_issues" if issues else "step.trash_articles"
    return Message(code, {"n": issues or articles})


@atomic
def restore(library: Library, entries: Sequence[int]) -> Change:
    """Take things out of the trash, as one step.

    Raises KnownError("trash.missing"), KnownError("trash.name_taken") and
    KnownError("trash.replaced").
    """
    names: list[str] = []
    topics: set[Topic] = {"trash"}
    with library.change(Message("step.restore", {"name": ""})) as recording:
        for entry in entries:
            what = trash.restore(library, entry)
            names.append(what.name)
            topics.update(_TOPICS[what.kind])
            if what.kind == "highlight":
                _fit(library, what.item)
        recording.topics = frozenset(topics)
        recording.message = Message("step.restore", {"name": "、".join(names)[:60]})
    return recording.result()


def _fit(library: Library, highlight: int) -> None:
    """Bring a highlight to the text as it is now."""
    laid = passages.laid_of(library, highlight)
    if not laid.placed and laid.article is not None:
        start, end = passages.extents(library, laid.document)[laid.article]
        words = documents.text(library, laid.document)[start:end]
        span = place(words, Anchor(laid.quote, laid.before, laid.after, 0.0))
        if span is not None:
            there = (start + span[0], start + span[1])
            around = passages.around(library, laid.document, there)
            moved = passages.Laid(
                highlight, laid.document, laid.article, *there, laid.quote, *around, True
            )
            passages.move(library, highlight, moved)
    passages.refit(library, laid.document)


@atomic
def empty(library: Library, entries: Sequence[int] | None = None) -> Change:
    """Delete for good what is in the trash, or some of it; articles and issues stay there, since
    the library keeps all texts.
    """
    with library.change(Message("step.empty_trash"), "trash") as recording:
        trash.forget(library, entries)
    return recording.result()
