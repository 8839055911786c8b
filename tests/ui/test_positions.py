"""Code points and UTF-16 units, there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.ui.reader.positions import code_point, utf16_length, utf16_range

_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("工会𠮷𪚥😀\u00a0\u2028 a"))
)


@given(_TEXT)
def test_lengths_are_those_of_the_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(_TEXT, st.data())
def test_a_range_cuts_the_same_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at, length = utf16_range(text, start, end)
    units = text.encode("utf-16-le")
    assert units[2 * at : 2 * (at + length)].decode("utf-16-le") == text[start:end]


@given(_TEXT, st.data())
def test_positions_go_there_and_back(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert code_point(text, utf16_length(text[:at])) == at


@given(_TEXT)
def test_every_unit_falls_on_the_character_that_it_begins_or_ends(text: str) -> None:
    found = [code_point(text, unit) for unit in range(utf16_length(text) + 1)]
    assert found == sorted(found)
    assert found[-1] == len(text)
    assert code_point(text, utf16_length(text) + 5) == len(text)
