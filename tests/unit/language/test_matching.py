"""Where words stand in texts, and what is shown around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.matching import Needle, Snippet, snippet
from bulletin_desktop.model.query import Spelling

PLAIN = Spelling(lines=False)


def find(words, text):
    """Where words stand in a text, all of them."""
    return sorted({place for word in words.split() for place in places(word, text)})


def places(word, text, spelling=PLAIN, *, head=False):
    return Needle(word, spelling).places(fold(text), head=head)


@pytest.mark.parametrize(
    ("word", "text", "ranges"),
    [
        ("工资", "职工工资与工资", [(2, 4), (5, 7)]),
        ("要约", "工资集体协商", []),
        ("qq群", "加入ＱＱ群", [(2, 5)]),
        ("ＱＱ", "qq", [(0, 2)]),
        ("a.c", "abc a.c", [(4, 7)]),
        ("𠮷", "甲𠮷乙", [(1, 2)]),
        ("工資", "工资", [(0, 2)]),
        ("发展", "頭髮與發展", [(3, 5)]),
        ("著", "跟着显著", [(3, 4)]),
        ("工 资", "工资", []),
        ("2008年", "二〇〇八年", []),
        ("标题", "标\n题", []),
    ],
)
def test_places(word, text, ranges):
    assert places(word, text) == ranges


@pytest.mark.parametrize(
    ("word", "text", "ranges"),
    [
        ("2008年", "二〇〇八年、二○○八年、二零〇八年、二OO八年、二００八年和2008年",
         [(0, 5), (6, 11), (12, 17), (18, 23), (24, 29), (30, 35)]),
        ("二〇〇八", "2008年", [(0, 4)]),
        ("1999", "一九九九", [(0, 4)]),
        ("12008", "一二〇〇八", []),
        ("3008", "三〇〇八", []),
        ("2008", "二〇〇九", []),
    ],
)  # fmt: skip
def test_years_in_any_digits(word, text, ranges):
    assert places(word, text, Spelling(years=True)) == ranges


@pytest.mark.parametrize(
    ("word", "text", "ranges"),
    [
        ("简报", "工 会 简\u3000报", [(4, 7)]),
        ("工 会", "工会", [(0, 2)]),
        ("简报", "简\n报", [(0, 3)]),
        (" ", "工 会", []),
    ],
)
def test_spaces_in_a_head(word, text, ranges):
    assert places(word, text, Spelling(spaces=True), head=True) == ranges
    assert places(word, text, Spelling(spaces=True)) in ([], ranges if "工会" in text else [(1, 2)])


def test_a_title_that_runs_over_lines_is_one_line():
    assert places("之家建设", "职工之家\n建设", Spelling(), head=True) == [(2, 7)]
    assert places("之家建设", "职工之家\n建设", Spelling()) == []
    assert places("家\n建", "职工之家\n建设", Spelling(), head=True) == [(3, 6)]


@given(st.text(), st.text(min_size=1), st.text())
def test_found_ranges_cut_the_word(before, word, after):
    text = before + word + after
    found = places(word, text)
    assert found
    assert all(fold(text[start:end]) == fold(word) for start, end in found)
    assert any(start <= len(before) < end for start, end in found)
    assert Needle(word, PLAIN).stands_in(fold(text))


LONG = "第一句话说的是别的事情。" * 8 + "全市推进工资集体协商工作。" + "最后的话也是别的事情。" * 8


@pytest.mark.parametrize(
    ("text", "word", "width", "shown"),
    [
        ("工资协商。", "工资", 60, Snippet("工资协商。", ((0, 2),))),
        ("甲乙丙", None, 60, Snippet("甲乙丙", ())),
        ("", None, 60, Snippet("", ())),
        (LONG, "工资", 16, Snippet("全市推进工资集体协商工作。", ((4, 6),))),
        (LONG, "工资", 8, Snippet("…推进工资集体协商…", ((3, 5),))),
        ("标题\n工资\n协商", "工资", 60, Snippet("标题 工资 协商", ((3, 5),))),
        ("  \n  工资  \n", "工资", 60, Snippet("工资", ((0, 2),))),
        (
            "甲" * 50 + "工资" + "乙" * 50,
            "工资",
            12,
            Snippet("…甲甲甲工资乙乙乙乙乙乙乙…", ((4, 6),)),
        ),
        ("工资集体协商" * 9, "工资集体协商", 2, Snippet("工资集体协商…", ((0, 6),))),
    ],
)
def test_snippet(text: str, word: str | None, width: int, shown: Snippet) -> None:
    assert snippet(text, find(word or "", text), width) == shown


def test_snippet_joins_hits_that_overlap() -> None:
    text = "工资集体协商要约"
    assert snippet(text, find("工资集体 集体协商 要约", text)).ranges == ((0, 6), (6, 8))


def test_snippet_leaves_out_hits_beyond_it() -> None:
    text = "工资" + "甲" * 200 + "工资"
    assert snippet(text, [(0, 2), (202, 204)]).ranges == ((0, 2),)


@given(st.text(alphabet="工资甲。\n \u3000a"), st.integers(min_value=1, max_value=80))
def test_snippet_holds_its_first_hit(text: str, width: int) -> None:
    hits = find("工资", text)
    shown = snippet(text, hits, width)
    assert all(shown.text[start:end] == "工资" for start, end in shown.ranges[:1])
    assert bool(shown.ranges) == bool(hits)
    assert "\n" not in shown.text
    assert shown.text.strip("…") in text.replace("\n", " ").replace("\u3000", " ")
    assert len(shown.text) <= max(width, 2 + width // 2) + 2


@given(st.integers(0, 40), st.integers(1, 80))
def test_snippet_cuts_no_hit_in_two(between: int, width: int) -> None:
    text = f"协商{'甲' * between}协商{'乙' * 90}"
    ranges = find("协商", text)
    assert ranges
    shown = snippet(text, ranges, width)
    assert all(shown.text[start:end] == "协商" for start, end in shown.ranges)
