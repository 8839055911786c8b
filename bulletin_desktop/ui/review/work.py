"""What the review reads, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.services import browsing, correcting
from bulletin_desktop.ui.review.cutting import Cutting

if TYPE_CHECKING:
    from collections.abc import Collection

    from bulletin_desktop.model.records import Reviewed
    from bulletin_desktop.services import Library


def later(library: Library, paths: Collection[str]) -> list[Reviewed]:
    """The documents that have these paths now, those with most doubts first."""
    wanted = [found.id for found in browsing.documents(library) if found.path in paths]
    return correcting.to_review(library, wanted)


def read_cutting(library: Library, document: int, shown: Cutting | None) -> Cutting:
    """A document as it is cut now; ``shown`` is how it was shown before."""
    layout = correcting.layout(library, document)
    same = shown is not None and shown.layout.text == layout.text
    return Cutting(layout, shown.lines if shown is not None and same else None)
