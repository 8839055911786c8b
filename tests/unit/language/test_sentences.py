"""Where sentences and clauses end in the Chinese of bulletins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.language.sentences import clauses, sentences


def cut(text: str, find: object = sentences) -> list[str]:
    return [text[start:end] for start, end in find(text)]  # type: ignore[operator]


@pytest.mark.parametrize(
    "whole",
    [
        ["各级工会行动起来。", "全市召开会议！", "怎么办？", "再看……"],
        ["一是认真学习；", "二是狠抓落实；", "三是……的工作。"],
        ["1.依法推动集体协商。", "增长1.2倍，达到3,000元，8:30开会。", "二〇一一.五报告。"],
        ["一、加强学习、提高认识。", "（一）抓好落实。"],
        ["开展“同心同德！”主题活动。", "《关于做好工作的通知。》等文件下发。"],
        ["他说：“我们要努力。大家一起来。”", "会议结束。", "“好！”", "众人鼓掌。"],
        ["本市出台办法（见附件。）并执行。", "（张家港市总工会）"],
        ["工作.", "各级工会访问 www.x.com/?a=1 查询。", "It is so.", "Next one."],
        ["真的吗？！", "真的。"],
    ],
)
def test_sentences(whole: list[str]) -> None:
    text = "".join(whole).replace("so.Next", "so. Next")
    assert cut(text) == whole
    assert cut(f"　　{text}　\n{text}") == whole * 2


def test_a_long_quotation_is_cut_at_its_own_sentences() -> None:
    said = "我们要认真学习文件精神，切实做好各项工作。" * 8
    found = cut(f"他说：“{said}”散会。")
    assert len(found) == 9
    assert found[0].startswith("他说：“我们")
    assert found[7].endswith("。”")


def test_a_quotation_mark_that_is_never_closed_holds_nothing_together() -> None:
    assert cut("他说：“好。我们走。众人散去。") == ["他说：“好。", "我们走。", "众人散去。"]


@pytest.mark.parametrize(
    "whole",
    [
        ["一、加强学习、", "提高认识，", "推动工作：", "抓好落实。"],
        ["达到3,000元，", "8:30开会。"],
        ["他问：", "“行，就这样？”", "她说，", "“行！”"],
    ],
)
def test_clauses(whole: list[str]) -> None:
    assert cut("".join(whole), clauses) == whole


@given(st.text("工会学习，。；！“”（）、：1.,…\n 　A"))
def test_every_character_but_blanks_is_in_one_sentence_and_one_clause(text: str) -> None:
    for find in (sentences, clauses):
        found = find(text)
        assert all(end <= start for (_, end), (start, _) in pairwise(found))
        assert "".join("".join(cut(text, find)).split()) == "".join(text.split())
