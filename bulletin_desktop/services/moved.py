"""Documents whose files are no longer where they were: they may have another name now."""

from __future__ import annotations

import os
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_desktop.library import corrections, documents, layouts
from bulletin_desktop.services import files, storing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_desktop.library.documents import State
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.files import Input, Loaded


class Moved:
    """What an import of some paths tells of files that were renamed or moved."""

    def __init__(self, library: Library, roots: Sequence[Path], inputs: Sequence[Input]) -> None:
        self._library = library
        self._folders = [files.shown(root.absolute()) + os.sep for root in roots if root.is_dir()]
        self._places = {each.place for each in inputs}

    @cached_property
    def corrected(self) -> set[int]:
        """The documents on which corrections were made before this import."""
        return corrections.corrected(self._library)

    @cached_property
    def _missing(self) -> set[int]:
        """The documents from the imported folders whose files were not found there."""
        known = documents.under(self._library, self._folders) if self._folders else {}
        return {document for document, path in known.items() if path not in self._places}

    @cached_property
    def _titles(self) -> dict[str, list[int]]:
        """The titles of those documents, as the rules alone find them, with where they stand."""
        found: dict[str, list[int]] = {}
        for document, title in self._all_titles():
            found.setdefault(title, []).append(document)
        return found

    def _all_titles(self) -> Iterator[tuple[int, str]]:
        corrected = self._missing & self.corrected
        yield from documents.titles(self._library, self._missing - corrected)
        for document in corrected:
            text, _ = layouts.parsed_of(self._library, document)
            parsed = files.parsed(layouts.path_of(self._library, document), text)
            yield from ((document, a.title) for i in parsed.issues for a in i.articles if a.title)

    @cached_property
    def _counts(self) -> Counter[int]:
        return Counter(document for places in self._titles.values() for document in places)

    def is_elsewhere(self, known: State, place: str) -> bool:
        """Whether the file of a document is here now, and no longer where it was."""
        if known.path == place:
            return False
        return known.document in self._missing or not files.is_there(known.path)

    def follow(self, known: State, place: str) -> None:
        """Keep the new path of a document whose file was renamed."""
        if self.is_elsewhere(known, place):
            self._missing.discard(known.document)
            documents.set_path(self._library, known.document, place)

    def earlier(self, loaded: Loaded) -> int | None:
        """The document that a renamed and changed file is a new state of, if there is one."""
        if not self._missing:
            return None
        new = {a.title for issue in loaded.parsed.issues for a in issue.articles if a.title}
        shared = Counter(document for title in new for document in self._titles.get(title, ()))
        for document, count in shared.most_common():
            same = count >= storing.SAME_SHARE * self._counts[document]
            if same and document in self._missing:
                self._missing.remove(document)
                return document
        return None
