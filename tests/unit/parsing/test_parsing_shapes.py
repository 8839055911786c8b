"""Bulletins of many shapes, each with the cuts that a reader would make."""

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
    words_of,
)


def test_several_issues_in_one_file():
    head = "职 工 之 友\n第{}期\n（总第{}期）\n海棠市总工会宣教部编　{}\n═══════\n"
    first = head.format("十一", "二百零三", "二〇一一年十一月三十日") + (
        f"〔要闻〕\n{MEETING}\n　　{TALK}（市总办公室）\n报：省总工会\n送：市委\n（共印200份）\n"
    )
    second = head.format("十二", "二百零四", "二〇一一年十二月三十日") + (
        f"{SAFETY}\n　　{DEMAND}（机床厂）\n发：各基层工会\n"
    )
    one, two = parsed(first + second).issues
    assert (one.title, one.number, one.total_number) == ("职工之友", "11", "203")
    assert (two.title, two.number, two.total_number) == ("职工之友", "12", "204")
    assert one.date is not None
    assert two.date is not None
    assert (one.date.value, two.date.value) == ("2011-11-30", "2011-12-30")
    assert one.distribution == "报：省总工会\n送：市委"
    assert cuts(one) == [("要闻", "a", MEETING, "市总办公室")]
    assert cuts(two) == [(None, "a", SAFETY, "机床厂")]


def test_issues_without_masthead_part_at_the_distribution():
    text = f"【要闻】\n{MEETING}\n{TALK}（市总）\n本期印发：各工会\n ●{MEETING}\n \n"
    one, two = parsed(text + f"【基层】\n{SIGNING}\n{PACT}（城东街道）\n").issues
    assert cuts(one) == [("要闻", "a", MEETING, "市总")]
    assert cuts(two) == [("基层", "a", SIGNING, "城东街道")]
    assert words_of(text, "remainder") == [f"●{MEETING}"]


def test_no_blank_lines_no_indents_no_sources():
    issue = only_issue(
        "海 棠 工 会 简 报   第5期（总第77期）\n"
        f"海棠市总工会主办　2014年6月3日\n{MEETING}\n{TALK}\n"
        f"{DEMAND}\n海棠机床厂工会开展安全生产月活动\n{PACT}\n责任编辑：值班室　电话：12345678\n"
    )
    assert issue.title == "海棠工会简报"
    assert [c[2] for c in cuts(issue)] == [MEETING, "海棠机床厂工会开展安全生产月活动"]
    assert paragraphs(issue.articles[0]) == [TALK, DEMAND]


def test_contents_with_leaders_and_subheads_in_a_body():
    text = (
        "海棠工会\n（月刊）\n2015年第6期\n总第201期\n目    录\n"
        f"【工作动态】\n{MEETING}　推进就业援助…………1\n"
        f"【经验交流】\n{SAFETY} ………… 5\n\n【工作动态】\n{MEETING}\n推进就业援助\n　　{TALK}\n"
        f"【经验交流】\n{SAFETY}\n　　{DEMAND}\n　　一、抓好培训\n"
        f"　　{PACT}\n　　　　　　（机床厂供稿）\n"
    )
    issue = only_issue(text)
    assert (issue.title, issue.number, issue.total_number) == ("海棠工会", "6", "201")
    assert cuts(issue) == [
        ("工作动态", "a", f"{MEETING}\n推进就业援助", None),
        ("经验交流", "a", SAFETY, "机床厂"),
    ]
    assert paragraphs(issue.articles[1]) == [DEMAND, "一、抓好培训", PACT]
    assert len(words_of(text, "contents")) == 1


def test_a_front_box_is_contents():
    text = (
        f"海棠工会简报\n第8期\n●{MEETING}\n●{SIGNING}\n{MEETING}\n　　{TALK}\n　　　　（市总）\n"
        f"{SIGNING}\n　　{PACT}\n　　　　（城东街道）\n分送：市委办、市人大办、\n各县（区）总工会\n"
    )
    issue = only_issue(text)
    assert cuts(issue) == [(None, "a", MEETING, "市总"), (None, "a", SIGNING, "城东街道")]
    assert words_of(text, "contents") == [f"●{MEETING}\n●{SIGNING}"]
    assert issue.distribution == "分送：市委办、市人大办、\n各县（区）总工会"


