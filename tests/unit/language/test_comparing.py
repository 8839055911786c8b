"""Two texts side by side: what they share, what differs, and where one is in the other."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.comparing import compare
from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.comparison import Comparison, Passage

FIRST = "9月12日，临江县总工会召开工资集体协商工作推进会，各乡镇总工会主席共86人参加会议。"
SECOND = "白鹭镇把协商代表请进车间，用一个月时间听取了职工的意见。"
THIRD = "会议还通报了上半年督查情况，并察看了两家企业的公开栏。"


def told(text: str, differences: object) -> list[tuple[str, str]]:
    """The kinds and words of a text's differences."""
    return [(each.kind, text[each.start : each.end]) for each in differences]  # type: ignore[attr-defined]


def both(one: str, other: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    found = compare(one, other)
    return told(one, found.one), told(other, found.other)


def test_the_same_text_has_no_difference() -> None:
    found = compare(FIRST, FIRST)
    assert found == Comparison((Passage(0, 0, len(FIRST)),), (), (), ())


def test_width_case_and_division_into_paragraphs_make_no_difference() -> None:
    assert both(f"{FIRST}\nGDP 增长", f"{FIRST.replace('12', '１２')}　gdp\n增长") == ([], [])


@pytest.mark.parametrize(
    ("other", "mine", "theirs"),
    [
        (FIRST.replace("86", "90"), [("changed", "86")], [("changed", "90")]),
        (FIRST.replace("工作推进会", "会"), [("only", "工作推进")], []),
        (FIRST.replace("主席", "主席、副主席"), [], [("only", "、副主席")]),
        (
            FIRST.replace("临江县总工会", "某县工会"),
            [("changed", "临江县总")],
            [("changed", "某县")],
        ),
    ],
)
def test_changed_words_are_marked_to_the_character(
    other: str, mine: list[tuple[str, str]], theirs: list[tuple[str, str]]
) -> None:
    assert both(FIRST, other) == (mine, theirs)


def test_a_paragraph_that_is_missing_stands_here_only() -> None:
    assert both(f"{FIRST}\n{SECOND}\n{THIRD}", f"{FIRST}\n{THIRD}") == ([("only", SECOND)], [])


def test_a_few_equal_characters_between_changes_are_no_passage() -> None:
    mine, theirs = both(f"{FIRST}{SECOND}", f"{FIRST}全县一盘棋，职工都说好。")
    assert mine == [("changed", SECOND[:-1])]
    assert theirs == [("changed", "全县一盘棋，职工都说好")]


def test_what_is_missing_begins_as_a_sentence_does() -> None:
    one = f"{FIRST}会议指出，要摸清底数。会议强调，要讲清道理。"
    assert both(one, one.replace("会议强调，要讲清道理。", "")) == (
        [("only", "会议强调，要讲清道理。")],
        [],
    )
    middle = one.replace("会议指出，要摸清底数。", "")
    assert both(one, middle) == ([("only", "会议指出，要摸清底数。")], [])


def test_a_moved_paragraph_is_said_to_be_moved() -> None:
    one, other = f"{FIRST}\n{SECOND}\n{THIRD}", f"{THIRD}\n{FIRST}\n{SECOND}"
    assert both(one, other) == ([("moved", THIRD)], [("moved", THIRD)])


def test_words_beside_a_moved_paragraph_keep_their_kind() -> None:
    mine, theirs = both(f"{FIRST}\n{SECOND}\n{THIRD}", f"{THIRD}又有新的话。\n{FIRST}\n{SECOND}")
    assert mine == [("moved", THIRD)]
    assert theirs == [("moved", THIRD), ("only", "又有新的话。")]


def test_a_place_leads_to_its_place_in_the_other_text() -> None:
    one, other = f"{FIRST}\n{SECOND}\n{THIRD}", f"新的开头。\n{FIRST}\n{THIRD}"
    found = compare(one, other)
    for words in (FIRST[5:9], THIRD[3:8]):
        assert found.opposite(one.index(words)) == other.index(words)
        assert found.opposite(other.index(words), back=True) == one.index(words)
    missing = found.opposite(one.index(SECOND) + 4)
    assert other.index(FIRST) + len(FIRST) <= missing <= other.index(THIRD)
    assert found.opposite(0, back=True) == 0


def test_the_stops_are_the_differences_in_both_texts() -> None:
    other = FIRST.replace("86", "90").replace("推进会", "会")
    places = [("推进", "会，"), ("86", "90")]
    assert compare(FIRST, other).stops == tuple(
        (FIRST.index(mine), other.index(theirs)) for mine, theirs in places
    )


letters = st.text(alphabet="工会职代表，。\nab１", max_size=120)


@given(letters, letters)
def test_passages_are_equal_and_rise_and_differences_lie_between(one: str, other: str) -> None:
    found = compare(one, other)
    at = there = 0
    for passage in found.passages:
        assert passage.one >= at
        assert passage.other >= there
        at, there = passage.one + passage.length, passage.other + passage.length
        assert fold(one[passage.one : at]) == fold(other[passage.other : there])
    for text, differences, side in ((one, found.one, 0), (other, found.other, 1)):
        taken = [(p[side], p[side] + p.length) for p in found.passages]
        last = 0
        for each in differences:
            assert last <= each.start < each.end <= len(text)
            assert all(each.end <= start or end <= each.start for start, end in taken)
            last = each.end


def test_long_texts_with_little_in_common_are_compared_too() -> None:
    pick = random.Random(1)
    one, other = ("".join(pick.choices("工会职代表委员", k=20_000)) for _ in range(2))
    found = compare(one + FIRST, FIRST + other)
    assert Passage(len(one), 0, len(FIRST)) in found.passages
