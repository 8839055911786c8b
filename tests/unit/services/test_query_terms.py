"""Terms that a click puts into a query and takes out of it."""

from __future__ import annotations

import pytest

from bulletin_desktop.services.query_terms import State, state, toggled, value_name


@pytest.mark.parametrize(
    ("text", "wanted", "after"),
    [
        ("", "in", "来源:=昆山市总工会"),
        ("工资", "in", "工资 来源:=昆山市总工会"),
        ("工资", "out", "工资 -来源:=昆山市总工会"),
        ("工资 来源:昆山市总工会", "in", "工资"),
        ("来源:昆山市总工会 工资", "in", "工资"),
        ("a 来源:昆山市总工会  b", "in", "a b"),
        ("工资 -来源:昆山市总工会", "out", "工资"),
        ("工资 来源:昆山市总工会", "out", "工资 -来源:=昆山市总工会"),
        ("工资 -来源:昆山市总工会", "in", "工资 来源:=昆山市总工会"),
        ('工资 source:"昆山市总工会"', "in", "工资"),
        ("工资 or 工会", "in", "(工资 or 工会) 来源:=昆山市总工会"),
        ("(工资 or 工会) 来源:昆山市总工会", "in", "(工资 or 工会)"),
        ("(工资 or 来源:昆山市总工会)", "in", "(工资 or 来源:昆山市总工会) 来源:=昆山市总工会"),
        ("来源:昆山", "in", "来源:昆山 来源:=昆山市总工会"),
        ('"工资', "in", '"工资 来源:=昆山市总工会'),
    ],
)
def test_a_source_goes_in_and_out(text: str, wanted: State, after: str) -> None:
    assert toggled(text, "source", "昆山市总工会", "zh", wanted) == after


def test_what_needs_quotation_marks_gets_them_and_is_found_again() -> None:
    text = toggled("工资", "section", "工作 动态", "zh")
    assert text == '工资 栏目:="工作 动态"'
    assert state(text, "section", "工作 动态") == "in"
    assert toggled(text, "section", "工作 动态", "zh") == "工资"


def test_kinds_have_names_in_both_languages() -> None:
    assert toggled("", "kind", "brief", "zh") == "类型:简讯"
    assert toggled("", "kind", "brief", "en") == "kind:brief"
    assert state("类型:简讯", "kind", "brief") == "in"
    assert state("-kind:brief", "kind", "brief") == "out"
    assert state("类型:文章", "kind", "brief") is None
    assert value_name("kind", "article", "en") == "article"
    assert value_name("source", "brief", "zh") == "brief"


def test_a_choice_between_terms_narrows_to_none_of_them() -> None:
    assert state("年:2008 or 年:2009", "year", "2008") is None
    assert state("年:2008 工资", "year", "2008") == "in"
    assert state("工资 (", "year", "2008") is None
