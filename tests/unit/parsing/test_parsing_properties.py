"""Any text whatever parses into tiling spans, with each field standing in its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parse_contract import assert_contract

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

PIECES = (
    "【工作动态】",
    "〖简讯〗",
    "[基层]",
    "◆信息短波",
    "●",
    "一、",
    "（一）",
    "1.",
    "二、工作动态",
    "目录",
    "本期要目",
    "第3期",
    "（总第12期）",
    "2012年3月5日",
    "〔2015〕21号",
    "工 会 简 报",
    "工会信息",
    "市总工会编",
    "报：市委",
    "本期印发：市委、",
    "责任编辑：王强",
    "共印50份",
    "——副题",
    "文/李明",
    "李明",
    "供稿：市总",
    "（市总工会）",
    "(见附表)",
    "（",
    "）",
    "“",
    "”",
    "。",
    "，",
    "：",
    "！",
    "- 1 -",
    "——————",
    "\x0c",
    "\t",
    "\u3000",
    "  ",
    "编者按：",
    "市总工会召开会议",
    "3月5日，市总工会召开会议，部署工作。",
    "今年8月",
    "十七大即将召开",
    "建党90周年",
    "…………3",
    "很长的一段话，" * 12,
    "\x00",
    "\ufeff",
    "\u2028",
    "\x85",
    "𠮷",
)
ENDS = ("\n", "\r\n", "\n\n", "\r", "")
lines = st.tuples(st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from(ENDS))
bulletin_like = st.lists(lines, max_size=30).map(
    lambda rows: "".join("".join(words) + end for words, end in rows)
)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_parses(text):
    assert_contract(text, parse_text(text))


@given(bulletin_like)
@settings(max_examples=200)
def test_any_mixture_of_bulletin_parts_parses(text):
    assert_contract(text, parse_text(text, "2011年第5期.txt"))


@given(st.sampled_from(PIECES), st.integers(1, 4000))
def test_long_lines_parse(piece, count):
    text = piece * count
    assert_contract(text, parse_text(text))


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_say_why_not(data):
    try:
        decoded = decode_bytes(data)
    except KnownError:
        return
    decoded.text.encode("utf-8")  # raises where a lone surrogate came out
    assert_contract(decoded.text, parse_text(decoded.text))


@given(st.text(alphabet="工会简报市总，。\n 123abc", min_size=8, max_size=200))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_was_encoded_is_decoded(encoding, text):
    decoded = decode_bytes(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)
