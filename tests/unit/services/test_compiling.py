"""What a compilation says of articles: marks, subheads, excerpts, summaries, headings, themes."""

from __future__ import annotations

import pytest
from support import bulletin, finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import collecting
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    annotators,
    browsing,
    collections,
    noting,
    passages,
    tagging,
    themes,
)
from bulletin_desktop.services.compiling import Choices, compile_articles
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.libraries import Library

FIRST = "纺织厂工会召开大会。会议很热烈。一共来了三百人。大家都说好。"
LAST = "会后合影留念。各车间表示感谢。"
HEADED = "一、抓好培训。全年办班十期。"
SECOND = "二、抓好维权。账目每月公开。"
TEXT = f"""【工作动态】
纺织厂工会召开大会
　　{FIRST}
　　{HEADED}
　　{SECOND}
　　{LAST}
（市总工会）
"""
BODY = "\n".join((FIRST, HEADED, SECOND, LAST))


@pytest.fixture
def opened(tmp_path):
    with Library(tmp_path / "a.bdlib", create=True) as library:
        finish(import_paths(library, [bulletin(tmp_path, TEXT)]))
        assert browsing.text_of(library, 1).body == BODY
        yield library


def compiled(library, scope=Scope(), group_by="none", most=None):  # noqa: B008 - frozen
    work = compile_articles(library, scope, Choices("题", group_by), Catalogue("zh"), most)
    return finish(work)


def article_of(library, scope=Scope()):  # noqa: B008 - frozen
    [group] = compiled(library, scope).groups
    [article] = group.articles
    return article


def mark(library, words, theme_ids=(), note=""):
    start = BODY.index(words)
    passages.mark(library, 1, start, start + len(words), theme_ids, note)


def excerpt(library):
    """The article as a collection prints it that wants excerpts."""
    if not collections.find(library, "集"):
        collections.add_articles(library, "集", [1])
    [item] = collecting.items(library, 1)
    with library.connection:
        collecting.set_item(library, item.id, level=0, text="", extent="excerpt")
    return article_of(library, Scope(collection=1))


def marked(article):
    return [article.text[each.start : each.end] for each in article.marks]


def test_marks_and_subheads_count_in_the_printed_text(opened):
    themes.add(opened, "大会", colour="#a1b2c3")
    annotators.set_name(opened, "张三")
    mark(opened, FIRST[:10], [1], "开头")
    mark(opened, "感谢。")
    article = article_of(opened)
    assert article.text == BODY
    assert marked(article) == [FIRST[:10], "感谢。"]
    one, other = article.marks
    assert (one.colour, one.themes) == ("A1B2C3", ("大会",))
    assert (one.comment.text, one.comment.author) == ("开头", "张三")
    assert (other.colour, other.themes, other.comment) == ("D9D9D9", (), None)
    heads = [(article.text[each.start : each.end], each.level) for each in article.subheads]
    assert heads == [("一、抓好培训", 1), ("二、抓好维权", 1)]


def test_private_notes_are_nowhere(opened):
    mark(opened, "三百人", note="不外传")
    highlight = passages.listed(opened)[0].highlight.id
    noting.set_note(opened, "highlight", highlight, "不外传", private=True)
    noting.set_note(opened, "article", 1, "不外传", private=True)
    assert "不外传" not in repr(compiled(opened))
    noting.set_note(opened, "article", 1, "可外传", private=False)
    assert "可外传" in repr(compiled(opened))


def test_an_excerpt_has_the_sentences_with_highlights(opened):
    mark(opened, "一共来了三百人。")
    mark(opened, "三百人。大家")
    mark(opened, "账目")
    article = excerpt(opened)
    assert article.extent == "excerpt"
    assert article.paragraphs == ("……一共来了三百人。大家都说好。", "……账目每月公开。")
    assert marked(article) == ["一共来了三百人。", "三百人。大家", "账目"]
    assert article.subheads == ()


def test_an_excerpt_over_paragraphs_keeps_them_apart(opened):
    mark(opened, "都说好。\n一、抓好")
    article = excerpt(opened)
    assert article.paragraphs == ("……大家都说好。", "一、抓好培训。……")
    assert marked(article) == ["都说好。\n一、抓好"]
    assert [article.text[each.start : each.end] for each in article.subheads] == ["一、抓好培训"]


def test_an_excerpt_of_the_very_start_and_end_has_no_dots_there(opened):
    mark(opened, FIRST[:4])
    mark(opened, "感谢。")
    assert excerpt(opened).paragraphs == ("纺织厂工会召开大会。……", "……各车间表示感谢。")
    mark(opened, BODY)
    article = excerpt(opened)
    assert article.text == BODY
    assert marked(article) == [BODY, FIRST[:4], "感谢。"]


def test_a_summary_is_the_users_line_or_the_first_sentence(opened):
    mark(opened, "三百人")
    collections.add_articles(opened, "集", [1])
    for text, said in (("", "纺织厂工会召开大会。"), ("一句话。", "一句话。")):
        collecting.set_item(opened, 1, level=0, text=text, extent="summary")
        article = article_of(opened, Scope(collection=1))
        assert (article.paragraphs, article.marks, article.extent) == ((said,), (), "summary")
        assert [words for _, words in article.quotes] == ["三百人"]


def test_a_collection_has_its_own_headings_and_introduction(library):
    collections.add_articles(library, "集", [20])
    collecting.insert_heading(library, 1, 1, "上编")
    collecting.insert_heading(library, 1, 2, "一节")
    collections.add_articles(library, "集", [3, 11])
    collecting.insert_heading(library, 1, 1, "下编")
    collecting.set_intro(library, 1, "前言。\n二段。")
    compilation = compiled(library, Scope(collection=1))
    told = [(x.heading, x.level, [a.number for a in x.articles]) for x in compilation.groups]
    assert told == [
        (None, 1, [20]), ("上编", 1, []), ("一节", 2, [3, 11]), ("下编", 1, []),
    ]  # fmt: skip
    assert compilation.intro == ("前言。", "二段。")
    by_issue = compiled(library, Scope(collection=1), "issue")
    assert "上编" not in [group.heading for group in by_issue.groups]
    assert by_issue.articles == 3


def test_the_first_articles_are_those_that_are_printed_first(library):
    every = compiled(library, group_by="source")
    some = compiled(library, group_by="source", most=7)
    assert some.articles == 7
    assert some.line == every.line
    numbers = [a.number for group in every.groups for a in group.articles]
    assert [a.number for group in some.groups for a in group.articles] == numbers[:7]


def test_the_themes_come_with_those_above_them_and_no_others(library):
    for name in ("民主", "维权", "工资", "无关"):
        themes.add(library, name)
    themes.move(library, 1, 2)
    themes.move(library, 3, 1)
    tagging.tag(library, [3], [3])
    passages.mark(library, 4, 0, 5, [1])
    found = compiled(library, Scope(ids=(3, 4))).themes
    assert [(each.name, each.parent) for each in found] == [
        ("维权", None), ("民主", "维权"), ("工资", "民主"),
    ]  # fmt: skip
