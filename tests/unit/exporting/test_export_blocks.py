from __future__ import annotations

from dataclasses import replace

import pytest

from bulletin_desktop.exporting import arranging
from bulletin_desktop.exporting.blocks import (
    ArticleStart,
    Contents,
    Cover,
    Entry,
    Heading,
    Index,
    Line,
    Note,
    Parts,
    hanging,
    heading_levels,
    joined,
    lines_of,
)
from bulletin_desktop.exporting.compiled import (
    Comment,
    CompiledGroup,
    Labels,
    NotesAs,
    Printing,
)


def blocks_of(compilation):
    return arranging.blocks_of(compilation, Parts())


def test_everything_in_printing_order(compilation):
    blocks = list(blocks_of(compilation))
    kinds = [block.role if isinstance(block, Line) else type(block).__name__ for block in blocks]
    assert kinds == [
        *["Cover", "Contents"],
        *["Heading", "ArticleStart", "kicker", "Heading", "subtitle", "author"],
        *["body", "body", "body", "source", "issue", "Note"],
        *["ArticleStart", "body", "issue"],
        *["Heading", "ArticleStart", "Heading", "body", "source", "issue"],
        *["ArticleStart", "Heading", "body"],
    ]
    assert blocks[0] == Cover(("青河县工会工作选编",), "2011年　共4篇", "青河县总工会")
    starts = [block.number for block in blocks if isinstance(block, ArticleStart)]
    assert starts == [1, 2, 3, 4]


def test_contents_list_headings_joined_and_leave_untitled_articles_out(compilation):
    contents = next(block for block in blocks_of(compilation) if isinstance(block, Contents))
    assert contents.heading == "目　录"
    assert contents.entries[:3] == (
        Entry(1, "学习贯彻", 1),
        Entry(2, "青河县总工会召开会议学习贯彻“十二五”规划", 2),
        Entry(1, "权益维护", 4),
    )


def test_each_entry_leads_to_one_heading(compilation):
    blocks = list(blocks_of(compilation))
    contents = next(block for block in blocks if isinstance(block, Contents))
    headings = [block.anchor for block in blocks if isinstance(block, Heading)]
    assert [entry.anchor for entry in contents.entries] == headings
    assert len(set(headings)) == len(headings)


def test_titles_stand_one_level_below_the_heading_above_them(compile_groups, article):
    groups = (None, 1), ("（一）", 2), ("一", 1), ("（二）", 2), ("二", 1)
    blocks = blocks_of(
        compile_groups(*(CompiledGroup(name, (article(),), level) for name, level in groups))
    )
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [block.level for block in headings] == [1, 1, 2, 1, 2, 2, 3, 1, 2]
    assert heading_levels(headings) == {"group": 1, "subgroup": 2, "title": 3}


def test_the_index_of_themes_is_printed_where_template_or_choice_say_so(annotated):
    def indexes(parts, printing):
        blocks = arranging.blocks_of(replace(annotated, printing=printing), parts)
        return [block.heading for block in blocks if isinstance(block, Index)]

    assert indexes(Parts(), Printing()) == []
    assert indexes(Parts(index=True), Printing()) == ["主题索引"]
    assert indexes(Parts(), Printing(index=True)) == ["主题索引"]
    assert indexes(Parts(cards=True), Printing(index=True)) == []


@pytest.mark.parametrize(
    ("line", "deep"), [("报：市总工会", 2), ("抄送：各县（市）", 3), ("县总工会办公室　电话：5", 0)]
)
def test_a_line_of_the_distribution_goes_on_behind_its_addressing(line, deep):
    assert hanging(line) == deep


def test_no_headings_no_contents(compile_groups, article):
    blocks = list(blocks_of(compile_groups(CompiledGroup(None, (article(title=None),)))))
    assert not any(isinstance(block, Contents | Heading) for block in blocks)
    assert Line("source", "（青河县总工会）", keep=True) in blocks


def test_notes_only_when_wanted(compile_groups, article):
    group = CompiledGroup(None, (article(note=Comment("甲\n\n乙")), article(note=None)))

    def notes(wanted: NotesAs) -> list[Note]:
        blocks = blocks_of(compile_groups(group, printing=Printing(notes=wanted)))
        return [block for block in blocks if isinstance(block, Note)]

    assert notes("printed") == [Note("笔记：", ("甲", "乙"))]
    assert notes("none") == notes("comments") == []


def test_labels_speak_another_language(compile_groups, article):
    english = Labels("Contents", "({source})", "Note: ", issue="– {issue}", subtitle="– {subtitle}")
    group = CompiledGroup("Study", (article(subtitle="副题", note=Comment("n")),))
    blocks = list(blocks_of(compile_groups(group, labels=english)))
    texts = [block.text for block in blocks if isinstance(block, Line)]
    assert texts[0] == "– 副题"
    assert texts[-2:] == ["(青河县总工会)", "– 《青河工会信息》第3期"]
    assert blocks[-1] == Note("Note: ", ("n",))


def test_a_pattern_fills_only_its_own_place(compile_groups, article):
    group = CompiledGroup(None, (article(source="{source}{0}%s", issue_label="{issue}"),))
    texts = [b.text for b in blocks_of(compile_groups(group)) if isinstance(b, Line)]
    assert texts[-2:] == ["（{source}{0}%s）", "——{issue}"]


@pytest.mark.parametrize(("length", "kept"), [(20, True), (500, False)])
def test_only_a_short_last_paragraph_stays_with_the_source(compile_groups, article, length, kept):
    group = CompiledGroup(None, (article(paragraphs=("首段", "末" * length)),))
    body = [b for b in blocks_of(compile_groups(group)) if isinstance(b, Line) and b.role == "body"]
    assert [line.keep for line in body] == [False, kept]


def test_a_last_paragraph_without_source_or_issue_is_free(compile_groups, article):
    group = CompiledGroup(None, (article(source=None, issue_label=""),))
    assert list(blocks_of(compile_groups(group)))[-1].keep is False


def test_an_untitled_article_is_set_off(compile_groups, article):
    group = CompiledGroup(None, (article(title=None, paragraphs=("甲", "乙")), article()))
    body = [b for b in blocks_of(compile_groups(group)) if isinstance(b, Line) and b.role == "body"]
    assert [line.opens for line in body] == [True, False, False]


def test_empty_paragraphs_and_margins_go_control_characters_stay(compile_groups, article):
    group = CompiledGroup(None, (article(paragraphs=("　　甲 ", " \n", "\x1c乙\x0b")),))
    body = [b for b in blocks_of(compile_groups(group)) if isinstance(b, Line) and b.role == "body"]
    assert [line.text for line in body] == ["甲", "\x1c乙\x0b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("苏州\n工会", "苏州工会"), ("Trade\nunion", "Trade union"), ("A\n会", "A会"), ("", "")],
)
def test_lines_join_as_their_language_asks(text, expected):
    assert joined(lines_of(text)) == expected
