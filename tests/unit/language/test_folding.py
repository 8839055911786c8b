from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.folding import fold

ALL_CHARACTERS = "".join(chr(c) for c in range(sys.maxunicode + 1))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("工会Ａ３号", "工会a3号"),
        ("（ＡＰＥＣ）", "(apec)"),
        ("甲\u3000乙", "甲 乙"),
        ("Wage İ ΟΔΟΣ Σ ς", "wage i οδοσ σ σ"),
        ("“两个普遍”。", "“两个普遍”。"),
        ("𠮷ＱＱ", "𠮷qq"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_stays_one_character() -> None:
    assert all(len(fold(character)) == 1 for character in ALL_CHARACTERS)


def test_folding_is_the_same_beside_any_neighbour() -> None:
    assert fold(ALL_CHARACTERS) == "".join(map(fold, ALL_CHARACTERS))


def test_folding_twice_changes_nothing_more() -> None:
    once = fold(ALL_CHARACTERS)
    assert fold(once) == once


@given(st.text(), st.text())
def test_positions_hold(before: str, after: str) -> None:
    assert fold(before + after) == fold(before) + fold(after)
    assert len(fold(before)) == len(before)
