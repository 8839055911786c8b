"""Shapes that a bulletin shows as a whole: a form that comes again tells what each line is."""

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

BOOKS = "县图书馆把书送到田间地头"
RAIN = "连续三天的大雨过后，护林队员在山上找到了走失的羊群。"


def two_sections(form: str, names: tuple[str, str] = ("农家故事", "田头会诊")) -> str:
    """Two sections with two articles each, their names set in a form."""
    first, second = (form.format(x) for x in names)
    return (
        f"{first}\n{MEETING}\n    {TALK}（市总办公室）\n{BOOKS}\n    {RAIN}（县图书馆）\n"
        f"{second}\n{SIGNING}\n    {PACT}（城东街道）\n{SAFETY}\n    {DEMAND}（机床厂）\n"
    )


@pytest.mark.parametrize(
    "form",
    [
        "～～{}～～",
        "=== {} ===",
        ">> {} <<",
        "◆◇ {} ◇◆",
        "—— {} ——",
        "── {} ──",
        "▍{}",
        ">> {}",
        "✿ {}",
        "⬛ {}",
        "{}：",
        "{}",
        "\n{}\n",
        "　　　　　　　　{}",
        "「{}」",
        "■【{}】",
    ],
)
def test_a_form_that_comes_again_above_titles_names_sections(form):
    issue = only_issue(two_sections(form))
    assert cuts(issue) == [
        ("农家故事", "a", MEETING, "市总办公室"),
        ("农家故事", "a", BOOKS, "县图书馆"),
        ("田头会诊", "a", SIGNING, "城东街道"),
        ("田头会诊", "a", SAFETY, "机床厂"),
    ]


def test_a_framed_subtitle_is_no_section():
    issue = only_issue(f"【通讯】\n{BOOKS}\n——记下乡的日子——\n{RAIN}（县图书馆）\n")
    assert issue.sections == ("通讯",)
    assert issue.articles[0].title == BOOKS


def test_untitled_paragraphs_below_a_name_of_the_same_form_are_briefs():
    text = two_sections("{}") + f"五月掠影\n    {SAFETY}。{DEMAND}\n    书屋开放。{RAIN}\n"
    assert cuts(only_issue(text))[4:] == [
        ("五月掠影", "b", SAFETY, None),
        ("五月掠影", "b", "书屋开放", None),
    ]


def test_questions_and_answers_below_a_short_title_are_no_briefs():
    issue = only_issue(
        f"{MEETING}\n    {TALK}（市总办公室）\n维权信箱\n    问：被调岗了怎么办？\n"
        f"    答：先与单位协商。{RAIN}\n"
    )
    assert [(a.kind, a.title) for a in issue.articles] == [
        ("article", MEETING),
        ("article", "维权信箱"),
    ]


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("\n　　　　　　　　　　　　——{}", "城东区总工会"),
        ("　　——{}", "城东所"),
        ("\n　　　　　　　　　　　　　　　　　　　　{}", "城东区总工会"),
        ("\n{}供稿", "城东区总工会"),
        ("\n{}　整理", "城东区总工会"),
        ("\n供稿/{}", "城东区总工会"),
        ("\n来源：{}", "药学部　护理部"),
    ],
)
def test_a_source_by_its_place_alone(form, source):
    first, second = TALK + form.format(source), PACT + form.format("老干部局")
    issue = only_issue(f"{MEETING}\n    {first}\n{SIGNING}\n    {second}\n")
    assert cuts(issue) == [(None, "a", MEETING, source), (None, "a", SIGNING, "老干部局")]
    assert paragraphs(issue.articles[0]) == [TALK]


def test_a_title_in_the_middle_is_no_source():
    text = f"{'　' * 12}{BOOKS}\n{RAIN}\n{'　' * 12}冬日里的琴声\n{TALK}\n"
    assert [c[2] for c in cuts(only_issue(text))] == [BOOKS, "冬日里的琴声"]


def test_verses_that_are_set_in_are_text():
    issue = only_issue(
        "【诗歌】\n矿灯\n作者：鲁石\n"
        "    你把夜咬破\n    漏出一点黄\n    我沿着那点黄\n    走了三十年\n"
        "登高\n尚 若 素\n"
        "        木叶萧萧下石台，\n        一壶浊酒菊初开。\n        半在青山半在怀。\n"
    )
    assert [(a.title, a.author) for a in issue.articles] == [("矿灯", "鲁石"), ("登高", "尚 若 素")]
    assert [len(paragraphs(a)) for a in issue.articles] == [4, 3]


def test_letters_apart_below_a_subtitle_are_the_author():
    issue = only_issue(f"云 上 的 日 子\n——献给在山上\n度过青春的人们\n逄 雪 松\n\n    {RAIN}\n")
    article = issue.articles[0]
    assert (article.title, article.author) == ("云 上 的 日 子", "逄 雪 松")
    assert article.subtitle == "献给在山上\n度过青春的人们"


