"""Dates that articles tell: the latest past day, the year from years and public events."""

from __future__ import annotations

import datetime
import json

import pytest

from bulletin_desktop import paths
from bulletin_desktop.parsing.dates import infer_date
from bulletin_desktop.parsing.names import facts_in_name


@pytest.mark.parametrize(
    ("text", "value", "evidence"),
    [
        ("4月14日开会。4月17日，签了责任书。2008年目标明确。", "2008-04", "4月17日，签了责任书"),
        ("今年11月，获得2011年度奖牌。", "2011-11", "今年11月，获得2011年度奖牌"),
        ("2012年4月20日，会议召开。3月5日座谈。", "2012-04", "2012年4月20日，会议召开"),
        ("2011年工作扎实。预计12月20日完成。5月9日开会。", "2011-05", "5月9日开会"),
        ("2011年工作扎实。去年11月20日开工。5月9日开会。", "2011-05", "5月9日开会"),
        ("自2006年以来成效明显。2008年抓落实，3月4日开会。", "2008-03", "3月4日开会"),
        ("2009年抓落实，到2020年实现目标。3月4日开会。", "2009-03", "3月4日开会"),
        ("3月9日开会，总结2011年工作。", "2012-03", "3月9日开会，总结2011年工作"),
        ("庆祝建党90周年歌会举行。7月1日演出。", "2011-07", "7月1日演出"),
        ("今年是“十二五”开局之年。5月9日开会。", "2011-05", "5月9日开会"),
        ("今年是“十二五”规划的收官之年。5月9日开会。", "2015-05", "5月9日开会"),
        ("今年下半年，将召开党的十七大。", "2007", "将召开党的十七大"),
        ("各级工会欢度国庆佳节。到2007年9月底，建会百家。", "2007-10", "各级工会欢度国庆佳节"),
        ("2007年建会百家。十七大召开前，12月5日的会议推迟。9月3日开会。", "2007-09", "9月3日开会"),
        ("学习贯彻十七届六中全会精神，回顾2011年。3月5日开会。", "2012-03", "3月5日开会"),
        ("12月28日慰问，2013年1月5日开会。", "2013-01", "2013年1月5日开会"),
    ],
)  # fmt: skip
def test_inferred_dates(text, value, evidence):
    date = infer_date(text, 0, len(text))
    assert date is not None
    assert (date.value, date.basis, date.evidence) == (value, "inferred", evidence)
    assert date.evidence in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会议召开。",
        "4月14日召开会议。",
        "自2006年以来成效明显。",
        "省工会十七大召开。",
        "电话12008年",
    ],
)
def test_silent_texts(text):
    assert infer_date(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("name", "value", "evidence"),
    [
        ("2011年第5期.txt", "2011", "2011年第5期.txt"),
        ("简报2011年5月.txt", "2011-05", "简报2011年5月.txt"),
        ("20110512.txt", "2011-05-12", "20110512.txt"),
        ("2011-05-12 简报.txt", "2011-05-12", "2011-05-12 简报.txt"),
        ("简报/2011年/第5期.txt", "2011", "2011年"),
        ("2011-5期.txt", "2011", "2011-5期.txt"),
        ("2011.txt", "2011", "2011.txt"),
    ],
)
def test_dates_in_names(name, value, evidence):
    assert facts_in_name(name).date == (value, "name", evidence)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "简报.txt",
        "000_01ef8d8b8766cb62.txt",
        "第5期.txt",
        "1234567.txt",
        "ab_f2012.txt",
        "x2012ab.txt",
    ],
)
def test_names_without_dates(name):
    assert facts_in_name(name).date is None


@pytest.mark.parametrize(
    ("name", "number", "total"),
    [
        ("2011年第5期.txt", "5", None),
        ("2011/第十二期(总128期).txt", "12", "128"),
        ("2011-5期.txt", "5", None),
        ("工会简报〔2015〕21号.txt", "21", None),
        ("2011年/05.txt", "5", None),
        ("第5期/正文.txt", "5", None),
        ("總第128期.txt", None, "128"),
        ("工会信息2011-05.txt", None, None),
        ("2011.txt", None, None),
        ("samples/05.txt", None, None),
        ("简报（7）.txt", None, None),
    ],
)
def test_numbers_in_names(name, number, total):
    named = facts_in_name(name)
    assert (named.number, named.total_number) == (number, total)


def test_the_table_of_events_is_sound():
    data = json.loads(paths.resource("dated_events.json").read_text(encoding="utf-8"))
    for event in data["events"]:
        start, end = (datetime.date.fromisoformat(event[k]) for k in ("start", "end"))
        assert start <= end
        assert event["words"]
    assert all(p["last"] - p["first"] == 4 for p in data["plans"])
    assert all(1 <= h["month"] <= 12 for h in data["holidays"])
