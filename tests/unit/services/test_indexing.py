"""The search index: right after every change, half built, broken off, made by older rules."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys

import pytest
from support import finish

from bulletin_desktop.library import lookup, search_index
from bulletin_desktop.model.query import Spelling
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    browsing,
    checking,
    correcting,
    history,
    indexing,
    searching,
    tagging,
    upkeep,
)
from bulletin_desktop.services.importing import import_text
from bulletin_desktop.services.searching import Options, Search


def found(library, text, sort="date"):
    outcome = finish(Search(library, searching.parse(text), Options(sort)).complete())
    return outcome.ids.tolist()


def waiting(library):
    return search_index.count_waiting(library)


def issue(title, date, body):
    return f"工会信息\n第1期\n{date}\n\n{title}\n\n　　{body}\n（市总工会）\n"


def test_an_import_is_in_the_index_when_it_is_done(library):
    assert waiting(library) == 0
    assert indexing.is_usable(library)
    assert library.value("SELECT count(*) FROM search_rows") == 45
    finish(import_text(library, issue("新的一篇", "2012年5月1日", "独此一处的词。")))
    assert waiting(library) == 0
    assert len(found(library, "独此一处")) == 1


def test_a_change_waits_and_is_found_before_and_after_it_is_put_in(library):
    article = found(library, "十二大")[0]
    with library.transaction() as connection:
        connection.execute("UPDATE articles SET title = '改过的标题' WHERE id = ?", [article])
    assert waiting(library) == 1
    assert found(library, "改过的标题") == [article]
    outcome = finish(searching.search(library, searching.parse("改过的标题")))
    assert outcome.unindexed == 1
    indexing.settle(library)
    assert waiting(library) == 0
    assert found(library, "改过的标题") == [article]
    assert finish(searching.search(library, searching.parse("工会"))).unindexed == 0


def test_a_mended_misprint_is_found_and_the_misprint_is_not(library):
    text = browsing.text_of(library, 3)
    word = text.body[20:24]
    others = [x for x in found(library, f'"{word}"') if x != 3]
    start = text.article.id and library.value("SELECT start FROM articles WHERE id = 3")
    ((document_id, document),) = library.rows(
        "SELECT d.id, d.text FROM documents d JOIN issues i ON i.document_id = d.id"
        " JOIN articles a ON a.issue_id = i.id WHERE a.id = 3"
    )
    at = document.index(word, start)
    correcting.amend(library, document_id, at, at + len(word), "勘误之后")
    for _ in range(2):  # while it waits, and once it is put in
        assert found(library, "勘误之后") == [3]
        assert found(library, f'"{word}"') == others
        indexing.settle(library)
    history.undo(library)
    for _ in range(2):
        assert found(library, "勘误之后") == []
        assert sorted(found(library, f'"{word}"')) == sorted([3, *others])
        indexing.settle(library)


def test_undo_of_an_import_and_redo(library):
    finish(import_text(library, issue("新的一篇", "2012年5月1日", "独此一处的词。")))
    history.undo(library)
    assert found(library, "独此一处") == []
    history.redo(library)
    assert len(found(library, "独此一处")) == 1
    assert waiting(library) == 0


def test_the_newest_come_first_whatever_came_in_when(empty_library):
    dates = ("2010年5月1日", "2012年3月4日", "2008年1月1日", "2011年7月8日", "2010年5月1日")
    for number, date in enumerate(dates):
        body = f"其中有共同的词，编号{number}。"
        finish(import_text(empty_library, issue(f"第{number}篇", date, body)))
    late, total = search_index.count_late(empty_library)
    assert (late, total) == (2, 5)  # what came between others
    hits = found(empty_library, "共同的词")
    assert hits == browsing.ids_in_scope(empty_library, Scope())
    search = Search(empty_library, searching.parse("共同的词"), Options("date"))
    assert [search.first(n) for n in (1, 3, 9)] == [hits[:1], hits[:3], hits]


def test_hits_in_no_order_are_put_in_their_places(empty_library, monkeypatch):
    """As with a library too large to be sorted at each search."""
    monkeypatch.setattr("bulletin_desktop.services.search_tally._SORTED", 0)
    for number, year in enumerate((2010, 2014, 2012, 2008, 2013, 2011, 2012)):
        text = "\n".join(
            issue(f"第{number}之{k}篇", f"{year}年5月1日", "有共同的词。") for k in range(2)
        )
        finish(import_text(empty_library, text))
    with empty_library.transaction() as connection:
        connection.execute("UPDATE articles SET subtitle = '副题' WHERE id % 3 = 0")
    rows = [
        browsing.text_of(empty_library, x) for x in browsing.ids_in_scope(empty_library, Scope())
    ]
    in_order = [text.article.id for text in rows if "共同的词" in text.body]
    assert len(in_order) == 14
    assert found(empty_library, "共同的词") == in_order
    indexing.settle(empty_library)
    assert found(empty_library, "共同的词") == in_order


def test_a_half_built_index_answers_rightly(library_file, seeds):
    with Library(library_file) as library:
        before = {
            word: found(library, word) for word in ("工会", "会", "工会 -协商", "年:2007 职工")
        }
        with library.transaction():
            search_index.begin_anew(library, indexing.VERSION)
        assert waiting(library) == 45
        assert {word: found(library, word) for word in before} == before
        for issue_id, _ in search_index.waiting_issues(library)[:2]:
            with library.transaction():
                entries = map(indexing.entry, search_index.waiting_of(library, issue_id))
                search_index.put(library, entries)
            assert {word: found(library, word) for word in before} == before
        assert 0 < waiting(library) < 45


def test_an_index_of_older_rules_is_not_asked_and_made_anew(library):
    before = found(library, "工会")
    with library.transaction() as connection:
        connection.execute("UPDATE search_state SET version = 'older'")
        connection.execute("DELETE FROM search_rows WHERE article % 2")
    assert found(library, "工会") == before
    assert list(checking.problems(library)) == []
    assert finish(indexing.catch_up(library))
    assert indexing.is_usable(library)
    assert found(library, "工会") == before
    assert library.value("SELECT count(*) FROM search_rows") == 45


def test_bulk_work_is_gathered_and_can_be_broken_off(library, monkeypatch):
    monkeypatch.setattr(indexing, "_MANY", 10)
    monkeypatch.setattr(indexing, "_SECONDS", 0.0)
    monkeypatch.setattr(indexing, "_APART", 2)
    with library.transaction():
        search_index.begin_anew(library, indexing.VERSION)
    work = indexing.catch_up(library)
    for _ in range(3):
        next(work)
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value is False
    assert 0 < waiting(library) < 45
    assert search_index.is_scattered(library)
    assert len(found(library, "工会")) == 45
    assert finish(indexing.catch_up(library))
    assert not search_index.is_scattered(library)
    assert list(checking.problems(library)) == []
    assert library.value("SELECT v FROM search_pairs_config WHERE k = 'crisismerge'") == 16


def test_what_single_changes_leave_is_merged_by_and_by(library):
    sql = "SELECT count(DISTINCT segid) FROM search_pairs_idx"
    for number in range(14):
        with library.transaction() as connection:
            connection.execute("UPDATE articles SET title = ? WHERE id = 3", [f"标题{number}"])
        indexing.settle(library)
    before = library.value(sql)
    assert before > 8
    assert not upkeep.catch_up(library, 10)
    assert library.value(sql) < before
    assert found(library, "标题:标题13") == [3]
    assert list(checking.problems(library)) == []


def test_too_much_in_no_order_is_put_in_order(empty_library, monkeypatch):
    monkeypatch.setattr(indexing, "_LATE", 1)
    for year in (2010, 2012, 2011, 2009):
        finish(import_text(empty_library, issue("一篇", f"{year}年5月1日", "有共同的词。")))
        late, _ = search_index.count_late(empty_library)
        assert late <= 1
    assert found(empty_library, "共同的词") == browsing.ids_in_scope(empty_library, Scope())


def test_a_damaged_index_is_named_and_mended(library):
    library.connection.execute("UPDATE search_pairs_data SET block = x'00' WHERE id > 10")
    assert {problem.what for problem in checking.problems(library)} == {"check.index"}
    checking.repair(library)
    assert list(checking.problems(library)) == []
    assert len(found(library, "工会")) == 45


def test_an_article_that_the_index_has_lost_is_named_and_mended(library):
    with library.transaction() as connection:
        connection.execute("DELETE FROM search_rows WHERE article = 7")
    (problem,) = checking.problems(library)
    assert (problem.what, problem.where) == ("check.index", "articles 7")
    checking.repair(library)
    assert list(checking.problems(library)) == []


def test_words_that_the_index_does_not_have_are_named(library):
    (printed,) = search_index.words_of(library, [7])
    with library.transaction():
        search_index.put(library, [indexing.entry(printed._replace(body="别的词"))])
    assert [problem.where for problem in checking.problems(library)] == ["articles 7"]


KILLED = """
import os, signal, sys
from pathlib import Path
from bulletin_desktop.library import search_index
from bulletin_desktop.services import Library, indexing
with Library(Path(sys.argv[1])) as library:
    with library.transaction():
        search_index.begin_anew(library, indexing.VERSION)
    indexing._SECONDS = 0.0
    put, count = search_index.put, [int(sys.argv[2])]
    def dying(*given):
        put(*given)
        count[0] -= 1
        if not count[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    search_index.put = dying
    for _ in indexing.catch_up(library):
        pass
"""


@pytest.mark.parametrize("after", [1, 3])
def test_a_kill_while_the_index_is_built_loses_nothing(seeded_file, tmp_path, after):
    file = shutil.copy(seeded_file, tmp_path / "library.bdlib")
    done = subprocess.run([sys.executable, "-c", KILLED, str(file), str(after)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Library(file) as library:
        assert 0 < waiting(library) <= 45
        assert len(found(library, "工会")) == 45
        assert list(checking.problems(library)) == []
        assert finish(indexing.catch_up(library))
        assert len(found(library, "工会")) == 45


QUERIES = (
    "协商",
    "会",
    '"集体协商" -职工',
    "标题:工会",
    "主题:甲 工会",
    "年:2007 工会",
    "来源:昆山",
    "星标",
)


@pytest.mark.parametrize("text", QUERIES)
def test_no_query_looks_through_all_articles(library, text):
    """Neither the index nor the articles are scanned where something serves to find the few."""
    tagging.tag_new(library, [3], "甲")
    seen = []
    library.connection.set_trace_callback(seen.append)
    search = Search(library, searching.parse(text), Options("date"))
    search.hits(search.first(50))
    finish(search.complete())
    library.connection.set_trace_callback(None)
    plans = [row[3] for sql in seen if sql.lstrip().startswith(("SELECT", "WITH"))
             for row in library.rows(f"EXPLAIN QUERY PLAN {sql}")]  # fmt: skip
    assert plans
    scans = {plan.split()[1] for plan in plans if plan.startswith("SCAN") and "VIRTUAL" not in plan}
    assert not scans & {"articles", "a", "documents", "d", "x", "search_rows", "sections"}


def test_first_hits_are_those_of_all(library):
    for sort in ("date", "relevance"):
        for text in ("工会", "会", "协商 or 农民工", "-协商"):
            search = Search(library, searching.parse(text), Options(sort))
            first = search.first(20)
            assert first == finish(search.complete()).ids.tolist()[:20]


def test_years_and_spaces_are_folded_when_asked_for(empty_library):
    texts = [
        issue("二○○八年工作总结", "2009年1月2日", "正文甲。"),
        issue("市 总 召 开 大 会", "2009年1月3日", "到２００８年为止。"),
    ]
    for text in texts:
        finish(import_text(empty_library, text))

    def ids(text, **spelled):
        options = Options("date", spelling=Spelling(**spelled))
        work = Search(empty_library, searching.parse(text), options).complete()
        return finish(work).ids.tolist()

    assert ids("2008年") == [2]
    assert ids("2008年", years=True) == [2, 1]
    assert ids("二〇〇八年", years=True) == [2, 1]
    assert ids("市总召开") == []
    assert ids("市总召开", spaces=True) == [2]
    assert ids("标题:开大", spaces=True) == [2]
    assert lookup.notes(empty_library) == {}
