"""The reader's chair: places, what is unread, the original, citations."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, history, reading, tagging
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.libraries import Library

TEXT = "【工作动态】\n一篇文章的标题\n　　这里是文章的正文，共有一段，{}。\n（市总工会）\n"


def places(library):
    return library.rows("SELECT article_id, position FROM places ORDER BY article_id")


def test_a_place_is_kept_over_a_restart_and_is_no_step(library_file):
    with Library(library_file) as library:
        assert reading.place_of(library, 3) == 0
        reading.keep_place(library, 3, 120)
        reading.keep_place(library, 3, 90)
        reading.keep_place(library, 4, 1)
        assert [step.code for step in history.steps(library)] == ["step.import"]
    with Library(library_file) as library:
        assert [reading.place_of(library, article) for article in (3, 4, 5)] == [90, 1, 0]


def test_a_place_is_forgotten_at_the_beginning_and_ends_with_the_body(library):
    end = browsing.by_id(library, 3).characters
    reading.keep_place(library, 3, end + 1000)
    assert reading.place_of(library, 3) == end
    reading.keep_place(library, 3, 0)
    reading.keep_place(library, 4, -5)
    assert places(library) == []


def test_places_of_articles_that_are_gone_do_not_accumulate(library):
    reading.keep_place(library, 999, 5)
    assert places(library) == []
    reading.keep_place(library, 3, 5)
    history.undo(library)
    reading.keep_place(library, 4, 5)
    assert places(library) == []


def test_a_new_state_of_a_file_keeps_the_places(empty_library, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT.format("很长很长很长很长"), "utf-8")
    finish(import_paths(empty_library, [file]))
    (old,) = browsing.ids_in_scope(empty_library, Scope())
    reading.keep_place(empty_library, old, 22)
    file.write_text(TEXT.format("短"), "utf-8")
    assert finish(import_paths(empty_library, [file])).updated == 1
    (new,) = browsing.in_scope(empty_library)
    assert new.id != old
    assert reading.place_of(empty_library, new.id) == new.characters < 22
    assert list(integrity.problems(empty_library)) == []


def test_untagged_articles_in_reading_order_both_ways_and_round(library):
    ids = browsing.ids_in_scope(library, Scope())
    tagging.tag_new(library, [*ids[:3], *ids[7:9]], "主题")
    ask = reading.next_untagged
    assert [ask(library, a) for a in (None, ids[0], ids[6], ids[-1])] == [
        ids[3], ids[3], ids[9], ids[3],
    ]  # fmt: skip
    assert [ask(library, a, -1) for a in (None, ids[9], ids[4], ids[3])] == [
        ids[-1], ids[6], ids[3], ids[-1],
    ]  # fmt: skip
    tagging.tag_new(library, [a for a in ids if a != ids[5]], "主题")
    assert ask(library, ids[5]) is ask(library, ids[5], -1) is None
    assert ask(library, ids[6]) == ask(library, ids[6], -1) == ids[5]


def test_next_unread_in_reading_order_and_round(library):
    ids = browsing.ids_in_scope(library, Scope())
    assert [reading.next_unread(library, a) for a in (None, ids[0], ids[6], ids[-1], 999)] == [
        ids[0], ids[1], ids[7], ids[0], ids[0],
    ]  # fmt: skip
    browsing.mark_read(library, [*ids[:3], *ids[7:9]], read=True)
    assert [reading.next_unread(library, a) for a in (None, ids[6], ids[-1])] == [
        ids[3], ids[9], ids[3],
    ]  # fmt: skip
    browsing.mark_read(library, [a for a in ids if a != ids[5]], read=True)
    assert [reading.next_unread(library, a) for a in (None, ids[5], ids[8])] == [ids[5]] * 3
    browsing.mark_read(library, ids, read=True)
    assert reading.next_unread(library, None) is reading.next_unread(library, ids[4]) is None
    history.undo(library)
    assert reading.next_unread(library, None) is None


def test_a_whole_scope_is_marked_read(library):
    year = Scope(year="2011")
    change = browsing.mark_scope_read(library, year, read=True)
    assert change.changed == browsing.count_in_scope(library, year) > 10
    assert (change.step, change.articles) == (None, None)
    unread = {a.id for a in browsing.in_scope(library) if a.unread}
    assert unread == set(browsing.ids_in_scope(library, Scope())) - set(
        browsing.ids_in_scope(library, year)
    )
    browsing.mark_scope_read(library, Scope(), read=False)
    assert all(a.unread for a in browsing.in_scope(library))


def test_the_original_of_an_article(library):
    original = reading.original_of(library, 12)
    document = browsing.documents(library)[original.document - 1]
    assert (original.path, original.encoding) == (document.path, document.encoding)
    assert (original.articles, len(original.text)) == (document.articles, document.length)
    article = browsing.text_of(library, 12)
    words = {
        role: [original.text[a:b] for r, a, b in original.parts if r == role]
        for role in ("title", "body")
    }
    assert words == {"title": [article.article.title], "body": list(article.paragraphs)}
    assert original.start <= original.parts[0].start < original.parts[-1].end <= original.end
    with pytest.raises(KnownError, match=r"article.missing"):
        reading.original_of(library, 999)


def test_the_subheads_of_an_article(library):
    text = browsing.text_of(library, 1)
    named = [head for head in reading.subheads(text) if head.named]
    assert [text.paragraphs[head.paragraph][head.start : head.end] for head in named] == [
        "1、紧紧围绕一条主线", "2、突出两个工作重点", "3、着力抓好三大创建", "4、积极推进四项工程",
    ]  # fmt: skip


def known(text, **fields):
    """An article's text with other facts."""
    issue = {k: fields.pop(k) for k in ("issue_title", "issue_number") if k in fields}
    return text._replace(article=text.article._replace(**fields), **issue)


@pytest.fixture
def text(library):
    return known(
        browsing.text_of(library, 3), issue_title="工会简报", issue_number="3", title="“一二\n三”",
        date="2012-03-15", date_basis="printed", source="市总工会",
    )  # fmt: skip


def test_citations(text):
    chinese, english = Catalogue("zh"), Catalogue("en")
    assert reading.citation(text, chinese) == "《工会简报》2012年第3期，“‘一二三’”，市总工会"
    assert reading.citation(text, english) == "工会简报, No. 3 of 2012, “‘一二三’”, 市总工会"
    inferred = known(text, date="2011-05", date_basis="inferred")
    assert reading.citation(inferred, chinese) == (
        "《工会简报》第3期2011年5月（推定），“‘一二三’”，市总工会"
    )
    unnumbered = known(inferred, issue_number=None, date_basis="printed")
    assert reading.citation(unnumbered, chinese) == "《工会简报》2011年5月，“‘一二三’”，市总工会"
    bare = known(unnumbered, issue_title=None, date=None, source=None)
    assert reading.citation(bare, chinese) == "“‘一二三’”"
    assert reading.citation(known(bare, title=None), chinese) == ""


def test_quotations(text):
    chinese = Catalogue("zh")
    source = reading.citation(text, chinese)
    assert reading.quotation(" 甲“乙‘丙’”丁\n　　戊\n", text, chinese) == (
        f"“甲‘乙“丙”’丁\n　　戊”（{source}）"
    )
    assert reading.quotation("it’s", text, Catalogue("en")).startswith("“it’s” (")
    # The selection may begin or end inside of quotation marks.
    assert reading.quotation("乙”丁“戊", text, chinese).startswith("“乙’丁‘戊”")
    nothing = known(text, issue_title=None, issue_number=None, title=None, date=None, source=None)
    assert reading.quotation("甲", nothing, chinese) == "“甲”"
