"""What a use case hands back: messages as codes, changes, and the progress of long work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Topic = Literal[
    "documents",
    "themes",
    "tags",
    "notes",
    "collections",
    "units",
    "reprints",
    "reading",
    "searches",
    "highlights",
    "rules",
    "trash",
    "words",
]
ALL_TOPICS: frozenset[Topic] = frozenset(get_args(Topic))


class Message(NamedTuple):
    """A sentence of the catalogue: its key and what fills its placeholders."""

    code: str
    params: Mapping[str, object] = {}


class Change(NamedTuple):
    """What a verb did: the history step (None where nothing changed), its name, and how many rows.

    ``topics`` says which kinds of things are stale for a view; ``articles`` which articles, where
    that is known and few (None means any).
    """

    step: int | None
    name: Message
    changed: int
    topics: frozenset[Topic] = frozenset()
    articles: frozenset[int] | None = None


class Progress(NamedTuple):
    """How far long work has come: ``done`` of ``total`` units (0 where unknown)."""

    done: int
    total: int
    message: Message