def test_a_plain_list_that_comes_back_is_contents():
    text = f"海棠工会简报\n第8期\n{MEETING}\n{SIGNING}\n\n{MEETING}\n{TALK}\n{SIGNING}\n{PACT}\n"
    issue = only_issue(text)
    assert [c[2] for c in cuts(issue)] == [MEETING, SIGNING]
    assert words_of(text, "contents") == [f"{MEETING}\n{SIGNING}"]


def test_a_title_that_comes_back_after_the_distribution_is_no_list():
    text = f"{MEETING}\n{TALK}（市总）\n本期印发：各工会\n●{MEETING}\n"
    assert [c[2] for c in cuts(only_issue(text))] == [MEETING]


def test_a_date_above_the_first_title_is_a_masthead():
    issue = only_issue(f"2012年3月15日\n{MEETING}\n{TALK}\n")
    assert issue.masthead == "2012年3月15日"
    assert [c[2] for c in cuts(issue)] == [MEETING]


def test_numbered_sections_with_numbered_articles():
    issue = only_issue(
        f"一、工作动态\n1.{MEETING}\n{TALK}（市总）\n2.{SIGNING}\n{PACT}（城东街道）\n"
        f"二、基层信息\n1.{SAFETY}\n{DEMAND}\n2.职工书屋开放\n{PACT}\n"
    )
    assert cuts(issue) == [
        ("工作动态", "a", MEETING, "市总"),
        ("工作动态", "a", SIGNING, "城东街道"),
        ("基层信息", "a", SAFETY, None),
        ("基层信息", "a", "职工书屋开放", None),
    ]


def test_numbered_subheads_are_no_sections():
    issue = only_issue(
        f"海棠市机床厂工会创新服务\n{TALK}\n一、抓好培训\n{DEMAND}\n二、抓好检查\n{PACT}\n"
    )
    assert issue.sections == ()
    assert cuts(issue) == [(None, "a", "海棠市机床厂工会创新服务", None)]


def test_an_official_report():
    text = (
        "机密\n海棠市工会工作简报\n〔2015〕21号\n"
        "海棠市总工会办公室　　　　　2015年7月8日\n————————————\n"
        f"关于开展安全生产月\n活动情况的报告\n市委：\n　　{TALK}\n"
        f"　　一、基本情况\n　　{DEMAND}\n　　特此报告。\n"
        "　　　　　　海棠市总工会\n　　　　　　2015年7月6日\n主题词：工会 安全 报告\n"
        "抄送：省总工会，市安监局，\n　　　市人社局。\n海棠市总工会办公室　　2015年7月8日印发\n"
    )
    issue = only_issue(text)
    assert (issue.title, issue.number) == ("海棠市工会工作简报", "21")
    assert issue.date is not None
    assert issue.date.value == "2015-07-08"
    assert issue.articles[0].title == "关于开展安全生产月\n活动情况的报告"
    assert paragraphs(issue.articles[0])[-2:] == ["海棠市总工会", "2015年7月6日"]
    assert issue.distribution == "抄送：省总工会，市安监局，\n市人社局。"


def test_a_letter_alone_is_dated_by_its_signature():
    issue = only_issue(
        f"致全市职工的一封信\n\n各位职工朋友：\n　　{TALK}\n"
        "　　此致\n敬礼！\n\n　　　　海棠市总工会\n"
        "　　　　2012年4月20日\n"
    )
    assert issue.date is not None
    assert (issue.date.value, issue.date.basis) == ("2012-04-20", "printed")
    assert issue.articles[0].source is None
    assert paragraphs(issue.articles[0])[-2:] == ["海棠市总工会", "2012年4月20日"]


def test_an_article_after_a_letter():
    issue = only_issue(
        f"关于开展读书月活动的通知\n各县（区）总工会：\n　　{PACT}\n　　　　海棠市总工会\n"
        f"　　　　二〇一二年四月二十三日\n{SIGNING}\n　　{PACT}（城东街道）\n"
    )
    assert [c[2] for c in cuts(issue)] == ["关于开展读书月活动的通知", SIGNING]


def test_kicker_title_subtitle_and_bylines():
    issue = only_issue(
        f"—工作动态—\n凝心聚力　服务大局\n{MEETING}\n"
        "——来自三十个单位的代表\n共商援助之策\n本报记者 李明\n"
        f"{TALK}\n（市总办公室）\n在全委会议上的讲话\n"
        f"（2012年3月9日）\n市总工会主席　李明\n同志们：\n{DEMAND}\n"
    )
    first, second = issue.articles
    assert first.kicker == "凝心聚力　服务大局"
    assert first.title == MEETING
    assert first.subtitle == "来自三十个单位的代表\n共商援助之策"
    assert first.author == "李明"
    assert second.author == "李明"
    assert paragraphs(second) == ["（2012年3月9日）", "同志们：", DEMAND]


