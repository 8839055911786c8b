"""Corrections in a library: undoable, with the user's work on its text, above every re-import."""

from __future__ import annotations

import json
import shutil
import zipfile
from random import Random

import pytest
from support import bulletin, finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import collecting, integrity
from bulletin_desktop.library.schema import RECORDED
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    browsing,
    collections,
    correcting,
    history,
    indexing,
    noting,
    reprints,
    searching,
    tagging,
    themes,
)
from bulletin_desktop.services.exporting import Choices, Printing, export
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.reading import original_of

TEXT = """工会简报
第3期

【工作动态】
市总工会召开全委会议
\u3000\u30005月4日，市总工会召开全委会议，总结部署工作，帐目公开。
\u3000\u3000会议由主席主持，各委员出席了会议。（市总办公室）
纺织厂举办技能竞赛
\u3000\u30005月5日，纺织厂举办技能竞赛，三百人参加了比赛。
\u3000\u3000竞赛历时一天，评出十名能手。（纺织厂工会）
水泥厂公开栏里的大文章
\u3000\u3000水泥厂把公开栏挂在食堂门口，职工天天看得见。
\u3000\u3000厂里的帐目每月公布一次。（水泥厂工会）
【简讯】
●机床厂工会慰问困难职工。五月以来，机床厂工会走访了二十户家庭。（机床厂工会）
●供电公司工会组织体检。全体职工参加了体检。（供电公司工会）

本期印发：各县（区）总工会
"""
TITLES = [
    "市总工会召开全委会议",
    "纺织厂举办技能竞赛",
    "水泥厂公开栏里的大文章",
    "机床厂工会慰问困难职工",
    "供电公司工会组织体检",
]


@pytest.fixture
def file(tmp_path):
    return bulletin(tmp_path, TEXT)


@pytest.fixture
def opened(empty_library, file):
    """A library with the one bulletin, imported with its folder."""
    finish(import_paths(empty_library, [file.parent]))
    return empty_library


def content(library):
    """All rows that the history keeps; of documents those outside the trash."""
    return {
        table: sorted(
            (row for row in library.rows(f"SELECT {', '.join(columns)} FROM {table}")),
            key=json.dumps,
        )
        for table, columns in RECORDED.items()
    }


def titles(library, document=None):
    chosen = browsing.documents(library)[-1].id if document is None else document
    return [a.heading for a in correcting.layout(library, chosen).articles]


def article(library, words):
    return next(a for a in browsing.in_scope(library) if words in a.heading)


def place(library, words, document=None):
    chosen = browsing.documents(library)[-1].id if document is None else document
    return chosen, correcting.layout(library, chosen).text.index(words)


def again(library, file):
    report = finish(import_paths(library, [file.parent]))
    assert list(integrity.problems(library)) == []
    return report


# One of each verb; each makes sense on the bulletin as it comes in.
VERBS = {
    "split": lambda lib: correcting.split(lib, *place(lib, "会议由主席")),
    "join": lambda lib: correcting.join(lib, article(lib, "纺织厂").id),
    "role": lambda lib: correcting.set_role(lib, *place(lib, "5月5日"), "subtitle"),
    "section_line": lambda lib: correcting.set_role(lib, *place(lib, "水泥厂公开栏"), "section"),
    "issue_line": lambda lib: correcting.set_role(lib, *place(lib, "水泥厂公开栏"), "issue"),
    "discard": lambda lib: correcting.discard(lib, [article(lib, "水泥厂").id]),
    "take_up": lambda lib: correcting.take_up(lib, *place(lib, "本期印发")),
    "kind": lambda lib: correcting.set_kind(lib, [article(lib, "纺织厂").id], "brief"),
    "section": lambda lib: correcting.move_to_section(lib, [article(lib, "机床厂").id], "厂里"),
    "facts": lambda lib: correcting.set_facts(lib, 1, number="8", date="2012-06"),
    "confirm": lambda lib: correcting.confirm(lib, *place(lib, "会议由主席")),
    "amend": lambda lib: amend(lib, "帐目公开", "账目公开"),
}


def amend(library, words, mended):
    document, start = place(library, words)
    return correcting.amend(library, document, start, start + len(words), mended)


