"""Smart collections: searches that are kept under a name, and what they find at the moment."""

from __future__ import annotations

import json
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple, get_args

from bulletin_desktop.language import query_parser
from bulletin_desktop.library import collecting, searches, trash
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.query import Fact, Spelling
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections, searching
from bulletin_desktop.services.naming import clean_name
from bulletin_desktop.services.searching import Options, Sort

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from bulletin_desktop.language.query_lexer import Language
    from bulletin_desktop.model.query import Token

# Code points of a name that is proposed: of a single word, and of several.
_LONGEST_WORD = 24
_LONGEST_NAME = 16
# What else than the documents can alter the hits of a query with such a field or mark. A word
# without a field is looked for in notes too.
_TOPICS: dict[str | None, Topic] = {
    None: "notes",
    "note": "notes",
    "noted": "notes",
    "quote": "highlights",
    "highlighted": "highlights",
    "theme": "themes",
    "untagged": "tags",
    "starred": "tags",
    "unread": "reading",
    "source": "units",
    "collection": "collections",
}


class SavedSearch(NamedTuple):
    """A search with a name; its options never have a scope."""

    id: int
    name: str
    query: str
    options: Options


def all_searches(library: Library) -> list[SavedSearch]:
    """All saved searches in the order in which they were made."""
    return [
        SavedSearch(row.id, row.name, row.query, read_options(row.options))
        for row in searches.all_rows(library)
    ]


def find(library: Library, name: str) -> SavedSearch | None:
    """The saved search with this name, or None."""
    wanted = " ".join(name.split())
    return next((x for x in all_searches(library) if x.name == wanted), None)


def by_id(library: Library, search: int) -> SavedSearch:
    """The saved search with this id. Raises KnownError("search.missing")."""
    for found in all_searches(library):
        if found.id == search:
            return found
    raise KnownError("search.missing", name=search)


def by_name(library: Library, name: str) -> SavedSearch:
    """The saved search with this name. Raises KnownError("search.missing")."""
    found = find(library, name)
    if found is None:
        raise KnownError("search.missing", name=name)
    return found


# Keeping


@atomic
def save(library: Library, name: str, text: str, options: Options) -> Change:
    """Keep a search, but for its scope.

    Raises KnownError where the name is taken or empty, and where nothing or nothing that can be
    understood is asked for.
    """
    clean, query = _clean(library, name), _checked(text)
    with library.change(Message("step.search_save", {"name": clean}), "searches") as recording:
        searches.insert(library, clean, query, written_options(options))
    return recording.result()


@atomic
def replace(library: Library, search: int, text: str, options: Options) -> Change:
    """Let a saved search look for something else. Raises KnownError as ``save`` does."""
    old, query, kept = by_id(library, search), _checked(text), written_options(options)
    message = Message("step.search_replace", {"name": old.name})
    with library.change(message, "searches") as recording:
        if (old.query, written_options(old.options)) != (query, kept):
            searches.replace(library, search, query, kept)
    return recording.result()


@atomic
def rename(library: Library, search: int, name: str) -> Change:
    """Give a saved search another name."""
    old, clean = by_id(library, search), _clean(library, name, but=search)
    message = Message("step.search_rename", {"old": old.name, "name": clean})
    with library.change(message, "searches") as recording:
        if old.name != clean:
            searches.rename(library, search, clean)
    return recording.result()


@atomic
def delete(library: Library, search: int) -> Change:
    """Put a saved search into the trash; nothing happens to what it finds."""
    gone = by_id(library, search)
    message = Message("step.search_delete", {"name": gone.name})
    with library.change(message, "searches", "trash") as recording:
        trash.put(library, "search", search, gone.name)
    return recording.result()


