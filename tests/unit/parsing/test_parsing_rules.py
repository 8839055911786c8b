"""Single rules on single lines: kinds, numbers, mastheads, credits."""

from __future__ import annotations

import pytest

from bulletin_desktop.parsing import lines, masthead, numerals, reading, sentences, sources
from bulletin_desktop.parsing.lines import Kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("【工作动态】", Kind.SECTION),
        ("〖简讯〗：", Kind.SECTION),
        ("[基层 之窗]", Kind.SECTION),
        ("★★工作动态★★", Kind.SECTION),
        ("—工作动态—", Kind.SECTION),
        ("●【工作动态】", Kind.SECTION),
        ("●市总工会召开会议。", Kind.BULLET),
        ("□ 李明", Kind.CREDIT),
        ("市总工会召开会议", Kind.TITLE),
        ("我们为什么要学技术？", Kind.TITLE),
        ("市总工会召开会议。", Kind.TEXT),
        ("各位职工：", Kind.TEXT),
        ("单位\t人数", Kind.ROW),
        ("长" * 81, Kind.TEXT),
        ("一、基本情况", Kind.NUMBERED),
        ("（二）主要做法", Kind.NUMBERED),
        ("3.市总工会召开会议", Kind.NUMBERED),
        ("1.25万元", Kind.TITLE),
        ("——记劳模的一天", Kind.DASH),
        ("（市总工会研究室）", Kind.CREDIT),
        ("(市总工会)", Kind.CREDIT),
        ("供稿：教务处　审核：值班室", Kind.CREDIT),
        ("摘自《海棠日报》", Kind.CREDIT),
        ("（见附表）", Kind.TITLE),
        ("目  录", Kind.CONTENTS),
        ("本期要目", Kind.CONTENTS),
        ("【本期导读】", Kind.CONTENTS),
        ("★ 本期导读 ★", Kind.CONTENTS),
        ("海工简〔2015〕21号", Kind.NUMBER),
        ("第3期（总第128期）", Kind.NUMBER),
        ("（总第三百五十六期）", Kind.NUMBER),
        ("〔2015〕21号", Kind.NUMBER),
        ("清溪区总工会《工会信息》　2009年第7期", Kind.NUMBER),
        ("市总工会举办第3期培训班", Kind.TITLE),
        ("2012年3月15日", Kind.DATE),
        ("（二〇一二年三月）", Kind.DATE),
        ("本期印发：市委、市政府", Kind.DISTRIBUTION),
        ("报  送：市委", Kind.DISTRIBUTION),
        ("本期发：路局领导、各站段工会", Kind.DISTRIBUTION),
        ("分发：各县总工会", Kind.DISTRIBUTION),
        ("报送单位：县总工会", Kind.CREDIT),
        ("本刊发送单位：各县总工会", Kind.DISTRIBUTION),
        ("责任编辑：值班室", Kind.IMPRINT),
        ("（共印500份）", Kind.IMPRINT),
        ("［共印一百份］", Kind.IMPRINT),
        ("- 1 -", Kind.PAGE),
        ("第 2 页 共 4 页", Kind.PAGE),
        ("12", Kind.PAGE),
        ("════════", Kind.RULE),
    ],
)
def test_kinds(words, kind):
    assert lines.kind_of(words) is kind


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12), ("１２", 12), ("十", 10), ("十二", 12), ("二十", 20), ("三百五十六", 356),
        ("二〇一二", 2012), ("二○一二", 2012), ("一百零三", 103), ("1 2", 12), ("一千二百", 1200),
    ],
)  # fmt: skip
def test_numerals(words, value):
    assert numerals.number(words) == value


@pytest.mark.parametrize("words", ["", "甲", "十甲"])
def test_no_numerals(words):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the message
        numerals.number(words)


@pytest.mark.parametrize(
    ("words", "number", "total"),
    [
        ("第3期（总第128期）", "3", "128"),
        ("第 12 期", "12", None),
        ("第十二期", "12", None),
        ("（总第三百五十六期）", None, "356"),
        ("2011年第5期", "5", None),
        ("2011年 5期", "5", None),
        ("海工简〔2015〕21号", "21", None),
        ("NO.7", "7", None),
        ("总128期", None, "128"),
        ("海棠社区简报（第3期）", "3", None),
        ("2012年3月15日", None, None),
    ],
)
def test_numbers(words, number, total):
    assert masthead.issue_number(words) == number
    assert masthead.total_number(words) == total


@pytest.mark.parametrize(
    ("words", "value", "evidence"),
    [
        ("东湖市总工会编    2012年3月15日", "2012-03-15", "2012年3月15日"),
        ("二〇一〇年六月二十八日", "2010-06-28", "二〇一〇年六月二十八日"),
        ("２０１０年６月", "2010-06", "２０１０年６月"),
        ("2010 年 6 月 8 日", "2010-06-08", "2010 年 6 月 8 日"),
        ("2010-6-8", "2010-06-08", "2010-6-8"),
        ("2010.06", "2010-06", "2010.06"),
        ("2011年第5期", "2011", "2011年"),
        ("2011年13月1日", "2011", "2011年13月1日"),
    ],
)
def test_printed_dates(words, value, evidence):
    date = masthead.printed_date(words)
    assert date is not None
    assert (date.value, date.words) == (value, evidence)