def test_a_marked_name_below_a_title_is_the_author():
    article = only_issue(f"【文苑】\n我的师傅\n■李小明（机床厂）\n{TALK}\n").articles[0]
    assert (article.title, article.author) == ("我的师傅", "李小明（机床厂）")


@pytest.mark.parametrize(
    ("mark", "number"),
    [("●", ""), ("■", ""), ("☆", ""), ("", "1、2、"), ("", "（1）（2）"), ("", "①②")],
)
def test_briefs_with_every_mark(mark, number):
    half = len(number) // 2
    first, second = (mark, mark) if mark else (number[:half], number[half:])
    issue = only_issue(
        f"〖简讯〗\n{first}{SAFETY}。{DEMAND}（机床厂）\n"
        f"　　{second}{SIGNING}。{PACT}\n　　（城东街道）\n"
    )
    assert cuts(issue) == [
        ("简讯", "b", SAFETY, "机床厂"),
        ("简讯", "b", SIGNING, "城东街道"),
    ]
    assert [a.body for a in issue.articles] == [DEMAND, PACT]


def test_briefs_without_marks():
    issue = only_issue(f"简讯\n{SAFETY}。{DEMAND}\n{SIGNING}。{PACT}（城东街道）\n")
    assert cuts(issue) == [("简讯", "b", SAFETY, None), ("简讯", "b", SIGNING, "城东街道")]


def test_a_brief_of_one_sentence_has_it_twice():
    issue = only_issue(f"【简讯】\n●{SAFETY}。\n●{SIGNING}（城东街道总工会）\n")
    assert [(a.title, a.body) for a in issue.articles] == [
        (SAFETY, f"{SAFETY}。"),
        (SIGNING, SIGNING),
    ]


def test_short_paragraphs_without_a_stop_end_at_their_source():
    issue = only_issue(
        f"【动态】\n{MEETING}\n三十余名代表参加会议（市总工会）\n{SIGNING}\n{PACT}\n"
        f"【简讯】\n{SAFETY}（机床厂工会）\n职工书屋开放（图书馆）\n"
    )
    assert cuts(issue) == [
        ("动态", "a", MEETING, "市总工会"),
        ("动态", "a", SIGNING, None),
        ("简讯", "b", SAFETY, "机床厂工会"),
        ("简讯", "b", "职工书屋开放", "图书馆"),
    ]


def test_untitled_paragraphs_with_sources_are_briefs():
    issue = only_issue(f"【各地动态】\n{TALK}（城东区总工会）\n{PACT}（城西区总工会）\n")
    assert [(c[1], c[3]) for c in cuts(issue)] == [("b", "城东区总工会"), ("b", "城西区总工会")]


def test_pages_and_running_heads_are_omitted():
    text = (
        "海棠工会信息\n二○一三年第六期\n（总第九十九期）\n\n"
        f"{MEETING}\n　　{TALK}\n— 1 —\n\f海棠工会信息\n"
        f"　　{DEMAND}\n　　（市总）\n- 2 -\n\f海棠工会信息  2013年第6期\n{SIGNING}\n　　{PACT}\n"
    )
    issue = only_issue(text)
    first = issue.articles[0]
    assert paragraphs(first) == [TALK, DEMAND]
    assert [text[a:b] for a, b in first.omitted] == ["— 1 —", "海棠工会信息"]
    assert [c[2] for c in cuts(issue)] == [MEETING, SIGNING]


def test_brackets_that_are_no_sources_stay():
    issue = only_issue(
        f"【经验】\n{MEETING}\n{TALK}填写《登记表》（见附表）\n"
        f"{DEMAND}（写于己亥年春）\n{PACT}（市总）\n"
    )
    assert issue.articles[0].source == "市总"
    assert paragraphs(issue.articles[0])[0].endswith("（见附表）")
    assert paragraphs(issue.articles[0])[1].endswith("（写于己亥年春）")


def test_a_bracket_in_the_middle_does_not_end_an_article():
    text = f"{MEETING}\n{TALK}（市总）\n{DEMAND}\n供稿：市总办公室　　审核：值班室\n"
    issue = only_issue(text)
    assert [text[a:b] for a, b in issue.articles[0].omitted] == ["审核：值班室"]
    assert cuts(issue) == [(None, "a", MEETING, "市总办公室")]
    assert paragraphs(issue.articles[0])[0] == f"{TALK}（市总）"