@pytest.mark.parametrize("verb", VERBS)
def test_a_correction_is_one_step_that_goes_back_and_forth(verb, opened):
    before, steps = content(opened), len(history.steps(opened))
    change = VERBS[verb](opened)
    after = content(opened)
    assert after != before
    assert change.name.code.startswith("step.correct.")
    assert "documents" in change.topics
    assert len(history.steps(opened)) == steps + 1
    for language in ("zh", "en"):
        assert "{" not in Catalogue(language).message(change.name)
    assert list(integrity.problems(opened)) == []
    assert history.undo(opened).name == change.name
    assert content(opened) == before
    history.redo(opened)
    assert content(opened) == after
    assert list(integrity.problems(opened)) == []


class Walk:
    """A user who corrects anything in any order."""

    def __init__(self, library, seed):
        self.library, self.random = library, Random(seed)

    def act(self):
        try:
            return self.random.choice(self._verbs)(self)
        except KnownError as error:
            return error

    def spot(self):
        document = self.random.choice(browsing.documents(self.library)).id
        return document, self.random.randrange(len(self.layout(document).text))

    def layout(self, document):
        return correcting.layout(self.library, document)

    def some(self):
        there = browsing.ids_in_scope(self.library, Scope())
        return self.random.sample(there, min(len(there), self.random.randint(1, 3)))

    def issue(self):
        return self.random.choice(browsing.issues(self.library)).id

    def role(self):
        roles = ("kicker", "title", "subtitle", "author", "body", "source", "section", "issue")
        return self.random.choice(roles)

    def mend(self):
        document, at = self.spot()
        end = min(at + 2, len(self.layout(document).text))
        return correcting.amend(self.library, document, at, end, self.random.choice("甲乙"))

    def kind(self):
        return self.random.choice(("article", "brief"))

    def move(self):
        article = self.some()[0]
        document = correcting.document_of(self.library, article)
        issue = self.random.choice(self.layout(document).issues).id
        return correcting.move_to_issue(self.library, [article], issue)

    _verbs = (
        lambda w: correcting.split(w.library, *w.spot()),
        lambda w: correcting.split(w.library, *w.spot()),
        lambda w: correcting.join(w.library, w.some()[0]),
        lambda w: correcting.set_role(w.library, *w.spot(), w.role()),
        lambda w: correcting.set_role(w.library, *w.spot(), w.role()),
        lambda w: correcting.join_issue(w.library, w.issue()),
        lambda w: correcting.discard(w.library, w.some()),
        lambda w: correcting.take_up(w.library, *w.spot()),
        lambda w: correcting.confirm(w.library, *w.spot()),
        lambda w: correcting.set_kind(w.library, w.some(), w.kind()),
        lambda w: correcting.move_to_section(w.library, w.some(), w.random.choice([None, "栏"])),
        lambda w: correcting.set_facts(w.library, w.issue(), number="7", date="2010"),
        lambda w: correcting.confirm_date(w.library, w.issue()),
        lambda w: correcting.recut(w.library, w.spot()[0]),
        lambda w: w.move(),
        lambda w: w.mend(),
        lambda w: tagging.star(w.library, w.some(), starred=True),
        lambda w: noting.set_note(w.library, "article", w.some()[0], "笔记", typing=False),
        lambda w: tagging.tag_new(w.library, w.some(), "主题"),
        lambda w: collections.add_articles(w.library, "集", w.some()),
    )


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(n, marks=pytest.mark.full) for n in range(5, 150))]
)
def test_any_corrections_leave_a_sound_library_and_can_all_be_undone(
    seed, tmp_path, library_of_two
):
    library = library_of_two(tmp_path)
    walk = Walk(library, seed)
    steps = len(history.steps(library))
    states = [content(library)]
    for _ in range(12):
        done = walk.act()
        assert list(integrity.problems(library)) == [], done
        if content(library) != states[-1]:
            states.append(content(library))
    assert len(history.steps(library)) - steps == len(states) - 1
    for state in states[-2::-1]:
        history.undo(library)
        assert content(library) == state
    for state in states[1:]:
        history.redo(library)
        assert content(library) == state
    assert list(integrity.problems(library)) == []
    library.close()


