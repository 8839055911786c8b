"""Scopes, outlines, texts and checks over the sample bulletins."""

from __future__ import annotations

import json

import pytest
from support import break_pages

from bulletin_desktop.library import annotating, articles, collecting, documents, integrity, outline
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import collections, tagging, themes


def test_the_text_of_an_article_is_cut_from_its_document(library):
    for record in articles.in_scope(library):
        text = articles.text_of(library, record.id)
        assert text.article == record
        assert len(text.body) == record.characters
        document = library.value(
            "SELECT text FROM documents d JOIN issues i ON i.document_id = d.id WHERE i.id = ?",
            [record.issue],
        )
        assert all(paragraph in document for paragraph in text.paragraphs)
        assert text.paragraphs


def test_the_document_keeps_the_decoded_text_verbatim(library, seeds):
    stored = dict(library.rows("SELECT path, text FROM documents"))
    assert len(stored) == 5
    for path, text in stored.items():
        assert (seeds / path).read_bytes().decode("utf-8-sig") == text


def test_articles_stand_newest_issue_first_and_in_it_as_printed(library):
    found = articles.in_scope(library)
    dates = [article.date or "" for article in found]
    assert dates == sorted(dates, reverse=True)
    for issue in {article.issue for article in found}:
        places = [article.position for article in found if article.issue == issue]
        assert places == list(range(len(places)))


def test_every_field_of_a_scope_narrows_it(library):
    whole = articles.in_scope(library)
    by_year = articles.in_scope(library, Scope(year="2011"))
    assert by_year == [a for a in whole if (a.date or "")[:4] == "2011"]
    issue = whole[0].issue
    assert articles.in_scope(library, Scope(issue=issue)) == [a for a in whole if a.issue == issue]
    source = whole[0].source
    assert articles.in_scope(library, Scope(source=source)) == [
        a for a in whole if a.source == source
    ]
    assert articles.in_scope(library, Scope(ids=(3, 5, 999))) == [
        a for a in whole if a.id in (3, 5)
    ]
    assert articles.in_scope(library, Scope(ids=())) == []
    both = articles.in_scope(library, Scope(year="2011", source=source))
    assert both == [a for a in by_year if a.source == source]


def test_outside_any_section_and_without_a_source(library):
    whole = articles.in_scope(library)
    assert articles.in_scope(library, Scope(section=0)) == [a for a in whole if a.section is None]
    assert articles.in_scope(library, Scope(source="")) == [a for a in whole if a.source is None]


def test_a_theme_holds_what_is_below_it(library):
    themes.add(library, "上")
    themes.add(library, "下", parent=themes.by_name(library, "上").id)
    below = themes.by_name(library, "下").id
    tagging.tag(library, [3], [below])
    assert articles.ids_in_scope(library, Scope(theme=themes.by_name(library, "上").id)) == [3]


def test_a_filter_takes_wildcards_as_text(library):
    assert articles.ids_in_scope(library, Scope(containing="%")) == []
    assert articles.ids_in_scope(library, Scope(containing="_")) == []
    assert articles.ids_in_scope(library, Scope(containing="张家港"))


def test_outlines_count_what_is_in_the_scope(library):
    whole = articles.in_scope(library)
    years = outline.years(library, Scope())
    assert [year.name for year in years] == sorted({(a.date or "")[:4] for a in whole})[::-1]
    assert sum(year.articles for year in years) == 45
    assert sum(source.articles for source in outline.sources(library)) == 45
    issues = outline.issues(library, Scope())
    assert [issue.articles for issue in issues] == [
        sum(a.issue == issue.id for a in whole) for issue in issues
    ]
    for issue in issues:
        sections = outline.sections(library, Scope(issue=issue.id))
        assert sum(section.articles for section in sections) == issue.articles


def test_reading_is_counted_and_no_step(library):
    before = library.value("SELECT count(*) FROM steps")
    assert articles.mark_read(library, [3, 4], read=True).changed == 2
    assert articles.mark_read(library, [3], read=True).changed == 0
    assert {a.id for a in articles.in_scope(library) if not a.unread} == {3, 4}
    assert sum(issue.unread for issue in documents.issues(library)) == 43
    assert articles.mark_read(library, [3], read=False).changed == 1
    assert library.value("SELECT count(*) FROM steps") == before


def test_more_issues_than_sqlite_takes_variables(library):
    assert len(documents.issues(library, tuple(range(1, 50_000)))) == 5


def test_a_collection_keeps_its_order(library):
    collections.add_articles(library, "集", [9, 3, 11])
    found = collections.find(library, "集")
    ids = {item.article: item.id for item in collecting.items(library, found.id)}
    collections.move_items(library, found.id, [ids[11]], before=ids[9])
    assert [item.article for item in collecting.items(library, found.id)] == [11, 9, 3]
    assert [a.id for a in articles.in_scope(library, Scope(collection=found.id))] == [11, 9, 3]


def test_a_missing_article_is_said(library):
    with pytest.raises(KnownError, match=r"article.missing"):
        articles.text_of(library, 999)


def test_settings_stand_outside_the_history(library):
    annotating.set_setting(library, "a", "1")
    annotating.set_setting(library, "a", "2")
    assert annotating.setting(library, "a") == "2"
    assert annotating.setting(library, "b") is None


DAMAGE = {
    "check.spans": 'UPDATE layouts SET spans = \'[["blank", 0, 5], ["blank", 6, 9]]\'',
    "check.text_length": "UPDATE documents SET text = text || 'x'",
    "check.article_span": "UPDATE articles SET end = 10000000 WHERE id = 3",
    "check.foreign_key": "DELETE FROM issues WHERE id = 1",
    "check.history": "UPDATE themes SET name = '别的'",
    "check.recording": "INSERT INTO recording VALUES (1, 0)",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_check_finds_what_is_wrong_and_repair_mends_what_it_can(what, library_file):
    with Library(library_file) as library:
        themes.add(library, "题")
        assert list(integrity.problems(library)) == []
        library.connection.execute("PRAGMA foreign_keys = OFF")
        library.connection.execute(DAMAGE[what])
        assert what in {problem.what for problem in integrity.problems(library)}
        integrity.repair(library)
        left = {problem.what for problem in integrity.problems(library)}
        assert (what in left) == (what not in ("check.history", "check.recording"))


def test_an_undone_step_that_does_not_fit_is_found(library):
    themes.add(library, "题")
    themes.delete(library, 1)
    from bulletin_desktop.library import history

    history.undo(library)
    assert list(integrity.problems(library)) == []
    rows = library.rows("SELECT id, before FROM step_rows ORDER BY id DESC LIMIT 1")
    image = json.dumps({**json.loads(rows[0][1]), "name": "别的"})
    library.connection.execute("UPDATE step_rows SET before = ? WHERE id = ?", [image, rows[0][0]])
    assert [problem.what for problem in integrity.problems(library)] == ["check.history"]


def test_a_damaged_file_is_a_problem_and_no_crash(library_file):
    break_pages(library_file)
    with Library(library_file) as library:
        found = list(integrity.problems(library))
    assert "check.file" in {problem.what for problem in found}
