"""Annexes, units above titles, persons beside units, wrapped lines, tables, traditional marks."""

from __future__ import annotations

import pytest
from parse_samples import (
    DEMAND,
    MEETING,
    PACT,
    SAFETY,
    SIGNING,
    TALK,
    cuts,
    only_issue,
    paragraphs,
    parsed,
)

from bulletin_desktop.parsing.build import parse_text

HEAD = "海棠工会简报\n第8期\n\n"


def test_an_annex_with_a_table_belongs_to_the_article_before():
    issue = only_issue(
        f"{HEAD}{MEETING}\n\n　　{TALK}\n　　{DEMAND}（市总）\n附件1\n\n各县区会员统计表\n\n"
        "县区\t会员\n城东\t123\n附件2\n各县区经费统计表\n县区\t经费\n城东\t5\n\n"
        f"{SIGNING}\n\n　　{PACT}（城东街道）\n"
    )
    assert cuts(issue) == [(None, "a", MEETING, "市总"), (None, "a", SIGNING, "城东街道")]
    assert paragraphs(issue.articles[0])[2:] == [
        "附件1", "各县区会员统计表", "县区\t会员", "城东\t123",
        "附件2", "各县区经费统计表", "县区\t经费", "城东\t5",
    ]  # fmt: skip


def test_a_letter_with_an_annex_is_one_article():
    issue = only_issue(
        f"{HEAD}关于开展考评的通知\n各县（区）总工会：\n　　{DEMAND}\n　　附件：考评细则\n"
        "　　　　　　　　海棠市总工会\n　　　　　　　　2018年3月2日\n附件\n　　　　考评细则\n"
        "考评项目\t分值\n建家\t30\n序号  名称      会员数\n 1\n 2\n"
    )
    assert [a.title for a in issue.articles] == ["关于开展考评的通知"]
    assert paragraphs(issue.articles[0])[-2:] == ["1", "2"]


def test_units_that_stand_once_above_each_title_are_sources():
    issue = only_issue(
        f"{HEAD}城东区总工会\n{MEETING}\n　　{TALK}\n\n城西区总工会\n{SIGNING}\n　　{PACT}\n\n"
        f"城南区总工会\n{SAFETY}\n　　{DEMAND}\n"
    )
    assert cuts(issue) == [
        (None, "a", MEETING, "城东区总工会"),
        (None, "a", SIGNING, "城西区总工会"),
        (None, "a", SAFETY, "城南区总工会"),
    ]


def test_units_above_several_titles_are_sections():
    issue = only_issue(
        f"{HEAD}城东区总工会\n\n{MEETING}\n　　{TALK}\n\n{SIGNING}\n　　{PACT}\n\n"
        f"城南区总工会\n\n{SAFETY}\n　　{DEMAND}\n\n职工书屋向社区居民开放\n　　{PACT}\n"
    )
    assert [c[:3] for c in cuts(issue)] == [
        ("城东区总工会", "a", MEETING),
        ("城东区总工会", "a", SIGNING),
        ("城南区总工会", "a", SAFETY),
        ("城南区总工会", "a", "职工书屋向社区居民开放"),
    ]


@pytest.mark.parametrize("first", ["", "【要闻】\n"])
def test_a_unit_in_section_brackets_at_the_right_is_a_source(first):
    issue = only_issue(
        f"{HEAD}{first}{MEETING}\n　　{TALK}\n　　　　　　　　【县总】\n"
        f"{SIGNING}\n　　{PACT}\n　　　　　　　　【城东街道】\n"
    )
    assert [c[2:] for c in cuts(issue)] == [(MEETING, "县总"), (SIGNING, "城东街道")]


@pytest.mark.parametrize(
    ("credit", "source", "author"),
    [
        ("市总办公室　李明", "市总办公室", "李明"),
        ("李明/市图书馆", "市图书馆", "李明"),
        ("市农委机关党委　　通讯员　邵文", "市农委机关党委", "邵文"),
        ("机床厂工会　欧阳明　张三", "机床厂工会", "欧阳明　张三"),
        ("市总工会、县总工会", "市总工会、县总工会", None),
    ],
)
def test_a_person_beside_a_unit_is_the_author(credit, source, author):
    article = only_issue(f"【要闻】\n{MEETING}\n{TALK}（{credit}）\n").articles[0]
    assert (article.source, article.author) == (source, author)