@atomic
def freeze(library: Library, search: int, articles: Sequence[int]) -> Change:
    """A collection, named after a saved search, with the articles that it found, in their order.

    What is gone meanwhile is left out. Raises KnownError("search.nothing") where nothing is left.
    """
    saved = by_id(library, search)
    live = set(browsing.ids_in_scope(library, Scope(ids=tuple(articles))))
    found = [article for article in articles if article in live]
    if not found:
        raise KnownError("search.nothing", name=saved.name)
    taken = {known.name for known in collections.all_collections(library)}
    name = _free(saved.name, taken)
    message = Message("step.search_freeze", {"name": name, "n": len(found)})
    with library.change(message, "collections") as recording:
        collection = collecting.insert_collection(library, name, saved.query)
        collecting.insert_articles(library, collection, found)
    return recording.result()


def _clean(library: Library, name: str, but: int | None = None) -> str:
    clean = clean_name(name, "search")
    if any(x.name == clean and x.id != but for x in searches.all_rows(library)):
        raise KnownError("search.exists", name=clean)
    return clean


def _checked(text: str) -> str:
    if searching.parse(text).is_empty:
        raise KnownError("search.no_query")
    return text.strip()


def _free(name: str, taken: set[str]) -> str:
    """A name that is not taken: with a number where needed."""
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(each for each in names if each not in taken)


def written_options(options: Options) -> str:
    """Options as they are kept, but for the scope."""
    return json.dumps({"sort": options.sort, **options.spelling._asdict()})


def read_options(written: str) -> Options:
    """Options as they were kept ("": the usual ones); what another version of the program added is
    left out.
    """
    kept = json.loads(written or "{}")
    sort: Sort = kept["sort"] if kept.get("sort") in get_args(Sort) else Options().sort
    spelling = {name: kept[name] for name in Spelling._fields if name in kept}
    return Options(sort, spelling=Spelling(**spelling))


# Finding


def hits_of(library: Library, saved: SavedSearch) -> Generator[Progress, bool | None, list[int]]:
    """The ids of what a saved search finds now, in its order; a true value sent in ends it.

    Raises KnownError ``query.…`` where this version of the program cannot read the query.
    """
    search = searching.Search(library, searching.parse(saved.query), saved.options)
    outcome = yield from search.complete()
    return outcome.ids.tolist()


def count_of(library: Library, saved: SavedSearch) -> Generator[Progress, bool | None, int | None]:
    """How many articles a saved search finds now, None where its query cannot be read."""
    try:
        found = yield from hits_of(library, saved._replace(options=_unsorted(saved.options)))
    except KnownError as error:
        if error.code.startswith("query."):
            return None
        raise
    return len(found)


def _unsorted(options: Options) -> Options:
    return options._replace(sort="date")


def altered_by(saved: SavedSearch) -> frozenset[Topic]:
    """The kinds of changes after which a saved search may find something else."""
    try:
        tokens = searching.parse(saved.query).tokens
    except KnownError:
        return frozenset()
    topics = {_TOPICS.get(token.value if token.kind == "flag" else token.field) for token in tokens}
    if "themes" in topics:
        topics.add("tags")
    return frozenset(["documents", *(topic for topic in topics if topic)])


# Words


def proposed_name(library: Library, text: str) -> str:
    """A free name for a query: the first that it looks for, without fields and signs."""
    try:
        tokens = searching.parse(text).tokens
    except KnownError:
        tokens = ()
    words = [" ".join(word.split()) for word in filter(None, map(_told, tokens))]
    name, *others = words or [" ".join(text.split())]
    if len(name) > _LONGEST_WORD:
        name = f"{name[:_LONGEST_WORD].rstrip()}…"
    for word in others:
        if len(name) + len(word) >= _LONGEST_NAME:
            break
        name += f" {word}"
    return _free(name, {row.name for row in searches.all_rows(library)}) if name else ""


def _told(token: Token) -> str:
    """What a part of a query adds to a name."""
    named = token.kind in ("word", "phrase", "fact") and token.field != "kind"
    return token.value if named and not token.negated else ""


def query_of_theme(name: str, language: Language) -> str:
    """The query for the articles of a theme and of those below it."""
    return query_parser.write(Fact("theme", name), language)
