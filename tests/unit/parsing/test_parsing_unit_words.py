"""What stands in a source, by its looks."""

from __future__ import annotations

import pytest

from bulletin_desktop.parsing.unit_words import Words, parts_of, words_of


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("市总办公室、研究室", ["市总办公室", "研究室"]),
        ("张家港市总工会、常熟市总工会", ["张家港市总工会", "常熟市总工会"]),
        ("张家港、常熟市总工会", ["张家港市总工会", "常熟市总工会"]),
        ("市总工会 市人社局", ["市总工会", "市人社局"]),
        ("和平区总工会", ["和平区总工会"]),
        (" 、", []),
    ],
)
def test_parts(source, parts):
    assert parts_of(source) == parts


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("市总研究室", ("relative", "市", "", "总工会", "研究室")),
        ("市总工会生活部", ("relative", "市", "", "总工会", "生活部")),
        ("市总办", ("relative", "市", "", "总工会", "办公室")),
        ("昆山市总", ("named", "昆山市", "", "总工会", "")),
        ("江苏省苏州市吴中区总工会", ("named", "吴中区", "", "总工会", "")),
        ("吴中区工会", ("named", "吴中区", "", "总工会", "")),
        ("临江县总工会", ("named", "临江县", "", "总工会", "")),
        ("青石街道总工会", ("named", "青石街道", "", "总工会", "")),
        ("白鹭镇成人教育中心", ("named", "白鹭镇", "", "成人教育中心", "")),
        ("全总办公厅", ("nation", "", "", "总工会", "办公厅")),
        ("省总", ("relative", "省", "", "总工会", "")),
        ("高新区工会", ("zone", "", "高新区", "总工会", "")),
        ("苏州工业园区总工会", ("zone", "苏州", "工业园区", "总工会", "")),
        ("苏州创元集团工会", ("short", "苏州", "", "创元集团工会", "")),
        ("市教育局工会办公室", ("relative", "市", "", "教育局工会", "办公室")),
        ("校工会", ("relative", "校", "", "工会", "")),
        ("教务处", ("office", "", "", "", "教务处")),
        ("沙钢集团工会", ("bare", "", "", "沙钢集团工会", "")),
        # None of these begins with the level of a house.
        ("市政集团工会", ("bare", "", "", "市政集团工会", "")),
        ("市场监督管理局", ("bare", "", "", "市场监督管理局", "")),
        ("东门市场工会", ("bare", "", "", "东门市场工会", "")),
        ("市总公司工会", ("relative", "市", "", "总公司工会", "")),
        ("市总商会", ("relative", "市", "", "总商会", "")),
        ("望亭发电厂工会", ("bare", "", "", "望亭发电厂工会", "")),
    ],
)
def test_words(part, words):
    assert words_of(part) == Words(*words)


def test_words_that_are_printed_twice_count_once():
    assert words_of("吴江市总工会工会") == Words("named", "吴江市", "", "总工会", "", "工会工会")
