"""Whose bulletin an issue is: from its head, or from what it names most."""

from __future__ import annotations

import pytest
from support import ROOT

from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.bulletin_place import place_of

SEEDS = sorted((ROOT / "seeds").iterdir())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda file: file.stem)
def test_the_sample_bulletins_have_no_head_and_are_of_suzhou(seed):
    text = seed.read_text("utf-8-sig")
    (issue,) = parse_text(text).issues
    sources = [article.source for article in issue.articles if article.source]
    assert issue.masthead is None
    assert place_of(None, None, issue.distribution, sources, text) == "苏州市"


@pytest.mark.parametrize(
    ("masthead", "place"),
    [
        ("工 会 简 报\n第3期（总第128期）\n东湖市总工会办公室编        2012年3月15日", "东湖市"),
        ("云岭工会信息\n云岭区总工会办公室\u3000编印\u3000\u3000二〇一〇年六月", "云岭区"),
        ("工会信息\n第7期\n清溪区总工会主办\t2009年5月11日", "清溪区"),
        ("2023年第8期\n主办：清溪中学办公室    出版日期：2023年10月31日", "清溪中学"),
        ("苏州市吴中区总工会编印", "吴中区"),
        ("昆山市教育局主办　2010年1月", "昆山市"),
        ("工会简报\n第7期\n2013年5月20日", ""),
    ],
)  # fmt: skip
def test_the_masthead_says_it(masthead, place):
    assert place_of("工会简报", masthead, None, [], "") == place


@pytest.mark.parametrize(
    ("title", "sources", "text", "place"),
    [
        ("苏州工会", [], "", "苏州市"),
        ("昆山市工会简报", [], "", "昆山市"),
        ("清溪中学校园简报", [], "", "清溪中学"),
        ("云岭工会信息", ["区总办公室"], "云岭区总工会召开会议。云岭区总工会决定。", "云岭区"),
        ("工会动态", [], "苏州市总工会、昆山市总工会", ""),
    ],
)
def test_the_title_says_it(title, sources, text, place):
    assert place_of(title, None, None, sources, text) == place


LISTED = "本期印发：省总工会、各市（县）、区、局（公司）工会"
TOWNS = "报：市总工会，区委、区政府\n发：各街道总工会"


@pytest.mark.parametrize(
    ("distribution", "sources", "text", "place"),
    [
        (LISTED, ["张家港市总工会", "太仓市总工会", "吴中区总工会"], "", "苏州市"),
        (None, ["市总办公室", "昆山市总工会"], "苏州市召开会议，昆山、太仓参加。", "苏州市"),
        (None, ["张家港市总工会", "太仓市总工会"], "", "苏州市"),
        # One source alone may be a guest, and two cities are a draw.
        (None, ["昆山市总工会"], "", ""),
        (None, ["张家港市总工会", "江阴市总工会", "宜兴市总工会", "太仓市总工会"], "", ""),
        # A county-level city hardly names the city above it.
        (TOWNS.replace("区", "市"), ["市总办公室", "玉山镇总工会"], "昆山市总工会，" * 5, "昆山市"),
        (TOWNS, ["区总办公室"], "吴中区总工会在吴中区召开会议。吴中区委", "吴中区"),
        # Names that are in no table show by their shape.
        (None, ["市总办公室"], "东湖市总工会召开会议，参加东湖市总工会，" * 2, "东湖市"),
        (None, ["市总办公室"], "召开会议，部署工作。", ""),
    ],
)  # fmt: skip
def test_sources_and_text_tell_it(distribution, sources, text, place):
    assert place_of(None, None, distribution, sources, text) == place
