"""What a check finds, what a repair mends, and that neither ends in a trace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support import break_pages, finish

from bulletin_desktop.library import history, integrity, integrity_schema
from bulletin_desktop.library.schema_search import DERIVED
from bulletin_desktop.library.store import Library
from bulletin_desktop.services import (
    checking,
    noting,
    passages,
    reading,
    reprints,
    searching,
    tagging,
    themes,
    trash,
)

ITEMS = integrity_schema.expected()
RECORD_STARS = "record_stars_insert"


@pytest.fixture(scope="module")
def used_file(seeded_file, tmp_path_factory):
    """A library with a history: two themes, tags, and a step that is undone; to be copied."""
    file = Path(shutil.copy(seeded_file, tmp_path_factory.mktemp("used")))
    with Library(file) as library:
        themes.add(library, "甲")
        themes.add(library, "乙")
        tagging.tag(library, [3, 4], [1, 2])
        tagging.tag(library, [5], [1])
        history.undo(library)
        assert list(integrity.problems(library)) == []
    return file


@pytest.fixture
def used(used_file, tmp_path):
    with Library(Path(shutil.copy(used_file, tmp_path))) as library:
        yield library


def damage(library, sql, *params):
    connection = library.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(sql, params)
    connection.execute("PRAGMA foreign_keys = ON")


def found(library):
    return {(problem.what, problem.where) for problem in integrity.problems(library)}


def mends(library, what):
    return {problem.mend for problem in integrity.problems(library) if problem.what == what}


def path_of(library, document):
    return library.value("SELECT path FROM documents WHERE id = ?", [document])


def tags_are_undoable(library):
    before = library.rows("SELECT article_id, theme_id FROM article_themes ORDER BY id")
    assert tagging.tag(library, [9], [1]).changed == 1
    assert history.undo(library).changed == 1
    after = library.rows("SELECT article_id, theme_id FROM article_themes ORDER BY id")
    assert before == after
    assert history.redo(library).changed == 1


NOT_SPANS = ["xx", "", "null", "{}", "[1]", '[["article", 0]]', '[["nosuch", 0, 5]]',
    '[["blank", "0", 5]]', '[["blank", 0, true]]', '[[["blank"], 0, 5]]', "[" * 100_000,
    b"\x00\xff"]  # fmt: skip


@pytest.mark.parametrize("spans", NOT_SPANS, ids=range(len(NOT_SPANS)))
def test_spans_that_cannot_be_read(used, spans):
    damage(used, "UPDATE layouts SET spans = ? WHERE id = 2", spans)
    where = f"2 {path_of(used, 2)}"
    assert ("check.spans", where) in found(used)
    integrity.repair(used)
    assert ("check.spans", where) in found(used)
    assert mends(used, "check.spans") == {"check.mend_restore"}
    tags_are_undoable(used)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("parts", "{"), ("parts", "null"), ("parts", '[["body", 1]]'), ("parts", '[["x", 0, 1]]'),
        ("parts", '[["body", 0, 1]]'), ("start", "abc"), ("end", "abc"), ("end", 1.5),
        ("start", -1), ("omitted", "zz"), ("omitted", "[[1]]"), ("omitted", "[[0, 1]]"),
    ],
)  # fmt: skip
def test_articles_that_cannot_be_read(used, column, value):
    damage(used, f"UPDATE articles SET {column} = ? WHERE id = 12", value)
    assert ("check.article_span", "12") in found(used)
    integrity.repair(used)
    assert ("check.article_span", "12") in found(used)
    tags_are_undoable(used)


def test_a_document_without_a_length(used):
    damage(used, "UPDATE documents SET length = NULL WHERE id = 3")
    assert found(used) == {("check.text_length", f"3 {path_of(used, 3)}")}


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE articles SET characters = 'many' WHERE id = 7", "articles 7"),
        ("UPDATE issues SET title = x'00ff' WHERE id = 2", "issues 2"),
        ("UPDATE collection_items SET position = 'first'", "collection_items 1"),
        ("UPDATE collection_items SET extent = 'most'", "collection_items 1"),
        ("UPDATE collection_items SET article_id = NULL", "collection_items 1"),
        ("UPDATE collection_items SET level = 2", "collection_items 1"),
        ("UPDATE themes SET aliases = 'zz' WHERE id = 2", "themes 2"),
        ("UPDATE themes SET words = '[1]' WHERE id = 2", "themes 2"),
    ],
)
def test_a_field_that_holds_what_it_cannot(used, sql, where):
    damage(
        used,
        "INSERT INTO collection_items (collection_id, article_id, position) VALUES (1, 1, 1)",
    )
    damage(used, "INSERT INTO collections (name) VALUES ('集')")
    assert found(used) == set()
    damage(used, sql)
    assert ("check.value", where) in found(used)


def test_text_that_is_no_utf8_is_a_problem_and_hides_no_other(used):
    damage(used, "UPDATE layouts SET spans = CAST(x'ff' AS TEXT) WHERE id = 1")
    unreadable = {what for what, _ in found(used)}
    assert len(unreadable) == 1
    assert unreadable <= {"check.file", "check.unreadable"}
    damage(used, "INSERT INTO recording VALUES (1, 0)")
    assert {what for what, _ in found(used)} == {*unreadable, "check.recording"}
    integrity.repair(used)
    assert {what for what, _ in found(used)} == unreadable


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE places SET position = 'far' WHERE article_id = 4",
        "UPDATE places SET position = -1 WHERE article_id = 4",
        "UPDATE places SET position = 100000 WHERE article_id = 4",
        "UPDATE places SET article_id = 999 WHERE article_id = 4",
        "UPDATE places SET at = x'00ff' WHERE article_id = 4",
    ],
)
def test_a_place_that_lies_nowhere_is_forgotten(used, sql):
    reading.keep_place(used, 3, 5)
    reading.keep_place(used, 4, 5)
    assert found(used) == set()
    damage(used, sql)
    assert found(used) == {("check.place", "places 2")}
    assert mends(used, "check.place") == {"check.mend_repair"}
    integrity.repair(used)
    assert found(used) == set()
    assert used.rows("SELECT article_id, position FROM places") == [(3, 5)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE fingerprints SET numbers = x'0102' WHERE article_id = 4",
        "UPDATE fingerprints SET numbers = '[1, 2]' WHERE article_id = 4",
        "UPDATE fingerprints SET compared = 'yes' WHERE article_id = 4",
    ],
)
def test_a_fingerprint_that_cannot_be_read_is_made_again(used, sql):
    before = used.rows("SELECT * FROM fingerprints")
    damage(used, sql)
    assert found(used) == {("check.fingerprint", "fingerprints 4")}
    assert mends(used, "check.fingerprint") == {"check.mend_repair"}
    integrity.repair(used)
    assert found(used) == set()
    finish(reprints.refresh(used))
    assert used.rows("SELECT * FROM fingerprints") == before


def test_what_was_made_of_a_lost_article_goes_with_the_repair(used):
    damage(used, "DELETE FROM articles WHERE id = 12")
    integrity.repair(used)
    for table in ("fingerprints", "fingerprint_numbers"):
        assert used.value(f"SELECT count(*) FROM {table} WHERE article_id = 12") == 0


def test_an_article_that_is_gone_is_missed_in_its_document(used):
    sql = """SELECT i.document_id FROM articles a JOIN issues i ON i.id = a.issue_id
        WHERE a.id = 12"""
    document = used.value(sql)
    damage(used, "DELETE FROM articles WHERE id = 12")
    assert found(used) == {("check.articles", f"{document} {path_of(used, document)}")}
    assert mends(used, "check.articles") == {"check.mend_restore"}


def test_articles_that_overlap(used):
    damage(used, "UPDATE articles SET end = end + 5 WHERE id = 2")
    assert found(used) == {("check.articles", f"1 {path_of(used, 1)}")}


def test_articles_in_another_order(used):
    damage(used, "UPDATE articles SET position = 3 - position WHERE id IN (2, 3)")
    assert found(used) == {("check.articles", f"1 {path_of(used, 1)}")}


LAST = "(SELECT max(id) FROM step_rows WHERE table_name = 'themes')"


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE step_rows SET after = 'zz' WHERE id = {LAST}",
        f"UPDATE step_rows SET after = '[]' WHERE id = {LAST}",
        f"UPDATE step_rows SET after = '{{\"id\": 2}}' WHERE id = {LAST}",
        f"UPDATE step_rows SET after = json_set(after, '$.id', 9) WHERE id = {LAST}",
        f"UPDATE step_rows SET after = json_set(after, '$.name', json('[1]')) WHERE id = {LAST}",
        f"UPDATE step_rows SET row_id = 'abc' WHERE id = {LAST}",
        f"UPDATE step_rows SET table_name = 'nosuch' WHERE id = {LAST}",
        "UPDATE steps SET params = 'zz' WHERE id = 2",
        "UPDATE steps SET params = '[]' WHERE id = 2",
        "DELETE FROM steps WHERE id = 2",
        "UPDATE themes SET name = '别的' WHERE id = 2",
    ],
)
def test_a_history_that_does_not_fit_is_cleared(used, sql):
    names = sorted(theme.name for theme in themes.all_themes(used))
    damage(used, sql)
    assert mends(used, "check.history") == {"check.mend_history"}
    integrity.repair(used)
    assert found(used) == set()
    assert history.steps(used) == []
    assert len(themes.all_themes(used)) == len(names)
    tags_are_undoable(used)


def test_an_image_that_is_neither_the_last_nor_the_first_is_read_too(used):
    theme = themes.by_name(used, "甲").id
    rows = used.rows("SELECT id, after FROM step_rows WHERE table_name = 'themes' ORDER BY id")
    first, image = rows[0][0], json.loads(rows[0][1])
    assert image["id"] == theme
    themes.rename(used, theme, "丙")
    assert found(used) == set()
    damage(used, "UPDATE step_rows SET after = 'zz' WHERE id = ?", first)
    assert ("check.history", f"themes {theme}") in found(used)


@pytest.mark.parametrize("kind", ["index", "trigger"])
def test_a_lost_index_or_trigger_is_found(used, kind):
    for item in (item for item in ITEMS if item.kind == kind):
        used.connection.execute("BEGIN")
        used.connection.execute(f'DROP {kind} "{item.name}"')
        assert found(used) == {("check.schema", f"{kind} {item.name}")}
        used.connection.execute("ROLLBACK")


@pytest.mark.parametrize("kind", ["index", "trigger"])
def test_lost_indexes_and_triggers_are_made_again(used, kind):
    lost = [item.name for item in ITEMS if item.kind == kind]
    for name in lost:
        damage(used, f'DROP {kind} "{name}"')
    assert found(used) == {("check.schema", f"{kind} {name}") for name in lost}
    assert mends(used, "check.schema") == {"check.mend_repair"}
    steps = len(history.steps(used))
    integrity.repair(used)
    assert found(used) == set()
    assert len(history.steps(used)) == steps
    tags_are_undoable(used)


def test_tags_made_without_their_trigger_clear_the_history(used):
    damage(used, "DROP TRIGGER record_article_themes_delete")
    tagging.untag(used, [3], [1])
    assert {what for what, _ in found(used)} == {"check.schema", "check.history"}
    integrity.repair(used)
    assert found(used) == set()
    tags_are_undoable(used)


def test_an_altered_trigger_and_index_are_made_as_they_were(used):
    damage(used, f"DROP TRIGGER {RECORD_STARS}")
    damage(used, f"CREATE TRIGGER {RECORD_STARS} AFTER INSERT ON stars BEGIN SELECT 1; END")
    damage(used, "DROP INDEX idx_themes_name")
    damage(used, "CREATE INDEX idx_themes_name ON themes (colour)")
    assert found(used) == {
        ("check.schema", f"trigger {RECORD_STARS}"),
        ("check.schema", "index idx_themes_name"),
    }
    integrity.repair(used)
    assert found(used) == set()


def test_an_index_in_another_spelling_is_the_same(used):
    damage(used, "DROP INDEX idx_themes_name")
    damage(used, "CREATE  UNIQUE INDEX [idx_themes_name] ON themes(name)")
    assert found(used) == set()


def test_a_unique_index_over_doubles_is_left_to_a_backup(used):
    damage(used, "DROP INDEX idx_themes_name")
    damage(used, "DROP TRIGGER record_themes_update")
    damage(used, "UPDATE themes SET name = '甲'")
    integrity.repair(used)
    assert found(used) == {("check.schema", "index idx_themes_name")}
    assert mends(used, "check.schema") == {"check.mend_restore"}


TABLES = [item.name for item in ITEMS if item.kind == "table"]


@pytest.mark.parametrize("table", [name for name in TABLES if name not in DERIVED])
def test_a_lost_table_is_named_and_left_to_a_backup(used, table):
    damage(used, f'DROP TABLE "{table}"')
    assert ("check.schema", f"table {table}") in found(used)
    assert not any(what == "check.unreadable" for what, _ in found(used))
    integrity.repair(used)
    assert ("check.schema", f"table {table}") in found(used)
    assert mends(used, "check.schema") == {"check.mend_restore"}


@pytest.mark.parametrize("table", sorted(DERIVED))
def test_a_lost_table_of_the_index_is_made_anew(used, table):
    damage(used, f'DROP TABLE "{table}"')
    assert ("check.schema", f"table {table}") in {
        (x.what, x.where) for x in checking.problems(used)
    }
    checking.repair(used)
    assert list(checking.problems(used)) == []
    assert finish(searching.search(used, searching.parse("工会"))).total == 45


def test_an_altered_table_is_left_to_a_backup(used):
    damage(used, "ALTER TABLE issues RENAME COLUMN position TO spot")
    assert ("check.schema", "table issues") in found(used)
    integrity.repair(used)
    assert mends(used, "check.schema") == {"check.mend_restore"}


def test_a_row_that_its_index_does_not_have_is_mended(used):
    connection = used.connection
    connection.execute("DROP INDEX idx_articles_source")
    connection.execute("CREATE INDEX idx_articles_source ON articles (source) WHERE id > 20")
    connection.execute("PRAGMA writable_schema = ON")
    sql = next(item.sql for item in ITEMS if item.name == "idx_articles_source")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'idx_articles_source'", [sql])
    connection.execute("PRAGMA writable_schema = RESET")
    assert {what for what, _ in found(used)} == {"check.file"}
    integrity.repair(used)
    assert found(used) == set()


def test_a_repair_of_a_file_with_broken_pages_is_no_crash(library_file):
    break_pages(library_file)
    with Library(library_file) as library:
        integrity.repair(library)
        assert not library.connection.in_transaction
        assert "check.file" in {what for what, _ in found(library)}


def test_a_repair_of_a_sound_library_changes_nothing(used):
    before = contents(used)
    integrity.repair(used)
    assert contents(used) == before


def contents(library):
    """All rows of all tables that can be read as such, and all that the tables are."""
    real = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    rows = {name: library.rows(f'SELECT * FROM "{name}"') for (name,) in library.rows(real)}
    return rows, library.rows("SELECT type, name, sql FROM sqlite_master")


def test_what_is_expected_is_what_a_new_library_has(empty_library):
    assert integrity_schema.faults(empty_library) == []
    assert integrity_schema.fingerprint(ITEMS) == integrity_schema.FINGERPRINT
    assert {item.kind for item in ITEMS} == {"table", "index", "trigger"}


def test_a_long_history_takes_no_more_queries_than_a_short_one(used):
    def queries():
        seen = []
        used.connection.set_trace_callback(seen.append)
        assert found(used) == set()
        used.connection.set_trace_callback(None)
        return len(seen)

    before = queries()
    tagging.tag(used, list(range(10, 40)), [1, 2])
    assert queries() == before


def test_an_item_of_another_hand_is_no_fault(used):
    damage(used, "CREATE INDEX mine ON articles (author)")
    damage(used, "CREATE TABLE other (word TEXT PRIMARY KEY) WITHOUT ROWID")
    assert found(used) == set()


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE highlights SET quote = '别的' WHERE id = 1", ("check.highlight", "highlights 1")),
        ("UPDATE highlights SET end = 999999 WHERE id = 1", ("check.highlight", "highlights 1")),
        ("UPDATE highlights SET start = 'x' WHERE id = 1", ("check.highlight", "highlights 1")),
        ("UPDATE highlights SET article_id = 40 WHERE id = 1", ("check.highlight", "highlights 1")),
        ("UPDATE highlights SET start = 0, end = 0", ("check.highlight", "highlights 1")),
        ("UPDATE notes SET theme_id = 1 WHERE id = 1", ("check.note", "notes 1")),
        ("UPDATE notes SET article_id = NULL WHERE id = 1", ("check.note", "notes 1")),
        ("UPDATE trash SET rows = '{' WHERE id = 1", ("check.trash", "trash 1")),
        (
            """UPDATE trash SET rows = '[["themes", {"id": 1}]]' WHERE id = 1""",
            ("check.trash", "trash 1"),
        ),
        ("""UPDATE trash SET rows = '[["steps", {}]]' WHERE id = 1""", ("check.trash", "trash 1")),
        ("UPDATE trash SET kind = 'fish' WHERE id = 1", ("check.trash", "trash 1")),
        ("UPDATE trash SET item = 999 WHERE id = 2", ("check.trash", "trash 2")),
    ],
)
def test_annotations_that_do_not_fit(used, sql, problem):
    passages.mark(used, 3, 5, 20, [1])
    noting.set_note(used, "article", 4, "记")
    themes.delete(used, 2)
    trash.discard_articles(used, [7])
    assert found(used) == set()
    for table in ("step_rows", "steps"):
        used.connection.execute(f"DELETE FROM {table}")
    damage(used, sql)
    assert problem in found(used) <= {problem, ("check.value", problem[1])}
    integrity.repair(used)
    assert problem in found(used)
