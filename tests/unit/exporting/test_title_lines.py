from __future__ import annotations

import pytest

from bulletin_desktop.exporting.title_lines import title_lines

TITLE = "昆山市总推出三项重点工作积极参与创新社会管理"  # 22 characters
WORDS = (3, 4, 6, 8, 10, 12, 14, 16, 18, 20)


def test_a_short_title_stays_on_its_line():
    assert title_lines(TITLE, WORDS, 22) == (TITLE,)
    assert title_lines(TITLE, WORDS, 0) == (TITLE,)


def test_a_long_one_is_broken_where_a_word_ends_into_lines_of_one_length():
    lines = title_lines(TITLE, WORDS, 20)
    assert lines == ("昆山市总推出三项重点工作", "积极参与创新社会管理")
    assert len(title_lines(TITLE, WORDS, 8)) == 3


def test_a_title_without_a_fit_place_stays_whole():
    assert title_lines(TITLE, (1,), 12) == (TITLE,)
    assert title_lines(TITLE, (), 12) == (TITLE,)


def test_lines_of_its_own_are_kept_and_trimmed():
    title = "  市总工会召开会议\n\n学习贯彻重要讲话精神 "
    assert title_lines(title, (), 20) == ("市总工会召开会议", "学习贯彻重要讲话精神")
    found = title_lines(title, [6, 8, 14, 16, 18], 6)
    assert found == ("市总工会", "召开会议", "学习贯彻重要", "讲话精神")


def test_breaks_of_one_line_are_none_of_another():
    title = f"{TITLE}\n短"
    found = title_lines(title, [*WORDS, 22, 23, 24], 20)
    assert found == ("昆山市总推出三项重点工作", "积极参与创新社会管理", "短")


@pytest.mark.parametrize(("words", "at"), [("关于“创模”的通知", 3), ("创模（试行）办法", 5)])
def test_marks_stay_with_their_words(words, at):
    assert title_lines(words, [at], len(words) - 1) == (words,)


def test_a_short_quotation_stays_whole():
    title = "金阊区总工会注重“五个结合”贯彻精神"
    found = title_lines(title, (3, 6, 8, 9, 11, 13, 14, 16), 16)
    assert found == ("金阊区总工会注重", "“五个结合”贯彻精神")


def test_letters_and_figures_take_half_the_room():
    assert title_lines("ISO9001 abc 2011", [7, 11], 8) == ("ISO9001 abc 2011",)
    assert title_lines("ISO9001 abc 2011", [3, 7, 11], 5) == ("ISO9001", "abc 2011")
    assert title_lines("ISO9001", [3], 3) == ("ISO9001",)