def test_hard_wrapped_paragraphs():
    issue = only_issue(
        f"【工作动态】\n{MEETING}\n    3月5日上午，市总工会在职工服务中心召开春季就业援助\n"
        "座谈会，来自各县区的三十余名代表参加了会议并发言，大家\n"
        "围绕就业援助工作提出了意见建议。（市总）\n"
        f"{SIGNING}\n    近日，城东街道总工会组织辖区十二家企业签订了工资专\n"
        "项集体合同。\n（城东街道）\n"
    )
    assert cuts(issue) == [
        ("工作动态", "a", MEETING, "市总"),
        ("工作动态", "a", SIGNING, "城东街道"),
    ]


def test_slogans_and_centred_lines():
    issue = only_issue(
        f"【基层】\n接访日里暖民心\n　　{TALK}\n"
        f"　　　　　　事事有回音　件件有着落\n　　{DEMAND}（云岭区）\n"
        f"一张连心卡\n　　{PACT}（云岭区）\n　　　　劳动光荣　创造伟大\n【简讯】\n●{SAFETY}。\n"
    )
    assert [c[2] for c in cuts(issue)] == ["接访日里暖民心", "一张连心卡", SAFETY]
    assert "事事有回音　件件有着落" in paragraphs(issue.articles[0])


def test_lists_and_tables_stay_in_the_body():
    issue = only_issue(
        f"【报告】\n{MEETING}\n　　{TALK}\n单位\t书屋数\n"
        f"城东\t12\n　　主要做法有：\n●加强领导\n●{DEMAND}\n"
        f"（市总）\n{SIGNING}\n　　{PACT}（城东街道）\n"
    )
    assert paragraphs(issue.articles[0]) == [
        TALK, "单位\t书屋数", "城东\t12", "主要做法有：", "●加强领导", f"●{DEMAND}",
    ]  # fmt: skip
    assert len(issue.articles) == 2


def test_a_section_and_a_title_on_one_line():
    issue = only_issue(
        f"【工作动态】{MEETING}\n　　{TALK}（市总）\n【简讯】●{SAFETY}。{DEMAND}（机床厂）\n"
    )
    assert cuts(issue) == [("工作动态", "a", MEETING, "市总"), ("简讯", "b", SAFETY, "机床厂")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(end):
    text = f"【简讯】\n●{SAFETY}。{DEMAND}（机床厂）\n\n●{SIGNING}。{PACT}\n"
    assert cuts(only_issue(text.replace("\n", end))) == cuts(only_issue(text))


@pytest.mark.parametrize("text", ["", "  \n\u3000\n\xa0"])
def test_blank_texts(text):
    result = parsed(text)
    assert result.issues == ()
    assert result.warning is not None
    assert result.warning.code == "parse.empty"


def test_texts_without_structure():
    titled = only_issue("hello world\n").articles[0]
    assert (titled.title, titled.body) == ("hello world", "")
    plain = only_issue("第一行没有结构。\n第二行也没有。\n").articles[0]
    assert (plain.title, plain.body) == (None, "第一行没有结构。\n第二行也没有。")


def test_the_name_dates_a_silent_text_only():
    silent = parsed(f"{MEETING}\n{DEMAND}\n", "2011年第5期.txt").issues[0]
    assert silent.date is not None
    assert (silent.date.value, silent.date.basis) == ("2011", "name")
    assert silent.date.evidence == "2011年第5期.txt"
    assert silent.number == "5"
    loud = parsed(f"工会简报\n第5期\n2012年3月15日\n{MEETING}\n{DEMAND}\n", "2011年第5期.txt")
    assert loud.issues[0].date is not None
    assert loud.issues[0].date.value == "2012-03-15"
    assert loud.warning is not None
    assert loud.warning.code == "parse.date_disagrees"


def test_a_number_that_contradicts_the_name_is_said():
    result = parsed(f"工会简报\n第3期\n{MEETING}\n{DEMAND}\n", "第5期.txt")
    assert result.issues[0].number == "3"
    assert result.warning is not None
    assert result.warning.code == "parse.number_disagrees"
    assert result.warning.params == {"text": "3", "name": "5"}


def test_a_name_numbers_no_issue_of_several():
    text = f"【要闻】\n{MEETING}\n{TALK}（市总）\n本期印发：各工会\n【要闻】\n{SIGNING}\n{PACT}\n"
    issues = parsed(text, "2011年第5期.txt").issues
    assert [(i.number, i.date.value) for i in issues if i.date] == [(None, "2011"), (None, "2011")]
