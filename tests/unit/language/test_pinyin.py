from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language import pinyin
from bulletin_desktop.language.pinyin import Candidate, PinyinMatch, Rank, complete, match

NAME = "工资集体协商"


@pytest.mark.parametrize(
    ("typed", "rank"),
    [
        ("工资集体协商", Rank.EXACT),
        (" 工资集体协商\u3000", Rank.EXACT),
        ("工资", Rank.PREFIX),
        ("协商", Rank.SUBSTRING),
        ("gongzi", Rank.PINYIN),
        ("GongZi", Rank.PINYIN),
        ("ｇｏｎｇｚｉ", Rank.PINYIN),
        ("gong zi ji ti", Rank.PINYIN),
        ("gong'zi", Rank.PINYIN),
        ("g", Rank.PINYIN),
        ("gongzijitixieshang", Rank.PINYIN),
        ("gzjt", Rank.INITIALS),
        ("GZJTXS", Rank.INITIALS),
        ("gongzjt", Rank.INITIALS),
        ("gzjitixsh", Rank.INITIALS),
        ("xs", Rank.INNER_INITIALS),
        ("jitixieshang", Rank.INNER_INITIALS),
        ("工z集", Rank.OTHER_READING),
        ("gzxs", None),
        ("gzjtxsx", None),
        ("ongzi", None),
        ("农民工", None),
        ("", None),
        ("  ", None),
        ("'", None),
        ("？", None),
    ],
)
def test_rank_of_a_name(typed: str, rank: Rank | None) -> None:
    found = match(typed, NAME)
    assert (found.rank if found else None) == rank


@pytest.mark.parametrize(
    ("typed", "name", "rank"),
    [
        ("nvzhigong", "女职工", Rank.PINYIN),
        ("nüzhigong", "女职工", Rank.PINYIN),
        ("nuzhigong", "女职工", Rank.OTHER_READING),
        ("zdgz", "重点工作", Rank.INITIALS),
        ("chongdian", "重点工作", Rank.OTHER_READING),
        ("hangye", "行业工会", Rank.PINYIN),
        ("xingye", "行业工会", Rank.OTHER_READING),
        ("lgpb", "“两个普遍”", Rank.INITIALS),
        ("zgh12d", "总工会12大", Rank.INITIALS),
        ("qqqun", "ＱＱ群", Rank.PINYIN),
        ("wage", "Collective wage bargaining", Rank.INNER_INITIALS),
        ("cwb", "Collective wage bargaining", Rank.INITIALS),
        ("age", "Collective wage bargaining", None),
    ],
)
def test_rank_of_other_names(typed: str, name: str, rank: Rank | None) -> None:
    found = match(typed, name)
    assert (found.rank if found else None) == rank


def test_match_says_which_word_and_how_it_is_read() -> None:
    assert match("gzjt", NAME) == PinyinMatch(Rank.INITIALS, NAME, "gōng zī jí tǐ xié shāng")
    assert match("集体合", NAME, ["集体合同"]) == PinyinMatch(
        Rank.ALIAS, "集体合同", "jí tǐ hé tóng"
    )


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("集体", "集体合同"),
        ("工资", NAME),
        ("合同", "集体合同"),
        ("jtht", "集体合同"),
        ("gzjt", NAME),
    ],
)
def test_the_best_word_of_a_theme_counts(typed: str, word: str) -> None:
    found = match(typed, NAME, ["集体合同"])
    assert found is not None
    assert found.word == word


def test_complete_puts_the_best_first_and_equals_in_order() -> None:
    themes = [
        Candidate(1, "民主管理", ("工会事务",)),
        Candidate(2, "职工文化"),
        Candidate(3, "工会自身建设"),
        Candidate(4, "工会"),
        Candidate(5, "工会改革"),
        Candidate(6, "劳动竞赛"),
        Candidate(7, "总工会"),
    ]
    assert [c.candidate.theme_id for c in complete("工会", themes)] == [4, 3, 5, 1, 7]
    assert [c.candidate.theme_id for c in complete("gh", themes)] == [3, 4, 5, 1, 7]
    assert complete("xyz", themes) == []
    assert complete("", themes) == []


@given(st.text(), st.text())
def test_any_text_can_be_typed_and_be_a_name(typed: str, name: str) -> None:
    found = match(typed, name)
    assert found is None or found.word == name
    whole = match(name, name)
    assert (whole is not None and whole.rank == Rank.EXACT) == bool(name.strip())


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_collector_as_it_was(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    pinyin._pypinyin.cache_clear()
    try:
        pinyin.load()
        assert gc.isenabled() == collecting
    finally:
        gc.enable()