@pytest.mark.parametrize("line", ["路志办公室　整理", "文 | 路志办公室"])
def test_a_unit_that_wrote_is_named_below_the_title(line):
    article = only_issue(f"{BOOKS}\n{line}\n    {RAIN}\n").articles[0]
    assert (article.title, article.author or article.source) == (BOOKS, "路志办公室")


def test_a_title_broken_at_a_comma_begins_an_article_where_it_is_set_as_titles_are():
    issue = only_issue(
        f"【要闻】\n{MEETING}\n　　{TALK}\n红领巾广播站停播一天，\n"
        f"因为大家都去听一只蝉\n　　{RAIN}\n{SIGNING}\n　　{PACT}\n"
    )
    assert [c[2] for c in cuts(issue)] == [
        MEETING,
        "红领巾广播站停播一天，\n因为大家都去听一只蝉",
        SIGNING,
    ]


def test_marked_paragraphs_with_sources_of_their_own_are_briefs():
    issue = only_issue(
        f"【支部传真】\n{MEETING}\n　　{TALK}\n　　☆{SAFETY}。{DEMAND}（机床厂）\n"
        f"　　☆{SIGNING}。{PACT}（城东街道）\n{BOOKS}\n　　{RAIN}\n"
    )
    assert [(c[1], c[2]) for c in cuts(issue)] == [
        ("a", MEETING), ("b", SAFETY), ("b", SIGNING), ("a", BOOKS),
    ]  # fmt: skip


def test_without_a_source_before_the_next_section_short_lines_are_titles():
    issue = only_issue(
        f"【要闻】\n{MEETING}\n{TALK}（市总）\n{SIGNING}\n{PACT}（城东街道）\n"
        f"【曝光】\n氧气瓶与乙炔瓶混放\n{RAIN}\n门机扶梯锈蚀至今未修\n{TALK}\n【简讯】\n●{SAFETY}。\n"
    )
    assert [c[2] for c in cuts(issue) if c[0] == "曝光"] == [
        "氧气瓶与乙炔瓶混放",
        "门机扶梯锈蚀至今未修",
    ]


def test_a_list_of_places_with_figures_is_a_table():
    text = (
        f"{MEETING}\n\n{TALK}\n\n第1名 骨科        99.1分\n\n……\n\n第26名 普外科        90.3分\n\n"
        f"第27名 急诊科        89.8分\n\n{DEMAND}\n\n来源：质控办\n"
    )
    issue = only_issue(text)
    assert cuts(issue) == [(None, "a", MEETING, "质控办")]
    assert len(paragraphs(issue.articles[0])) == 6


def test_what_stands_below_the_last_rule_is_no_article():
    text = f"{MEETING}\n　　{TALK}\n﹏﹏﹏﹏﹏﹏﹏﹏\n谷川镇中兴路88号1楼\n"
    assert paragraphs(only_issue(text).articles[0]) == [TALK]


def test_a_special_issue_in_brackets_belongs_to_the_masthead():
    issue = only_issue(f"助残简报\n2017年第6期\n【全国助残日专刊】\n\n{MEETING}\n　　{TALK}\n")
    assert issue.sections == ()
    assert issue.masthead is not None
    assert issue.masthead.endswith("【全国助残日专刊】")


def test_what_an_excerpt_is_taken_from_numbers_no_issue():
    text = f"工会简报\n第3期\n{MEETING}\n{TALK}\n摘自《参考》2016年第2期\n{SIGNING}\n{PACT}\n"
    (issue,) = parsed(text).issues
    assert issue.number == "3"
    assert issue.articles[0].source == "摘自《参考》2016年第2期"


@pytest.mark.parametrize(
    ("line", "number", "date"),
    [
        ("第 十 七 辑　　二〇〇八年五月", "17", "2008-05"),
        ("第14周　总第522号　2019.12.6", "14", "2019-12-06"),
        ("第5期　中華民國103年5月12日出刊", "5", "2014-05-12"),
        ("2022年第18期（5月9日—5月15日）", "18", None),
    ],
)
def test_numbers_and_dates_of_other_kinds(line, number, date):
    text = f"路 志 资 料\n{line}\n【史料】\n{MEETING}\n{TALK}\n"
    issue = only_issue(text)
    assert issue.number == number
    assert line in words_of(text, "masthead")[0]
    if date:
        assert issue.date is not None
        assert issue.date.value == date


def test_a_notice_is_dated_by_its_signature_above_the_annex():
    issue = only_issue(
        f"关于举办技能大赛的通知\n各会员单位：\n　　{TALK}\n{'　' * 16}餐饮行业协会\n"
        f"{'　' * 16}2016年8月2日\n附件1\n日程安排\n日期\t内容\n9月5日\t抽签\n"
    )
    assert issue.date is not None
    assert issue.date.value == "2016-08-02"
    assert len(issue.articles) == 1


