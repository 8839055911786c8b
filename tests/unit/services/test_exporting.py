"""What a compilation holds: order, groups, labels, notes; and cancelling."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.exporting import docx
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.records import Issue
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    browsing,
    collections,
    exporting,
    noting,
    passages,
    tagging,
    themes,
)
from bulletin_desktop.services.exporting import Choices, Printing, export
from bulletin_desktop.services.labels import (
    date_label,
    issue_label,
    printed_date,
    printed_issue,
)

ZH, EN = Catalogue("zh"), Catalogue("en")
QUICK = Choices("题", printing=Printing(measured=False))


@pytest.fixture
def compiled(library, monkeypatch, tmp_path):
    """Compiles and gives what the writer of the document is handed."""
    taken = []

    def write(compilation, path, template=None):
        taken.append(compilation)
        yield Progress(1, 1, Message("export.progress", {"done": 1, "total": 1}))

    monkeypatch.setattr(docx, "write_docx", write)

    def run(scope=Scope(), **options):  # noqa: B008 - frozen
        choices = Choices(**{"title": "题", **options})
        report = finish(export(library, scope, tmp_path / "a.docx", choices, ZH))
        assert report.articles == taken[-1].articles
        return taken[-1]

    return run


def headings(compilation):
    return [group.heading for group in compilation.groups]


def on_one_line(title):
    return title.replace("\n", "")


def titles(compilation):
    """The titles; long ones are in lines of their own."""
    return [on_one_line(a.title) for group in compilation.groups for a in group.articles]


def test_everything_in_full(compiled, library):
    noting.set_note(library, "article", 3, "笔记")
    compilation = compiled(group_by="none", author="某某编")
    records = browsing.in_scope(library)
    assert titles(compilation) == [on_one_line(a.title) for a in records]
    assert headings(compilation) == [None]
    assert (compilation.title, compilation.author) == ("题", "某某编")
    assert compilation.line == "2007–2011年　共 45 篇"
    third = next(
        article
        for article, record in zip(compilation.groups[0].articles, records, strict=True)
        if record.id == 3
    )
    text = browsing.text_of(library, 3)
    assert (third.paragraphs, third.note.text) == (text.paragraphs, "笔记")
    assert third.issue_label == "2008年4月（推定）"
    assert compilation.labels.source == "（{source}）"


def test_private_notes_are_left_out(compiled, library):
    noting.set_note(library, "article", 3, "公开")
    noting.set_note(library, "article", 4, "私密", private=True)
    (group,) = compiled(group_by="none").groups
    assert [article.note.text for article in group.articles if article.note] == ["公开"]


def test_a_collection_and_a_choice_keep_their_order(compiled, library):
    collections.add_articles(library, "集", [20, 3, 11])
    title = {a.id: on_one_line(a.title) for a in browsing.in_scope(library)}
    kept = compiled(Scope(collection=1), group_by="none")
    assert titles(kept) == [title[20], title[3], title[11]]
    chosen = compiled(Scope(ids=(9, 30, 2)), group_by="none")
    assert titles(chosen) == [title[9], title[30], title[2]]


def test_each_article_once_under_its_first_theme(compiled, library):
    for name in ("甲", "乙", "丙"):
        themes.add(library, name)
    tagging.tag(library, [3, 4], [3])
    tagging.tag(library, [4, 5], [2])
    tagging.tag(library, [4], [1])
    compilation = compiled(Scope(ids=(3, 4, 5, 6)), group_by="theme")
    assert headings(compilation) == ["甲", "乙", "丙", "未归主题"]
    assert compilation.articles == 4
    first = compiled(Scope(theme=3), group_by="theme")
    assert headings(first) == ["丙"]
    assert first.articles == 2


def test_groups_by_issue_source_and_month(compiled, library):
    by_issue = compiled(group_by="issue")
    assert headings(by_issue)[:3] == [
        "2011年11月（推定）",
        "2011年5月（推定）",
        "2008年4月（推定）",
    ]
    assert [len(group.articles) for group in by_issue.groups] == [11, 6, 10, 17, 1]
    library.connection.execute("UPDATE articles SET source = NULL WHERE id IN (18, 19)")
    by_source = compiled(group_by="source")
    assert headings(by_source)[-1] == "未注明来源"
    assert len(by_source.groups[-1].articles) == 2
    library.connection.execute("UPDATE issues SET date = NULL WHERE id = 4")
    by_date = compiled(group_by="date")
    assert headings(by_date)[0] == "2011年5月"
    assert headings(by_date)[-1] == "未注明日期"


def test_nothing_to_export_is_said_and_writes_nothing(library, tmp_path):
    work = export(library, Scope(ids=()), tmp_path / "a.docx", Choices("题"), ZH)
    with pytest.raises(KnownError, match=r"export.nothing"):
        finish(work)
    assert not (tmp_path / "a.docx").exists()


def test_cards_have_the_highlights_of_an_article_that_is_told_in_one_line(library, tmp_path):
    file = tmp_path / "卡片.md"
    collections.add_articles(library, "集", [1])
    collections.set_summary(library, collections.items(library, 1)[0].id, "一句话。")
    given = library, Scope(collection=1), file, Choices("题", group_by="none"), ZH
    with pytest.raises(KnownError, match=r"export.no_highlights"):
        finish(export(*given, format_name="md", template="cards"))
    assert not file.exists()
    passages.mark(library, 1, 0, 8, [])
    finish(export(*given, format_name="md", template="cards"))
    assert passages.listed(library)[0].highlight.quote in file.read_text("utf-8")


def test_cancelling_at_any_point_leaves_the_old_file(library, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(b"old")
    points = len(list(export(library, Scope(), tmp_path / "b.docx", QUICK, ZH)))
    assert points > 3
    for point in range(points):
        work = export(library, Scope(), file, QUICK, ZH)
        for _ in range(point + 1):
            next(work)
        with pytest.raises(StopIteration) as end:
            work.send(True)
        assert end.value.value.cancelled
        assert file.read_bytes() == b"old"
        assert sorted(path.name for path in tmp_path.glob("*.docx")) == ["a.docx", "b.docx"]
        assert not list(tmp_path.glob(".*"))


def test_a_name_tells_the_format_and_a_format_its_ending(tmp_path):
    for name in exporting.NAMES:
        assert exporting.format_of(tmp_path / f"选.编{exporting.ending_of(name).upper()}") == name
    for name in ("a.json", "a.zip", "docx", "a.doc"):
        assert exporting.format_of(tmp_path / name) is None


def issue(**fields):
    given = dict.fromkeys(Issue._fields, None)
    return Issue(**{**given, "id": 1, "document": 1, "articles": 1, "unread": 0, **fields})


PRINTED = {"date": "2012-03-15", "date_basis": "printed"}


@pytest.mark.parametrize(
    ("fields", "chinese", "english"),
    [
        (
            {"title": "工会简报", "number": "3", "total_number": "128", **PRINTED},
            "《工会简报》2012年第3期（总第128期）2012年3月15日",
            "工会简报, No. 3 of 2012 (No. 128 overall), 15 March 2012",
        ),
        ({"date": "2011-05", "date_basis": "inferred"}, "2011年5月（推定）", "May 2011 (inferred)"),
        (
            {"title": "工会信息", "number": "12", "date": "2012", "date_basis": "name"},
            "《工会信息》第12期2012年（推定）",
            "工会信息, No. 12, 2012 (inferred)",
        ),
        (
            {"title": "工会信息", "total_number": "9"},
            "《工会信息》总第9期",
            "工会信息, No. 9 overall",
        ),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_how_an_issue_is_printed(fields, chinese, english):
    assert printed_issue(issue(**fields), ZH) == chinese
    assert printed_issue(issue(**fields), EN) == english


def test_labels_on_the_screen():
    label = date_label("2011-05", "inferred", ZH)
    assert (label.text, label.inferred) == ("2011 年 5 月", True)
    assert date_label("2012-03-15", "printed", ZH).text == "2012 年 3 月 15 日"
    assert date_label("2012-03-15", "printed", EN).text == "15 March 2012"
    assert (date_label(None, None, ZH).text, date_label(None, None, ZH).inferred) == (
        "无日期",
        False,
    )
    assert issue_label(issue(number="3", **PRINTED), ZH).text == "第3期　2012 年 3 月 15 日"
    assert issue_label(issue(total_number="128"), ZH).text == "总第128期"
    assert issue_label(issue(), ZH).text == "无日期"
    assert printed_date(None, None, ZH) == ""
