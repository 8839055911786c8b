"""Sources in square brackets, distributions, listed sections and briefs with a title."""

from __future__ import annotations

import pytest
from parse_samples import DEMAND, MEETING, PACT, SAFETY, SIGNING, TALK, cuts, only_issue, words_of


@pytest.mark.parametrize("brackets", ["〔〕", "［］", "[]"])
def test_a_unit_in_square_brackets_that_closes_a_body_is_its_source(brackets):
    left, right = brackets
    issue = only_issue(
        f"【动态】\n{MEETING}\n{TALK}\n{left}县总工会创新办{right}\n\n"
        f"{SIGNING}\n{PACT}{left}县总{right}\n{SAFETY}\n{DEMAND}\n{left}办公室{right}\n"
    )
    assert cuts(issue) == [
        ("动态", "a", MEETING, "县总工会创新办"),
        ("动态", "a", SIGNING, "县总"),
        ("动态", "a", SAFETY, "办公室"),
    ]


@pytest.mark.parametrize("first", ["要闻", "市总机关"])
def test_brackets_that_mark_sections_mark_no_sources(first):
    issue = only_issue(
        f"工会信息\n第3期\n〔{first}〕\n{MEETING}\n{TALK}\n〔基层工会〕\n{SIGNING}\n{PACT}\n"
    )
    assert issue.sections == (first, "基层工会")
    assert [a.source for a in issue.articles] == [None, None]


def test_square_brackets_below_a_source_are_a_section():
    issue = only_issue(f"{MEETING}\n{TALK}（市总）\n〔基层工会〕\n{SIGNING}\n{PACT}\n")
    assert cuts(issue) == [(None, "a", MEETING, "市总"), ("基层工会", "a", SIGNING, None)]


def test_a_unit_with_nothing_below_is_a_source_though_its_brackets_mark_sections():
    issue = only_issue(
        f"〔要闻〕\n{MEETING}\n{TALK}\n〔县总工会〕\n〔基层〕\n{SIGNING}\n{PACT}\n〔城东街道〕\n"
    )
    assert cuts(issue) == [
        ("要闻", "a", MEETING, "县总工会"),
        ("基层", "a", SIGNING, "城东街道"),
    ]


@pytest.mark.parametrize("label", ["本期发", "分发", "分发范围", "发送单位", "本期抄送"])
def test_whom_an_issue_goes_to_is_no_article(label):
    issue = only_issue(f"{MEETING}\n{TALK}（市总）\n\n{label}：路局领导、各站段工会\n")
    assert cuts(issue) == [(None, "a", MEETING, "市总")]
    assert issue.distribution == f"{label}：路局领导、各站段工会"


CONTENTS = f"""工会信息
第3期
目    录
领导讲话
    {MEETING}…………（1）
特别推荐
    {SIGNING}…………（5）

"""


def test_a_section_of_the_contents_opens_after_an_article_without_source():
    text = (
        f"{CONTENTS}领导讲话\n\n{MEETING}\n\n同志们：\n    {TALK}\n    谢谢大家！\n\n- 1 -\n\n"
        f"特别推荐\n\n{SIGNING}\n\n    {PACT}\n    （城东街道）\n"
    )
    assert cuts(only_issue(text)) == [
        ("领导讲话", "a", MEETING, None),
        ("特别推荐", "a", SIGNING, "城东街道"),
    ]


def test_a_list_of_short_names_is_of_sections():
    text = (
        f"工会信息\n第3期\n目录\n★ 会议\n★ 基层动态\n\n会议\n{MEETING}\n{TALK}\n{DEMAND}\n\n"
        f"基层动态\n▲ {SAFETY}。{DEMAND}（机床厂）\n"
    )
    assert words_of(text, "contents") == ["目录\n★ 会议\n★ 基层动态"]
    assert cuts(only_issue(text)) == [
        ("会议", "a", MEETING, None),
        ("基层动态", "b", SAFETY, "机床厂"),
    ]


def test_a_title_of_the_contents_is_no_section():
    text = (
        f"工会信息\n第3期\n目    录\n开展读书活动…………（1）\n{SIGNING}…………（5）\n\n"
        f"开展读书活动\n李明\n{TALK}\n{SIGNING}\n{PACT}\n"
    )
    issue = only_issue(text)
    assert issue.sections == ()
    assert [(a.title, a.author) for a in issue.articles] == [
        ("开展读书活动", "李明"),
        (SIGNING, None),
    ]


@pytest.mark.parametrize("mark", ["★ ", "· ", ""])
def test_the_last_entry_of_the_contents_is_no_section(mark):
    contents = f"{mark}{MEETING}\n{mark}基层动态"
    text = (
        f"工会信息\n第3期\n本期目录\n{contents}\n\n要闻\n{MEETING}\n{TALK}\n（市总）\n\n"
        f"基层动态\n▲ {SAFETY}。{DEMAND}（机床厂）\n"
    )
    assert words_of(text, "contents") == [f"本期目录\n{contents}"]
    assert cuts(only_issue(text)) == [
        ("要闻", "a", MEETING, "市总"),
        ("基层动态", "b", SAFETY, "机床厂"),
    ]


def test_a_section_that_comes_again_is_no_entry():
    text = (
        f"工会信息\n第3期\n目录\n{MEETING}\n{SIGNING}\n\n【动态】\n{MEETING}\n{TALK}（市总）\n"
        f"【动态】\n{SIGNING}\n{PACT}（城东街道）\n"
    )
    assert words_of(text, "contents") == [f"目录\n{MEETING}\n{SIGNING}"]
    assert only_issue(text).sections == ("动态", "动态")


def test_words_before_a_full_width_space_are_the_title_of_a_brief():
    issue = only_issue(f"●{SAFETY}　{DEMAND}{PACT}（机床厂）\n●{SIGNING}　{PACT}（城东街道）\n")
    assert cuts(issue) == [(None, "b", SAFETY, "机床厂"), (None, "b", SIGNING, "城东街道")]
    assert [a.body for a in issue.articles] == [DEMAND + PACT, PACT]


@pytest.mark.parametrize(
    "opening", ["本报讯", "海棠记者站消息", "城东街道", "3月5日", "会议要求，", "李明"]
)
def test_what_opens_a_sentence_before_a_space_is_no_title(opening):
    article = only_issue(f"【简讯】\n●{opening}　{SAFETY}。{DEMAND}\n").articles[0]
    assert (article.title, article.body) == (f"{opening}　{SAFETY}", DEMAND)
