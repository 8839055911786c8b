"""Why the parser cuts where it does: rules, how sure they are, and doubts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from parse_samples import DEMAND, MEETING, PACT, SAFETY, SIGNING, TALK, parsed

from bulletin_desktop import parsing, paths
from bulletin_desktop.model.text import DOUBT

CODE = re.compile(r'"(rule\.[a-z_]+)"')


def test_every_rule_has_its_sentence_in_both_languages():
    folder = Path(parsing.__file__).parent
    codes = {c for f in folder.glob("*.py") for c in CODE.findall(f.read_text("utf-8"))}
    assert len(codes) > 30
    for language in ("zh", "en"):
        file = paths.resource(f"translations/{language}/messages.json")
        messages = json.loads(file.read_text("utf-8"))
        assert {c for c in codes if not messages.get(c)} == set()
        assert {c for c in messages if c.startswith("rule.")} <= codes


def rules(text: str) -> list[tuple[str, str]]:
    return [(c.role, c.rule.removeprefix("rule.")) for c in parsed(text).cuts]


HEAD = "海棠工会简报\n第8期\n"


def test_each_cut_has_the_rule_that_made_it():
    text = (
        f"{HEAD}【要闻】\n{MEETING}\n　　{TALK}（市总）\n\n{SIGNING}\n　　{PACT}\n"
        f"【简讯】\n●{SAFETY}。{DEMAND}\n报：市委\n"
    )
    assert rules(text) == [
        ("issue", "issue_masthead"),
        ("section", "section_bracket"),
        ("article", "title_after_section"),
        ("article", "title_after_source"),
        ("section", "section_bracket"),
        ("brief", "brief_bullet"),
        ("distribution", "distribution_label"),
    ]
    assert min(c.certainty for c in parsed(text).cuts) >= DOUBT


def test_issues_begin_by_their_numbers():
    text = f"{HEAD}{MEETING}\n{TALK}\n{HEAD.replace('8', '9')}{SIGNING}\n{PACT}\n"
    assert [rule for role, rule in rules(text) if role == "issue"] == [
        "issue_masthead",
        "issue_number",
    ]
    assert rules(f"{MEETING}\n{TALK}\n")[0] == ("issue", "issue_start")


def test_a_title_of_the_contents_is_surer_than_a_short_line_between_paragraphs():
    listed = f"{HEAD}目录\n{MEETING}\n{SIGNING}\n\n{MEETING}\n{TALK}\n{SIGNING}\n{PACT}\n"
    sure = [c for c in parsed(listed).cuts if c.rule == "rule.title_in_contents"]
    assert [c.certainty > 0.95 for c in sure] == [True, True]
    lone = f"{MEETING}\n{TALK}\n{PACT}\n抓好项目\n{DEMAND}\n{PACT}\n"
    (cut,) = [c for c in parsed(lone).cuts if c.start == lone.index("抓好")]
    assert (cut.role, cut.rule) == ("body", "rule.maybe_title")
    assert cut.certainty < DOUBT


@pytest.mark.parametrize(
    ("line", "rule"),
    [("◆工作动态\n" + SIGNING, "maybe_section"), ("●" + SAFETY + "。" + DEMAND, "maybe_brief")],
)
def test_what_might_have_been_cut_is_a_doubt(line, rule):
    text = f"{HEAD}【要闻】\n{MEETING}\n{TALK}\n{line}\n{PACT}（市总）\n"
    found = {c.rule: c for c in parsed(text).cuts if c.role == "body"}
    if rule == "maybe_section":
        assert ("section", "section_bullet") in rules(text)
    else:
        assert found["rule.maybe_brief"].certainty < DOUBT


def test_a_bracket_that_did_not_end_the_article_is_a_doubt():
    text = f"{HEAD}{MEETING}\n{TALK}\n{PACT}（市总）\n{DEMAND}\n（城东街道）\n"
    (cut,) = [c for c in parsed(text).cuts if c.rule == "rule.maybe_source"]
    assert text[cut.start :].startswith(PACT)


def test_a_short_first_line_of_a_title_might_be_a_section():
    text = f"{HEAD}家书\n{MEETING}并部署下一步工作\n{TALK}\n"
    (cut,) = [c for c in parsed(text).cuts if c.role == "article"]
    assert cut.certainty < DOUBT
