"""Highlights: marking, and staying on their words through corrections and new states of a file."""

from __future__ import annotations

import pytest
from support import bulletin, finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity
from bulletin_desktop.library import passages as rows
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import (
    browsing,
    correcting,
    history,
    noting,
    passages,
    themes,
    trash,
)
from bulletin_desktop.services.importing import import_paths

TEXT = """工会简报
第3期
2011年5月4日

【工作动态】
市总工会召开全委会议
\u3000\u30005月4日，市总工会召开全委会议，总结部署工作，帐目公开𠮷。
\u3000\u3000会议由主席主持，各委员出席了会议。（市总办公室）
纺织厂举办技能竞赛
\u3000\u30005月5日，纺织厂举办技能竞赛，三百人参加了比赛。
\u3000\u3000竞赛历时一天，评出十名能手。（纺织厂工会）
水泥厂公开栏里的大文章
\u3000\u3000水泥厂把公开栏挂在食堂门口，职工天天看得见。（水泥厂工会）

本期印发：各县（区）总工会
"""
FIRST, SECOND = "市总工会召开全委会议", "纺织厂举办技能竞赛"


@pytest.fixture
def file(tmp_path):
    return bulletin(tmp_path, TEXT)


@pytest.fixture
def opened(empty_library, file):
    finish(import_paths(empty_library, [file.parent]))
    themes.add(empty_library, "公开")
    themes.add(empty_library, "竞赛")
    return empty_library


def again(library, file, text=None):
    if text is not None:
        file.write_text(text, "utf-8")
    return finish(import_paths(library, [file.parent]))


def article(library, heading):
    return next(a.id for a in browsing.in_scope(library) if a.heading == heading)


def place(library, words):
    text = library.value("SELECT text FROM documents WHERE trashed = 0")
    return library.value("SELECT id FROM documents WHERE trashed = 0"), text.index(words)


def mark(library, heading, words, *theme_ids, note=""):
    found = article(library, heading)
    start = browsing.text_of(library, found).body.index(words)
    passages.mark(library, found, start, start + len(words), theme_ids, note)
    return max(row[0] for row in library.rows("SELECT id FROM highlights"))


def told(library, highlight):
    """The heading of a highlight's article, its words there, and what it quotes."""
    found = passages.by_id(library, highlight)
    if not found.placed:
        return None, "", found.quote
    text = browsing.text_of(library, found.article)
    return text.article.heading, text.body[found.start : found.end], found.quote


def content(library):
    """All that a step of the history brings back."""
    live = {"documents": "WHERE trashed = 0"}
    found = {
        table: library.rows(f"SELECT * FROM {table} {live.get(table, '')}") for table in TRACKED
    }
    document = library.value("SELECT id FROM documents WHERE trashed = 0")
    return found, correcting.layout(library, document)


def test_marking_with_themes_and_a_note_is_one_step(opened):
    steps = len(history.steps(opened))
    made = mark(opened, FIRST, " 帐目公开𠮷。".strip(), 1, 2, note=" 核对 ")
    assert len(history.steps(opened)) == steps + 1
    found = passages.by_id(opened, made)
    assert (found.quote, found.themes, found.note) == ("帐目公开𠮷。", (1, 2), "核对")
    assert mark(opened, FIRST, "帐目公开𠮷。", 2, note="又") == made
    assert passages.by_id(opened, made).note == "核对\n\n又"
    history.undo(opened)
    history.undo(opened)
    assert passages.listed(opened) == []
    assert noting.notes(opened) == []


def test_a_highlight_is_cited_with_where_it_is_from(opened):
    made = mark(opened, SECOND, "三百人参加了比赛")
    assert passages.citations(opened, [made], Catalogue("zh")) == (
        "“三百人参加了比赛”（《工会简报》2011年第3期，“纺织厂举办技能竞赛”，纺织厂工会）"
    )


# Corrections of the cut


def split(library):
    correcting.split(library, *place(library, "会议由主席"))


