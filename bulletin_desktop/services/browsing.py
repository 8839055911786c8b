"""What the trees, the reader and the lists show."""

from __future__ import annotations

from bulletin_desktop.library.articles import (
    by_id,
    count_in_scope,
    ids_in_scope,
    in_scope,
    mark_read,
    mark_scope_read,
    text_of,
)
from bulletin_desktop.library.documents import documents, issues, totals
from bulletin_desktop.library.noting import note_of, notes
from bulletin_desktop.library.outline import issues as issues_in
from bulletin_desktop.library.outline import sections as sections_in
from bulletin_desktop.library.outline import sources as sources_in
from bulletin_desktop.library.outline import years as years_in

__all__ = [
    "by_id",
    "count_in_scope",
    "documents",
    "ids_in_scope",
    "in_scope",
    "issues",
    "issues_in",
    "mark_read",
    "mark_scope_read",
    "note_of",
    "notes",
    "sections_in",
    "sources_in",
    "text_of",
    "totals",
    "years_in",
]
