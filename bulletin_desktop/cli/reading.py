"""Subcommands that change nothing: parse, list, show, search, check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin_desktop.cli import logged, marked
from bulletin_desktop.cli.concorded import list_places
from bulletin_desktop.cli.parsed import failed_file, parsed_file, summary
from bulletin_desktop.cli.reprinted import compare, list_reprints
from bulletin_desktop.cli.run import Run
from bulletin_desktop.cli.searched import list_searches
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Article, Hit
from bulletin_desktop.model.units import Unit
from bulletin_desktop.services import (
    Library,
    browsing,
    checking,
    collections,
    correcting,
    files,
    labels,
    searching,
    themes,
    units,
)

Row = dict[str, Any]

COLUMNS = {
    "articles": (
        "id", "issue", "section", "kind", "kicker", "title", "subtitle", "author", "source",
        "date", "date_basis", "themes", "starred", "unread", "characters",
    ),
    "issues": (
        "id", "document", "title", "number", "total_number", "date", "date_basis",
        "date_evidence", "articles",
    ),
    "themes": ("id", "name", "parent", "colour", "key", "aliases", "articles", "description"),
    "notes": ("article", "title", "note", "kind", "target", "private", "annotator", "at"),
    "highlights": marked.HIGHLIGHTS,
    "trash": logged.TRASH,
    "collections": ("id", "name", "articles", "intro", "origin"),
    "sources": ("name", "articles", "units"),
    "units": ("name", "parent", "rank", "articles", "own", "aliases", "sources", "key"),
    "documents": (
        "id", "path", "sha256", "encoding", "length", "imported_at", "issues", "articles",
        "doubts", "remarks", "unplaced",
    ),
}  # fmt: skip
# What of it fits the width of a terminal.
_TABLE = {
    **COLUMNS,
    "highlights": ("id", "article", "start", "end", "quote", "themes", "note"),
    "articles": ("id", "date", "title", "source", "themes", "starred", "characters"),
    "issues": ("id", "title", "number", "date", "date_evidence", "articles"),
    "documents": ("id", "path", "encoding", "length", "issues", "articles", "doubts", "unplaced"),
    "units": ("name", "parent", "articles", "own", "aliases"),
    "notes": ("article", "title", "kind", "note"),
    "collections": ("id", "name", "articles"),
}


def parse(run: Run) -> int:
    """Parse files and store nothing."""
    found = files.find(run.options.paths)
    entries = [failed_file(failure, run.catalogue) for failure in found.failed]
    for given in found.inputs:
        try:
            loaded = files.load(given.path, given.read())
            entries.append(parsed_file(loaded, run.catalogue))
        except KnownError as error:
            failure = files.failure(given.path, error)
            found.failed.append(failure)
            entries.append(failed_file(failure, run.catalogue))
    if found.skipped:
        run.output.say(run.catalogue.text("cli.skipped", n=found.skipped))
    if run.json:
        run.output.json({"files": entries})
    else:
        run.output.failures(found.failed)
        for entry in entries:
            summary(entry, run)
    return 1 if found.failed else 0


def list_things(run: Run) -> int:
    """List things of one kind."""
    what = run.options.what
    if what == "reprints":
        return list_reprints(run)
    if what == "searches":
        return list_searches(run)
    with run.library() as library:
        rows = _LISTERS[what](library)
    run.tell_rows(rows, COLUMNS[what], _TABLE[what])
    return 0


def _issues(library: Library) -> list[Row]:
    return [_only("issues", issue._asdict()) for issue in browsing.issues(library)]


def _only(what: str, row: Row) -> Row:
    return {column: row[column] for column in COLUMNS[what]}


def _articles(library: Library) -> list[Row]:
    names = _theme_names(library)
    return [_article(article, names) for article in browsing.in_scope(library)]


def _theme_names(library: Library) -> dict[int, str]:
    return {theme.id: theme.name for theme in themes.all_themes(library)}


def _article(article: Article, names: dict[int, str]) -> Row:
    row = article._asdict() | {"themes": [names[theme] for theme in article.themes]}
    return _only("articles", row)


def _themes(library: Library) -> list[Row]:
    names = _theme_names(library)
    rows = [theme._asdict() for theme in themes.all_themes(library)]
    return [_only("themes", row | {"parent": names.get(row["parent"])}) for row in rows]


def _notes(library: Library) -> list[Row]:
    titles = {article.id: article.heading for article in browsing.in_scope(library)}
    return [
        {
            "article": note.article,
            "title": titles.get(note.article or 0, ""),
            "note": note.text,
            "kind": note.kind,
            "target": note.target,
            "private": note.private,
            "annotator": note.annotator,
            "at": note.at,
        }
        for note in browsing.notes(library)
    ]


def _collections(library: Library) -> list[Row]:
    return [
        {key: value if value != "" else None for key, value in each._asdict().items()}
        for each in collections.all_collections(library)
    ]


def _sources(library: Library) -> list[Row]:
    units.place_all(library)
    known = units.directory(library)
    meant: dict[str, dict[str, None]] = {}
    for printed, reading in known.readings.items():
        names = (known.units[key].name for key in reading.units)
        meant.setdefault(printed.source, {}).update(dict.fromkeys(names))
    found = browsing.sources_in(library)
    return [x._asdict() | {"units": list(meant[x.name])} for x in found if x.name]


def _units(library: Library) -> list[Row]:
    units.place_all(library)
    known = units.directory(library)
    return [_unit(unit, known) for unit in known.all()]


def _unit(unit: Unit, known: units.Directory) -> Row:
    return {
        "name": unit.name,
        "parent": known.units[unit.parent].name if unit.parent else None,
        "rank": unit.rank,
        "articles": unit.articles,
        "own": unit.own,
        "aliases": list(unit.names),
        "sources": list(dict.fromkeys(printed.source for printed in unit.printed)),
        "key": unit.key,
    }


def _documents(library: Library) -> list[Row]:
    reviewed = {found.document: found._asdict() for found in correcting.to_review(library)}
    rows = (document._asdict() for document in browsing.documents(library))
    return [_only("documents", reviewed[row["id"]] | row) for row in rows]


_LISTERS: dict[str, Callable[[Library], list[Row]]] = {
    "issues": _issues,
    "articles": _articles,
    "themes": _themes,
    "highlights": marked.highlights,
    "trash": logged.trashed,
    "notes": _notes,
    "collections": _collections,
    "sources": _sources,
    "units": _units,
    "documents": _documents,
}


def show(run: Run) -> int:
    """Show one article in full."""
    with run.library() as library:
        text = browsing.text_of(library, run.options.article)
        row = _article(text.article, _theme_names(library))
    if run.json:
        run.output.json(row | {"body": text.body, "note": text.note or None})
        return 0
    date = labels.printed_date(row["date"], row["date_basis"], run.catalogue)
    head = [row["kicker"], row["title"], row["subtitle"], row["author"]]
    tail = [row["source"], date, "、".join(row["themes"])]
    for line in [*head, *(f"　　{paragraph}" for paragraph in text.paragraphs), *tail]:
        if line:
            run.output.line(line)
    if text.note:
        run.output.line(run.catalogue.text("cli.note_line", note=text.note))
    return 0


def search(run: Run) -> int:
    """Search the library."""
    options = run.options
    spelling = searching.spelled(
        literal=options.literal, years=options.years, spaces=options.spaces
    )
    asked = searching.Options(options.sort, spelling=spelling)
    with run.library() as library:
        query = searching.parse(options.query, literal=options.literal)
        found = run.finish(searching.search(library, query, asked, options.limit))
    if run.output.interrupted:
        raise KeyboardInterrupt
    if found.unindexed:
        run.output.say(run.catalogue.text("cli.unindexed", n=found.unindexed))
    if found.stopped:
        run.output.say(run.catalogue.text("cli.stopped"))
    if run.json:
        document: Row = {"total": found.total, "hits": [_hit(hit) for hit in found.hits]}
        run.output.json(document | ({"facets": found.facets} if options.facets else {}))
        return 0
    run.output.line(run.catalogue.text("cli.hits", n=found.total))
    for hit in found.hits:
        _print_hit(run, hit)
    for facet, counts in found.facets.items() if options.facets else ():
        _print_facet(run, facet, counts)
    return 0


def _print_facet(run: Run, facet: str, counts: dict[str, int]) -> None:
    words = run.catalogue.text
    names = {name: words(f"cli.kind.{name}") if facet == "kinds" else name for name in counts}
    told = "  ".join(f"{names[name]} {count}" for name, count in counts.items())
    run.output.line(f"{words(f'cli.facet.{facet}')}  {told}".rstrip())


def _hit(hit: Hit) -> Row:
    article, snippet = hit.article, hit.snippet
    return {
        "article": article.id,
        "issue": article.issue,
        "title": article.title,
        "source": article.source,
        "date": article.date,
        "snippet": {"text": snippet.text, "ranges": [list(pair) for pair in snippet.ranges]},
    }


def _print_hit(run: Run, hit: Hit) -> None:
    article = hit.article
    facts = [article.source, labels.printed_date(article.date, article.date_basis, run.catalogue)]
    run.output.line(f"{article.id}  {article.heading}  {'  '.join(filter(None, facts))}".rstrip())
    run.output.line(f"    {hit.snippet.text}")


def check(run: Run) -> int:
    """Check a library, and mend it where asked to."""
    with run.library() as library:
        if run.options.repair:
            checking.repair(library)
        found = list(checking.problems(library))
    words = run.catalogue.text
    rows = [{"what": words(p.what), "where": p.where, "mend": words(p.mend)} for p in found]
    if run.json:
        run.output.json({"ok": not rows, "problems": rows})
    elif rows:
        run.output.table(("what", "where", "mend"), rows)
    else:
        run.output.line(words("cli.sound"))
    return 1 if rows else 0


COMMANDS: dict[str, Callable[[Run], int]] = {
    "parse": parse,
    "list": list_things,
    "show": show,
    "compare": compare,
    "search": search,
    "concordance": list_places,
    "check": check,
}
