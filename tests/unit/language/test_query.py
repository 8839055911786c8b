from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.query import (
    Query,
    Snippet,
    find,
    literal,
    parse_query,
    quote,
    snippet,
)
from bulletin_desktop.model.errors import KnownError

SIGNS = st.text(alphabet='工会集体a A-"＂“” \u3000\n…。')


@pytest.mark.parametrize(
    ("text", "words", "excluded"),
    [
        ("", (), ()),
        (" \u3000\t\n", (), ()),
        ("工资", ("工资",), ()),
        ("工资 协商", ("工资", "协商"), ()),
        ("工资\u3000协商\u00a0要约", ("工资", "协商", "要约"), ()),
        ('"工资 协商"', ("工资 协商",), ()),
        ("工资 -农民工", ("工资",), ("农民工",)),
        ('-"外来 务工"', (), ("外来 务工",)),
        ('"-工资"', ("-工资",), ()),
        ("2008-2009", ("2008-2009",), ()),
        ("--工资", (), ("-工资",)),
        ("-", ("-",), ()),
        ("- 工资", ("-", "工资"), ()),
        ("－工资 ＂协商＂", ("－工资", "＂协商＂"), ()),
        ("“两个普遍”", ("“两个普遍”",), ()),
        ('全国"双爱"活动', ("全国", "双爱", "活动"), ()),
        ('"甲"-乙', ("甲", "-乙"), ()),
        ('"说""好""了"', ('说"好"了',), ()),
        ('""""', ('"',), ()),
        ('""', (), ()),
        ('-""', (), ()),
        (
            "工资 OR 协商 AND (要约*) title:x",
            ("工资", "OR", "协商", "AND", "(要约*)", "title:x"),
            (),
        ),
    ],
)
def test_parse_query(text: str, words: tuple[str, ...], excluded: tuple[str, ...]) -> None:
    assert parse_query(text) == Query(words, excluded)


@pytest.mark.parametrize(
    ("text", "position"),
    [('"', 0), ('工资 "协商', 3), ('-"协商', 1), ('"甲" 乙"', 5), ('"甲""', 0), ('"""', 0)],
)
def test_unclosed_quote(text: str, position: int) -> None:
    with pytest.raises(KnownError) as caught:
        parse_query(text)
    assert caught.value.code == "query.unclosed_quote"
    assert caught.value.params == {"position": position}


@given(SIGNS | st.text())
def test_any_text_can_be_quoted(text: str) -> None:
    assert parse_query(quote(text)) == literal(text)


@given(SIGNS)
def test_quotes_are_closed_or_a_known_error(text: str) -> None:
    if text.count('"') % 2:
        with pytest.raises(KnownError):
            parse_query(text)
    else:
        query = parse_query(text)
        assert all(query.words)
        assert all(query.excluded)


@pytest.mark.parametrize(
    ("query", "text", "ranges"),
    [
        ("工资", "职工工资与工资", [(2, 4), (5, 7)]),
        ("协商 工资", "工资集体协商", [(0, 2), (4, 6)]),
        ("工资 工资集体", "工资集体协商", [(0, 2), (0, 4)]),
        ("工资 工资", "工资", [(0, 2)]),
        ("工资 要约", "工资集体协商", None),
        ("工资 -协商", "工资集体协商", None),
        ("-要约", "工资集体协商", []),
        ("", "工资", []),
        ("qq群", "加入ＱＱ群", [(2, 5)]),
        ("ＱＱ", "qq", [(0, 2)]),
        ("-QQ", "ｑｑ", None),
        ("a.c", "abc a.c", [(4, 7)]),
        ("𠮷", "甲𠮷乙", [(1, 2)]),
        ('"工资 协商"', "工资协商", None),
    ],
)
def test_find(query: str, text: str, ranges: list[tuple[int, int]] | None) -> None:
    assert find(parse_query(query), text) == ranges


@given(st.text(), st.text(min_size=1), st.text())
def test_found_ranges_cut_the_word(before: str, word: str, after: str) -> None:
    text = before + word + after
    found = find(literal(word), text)
    assert found
    assert all(fold(text[start:end]) == fold(word) for start, end in found)
    assert any(start <= len(before) < end for start, end in found)


@given(st.text(), st.text(min_size=1))
def test_a_text_is_found_or_excluded(text: str, word: str) -> None:
    included, excluded = find(literal(word), text), find(Query((), (word,)), text)
    assert (included is None) != (excluded is None)


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
    assert snippet(text, find(literal(word or ""), text) or [], width) == shown


def test_snippet_joins_hits_that_overlap() -> None:
    query = parse_query("工资集体 集体协商 要约")
    text = "工资集体协商要约"
    assert snippet(text, find(query, text) or []).ranges == ((0, 6), (6, 8))


def test_snippet_leaves_out_hits_beyond_it() -> None:
    text = "工资" + "甲" * 200 + "工资"
    assert snippet(text, [(0, 2), (202, 204)]).ranges == ((0, 2),)


@given(st.text(alphabet="工资甲。\n \u3000a"), st.integers(min_value=1, max_value=80))
def test_snippet_holds_its_first_hit(text: str, width: int) -> None:
    hits = find(literal("工资"), text) or []
    shown = snippet(text, hits, width)
    assert all(shown.text[start:end] == "工资" for start, end in shown.ranges[:1])
    assert bool(shown.ranges) == bool(hits)
    assert "\n" not in shown.text
    assert shown.text.strip("…") in text.replace("\n", " ").replace("\u3000", " ")
    assert len(shown.text) <= max(width, 2 + width // 2) + 2


@given(st.integers(0, 40), st.integers(1, 80))
def test_snippet_cuts_no_hit_in_two(between: int, width: int) -> None:
    text = f"协商{'甲' * between}协商{'乙' * 90}"
    ranges = find(literal("协商"), text)
    assert ranges
    shown = snippet(text, ranges, width)
    assert all(shown.text[start:end] == "协商" for start, end in shown.ranges)