def test_a_source_that_a_hard_wrapped_line_breaks():
    lines = (
        "　　3月5日上午，市总工会在职工服务中心召开春季就业援助座谈会，来自各\n"
        "县区的三十余名代表参加了会议并发言，大家围绕就业援助提出了意见建议和\n"
        "下一步的打算，会议开了一个上午，没有念稿子，散会以后大家又到车间看望\n"
        "了一线职工。会议要求各级工会把服务职工放在突出位置，做到底数清情况明。\n"
        "　　城东街道总工会介绍了十二家企业签订工资专项集体合同的经过。（县总办\n"
        "公室）\n"
    )
    issue = only_issue(f"{HEAD}{MEETING}\n{lines}{SIGNING}\n{lines}")
    assert cuts(issue) == [(None, "a", MEETING, "县总办公室"), (None, "a", SIGNING, "县总办公室")]
    assert len(paragraphs(issue.articles[0])) == 5


def test_traditional_marks_and_labels():
    issue = only_issue(
        "工　會　簡　報\n第十二期（總第128期）\n責任編輯：王強\n二〇一二年三月十五日\n\n"
        "【工作動態】\n市總工會召開座談會\n　　市總工會召開座談會，代表參加了會議。（市總辦公室）\n"
        "【簡訊】\n●城東街道簽訂集體合同。十二家企業簽訂合同。\n來源：城東街道\n\n"
        "報送：市委\n發：各基層工會\n（共印50份）\n"
    )
    assert (issue.title, issue.number, issue.total_number) == ("工會簡報", "12", "128")
    assert issue.sections == ("工作動態", "簡訊")
    assert [a.source for a in issue.articles] == ["市總辦公室", "城東街道"]
    assert issue.distribution == "報送：市委\n發：各基層工會"


def test_numbered_sections_open_though_the_article_before_has_no_source():
    issue = only_issue(
        f"{HEAD}一、领导活动\n{MEETING}\n　　{TALK}\n　　一是抓好培训。{DEMAND}\n"
        f"二、部门动态\n{SIGNING}\n　　{PACT}\n三、简讯\n●{SAFETY}。{DEMAND}\n"
    )
    assert cuts(issue) == [
        ("领导活动", "a", MEETING, None),
        ("部门动态", "a", SIGNING, None),
        ("简讯", "b", SAFETY, None),
    ]


def test_names_before_a_colon_above_titles_are_sections():
    issue = only_issue(
        f"{HEAD}本期要情：\n{MEETING}\n　　{TALK}\n"
        f"乡镇来信：\n{SIGNING}\n　　编辑同志：\n　　{PACT}\n"
    )
    assert [c[:3] for c in cuts(issue)] == [
        ("本期要情", "a", MEETING),
        ("乡镇来信", "a", SIGNING),
    ]


def test_a_table_ends_no_article():
    rows = [
        "姓名        项目        名次",
        "仇素珍      服装制作     1",
        "卜小梅      文本处理     9",
    ]
    issue = only_issue(
        f"{HEAD}{MEETING}\n\n{TALK}\n"
        + "\n".join(rows)
        + f"\n来源：就业所\n\n{SIGNING}\n\n{PACT}\n"
    )
    assert paragraphs(issue.articles[0]) == [TALK, *rows]
    assert cuts(issue) == [(None, "a", MEETING, "就业所"), (None, "a", SIGNING, None)]


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("文/罗开泰", "罗开泰"),
        ("县纪委  乔磊", "乔磊"),
        ("邹凤梧（八十四岁）", "邹凤梧"),
        ("市人大代表　郝一平、蓝  沁", "郝一平、蓝  沁"),
        ("市妇联调研组　执笔：王  愁", "王  愁"),
        ("特约通讯员　潮　生", "潮　生"),
        ("文/施  然　图/卜  凡", "施  然"),
    ],
)
def test_bylines_below_a_title(byline, author):
    article = only_issue(f"{HEAD}我的师傅和他的三本日记\n{byline}\n　　{TALK}\n").articles[0]
    assert (article.title, article.author) == ("我的师傅和他的三本日记", author)
    assert paragraphs(article) == [TALK]


