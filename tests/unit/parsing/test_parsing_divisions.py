"""The names of divisions: what belongs where, and what a short name means."""

from __future__ import annotations

import pytest

from bulletin_desktop import paths
from bulletin_desktop.parsing import divisions

MOST_BYTES = 150_000


def test_the_names_are_small():
    assert paths.resource("divisions.json").stat().st_size < MOST_BYTES


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("张家港市", ("苏州市",)), ("沧浪区", ("苏州市",)), ("吴江市", ("苏州市",)),
        ("吴江区", ("苏州市",)), ("姑苏区", ("苏州市",)), ("苏州市", ("江苏省",)),
        ("浦东新区", ("上海市",)), ("仙桃市", ("湖北省",)), ("清溪区", ()),
    ],
)  # fmt: skip
def test_what_belongs_where(name, above):
    assert divisions.known_divisions().above.get(name, ()) == above


def test_counties_of_one_name_have_several_cities():
    assert {"南京市", "徐州市"} <= set(divisions.known_divisions().above["鼓楼区"])


def test_above_a_county_is_a_city_and_above_that_a_province():
    known = divisions.known_divisions()
    wrong = [
        (name, place)
        for name, places in known.above.items()
        for place in places
        if known.levels[place] not in ("city", "province")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("苏州市", "苏州"), ("张家港市", "张家港"), ("内蒙古自治区", "内蒙古"), ("城区", "城区"),
        ("广西壮族自治区", "广西"), ("延边朝鲜族自治州", "延边"), ("东湖市", "东湖"),
        ("青石街道", "青石"),
    ],
)  # fmt: skip
def test_short_names(name, short):
    assert divisions.short_name(name) == short


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("江苏省", "province"), ("昆山市", "county"), ("苏州市", "city"), ("东湖市", "city"),
        ("清溪区", "county"), ("白鹭镇", "town"), ("青石街道", "town"), ("清溪中学", None),
        ("北京市", "city"), ("市", None),
    ],
)  # fmt: skip
def test_the_level_of_a_name(name, level):
    assert divisions.level_of(name) == level


def test_the_names_in_a_text():
    text = "苏州市总工会到张家港、昆山市调研，苏州各地参加。"
    assert sorted(divisions.named_in(text)) == ["张家港", "昆山市", "苏州", "苏州市"]
