from __future__ import annotations

from bulletin_desktop.exporting.compiled import (
    Compilation,
    CompiledArticle,
    CompiledGroup,
    Labels,
)
from bulletin_desktop.services.titles import broken

LABELS = Labels("目录", "（{source}）", "笔记：")


def compiled(title, *titles):
    made = (CompiledArticle(each, None, None, None, None, "", ("文",)) for each in titles)
    return Compilation(title, None, None, (CompiledGroup(None, tuple(made)),), LABELS)


def test_long_titles_are_broken_between_words():
    long = "昆山市总推出三项重点工作积极参与创新社会管理"
    given = compiled("苏州市工会工作情况信息选编", long, "短题", None, "两行\n标题")
    found = broken(given, 20, 12)
    assert found.title == "苏州市工会工作\n情况信息选编"
    assert [article.title for article in found.groups[0].articles] == [
        "昆山市总推出三项重点工作\n积极参与创新社会管理", "短题", None, "两行\n标题",
    ]  # fmt: skip


def test_what_fits_stays_as_it_is():
    given = compiled("选编", "短题", None)
    assert broken(given, 20, 12) is given