def test_a_poem_and_a_conversation_are_articles():
    issue = only_issue(
        f"{HEAD}「诗词园地」\n清平乐·老年大学\n葛月琴\n书包重背，\n又入童年队。\n拼音从头温，\n"
        "手机也学弹琴。\n「访谈」\n六问护苗队\n问：护苗队是怎么来的？\n答：最早是四个老头。\n"
    )
    assert [(a.title, a.author) for a in issue.articles] == [
        ("清平乐·老年大学", "葛月琴"),
        ("六问护苗队", None),
    ]
    assert len(paragraphs(issue.articles[0])) == 4
    assert len(paragraphs(issue.articles[1])) == 2


def test_a_running_head_beside_page_numbers_is_omitted():
    text = (
        f"工 运 研 究\n2015年第2期\n{MEETING}\n　　{TALK}\n— 2 —\n"
        f"工运研究　2015年第2期\n　　{PACT}\n"
        f"— 3 —\n工运研究　2015年第2期\n　　{DEMAND}\n"
    )
    (article,) = only_issue(text).articles
    assert paragraphs(article) == [TALK, PACT, DEMAND]
    assert len(article.omitted) == 4


def test_mastheads_with_labels_bars_and_a_date_without_a_year():
    issue = only_issue(
        "残 联 工 作\n2014年第6期　│　发行人：林金发　│　编辑：文宣部\n"
        "顾问：程守义　　主编：罗开泰\n望江区残联主办        　　　6月5日出版\n"
        f"（本期四版，请于阅后传阅）\n\n【要闻】\n{MEETING}\n{TALK}\n"
    )
    assert (issue.number, len(issue.articles)) == ("6", 1)
    assert issue.date is not None
    assert (issue.date.value, issue.date.evidence) == ("2014-06-05", "6月5日")


def test_a_year_that_is_told_once_dates_nothing():
    text = f"在车间听到的话\n文  泉\n　　这是1987年，我刚当车间工会主席。\n　　{DEMAND}\n"
    assert only_issue(text).date is None


def test_the_same_text_parses_the_same_with_every_indent():
    text = f"【要闻】\n{MEETING}\n\t{TALK}\n\t（市总）\n{SIGNING}\n\t{PACT}\n"
    wanted = cuts(only_issue(text))
    for indent in ("　　", "    ", " 　 "):
        assert cuts(only_issue(text.replace("\t", indent))) == wanted


@pytest.mark.parametrize(
    "unit",
    ["一\n", "【工作动态】\n", "（", "（市总）\n", "市总工会召开座谈会\n", "●会议召开。\n",
     "附件1\n",
     "会议召开。（市总工会）\n", "第3期\n会议召开。\n", "目录\n", "李明\n", "- 1 -\n市总工会\n",
     "工作动态：\n市总工会召开座谈会\n", "市总工会\n座谈会召开推进就业\n　　会议召开。\n"],
)  # fmt: skip
def test_absurd_texts_parse(unit):
    parsed(unit * 700)


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("东湖市总工会办公室编     2012年3月15日", "东湖市总工会办公室"),
        ("云岭区总工会办公室　编印　　二〇一〇年六月二十八日", "云岭区总工会办公室"),
        ("主办：清溪中学办公室    出版日期：2012年10月31日", "清溪中学办公室"),
        ("县政府办公室信息科          2015年4月20日", "县政府办公室信息科"),
        ("望江区残联主办    6月5日出版", "望江区残联"),
        ("碼頭及倉務職工會出版　　一九九八年七月十五日", "碼頭及倉務職工會"),
        ("（2012年度经验材料汇编）", None),
        ("2012年3月15日", None),
    ],
)
def test_who_makes_a_bulletin(head, who):
    text = (
        f"工会简报\n第3期\n{head}\n\n一个标题在这里\n　　市总工会召开会议，部署工作。（市总工会）\n"
    )
    assert parse_text(text).issues[0].editor == who


def test_the_editor_of_the_imprint():
    text = (
        "工会简报\n第3期\n\n一个标题在这里\n　　市总工会召开会议，部署工作。（市总工会）\n\n"
        "责任编辑：潘  雯        共印50份\n"
    )
    assert parse_text(text).issues[0].editor == "潘雯"
