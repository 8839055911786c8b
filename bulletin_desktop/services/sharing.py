"""The web share: a public copy of a library, and Datasette that shows it to readers."""

from __future__ import annotations

import json
import re
from contextlib import closing
from typing import TYPE_CHECKING

from bulletin_desktop import paths
from bulletin_desktop.exporting.csv_lines import record
from bulletin_desktop.language import grams
from bulletin_desktop.language.folding import fold
from bulletin_desktop.library import articles, search_index, sharing
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import indexing
from bulletin_desktop.services.labels import printed_issue
from bulletin_desktop.serving.server import Site, address, check, is_private, listen, run

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.library.store import Library

__all__ = [
    "Site",
    "address",
    "check",
    "hits",
    "is_private",
    "listen",
    "make_copy",
    "query",
    "run",
    "site",
]

# Articles that are read and written between two signs of life.
_CHUNK = 200
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_NOTHING = '""'


def make_copy(
    library: Library, file: Path, catalogue: Catalogue
) -> Generator[Progress, bool | None, bool]:
    """Write the public copy of a library into a new file; says whether that was done.

    A true value sent in ends the work. Left out are the history, the trash, private notes, stars,
    what was read, settings and the folders of the files. Raises KnownError ``write.disk_full``.
    """
    with sharing.snapshot(library), closing(sharing.PublicCopy(library, file)) as copy:
        ids = articles.ids_in_scope(library, Scope())
        copy.put_rest(lambda issue: printed_issue(issue, catalogue))
        for at in range(0, len(ids), _CHUNK):
            if (yield Progress(at, len(ids), Message("share.copying"))):
                return False
            words = search_index.words_of(library, ids[at : at + _CHUNK])
            copy.put_articles(map(indexing.entry, words))
        if (yield Progress(len(ids), len(ids), Message("share.copying"))):
            return False
        copy.finish()
    return True


def query(typed: str) -> str:
    """What a reader typed as a query of the copy's index: articles that have all the words.

    Words stand apart by spaces; what stands in quotes is one. Signs have no other meaning.
    """
    return " ".join(grams.phrase(word) for word in _words(typed)) or _NOTHING


def hits(typed: str, text: str) -> list[tuple[int, int]]:
    """Where the words that a reader typed stand in a text, as code points, none in another."""
    words = sorted(_words(typed), key=len, reverse=True)
    if not words:
        return []
    pattern = "|".join(re.escape(word) for word in words)
    return [found.span() for found in re.finditer(pattern, fold(text))]


def _words(typed: str) -> list[str]:
    found = ("".join(groups) for groups in _WORD.findall(fold(typed)))
    return [word for word in found if word.strip()]


def site(file: Path, name: str) -> Site:
    """What is shown of a public copy, under the name of the library."""
    metadata = json.loads(paths.resource("share/metadata.json").read_text("utf-8"))
    metadata["title"] = metadata["title"].format(name=name)
    counts = sharing.counts(file)
    (shown,) = metadata["databases"].values()
    for question, sql in sharing.QUERIES.items():
        shown["queries"][question] |= {"sql": sql, "hide_sql": True}
    for table in counts.keys() - sharing.TABLES.keys():  # readers search by the index, no more
        shown["tables"][table] = {"hidden": True, "allow": False}
    shown["tables"]["articles"] |= {"fts_table": sharing.INDEX, "fts_pk": "id"}
    return Site(file, counts, metadata, paths.resource("share"), query, hits, record)