def test_a_paragraph_that_breaks_at_a_comma_goes_on():
    width = "大会以无记名投票方式选举产生了由三十五人组成的第七届理事会并"
    text = "信息窗\n\n" + "".join(
        f"　　{name}开始报名。{width[:20]}\n{width}\n费用八百元。\n" for name in ("甲班", "乙班")
    )
    text += "　　丙班开始报名。培训时间为三月五日至十六日，\n费用八百六十元，报名截止二月。\n"
    assert [a.title for a in only_issue(text).articles] == [
        "甲班开始报名",
        "乙班开始报名",
        "丙班开始报名",
    ]


def test_names_that_end_alike_above_titles_are_sections():
    names = ("机械工程学院代表团", "经济管理学院代表团", "离退休代表团")
    text = "".join(f"{name}\n{BOOKS}到{i}村\n　　{TALK}\n" for i, name in enumerate(names))
    assert only_issue(text).sections == names


def test_numbers_in_square_brackets_are_sections_and_others_subheads():
    text = (
        f"[一] 事故通报\n{MEETING}\n　　{TALK}\n"
        f"一、事件经过\n　　{RAIN}\n二、暴露问题\n　　{PACT}\n"
        f"[二] 安全动态\n{SIGNING}\n　　{PACT}\n"
    )
    issue = only_issue(text)
    assert issue.sections == ("事故通报", "安全动态")
    assert [a.title for a in issue.articles] == [MEETING, SIGNING]


def test_a_name_in_marks_above_a_date_is_the_masthead():
    head = "★ 赛 会 快 报 ★\n运动会新闻中心　　10月18日　星期二\n"
    text = f"{head}——今日焦点——\n{MEETING}\n　　{TALK}\n"
    issue = only_issue(text)
    assert issue.sections == ("今日焦点",)
    assert issue.masthead is not None
    assert issue.masthead.startswith("★ 赛 会 快 报 ★")


def test_a_line_with_two_labels_gives_author_and_source():
    text = f"{MEETING}\n作者：阳光　　来源：岭下公路站\n　　{TALK}\n"
    article = only_issue(text).articles[0]
    assert (article.title, article.author, article.source) == (MEETING, "阳光", "岭下公路站")


def test_contents_in_two_columns():
    text = (
        "会讯\n第五期\n今期内容\n"
        "主席的话 ………… 1　　薪酬专题 ………… 2\n投诉个案 ………… 4　　康乐活动 ………… 6\n\n"
        f"主席的话\n\n{BOOKS}\n　　{RAIN}\n\n薪酬专题\n\n{MEETING}\n　　{TALK}\n"
    )
    assert only_issue(text).sections == ("主席的话", "薪酬专题")


def test_a_short_line_alone_above_marked_sentences_names_briefs():
    text = f"{MEETING}\n{TALK}\n来源：办公室\n县区快递\n△{SAFETY}。{DEMAND}\n△{SIGNING}。{PACT}\n"
    assert [c[:3] for c in cuts(only_issue(text))[1:]] == [
        ("县区快递", "b", SAFETY),
        ("县区快递", "b", SIGNING),
    ]


def test_a_question_with_a_number_is_a_title_where_a_text_follows():
    text = f"【一线反映】\n1.“高温津贴能不能按天发？”\n　　{TALK}\n2.托管班又要开课了\n　　{RAIN}\n"
    issue = only_issue(text)
    assert [(a.kind, a.title) for a in issue.articles] == [
        ("article", "“高温津贴能不能按天发？”"),
        ("article", "托管班又要开课了"),
    ]


def test_names_in_a_row_below_a_title_are_its_text():
    text = (
        f"{BOOKS}\n　　{RAIN}\n新任分会会长\n"
        "　　文山分会　蔡明哲（组员）\n　　板桥分会　何淑芬（老师）\n"
        "　　以上两位会长自二月起任职。\n"
    )
    article = only_issue(text).articles[1]
    assert (article.title, article.author) == ("新任分会会长", None)
    assert len(paragraphs(article)) == 3


def test_many_short_lines_below_an_author_are_verses_without_an_indent_too():
    verses = "灯亮着\n走廊很长\n我把脚步放得很轻\n\n他的母亲伏在床沿\n梦见了院子里的枣树\n"
    text = f"「要闻」\n{MEETING}\n　　{TALK}\n「副刊」\n《夜班》\n文/周晓棠（儿科）\n\n{verses}"
    article = only_issue(text).articles[1]
    assert (article.title, len(paragraphs(article))) == ("《夜班》", 5)
