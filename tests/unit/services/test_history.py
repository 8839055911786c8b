"""Going back and forth through the history at once, and the history of one article."""

from __future__ import annotations

import pytest
from reprint_samples import OTHER, STORY, write
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import annotating
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.events import NoteState
from bulletin_desktop.services import (
    browsing,
    collections,
    correcting,
    history,
    noting,
    passages,
    suggesting,
    tagging,
    themes,
    trash,
)
from bulletin_desktop.services.importing import import_paths

WORDS = Catalogue("zh")


def told(library, article):
    """The sentences of an article's history, the oldest first."""
    return [WORDS.message(event.told) for event in history.events(library, article)[::-1]]


def tags(library):
    return [browsing.by_id(library, article).themes for article in (3, 4)]


@pytest.fixture
def stepped(library):
    """A library with five steps: the import, a theme, two tags, a star."""
    themes.add(library, "甲")
    tagging.tag(library, [3], [1])
    tagging.tag(library, [4], [1])
    tagging.star(library, [3], starred=True)
    return library


def test_going_to_a_step_undoes_or_redoes_all_between(stepped):
    assert [step.id for step in history.steps(stepped)] == [5, 4, 3, 2, 1]
    change = history.go_to(stepped, 3)
    assert (change.name.code, change.name.params) == ("history.undone", {"n": 2})
    assert (change.changed, change.topics) == (2, {"tags"})
    assert tags(stepped) == [(1,), ()]
    assert [step.undone for step in history.steps(stepped)] == [True, True, False, False, False]
    assert history.next_undo(stepped).id == 3
    assert history.go_to(stepped, 3).step is None
    change = history.go_to(stepped, 0)
    assert change.name.params == {"n": 3}
    assert browsing.totals(stepped).articles == 0
    change = history.go_to(stepped, 4)
    assert (change.name.code, change.name.params) == ("history.redone", {"n": 4})
    assert tags(stepped) == [(1,), (1,)]
    assert history.next_redo(stepped).id == 5
    with pytest.raises(KnownError, match=r"history.missing"):
        history.go_to(stepped, 9)


def test_going_through_the_history_is_all_or_nothing(stepped):
    stepped.connection.execute("UPDATE step_rows SET after = 'zz', before = 'zz' WHERE step_id = 3")
    with pytest.raises(ValueError, match="Expecting value"):
        history.go_to(stepped, 1)
    assert tags(stepped) == [(1,), (1,)]
    assert history.next_undo(stepped).id == 5


def test_the_history_of_an_article_tells_everything_that_was_done_to_it(library):
    themes.add(library, "甲")
    tagging.tag(library, [3, 4], [1])
    themes.add(library, "丙")
    noting.set_note(library, "article", 3, "一")
    noting.set_note(library, "article", 3, "一二")
    noting.set_note(library, "article", 3, "一二三", typing=False)
    passages.mark(library, 3, 5, 20, [1])
    noting.set_note(library, "highlight", 1, "批注")
    passages.resize(library, 1, 5, 10)
    tagging.star(library, [3], starred=True)
    collections.add_articles(library, "集", [4, 3])
    suggesting.refuse(library, [3], 2)
    themes.rename(library, 1, "乙")
    tagging.untag(library, [3], [1])
    trash.discard_articles(library, [3])
    trash.restore(library, [1])
    trash.discard_issues(library, [1])
    history.undo(library)
    quote = "大会议之后，金阊区总工会认真组"
    assert told(library, 3) == [
        "导入", "加主题“甲”", "写笔记", "写笔记", f"摘录“{quote}”", f"摘录“{quote}”加主题“甲”",
        f"写批注：“{quote}”", "摘录移到“大会议之后”", "加星标", "加入选编“集”",
        "不要建议的主题“丙”", "取下主题“乙”", "移到回收站", "从回收站恢复", "整期移到回收站",
    ]  # fmt: skip
    events = history.events(library, 3)
    assert [event.undone for event in events] == [True] + [False] * 14
    notes = [event.note for event in events if event.note]
    assert notes == [
        NoteState("highlight", 1, "批注"), NoteState("article", 3, "一二三"),
        NoteState("article", 3, "一二"),
    ]  # fmt: skip
    assert "写笔记" not in told(library, 5)


def test_an_earlier_state_of_a_note_is_put_back_as_a_step(library):
    noting.set_note(library, "article", 3, "一", typing=False)
    noting.set_note(library, "article", 3, "", typing=False)
    noting.set_note(library, "article", 3, "二", typing=False)
    first = [event.note for event in history.events(library, 3) if event.note][-1]
    assert noting.set_note(library, *first, typing=False).changed == 1
    assert browsing.note_of(library, 3) == "一"
    assert told(library, 3)[1:] == ["写笔记", "删去笔记", "写笔记", "写笔记"]


def test_a_thing_is_called_what_it_was_called_then(library):
    themes.add(library, "甲")
    tagging.tag(library, [3], [1])
    themes.delete(library, 1)
    themes.add(library, "乙")
    tagging.tag(library, [3], [1])
    themes.rename(library, 1, "丙")
    collections.add_articles(library, "集", [3])
    collections.delete(library, 1)
    assert told(library, 3)[1:] == [
        "加主题“甲”", "取下主题“甲”", "加主题“乙”", "加入选编“集”", "移出选编“集”",
    ]  # fmt: skip


def test_who_did_it_is_told_where_it_is_known(library):
    annotating.set_setting(library, "annotator", "王")
    themes.add(library, "甲")
    tagging.tag(library, [3], [1])
    with library.change(Message("step.tag", {"theme": "甲", "n": 1}), "tags"):
        annotating.add_tags(library, [3], 1, annotator="李")
    assert [event.annotator for event in history.events(library, 3)] == ["李", "王", ""]


def test_corrections_that_touch_it_and_no_others_are_told(library):
    laid = {article.id: article for article in correcting.layout(library, 1).articles}
    start = next(part.start for part in laid[3].parts if part.role == "body")
    correcting.amend(library, 1, start, start + 2, "改")
    correcting.join(library, 4)
    other = next(part.start for part in laid[5].parts if part.role == "body")
    correcting.amend(library, 1, other, other + 2, "别")
    assert [event.told.code for event in history.events(library, 3)] == [
        "step.correct.join", "step.correct.erratum", "event.import",
    ]  # fmt: skip
    with pytest.raises(KnownError, match=r"article.missing"):
        history.events(library, 4)


def test_an_article_has_the_history_of_the_one_whose_place_it_took(empty_library, tmp_path):
    library = empty_library
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", STORY))]))
    themes.add(library, "甲")
    tagging.tag(library, [1], [1])
    passages.mark(library, 1, 5, 20)
    longer = (*STORY, *OTHER)
    finish(import_paths(library, [write(tmp_path, "71", "12", ("推进会", longer))]))
    (article,) = [found.id for found in browsing.in_scope(library)]
    sentences = told(library, article)
    assert sentences[:2] == ["导入", "加主题“甲”"]
    assert sentences[2].startswith("摘录")
    assert sentences[3:] == ["导入"]