@pytest.mark.parametrize("words", ["", "第3期", "1234年5月", "3月15日"])
def test_no_printed_dates(words):
    assert masthead.printed_date(words) is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["工 会 简 报", "第3期"], "工会简报"),
        (["内部资料  注意保存", "云岭工会信息", "第十二期"], "云岭工会信息"),
        (["东湖市总工会《职工之友》 2012年第3期"], "职工之友"),
        (["东湖市总工会", "简    报", "第3期"], "简报"),
        (["海 棠 简 报   第5期（总第77期）", "海棠市总工会主办　2014年6月3日"], "海棠简报"),
        (["海工简〔2015〕21号", "海棠市总工会办公室 2015年7月8日"], None),
        (["（月刊）", "海棠工会", "第3期"], "海棠工会"),
        (["第3期", "2012年3月15日"], None),
        (["第3期", "东湖市总工会办公室 2012年3月15日"], None),
        ([], None),
    ],
)
def test_issue_titles(head, title):
    assert masthead.issue_title(head) == title


@pytest.mark.parametrize(
    ("words", "role", "credit", "rest"),
    [
        ("工作完成。（市总工会）", "source", "市总工会", "工作完成。"),
        ("工作完成。    (市总、研究室)  ".strip(), "source", "市总、研究室", "工作完成。"),
        ("受到好评！（甲市总工会、乙市总工会）", "source", "甲市总工会、乙市总工会", "受到好评！"),
        ("工作完成。（供稿：市总 审核：值班室）", "source", "市总", "工作完成。"),
        ("工作完成。（市总办公室供稿）", "source", "市总办公室", "工作完成。"),
        ("工作完成。（综合来稿）", "source", "综合来稿", "工作完成。"),
        ("工作完成。（摘自《工人日报》）", "source", "摘自《工人日报》", "工作完成。"),
        ("工作完成。（市总(产业)工会）", "source", "市总(产业)工会", "工作完成。"),
        ("工作完成。（通讯员 李明）", "author", "李明", "工作完成。"),
        ("工作完成。（文/李明）", "author", "李明", "工作完成。"),
        ("工作完成。（李明　王强）", "author", "李明　王强", "工作完成。"),
        ("工作完成。［县总］", "source", "县总", "工作完成。"),
        ("工作完成。〔县总（研究室）〕", "source", "县总（研究室）", "工作完成。"),
        ("工作完成。[供稿：城东街道]", "source", "城东街道", "工作完成。"),
        ("工作完成　　（市总工会）", "source", "市总工会", "工作完成"),
    ],
)
def test_trailing_credits(words, role, credit, rest):
    found = sources.trailing_credit(words)
    assert found is not None
    assert (found.role, words[found.start : found.end]) == (role, credit)
    assert words[: found.cut] == rest


@pytest.mark.parametrize(
    "words",
    [
        "填写《登记表》（见附表）", "工作完成。（共印50份）", "工作完成。（写于己亥年春）",
        "工作完成。（2012年3月）",
        "变电站（电气部分）", "工作完成。（略）", "工作完成。（他说。）", "工作完成。（ ）",
        "（市总工会）", "工作完成。）",
        "工作完成。〔2015〕", "工作完成。［工作动态］", "工作完成。［安全］", "印发工发〔2015〕",
        "工作完成。（12.5%）", "", "工作完成。（" + "长" * 70 + "）",
    ],
)  # fmt: skip
def test_no_trailing_credits(words):
    assert sources.trailing_credit(words) is None


def test_a_unit_without_a_stop_before_counts_where_asked():
    words = "机床厂开展安全月活动（机床厂工会）"
    assert sources.trailing_credit(words) is None
    found = sources.trailing_credit(words, lenient=True)
    assert found is not None
    assert words[found.start : found.end] == "机床厂工会"


@pytest.mark.parametrize("words", ["李明", "李 明", "李明　王小强", "欧阳明月", "李明、王强"])
def test_names(words):
    assert sources.is_names(words)


@pytest.mark.parametrize("words", ["", "平江区", "宣教部", "工会简报", "李明召开会议", "Li Ming"])
def test_no_names(words):
    assert not sources.is_names(words)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("活动开展。会议要求。", 5),
        ("“你好。”他说。会议。", 8),
        ("“未闭合。会议。", 5),
        ("没有结束", 4),
        ("谁来了？我。", 4),
    ],
)
def test_first_sentences(words, end):
    assert sentences.first_sentence(words) == end


def test_indents_and_gaps():
    found = reading.read_lines("甲\n\n　　乙 \n\t丙")
    assert [(x.text, x.indent, x.gap) for x in found] == [("甲", 0, 0), ("乙", 4, 1), ("丙", 4, 0)]
    assert [(x.start, x.end) for x in found] == [(0, 1), (5, 6), (9, 10)]
