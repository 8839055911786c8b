"""What each correction means, on small texts; and where it makes no sense."""

from __future__ import annotations

import pytest

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import Cut
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.correcting import correct, line_at
from bulletin_desktop.parsing.sheet import YOURS, issue_starts

TEXT = """工会简报
第3期
2011年5月6日

【工作动态】
让职工满意
市总工会召开全委会议
——总结部署两不误
本报记者 李明
\u3000\u30005月4日，市总工会召开全委会议，总结部署工作。
\u3000\u3000会议由主席主持，各委员出席了会议。（市总办公室）
纺织厂举办技能竞赛
\u3000\u30005月5日，纺织厂举办技能竞赛，三百人参加了比赛。
\u3000\u3000竞赛历时一天，评出十名能手。（纺织厂工会）
【简讯】
●机床厂工会慰问困难职工。五月以来，机床厂工会走访了二十户家庭。（机床厂工会）
●供电公司工会组织体检。全体职工参加了体检。（供电公司工会）

本期印发：各县（区）总工会
"""


def articles(parsed):
    return [article for issue in parsed.issues for article in issue.articles]


def named(parsed, words):
    return next(a for a in articles(parsed) if words in TEXT[a.start : a.end])


def corrected(code, words, parsed=None, text=TEXT, **value):
    return correct(text, parsed or parse_text(text), code, text.index(words), value)


def sections(parsed):
    return [
        issue.sections[a.section] if a.section is not None else None
        for issue in parsed.issues
        for a in issue.articles
    ]


def test_the_text_is_cut_as_these_tests_take_it():
    parsed = parse_text(TEXT)
    assert [a.kind for a in articles(parsed)] == ["article", "article", "brief", "brief"]
    assert sections(parsed) == ["工作动态", "工作动态", "简讯", "简讯"]
    assert [a.source for a in articles(parsed)] == [
        "市总办公室", "纺织厂工会", "机床厂工会", "供电公司工会",
    ]  # fmt: skip


def test_split_lets_an_article_begin_and_reads_it_like_any():
    parsed = corrected("join", "纺织厂举办")
    assert articles(parsed)[0].source == "纺织厂工会"
    assert "纺织厂举办技能竞赛" in articles(parsed)[0].body
    again = corrected("split", "纺织厂举办", parsed)
    first, second, *_ = articles(again)
    assert (first.source, second.source) == ("市总办公室", "纺织厂工会")
    assert (second.title, second.kind) == ("纺织厂举办技能竞赛", "article")
    assert second.body.startswith("5月5日，纺织厂举办")
    assert sections(again) == sections(parse_text(TEXT))


def test_split_inside_a_body_leaves_the_words_above_with_the_old_article():
    parsed = corrected("split", "会议由主席")
    first, second, *_ = articles(parsed)
    assert first.source is None
    assert first.body == "5月4日，市总工会召开全委会议，总结部署工作。"
    assert (second.source, second.title) == ("市总办公室", None)
    assert second.body == "会议由主席主持，各委员出席了会议。"


@pytest.mark.parametrize("heading", ["【基层之窗】", "◆基层之窗", "二、基层之窗", "基层之窗："])
def test_split_below_the_name_of_a_section_opens_that(heading):
    text = TEXT.replace("纺织厂举办技能竞赛\n", f"{heading}\n纺织厂举办技能竞赛\n", 1)
    parsed = parse_text(text)
    whole = next(a for a in articles(parsed) if "召开全委" in text[a.start : a.end])
    below = text.index("纺织厂举办技能竞赛\n")
    if whole.end < below:
        parsed = correct(text, parsed, "join", below, {})
    parsed = correct(text, parsed, "split", below, {})
    assert sections(parsed)[:2] == ["工作动态", "基层之窗"]
    first, second, *_ = articles(parsed)
    assert (first.source, second.title) == ("市总办公室", "纺织厂举办技能竞赛")


