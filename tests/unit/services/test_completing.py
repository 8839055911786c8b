"""Finding labels by what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.model.records import Theme
from bulletin_desktop.services import completing

LABELS = [
    "工资集体协商", "导出选编…", "工会组建", "协商工资", "Export the selection…", "Toggle star",
    "Go to next article", "重庆市总工会", "第3期（总第128期）", "ＡＢＣ　工会", "女职工“五期”保护",
]  # fmt: skip


def shown(typed, limit=50):
    """The labels found, with what fits in square brackets."""
    marked = []
    for found in completing.find(typed, LABELS, limit):
        label = LABELS[found.index]
        for start, end in reversed(found.ranges):
            label = f"{label[:start]}[{label[start:end]}]{label[end:]}"
        marked.append(label)
    return marked


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("协商", ["[协商]工资", "工资集体[协商]"]),
        ("工会组建", ["[工会组建]"]),
        ("gzjt", ["[工资集体]协商"]),
        ("gongzi", ["[工资]集体协商", "协商[工资]"]),
        ("GongZ jiti", ["[工资集体]协商"]),
        ("gz集体", ["[工资集体]协商"]),
        ("gzxs", ["[工资]集体[协商]"]),
        ("gzuxs", []),
        ("工协", ["[工]资集体[协]商"]),
        ("工资 协商", ["[工资]集体[协商]"]),
        ("cqs", ["[重庆市]总工会"]),
        ("zqs", ["[重庆市]总工会"]),
        ("nvzg", ["[女职工]“五期”保护"]),
        ("wqbh", ["女职工“[五期]”[保护]"]),
        ("exp", ["[Exp]ort the selection…"]),
        ("ex sel", ["[Ex]port the [sel]ection…"]),
        ("gonext", []),
        ("go next", ["[Go] to [next] article"]),
        ("tost", ["[To]ggle [st]ar"]),
        ("ort", []),
        ("128", ["第3期（总第[128]期）"]),
        ("第3", ["[第3]期（总第128期）"]),
        ("abc", ["[ＡＢＣ]　工会"]),
        ("dc", ["[导出]选编…"]),
        ("…", ["导出选编[…]", "Export the selection[…]"]),
        ("'", []),
        ("zzz", []),
    ],
)
def test_what_is_found_and_what_of_it_fits(typed, expected):
    assert shown(typed) == expected


def test_the_better_comes_first():
    assert shown("ts") == [
        "[T]oggle [s]tar", "Export [t]he [s]election…", "[重]庆[市]总工会", "工资集[体]协[商]",
    ]  # fmt: skip
    assert shown("工会") == ["[工会]组建", "重庆市总[工会]", "ＡＢＣ　[工会]"]
    assert shown("gh")[0] == "[工会]组建"


def test_nothing_typed_and_the_limit():
    assert shown("", 3) == shown(" ", 3) == LABELS[:3]
    assert len(shown("", 50)) == len(LABELS)
    assert shown("工会", 2) == ["[工会]组建", "重庆市总[工会]"]
    assert completing.find("工", []) == completing.find("", []) == []


TYPED = st.text("gzhxwuoniae工资协商会第五期128 '“”（-.[]^\\ABＡ\u3000", max_size=8)


@given(TYPED, st.lists(st.text(max_size=12) | st.sampled_from(LABELS), max_size=6))
def test_any_text_is_found_or_not_and_ranges_lie_in_the_label(typed, labels):
    found = completing.find(typed, labels)
    assert len({f.index for f in found}) == len(found)
    for label in found:
        end = 0
        for start, stop in label.ranges:
            assert end <= start < stop <= len(labels[label.index])
            end = stop


@given(st.sampled_from(LABELS), st.data())
def test_any_piece_of_a_label_finds_it(label, data):
    start = data.draw(st.integers(0, len(label) - 1))
    piece = label[start : data.draw(st.integers(start + 1, len(label)))]
    if not piece.isascii():
        assert LABELS.index(label) in [found.index for found in completing.find(piece, LABELS)]


# Articles by their titles


def test_articles_with_the_typed_words_in_their_titles_newest_first(library):
    found = completing.titled(library, "工会 工作", 5)
    assert len(found) == 5
    for each in found:
        title = each.article.heading
        assert {title[start:end] for start, end in each.ranges} == {"工会", "工作"}
    dates = [each.article.date for each in found]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("typed", ["", " ", "工", "绝没有这样的标题", '"', "(未完"])
def test_no_articles_for_a_single_letter_or_words_in_no_title(library, typed):
    assert completing.titled(library, typed, 5) == []


# Themes


def theme(number, name, parent=None, aliases=()):
    return Theme(number, name, parent, "#000000", None, aliases, (), 0)


THEMES = [
    theme(1, "维权"), theme(2, "工资集体协商", 1), theme(3, "工伤", 1), theme(4, "工会组建"),
    theme(5, "会长", 4, ("主席",)), theme(6, "甲/乙"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "recent", "expected"),
    [
        ("", (), [1, 2, 3, 4, 5, 6]),
        ("", (4, 9, 2), [4, 2, 1, 3, 5, 6]),
        ("g", (), [2, 3, 4]),
        ("g", (4,), [4, 2, 3]),
        ("工伤", (4,), [3]),  # what fits better stays before what was used last
        ("维权/", (), [2, 3]),
        ("wq/gs", (), [3]),
        ("维权／工", (3,), [3, 2]),
        ("gh/zx", (), [5]),
        ("zjh/zx", (), []),
        ("工伤/工", (), []),
        ("甲/乙", (), [6]),
    ],
)
def test_themes_by_name_path_and_last_use(typed, recent, expected):
    assert [found.theme.id for found in completing.complete(typed, THEMES, recent)] == expected


def test_other_readings_of_a_character_come_last():
    known = [theme(1, "会长"), theme(2, "长期", aliases=("常设",)), theme(3, "常委会")]
    found = completing.complete("chang", known)
    assert [each.theme.id for each in found] == [2, 3, 1]
