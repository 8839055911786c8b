"""A quotation is found again in a changed text, or not at all; never at a wrong place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.anchors import Anchor, place

TEXT = """工会简报
第一篇文章的标题
\u3000\u3000这是第一篇的正文，说了厂里的一件事。
（市总工会）
第二篇文章的标题
\u3000\u3000这是第二篇的正文，说了村里的另一件事。
（区总工会）
"""


def anchor(quote, text=TEXT, at=None, around=24):
    start = text.index(quote) if at is None else at
    end = start + len(quote)
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return Anchor(quote, before, after, start / len(text))


def found(text, one):
    span = place(text, one)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize("quote", ["第一篇文章的标题", "（市总工会）", "这", "厂里的一件事。"])
def test_in_the_same_text_it_is_where_it_was(quote):
    one = anchor(quote)
    assert place(TEXT, one) == (TEXT.index(quote), TEXT.index(quote) + len(quote))


@given(
    at=st.integers(0, len(TEXT) - 1),
    length=st.integers(1, 30),
    above=st.text("甲乙。\n", max_size=40),
)
def test_words_put_above_move_it(at, length, above):
    quote = TEXT[at : at + length]
    if quote.strip():
        start, end = place(above + TEXT, anchor(quote, at=at))
        assert (above + TEXT)[start:end] == quote
        assert start == at + len(above)


def test_of_several_that_one_counts_whose_surroundings_are_alike():
    text = "甲乙丙丁\n（来源）\n戊己庚辛\n（来源）\n壬癸子丑\n"
    second = text.rindex("（来源）")
    one = anchor("（来源）", text, second)
    assert place("新的一行\n" + text, one) == (second + 5, second + 9)
    assert place(text.replace("甲乙", "改了"), one) == (second, second + 4)


def test_of_several_alike_the_nearest_counts():
    text = "同样的话。\n（来源）\n" * 5
    at = text.index("（来源）", 25)
    assert place(text, anchor("（来源）", text, at)) == (at, at + 4)


def test_white_space_does_not_matter():
    one = anchor("第二篇文章的标题\n\u3000\u3000这是第二篇")
    text = TEXT.replace("\n", "\r\n").replace("\u3000\u3000", "    ")
    assert found(text, one) == "第二篇文章的标题\r\n    这是第二篇"


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("这是第二篇的正文，说了村里的另一件事。", "这是第二篇的正文，说了村里另外一件事。"),
        ("第一篇文章的标题", "第一篇文章之标题"),
        ("甲" * 100 + "乙丙丁" * 100, "甲" * 100 + "乙丙丁" * 99 + "又有一句"),
    ],
)
def test_a_line_may_be_a_little_other(line, now):
    text = f"一行\n{line}\n又一行\n"
    one = anchor(line, text)
    assert found(text.replace(line, now), one) == now


@pytest.mark.parametrize(
    "now", ["完全是另一句话，说的是别的事。", "这是第二篇", "", "这是第二篇的正文" * 9]
)
def test_a_line_that_is_another_is_not_it(now):
    line = "这是第二篇的正文，说了村里的另一件事。"
    assert place(TEXT.replace(line, now), anchor(line)) is None


def test_a_short_quotation_is_not_found_among_other_words():
    text = "厂里的帐目公开，大家放心。\n"
    one = anchor("帐", text)
    assert place("夏天到了，厂里买了蚊帐分给职工。\n", one) is None
    assert found("如今厂里的帐目公开了。\n", one) == "帐"


def test_one_of_several_with_other_surroundings_is_not_it():
    one = anchor("（市总工会）")
    assert place("别的话。\n（市总工会）\n还有。\n（市总工会）\n", one) is None


def test_an_empty_text_holds_nothing():
    assert place("", anchor("第一篇文章的标题")) is None
    assert place(TEXT, Anchor("", "", "", 0.0)) is None


def test_an_anchor_that_is_its_whole_text():
    assert place("题\n", Anchor("题", "", "\n", 0.0)) == (0, 1)