def test_join_takes_what_stands_between_into_the_body():
    parsed = corrected("join", "●机床厂")
    second = articles(parsed)[1]
    assert len(articles(parsed)) == 3
    assert second.title == "纺织厂举办技能竞赛"
    assert second.source == "机床厂工会"
    assert "【简讯】\n●机床厂工会慰问困难职工。" in second.body
    assert "十名能手。（纺织厂工会）" in second.body
    # The section of what follows has no heading any more.
    assert sections(parsed) == ["工作动态"] * 3


def test_page_numbers_between_joined_articles_are_left_out():
    text = TEXT.replace("纺织厂举办技能竞赛\n", "- 2 -\n纺织厂举办技能竞赛\n", 1)
    joined = corrected("join", "纺织厂举办", text=text)
    assert "- 2 -" not in articles(joined)[0].body
    first = articles(corrected("split", "纺织厂举办", joined, text))[0]
    assert (first.source, first.omitted) == ("市总办公室", ())


ROLES = {
    "kicker": ("市总工会召开", "市总工会召开全委会议"),
    "title": ("让职工满意", "让职工满意\n市总工会召开全委会议"),
    "subtitle": ("市总工会召开", "市总工会召开全委会议\n总结部署两不误"),
    "author": ("——总结", "——总结部署两不误"),
    "source": ("会议由主席", "市总办公室"),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_line_is_named_a_field(role):
    line, words = ROLES[role]
    first = articles(corrected("role", line, role=role))[0]
    assert words in getattr(first, role)
    assert all(words not in (getattr(first, other) or "") for other in ROLES if other != role)


def test_a_line_above_a_body_is_made_body():
    first = articles(corrected("role", "——总结", role="body"))[0]
    assert first.subtitle is None
    assert first.body.startswith("——总结部署两不误\n5月4日")


def test_another_source_takes_the_place_of_the_old_one():
    text = TEXT.replace("技能竞赛\n", "技能竞赛\n县总工会\n", 1)
    parsed = corrected("role", "县总工会", text=text, role="source")
    second = articles(parsed)[1]
    assert second.source == "县总工会"
    assert second.body.endswith("评出十名能手。（纺织厂工会）")


def test_a_title_below_a_body_opens_an_article():
    joined = corrected("join", "纺织厂举办")
    parsed = corrected("role", "纺织厂举办", joined, role="title")
    assert [a.title for a in articles(parsed)] == [a.title for a in articles(parse_text(TEXT))]


def test_a_heading_made_a_title_belongs_to_the_article_below():
    text = TEXT.replace(
        "【简讯】\n", "【五月竞赛专题】\n\u3000\u3000五月里各厂都有竞赛，共三场。\n【简讯】\n"
    )
    parsed = correct(text, parse_text(text), "role", text.index("五月竞赛"), {"role": "title"})
    made = next(a for a in articles(parsed) if a.title and "五月竞赛专题" in a.title)
    assert "共三场" in made.body
    assert "五月竞赛专题" not in parsed.issues[0].sections


def test_a_line_made_a_section_takes_the_articles_below():
    text = TEXT.replace("让职工满意\n", "")
    text = text.replace("纺织厂举办技能竞赛\n", "车间里的事\n纺织厂举办技能竞赛\n", 1)
    parsed = corrected("role", "车间里的事", text=text, role="section")
    assert sections(parsed) == ["工作动态", "车间里的事", "简讯", "简讯"]
    second = articles(parsed)[1]
    assert (second.kicker, second.title) == (None, "纺织厂举办技能竞赛")
    assert articles(parsed)[0].source == "市总办公室"


def test_the_name_of_a_section_comes_without_marks_and_number():
    for line in ("【 车 间 】", "◆车间", "二、车间"):
        text = TEXT.replace("纺织厂举办技能竞赛\n", f"{line}\n纺织厂举办技能竞赛\n", 1)
        assert "车间" in corrected("role", line, text=text, role="section").issues[0].sections


def test_a_new_issue_begins_with_a_line_and_is_read_anew():
    text = TEXT + TEXT.replace("第3期", "第4期").replace("5月6日", "6月6日")
    joined = parse_text(text)
    assert [issue.number for issue in joined.issues] == ["3", "4"]
    joined = correct(text, joined, "join_issue", len(TEXT) + 1, {})
    assert [(i.number, len(i.articles)) for i in joined.issues] == [("3", 8)]
    again = correct(text, joined, "role", len(TEXT) + 1, {"role": "issue"})
    assert [(i.number, len(i.articles)) for i in again.issues] == [("3", 4), ("4", 4)]
    assert again.issues[1].date.value == "2011-06-06"
    assert issue_starts(again) == [0, len(TEXT)]


def test_discarded_words_become_a_remainder_and_can_be_taken_up():
    gone = corrected("discard", "纺织厂举办")
    assert len(articles(gone)) == 3
    at = TEXT.index("纺织厂举办")
    assert [s.role for s in gone.spans if s.start <= at < s.end] == ["remainder"]
    back = corrected("take_up", "纺织厂举办", gone)
    assert [a[1:] for a in articles(back)] == [a[1:] for a in articles(parse_text(TEXT))]


def test_taking_up_begins_with_the_line_that_is_meant():
    gone = corrected("discard", "纺织厂举办")
    back = corrected("take_up", "竞赛历时", gone)
    second = articles(back)[1]
    assert (second.body, second.source) == ("竞赛历时一天，评出十名能手。", "纺织厂工会")
    assert [s.role for s in back.spans if s.end <= second.start][-2:] == ["remainder", "blank"]


def test_a_brief_taken_up_has_its_first_sentence_as_title():
    back = corrected("take_up", "●机床厂", corrected("discard", "●机床厂"))
    third = articles(back)[2]
    assert (third.kind, third.title) == ("brief", "机床厂工会慰问困难职工")
    assert third.body == "五月以来，机床厂工会走访了二十户家庭。"


def test_a_brief_without_a_mark_is_one_in_a_section_of_briefs():
    text = TEXT.replace("●", "\u3000\u3000")
    parsed = correct(text, parse_text(text), "join", text.index("机床厂"), {})
    parsed = correct(text, parsed, "split", text.index("机床厂"), {})
    third = articles(parsed)[2]
    assert (third.kind, third.title) == ("brief", "机床厂工会慰问困难职工")
    assert sections(parsed)[2] == "简讯"


def test_kinds():
    as_brief = corrected("kind", "纺织厂举办", kind="brief")
    assert articles(as_brief)[1].kind == "brief"
    assert articles(as_brief)[1].title == "纺织厂举办技能竞赛"
    as_article = corrected("kind", "●机床厂", kind="article")
    assert articles(as_article)[2][1:] == ("article", *articles(parse_text(TEXT))[2][2:])
    untitled = corrected("split", "会议由主席")
    brief = articles(corrected("kind", "会议由主席", untitled, kind="brief"))[1]
    assert brief.title == "会议由主席主持，各委员出席了会议"
    assert brief.body == "会议由主席主持，各委员出席了会议。"


def test_an_article_moves_to_a_section_by_name():
    moved = corrected("section", "●机床厂", section="工作动态")
    assert sections(moved) == ["工作动态", "工作动态", "工作动态", "简讯"]
    new = corrected("section", "●机床厂", section="厂里")
    assert sections(new) == ["工作动态", "工作动态", "厂里", "简讯"]
    assert sections(corrected("section", "●机床厂", section=None))[2] is None


def test_an_article_moves_to_another_issue():
    text = TEXT + TEXT.replace("第3期", "第4期")
    parsed = parse_text(text)
    moved = correct(text, parsed, "issue", text.index("●供电"), {"issue": 1})
    assert [len(issue.articles) for issue in moved.issues] == [3, 5]
    assert issue_starts(moved) == issue_starts(parsed)
    back = correct(text, moved, "issue", text.index("●供电"), {"issue": 0})
    assert [len(issue.articles) for issue in back.issues] == [4, 4]


def test_facts_of_an_issue():
    value = {"title": "信息", "number": "5", "date": "2011-06"}
    issue = correct(TEXT, parse_text(TEXT), "facts", 0, value).issues[0]
    assert (issue.title, issue.number, issue.total_number) == ("信息", "5", None)
    assert issue.date[:2] == ("2011-06", "confirmed")
    cleared = correct(TEXT, parse_text(TEXT), "facts", 0, {"title": "", "date": ""}).issues[0]
    assert (cleared.title, cleared.number, cleared.date) == (None, "3", None)


def test_a_confirmed_doubt_is_settled_and_what_is_corrected_is_yours():
    parsed = parse_text(TEXT)
    at = articles(parsed)[1].start
    doubtful = parsed._replace(cuts=(Cut(at, "article", "rule.any", 0.4),))
    (settled,) = correct(TEXT, doubtful, "confirm", at, {}).cuts
    assert settled == Cut(at, "article", YOURS, 1.0)
    split = correct(TEXT, doubtful, "split", TEXT.index("会议由"), {}).cuts
    assert Cut(TEXT.index("会议由"), "article", YOURS, 1.0) in split
    joined = correct(TEXT, doubtful, "join", at, {}).cuts
    assert Cut(at, "body", YOURS, 1.0) in joined


def test_any_place_in_a_line_means_the_line():
    parsed = parse_text(TEXT)
    start = TEXT.index("纺织厂举办")
    end = TEXT.index("\n", start)
    assert {line_at(TEXT, parsed, at) for at in range(start, end + 1)} == {(start, end)}
    heading = TEXT.index("【工作动态】")
    assert line_at(TEXT, parsed, heading + 6) == (heading, heading + 6)


REFUSED = {
    "a blank line": ("split", TEXT.index("\n\n") + 1, {}, "blank"),
    "an article's own first line": ("split", TEXT.index("让职工"), {}, "begins_here"),
    "a line in no article": ("split", TEXT.index("本期印发"), {}, "no_article"),
    "the first article": ("join", TEXT.index("让职工"), {}, "first_article"),
    "the first issue": ("join_issue", 0, {}, "first_issue"),
    "a new issue where one begins": ("role", 0, {"role": "issue"}, "begins_here"),
    "a role that there is not": ("role", TEXT.index("让职工"), {"role": "hero"}, "role"),
    "a subtitle below the body": (
        "role", TEXT.index("会议由"), {"role": "subtitle"}, "not_below_title",
    ),
    "a body before all articles": ("role", 0, {"role": "body"}, "no_article"),
    "taking up an article": ("take_up", TEXT.index("让职工"), {}, "begins_here"),
    "taking up a heading": ("take_up", TEXT.index("【简讯"), {}, "begins_here"),
    "an issue that there is not": ("issue", TEXT.index("●机床"), {"issue": 3}, "issue"),
    "discarding a masthead": ("discard", 0, {}, "no_article"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused(case):
    code, at, value, reason = REFUSED[case]
    with pytest.raises(KnownError) as error:
        correct(TEXT, parse_text(TEXT), code, at, value)
    assert error.value.code == f"correct.{reason}"


def test_a_long_paragraph_without_a_bracket_names_no_source():
    text = TEXT.replace("（市总办公室）", "没有括号" * 20)
    with pytest.raises(KnownError, match=r"correct\.no_bracket"):
        corrected("role", "会议由", text=text, role="source")


def test_a_text_without_words_has_nothing_to_correct():
    with pytest.raises(KnownError, match=r"correct\.blank"):
        correct("\n\n", parse_text("\n\n"), "facts", 0, {"number": "1"})
