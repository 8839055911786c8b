"""What stands out in a body: numbered heads, whole or run in, and 一是 … 二是 …."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.subheads import find_subheads

LONG = (
    "今年以来，市总工会把这项工作摆上重要位置，多次召开会议，制定了实施方案，推动各级工会认真落实"
)


def shown(*paragraphs):
    """Level, words that stand out, and w (whole), n (number alone) or nothing."""
    return [
        (
            head.level,
            paragraphs[head.paragraph][head.start : head.end],
            "w" * head.whole + "n" * (not head.named),
        )
        for head in find_subheads(paragraphs)
    ]


def words(*paragraphs):
    return [found for _, found, _ in shown(*paragraphs)]


def test_whole_paragraphs_and_first_sentences():
    assert shown(
        "一、加强领导，健全机制", f"{LONG}。", "二、突出重点。", f"{LONG}。",
        f"三、抓好落实。{LONG}。",
    ) == [
        (1, "一、加强领导，健全机制", "w"), (1, "二、突出重点", "w"), (1, "三、抓好落实", ""),
    ]  # fmt: skip


def test_all_levels():
    paragraphs = [
        "一、主要做法", "（一）抓组建", f"1.摸清底数。{LONG}。", f"（1）看数量。{LONG}。",
        f"（2）看质量。{LONG}。", f"2.分类指导。{LONG}，一是看台账；二是看现场。", "（二）抓维权",
        f"{LONG}。", "二、主要成效", f"{LONG}。",
    ]  # fmt: skip
    assert [(level, found) for level, found, _ in shown(*paragraphs)] == [
        (1, "一、主要做法"), (2, "（一）抓组建"), (3, "1.摸清底数"), (4, "（1）看数量"),
        (4, "（2）看质量"), (3, "2.分类指导"), (5, "一是"), (5, "二是"), (2, "（二）抓维权"),
        (1, "二、主要成效"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "first", "second"),
    [
        (1, "一、", "二、"), (1, "一．", "二．"), (1, "一 、", "二 、"), (1, "十一、", "十二、"),
        (2, "（一）", "（二）"), (2, "(一)", "(二)"), (2, "㈠", "㈡"), (2, "（ 一 ）", "（ 二 ）"),
        (3, "1.", "2."), (3, "1．", "2．"), (3, "1、", "2、"), (3, "1）", "2）"),
        (3, "１．", "２．"), (3, "①", "②"), (3, "⒈", "⒉"), (3, "1 .", "2 ."), (3, "9.", "10."),
        (4, "（1）", "（2）"), (4, "(1)", "(2)"), (4, "⑴", "⑵"), (4, "（１）", "（２）"),
    ],
)  # fmt: skip
def test_the_shapes_of_numbers(level, first, second):
    paragraphs = f"{first}摸清底数。{LONG}。", f"{second} 分类指导。{LONG}。"
    assert shown(*paragraphs) == [
        (level, f"{first}摸清底数", ""),
        (level, f"{second} 分类指导", ""),
    ]


def test_numbers_inside_a_paragraph():
    body = f"重点三项。1.摸清底数。{LONG}；2.“分类”指导，以点带面。{LONG}。 3.抓好落实。{LONG}。"
    assert shown(body) == [
        (3, "1.摸清底数", ""), (3, "2.“分类”指导，以点带面", ""), (3, "3.抓好落实", ""),
    ]  # fmt: skip


def test_only_the_number_of_a_long_sentence():
    assert shown(f"1.摸清底数。{LONG}。", f"2.{LONG}。") == [
        (3, "1.摸清底数", ""), (3, "2.", "n"),
    ]  # fmt: skip


def test_a_list_heads_nothing():
    assert shown("1.甲公司工会", "2.乙公司工会", "3.丙公司工会") == [
        (3, "1.", "n"), (3, "2.", "n"), (3, "3.", "n"),
    ]  # fmt: skip
    assert shown("包括：（1）工资；（2）工时；（3）休息。") == [
        (4, "（1）", "n"), (4, "（2）", "n"), (4, "（3）", "n"),
    ]  # fmt: skip
    mostly_long = f"1.{LONG}。", f"2.一句。{LONG}。", f"3.{LONG}。"
    assert {mark for *_, mark in shown(*mostly_long)} == {"n"}


def test_labels_and_gaps():
    assert words(
        f"1.工作目标：到明年底，{LONG}。", f"2.抓宣传　　{LONG}。", f"3.会议指出：{LONG}。"
    ) == ["1.工作目标", "2.抓宣传", "3."]
    assert words("一、主要做法：", f"{LONG}。", "二、主要成效：", f"{LONG}。") == [
        "一、主要做法", "二、主要成效",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "paragraph",
    [
        "一、二季度，全市新建工会一百家。", "二、三产业职工占六成。", "5、6月份，各地开展检查。",
        "1.5万元慰问金送到职工手中。", "3.8节前夕，女职工委员会组织活动。", "11.20日召开会议。",
        "2011年5月，会议召开。", "0512.68617 是热线。", "2.4.6厂参加比赛。", "3.第三项。",
        "一、只此一条", "首先，感谢大家。", "这是之一是也，二是如此。", "（2）只此一条。",
        "共建工会12、13家。", "他说：一要学习。",
    ],
)  # fmt: skip
def test_what_is_no_subhead(paragraph):
    assert shown(f"{LONG}。", paragraph, f"{LONG}。") == []


def test_a_year_behind_the_number():
    assert words(f"1.2011年工作。{LONG}。", f"2.2012年打算。{LONG}。") == [
        "1.2011年工作", "2.2012年打算",
    ]  # fmt: skip


def test_numbers_that_follow_one_another():
    three, four = f"3.第三项。{LONG}。", f"4.第四项。{LONG}。"
    assert words(three, four) == ["3.第三项", "4.第四项"]
    assert words(f"1.第一项。{LONG}。", three) == ["1.第一项", "3.第三项"]
    assert words(f"1.第一项。{LONG}。", f"7.第七项。{LONG}。") == []
    across = ["一、甲", f"1.第一项。{LONG}。", f"2.第二项。{LONG}。", "二、乙", three]
    assert words(*across)[-1] == "3.第三项"
    assert words(f"内容如下：{three}{four}") == []


def test_clauses_in_running_text():
    assert shown("做到三点：一是抓学习，二是抓落实；三是抓督查。") == [
        (5, "一是", "n"), (5, "二是", "n"), (5, "三是", "n"),
    ]  # fmt: skip
    assert words("五项措施，即一是建组织；二是强意识。") == ["一是", "二是"]
    assert words("一要学习。", "二要落实。") == ["一要", "二要"]
    assert words("要求：第一，学习；第二，落实。第一、第二产业都要抓。") == ["第一", "第二"]
    assert words("首先，学习。其次，落实。最后，督查。") == ["首先", "其次", "最后"]
    assert words("一是学习。二要落实。") == []
    assert words("一、二季度突击。", "二、三季度巩固。") == []
    assert words(f"1、2号厂房。{LONG}。", f"2、3号厂房。{LONG}。") == []


def test_clauses_inside_a_subhead_do_not_stand_out():
    assert words(f"1.做到一是学、二是做。一是学，二是做。{LONG}。", f"2.抓好落实。{LONG}。") == [
        "1.做到一是学、二是做",
        "一是",
        "二是",
        "2.抓好落实",
    ]


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("001", "昆山市总推出", ["1.依法推动企业普遍开展工资集体协商",
            "2.加强社会主义核心价值体系教育，进一步提升职工队伍整体素质",
            "3.依法推动企业普遍建立工会组织"]),
        ("000", "高新区工会积极", ["一、加强领导，认真部署“创模”活动",
            "二、加强培训，切实提高“创模”水平", "三、分片挂钩，具体指导“创模”工作",
            "四、明确责任，确保完成“创模”任务"]),
        ("003", "吴中区总工会", ["一是", "二是", "三是", "四是", "五是"]),
        ("004", "苏州高新区", ["1.", "2.", "3.", "4.", "5.", "6.", "7."]),
        ("004", "太仓市总动员", []),
    ],
)  # fmt: skip
def test_the_sample_bulletins(name, title, expected, seeds):
    (file,) = seeds.glob(f"{name}_*.txt")
    (article,) = (
        article
        for issue in parse_text(file.read_text("utf-8"), file.name).issues
        for article in issue.articles
        if (article.title or "").startswith(title)
    )
    assert words(*article.body.split("\n")) == expected


PIECES = st.sampled_from([
    "一、", "二、", "（一）", "（二）", "1.", "2.", "3、", "①", "②", "（1）", "（2）", "一是",
    "二是", "首先", "其次", "第一，", "第二，", "。", "；", "：", "，", "“", "”", " ", "\u3000",
    "抓学习", "2011年", "季度", LONG,
])  # fmt: skip


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), max_size=8))
def test_ranges_lie_in_their_paragraph_and_do_not_overlap(paragraphs):
    found = find_subheads(paragraphs)
    end = (0, 0)
    for head in found:
        assert end <= (head.paragraph, head.start)
        assert 0 <= head.start < head.end <= len(paragraphs[head.paragraph])
        stands_out = paragraphs[head.paragraph][head.start : head.end]
        assert stands_out == stands_out.strip()
        assert not (head.whole and not head.named)
        assert 1 <= head.level <= 5
        end = (head.paragraph, head.end)
