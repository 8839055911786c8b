"""The tables of the search: the index, what waits to be put into it, and searches that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SEARCH_TABLES: dict[str, tuple[str, ...]] = {
    "searches": ("id", "name", "query", "options"),
}

# The fields of an article in which pairs of characters are found. ``heading`` is a head of several
# lines on one line, ``tight`` the head without any spaces. FTS5 writes two bytes less for each word
# of an article in the first column, so that is the longest.
FIELDS = ("body", "title", "heading", "tight", "kicker", "subtitle", "author", "source")

# Those of its head: their lines, and if so wanted their spaces, may break a word.
HEADS = ("title", "kicker", "subtitle")

# The index holds no text (``content=''``), so that what is out of date is not taken out of it:
# ``search_rows`` says which of its rows are an article's, and no number is ever given twice.
# Its numbers follow the date from the newest on, so that the newest hits come first without sorting
# (FTS5 reads upwards many times as fast as downwards); those from ``search_index.LATE`` on are in
# no order.
INDEX_TABLES = (
    f"""CREATE VIRTUAL TABLE search_pairs USING fts5(
        {", ".join(FIELDS)}, content='', columnsize=0, tokenize='ascii')""",
    """CREATE VIRTUAL TABLE search_letters USING fts5(
        text, content='', columnsize=0, detail=none, tokenize='ascii')""",
)
_TABLES = (
    """CREATE TABLE search_rows (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL UNIQUE,
        issue INTEGER NOT NULL,
        section INTEGER,
        source INTEGER,
        brief INTEGER NOT NULL)""",
    "CREATE TABLE search_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE search_waiting (article INTEGER PRIMARY KEY)",
    """CREATE TABLE search_state (
        id INTEGER PRIMARY KEY,
        version TEXT NOT NULL,
        newest INTEGER NOT NULL,
        oldest INTEGER NOT NULL,
        late INTEGER NOT NULL,
        newest_key TEXT,
        oldest_key TEXT,
        scattered INTEGER NOT NULL DEFAULT 0)""",
)

DERIVED = frozenset((
    "search_pairs", "search_letters", "search_rows", "search_names", "search_waiting",
    "search_state",
))  # fmt: skip

_WAIT = "INSERT OR IGNORE INTO search_waiting (article)"
_MENDED = """SELECT a.id FROM articles a JOIN issues i ON i.id = a.issue_id
    WHERE i.document_id = {row}.document_id AND a.start < {row}.end AND a.end > {row}.start"""
_COLUMNS = (
    "issue_id", "section_id", "kind", "kicker", "title", "subtitle", "author", "source", "parts",
)  # fmt: skip


def _differs(columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{c}" for c in columns) for row in ("OLD", "NEW"))
    return f"({old}) IS NOT ({new})"


def _triggers() -> dict[str, str]:
    """What makes an article wait, whoever changes it: an import, a correction, undo."""
    triggers = {
        "articles_insert": f"""AFTER INSERT ON articles BEGIN
            {_WAIT} VALUES (NEW.id); END""",
        "articles_update": f"""AFTER UPDATE OF {", ".join(_COLUMNS)} ON articles
            WHEN {_differs(_COLUMNS)} BEGIN {_WAIT} VALUES (NEW.id); END""",
        "articles_delete": """AFTER DELETE ON articles BEGIN
            DELETE FROM search_rows WHERE article = OLD.id;
            DELETE FROM search_waiting WHERE article = OLD.id; END""",
        "issues_update": f"""AFTER UPDATE OF date, number ON issues
            WHEN {_differs(("date", "number"))} BEGIN
            {_WAIT} SELECT id FROM articles WHERE issue_id = NEW.id; END""",
        "sections_update": f"""AFTER UPDATE OF name ON sections
            WHEN OLD.name IS NOT NEW.name BEGIN
            {_WAIT} SELECT id FROM articles WHERE section_id = NEW.id; END""",
        "documents_update": f"""AFTER UPDATE OF text ON documents
            WHEN OLD.text IS NOT NEW.text BEGIN
            {_WAIT} SELECT a.id FROM articles a JOIN issues i ON i.id = a.issue_id
            WHERE i.document_id = NEW.id; END""",
    }
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        when = " OR ".join(f"{row}.code = 'erratum'" for row in rows)
        waits = " ".join(f"{_WAIT} {_MENDED.format(row=row)};" for row in rows)
        triggers[f"corrections_{event.lower()}"] = (
            f"AFTER {event} ON corrections WHEN {when} BEGIN {waits} END"
        )
    return triggers


# No version: so all is made before it is used.
START = """INSERT OR REPLACE INTO search_state (id, version, newest, oldest, late)
    VALUES (1, '', 0, 0, 0)"""


def create_search(db: Database) -> None:
    """The index, whose rows are all still to be made, and the searches that the user keeps."""
    for table in (*INDEX_TABLES, *_TABLES):
        db.execute(table)
    for name, trigger in _triggers().items():
        db.execute(f"CREATE TRIGGER wait_{name} {trigger}")
    db.execute(START)
    db.table("searches").create(
        {"id": int, "name": str, "query": str, "options": str},
        pk="id", not_null={"name", "query", "options"},
    )  # fmt: skip
    db.table("searches").create_index(["name"], unique=True)