CUTS = {
    "split": (split, ("", "会议由主席主持", "会议由主席主持")),
    "join": (
        lambda library: correcting.join(library, article(library, SECOND)),
        (FIRST, "会议由主席主持", "会议由主席主持"),
    ),
    "discard": (
        lambda library: correcting.discard(library, [article(library, FIRST)]),
        (None, "", "会议由主席主持"),
    ),
    "recut": (lambda library: correcting.recut(library, 1), (FIRST,) + 2 * ("会议由主席主持",)),
    "issue line": (
        lambda library: correcting.set_role(library, *place(library, SECOND), "issue"),
        (FIRST,) + 2 * ("会议由主席主持",),
    ),
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_highlight_stays_on_its_words_when_the_cut_is_corrected(cut, opened):
    correct, expected = CUTS[cut]
    made = mark(opened, FIRST, "会议由主席主持", 1, note="看")
    other = mark(opened, SECOND, "三百人参加了比赛", 2)
    before = content(opened)
    correct(opened)
    assert told(opened, made) == expected
    if cut == "join":
        assert told(opened, other)[0] == FIRST
    found = passages.by_id(opened, made)
    assert (found.themes, found.note) == ((1,), "看")
    assert list(integrity.problems(opened)) == []
    after = content(opened)
    if after != before:
        history.undo(opened)
    assert content(opened) == before
    assert told(opened, made) == (FIRST, "会议由主席主持", "会议由主席主持")
    if after != before:
        history.redo(opened)
    assert content(opened) == after


def test_a_discarded_article_that_is_taken_up_again_has_its_highlights(opened):
    made = mark(opened, FIRST, "会议由主席主持")
    correcting.discard(opened, [article(opened, FIRST)])
    assert [p.article for p in passages.listed(opened)] == [None]
    correcting.take_up(opened, *place(opened, FIRST))
    assert told(opened, made) == (FIRST, "会议由主席主持", "会议由主席主持")


def test_a_line_that_becomes_a_title_shows_no_passage_until_it_is_body_again(opened):
    made = mark(opened, FIRST, "会议由主席主持")
    spot = place(opened, "会议由主席")
    correcting.set_role(opened, *spot, "section")
    assert told(opened, made)[0] is None
    correcting.set_role(opened, *spot, "body")
    assert told(opened, made)[1] == "会议由主席主持"


def test_mended_words_inside_a_highlight_are_quoted_and_it_keeps_its_edges(opened):
    made = mark(opened, FIRST, "工作，帐目公开𠮷。")
    behind = mark(opened, FIRST, "会议由主席主持")
    document, at = place(opened, "帐目")
    before = content(opened)
    correcting.amend(opened, document, at, at + 2, "账簿目录")
    assert told(opened, made) == (FIRST, "工作，账簿目录公开𠮷。", "工作，账簿目录公开𠮷。")
    assert told(opened, behind)[1] == "会议由主席主持"
    inside = mark(opened, FIRST, "目录公开")  # of mended words only all can be marked
    assert told(opened, inside)[1] == "账簿目录公开"
    history.undo(opened)
    history.undo(opened)
    assert content(opened) == before
    assert told(opened, made)[2] == "工作，帐目公开𠮷。"


# New states of the file

MOVED = TEXT.replace(
    "【工作动态】\n", "【工作动态】\n新的一篇\n\u3000\u3000只有这样一段话。（区总工会）\n"
)
CHANGED = {
    "moved": (MOVED, "三百人参加了比赛"),
    "the words around are others": (
        TEXT.replace("技能竞赛，三百", "技术比武，三百").replace("参加了比赛。", "参加了比赛！"),
        "三百人参加了比赛",
    ),
    "line ends and indents are others": (
        TEXT.replace("\u3000\u3000", "    ").replace("\n", "\r\n"), "三百人参加了比赛",
    ),
    "a few characters are others": (
        TEXT.replace("三百人参加了比赛", "三百多人参加了比赛"), "三百多人参加了比赛",
    ),
    "the words are gone": (TEXT.replace("，三百人参加了比赛", ""), None),
}  # fmt: skip


@pytest.mark.parametrize("how", CHANGED)
def test_a_highlight_finds_its_words_in_a_changed_file(how, opened, file):
    text, words = CHANGED[how]
    made = mark(opened, SECOND, "三百人参加了比赛", 2, note="数字要核对")
    before = content(opened)
    report = again(opened, file, text)
    lost = [(w.reason.code, w.reason.params) for w in report.warnings]
    assert report.updated == 1
    found = passages.by_id(opened, made)
    assert (found.themes, found.note) == ((2,), "数字要核对")
    assert found.article == article(opened, SECOND)
    if words is None:
        assert (found.placed, found.start, found.end) == (False, 0, 0)
        assert found.quote == "三百人参加了比赛"
        assert lost == [("import.lost_highlights", {"n": 1})]
    else:
        assert told(opened, made) == (SECOND, words, words)
        assert lost == []
    assert list(integrity.problems(opened)) == []
    after = content(opened)
    history.undo(opened)
    assert content(opened) == before
    history.redo(opened)
    assert content(opened) == after


def test_a_lost_highlight_comes_back_with_its_words(opened, file):
    document, at = place(opened, "帐目")
    correcting.amend(opened, document, at, at + 2, "账目")
    made = mark(opened, FIRST, "部署工作，账目公开𠮷")
    again(opened, file, TEXT.replace("总结部署工作，帐目公开𠮷。", "讨论。"))
    assert told(opened, made) == (None, "", "部署工作，帐目公开𠮷")
    report = again(opened, file, MOVED)
    assert told(opened, made) == (FIRST, "部署工作，账目公开𠮷", "部署工作，账目公开𠮷")
    assert report.warnings == []


def test_a_highlight_in_no_article_goes_to_the_new_state_too(opened, file):
    made = mark(opened, FIRST, "会议由主席主持")
    everything = [a.id for a in browsing.in_scope(opened)]
    correcting.discard(opened, everything)
    again(opened, file, MOVED)
    assert rows.laid_of(opened, made).document == 2
    assert MOVED[slice(*rows.laid_of(opened, made)[3:5])] == "会议由主席主持"


def test_another_encoding_loses_and_the_right_one_finds_highlights(empty_library, file):
    file.write_bytes(TEXT.replace("𠮷", "").encode("gb18030"))
    finish(import_paths(empty_library, [file.parent], {str(file): "gb18030"}))
    made = mark(empty_library, FIRST, "会议由主席主持")
    start = told(empty_library, made)
    correcting.reread(empty_library, 1, "big5")
    assert not passages.by_id(empty_library, made).placed
    document = browsing.documents(empty_library)[0].id
    correcting.reread(empty_library, document, "gb18030")
    assert told(empty_library, made) == start
    history.undo(empty_library)
    history.undo(empty_library)
    assert told(empty_library, made) == start


def test_a_short_passage_is_known_by_the_words_beside_it(opened, file):
    made = mark(opened, SECOND, "竞赛")  # stands there three times
    start = passages.by_id(opened, made).start
    assert start == browsing.text_of(opened, article(opened, SECOND)).body.index("竞赛")
    again(opened, file, TEXT.replace("5月5日，", "5月5日上午，"))
    found = passages.by_id(opened, made)
    assert browsing.text_of(opened, found.article).body[: found.end].endswith("举办技能竞赛")


def test_notes_on_issues_and_the_trash_go_to_the_new_state(opened, file):
    noting.set_note(opened, "issue", 1, "本期要点", private=True)
    trash.discard_articles(opened, [article(opened, SECOND)])
    before = content(opened)
    again(opened, file, MOVED)
    (issue,) = browsing.issues(opened)
    found = noting.note(opened, "issue", issue.id)
    assert (issue.id, found.text, found.private) == (2, "本期要点", True)
    assert SECOND not in [a.heading for a in browsing.in_scope(opened)]
    history.undo(opened)
    assert content(opened) == before


def test_what_has_no_words_is_not_marked(opened):
    found = article(opened, FIRST)
    for start, end in ((0, 0), (5, 3), (-2, 4), (0, 9999)):
        with pytest.raises(KnownError, match=r"highlight\.range"):
            passages.mark(opened, found, start, end)
    assert passages.listed(opened) == []
