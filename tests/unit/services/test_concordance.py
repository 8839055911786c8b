"""The concordance: every place of the words, with its context, in the order asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, concordance, noting, searching
from bulletin_desktop.services.concordance import Concordance
from bulletin_desktop.services.concordance_view import View, arranged
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.searching import Options

FIELDS = ("kicker", "title", "subtitle", "author", "source")


def gathered(library, text, limit=concordance.MOST, **options):
    return finish(Concordance(searching.parse(text), **options).more(library, limit))


def lines(library, text, **options):
    return gathered(library, text, **options).lines


def field_of(library, line):
    """The text in which a line's positions count."""
    text = browsing.text_of(library, line.where.article.id)
    if line.field in ("body", "note"):
        return getattr(text, line.field)
    return getattr(text.article, line.field)


def made(library, tmp_path, body, title="关于开展慰问活动的通知"):
    """A library with one article of these paragraphs."""
    file = tmp_path / "made.txt"
    head = "工会简报\n第7期\n某市总工会办公室　　2013年5月20日\n\n"
    file.write_text(head + title + "\n" + "".join(f"　　{p}\n" for p in body), encoding="utf-8")
    finish(import_paths(library, [file]))
    return library


def test_each_place_is_a_line_and_stands_where_it_says(library):
    found = lines(library, "职工")
    for line in found:
        text = field_of(library, line)
        assert fold(text[line.start : line.end]) == "职工" == line.keyword
    expected = 0
    for article in browsing.in_scope(library):
        text = browsing.text_of(library, article.id)
        heads = [getattr(article, name) or "" for name in ("kicker", "title", "subtitle", "source")]
        expected += sum(fold(words).count("职工") for words in (text.body, *heads))
    assert len(found) == expected
    assert {line.where.article.issue for line in found} == {line.where.issue.id for line in found}


def test_the_context_is_what_stands_beside_in_the_paragraph(library):
    for line in lines(library, "工会", width=8):
        if line.field == "body":
            text = field_of(library, line)
            before = text[: line.start].rpartition("\n")[2]
            after = text[line.end :].partition("\n")[0]
            assert before.endswith(line.left)
            assert len(line.left) == min(8, len(before.lstrip()))
            assert after.startswith(line.right)
            assert len(line.right) == min(8, len(after.rstrip()))


def test_white_space_is_one_space_and_the_end_of_a_paragraph_an_end(empty_library, tmp_path):
    body = ["第一段到此为止。", "表中有　　慰问 \t 金额 五元。", "下一段从此开始。"]
    library = made(empty_library, tmp_path, body)
    (line,) = lines(library, "body:慰问")
    assert (line.left, line.keyword, line.right) == ("表中有 ", "慰问", " 金额 五元。")


def test_words_are_sought_where_the_query_says(library):
    assert {line.field for line in lines(library, "title:工会")} == {"title", "subtitle"}
    assert {line.field for line in lines(library, "body:工会")} == {"body"}


def test_a_note_has_lines_too(library):
    article = browsing.in_scope(library)[0].id
    noting.set_note(library, "article", article, "请与蓝莓计划核对")
    for query in ("蓝莓计划", "note:蓝莓计划"):
        (line,) = lines(library, query)
        assert (line.field, line.start, line.left, line.right) == ("note", 2, "请与", "核对")
    assert lines(library, "body:蓝莓计划") == []


def test_excluded_words_have_no_lines_and_regular_expressions_do(library):
    assert {line.keyword for line in lines(library, "工会 -协商")} == {"工会"}
    found = {line.keyword for line in lines(library, "regex:工会.{2}")}
    assert len(found) > 10
    assert all(len(words) == 4 and words.startswith("工会") for words in found)


def test_of_overlapping_words_the_longest_has_the_line(library):
    words = {line.keyword for line in lines(library, "总工会 OR 工会")}
    assert words == {"总工会", "工会"}
    inside = [line for line in lines(library, "总工会 OR 工会") if line.keyword == "工会"]
    assert not any(line.left.endswith("总") for line in inside)


def test_the_newest_issue_comes_first(library):
    dates = [line.where.article.date for line in lines(library, "工会")]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_a_bounded_number_is_gathered_and_more_goes_on_from_there(library, limit):
    whole = lines(library, "职工")
    work = Concordance(searching.parse("职工"))
    found = []
    while True:
        part = finish(work.more(library, limit))
        found += part.lines
        if part.whole:
            break
        assert len(part.lines) == limit
    assert found == whole
    assert len(found) > limit
    assert part.done == part.articles