@pytest.fixture(scope="session")
def library_of_two(tmp_path_factory, seeds):
    """Makes a library of two bulletins, of which one holds two issues."""
    folder = tmp_path_factory.mktemp("two")
    second = TEXT.replace("第3期", "第4期").replace("厂", "社")
    (folder / "a.txt").write_text(TEXT + second, "utf-8")
    shutil.copy(sorted(seeds.iterdir())[1], folder / "b.txt")
    with Library(folder / "two.bdlib", create=True) as library:
        assert finish(import_paths(library, [folder])).imported == 2

    def make(where):
        return Library(shutil.copy(folder / "two.bdlib", where / "two.bdlib"))

    return make


REFUSED = {
    "correct.blank": lambda lib: correcting.confirm(lib, 1, TEXT.index("\n\n") + 1),
    "correct.no_article": lambda lib: correcting.split(lib, *place(lib, "本期印发")),
    "correct.begins_here": lambda lib: correcting.split(lib, *place(lib, TITLES[0])),
    "correct.first_article": lambda lib: correcting.join(lib, article(lib, TITLES[0]).id),
    "correct.first_issue": lambda lib: correcting.join_issue(lib, 1),
    "correct.not_below_title": lambda lib: correcting.set_role(
        lib, *place(lib, "会议由"), "subtitle"
    ),
    "correct.role": lambda lib: correcting.set_role(lib, *place(lib, "会议由"), "hero"),
    "correct.date": lambda lib: correcting.set_facts(lib, 1, date="五月"),
    "correct.no_date": lambda lib: (
        correcting.set_facts(lib, 1, date=""), correcting.confirm_date(lib, 1),
    ),
    "correct.amend": lambda lib: correcting.amend(lib, 1, 0, len(TEXT), "字"),
    "article.missing": lambda lib: correcting.join(lib, 999),
    "issue.missing": lambda lib: correcting.join_issue(lib, 999),
    "document.missing": lambda lib: correcting.split(lib, 999, 0),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_makes_no_sense_is_a_sentence_and_changes_nothing(code, opened):
    with pytest.raises(KnownError) as error:
        REFUSED[code](opened)
    assert error.value.code == code
    for language in ("zh", "en"):
        assert "{" not in Catalogue(language).error(error.value)
    assert titles(opened) == TITLES
    assert correcting.layout(opened, 1).corrections == () or code == "correct.no_date"


def test_an_article_moves_only_within_its_file(opened, tmp_path):
    (tmp_path / "b.txt").write_text(
        "另一份简报\n第1期\n一个标题\n\u3000\u3000一段正文。\n", "utf-8"
    )
    finish(import_paths(opened, [tmp_path / "b.txt"]))
    with pytest.raises(KnownError, match=r"correct\.other_document"):
        correcting.move_to_issue(opened, [1], 2)


# What the user put on articles


def worked_on(library, words):
    found = article(library, words).id
    tagging.tag_new(library, [found], "主题")
    noting.set_note(library, "article", found, f"笔记：{words}", typing=False)
    tagging.star(library, [found], starred=True)
    collections.add_articles(library, "集", [found])
    return found


def bears(library, found):
    record = browsing.by_id(library, found)
    collected = [item.article for item in collecting.items(library, 1)]
    return len(record.themes), record.starred, browsing.note_of(library, found), found in collected


def test_a_split_shares_themes_star_and_collection_and_leaves_the_note(opened):
    first = worked_on(opened, TITLES[0])
    correcting.split(opened, *place(opened, "会议由主席"))
    second = browsing.in_scope(opened)[1]
    assert second.characters == len("会议由主席主持，各委员出席了会议。")
    assert bears(opened, first) == (1, True, f"笔记：{TITLES[0]}", True)
    assert bears(opened, second.id) == (1, True, "", True)
    assert [item.article for item in collecting.items(opened, 1)] == [first, second.id]


def test_a_join_unites_what_was_on_both(opened):
    first, second = worked_on(opened, TITLES[0]), worked_on(opened, TITLES[1])
    theme = themes.add(opened, "第二个")
    tagging.tag(opened, [second], [2])
    assert theme.step is not None
    correcting.join(opened, second)
    assert bears(opened, first) == (2, True, f"笔记：{TITLES[0]}\n\n笔记：{TITLES[1]}", True)
    assert [item.article for item in collecting.items(opened, 1)] == [first]
    assert TITLES[1] not in titles(opened)


def test_a_joined_article_s_work_goes_on_the_one_before_where_only_it_had_some(opened):
    first, second = article(opened, TITLES[0]).id, worked_on(opened, TITLES[1])
    browsing.mark_read(opened, [first], read=True)
    correcting.join(opened, second)
    assert bears(opened, first) == (1, True, f"笔记：{TITLES[1]}", True)
    assert not browsing.by_id(opened, first).unread


@pytest.mark.parametrize("verb", ["role", "kind", "section", "section_line", "issue_line", "amend"])
def test_other_corrections_leave_each_article_what_it_bears(verb, opened):
    kept = {title: worked_on(opened, title) for title in TITLES}
    VERBS[verb](opened)
    there = set(browsing.ids_in_scope(opened, Scope()))
    for title, found in kept.items():
        assert found in there
        assert bears(opened, found) == (1, True, f"笔记：{title}", True)


# Again and again


def test_the_same_folder_again_touches_nothing(opened, file):
    VERBS["split"](opened)
    indexing.settle(opened)
    before, version = content(opened), opened.value("SELECT count(*) FROM steps")
    with type(opened)(opened.path) as other:
        other.others_wrote()
        report = again(opened, file)
        assert not other.others_wrote()
    assert (report.unchanged, report.imported, report.updated) == (1, 0, 0)
    assert report.change is None
    assert (content(opened), opened.value("SELECT count(*) FROM steps")) == (before, version)


CHANGED = {
    "a paragraph is edited": TEXT.replace("三百人参加了比赛", "三百二十人参加了这次比赛"),
    "lines are inserted above": TEXT.replace(
        "【工作动态】\n", "【工作动态】\n新的一篇文章\n\u3000\u3000正文只有这样一段。（区总工会）\n"
    ),
    "the line is a little other": TEXT.replace("会议由主席主持", "会议由主席、副主席主持"),
    "other line ends and indents": TEXT.replace("\u3000\u3000", "    ").replace("\n", "\r\n"),
}


@pytest.mark.parametrize("how", CHANGED)
def test_corrections_outrank_a_changed_file(how, opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    correcting.join(opened, article(opened, TITLES[2]).id)
    correcting.set_kind(opened, [article(opened, TITLES[1]).id], "brief")
    amend(opened, "帐目公开", "账目公开")
    file.write_bytes(CHANGED[how].encode())
    report = again(opened, file)
    assert (report.updated, report.imported, report.warnings) == (1, 0, [])
    assert [t for t in titles(opened) if t in TITLES] == [TITLES[k] for k in (0, 1, 3, 4)]
    assert any(a.characters < 24 and not a.heading for a in browsing.in_scope(opened))
    assert article(opened, TITLES[1]).kind == "brief"
    assert "账目公开" in browsing.text_of(opened, article(opened, TITLES[0]).id).body
    assert all(c.placed for c in correcting.layout(opened, 2).corrections)


def test_what_finds_no_place_is_listed_and_comes_back_with_its_words(opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    correcting.discard(opened, [article(opened, TITLES[2]).id])
    gone = "\u3000\u3000会议由主席主持，各委员出席了会议。（市总办公室）\n"
    file.write_text(TEXT.replace(gone, ""), "utf-8")
    report = again(opened, file)
    (warning,) = report.warnings
    assert (warning.reason.code, warning.reason.params) == ("import.unplaced", {"n": 1})
    assert warning.path == str(file)
    document = report.documents[0]
    made = correcting.layout(opened, document).corrections
    assert [(c.code, c.placed) for c in made] == [("split", False), ("discard", True)]
    (reviewed,) = correcting.to_review(opened)
    assert reviewed.unplaced == 1
    assert TITLES[2] not in titles(opened)
    file.write_text(TEXT + "共印50份\n", "utf-8")
    assert again(opened, file).warnings == []
    made = correcting.layout(opened, 3).corrections
    assert [(c.code, c.placed) for c in made] == [("split", True), ("discard", True)]
    assert len(titles(opened)) == 5


def test_an_earlier_state_that_comes_back_has_the_later_corrections(opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    file.write_text(CHANGED["a paragraph is edited"], "utf-8")
    assert again(opened, file).updated == 1
    correcting.join(opened, article(opened, TITLES[2]).id)
    now = titles(opened)
    file.write_text(TEXT, "utf-8")
    assert again(opened, file).updated == 1
    assert titles(opened) == now
    assert len(browsing.documents(opened)) == 1
    while history.next_undo(opened):
        history.undo(opened)
        assert list(integrity.problems(opened)) == []
    while history.next_redo(opened):
        history.redo(opened)
    assert titles(opened) == now


def test_a_renamed_file_is_followed_with_its_corrections(opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    before = content(opened)
    moved = file.parent / "2011" / "第3期.txt"
    moved.parent.mkdir()
    file.rename(moved)
    assert again(opened, file).unchanged == 1
    assert browsing.documents(opened)[0].path == str(moved)
    assert content(opened) == before


def test_a_file_moved_out_of_the_imported_folder_is_followed(opened, file, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = file.rename(elsewhere / "a.txt")
    assert again(opened, moved).unchanged == 1
    assert [d.path for d in browsing.documents(opened)] == [str(moved)]
    (tmp_path / "copy.txt").write_bytes(moved.read_bytes())  # a copy is none that was moved
    assert finish(import_paths(opened, [tmp_path / "copy.txt"])).unchanged == 1
    assert [d.path for d in browsing.documents(opened)] == [str(moved)]


def test_a_renamed_and_changed_file_takes_the_old_one_s_place(opened, file):
    worked_on(opened, TITLES[1])
    correcting.split(opened, *place(opened, "会议由主席"))
    amend(opened, TITLES[0], "市总工会召开全委扩大会议")
    file.rename(file.with_name("b.txt"))
    file.with_name("b.txt").write_text(CHANGED["a paragraph is edited"], "utf-8")
    report = again(opened, file)
    assert (report.updated, report.imported, report.warnings) == (1, 0, [])
    assert len(browsing.documents(opened)) == 1
    assert "市总工会召开全委扩大会议" in titles(opened)
    assert len(titles(opened)) == 6
    assert bears(opened, article(opened, TITLES[1]).id)[:2] == (1, True)


def test_another_issue_under_the_same_name_takes_no_corrections(opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    correcting.set_facts(opened, 1, number="33")
    file.write_text("工会简报\n第4期\n\n一件新事\n\u3000\u3000新事一段。（甲）\n", "utf-8")
    report = again(opened, file)
    assert (report.imported, report.updated, report.warnings) == (1, 0, [])
    assert correcting.layout(opened, 2).corrections == ()
    assert [issue.number for issue in correcting.layout(opened, 2).issues] == ["4"]
    assert len(correcting.layout(opened, 1).corrections) == 2


def test_a_retitled_article_keeps_what_it_bears(opened, file):
    found = worked_on(opened, TITLES[1])
    text = TEXT.replace("纺织厂举办技能竞赛\n", "三百名纺织职工比技能\n", 1)
    file.write_text(text, "utf-8")
    assert again(opened, file).updated == 1
    heir = article(opened, "三百名纺织职工比技能").id
    assert heir != found
    assert bears(opened, heir) == (1, True, f"笔记：{TITLES[1]}", True)


def test_recutting_makes_the_corrections_again(opened):
    VERBS["split"](opened)
    VERBS["join"](opened)
    amend(opened, "帐目公开", "账目公开")
    correcting.set_facts(opened, 1, number="8")
    before = content(opened)
    # As an older program cut it, and without the corrections.
    change = correcting.recut(opened, 1)
    after = content(opened)
    same = set(RECORDED) - {"layouts"}
    assert {t: before[t] for t in same} == {t: after[t] for t in same}
    assert change.name.code == "step.correct.recut"
    assert correcting.layout(opened, 1).issues[0].number == "8"


def test_a_correction_without_a_place_in_a_new_cut_is_told(opened):
    """Here the article is no article by its text any more."""
    correcting.split(opened, *place(opened, "会议由主席"))
    found = browsing.in_scope(opened)[1].id
    correcting.set_kind(opened, [found], "brief")
    with opened.transaction() as connection:  # the split is not known
        connection.execute("DELETE FROM corrections WHERE code = 'split'")
    correcting.recut(opened, 1)
    made = correcting.layout(opened, 1).corrections
    assert [(c.code, c.placed) for c in made] == [("kind", False)]
    assert correcting.to_review(opened)[0].unplaced == 1


# Encodings


def encoded(file, encoding):
    file.write_bytes(TEXT.encode(encoding))


@pytest.fixture
def misread(empty_library, file):
    """A library in which a GB18030 bulletin was read as Big5."""
    encoded(file, "gb18030")
    finish(import_paths(empty_library, [file.parent], {str(file): "big5"}))
    assert browsing.documents(empty_library)[0].encoding == "big5"
    return empty_library


def test_a_file_read_in_another_encoding_keeps_what_its_articles_bear(misread):
    first = browsing.in_scope(misread)[0].id
    tagging.tag_new(misread, [first], "主题")
    noting.set_note(misread, "article", first, "笔记", typing=False)
    before = browsing.documents(misread)
    change = correcting.reread(misread, before[0].id, "gb18030")
    assert change.name.params["encoding"] == "gb18030"
    assert titles(misread) == TITLES
    found = browsing.in_scope(misread)
    assert [len(a.themes) for a in found].count(1) == 1
    assert [browsing.note_of(misread, a.id) for a in found].count("笔记") == 1
    assert list(integrity.problems(misread)) == []
    history.undo(misread)
    assert browsing.documents(misread) == before
    assert browsing.note_of(misread, first) == "笔记"
    history.redo(misread)
    assert titles(misread) == TITLES


def test_corrections_come_back_with_the_right_encoding(opened, file):
    correcting.split(opened, *place(opened, "会议由主席"))
    before = titles(opened)
    correcting.reread(opened, 1, "big5")
    assert [c.placed for c in correcting.layout(opened, 2).corrections] == [False]
    correcting.reread(opened, 2, "utf-8")
    assert titles(opened) == before
    assert [c.placed for c in correcting.layout(opened, 3).corrections] == [True]


def test_the_folder_remembers_the_encoding_for_doubtful_files_alone(misread, file):
    correcting.reread(misread, 1, "gb18030")
    other = TEXT.replace("第3期", "第4期").replace("厂", "社")
    file.with_name("b.txt").write_bytes(other.encode("gb18030"))
    file.with_name("c.txt").write_bytes(other.replace("第4期", "第5期").encode("utf-8"))
    assert again(misread, file).imported == 2
    assert [d.encoding for d in browsing.documents(misread)] == ["gb18030", "gb18030", "utf-8"]


def test_what_cannot_be_read_in_the_folder_s_encoding_is_read_in_its_own(empty_library, file):
    encoded(file, "gb18030")
    finish(import_paths(empty_library, [file], {str(file): "big5"}))
    text = TEXT.replace("第3期", "第4期").replace("工会", "㐀㐁工会㐂")
    file.with_name("b.txt").write_bytes(text.encode("gb18030"))
    again(empty_library, file)
    assert [d.encoding for d in browsing.documents(empty_library)] == ["big5", "gb18030"]


def test_an_import_in_a_chosen_encoding_reads_again_what_is_there_once(misread, file):
    for updated in (1, 0):
        report = finish(import_paths(misread, [file.parent], {str(file): "gb18030"}))
        assert (report.updated, report.unchanged, report.imported) == (updated, 1 - updated, 0)
    assert [d.encoding for d in browsing.documents(misread)] == ["gb18030"]
    assert titles(misread) == TITLES


def test_a_file_that_is_another_now_is_not_read_again(opened, file):
    file.write_text("别的\n", "utf-8")
    with pytest.raises(KnownError, match=r"correct\.encoding_changed"):
        correcting.reread(opened, 1, "gb18030")
    file.unlink()
    with pytest.raises(KnownError, match=r"file\.missing"):
        correcting.reread(opened, 1, "gb18030")


# Mended misprints


def test_a_mended_misprint_is_shown_and_found_and_the_source_stays(opened):
    source = TEXT.index("帐目公开")
    amend(opened, "帐目公开", "账目都公开")
    found = article(opened, TITLES[0]).id
    text = browsing.text_of(opened, found)
    assert "总结部署工作，账目都公开。" in text.body
    (erratum,) = text.errata
    assert text.body[erratum.start : erratum.end] == "账目都公开"
    assert erratum.printed == "帐目公开"
    assert text.article.characters == len(text.body)
    assert [h.article.id for h in search(opened, "账目都公开")] == [found]
    assert list(search(opened, "帐目公开")) == []
    assert len(search(opened, "帐目")) == 1  # the other one is no misprint that was mended
    assert correcting.layout(opened, 1).text == TEXT
    original = original_of(opened, found)
    assert original.text[source : source + 4] == "帐目公开"
    assert list(integrity.problems(opened)) == []


def search(library, words):
    return finish(searching.search(library, searching.parse(words))).hits


def test_a_mended_title_is_the_title_everywhere_and_can_be_taken_back(opened):
    before = content(opened)
    amend(opened, "纺织厂举办", "棉纺厂举办")
    assert "棉纺厂举办技能竞赛" in titles(opened)
    assert [h.article.heading for h in search(opened, "棉纺厂")] == ["棉纺厂举办技能竞赛"]
    document, start = place(opened, "纺织厂举办")
    correcting.amend(opened, document, start, start + 5, "纺织厂举办")
    assert content(opened) == before
    assert browsing.in_scope(opened)[0].characters > 0


def test_a_mended_brief_shows_in_title_and_body(opened):
    text = TEXT.replace("五月以来，机床厂工会走访了二十户家庭。（", "（")
    (opened.path.parent / "c.txt").write_text(text, "utf-8")
    finish(import_paths(opened, [opened.path.parent / "c.txt"]))
    document, start = place(opened, "慰问困难")
    correcting.amend(opened, document, start, start + 4, "看望困难")
    found = next(a for a in browsing.in_scope(opened) if "看望" in a.heading)
    assert "看望困难职工" in browsing.text_of(opened, found.id).body


def test_words_that_lie_in_no_field_of_an_article_are_not_mended(opened):
    for words in (
        "工会简报",
        "【工作动态】",
        "总结部署工作，帐目公开。\n\u3000\u3000会议",
        "。（市总",
    ):
        with pytest.raises(KnownError, match=r"correct\.amend"):
            amend(opened, words, "字")
    assert correcting.layout(opened, 1).corrections == ()


def test_mended_words_can_be_mended_again(opened):
    amend(opened, "帐目公开", "账目公开")
    amend(opened, "帐目", "细账")
    assert "工作，细账公开。" in browsing.text_of(opened, article(opened, TITLES[0]).id).body
    assert len(correcting.layout(opened, 1).corrections) == 1


def test_a_misprint_that_the_new_file_no_longer_has_is_mended_nowhere_else(opened, file):
    amend(opened, "帐", "账")
    file.write_text(TEXT.replace("工作，帐目公开", "工作，都公开了"), "utf-8")
    report = again(opened, file)
    assert [w.reason.code for w in report.warnings] == ["import.unplaced"]
    assert "厂里的帐目每月" in browsing.text_of(opened, article(opened, TITLES[2]).id).body


def test_mended_words_go_into_an_export(opened, tmp_path):
    amend(opened, "帐目公开", "账目公开")
    amend(opened, "纺织厂举办", "棉纺厂举办")
    target = tmp_path / "x.docx"
    choices = Choices("选编", printing=Printing(measured=False))
    finish(export(opened, Scope(), target, choices, Catalogue("zh")))
    with zipfile.ZipFile(target) as package:
        words = package.read("word/document.xml").decode("utf-8")
    assert "账目公开" in words
    assert "棉纺厂举办技能竞赛" in words
    assert "帐目公开" not in words


def test_corrected_articles_are_compared_anew_with_reprints(opened):
    assert reprints.catch_up(opened, 10) is False
    VERBS["join"](opened)
    finish(reprints.refresh(opened))
    assert opened.value("SELECT count(*) FROM fingerprints") == len(titles(opened))