def test_the_work_can_be_ended_and_gone_on_with(library):
    work = Concordance(searching.parse("职工"))
    part = work.more(library)
    progress = next(part)
    while progress.message.code != "concordance.progress":
        progress = next(part)
    with pytest.raises(StopIteration) as end:
        part.send(True)
    assert end.value.value.lines == []
    assert not end.value.value.whole
    assert finish(work.more(library)).lines == lines(library, "职工")


def test_an_empty_query_and_unknown_words_have_no_lines(library):
    for query in ("", "翡翠鸟蛋", "starred:是"):
        try:
            found = gathered(library, query)
        except KnownError:
            continue
        assert (found.lines, found.whole) == ([], True)


def test_a_scope_bounds_the_lines(library):
    from bulletin_desktop.model.scope import Scope

    issue = browsing.issues(library)[0].id
    found = lines(library, "工会", options=Options(scope=Scope(issue=issue)))
    assert {line.where.issue.id for line in found} == {issue}


# Order


def shown(found, **view):
    return [found[row] for row in arranged(found, View(**view)).rows]


def test_lines_are_sorted_by_each_side_and_equal_ones_stay(library):
    found = lines(library, "工会")
    right = [fold(line.right).lstrip() for line in shown(found, sort="right")]
    assert right == [*sorted(filter(None, right)), *[""] * right.count("")]
    left = [fold(line.left).rstrip()[::-1] for line in shown(found, sort="left")]
    assert left == [*sorted(filter(None, left)), *[""] * left.count("")]
    by_source = shown(found, sort="source")
    for one, other in pairwise(by_source):
        if one.where.article.source == other.where.article.source:
            assert found.index(one) < found.index(other)
    assert shown(found, sort="date", backwards=True) == found[::-1]
    backwards = [fold(x.right).lstrip() for x in shown(found, sort="right", backwards=True)]
    assert [x for x in backwards if x] == sorted(filter(None, right), reverse=True)
    assert not any(backwards[len(backwards) - backwards.count("") :])


def test_pinyin_sorts_as_words_are_read(empty_library, tmp_path):
    library = made(empty_library, tmp_path, ["慰问张三。", "慰问阿六。", "慰问李四。"])
    found = lines(library, "body:慰问")
    assert [line.right[0] for line in shown(found, pinyin=True)] == ["阿", "李", "张"]
    assert [line.right[0] for line in shown(found)] == ["张", "李", "阿"]


def test_words_and_a_neighbour_narrow_the_lines(library):
    found = lines(library, "工会")
    narrowed = shown(found, words="主席")
    assert narrowed
    assert all(
        "主席" in "\n".join((x.left + x.keyword + x.right, x.where.article.heading))
        for x in narrowed
    )
    fewer = shown(found, words="主席", width=3)
    assert 0 < len(fewer) < len(narrowed)
    whole = arranged(found, View(side="right", length=2))
    words, count = whole.neighbours[0]
    assert len(words) == 2
    assert whole.total == len(found)
    beside = shown(found, side="right", length=2, neighbour=words)
    assert len(beside) == count
    assert all(line.right.lstrip().startswith(words) for line in beside)


def test_marks_and_ends_are_no_neighbours(empty_library, tmp_path):
    body = ["先慰问。", "慰问了", "慰问"]
    found = lines(made(empty_library, tmp_path, body), "body:慰问")
    assert arranged(found, View(side="right")).neighbours == [("了", 1)]
    assert arranged(found, View(side="left")).neighbours == [("先", 1)]


# Quoting


def test_a_quotation_says_where_it_is_from_and_marks_what_is_cut(empty_library, tmp_path):
    library = made(empty_library, tmp_path, ["今年继续慰问困难职工家庭。"])
    (line,) = lines(library, "body:慰问")
    source = "《工会简报》2013年第7期，“关于开展慰问活动的通知”"
    catalogue = Catalogue("zh")
    assert concordance.cited(line, catalogue) == source
    assert concordance.quoted(line, catalogue, 3) == f"“…年继续慰问困难职…”（{source}）"
    assert concordance.quoted(line, catalogue) == f"“今年继续慰问困难职工家庭。”（{source}）"


def test_an_export_that_is_cancelled_leaves_no_file(library, tmp_path):
    file = tmp_path / "lines.csv"
    found = lines(library, "工会")
    options = {"catalogue": Catalogue("zh"), "title": "工会"}
    work = concordance.export(found, file, "csv", **options)
    next(work)
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value is False
    assert list(tmp_path.glob("*.csv")) == list(tmp_path.glob(".*.part")) == []
    assert finish(concordance.export(found, file, "csv", **options)) is True
    assert file.exists()


def test_endings_say_the_format(tmp_path):
    names = ("a.csv", "b.TXT", "c.html", "d.docx", "e")
    known = [concordance.format_of(tmp_path / name) for name in names]
    assert known == ["csv", "txt", "html", None, None]
